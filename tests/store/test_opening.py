"""Opening a file: what is made, what is refused, and that a refused file stays as it was."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest
from store_processes import finish, line, start
from store_samples import new_client, new_store

from onewindow.records.clients import Client
from onewindow.store import engine, schema
from onewindow.store.engine import open_store
from onewindow.store.file import paths
from onewindow.store.problems import Busy, StoreProblem
from onewindow.store.rows import get
from onewindow.store.sqlite_library import has_wal_reset_bug, sqlite


def _refused(path: Path, *, create: bool = False) -> str:
    """The sentence of a refusal, after making sure that it changed nothing."""
    place = next(each for each in path.parents if each.is_dir())
    before = _contents(place)
    with pytest.raises(StoreProblem) as problem:
        open_store(path, create=create)
    after = _contents(place)
    assert {name: after[name] for name in before} == before
    sentence = str(problem.value)
    assert sentence.endswith((".", "?"))
    assert "\n" not in sentence
    return sentence


def _contents(directory: Path) -> dict[str, bytes]:
    """What every file holds; -shm is SQLite's own index of the log, made anew at any time."""
    return {
        each.name: each.read_bytes()
        for each in directory.iterdir()
        if each.is_file() and not each.name.endswith("-shm")
    }


def _closed_store(directory: Path) -> Path:
    with new_store(directory) as store:
        new_client(store)
    return store.path


@pytest.mark.parametrize("umask", [0o077, 0o022, 0o000])
def test_a_new_file_may_be_written_by_the_team_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        with new_store(tmp_path) as store:
            new_client(store)
            modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
    finally:
        os.umask(before)
    names = ("", "-wal", "-shm", ".lock", ".open")
    assert modes == {f"onewindow.db{suffix}": 0o660 for suffix in names}


def test_a_new_file_is_ours_and_opens_again(tmp_path: Path) -> None:
    path = _closed_store(tmp_path)
    with open_store(path) as store:
        assert store.scalar("PRAGMA application_id") == paths.APPLICATION_ID
        assert store.scalar("PRAGMA user_version") == schema.SCHEMA_VERSION
        assert store.scalar("PRAGMA journal_mode") == "wal"
        assert store.scalar("PRAGMA foreign_keys") == 1
        assert store.scalar("PRAGMA synchronous") == 2
        assert store.scalar("SELECT COUNT(*) FROM client") == 1


def test_a_missing_directory_is_made(tmp_path: Path) -> None:
    with open_store(tmp_path / "a" / "b" / "onewindow.db", create=True) as store:
        assert store.path.exists()


def test_a_missing_file_is_not_made_unless_asked(tmp_path: Path) -> None:
    assert "There is no file" in _refused(tmp_path / "onewindow.db")
    assert list(tmp_path.iterdir()) == []


def test_a_place_where_no_file_can_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert "choose another place" in _refused(tmp_path / "file" / "onewindow.db", create=True)


@pytest.mark.parametrize("content", [b"hello", b"SQLite format 2\x00" * 99, b"\x00" * 4096], ids=len)
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    assert "is not a One Window file" in _refused(path, create=True)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("journal", ["delete", "wal"])
@pytest.mark.parametrize("owner", [0, 77])
def test_a_database_of_another_program_is_refused(tmp_path: Path, journal: str, owner: int) -> None:
    path = tmp_path / "other.db"
    connection = sqlite.connect(path)
    connection.execute(f"PRAGMA journal_mode={journal}")
    connection.execute(f"PRAGMA application_id={owner}")
    connection.execute("CREATE TABLE theirs (x)")
    connection.commit()
    connection.close()
    assert "belongs to another program" in _refused(path, create=True)
    assert list(tmp_path.iterdir()) == [path]


def test_a_database_that_another_program_is_writing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite.connect(path)
    connection.execute("PRAGMA journal_mode=wal")
    connection.execute("CREATE TABLE theirs (x)")
    connection.commit()
    assert "belongs to another program" in _refused(path, create=True)
    connection.close()


