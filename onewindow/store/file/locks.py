"""Locks beside a store's file that the kernel frees when a process dies: who is in, and where writers queue.

SQLite keeps the file right without them. The marks of those who are in let a restore refuse while anybody has
the file open; how writers queue stands in `write_queue`.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Generator
from pathlib import Path
from typing import IO

from onewindow.store.file import paths
from onewindow.store.problems import Busy, StoreProblem
from onewindow.store.write_queue import WriteQueue

try:
    import fcntl
except ImportError:  # Windows: SQLite's own locks are enough there, and an open file cannot be moved away
    fcntl = None

_QUEUE = ".lock"
_PRESENCE = ".open"
_PAUSE_SECONDS = 0.002
_BYTE_OF_USERS = 128
"""Of SQLite's -shm: every connection in WAL mode holds a shared lock on it (the "DMS" of os_unix.c)."""


class _Mark:
    """What this process holds while it has a file open, and how many of its stores do."""

    def __init__(self, file: IO[bytes] | None) -> None:
        self.file = file
        self.stores = 0


_marks: dict[Path, _Mark] = {}
_guard = threading.Lock()


def join(path: Path, seconds: float) -> None:
    """Say that this process has the file open; raises Busy while a restore has it for itself."""
    with _guard:
        mark = _marks.get(path)
        if mark is None:
            mark = _Mark(_open_beside(path, _PRESENCE))
            if mark.file is not None and not _take(mark.file, seconds, shared=True):
                mark.file.close()
                raise Busy("A backup is being restored into this file; try again when that is done.")
            _marks[path] = mark
        mark.stores += 1


def leave(path: Path) -> None:
    """Take back one `join`."""
    with _guard:
        mark = _marks[path]
        mark.stores -= 1
        if not mark.stores:
            del _marks[path]
            if mark.file is not None:
                mark.file.close()


def others_present(path: Path) -> bool:
    """Whether another process has a file open that this one has open too."""
    with _guard:
        mark = _marks.get(path)
        queue = _open_beside(path, _QUEUE)
        if fcntl is None or mark is None or mark.file is None or queue is None:
            return False
        # The kernel drops the old lock before it tries the new one. A restore waits for the queue first, so
        # it cannot slip in between.
        with queue:
            if not _take(queue, 0):
                return True
            alone = _take(mark.file, 0)
            fcntl.flock(mark.file, fcntl.LOCK_SH)
            return not alone


def process_ids(path: Path) -> list[int]:
    """The processes that have the file open, as far as the system tells."""
    try:
        inode = path.with_name(path.name + _PRESENCE).stat().st_ino
        lines = Path("/proc/locks").read_text(encoding="ascii").splitlines()
    except OSError:
        return []
    fields = [line.split() for line in lines if " FLOCK " in line and " -> " not in line]
    return sorted({int(words[4]) for words in fields if words[5].rpartition(":")[2] == str(inode)})


def write_queue(path: Path) -> WriteQueue:
    """The queue of those who write into a file; without one where no lock file can be made."""
    return WriteQueue(lambda: _open_beside(path, _QUEUE))


def is_in_use(path: Path) -> bool:
    """Whether anybody is known to have a file open; nothing is made beside it to find out."""
    if path in _marks:
        return True
    if fcntl is None:
        return False
    try:
        with path.with_name(path.name + _PRESENCE).open("rb") as presence:
            return not _locked_alone(path, presence)
    except (OSError, StoreProblem):
        return False


@contextlib.contextmanager
def alone(path: Path, seconds: float) -> Generator[None]:
    """Nobody else in the file, and nobody gets in; raises StoreProblem if somebody is, this process too.

    What cannot be found out is refused too: a file that somebody writes into must not be moved away.
    """
    with _guard:
        if path in _marks:
            raise _in_use(path)
    with contextlib.ExitStack() as stack:
        if fcntl is not None:
            presence = stack.enter_context(_checked(path, _PRESENCE))
            waiting = stack.enter_context(contextlib.closing(write_queue(path)))
            stack.enter_context(waiting.turn(seconds))
            if not _locked_alone(path, presence):
                raise _in_use(path)
            log_index = path.with_name(path.name + "-shm")
            if log_index.exists() and not _is_alone_in(stack.enter_context(_checked(path, "-shm"))):
                raise _in_use(path)
        yield


def _in_use(path: Path) -> StoreProblem:
    who = ", ".join(str(number) for number in process_ids(path))
    return StoreProblem(
        f"{path} is in use{f' (process {who})' if who else ''}; close One Window everywhere first."
    )


def _checked(path: Path, suffix: str) -> IO[bytes]:
    """A file beside another by which is seen who is in; raises StoreProblem if it cannot be opened."""
    beside = path.with_name(path.name + suffix)
    try:
        paths.create_file(beside)
        return beside.open("r+b")
    except (OSError, StoreProblem) as error:
        reason = (error.strerror or "").lower() if isinstance(error, OSError) else "it cannot be made"
        raise _unknown(path, f"{beside}: {reason}") from error


def _unknown(path: Path, why: str) -> StoreProblem:
    return StoreProblem(f"Whether anybody has {path} open cannot be found out ({why}); nothing was changed.")


def _locked_alone(path: Path, presence: IO[bytes]) -> bool:
    """Take the mark of presence for oneself alone; False while others hold it."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(presence, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise _unknown(path, f"{presence.name}: {(error.strerror or '').lower()}") from error
    return True


def _is_alone_in(log_index: IO[bytes]) -> bool:
    """Whether no program at all has the file open: each of them keeps a byte of its -shm locked."""
    if fcntl is None:
        return True
    try:
        fcntl.lockf(log_index, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _BYTE_OF_USERS)
    except OSError:
        return False
    return True


def _take(file: IO[bytes], seconds: float, *, shared: bool = False) -> bool:
    if fcntl is None:
        return True
    operation = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(file, operation)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(_PAUSE_SECONDS)
        except OSError:  # this file system has no such locks
            return True
        else:
            return True


def _open_beside(path: Path, suffix: str) -> IO[bytes] | None:
    beside = path.with_name(path.name + suffix)
    with contextlib.suppress(OSError, StoreProblem):
        paths.create_file(beside)
        return beside.open("r+b")
    if suffix == _PRESENCE:
        with contextlib.suppress(OSError):  # a mark needs no right to write into the file it is made on
            return beside.open("rb")
    return None
