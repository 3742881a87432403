"""`check` finds what is wrong and nothing else; `info` tells what a file is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from store_processes import finish, line, start
from store_samples import NOW, change, new_client, new_store, one_of_each

from onewindow.records.clients import Client
from onewindow.records.kinds import KINDS
from onewindow.store import history, rows
from onewindow.store.doctor.checking import Finding, check, info
from onewindow.store.engine import Store, open_store
from onewindow.store.schema import SCHEMA_VERSION
from onewindow.store.sqlite_library import has_wal_reset_bug, sqlite


def _force(store: Store, *statements: str) -> None:
    """Change a file behind the back of the program."""
    store.connection.execute("PRAGMA foreign_keys=OFF")
    with store.exclusive():
        for statement in statements:
            store.execute(statement)


def _found(store: Store) -> list[tuple[str, str]]:
    return [(finding.area, finding.message) for finding in check(store)]


@pytest.mark.parametrize("thorough", [False, True])
def test_a_file_that_was_worked_on_is_sound(tmp_path: Path, thorough: bool) -> None:
    with new_store(tmp_path) as store:
        one_of_each(store)
        client = new_client(store)
        change(store, lambda t: t.insert(Client(name="imported", number=500)))
        change(store, lambda t: t.insert_many([Client(name="x") for _ in range(3)]))
        change(store, lambda t: t.update(client, {"note": "x"}))
        change(store, lambda t: t.erase(client, ["note"]))
        change(store, lambda t: t.archive(client))
        target = history.last_undoable(store, "anna")
        assert target is not None
        change(store, lambda t: history.undo(t, target))
        assert check(store, thorough=thorough) == []
    with open_store(store.path) as again:
        assert check(again, thorough=thorough) == []


def test_a_reference_to_nothing_is_found(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        new_client(store)
        _force(store, "UPDATE client SET owner_id = 7")
        assert _found(store) == [("references", "A row of client refers to a staff that does not exist.")]


def test_a_missing_index_a_changed_trigger_and_a_strange_table_are_found(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        _force(
            store,
            "DROP INDEX client_name",
            "DROP TRIGGER search_doc_deleted",
            "CREATE TRIGGER search_doc_deleted AFTER DELETE ON search_doc BEGIN SELECT 1; END",
            "CREATE TABLE scratch (x)",
        )
        assert _found(store) == [
            ("schema", "index client_name is missing."),
            ("schema", "trigger search_doc_deleted is not as this program makes it."),
            ("schema", "table scratch is none of ours."),
        ]


def test_rows_that_the_log_knows_better_are_found(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        gone, behind = new_client(store), new_client(store)
        change(store, lambda t: t.update(behind, {"city": "Уфа"}))
        _force(
            store,
            f"DELETE FROM client WHERE id = {gone.id}",
            "UPDATE client SET version = 1",
            "UPDATE event SET entity = 'ghost' WHERE seq = 2",
        )
        assert sorted(_found(store)) == sorted(
            [
                ("history", "The log has events of ghost, which is no kind of record."),
                ("history", f"The client {gone.id} is in the log, but not in the file."),
                ("history", f"The client {behind.id} has version 1 after 1 changes."),
            ]
        )


@pytest.mark.parametrize("counter", ["UPDATE counter SET n = 1", "DELETE FROM counter"])
def test_a_counter_behind_its_numbers_is_found(tmp_path: Path, counter: str) -> None:
    with new_store(tmp_path) as store:
        new_client(store)
        new_client(store)
        _force(store, counter)
        following = 2 if counter.startswith("UPDATE") else 1
        assert check(store) == [
            Finding("numbers", f"The next client would get the number {following}, but 2 is given.")
        ]


def test_damaged_pages_are_found(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        change(store, lambda t: t.insert_many([Client(name="x" * 100) for _ in range(200)]))
        root = store.scalar("SELECT rootpage FROM sqlite_master WHERE name = 'change_set_actor'")
    with store.path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(bytes(4096))
    with open_store(store.path) as damaged:
        assert "file" in {area for area, _ in _found(damaged)}


def test_info_tells_what_a_file_is(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        fresh = info(store)
        assert fresh["last_change"] is None
        records = one_of_each(store)
        new_client(store, "Второй")
        told = info(store)
        counts = dict.fromkeys(KINDS, 1) | {"client": 2}
        assert told["records"] == counts
        assert told["path"] == str(tmp_path / "onewindow.db")
        assert told["bytes"] == store.path.stat().st_size
        assert isinstance(told["log_bytes"], int)
        assert told["log_bytes"] > 0
        assert told["schema_version"] == SCHEMA_VERSION
        assert told["sqlite_version"] == sqlite.sqlite_version
        assert told["last_change"] == {"at": NOW, "actor": "anna", "label": "new client Второй"}
        assert rows.get(store, Client, records["client"].id).name == "x"


def test_info_tells_who_has_the_file_open(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        assert info(store)["others_present"] is False
        other = start("stay", store.path)
        assert line(other) == "open"
        told = info(store)
        finish(other)
        assert told["others_present"] is True
        if Path("/proc/locks").exists():
            user = Path(f"/proc/{os.getpid()}").owner()
            assert told["open_in"] == [
                {"process": number, "user": user} for number in sorted((os.getpid(), other.pid))
            ]


def test_what_is_wrong_with_the_schema_stands_by_its_name(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        found = store.rows(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
        )
        names = [name for (name,) in found][:3]
        made = [f"CREATE TABLE {name} (id INTEGER PRIMARY KEY) STRICT" for name in ("stray", "alien")]
        _force(store, *(f"DROP INDEX {name}" for name in reversed(names)), *made)
        assert _found(store) == [
            *(("schema", f"index {name} is missing.") for name in names),
            *(("schema", f"table {name} is none of ours.") for name in ("alien", "stray")),
        ]


def test_info_tells_who_empties_the_log(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        assert info(store)["checkpoints"] == ("by writers only" if has_wal_reset_bug() else "automatic")