def test_a_file_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = _closed_store(tmp_path)
    connection = sqlite.connect(path)
    connection.execute(f"PRAGMA user_version={schema.SCHEMA_VERSION + 1}")
    connection.close()
    assert "A newer One Window wrote this file" in _refused(path)


def test_a_file_that_became_newer_while_we_looked_is_refused(tmp_path: Path) -> None:
    path = _closed_store(tmp_path)
    other = sqlite.connect(path)
    other.execute(f"PRAGMA user_version={schema.SCHEMA_VERSION + 1}")  # still in the log, not in the header
    other.commit()
    assert "A newer One Window wrote this file" in _refused(path)
    other.close()


def test_a_directory_is_refused(tmp_path: Path) -> None:
    assert "is not a file" in _refused(tmp_path)


def test_an_empty_file_is_refused_where_data_is_expected(tmp_path: Path) -> None:
    path = tmp_path / "onewindow.db"
    path.touch()
    assert "is empty" in _refused(path)


def test_an_empty_file_with_a_log_beside_it_is_never_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "onewindow.db"
    path.touch()
    (tmp_path / "onewindow.db-wal").write_bytes(b"changes that nobody has elsewhere")
    assert "is empty" in _refused(path, create=True)


@pytest.mark.parametrize("kept", [60, 100, 4095, 4096, 5000, 40_960])
def test_a_truncated_file_is_refused(tmp_path: Path, kept: int) -> None:
    path = _closed_store(tmp_path)
    os.truncate(path, kept)
    sentence = _refused(path, create=True)
    assert "onewindow db restore" in sentence or "belongs to another program" in sentence


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = _closed_store(tmp_path)
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 3996)
    assert "onewindow db restore" in _refused(path)


def test_a_link_and_its_target_are_one_file_with_one_queue(tmp_path: Path) -> None:
    path = _closed_store(tmp_path)
    link = tmp_path / "link.db"
    link.symlink_to(path)
    with open_store(link) as store:
        assert store.path == path
    assert not list(tmp_path.glob("link.db.*"))


