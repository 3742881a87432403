"""Undo and redo: each person's own stack, whole change sets, and refusal when others went on."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import change, new_client, new_store

from onewindow.records.clients import Client, Contact
from onewindow.records.fields import Record
from onewindow.records.requests import Task
from onewindow.store import changes, history, rows
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store, open_store
from onewindow.store.ids import Ids
from onewindow.store.problems import StoreProblem, UndoRefused


def _undo(store: Store, actor: str = "anna") -> str | None:
    target = history.last_undoable(store, actor)
    if target is None:
        return None
    change(store, lambda t: history.undo(t, target), actor=actor, at="2026-11-25T00:00:00Z")
    return target.label


def _redo(store: Store, actor: str = "anna") -> str | None:
    target = history.last_redoable(store, actor)
    if target is None:
        return None
    change(store, lambda t: history.undo(t, target), actor=actor, at="2026-11-26T00:00:00Z")
    return target.label


def _set(store: Store, record: Client, actor: str = "anna", label: str = "change", **fields: str) -> Client:
    now = rows.get(store, Client, record.id)
    return change(store, lambda t: t.update(now, fields), actor=actor, label=label)


def _city(store: Store, client: Client) -> str:
    return rows.get(store, Client, client.id).city


def test_undo_and_redo_walk_one_stack(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = new_client(store)
        for city in ("A", "B", "C"):
            _set(store, client, label=f"to {city}", city=city)
        assert [_undo(store), _undo(store)] == ["to C", "to B"]
        assert _city(store, client) == "A"
        assert _redo(store) == "to B"
        assert _city(store, client) == "B"
        assert _undo(store) == "to B"
        assert [_redo(store), _redo(store), _redo(store)] == ["to B", "to C", None]
        assert _city(store, client) == "C"
        assert [_undo(store) for _ in range(5)] == ["to C", "to B", "to A", "new client Ромашка", None]
        assert rows.get(store, Client, client.id).archived_at is not None
        assert [_redo(store) for _ in range(5)] == ["new client Ромашка", "to A", "to B", "to C", None]
        assert _city(store, client) == "C"
        assert rows.get(store, Client, client.id).archived_at is None


def test_nothing_to_undo_in_a_fresh_file(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        assert _undo(store) is None
        assert _redo(store) is None
        with pytest.raises(StoreProblem, match="no change with the id 5"):
            history.change_set(store, 5)


def test_a_new_change_ends_redo(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = new_client(store)
        _set(store, client, city="A")
        _undo(store)
        _set(store, client, city="B", label="to B")
        assert _redo(store) is None
        assert [_undo(store), _city(store, client)] == ["to B", ""]


def test_everybody_has_a_stack_of_his_own(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = new_client(store)
        _set(store, client, "anna", "anna's", city="A")
        _set(store, client, "boris", "boris's", segment="B")
        assert _undo(store, "anna") == "anna's"
        assert _redo(store, "boris") is None
        assert _undo(store, "boris") == "boris's"
        assert _redo(store, "anna") == "anna's"
        now = rows.get(store, Client, client.id)
        assert (now.city, now.segment) == ("A", "")


def test_undo_is_refused_with_every_field_in_the_way_and_changes_nothing(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        first, second = new_client(store, "Первый"), new_client(store, "Второй")

        def both(transaction: Transaction) -> None:
            transaction.update(first, {"city": "A", "segment": "A", "note": "A"})
            transaction.update(second, {"city": "A"})

        change(store, both, label="both")
        _set(store, first, "boris", city="B", note="B")
        before = (rows.get(store, Client, first.id), rows.get(store, Client, second.id))
        last = changes.last_seq(store)
        with pytest.raises(UndoRefused, match="“both” cannot be undone") as refused:
            _undo(store)
        assert refused.value.fields == {"client “Первый”": ("city", "note")}
        assert (rows.get(store, Client, first.id), rows.get(store, Client, second.id)) == before
        assert changes.last_seq(store) == last
        assert history.last_undoable(store, "anna") is not None


def test_two_records_of_one_name_are_both_named_in_a_refusal(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        twins = [new_client(store, "Ромашка") for _ in range(2)]
        change(
            store,
            lambda t: (t.update(twins[0], {"city": "A"}), t.update(twins[1], {"segment": "A"})),
        )
        _set(store, twins[0], "boris", city="B")
        _set(store, twins[1], "boris", segment="B")
        with pytest.raises(UndoRefused) as refused:
            _undo(store)
        assert set(refused.value.fields["client “Ромашка”"]) == {"city", "segment"}


def test_somebody_else_may_have_changed_other_fields(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = new_client(store)
        _set(store, client, "anna", city="A")
        _set(store, client, "boris", segment="B")
        _undo(store, "anna")
        now = rows.get(store, Client, client.id)
        assert (now.city, now.segment) == ("", "B")


def test_a_set_that_changed_one_field_twice_is_taken_back_whole(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = new_client(store)

        def twice(transaction: Transaction) -> None:
            middle = transaction.update(client, {"city": "A"})
            transaction.update(middle, {"city": "B"})
            transaction.insert(Contact(client_id=client.id, name="Анна"))
            transaction.archive(client)

        change(store, twice)
        _undo(store)
        now = rows.get(store, Client, client.id)
        assert (now.city, now.archived_at) == ("", None)
        assert store.scalar("SELECT COUNT(*) FROM contact WHERE archived_at IS NULL") == 0
        _redo(store)
        now = rows.get(store, Client, client.id)
        assert (now.city, now.archived_at) == ("B", client.created_at)
        assert store.scalar("SELECT COUNT(*) FROM contact WHERE archived_at IS NULL") == 1


def test_undoing_a_restore_gives_back_the_first_time_of_archiving(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = new_client(store)
        archived = change(store, lambda t: t.archive(client), at="2026-11-24T00:00:00Z")
        change(store, lambda t: t.restore(client))
        _undo(store)
        assert rows.get(store, Client, client.id).archived_at == archived.archived_at


def test_an_archive_that_somebody_took_back_and_made_again_is_his(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = new_client(store)
        change(store, lambda t: t.archive(client), at="2026-11-24T00:00:00Z", label="archive")
        change(store, lambda t: t.restore(client), actor="boris")
        assert [_undo(store), _redo(store)] == ["archive", "archive"]
        assert rows.get(store, Client, client.id).archived_at is None
        change(store, lambda t: t.archive(client), at="2026-11-25T00:00:00Z", actor="boris")
        with pytest.raises(UndoRefused) as refused:
            _undo(store)
        assert refused.value.fields == {"client “Ромашка”": ("archived_at",)}


def test_an_erasure_is_passed_over_and_stays(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = new_client(store)
        contact = change(store, lambda t: t.insert(Contact(client_id=client.id, name="Анна")))
        change(store, lambda t: t.update(contact, {"birthday": "1970-05-12"}), label="birthday")
        change(store, lambda t: t.erase(contact, ["birthday"]), label="erase")
        erasure = history.change_set(store, store.scalar("SELECT MAX(id) FROM change_set"))
        with pytest.raises(StoreProblem, match="stays erased"):
            change(store, lambda t: history.undo(t, erasure))
        assert _undo(store) == "birthday"
        assert rows.get(store, Contact, contact.id).birthday is None


def test_the_order_of_undo_does_not_depend_on_the_clock(tmp_path: Path) -> None:
    """One person at two machines, of which the second one's clock is a year behind."""
    path = tmp_path / "onewindow.db"
    behind = Ids(lambda: 1_750_000_000_000, lambda _: 0)
    with new_store(tmp_path) as here, open_store(path, ids=behind) as there:
        client = new_client(here)
        for store, city in ((here, "A"), (there, "B"), (here, "C"), (there, "D")):
            _set(store, rows.get(store, Client, client.id), label=city, city=city)
        assert [_undo(here), _undo(there), _redo(here), _undo(there), _undo(here)] == [
            "D",
            "C",
            "C",
            "C",
            "B",
        ]


