"""Copies of a file that were checked before they count, and the way back from one."""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Generator
from pathlib import Path

from onewindow.records.kinds import KINDS
from onewindow.store import failures, schema
from onewindow.store.doctor import backup_names
from onewindow.store.engine import Store
from onewindow.store.file import identity, paths
from onewindow.store.problems import StoreProblem
from onewindow.store.sqlite_library import sqlite
from onewindow.store.stored import note

_MODE = 0o640
_TOLD_AT_MOST = 20


def backup(store: Store, target: Path, now: str) -> Path:
    """Write a checked copy and return where it is; others go on working meanwhile. `now` is UTC text.

    In a directory the copy is named after its database and its second, and of the older ones of this database
    the newest of seven days and of four weeks are kept; copies of other databases are left alone, whatever
    they are called. Raises StoreProblem if the copy is not good or cannot be written, or if a file of that
    name is there already; then no copy is left behind.
    """
    target = target.expanduser().absolute()
    is_directory = target.is_dir() or not target.suffix
    own = identity.identity(store.connection)
    copy = target / backup_names.name(store.path, own, now) if is_directory else target
    if not is_directory and copy.exists():
        raise StoreProblem(f"{copy} is there already; name another file.")
    part = copy.with_name(f".{copy.name}.{os.getpid()}.part")
    try:
        least = _counts(store.connection)
        copy_into(store.connection, store.path, part, _MODE)
        problems = verify(part) or _missing(part, least)
        if problems:
            raise StoreProblem(f"The copy is not good and was thrown away: {problems[0]}")
        paths.sync(part)
        copy = placed(part, copy, is_named=not is_directory)
        paths.sync(copy.parent)
    except sqlite.DatabaseError as error:
        raise refusal_of_copy(error, store.path, part) from error
    except OSError as error:
        raise StoreProblem(f"{copy} cannot be written: {error.strerror}.") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
    note(f"a copy, {copy}")
    if is_directory:
        _thin_out(store, copy)
    return copy


def verify(path: Path) -> list[str]:
    """What is wrong with a file of ours that nobody writes, one sentence each; empty when it is good."""
    try:
        header = paths.read_header(path)
        if header is None:
            return [f"{path} is empty."]
        with reading(path) as connection:
            if not schema.read_version(connection):
                return [f"{path} has no tables."]
            return [*file_problems(connection, "quick_check"), *reference_problems(connection)]
    except StoreProblem as problem:
        return [str(problem)]
    except sqlite.DatabaseError as error:
        problem = None if failures.is_damage(error) else failures.explained(error, path)
        return [str(problem or f"{path} is damaged ({error}).")]
    except OSError as error:
        return [f"{path} cannot be read: {error.strerror}."]


def backups_in(directory: Path, path: Path | None = None) -> list[Path]:
    """The automatic copies in a directory, the newest first; none where it cannot be read.

    With the `path` of a database only copies of that one, known by its id; of a file that cannot be read any
    more those that are named like it, and those of old programs, which were all named alike.
    """
    try:
        named = [(when, file) for file in directory.iterdir() if (when := backup_names.moment(file.name))]
    except OSError:
        return []
    if path is not None:
        own = _identity_of(path)
        named = [(when, file) for when, file in named if _is_copy_of(file, path, own)]
    return [file for _, file in sorted(named, key=lambda pair: (pair[0], pair[1].name), reverse=True)]


def _is_copy_of(copy: Path, path: Path, own: str) -> bool:
    if not own:
        return backup_names.is_named_after(copy.name, path)
    marked = backup_names.mark_of(copy.name)
    if marked:
        return marked == identity.mark(own)
    return _identity_of(copy) in (own, "")


def _identity_of(path: Path) -> str:
    """The id of a database in a file, '' where it cannot be read."""
    try:
        if not path.is_file() or not path.stat().st_size:
            return ""
        with reading(path) as connection:
            return identity.identity(connection)
    except (sqlite.DatabaseError, OSError):
        return ""


def last_change(path: Path, upto: int | None = None) -> tuple[int, str, str]:
    """Number, time and actor of the last change in a file of ours, or of the last one up to a number.

    (0, '', '') without any. Writes nothing, so that it tells of files that must not be touched; raises
    StoreProblem if the file cannot be read.
    """
    bound = "" if upto is None else "WHERE seq <= :upto"
    try:
        with reading(path) as connection:
            row = connection.execute(
                f"SELECT seq, at, actor FROM event {bound} ORDER BY seq DESC LIMIT 1", {"upto": upto}
            ).fetchone()
            return row or (0, "", "")
    except (sqlite.DatabaseError, OSError) as error:
        raise StoreProblem(f"{path} cannot be read ({error}).") from error


