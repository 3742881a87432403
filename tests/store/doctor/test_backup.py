"""Backups that were checked, the way back from one, and what is refused."""

from __future__ import annotations

import stat
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from store_processes import finish, line, start
from store_samples import NOW, change, new_client, new_store, one_of_each

from onewindow.records.clients import Client
from onewindow.store import changes
from onewindow.store.doctor.backup import backup, backups_in, placed, verify
from onewindow.store.doctor.backup_names import kept
from onewindow.store.doctor.restoring import restore
from onewindow.store.engine import Store, open_store
from onewindow.store.file.identity import identity, mark
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


def _mark(store: Store) -> str:
    return mark(identity(store.connection))


def _plain(directory: Path) -> set[str]:
    return {each.name for each in directory.iterdir()}


def test_a_backup_in_a_directory_is_named_by_its_database_and_second_and_good(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        one_of_each(store)
        copy = backup(store, tmp_path / "copies", NOW)
        assert copy == tmp_path / "copies" / f"onewindow-{_mark(store)}-2026-11-23T091500.db"
        assert stat.S_IMODE(copy.stat().st_mode) == 0o640
        assert _plain(copy.parent) == {copy.name}
        assert verify(copy) == []
        assert _plain(copy.parent) == {copy.name}
        copied = sqlite.connect(copy)
        events = copied.execute("SELECT * FROM event ORDER BY seq").fetchall()
        copied.close()
        assert events == store.rows("SELECT * FROM event ORDER BY seq")


def test_a_second_backup_in_the_same_second_stands_beside_the_first(tmp_path: Path) -> None:
    path, copy = _backed_up(tmp_path)
    before = copy.read_bytes()
    copy.with_name(copy.stem + "-2.db").write_text("somebody else's")
    with open_store(path) as store:
        new_client(store, "later")
        second = backup(store, copy.parent, NOW)
    assert second.name == copy.stem + "-3.db"
    assert copy.with_name(copy.stem + "-2.db").read_text() == "somebody else's"
    # Of a day the newest is kept, so the first has gone; the one that is no copy of ours has not.
    assert _plain(copy.parent) == {second.name, copy.stem + "-2.db"}
    assert before != second.read_bytes()
    restored = tmp_path / "other" / "onewindow.db"
    assert restore(restored, second, NOW) is None
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
    path, copy = _backed_up(tmp_path)
    content = copy.read_bytes()
    copy.unlink()
    copies = tmp_path / "copies"
    with open_store(path) as store:
        own = _mark(store)
    first = date(2026, 10, 1)
    for offset in range(53):  # up to Sunday 22 November, the first half by an old program
        for hour in ("0900", "1800"):
            name = f"{first + timedelta(offset)}T{hour}"
            named = f"onewindow-{name}.db" if offset < 30 else f"onewindow-{own}-{name}30.db"
            (copies / named).write_bytes(content)
    others = {"mine.db", "onewindow-2026-10-01T0900.db.txt", "onewindow-2026-99-99T0900.db"}
    for name in others:
        (copies / name).write_bytes(content)
    with open_store(path) as store:
        backup(store, copies, NOW)
    days = [f"2026-11-{day}T180030" for day in (17, 18, 19, 20, 21, 22)] + ["2026-11-23T091500"]
    weeks = ["2026-11-08T180030", "2026-11-15T180030"]  # and the Sunday and the Monday among the days
    assert _plain(copies) == {f"onewindow-{own}-{each}.db" for each in days + weeks} | others


def test_only_copies_of_ones_own_database_are_thinned_out(tmp_path: Path) -> None:
    path, copy = _backed_up(tmp_path)
    copies = copy.parent
    with new_store(tmp_path / "elsewhere") as other:
        new_client(other, "theirs")
        foreign = backup(other, copies, "2026-11-23T08:00:00Z")
        # Named like ours, by accident or by an old program, and theirs by what is in it.
        old = copies / "onewindow-2026-11-23T0700.db"
        like_ours = copies / copy.name.replace("T0915", "T0815")
        for each in (old, like_ours):
            each.write_bytes(foreign.read_bytes())
    # A copy with which somebody worked on has changes that are nowhere else.
    worked_on = copies / copy.name.replace("T0915", "T0600")
    worked_on.write_bytes(copy.read_bytes())
    with open_store(worked_on) as store:
        new_client(store, "only here")
    with open_store(path) as store:
        new_client(store, "later")
        newest = backup(store, copies, "2026-11-23T10:00:00Z")
    left = {each.name for each in copies.iterdir() if each.suffix == ".db"}
    assert left == {each.name for each in (foreign, old, like_ours, worked_on, newest)}
    assert backups_in(copies, path) == [newest, like_ours, worked_on]
    assert backups_in(copies, tmp_path / "elsewhere" / "onewindow.db") == [foreign, old]
    assert len(backups_in(copies)) == 5


def test_a_backup_is_never_thinned_out_by_a_clock_that_went_back(tmp_path: Path) -> None:
    path, ahead = _backed_up(tmp_path)
    with open_store(path) as store:
        copy = backup(store, ahead.parent, "2026-11-23T01:00:00Z")
    assert _plain(ahead.parent) == {ahead.name, copy.name}


def test_the_backups_of_a_lost_file_are_found_by_its_name(tmp_path: Path) -> None:
    path, copy = _backed_up(tmp_path)
    old = copy.with_name("onewindow-2026-11-23T0700.db")
    old.write_bytes(copy.read_bytes())
    copy.with_name("other-12345678-2026-11-23T070000.db").write_bytes(copy.read_bytes())
    path.unlink()
    assert backups_in(copy.parent, path) == [copy, old]


def test_a_restore_is_refused_where_nobody_can_tell_who_is_in(tmp_path: Path) -> None:
    path, copy = _backed_up(tmp_path)
    marks = path.with_name("onewindow.db.open")
    marks.unlink()
    marks.mkdir()
    before = path.read_bytes()
    with pytest.raises(StoreProblem, match=r"cannot be found out .*onewindow\.db\.open: is a directory"):
        restore(path, copy, NOW)
    assert path.read_bytes() == before
    assert not [name for name in _plain(tmp_path) if "before" in name or "part" in name]


def test_a_restore_sees_those_who_left_no_mark(tmp_path: Path) -> None:
    path, copy = _backed_up(tmp_path)
    code = (
        "import sqlite3, sys\nc = sqlite3.connect(sys.argv[1])\n"
        "c.execute('SELECT COUNT(*) FROM client').fetchone()\n"
        "print('in', flush=True)\nsys.stdin.readline()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert line(other) == "in"
    with pytest.raises(StoreProblem, match="is in use"):
        restore(path, copy, NOW)
    finish(other)
    assert restore(path, copy, NOW) is not None


def test_a_restore_that_does_not_fit_leaves_everything_as_it_was(tmp_path: Path) -> None:
    path, copy = _backed_up(tmp_path)
    before, names = path.read_bytes(), _plain(tmp_path)
    code = (
        "import resource, sys\nfrom pathlib import Path\n"
        "from onewindow.store.doctor.restoring import restore\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "restore(Path(sys.argv[1]), Path(sys.argv[2]), '2026-11-23T10:00:00Z', 'anna')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), str(copy)], capture_output=True, text=True, check=False
    )
    assert "grow no further (file too large): nothing was saved" in done.stderr
    assert path.read_bytes() == before
    assert _plain(tmp_path) == names