def test_history_tells_what_by_whom_and_why(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = new_client(store)
        _set(store, client, "boris", "moved", city="Казань")
        change(store, lambda t: t.insert(Task(title="x", client_id=client.id)), label="new task")
        change(store, lambda t: t.insert(Task(title="y")), label="of nobody")
        lines = history.history(store, "client", client.id)
        assert [(each.actor, each.op, each.label) for each in lines] == [
            ("boris", "update", "moved"),
            ("anna", "insert", "new client Ромашка"),
        ]
        assert (lines[0].old, lines[0].new) == ({"city": ""}, {"city": "Казань"})
        assert [each.label for each in history.client_history(store, client.id, limit=2)] == [
            "new task",
            "moved",
        ]


def _rows(store: Store) -> list[Record]:
    """Every client and contact without what an undo may change: version and time of the last change."""
    found: list[Record] = [
        *rows.fetch(store, Client, "ORDER BY id"),
        *rows.fetch(store, Contact, "ORDER BY id"),
    ]
    return [record.with_changes({"version": 0, "updated_at": ""}) for record in found]


_edits = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(["update", "update", "archive", "restore", "insert", "contact"]),
            st.integers(0, 3),
            st.sampled_from(["city", "segment", "note"]),
            st.sampled_from(["", "a", "b"]),
        ),
        min_size=1,
        max_size=4,
    ),
    min_size=1,
    max_size=6,
)