def file_problems(connection: sqlite.Connection, check: str) -> list[str]:
    """What `quick_check` or `integrity_check` finds in the pages of a file."""
    try:
        problems = [str(line) for (line,) in connection.execute(f"PRAGMA {check}({_TOLD_AT_MOST})")]
    except sqlite.DatabaseError as error:
        if not failures.is_damage(error):
            raise
        problems = [str(error)]
    return [] if problems == ["ok"] else [_page_problem(line) for line in problems]


def _page_problem(line: str) -> str:
    code = _ERROR_CODE.search(line)
    if code and failures.disk_error(int(code[1])):
        return f"The disk does not read the file, which need not be damaged itself: {line}"
    return f"The file is damaged: {line}"


_ERROR_CODE = re.compile(r"error code=(\d+)")


def glance_through(path: Path, seconds: float) -> list[str] | None:
    """What is wrong with the pages of a file, None if there was no time to look at all of them."""
    deadline = time.monotonic() + seconds
    try:
        with reading(path) as connection:
            connection.set_progress_handler(lambda: time.monotonic() > deadline, 10_000)
            return file_problems(connection, "quick_check")
    except sqlite.OperationalError as error:
        if "interrupt" in str(error):
            return None
        return [str(failures.explained(error, path) or error)]
    except (sqlite.DatabaseError, OSError) as error:
        return [str(failures.explained(error, path) or error)]


def reference_problems(connection: sqlite.Connection) -> list[str]:
    """Rows that refer to rows which are not there, the first twenty."""
    dangling = connection.execute(
        "SELECT * FROM pragma_foreign_key_check LIMIT :most", {"most": _TOLD_AT_MOST}
    )
    return [f"A row of {table} refers to a {parent} that does not exist." for table, _, parent, _ in dangling]


@contextlib.contextmanager
def reading(path: Path) -> Generator[sqlite.Connection]:
    """A connection that leaves nothing beside a file, unless a log with newer changes lies there."""
    log = path.with_name(path.name + "-wal")
    way = "mode=ro" if log.exists() and log.stat().st_size else "immutable=1"
    connection = sqlite.connect(f"{path.absolute().as_uri()}?{way}", uri=True, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def copy_into(connection: sqlite.Connection, source: Path, part: Path, mode: int) -> None:
    """Write a compact copy of an open file, whose path is `source`; raises StoreProblem with the cause."""
    part.unlink(missing_ok=True)
    paths.create_file(part, mode)
    try:
        connection.execute("VACUUM INTO :part", {"part": str(part)})
    except sqlite.DatabaseError as error:
        raise refusal_of_copy(error, source, part) from error


def refusal_of_copy(error: sqlite.DatabaseError, source: Path, part: Path) -> StoreProblem:
    """Why a copy was not written: what cannot be read is the source, all else is the copy's place."""
    problem = failures.explained(error, source if failures.is_damage(error) else part, writing=True)
    return problem or StoreProblem(f"The copy could not be written: {error}.")


def placed(part: Path, copy: Path, *, is_named: bool, mode: int = _MODE) -> Path:
    """Give a finished file its name, never one that is taken, and return it.

    Where nobody gave the name, a number is added to one that is taken; else StoreProblem is raised.
    """
    for number in range(1, 1000):
        place = copy if number == 1 else copy.with_name(f"{copy.stem}-{number}{copy.suffix}")
        try:
            os.link(part, place)  # unlike a rename it never replaces what is there
        except FileExistsError:
            if is_named:
                break
        except OSError:  # a file system without links: the name is taken first, then filled
            with contextlib.suppress(FileExistsError):
                os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
                part.replace(place)
                return place
        else:
            return place
    raise StoreProblem(f"{copy} is there already; name another file.")


def _counts(connection: sqlite.Connection) -> dict[str, int]:
    """How many rows the tables have; they never get fewer."""
    tables = ("event", *(kind.table for kind in KINDS.values()))
    return {table: connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables}


def _missing(part: Path, least: dict[str, int]) -> list[str]:
    with reading(part) as connection:
        copied = _counts(connection)
    return [
        f"It has {copied[table]} rows of {table} instead of {rows}."
        for table, rows in least.items()
        if copied[table] < rows
    ]


def _thin_out(store: Store, newest: Path) -> None:
    """Delete automatic copies of this database but the newest of each of the last days and weeks.

    Its own are those with its id whose last change is in its own log too: what was made of a copy that went
    ways of its own, or before a restore, holds changes that are nowhere else.
    """
    marked = identity.mark(identity.identity(store.connection))
    own = [
        copy
        for copy in backups_in(newest.parent)
        if backup_names.mark_of(copy.name) in (marked, "") and (copy == newest or _is_earlier(copy, store))
    ]
    for copy in set(own) - backup_names.kept(own) - {newest}:
        with contextlib.suppress(OSError):  # somebody else's, or gone already
            copy.unlink()


def _is_earlier(copy: Path, store: Store) -> bool:
    try:
        with reading(copy) as connection:
            return identity.is_earlier(connection, store.connection)
    except (sqlite.DatabaseError, OSError):
        return False
