"""The way back: another file takes the place of a store's file, and the old one is set aside."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Generator
from pathlib import Path

from onewindow.store import engine, schema, stored
from onewindow.store.doctor import file_history
from onewindow.store.doctor.backup import copy_into, reading, refusal_of_copy, verify
from onewindow.store.file import leftover_files, locks, paths
from onewindow.store.ids import SYSTEM_IDS
from onewindow.store.problems import StoreProblem
from onewindow.store.sqlite_library import sqlite


def restore(path: Path, copy: Path, now: str, actor: str = "") -> Path | None:
    """Put a backup in the place of a file and return where the old one was set aside, None if there was none.

    Nothing is deleted. The history of the file says that `actor` did so. Raises StoreProblem if the backup is
    not good, if anybody has the file open, or if that cannot be found out; then everything is as it was.
    `now` is UTC text.
    """
    path = paths.resolved(path)
    copy = paths.resolved(copy)
    if path == copy:
        raise StoreProblem("A file cannot be restored from itself; name a backup.")
    problems = verify(copy)
    if problems:
        raise StoreProblem(f"This backup cannot be restored: {problems[0]}")
    paths.validate_local_disk(path)
    with _beside(path) as part:
        try:
            with reading(copy) as connection:
                copy_into(connection, copy, part, paths.MODE)
            return put_in_place(part, path, now, actor=actor, what=f"restored from {copy}")
        except sqlite.DatabaseError as error:
            raise refusal_of_copy(error, copy, part) from error


def put_in_place(part: Path, path: Path, now: str, *, actor: str, what: str) -> Path | None:
    """Let a finished file take the place of another and return where that one was set aside.

    The new file's history says who did it and what, if `actor` is not empty. Raises StoreProblem, and leaves
    the old file where it is, if anybody has that open or the disk refuses.
    """
    try:
        with locks.alone(path, engine.BUSY_SECONDS):
            aside = _aside(path, now)
            if actor:
                note = f"{what}; the file before is {aside.name}" if aside else what
                _write_history(part, now, actor, note)
            paths.sync(part)
            _swap(part, path, aside)
            paths.sync(path.parent)
            stored.note(f"{path}, {what}")
            return aside
    except sqlite.DatabaseError as error:
        raise refusal_of_copy(error, part, part) from error
    except OSError as error:
        raise StoreProblem(
            f"{path} cannot be replaced: {error.strerror}; everything is as it was."
        ) from error


@contextlib.contextmanager
def _beside(path: Path) -> Generator[Path]:
    """The name of an unfinished file beside another; what is left of it is taken away."""
    leftover_files.clear_unfinished(path)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
    except OSError as error:
        raise StoreProblem(f"{path} cannot be replaced: {error.strerror}.") from error
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            with contextlib.suppress(OSError):
                part.with_name(part.name + suffix).unlink()


def _write_history(part: Path, now: str, actor: str, what: str) -> None:
    """Note in a file that nobody has open yet what was done to it as a whole."""
    connection = sqlite.connect(part, isolation_level=None)
    try:
        if schema.read_version(connection) < schema.SCHEMA_VERSION:
            schema.migrate(connection)
        values = {"id": SYSTEM_IDS.new_id(), "at": now, "actor": actor, "label": what}
        connection.execute(file_history.INSERT, values)
    finally:
        connection.close()


def _aside(path: Path, now: str) -> Path | None:
    """A free name for what stands at a path, None if nothing does."""
    if not any(path.with_name(path.name + suffix).exists() for suffix in _TOGETHER):
        return None
    first = aside = path.with_name(f"{path.name}.before-{now[:13]}{now[14:16]}")
    number = 1
    while any(aside.with_name(aside.name + suffix).exists() for suffix in _TOGETHER):
        number += 1
        aside = first.with_name(f"{first.name}-{number}")
    return aside


_TOGETHER = ("", "-wal", "-shm", "-journal")
"""A file and its logs: without them the newest changes would be lost, or they would spoil the new file."""


def _swap(part: Path, path: Path, aside: Path | None) -> None:
    """Move the old file away and the new one in; when the system refuses half way, everything goes back."""
    moved: list[tuple[Path, Path]] = []
    try:
        for suffix in _TOGETHER if aside else ():
            old, new = path.with_name(path.name + suffix), Path(f"{aside}{suffix}")
            if old.exists():
                old.rename(new)
                moved.append((old, new))
        part.replace(path)
    except OSError:
        for old, new in reversed(moved):
            new.rename(old)
        raise
