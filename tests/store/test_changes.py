"""The one write path: versions, events, counters, and edits of two people that meet."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_samples import NOW, change, new_client, new_store

from onewindow.records.clients import Client, Contact, ContactNote
from onewindow.records.organization import Staff
from onewindow.records.requests import Request, Task
from onewindow.store import changes, rows
from onewindow.store.changes import Change, Transaction, storable, write
from onewindow.store.problems import Conflict, NotFound, Stale, StoreProblem

LATER = "2026-11-24T10:00:00Z"


def test_an_insert_gives_id_times_number_and_one_event(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        written = write(
            store, lambda t: t.insert(Client(name="Ромашка")), actor="anna", at=NOW, label="new client"
        )
        client = written.result
        assert client.id > 0
        assert (client.version, client.number, client.created_at, client.updated_at) == (1, 1, NOW, NOW)
        assert rows.get(store, Client, client.id) == client
        assert written.changes == (Change(1, "insert", "client", client.id, client.id),)
        assert store.rows("SELECT seq, at, actor, op, entity, entity_id, client_id, old, new FROM event") == [
            (1, NOW, "anna", "insert", "client", client.id, client.id, None, None)
        ]
        assert store.rows("SELECT at, actor, label, run_id, undoes, undone_by FROM change_set") == [
            (NOW, "anna", "new client", None, None, None)
        ]


def test_a_given_creation_time_and_id_are_kept(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        old = Client(name="Old", id=5, created_at="2020-01-01T00:00:00Z")
        assert change(store, lambda t: t.insert(old)).created_at == old.created_at
        assert rows.get(store, Client, 5).updated_at == NOW


def test_an_update_writes_what_differs_and_logs_both_values(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = new_client(store)
        after = change(
            store,
            lambda t: t.update(client, {"city": "Казань", "tier": "A", "name": client.name}),
            at=LATER,
        )
        assert after == replace(client, city="Казань", tier="A", version=2, updated_at=LATER)
        assert rows.get(store, Client, client.id) == after
        old, new = store.rows("SELECT old, new FROM event WHERE op = 'update'")[0]
        assert json.loads(old) == {"city": "", "tier": "C"}
        assert json.loads(new) == {"city": "Казань", "tier": "A"}


def test_an_update_that_changes_nothing_leaves_no_trace(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = new_client(store)
        written = write(
            store, lambda t: t.update(client, {"city": ""}), actor="anna", at=LATER, label="nothing"
        )
        assert written.result == client
        assert written.changes == ()
        assert store.scalar("SELECT COUNT(*) FROM change_set") == 1


def test_disjoint_edits_of_two_people_are_both_kept(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        seen = new_client(store)
        change(store, lambda t: t.update(seen, {"city": "Казань"}), actor="anna")
        mine = change(store, lambda t: t.update(seen, {"tier": "A"}), actor="boris")
        assert (mine.city, mine.tier, mine.version) == ("Казань", "A", 3)


def test_the_same_field_changed_by_both_is_stale_and_saves_nothing(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        seen = new_client(store)
        theirs = change(store, lambda t: t.update(seen, {"city": "Казань"}), actor="anna")
        with pytest.raises(Stale, match="city") as stale:
            change(store, lambda t: t.update(seen, {"tier": "A", "city": "Уфа"}), actor="boris")
        assert stale.value.conflicts == (Conflict("city", "", "Казань", "Уфа"),)
        assert (stale.value.kind, stale.value.record_id) == ("client", seen.id)
        assert rows.get(store, Client, seen.id) == theirs
        assert changes.last_seq(store) == 2


def test_both_typing_the_same_value_is_no_conflict(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        seen = new_client(store)
        theirs = change(store, lambda t: t.update(seen, {"city": "Казань"}), actor="anna")
        assert change(store, lambda t: t.update(seen, {"city": "Казань"}), actor="boris") == theirs


def test_changing_a_record_that_is_not_there_is_told(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        for work in (Transaction.archive, Transaction.restore):
            with pytest.raises(NotFound, match="There is no client with the id 9"):
                change(store, lambda t, work=work: work(t, Client(id=9)))
        with pytest.raises(NotFound, match="There is no kind of record called ghost"):
            changes.record_of(store, "ghost", 1)


def test_archive_and_restore_come_once_each(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = new_client(store)

        def twice(transaction: Transaction) -> tuple[Client, Client]:
            return transaction.archive(client), transaction.archive(client)

        first, second = change(store, twice, at=LATER)
        assert first == second == replace(client, archived_at=LATER, version=2, updated_at=LATER)
        back = change(store, lambda t: (t.restore(client), t.restore(client))[1])
        assert (back.archived_at, back.version) == (None, 3)
        assert [op for (op,) in store.rows("SELECT op FROM event ORDER BY seq")] == [
            "insert",
            "archive",
            "restore",
        ]


def test_erasing_blanks_the_row_and_its_whole_history(tmp_path: Path) -> None:
    secret, other = "любит рыбалку", "1970-05-12"
    with new_store(tmp_path) as store:
        client = new_client(store)
        contact = change(store, lambda t: t.insert(Contact(client_id=client.id, name="Анна")))
        note = change(
            store,
            lambda t: t.insert(
                ContactNote(client_id=client.id, contact_id=contact.id, noted_on=NOW[:10], text="первая")
            ),
        )
        change(store, lambda t: t.update(note, {"text": secret}))
        change(store, lambda t: t.update(contact, {"birthday": other, "role": "директор"}))
        erased = change(store, lambda t: (t.erase(note, ["text"]), t.erase(contact, ["birthday"])))
        assert erased[0].text == ""
        assert erased[1].birthday is None
        assert rows.get(store, ContactNote, note.id) == erased[0]
        everything = json.dumps(store.rows("SELECT * FROM event"), ensure_ascii=False)
        assert secret not in everything
        assert other not in everything
        assert "директор" in everything


def test_an_exception_takes_everything_back(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = new_client(store)

        def work(transaction: Transaction) -> None:
            transaction.insert(Client(name="Second"))
            transaction.update(client, {"city": "Казань"})
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            change(store, work)
        assert rows.get(store, Client, client.id) == client
        assert store.scalar("SELECT COUNT(*) FROM client") == 1
        assert store.scalar("SELECT COUNT(*) FROM change_set") == 1
        assert new_client(store).number == 2


def test_numbers_are_per_kind_without_gaps_also_after_a_failed_write(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        clients = [new_client(store) for _ in range(3)]
        with pytest.raises(StoreProblem):
            change(store, lambda t: (t.insert(Client(name="x")), t.insert(Client(name="y", owner_id=7))))
        request = Request(client_id=clients[0].id, title="x", opened_at=NOW)
        requests = [change(store, lambda t: t.insert(request)) for _ in range(2)]
        assert [each.number for each in (*clients, new_client(store))] == [1, 2, 3, 4]
        assert [each.number for each in requests] == [1, 2]


def test_the_counter_goes_on_behind_a_number_that_a_record_brought_along(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        change(store, lambda t: t.insert(Client(name="imported", number=500)))
        change(store, lambda t: t.insert(Client(name="imported", number=70)))
        assert new_client(store).number == 501


def test_a_block_of_numbers_starts_where_the_last_ended(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        kind = changes.KINDS["client"]
        with store.exclusive():
            firsts = [changes.next_number(store, kind, count) for count in (1, 10, 1)]
        assert firsts == [1, 2, 12]


def test_many_records_at_once_are_logged_one_by_one(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        first = new_client(store)
        written = write(
            store,
            lambda t: (
                t.insert_many([Client(name=f"client {i}") for i in range(5)]),
                t.update(first, {"city": "Уфа"}),
                t.insert_many([Task(title="free"), Task(title="bound", client_id=first.id)]),
            ),
            actor="anna",
            at=NOW,
            label="import",
        )
        clients, _, tasks = written.result
        assert [each.number for each in clients] == [2, 3, 4, 5, 6]
        assert [rows.get(store, Client, each.id) for each in clients] == clients
        assert [each.seq for each in written.changes] == list(range(2, 10))
        assert changes.changes_since(store, 1) == list(written.changes)
        assert [each.client_id for each in written.changes[-2:]] == [None, first.id]
        assert [rows.get(store, Task, each.id) for each in tasks] == tasks


def test_a_change_set_may_get_a_better_label_before_and_after_its_first_change(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:

        def work(transaction: Transaction) -> None:
            transaction.relabel("early")
            transaction.insert(Client(name="x"))
            transaction.relabel("late")

        written = write(store, work, actor="anna", at=NOW, label="first")
        assert written.label == "late"
        assert store.rows("SELECT label FROM change_set") == [("late",)]


def test_the_caches_are_written_last_and_told_which_clients_were_touched(tmp_path: Path) -> None:
    touched: list[set[int]] = []

    def finish(transaction: Transaction) -> None:
        touched.append(set(transaction.touched_clients))

    def staff_only(transaction: Transaction) -> None:
        transaction.insert(Staff(login="anna", name="Анна"))

    with new_store(tmp_path) as store:
        first, second = new_client(store), new_client(store)
        task = change(store, lambda t: t.insert(Task(title="x", client_id=first.id)))

        def move(transaction: Transaction) -> None:
            transaction.update(task, {"client_id": second.id})

        def load(transaction: Transaction) -> None:
            transaction.insert_many([Task(title="y", client_id=first.id)])
            transaction.insert_many([])

        for work in (staff_only, move, load):
            write(store, work, actor="anna", at=NOW, label="x", finish=finish)
    assert touched == [set(), {first.id, second.id}, {first.id}]


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        (Client(name="x", owner_id=7), "refers to does not exist"),
        (Client(name="x", number=1), "Another record has the same number"),
        (Client(name="x", tier="Z"), "refused the change"),  # pyright: ignore[reportArgumentType]
        (Client(name="x", since="today"), "refused the change"),
        (Client(name="x", created_at="yesterday"), "refused the change"),
        (Client(name="x", number=2**63), "refused the change"),
        (Staff(login="anna", name="Вторая"), "Another record has the same login"),
    ],
)
def test_what_a_table_refuses_is_told_in_a_sentence(
    tmp_path: Path, record: Client | Staff, sentence: str
) -> None:
    with new_store(tmp_path) as store:
        new_client(store)
        change(store, lambda t: t.insert(Staff(login="anna", name="Анна")))
        with pytest.raises(StoreProblem, match=sentence) as problem:
            change(store, lambda t: t.insert(record))
        assert str(problem.value).endswith("nothing was saved.")
        assert changes.last_seq(store) == 2


def test_changes_since_reads_on_a_thousand_at_a_time(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        change(store, lambda t: t.insert_many([Task(title="x") for _ in range(1500)]))
        first = changes.changes_since(store, 0)
        second = changes.changes_since(store, first[-1].seq)
        assert [len(first), len(second)] == [1000, 500]
        assert [each.seq for each in (*first, *second)] == list(range(1, 1501))


def test_storable_keeps_known_names_and_plain_values() -> None:
    values = {"name": "a\x00b", "owner_id": 3, "since": None, "external_id": "x", "city": "\udcff!"}
    assert storable(Client, values) == {
        "name": "ab",
        "owner_id": 3,
        "since": None,
        "external_id": "x",
        "city": "?!",
    }
    for name in ("ghost", "id", "version", "created_at", "archived_at"):
        with pytest.raises(KeyError):
            storable(Client, {name: 1})
    for value in (1.5, b"x", ["x"]):
        with pytest.raises(TypeError, match="name must be text or a whole number"):
            storable(Client, {"name": value})


@given(text=st.text(st.characters()))
def test_any_text_is_stored_and_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    kept = storable(Client, {"note": text})
    with new_store(tmp_path_factory.getbasetemp() / "texts") as store:
        client = change(store, lambda t: t.update(t.insert(Client(name="x")), kept))
        assert rows.get(store, Client, client.id).note == kept["note"]
        if "\x00" not in text and text.isprintable():
            assert kept["note"] == text


@pytest.mark.parametrize("ids", [(50, 40, 60), (40, 45, 50), (50,)], ids=["unordered", "amid others", "one"])
def test_many_records_with_ids_of_their_own_get_one_event_each_in_their_order(
    tmp_path: Path, ids: tuple[int, ...]
) -> None:
    with new_store(tmp_path) as store:
        change(store, lambda t: t.insert(Client(id=42, name="between them")))
        wanted = [Client(id=each, name=f"O'Neil & «{each}»", external_id=f"x{each}") for each in ids]
        written = write(
            store, lambda t: t.insert_many(wanted), actor="o'hara", at=NOW, label="import", run_id=7
        )
        assert rows.fetch(store, Client, "WHERE id <> 42 ORDER BY id") == sorted(
            written.result, key=lambda client: client.id
        )
        logged = store.rows(
            "SELECT e.seq, e.at, e.actor, e.op, e.entity, e.entity_id, e.client_id, s.run_id"
            " FROM event e JOIN change_set s ON s.id = e.change_set_id WHERE e.seq > 1 ORDER BY e.seq"
        )
        assert logged == [
            (place, NOW, "o'hara", "insert", "client", each, each, 7) for place, each in enumerate(ids, 2)
        ]
