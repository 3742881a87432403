"""Copies of a file that were checked before they count, and the way back from one."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Generator
from datetime import date
from pathlib import Path

from onewindow.records.kinds import KINDS
from onewindow.store import engine, files, locks, schema
from onewindow.store.engine import Store
from onewindow.store.problems import StoreProblem
from onewindow.store.sqlite_library import sqlite

DAYS_KEPT = 7
WEEKS_KEPT = 4

_MODE = 0o640
_AUTOMATIC_NAME = re.compile(r"onewindow-(\d{4}-\d{2}-\d{2})T\d{4}\.db")
_TOLD_AT_MOST = 20


def backup(store: Store, target: Path, now: str) -> Path:
    """Write a checked copy and return where it is; others go on working meanwhile. `now` is UTC text.

    In a directory the copy gets the name of its minute, and of the older ones with such names the newest of
    seven days and of four weeks are kept. Raises StoreProblem if the copy is not good or cannot be written,
    or if a file of that name is there already; then no copy is left behind.
    """
    target = target.expanduser().absolute()
    is_directory = target.is_dir() or not target.suffix
    copy = target / f"onewindow-{_minute(now)}.db" if is_directory else target
    if not is_directory and copy.exists():
        raise StoreProblem(f"{copy} is there already; name another file.")
    part = copy.with_name(f".{copy.name}.{os.getpid()}.part")
    try:
        least = _counts(store.connection)
        _copy(store.connection, part, _MODE)
        problems = verify(part) or _missing(part, least)
        if problems:
            raise StoreProblem(f"The copy is not good and was thrown away: {problems[0]}")
        files.sync(part)
        part.replace(copy)
        files.sync(copy.parent)
    except OSError as error:
        raise StoreProblem(f"{copy} cannot be written: {error.strerror}.") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
    if is_directory:
        _forget_old(copy.parent)
    return copy


def restore(path: Path, copy: Path, now: str) -> Path | None:
    """Put a backup in the place of a file and return where the old one was set aside, None if there was none.

    Nothing is deleted. Raises StoreProblem if the backup is not good or anybody has the file open; then
    everything is as it was. `now` is UTC text.
    """
    path = path.expanduser().resolve()
    copy = copy.expanduser().resolve()
    if path == copy:
        raise StoreProblem("A file cannot be restored from itself; name a backup.")
    problems = verify(copy)
    if problems:
        raise StoreProblem(f"This backup cannot be restored: {problems[0]}")
    files.refuse_network_mount(path)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with _reading(copy) as connection:
            _copy(connection, part, files.MODE)
        files.sync(part)
        with locks.alone(path, engine.BUSY_SECONDS):
            aside = _set_aside(path, now)
            part.replace(path)
            files.sync(path.parent)
    except OSError as error:
        raise StoreProblem(f"{path} cannot be replaced: {error.strerror}.") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
    return aside


def verify(path: Path) -> list[str]:
    """What is wrong with a file of ours that nobody writes, one sentence each; empty when it is good."""
    try:
        header = files.read_header(path)
        if header is None:
            return [f"{path} is empty."]
        with _reading(path) as connection:
            if not schema.read_version(connection):
                return [f"{path} has no tables."]
            return [*file_problems(connection, "quick_check"), *reference_problems(connection)]
    except StoreProblem as problem:
        return [str(problem)]
    except sqlite.DatabaseError as error:
        return [f"{path} is damaged ({error})."]
    except OSError as error:
        return [f"{path} cannot be read: {error.strerror}."]


def backups_in(directory: Path) -> list[Path]:
    """The automatic copies in a directory, the newest first; none where it cannot be read."""
    try:
        dated = [each for each in directory.iterdir() if _day_of(each)]
    except OSError:
        return []
    return sorted(dated, key=lambda copy: copy.name, reverse=True)


def last_change(path: Path, upto: int | None = None) -> tuple[int, str, str]:
    """Number, time and actor of the last change in a file of ours, or of the last one up to a number.

    (0, '', '') without any. Writes nothing, so that it tells of files that must not be touched; raises
    StoreProblem if the file cannot be read.
    """
    bound = "" if upto is None else "WHERE seq <= :upto"
    try:
        with _reading(path) as connection:
            row = connection.execute(
                f"SELECT seq, at, actor FROM event {bound} ORDER BY seq DESC LIMIT 1", {"upto": upto}
            ).fetchone()
            return row or (0, "", "")
    except (sqlite.DatabaseError, OSError) as error:
        raise StoreProblem(f"{path} cannot be read ({error}).") from error


def file_problems(connection: sqlite.Connection, check: str) -> list[str]:
    """What `quick_check` or `integrity_check` finds in the pages of a file."""
    found = [str(line) for (line,) in connection.execute(f"PRAGMA {check}({_TOLD_AT_MOST})")]
    return [] if found == ["ok"] else [f"The file is damaged: {line}" for line in found]


def reference_problems(connection: sqlite.Connection) -> list[str]:
    """Rows that refer to rows which are not there, the first twenty."""
    found = connection.execute("SELECT * FROM pragma_foreign_key_check LIMIT :most", {"most": _TOLD_AT_MOST})
    return [f"A row of {table} refers to a {parent} that does not exist." for table, _, parent, _ in found]


@contextlib.contextmanager
def _reading(path: Path) -> Generator[sqlite.Connection]:
    """A connection that leaves nothing beside a file, unless a log with newer changes lies there."""
    log = path.with_name(path.name + "-wal")
    way = "mode=ro" if log.exists() and log.stat().st_size else "immutable=1"
    connection = sqlite.connect(f"{path.absolute().as_uri()}?{way}", uri=True, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def _copy(connection: sqlite.Connection, part: Path, mode: int) -> None:
    part.unlink(missing_ok=True)
    files.create_file(part, mode)
    try:
        connection.execute("VACUUM INTO :part", {"part": str(part)})
    except sqlite.DatabaseError as error:
        raise StoreProblem(f"The copy could not be written: {error}.") from error


def _counts(connection: sqlite.Connection) -> dict[str, int]:
    """How many rows the tables have; they never get fewer."""
    tables = ("event", *(kind.table for kind in KINDS.values()))
    return {table: connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables}


def _missing(part: Path, least: dict[str, int]) -> list[str]:
    with _reading(part) as connection:
        copied = _counts(connection)
    return [
        f"It has {copied[table]} rows of {table} instead of {rows}."
        for table, rows in least.items()
        if copied[table] < rows
    ]


def _minute(now: str) -> str:
    return f"{now[:13]}{now[14:16]}"


def _forget_old(directory: Path) -> None:
    """Delete automatic copies but the newest of each of the last days and weeks that have one."""
    days: dict[date, Path] = {}
    weeks: dict[tuple[int, int], Path] = {}
    dated = [(day, each) for each in directory.iterdir() if (day := _day_of(each))]
    for day, each in sorted(dated, key=lambda pair: pair[1].name, reverse=True):
        if len(days) < DAYS_KEPT:
            days.setdefault(day, each)
        year, week, _ = day.isocalendar()
        if len(weeks) < WEEKS_KEPT:
            weeks.setdefault((year, week), each)
    for each in {path for _, path in dated} - {*days.values(), *weeks.values()}:
        with contextlib.suppress(OSError):  # somebody else's, or gone already
            each.unlink()


def _day_of(copy: Path) -> date | None:
    """The day of an automatic copy, None for any other file."""
    named = _AUTOMATIC_NAME.fullmatch(copy.name)
    try:
        return date.fromisoformat(named[1]) if named else None
    except ValueError:
        return None


def _set_aside(path: Path, now: str) -> Path | None:
    """Move a file away with its log: without it the newest changes would be lost, or spoil the new file."""
    aside = path.with_name(f"{path.name}.before-{_minute(now)}")
    number = 1
    while any(aside.with_name(aside.name + suffix).exists() for suffix in ("", "-wal")):
        number += 1
        aside = path.with_name(f"{path.name}.before-{_minute(now)}-{number}")
    was_there = False
    for suffix in ("", "-wal", "-shm"):
        old = path.with_name(path.name + suffix)
        if old.exists():
            old.rename(aside.with_name(aside.name + suffix))
            was_there = True
    return aside if was_there else None