def test_the_journal_of_another_mode_goes_along_with_the_old_file(tmp_path: Path) -> None:
    path, copy = _backed_up(tmp_path)
    path.with_name("onewindow.db-journal").write_bytes(b"of the old file")
    aside = restore(path, copy, NOW)
    assert aside is not None
    assert Path(f"{aside}-journal").read_bytes() == b"of the old file"
    assert not path.with_name("onewindow.db-journal").exists()


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


def test_files_that_are_no_copies_take_no_day_and_no_week() -> None:
    copies = [Path(f"onewindow-2026-11-{day:02}T0900.db") for day in range(23, 12, -1)]
    mixed = [place for each in copies for place in (Path("mine.db"), each)]
    days = copies[:7]
    weeks = [Path("onewindow-2026-11-15T0900.db")]  # the 23rd and the 22nd stand among the days
    assert kept(mixed) == {*days, *weeks}
    assert kept([]) == kept([Path("mine.db")]) == set()


def test_a_finished_file_never_takes_a_name_that_is_taken(tmp_path: Path) -> None:
    part, copy = tmp_path / "part", tmp_path / "copy.db"
    part.write_text("new")
    for name in ("copy.db", "copy-2.db"):
        (tmp_path / name).write_text("old")
    with pytest.raises(StoreProblem, match=r"copy\.db is there already; name another file"):
        placed(part, copy, is_named=True)
    assert _plain(tmp_path) == {"part", "copy.db", "copy-2.db"}
    assert placed(part, copy, is_named=False) == tmp_path / "copy-3.db"
    assert [each.read_text() for each in (copy, tmp_path / "copy-3.db")] == ["old", "new"]
