"""The fair queue of writers: whoever came first writes first, and the kernel wakes each at once.

SQLite keeps the file right without it, but lets waiting writers try again at random moments, so that some
wait for ever. Here there are two doors on the lock file: one waits at the outer door, goes in when the inner
one opens, and leaves the outer door to the next. The kernel keeps those who wait at a door in the order in
which they came; two doors, because at a single one whoever has just written would be back before the next has
woken up. Both locks are freed by the kernel when a process dies, also while it waits.
"""

from __future__ import annotations

import contextlib
import struct
import threading
import time
from collections.abc import Callable, Generator
from typing import IO

from onewindow.store.problems import Busy

try:
    import fcntl
except ImportError:  # Windows: SQLite's own locks must be enough there
    fcntl = None

_OUTER_DOOR = 1 << 40
"""Where in the lock file the byte lies that is the outer door; far behind anything that is written there."""
_SIDE_DOOR = _OUTER_DOOR + 1
"""The byte of those who work beside the queue, one after the other."""
_HAS_OUTER_DOOR = fcntl is not None and hasattr(fcntl, "F_OFD_SETLKW")
_MOMENT_SECONDS = 0.002
_GLANCE_SECONDS = 0.00004
"""So long the next one lets pass between two looks at the inner door at first."""
_LONGEST_GLANCE_SECONDS = 0.002
_TOLD_SECONDS = 0.5
_STANDSTILL_SECONDS = 1.0
"""So long nobody moves who could: the next of the queue goes in within milliseconds."""
_FLOCK_STRUCT = "hhqqi4x"
"""struct flock of 64-bit systems with locks of an open file: type, whence, start, length, process."""


class WriteQueue:
    """The queue at one lock file, which is opened with the first turn."""

    def __init__(self, open_file: Callable[[], IO[bytes] | None]) -> None:
        """Use the file that `open_file` gives; None, where none can be made: such a queue is always free."""
        self._open_file = open_file
        self._file: IO[bytes] | None = None

    @contextlib.contextmanager
    def turn(
        self,
        seconds: float,
        has_moved: Callable[[], bool] = lambda: False,
        on_wait: Callable[[], None] = lambda: None,
        is_free: Callable[[], bool] = lambda: False,
    ) -> Generator[None]:
        """One's turn to write.

        As long as the queue moves one's turn will come: Busy is raised only when nobody has written for so
        many seconds, which `has_moved` is asked after each such time. `on_wait` is called
        after half a second.

        Who was stopped in the queue, perhaps just as their turn came, holds up nobody: after each second
        `is_free` is asked whether nobody writes all the same, and then there is no turn to wait for.
        """
        if self._file is None:
            self._file = self._open_file()
        file = self._file
        if file is not None and fcntl is not None:
            file = self._go_in(file, seconds, has_moved, on_wait, is_free)
        if file is None or fcntl is None:
            yield
            return
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)

    @contextlib.contextmanager
    def turn_if_free(self) -> Generator[bool]:
        """A turn without waiting: whether it came. There is none before the first `turn`."""
        if self._file is None or fcntl is None:
            yield self._file is not None
            return
        try:
            is_mine = _take_inner_door(self._file, wait=False)
        except OSError:
            is_mine = False
        try:
            yield is_mine
        finally:
            if is_mine:
                fcntl.flock(self._file, fcntl.LOCK_UN)

    @contextlib.contextmanager
    def alone(self, seconds: float) -> Generator[None]:
        """Be the only one who does some work beside the queue; Busy if somebody else does for so long."""
        if self._file is None:
            self._file = self._open_file()
        file = self._file
        if file is None or fcntl is None or not hasattr(fcntl, "F_OFD_SETLK"):
            yield
            return
        end = time.monotonic() + seconds
        while not _take(file, _SIDE_DOOR, wait=False):
            if time.monotonic() > end:
                raise Busy("Somebody else is at it; try again.")
            time.sleep(_MOMENT_SECONDS)
        try:
            yield
        finally:
            # A turn that was given up meanwhile has left the file to its visitor, who may have closed it.
            with contextlib.suppress(ValueError):
                _leave(file, _SIDE_DOOR)

    def is_waited_for(self) -> bool:
        """Whether somebody waits for the turn that one has now: they stand at the outer door."""
        if self._file is None or fcntl is None or not hasattr(fcntl, "F_OFD_GETLK"):
            return False
        try:
            answer = fcntl.fcntl(self._file, fcntl.F_OFD_GETLK, _lock(fcntl.F_WRLCK, _OUTER_DOOR))
        except OSError:
            return False
        return struct.unpack(_FLOCK_STRUCT, answer)[0] != fcntl.F_UNLCK

    def close(self) -> None:
        """Close the file; a later turn opens it again."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _go_in(
        self,
        file: IO[bytes],
        seconds: float,
        has_moved: Callable[[], bool],
        on_wait: Callable[[], None],
        is_free: Callable[[], bool],
    ) -> IO[bytes] | None:
        """Pass both doors, and give the file whose inner door is ours; Busy if nobody moves.

        None where this file system has no such locks, or where the queue stands still and nobody writes.
        """
        try:
            is_next = _HAS_OUTER_DOOR and _take_outer_door(file, wait=False)
            if (is_next or not _HAS_OUTER_DOOR) and _take_inner_door(file, wait=False):
                _leave_outer_door(file)
                return file
        except OSError:
            return None
        patience = _Patience(seconds, has_moved, on_wait, is_free)
        if not is_next and not self._has_come(_Visitor(file), patience):
            return None
        return _stand_at_inner_door(file, patience) if _HAS_OUTER_DOOR else file

    def _has_come(self, visitor: _Visitor, patience: _Patience) -> bool:
        """Wait until a visitor has come in; False where nobody writes. Raises Busy."""
        try:
            while not visitor.is_in.wait(max(0.0, patience.ends - time.monotonic())):
                if patience.is_needless():
                    self._leave_to(visitor)
                    return False
        except BaseException:
            self._leave_to(visitor)
            raise
        return True

    def _leave_to(self, visitor: _Visitor) -> None:
        self._file = None  # the kernel still waits with it, so it is the visitor's from now on
        visitor.give_up()


class _Patience:
    """What somebody who waits does from time to time: hear of it, look around, and give up at last."""

    def __init__(
        self,
        seconds: float,
        has_moved: Callable[[], bool],
        on_wait: Callable[[], None],
        is_free: Callable[[], bool],
    ) -> None:
        self._seconds, self._has_moved, self._on_wait, self._is_free = seconds, has_moved, on_wait, is_free
        self._is_told = False
        self._stood = min(seconds, _TOLD_SECONDS)
        self.ends = time.monotonic() + self._stood
        """When to ask next whether to wait on."""

    def is_needless(self) -> bool:
        """Whether nobody writes all the same, so that there is nothing to wait for; Busy if nobody moves."""
        if self._is_told:
            self._stood = 0.0 if self._has_moved() else self._stood + _STANDSTILL_SECONDS
            if self._is_free():
                return True
            if self._stood >= self._seconds:
                raise Busy("Somebody else keeps the file locked; nothing was saved, try again.")
        else:
            self._is_told = True
            self._on_wait()
        pause = max(_MOMENT_SECONDS, min(_STANDSTILL_SECONDS, self._seconds - self._stood))
        self.ends = time.monotonic() + pause
        return False


class _Visitor:
    """Waits at a door in a thread of its own, since the kernel's waiting cannot be given an end.

    It is the outer door, where there is one: the time that a thread takes to wake another one passes there
    while somebody else still writes.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self.is_in = threading.Event()
        self._file = file
        self._guard = threading.Lock()
        self._has_given_up = False
        threading.Thread(target=self._wait, name="waiting to write", daemon=True).start()

    def give_up(self) -> None:
        """Nobody waits for this any more: with the file, what was or will be locked is free again."""
        with self._guard:
            self._has_given_up = True
            if self.is_in.is_set():
                self._file.close()

    def _wait(self) -> None:
        with contextlib.suppress(OSError):
            take = _take_outer_door if _HAS_OUTER_DOOR else _take_inner_door
            take(self._file, wait=True)
        with self._guard:
            self.is_in.set()
            if self._has_given_up:
                self._file.close()