def _apply(transaction: Transaction, edit: tuple[str, int, str, str]) -> None:
    op, which, name, value = edit
    clients = rows.fetch(transaction.store, Client, "ORDER BY id")
    client = clients[which % len(clients)]
    if op == "insert":
        transaction.insert(Client(name=value or "new"))
    elif op == "contact":
        transaction.insert(Contact(client_id=client.id, name=value or "new"))
    elif op == "update":
        transaction.update(client, {name: value})
    elif op == "archive":
        transaction.archive(client)
    else:
        transaction.restore(client)


@settings(max_examples=60, deadline=None)
@given(sets=_edits)
def test_undoing_everything_and_redoing_everything_ends_where_it_was(
    tmp_path_factory: pytest.TempPathFactory, sets: list[list[tuple[str, int, str, str]]]
) -> None:
    with new_store(tmp_path_factory.mktemp("undo")) as store:
        new_client(store, actor="boris")
        states = [_rows(store)]
        for minute, edits in enumerate(sets):

            def work(transaction: Transaction, edits: list[tuple[str, int, str, str]] = edits) -> None:
                for edit in edits:
                    _apply(transaction, edit)

            before = changes.last_seq(store)
            change(store, work, at=f"2026-11-24T10:{minute:02}:00Z")
            if changes.last_seq(store) > before:
                states.append(_rows(store))
        for state in reversed(states[:-1]):
            assert _undo(store)
            made = {record.id for record in state}
            now = _rows(store)
            assert [each for each in now if each.id in made] == state
            assert all(each.archived_at for each in now if each.id not in made)
        assert _undo(store) is None
        for state in states[1:]:
            assert _redo(store)
            made = {record.id for record in state}
            assert [each for each in _rows(store) if each.id in made] == state
        assert _redo(store) is None


def test_what_somebody_else_went_on_with_stays_and_says_who_did_what(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = new_client(store)
        task = change(store, lambda t: t.insert(Task(title="позвонить", client_id=client.id)), label="task")
        change(store, lambda t: t.update(task, {"title": "написать"}), actor="boris")
        with pytest.raises(UndoRefused) as refused:
            _undo(store)
        assert list(refused.value.since) == ["boris changed what to do of the task “написать”"]


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, "it was worked on since: 1."),
        (3, "it was worked on since: 1; 2; 3."),
        (4, "it was worked on since: 1; 2; 3; and 1 more."),
    ],
)
def test_a_refusal_tells_of_three_actions_and_counts_the_rest(count: int, told: str) -> None:
    refusal = UndoRefused("x", {}, [str(number + 1) for number in range(count)])
    assert str(refusal) == f"“x” cannot be undone, because {told}"


def test_a_refusal_names_changed_fields_and_what_takes_back_an_import() -> None:
    refusal = UndoRefused("x", {"client “A”": ("city", "note"), "task “b”": ("text",)}, ["c"], of_import=True)
    assert str(refusal) == (
        "“x” cannot be undone, because it was changed again since (client “A”: city, note; task “b”: text),"
        " and it was worked on since: c. `onewindow import undo last` takes back the rest."
    )