def test_closing_twice_is_harmless_and_leaves_no_log(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.close()
    store.close()
    assert not list(tmp_path.glob("*-wal"))


MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 {device} / {where} rw,nosuid - {type} server:/share rw

broken line
"""


@pytest.mark.parametrize(
    ("name", "is_network"),
    [
        *[(name, True) for name in ("nfs", "nfs4", "cifs", "smb3", "9p", "ceph", "glusterfs", "virtiofs")],
        *[(name, True) for name in ("fuse.sshfs", "fuse.s3fs", "fuse.rclone", "fuse", "lustre", "afs")],
        *[(name, False) for name in ("ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "apfs", "")],
        *[(name, False) for name in ("fuseblk", "fuse.ntfs-3g", "fuse.fuse-overlayfs")],
    ],
)
def test_the_type_of_a_mount_decides(tmp_path: Path, name: str, is_network: bool) -> None:
    device = tmp_path.stat().st_dev
    table = tmp_path / "mountinfo"
    numbers = f"{os.major(device)}:{os.minor(device)}"
    table.write_text(MOUNTS.format(device=numbers, where=tmp_path, type=name or "-"), encoding="utf-8")
    found = paths.file_system_type(tmp_path, table)
    assert found == (name or "-")
    assert paths.is_network_type(found) is is_network


def test_a_system_without_a_table_of_mounts_tells_nothing(tmp_path: Path) -> None:
    assert paths.file_system_type(tmp_path, tmp_path / "none") == ""
    (tmp_path / "mountinfo").write_text("\nbroken line\n")
    assert paths.file_system_type(tmp_path, tmp_path / "mountinfo") == ""


def test_a_directory_that_is_still_to_be_made_is_judged_by_the_mount_that_holds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_network(name: str) -> bool:
        return name == paths.file_system_type(tmp_path)

    monkeypatch.setattr(paths, "is_network_type", is_network)
    path = tmp_path / "a" / "b" / "onewindow.db"
    assert "network mount" in _refused(path, create=True)
    assert list(tmp_path.iterdir()) == []


def test_eight_processes_that_start_on_a_fresh_file_all_get_it(tmp_path: Path) -> None:
    path = tmp_path / "onewindow.db"
    processes = [start("open", path) for _ in range(8)]
    assert [line(each) for each in processes] == ["ready"] * 8
    for each in processes:
        assert each.stdin is not None
        each.stdin.write("\n")
        each.stdin.flush()
    for each in processes:
        finish(each)
    with open_store(path) as store:
        assert [name for (name,) in store.rows("SELECT name FROM _sqlite_migrations ORDER BY id")] == list(
            schema.MIGRATIONS
        )


def test_a_fresh_file_that_somebody_fills_while_we_look_is_not_called_foreign(tmp_path: Path) -> None:
    path = tmp_path / "onewindow.db"
    paths.create_file(path)
    connection = sqlite.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=wal")

    def fill_it_first(statement: str) -> None:
        if statement == "PRAGMA application_id":
            connection.set_trace_callback(None)
            with new_store(tmp_path) as store:
                new_client(store)

    connection.set_trace_callback(fill_it_first)
    assert schema.read_version(connection) == 0
    assert schema.read_version(connection) == schema.SCHEMA_VERSION
    connection.close()


def test_a_file_kept_locked_is_busy_not_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _closed_store(tmp_path)
    other = sqlite.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode=delete")
    other.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    with pytest.raises(Busy, match="keeps the file locked"):
        open_store(path)
    other.close()


@pytest.mark.parametrize(
    ("version", "has_bug"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 4), False),
        ((4, 0, 0), False),
    ],
)
def test_libraries_with_the_wal_reset_bug_are_known(version: tuple[int, ...], has_bug: bool) -> None:
    assert has_wal_reset_bug(version) is has_bug


def test_a_library_with_the_bug_gets_the_safe_checkpoints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "has_wal_reset_bug", lambda: True)
    monkeypatch.setattr(engine, "_CHECKPOINT_BYTES", 100_000)
    with new_store(tmp_path) as store:
        assert store.scalar("PRAGMA wal_autocheckpoint") == 0
        log = tmp_path / "onewindow.db-wal"
        client = new_client(store)
        sizes: list[int] = []
        for _ in range(30):
            new_client(store)
            sizes.append(log.stat().st_size)
        assert get(store, Client, client.id) == client
    assert min(sizes) == 0
    assert max(sizes) <= 200_000


def test_advice_for_a_shared_directory_names_each_command(tmp_path: Path) -> None:
    path = _closed_store(tmp_path)
    tmp_path.chmod(0o700)
    assert paths.sharing_advice(path) == []
    tmp_path.chmod(0o770)
    path.chmod(0o640)
    assert paths.sharing_advice(path) == [f"chmod g+s {tmp_path}", f"chmod 660 {path}"]
    tmp_path.chmod(0o2770)
    path.chmod(0o660)
    assert paths.sharing_advice(path) == []


def test_the_standard_library_reads_our_file(tmp_path: Path) -> None:
    path = _closed_store(tmp_path)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    connection.close()


def test_a_schema_is_made_up_to_the_version_that_was_asked_for(tmp_path: Path) -> None:
    connection = sqlite.connect(tmp_path / "old.db", isolation_level=None)
    try:
        first = schema.migrate(connection, 3)
        assert (len(first), schema.read_version(connection)) == (3, 3)
        assert schema.migrate(connection, 3) == []
        rest = schema.migrate(connection)
        assert [*first, *rest] == list(schema.MIGRATIONS)
        assert schema.read_version(connection) == schema.SCHEMA_VERSION
    finally:
        connection.close()