def _stand_at_inner_door(file: IO[bytes], patience: _Patience) -> IO[bytes] | None:
    """Be the next, and go in as soon as the inner door opens; as `WriteQueue._go_in`.

    Nobody else stands there, so that trying again and again passes nobody by, and takes less time than being
    woken: in a moment at first, since most turns take one or two milliseconds.
    """
    began = time.monotonic()
    try:
        while not _take_inner_door(file, wait=False):
            time.sleep(min(_LONGEST_GLANCE_SECONDS, _GLANCE_SECONDS + (time.monotonic() - began) / 64))
            if time.monotonic() >= patience.ends and patience.is_needless():
                return None
    except OSError:
        return None
    finally:
        with contextlib.suppress(OSError):
            _leave_outer_door(file)
    return file


def _take_outer_door(file: IO[bytes], *, wait: bool) -> bool:
    """Be the next; False if somebody else is and one does not wait.

    Where the system has no locks that belong to an open file there is no outer door: the queue is then as
    fair as the kernel's own.
    """
    return _take(file, _OUTER_DOOR, wait=wait)


def _leave_outer_door(file: IO[bytes]) -> None:
    if _HAS_OUTER_DOOR:
        _leave(file, _OUTER_DOOR)


def _take(file: IO[bytes], door: int, *, wait: bool) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.fcntl(file, fcntl.F_OFD_SETLKW if wait else fcntl.F_OFD_SETLK, _lock(fcntl.F_WRLCK, door))
    except BlockingIOError:
        return False
    return True


def _leave(file: IO[bytes], door: int) -> None:
    if fcntl is not None:
        fcntl.fcntl(file, fcntl.F_OFD_SETLK, _lock(fcntl.F_UNLCK, door))


def _take_inner_door(file: IO[bytes], *, wait: bool) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def _lock(lock_type: int, door: int) -> bytes:
    return struct.pack(_FLOCK_STRUCT, lock_type, 0, door, 1, 0)
