"""What the store tells in a word: whose a copy is, what cannot be read, who worked on something since."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from store_samples import NOW, change, minimal, new_client, new_store

from onewindow.records.clients import Client, Contact
from onewindow.records.fields import Record
from onewindow.records.organization import Staff
from onewindow.records.requests import Request, Task
from onewindow.records.standards import Standard, StandardCheck
from onewindow.store import history, rows, unreadable
from onewindow.store.changes import Transaction
from onewindow.store.doctor import backup_names
from onewindow.store.engine import Store, Value, open_store
from onewindow.store.file import identity
from onewindow.store.health import snapshots
from onewindow.store.imports import log
from onewindow.store.later_work import work_since
from onewindow.store.people import organization
from onewindow.store.plans import standards
from onewindow.store.sqlite_library import sqlite

EARLIER, LATER = "2026-11-23T09:14:59Z", "2026-11-23T09:15:01Z"


def test_a_copy_is_named_by_its_database_its_id_and_its_second() -> None:
    name = backup_names.name(Path("/x/firm.db"), "0123456789abcdef", "2026-11-23T09:15:07Z")
    assert name == "firm-89abcdef-2026-11-23T091507.db"
    assert backup_names.name(Path("/x/.db"), "", NOW) == ".db-00000000-2026-11-23T091500.db"
    assert backup_names.mark_of(name) == "89abcdef"
    assert backup_names.is_named_after(name, Path("/y/firm.db"))
    assert not backup_names.is_named_after(name, Path("/y/other.db"))
    assert backup_names.is_named_after("onewindow-2026-11-23T0915.db", Path("/y/other.db"))
    long = backup_names.name(Path(f"/x/{'я' * 61}.db"), "", NOW)
    assert long.startswith("я" * 60 + "-00000000-")


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("firm-89abcdef-2026-11-23T091507.db", ("2026-11-23", "091507", 1)),
        ("firm-89abcdef-2026-11-23T091507-2.db", ("2026-11-23", "091507", 2)),
        ("onewindow-2026-11-23T0915.db", ("2026-11-23", "091500", 0)),
        ("firm-89abcdef-2026-02-30T091507.db", None),
        ("firm-89abcdeX-2026-11-23T091507.db", None),
        ("firm-89abcdef-2026-11-23T0915.db", None),
        ("other-2026-11-23T0915.db", None),
    ],
)
def test_the_moment_of_a_copy_stands_in_its_name(name: str, made: tuple[str, str, int] | None) -> None:
    moment = backup_names.moment(name)
    assert (moment and (moment[0].isoformat(), *moment[1:])) == made


def test_seven_days_and_four_weeks_of_copies_stay() -> None:
    days = ("11-23", "11-22", "11-21", "11-20", "11-19", "11-18", "11-17", "11-16", "11-15", "11-08", "11-01")
    copies = [Path(f"firm-89abcdef-2026-{day}T{time}.db") for day in days for time in ("180000", "090000")]
    kept = {path.name for path in backup_names.kept([*copies, Path("firm.db")])}
    # The weeks of 23.11, 16.11, 09.11 and 02.11, each by its newest copy.
    assert kept == {f"firm-89abcdef-2026-{day}T180000.db" for day in (*days[:7], "11-15", "11-08")}


def _connection(store: Store) -> sqlite.Connection:
    return store.connection


def test_a_file_is_an_earlier_moment_of_another_by_its_id_and_its_last_change(tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "other").mkdir()
    with new_store(tmp_path) as store, new_store(tmp_path / "other") as other:
        new_client(store)
        new_client(other)
        copy = sqlite.connect(tmp_path / "copy" / "copy.db")
        _connection(store).backup(copy)
        assert identity.is_earlier(copy, _connection(store))
        assert not identity.is_earlier(copy, _connection(other))
        newest = identity.newest_event(copy)
        assert newest is not None
        new_client(store, "Вектор")
        assert identity.is_earlier(copy, _connection(store))
        # The copy has nothing of what came later, so that the newer one is no earlier moment of it.
        later = identity.newest_event(_connection(store))
        assert later is not None
        assert later[0] > newest[0]
        assert identity.newest_event(_connection(store), newest[0]) == newest
        assert identity.newest_event(_connection(store), 0) is None
        assert not identity.is_earlier(_connection(store), copy)
        copy.close()


@pytest.mark.parametrize(
    ("reads", "right", "wrong"),
    [
        (unreadable.is_date, ["2026-11-23", "2024-02-29"], ["2026-02-29", "20261123", "2026-1-1", "x", ""]),
        (unreadable.is_time, [NOW], ["2026-11-23", "2026-11-23T25:00:00Z", "2026-11-23 09:15:00", "x"]),
        (unreadable.is_json, ["{}", "[]", "1", "null"], ["", "{", "x"]),
        (unreadable.is_object, ["{}", '{"a": 1}'], ["[]", "1", "null", "{", ""]),
    ],
)
def test_a_stored_text_has_the_form_of_its_kind(reads: object, right: list[str], wrong: list[str]) -> None:
    assert callable(reads)
    assert [text for text in (*right, *wrong) if reads(text)] == right


def test_what_cannot_be_read_is_told_with_its_place(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = new_client(store)
        contact = change(store, lambda t: t.insert(Contact(client_id=client.id, name="Анна")))
        change(store, lambda t: t.insert(minimal(Standard, {})))
    connection = sqlite.connect(tmp_path / "onewindow.db", isolation_level=None)
    connection.execute("UPDATE client SET since = '2026-02-30', flags = '{'")
    connection.execute("UPDATE contact SET birthday = '29.11.2026', created_at = '2026-11-23 09:15:00x'")
    connection.execute("UPDATE event SET new = 'x' WHERE seq = 1")
    connection.execute("UPDATE change_set SET at = 'yesterday, at noon 1' WHERE label LIKE 'new client%'")
    connection.close()
    with open_store(tmp_path / "onewindow.db") as store:
        found = unreadable.unreadable_values(store)
        told = [(each.table, each.column, each.value, each.title) for each in found]
        (first,) = store.rows("SELECT MIN(id) FROM change_set")[0]
    assert told == [
        ("client", "since", "2026-02-30", "the client C-1"),
        ("client", "flags", "{", "the client C-1"),
        ("contact", "created_at", "2026-11-23 09:15:00x", f"the contact {contact.id}"),
        ("contact", "birthday", "29.11.2026", f"the contact {contact.id}"),
        ("change_set", "at", "yesterday, at noon 1", f"the change {first}"),
        ("event", "new", "x", "the event 1"),
    ]


def test_a_record_is_told_as_it_was_at_an_instant(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = new_client(store, "Ромашка", at=NOW)
        named = change(store, lambda t: t.update(client, {"name": "Вектор"}), at="2026-11-24T09:15:00Z")
        change(store, lambda t: t.archive(named), at="2026-11-25T09:15:00Z")
        archived = rows.get(store, Client, client.id)
        told = {
            at: (past.name if (past := history.as_of(store, archived, at)) else None)
            for at in (
                EARLIER,
                NOW,
                "2026-11-24T09:14:59Z",
                "2026-11-24T09:15:00Z",
                "2026-11-25T09:14:59Z",
                "2026-11-25T09:15:00Z",
            )
        }
        assert list(told.values()) == [None, "Ромашка", "Ромашка", "Вектор", "Вектор", None]
        assert history.known_since(store, archived) == NOW
        assert history.former_values(store, archived, "name") == {"Ромашка"}
        assert history.former_values(store, archived, "city") == set()


def test_the_newest_check_of_a_state_counts(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        standard = change(store, lambda t: t.insert(minimal(Standard, {})))

        def check(day: str, cycle: str) -> StandardCheck:
            record = minimal(StandardCheck, {"standard": standard.id})
            return change(store, lambda t: t.insert(record.with_changes({"checked_on": day, "cycle": cycle})))

        first, second = check("2026-11-01", "train"), check("2026-11-02", "train")
        other = check("2026-11-03", "refine")
        assert standards.last_check(store, standard.id, "train") == second
        assert standards.last_check(store, standard.id, "refine") == other
        assert standards.last_check(store, standard.id, "write") is None
        assert standards.last_check(store, standard.id + 1, "train") is None
        assert standards.checks(store, standard.id) == [other, second, first]


def test_who_worked_on_a_record_since_is_told_once_in_a_clause(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        change(store, lambda t: t.insert(Staff(name="Борис Крамер", login="boris")))
        client = new_client(store)
        other = new_client(store, "Вектор")
        request = change(store, lambda t: t.insert(Request(client_id=client.id, title="акт", opened_at=NOW)))
        (seq,) = store.rows("SELECT MAX(seq) FROM event")[0]
        assert _work(store, [client, request], seq) == []
        values: dict[str, Value] = {"title": "счёт", "priority": "high"}
        new = change(store, lambda t: t.update(request, values), actor="boris")
        change(store, lambda t: t.update(new, {"tags": "x"}), actor="vera")
        task = change(store, lambda t: t.insert(Task(client_id=client.id, title="позвонить")), actor="vera")
        change(store, lambda t: t.insert(Task(client_id=other.id, title="чужое")), actor="vera")
        assert _work(store, [request], seq) == [
            "Борис Крамер changed what is asked, priority of the request “счёт”",
            "vera changed tags of the request “счёт”",
        ]
        assert _work(store, [client], seq)[-1] == "vera added the task “позвонить”"
        assert "чужое" not in " ".join(_work(store, [client], seq))
        change(store, lambda t: t.archive(task))
        assert "позвонить" not in " ".join(_work(store, [client], seq))
        (last,) = store.rows("SELECT MAX(seq) FROM event")[0]
        assert _work(store, [client, request], last) == []


def _work(store: Store, records: Sequence[Record], seq: int) -> list[str]:
    def look(transaction: Transaction) -> list[str]:
        now = [rows.get(store, type(record), record.id) for record in records]
        return work_since(transaction, now, seq)

    return change(store, look)


def test_settings_are_found_by_the_beginning_of_their_names(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        with store.exclusive():
            for name in ("import.b", "import.a", "import", "import.", "import/", "imports", "a"):
                sql = "INSERT INTO setting (name, value, updated_at) VALUES (:name, :name, :at)"
                store.execute(sql, name=name, at=NOW)
        found = log.settings_beginning(store, "import.")
        assert found == [(name, name) for name in ("import.", "import.a", "import.b")]


@pytest.mark.parametrize(
    ("settings", "login"),
    [
        ({}, "anna"),
        ({"first_person": "2"}, "boris"),
        ({"first_person": "nobody"}, "anna"),
        ({"first_person": "99"}, None),
        ({"demo_login": "boris"}, "boris"),
        ({"demo_login": "vera"}, None),
        ({"first_person": "1", "demo_login": "boris"}, "anna"),
    ],
)
def test_who_began_a_file_is_known(tmp_path: Path, settings: dict[str, str], login: str | None) -> None:
    with new_store(tmp_path) as store:
        people = [Staff(id=number, name=name, login=name) for number, name in ((1, "anna"), (2, "boris"))]
        change(store, lambda t: [t.insert(person) for person in people])
        ids = {person.login: person.id for person in rows.fetch(store, Staff, "ORDER BY id")}
        known = {
            name: {"1": ids["anna"], "2": ids["boris"]}.get(value, value) for name, value in settings.items()
        }
        change(
            store, lambda t: [organization.set_setting(t, name, str(value)) for name, value in known.items()]
        )
        first = organization.first_person(store)
        assert (first and first.login) == login


def test_a_band_of_a_copy_is_one_of_four() -> None:
    for word in ("red", "amber", "green", "unknown"):
        assert snapshots.read_band(word) == word
    for word in ("", "Red", "blue"):
        with pytest.raises(ValueError, match=f"“{word}” is no band of health"):
            snapshots.read_band(word)
