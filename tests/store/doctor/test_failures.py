"""What the file, its disk or the system refuses, each told in one sentence with its cause."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from damaged_files import root_page, zero
from store_samples import NOW, change, new_client, new_store

from onewindow.desk.session.reading import BesideReader
from onewindow.records.clients import Client
from onewindow.store import schema
from onewindow.store.doctor.backup import backup
from onewindow.store.engine import Store, open_store
from onewindow.store.failures import explained
from onewindow.store.file import paths
from onewindow.store.problems import Busy, Damaged, MovedFile, NewerFile, StoreProblem
from onewindow.store.session import drafts
from onewindow.store.sqlite_library import sqlite

PAGE = 4096
FAIL_FROM = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
static int hit(int fd, const char *name, long end) {
  const char *from = getenv(name);
  char link[64], path[4096];
  if (!from) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 3) return 0;
  path[length] = 0;
  return !strcmp(path + length - 3, ".db") && end > atol(from);
}
ssize_t pread64(int fd, void *to, size_t count, off_t at) {
  static ssize_t (*real)(int, void *, size_t, off_t);
  if (!real) real = dlsym(RTLD_NEXT, "pread64");
  if (hit(fd, "FAIL_READ_FROM", at + count)) { errno = EIO; return -1; }
  return real(fd, to, count, at);
}
ssize_t read(int fd, void *to, size_t count) {
  static ssize_t (*real)(int, void *, size_t);
  if (!real) real = dlsym(RTLD_NEXT, "read");
  if (hit(fd, "FAIL_READ_FROM", lseek(fd, 0, SEEK_CUR) + count)) { errno = EIO; return -1; }
  return real(fd, to, count);
}
"""


def _damaged(directory: Path, table: str = "client") -> Path:
    with new_store(directory) as store:
        new_client(store)
    zero(store.path, root_page(store.path, table))
    return store.path


def _refused(work: Callable[[], object]) -> StoreProblem | None:
    """What refused some work, None if it was done."""
    try:
        work()
    except StoreProblem as problem:
        return problem
    return None


def _limited(path: Path, code: str, *, limit: int | None = None, **environ: str) -> str:
    """The last line of what code on an open `store` prints in another process, with a limit to its files."""
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from onewindow.store.engine import open_store\n"
        "from onewindow.store.problems import StoreProblem\n"
        f"path = Path({str(path)!r})\n"
        "try:\n" + "".join(f"    {line}\n" for line in code.splitlines()) + ""
        "except StoreProblem as problem:\n    print(type(problem).__name__, problem)\n"
    )

    def limits() -> None:
        import resource  # not on Windows, where these tests are not run

        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(each for each in sys.path if each), **environ},
        preexec_fn=limits,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize("query", ["rows", "one", "scalar"])
def test_a_damaged_page_is_told_with_the_way_out(tmp_path: Path, query: str) -> None:
    path = _damaged(tmp_path)
    with open_store(path) as store, pytest.raises(Damaged) as problem:
        getattr(store, query)("SELECT * FROM client")
    sentence = str(problem.value)
    assert sentence.startswith(f"{path} is damaged (database disk image is malformed): nothing was changed.")
    assert "`onewindow db restore`" in sentence
    assert "`onewindow db salvage`" in sentence


def test_a_write_into_a_damaged_page_saves_nothing_and_says_so(tmp_path: Path) -> None:
    path = _damaged(tmp_path)
    with open_store(path) as store:
        before = store.scalar("SELECT COUNT(*) FROM change_set")
        with pytest.raises(Damaged, match="nothing was saved"):
            change(store, lambda t: t.insert(Client(name="Вектор")))
        assert store.scalar("SELECT COUNT(*) FROM change_set") == before


def test_a_question_beside_the_screen_gets_the_same_sentence(tmp_path: Path) -> None:
    from queue import SimpleQueue

    told: SimpleQueue[StoreProblem] = SimpleQueue()
    with open_store(_damaged(tmp_path)) as store:
        reader = BesideReader(store)
        reader.ask(lambda own: own.rows("SELECT * FROM client"), lambda _: None, told.put)
        assert isinstance(told.get(timeout=10), Damaged)
        reader.close()


def test_a_question_beside_the_screen_is_answered_although_the_file_does_not_open(tmp_path: Path) -> None:
    from queue import SimpleQueue

    told: SimpleQueue[StoreProblem] = SimpleQueue()
    with new_store(tmp_path) as store:
        other = sqlite.connect(store.path)
        other.execute(f"PRAGMA user_version={schema.SCHEMA_VERSION + 1}")
        other.close()
        reader = BesideReader(store)
        reader.ask(lambda own: own.rows("SELECT 1"), lambda _: None, told.put)
        assert "A newer One Window" in str(told.get(timeout=10))
        reader.close()


