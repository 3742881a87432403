"""The history of a file as a whole: the newest action first, whatever the clock did."""

from __future__ import annotations

from pathlib import Path

from store_samples import NOW, change, new_client, new_store

from onewindow.store.doctor import file_history
from onewindow.store.doctor.backup import backup
from onewindow.store.doctor.file_history import FileAction
from onewindow.store.doctor.restoring import restore
from onewindow.store.engine import open_store


def test_an_action_stands_behind_changes_of_a_clock_that_was_ahead(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = new_client(store)
        ahead = store.scalar("SELECT MAX(id) FROM change_set") + (1 << 50)
        store.execute(
            "INSERT INTO change_set (id, at, actor, label) VALUES (:id, :at, 'anna', 'ahead')",
            id=ahead,
            at=NOW,
        )
        for what in ("first", "second", "third"):
            file_history.note(store, "anna", NOW, what)
        assert [done.what for done in file_history.actions(store, 10)] == [
            "third",
            "second",
            "first",
            "ahead",
        ]
        assert file_history.actions(store, 1) == [FileAction(NOW, "anna", "third")]
        assert store.scalar("SELECT MAX(id) FROM change_set") == ahead + 3
        change(store, lambda t: t.update(client, {"city": "Пермь"}), label="later")
        assert len(file_history.actions(store, 10)) == 4, "a change of a record is no action on the file"


def test_a_restored_file_tells_that_it_was(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        new_client(store)
        copy = backup(store, tmp_path / "copies", NOW)
    restore(tmp_path / "other.db", copy, NOW, "anna")
    with open_store(tmp_path / "other.db") as store:
        assert file_history.actions(store, 10) == [FileAction(NOW, "anna", f"restored from {copy}")]
