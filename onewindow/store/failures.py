"""What SQLite and the system below it refused, each told in one sentence: what, why, and the way out.

SQLite often tells only that it failed. Why is asked of the system: a disk that cannot be read is no damaged
file, and a limit of the system is no full disk.
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
from pathlib import Path

from onewindow.store.problems import Busy, Damaged, DiskFailed, StoreProblem
from onewindow.store.sqlite_library import sqlite

_CORRUPT, _NOT_A_DATABASE = 11, 26
_BUSY, _LOCKED, _NO_MEMORY, _READ_ONLY, _IO, _FULL, _CANNOT_OPEN, _PROTOCOL = 5, 6, 7, 8, 10, 13, 14, 15
_CORRUPT_SEARCH, _CORRUPT_INDEX = _CORRUPT | 1 << 8, _CORRUPT | 3 << 8
_MOVED = _READ_ONLY | 4 << 8
"""Numbers of SQLite's errors (sqlite.org/rescode.html); the lower byte of a longer one is the kind."""

_TRIAL_BYTES = 64 * 1024
_READ_AT_ONCE = 1 << 20
_READING_SECONDS = 0.5
_TOLD_AT_MOST = 100
WAY_OUT = (
    "restore a backup with `onewindow db restore`, or save what it still holds with `onewindow db salvage`"
)
"""What a damaged file leaves to do."""


def explained(
    error: BaseException, path: Path | None = None, *, writing: bool = False
) -> StoreProblem | None:
    """An error of SQLite as one sentence for people; None for one that is a mistake of the program.

    `path` is the file, `writing` says that something was to be saved. Errors that came up while another one
    was being cleared away are traced back to that one.
    """
    first = _cause(error)
    if first is None:
        return None
    code, message = _code(first), str(first)
    what = str(path) if path else "The file"
    unsaved = "nothing was saved" if writing else "nothing was changed"
    kind = code & 0xFF
    if kind in (_BUSY, _LOCKED, _PROTOCOL):
        return Busy(f"Somebody else keeps the file locked; {'nothing was saved, ' * writing}try again.")
    if kind in (_CORRUPT, _NOT_A_DATABASE):
        return _damaged(code, message, what, unsaved, path)
    if kind == _IO:
        return _not_transferred(first, what, unsaved, path)
    if kind == _FULL:
        return _full("The disk is full", unsaved)
    if code == _MOVED:
        return StoreProblem(
            f"{what} was moved or replaced under One Window: {unsaved}; close it and start it again."
        )
    if kind == _READ_ONLY:
        return StoreProblem(
            f"The file may only be read by you; {unsaved}. Ask its owner for: chmod g+rw {what}."
        )
    if kind == _CANNOT_OPEN:
        return StoreProblem(f"{what} cannot be opened ({message}); may you write in its directory?")
    if kind == _NO_MEMORY:
        return DiskFailed(f"The machine has no memory left: {unsaved}; close other programs and try again.")
    return None


def is_damage(error: sqlite.Error) -> bool:
    """Whether an error means pages that cannot be right."""
    return _code(error) & 0xFF in (_CORRUPT, _NOT_A_DATABASE)


def disk_error(code: int) -> bool:
    """Whether a number of an SQLite error, as its checks print it, means the disk and not the file."""
    return code & 0xFF == _IO


def unreadable(path: Path) -> OSError | None:
    """The system's own refusal to read a file, or None as far as half a second of reading goes."""
    deadline = time.monotonic() + _READING_SECONDS
    try:
        with path.open("rb", buffering=0) as file:
            while file.read(_READ_AT_ONCE) and time.monotonic() < deadline:
                pass
    except OSError as error:
        return error
    return None


def _cause(error: BaseException | None) -> sqlite.Error | None:
    """The first error of SQLite in a chain, whatever failed after it; its kind must be known."""
    cause: sqlite.Error | None = None
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, sqlite.DatabaseError):
            cause = error if cause is None or _code(error) & 0xFF > 1 else cause
        error = error.__cause__ or error.__context__
    return cause


def _code(error: sqlite.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) or 0


def _damaged(code: int, message: str, what: str, unsaved: str, path: Path | None) -> StoreProblem:
    refused = unreadable(path) if path else None
    if refused is not None:
        return _refused_by_system(refused, what, unsaved)
    if code in (_CORRUPT_SEARCH, _CORRUPT_INDEX):
        part = "its search" if code == _CORRUPT_SEARCH else "an index"
        return Damaged(f"{what} is damaged in {part} only: {unsaved}; `onewindow db rebuild` mends it.")
    return Damaged(
        f"{what} is damaged ({_in_short(message)}): {unsaved}. `onewindow db check` says where; {WAY_OUT}."
    )


def _in_short(message: str) -> str:
    """What SQLite tells, without the SQL that it quotes: a damaged schema is quoted whole."""
    first = message.split("\n", 1)[0].split('"', 1)[0].rstrip(" -:,(")
    return first if len(first) <= _TOLD_AT_MOST else first[: _TOLD_AT_MOST - 1] + "…"


def _not_transferred(error: sqlite.Error, what: str, unsaved: str, path: Path | None) -> StoreProblem:
    """A disk or a system that did not read or write; why is tried out, since SQLite does not keep it."""
    if path is not None:
        refused = unreadable(path) or _unwritable(path) or _over_limit()
        if refused is not None:
            return _refused_by_system(refused, what, unsaved)
    name = getattr(error, "sqlite_errorname", "") or str(error)
    return DiskFailed(
        f"The disk does not read or write {what} ({name}): {unsaved}. The file itself need not be damaged: "
        "look after the disk, and copy the file to another one."
    )


def _refused_by_system(refused: OSError, what: str, unsaved: str) -> StoreProblem:
    reason = (refused.strerror or str(refused)).lower()
    if refused.errno == errno.ENOSPC:
        return _full("The disk is full", unsaved)
    if refused.errno == errno.EDQUOT:
        return _full("Your share of the disk is used up", unsaved)
    if refused.errno == errno.EFBIG:
        return DiskFailed(
            f"The system lets {what} grow no further ({reason}): {unsaved}; raise the limit (ulimit -f)."
        )
    return DiskFailed(
        f"The disk does not read or write {what} ({reason}): {unsaved}. The file itself need not be damaged: "
        "look after the disk, and copy the file to another one."
    )


def _full(reason: str, unsaved: str) -> StoreProblem:
    return DiskFailed(
        f"{reason}: {unsaved}; free some space and {'save again' if 'saved' in unsaved else 'try again'}."
    )


def _over_limit() -> OSError | None:
    """The limit that the system sets to the size of files, if there is one: nothing else was found."""
    try:
        import resource  # not on Windows
    except ImportError:
        return None
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    return None if limit == resource.RLIM_INFINITY else OSError(errno.EFBIG, os.strerror(errno.EFBIG))


def _unwritable(path: Path) -> OSError | None:
    """The system's own refusal to write beside a file, or None; the trial is taken away again."""
    trial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(trial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            os.write(descriptor, bytes(_TRIAL_BYTES))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        return error
    finally:
        with contextlib.suppress(OSError):
            trial.unlink()
    return None