def test_a_file_that_lost_its_head_is_called_damaged(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        new_client(store)
    with store.path.open("r+b") as file:
        file.write(bytes(100))
    with pytest.raises(Damaged, match=r"at its beginning.*onewindow db salvage"):
        open_store(store.path)


def test_a_limit_to_the_size_of_files_is_no_damage(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        new_client(store)
    size = store.path.stat().st_size
    code = (
        "from store_samples import new_client\n"
        "with open_store(path) as store:\n"
        "    try:\n"
        "        for number in range(1000): new_client(store, f'{number} ' * 400); saved = number\n"
        "    except StoreProblem as problem:\n"
        "        print('after', store.scalar('SELECT COUNT(*) FROM client') - 2 == saved, problem)"
    )
    told = _limited(store.path, code, limit=size + 100_000)
    assert told.startswith("after True The system lets ")
    assert told.endswith("grow no further (file too large): nothing was saved; raise the limit (ulimit -f).")
    with open_store(store.path) as again:
        assert again.rows("PRAGMA integrity_check") == [("ok",)]


def test_a_new_file_that_does_not_fit_says_why(tmp_path: Path) -> None:
    told = _limited(tmp_path / "new.db", "open_store(path, create=True)", limit=100_000)
    assert told.startswith("DiskFailed The system lets ")
    assert "rollback" not in told


def test_a_full_disk_saves_nothing_and_still_reads(tmp_path: Path) -> None:
    mounted = tmp_path / "small"
    mounted.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(mounted)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let a test mount a small disk")
    try:
        with new_store(mounted) as store:
            saved = 0
            while (refused := _refused(lambda: new_client(store, "x " * 400))) is None:
                saved += 1
            assert str(refused) == "The disk is full: nothing was saved; free some space and save again."
            assert saved > 5
            assert saved == store.scalar("SELECT COUNT(*) FROM client")
            with pytest.raises(StoreProblem):
                backup(store, mounted / "copies", NOW)
            assert list((mounted / "copies").iterdir()) == []
            assert saved == store.scalar("SELECT COUNT(*) FROM client")
    finally:
        subprocess.run(["umount", str(mounted)], check=True)


def _failing_disk(directory: Path) -> Path:
    """A library that lets reading of files behind FAIL_READ_FROM fail as a broken disk does."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("a disk that fails is played by a small C library, which needs Linux and a compiler")
    (directory / "fail.c").write_text(FAIL_FROM)
    library = directory / "fail.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-o", str(library), str(directory / "fail.c"), "-ldl"], check=True
    )
    return library


def test_a_disk_that_cannot_be_read_is_no_damaged_file(tmp_path: Path) -> None:
    library = _failing_disk(tmp_path)
    with new_store(tmp_path) as store:
        for number in range(30):
            new_client(store, f"{number} " * 400)
    code = "with open_store(path) as store:\n    store.rows('SELECT * FROM client ORDER BY note')"
    told = _limited(
        store.path,
        code,
        LD_PRELOAD=str(library),
        FAIL_READ_FROM=str((root_page(store.path, "client") - 1) * PAGE),
    )
    assert told.startswith(f"DiskFailed The disk does not read or write {store.path} (input/output error)")
    assert "malformed" not in told
    assert "The file itself need not be damaged" in told


def test_an_examination_tells_a_disk_that_fails_from_a_damaged_file(tmp_path: Path) -> None:
    library = _failing_disk(tmp_path)
    with new_store(tmp_path) as store:
        for number in range(30):
            new_client(store, f"{number} " * 400)
    code = (
        "from onewindow.desk.doctor.damage import examine_pages\n"
        "print(next(examine_pages(path, 'onewindow db restore BACKUP')))"
    )
    last = store.path.stat().st_size - PAGE
    told = _limited(store.path, code, LD_PRELOAD=str(library), FAIL_READ_FROM=str(last))
    assert f"The disk does not give page {last // PAGE + 1} of {store.path} (input/output error)" in told
    assert "need not be damaged" in told


def test_what_failed_first_is_told_and_not_what_failed_for_it() -> None:
    full = sqlite.OperationalError("database or disk is full")
    full.sqlite_errorcode = 13  # pyright: ignore[reportAttributeAccessIssue]
    later = sqlite.OperationalError("cannot rollback - no transaction is active")
    later.sqlite_errorcode = 1  # pyright: ignore[reportAttributeAccessIssue]
    later.__context__ = full
    assert "The disk is full" in str(explained(later))
    assert explained(sqlite.OperationalError("no such column: x")) is None
    assert explained(ValueError("no error of a file")) is None


def _brought_on(store: Store, statement: str = "SELECT 1") -> None:
    """Another process migrates the file to a schema that nobody knows yet."""
    other = sqlite.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute(statement)
    other.execute(f"PRAGMA user_version={schema.SCHEMA_VERSION + 1}")
    other.execute("COMMIT")
    other.close()


def test_an_open_program_writes_nothing_into_a_newer_file(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        new_client(store)
        _brought_on(store)
        before = store.scalar("SELECT COUNT(*) FROM event")
        with pytest.raises(NewerFile, match="nothing more is saved here; start One Window again"):
            new_client(store)
        with pytest.raises(NewerFile):
            new_client(store)
        assert store.scalar("SELECT COUNT(*) FROM event") == before
        assert store.rows("SELECT name FROM client") == [("Ромашка",)]


def test_what_is_half_typed_is_kept_in_a_newer_file_too(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        _brought_on(store)
        with pytest.raises(NewerFile):
            new_client(store)
        drafts.keep(store, None, "anna", "new request", {"title": "half typed"}, "", NOW)
        _brought_on(store, "ALTER TABLE draft RENAME COLUMN typed TO texts")
        with pytest.raises(NewerFile):
            drafts.keep(store, None, "anna", "new request", {"title": "more"}, "", NOW)
        assert store.rows("SELECT texts FROM draft") == [('{"title": "half typed"}',)]


def test_a_newer_file_is_noticed_at_the_next_look_and_told_once(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        assert not store.changed()
        _brought_on(store)
        with pytest.raises(NewerFile):
            store.changed()
        assert not store.changed()


def test_a_column_that_a_newer_program_took_away_is_no_mistake_of_this_one(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        _brought_on(store, "ALTER TABLE client RENAME COLUMN note TO remark")
        with pytest.raises(NewerFile):
            store.rows("SELECT note FROM client")
        with pytest.raises(sqlite.OperationalError, match="no such column: nonsense"):
            _opened_again(store).rows("SELECT nonsense FROM client")


def _opened_again(store: Store) -> Store:
    """A store on a file whose schema is ours again."""
    other = sqlite.connect(store.path, isolation_level=None)
    other.execute(f"PRAGMA user_version={schema.SCHEMA_VERSION}")
    other.close()
    return store


def test_a_file_that_somebody_keeps_locked_is_busy(tmp_path: Path) -> None:
    error = sqlite.OperationalError("database is locked")
    error.sqlite_errorcode = 5  # pyright: ignore[reportAttributeAccessIssue]
    assert isinstance(explained(error, tmp_path / "x.db", writing=True), Busy)
    assert (
        str(explained(error, writing=True))
        == "Somebody else keeps the file locked; nothing was saved, try again."
    )


def test_nothing_is_left_of_the_trial_whether_the_disk_can_be_written(tmp_path: Path) -> None:
    error = sqlite.OperationalError("disk I/O error")
    error.sqlite_errorcode = 10  # pyright: ignore[reportAttributeAccessIssue]
    paths.create_file(tmp_path / "x.db")
    assert "need not be damaged" in str(explained(error, tmp_path / "x.db", writing=True))
    assert [each.name for each in tmp_path.iterdir()] == ["x.db"]


@pytest.mark.parametrize("what", ["removed", "moved away", "replaced"])
def test_nothing_is_saved_into_a_file_that_is_not_where_it_was(tmp_path: Path, what: str) -> None:
    with new_store(tmp_path) as store:
        new_client(store)
        other = tmp_path / "other.db"
        with open_store(other, create=True):
            pass
        if what == "removed":
            store.path.unlink()
        elif what == "moved away":
            store.path.rename(tmp_path / "elsewhere.db")
        else:
            other.replace(store.path)
        there = store.path.stat().st_ino if store.path.exists() else None
        for attempt in (lambda: new_client(store), store.another, store.changed):
            with pytest.raises(MovedFile, match="was moved, removed or replaced while it was open here"):
                attempt()
        assert not store.changed()  # a window looks four times a second, and is told once
        assert (store.path.stat().st_ino if store.path.exists() else None) == there
        assert store.scalar("SELECT COUNT(*) FROM client") == 1


def test_a_file_that_was_put_back_goes_on(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        away = store.path.rename(tmp_path / "elsewhere.db")
        with pytest.raises(MovedFile):
            new_client(store)
        away.rename(store.path)
        assert new_client(store).number == 1
