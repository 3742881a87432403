"""Backups that were checked, the way back from one, and what is refused."""

from __future__ import annotations

import stat
from datetime import date, timedelta
from pathlib import Path

import pytest
from store_processes import finish, line, start
from store_samples import NOW, change, new_client, new_store, one_of_each

from onewindow.records.clients import Client
from onewindow.store import changes
from onewindow.store.backup import backup, restore, verify
from onewindow.store.engine import open_store
from onewindow.store.problems import StoreProblem
from onewindow.store.schema import SCHEMA_VERSION
from onewindow.store.sqlite_library import sqlite


def _names(path: Path) -> set[str]:
    with open_store(path) as store:
        return {name for (name,) in store.rows("SELECT name FROM client")}


def _backed_up(directory: Path) -> tuple[Path, Path]:
    """A closed store with one client, and a copy of it in `copies`."""
    with new_store(directory) as store:
        new_client(store, "in the backup")
        return store.path, backup(store, directory / "copies", NOW)


def _plain(directory: Path) -> set[str]:
    return {each.name for each in directory.iterdir()}


def test_a_backup_in_a_directory_is_named_by_its_minute_and_good(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        one_of_each(store)
        copy = backup(store, tmp_path / "copies", NOW)
        assert copy == tmp_path / "copies" / "onewindow-2026-11-23T0915.db"
        assert stat.S_IMODE(copy.stat().st_mode) == 0o640
        assert _plain(copy.parent) == {copy.name}
        assert verify(copy) == []
        assert _plain(copy.parent) == {copy.name}
        copied = sqlite.connect(copy)
        events = copied.execute("SELECT * FROM event ORDER BY seq").fetchall()
        copied.close()
        assert events == store.rows("SELECT * FROM event ORDER BY seq")


def test_a_second_backup_in_the_same_minute_takes_the_place_of_the_first(tmp_path: Path) -> None:
    _, copy = _backed_up(tmp_path)
    with open_store(tmp_path / "onewindow.db") as store:
        new_client(store, "later")
        assert backup(store, copy.parent, NOW) == copy
    restored = tmp_path / "other" / "onewindow.db"
    assert restore(restored, copy, NOW) is None
    assert _names(restored) == {"in the backup", "later"}


def test_a_named_backup_never_overwrites(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        copy = backup(store, tmp_path / "my.db", NOW)
        assert verify(copy) == []
        before = copy.read_bytes()
        with pytest.raises(StoreProblem, match="is there already"):
            backup(store, copy, NOW)
        with pytest.raises(StoreProblem, match="is there already"):
            backup(store, store.path, NOW)
        assert copy.read_bytes() == before


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with new_store(tmp_path) as store, pytest.raises(StoreProblem, match="cannot be written"):
        backup(store, tmp_path / "file" / "copies" / "x.db", NOW)


def test_a_backup_while_others_write_is_one_sound_moment(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        new_client(store)
        writer = start("write on", store.path, "boris")
        for number in range(5):
            line(writer)
            least = changes.last_seq(store)
            copy = backup(store, tmp_path / f"{number}.db", NOW)
            assert verify(copy) == []
            copied = sqlite.connect(copy)
            (events,) = copied.execute("SELECT COUNT(*) FROM event").fetchone()
            (clients,) = copied.execute("SELECT COUNT(*) FROM client").fetchone()
            copied.close()
            assert events == clients
            assert least <= events <= changes.last_seq(store)
        writer.kill()
        writer.communicate()


def test_a_copy_of_a_damaged_file_is_thrown_away(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = new_client(store)
        store.connection.execute("PRAGMA foreign_keys=OFF")
        with store.exclusive():
            store.execute("UPDATE client SET owner_id = 7 WHERE id = :id", id=client.id)
        with pytest.raises(StoreProblem, match="thrown away: A row of client refers to a staff"):
            backup(store, tmp_path / "copies", NOW)
        assert _plain(tmp_path / "copies") == set()


def test_the_newest_of_seven_days_and_four_weeks_are_kept(tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    first = date(2026, 10, 1)
    for offset in range(53):  # up to Sunday 22 November
        for hour in ("0900", "1800"):
            (copies / f"onewindow-{first + timedelta(offset)}T{hour}.db").touch()
    others = {"mine.db", "onewindow-2026-10-01T0900.db.txt", "onewindow-2026-99-99T0900.db"}
    for name in others:
        (copies / name).touch()
    with new_store(tmp_path) as store:
        backup(store, copies, NOW)
    days = [f"2026-11-{day}T1800" for day in (17, 18, 19, 20, 21, 22)] + ["2026-11-23T0915"]
    weeks = ["2026-11-08T1800", "2026-11-15T1800"]  # and the Sunday and the Monday among the days
    assert _plain(copies) == {f"onewindow-{each}.db" for each in days + weeks} | others


def test_restoring_brings_back_the_copy_and_sets_the_old_file_aside_with_its_log(tmp_path: Path) -> None:
    path, copy = _backed_up(tmp_path)
    writer = start("write on", path, "made after the backup")
    for _ in range(3):
        line(writer)
    writer.kill()  # leaves a log that is not in the file yet
    writer.communicate()
    assert path.with_name("onewindow.db-wal").stat().st_size > 0
    aside = restore(path, copy, "2026-11-23T10:00:00Z")
    assert aside is not None
    assert aside == tmp_path / "onewindow.db.before-2026-11-23T1000"
    assert _names(path) == {"in the backup"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o660
    assert _names(aside) == {"in the backup", "made after the backup"}
    assert copy.exists()
    with open_store(path) as store:
        assert new_client(store).number == 2
        assert store.rows("PRAGMA integrity_check") == [("ok",)]


def test_restoring_twice_in_a_minute_sets_both_aside(tmp_path: Path) -> None:
    path, copy = _backed_up(tmp_path)
    names = [restore(path, copy, NOW) for _ in range(3)]
    assert names == [tmp_path / f"onewindow.db.before-2026-11-23T0915{end}" for end in ("", "-2", "-3")]
    assert all(each and _names(each) == {"in the backup"} for each in names)


def test_a_lost_file_is_restored_although_its_log_is_still_there(tmp_path: Path) -> None:
    path, copy = _backed_up(tmp_path)
    path.unlink()
    path.with_name("onewindow.db-wal").write_bytes(b"\x00" * 5000)
    aside = restore(path, copy, NOW)
    assert aside is not None
    assert aside.with_name(aside.name + "-wal").stat().st_size == 5000
    assert _names(path) == {"in the backup"}


def test_nothing_is_restored_while_somebody_has_the_file_open(tmp_path: Path) -> None:
    path, copy = _backed_up(tmp_path)
    before = path.read_bytes()
    other = start("stay", path)
    assert line(other) == "open"
    with pytest.raises(StoreProblem, match="close One Window everywhere first"):
        restore(path, copy, NOW)
    finish(other)
    with open_store(path), pytest.raises(StoreProblem, match="close One Window everywhere first"):
        restore(path, copy, NOW)
    assert path.read_bytes() == before
    assert not [name for name in _plain(tmp_path) if "before" in name or "part" in name]
    assert restore(path, copy, NOW) is not None


def test_a_file_is_not_restored_from_itself(tmp_path: Path) -> None:
    path, _ = _backed_up(tmp_path)
    with pytest.raises(StoreProblem, match="from itself"):
        restore(path, path, NOW)


@pytest.mark.parametrize("damage", ["truncated", "zeroed", "text", "empty", "missing", "newer", "foreign"])
def test_a_bad_backup_is_refused_and_the_file_stays(tmp_path: Path, damage: str) -> None:
    path, copy = _backed_up(tmp_path)
    content = copy.read_bytes()
    if damage == "truncated":
        copy.write_bytes(content[: len(content) // 2])
    elif damage == "zeroed":
        copy.write_bytes(content[:8192] + bytes(20 * 4096) + content[8192 + 20 * 4096 :])
    elif damage == "text":
        copy.write_text("not a database")
    elif damage == "empty":
        copy.write_bytes(b"")
    elif damage == "missing":
        copy.unlink()
    else:
        changed = sqlite.connect(copy)
        pragma = "application_id = 1" if damage == "foreign" else f"user_version = {SCHEMA_VERSION + 1}"
        changed.execute(f"PRAGMA {pragma}")
        changed.close()
    before, files_before = path.read_bytes(), _plain(tmp_path)
    assert verify(copy) != []
    with pytest.raises(StoreProblem, match="This backup cannot be restored"):
        restore(path, copy, NOW)
    assert path.read_bytes() == before
    assert _plain(tmp_path) == files_before


def test_a_database_of_ours_without_tables_is_no_backup(tmp_path: Path) -> None:
    connection = sqlite.connect(tmp_path / "new.db")
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    assert verify(tmp_path / "new.db") == [f"{tmp_path / 'new.db'} has no tables."]


def test_a_plain_copy_with_its_log_is_verified_and_restored_whole(tmp_path: Path) -> None:
    path, _ = _backed_up(tmp_path)
    raw = tmp_path / "raw"
    raw.mkdir()
    with open_store(path) as store:
        change(store, lambda t: t.insert(Client(name="only in the log")))
        for suffix in ("", "-wal"):
            source = path.with_name(path.name + suffix)
            (raw / source.name).write_bytes(source.read_bytes())
    assert verify(raw / "onewindow.db") == []
    restore(path, raw / "onewindow.db", NOW)
    assert _names(path) == {"in the backup", "only in the log"}
