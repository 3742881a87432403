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
_MOMENT_SECONDS = 0.002
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
        told: Callable[[], None] = lambda: None,
        is_free: Callable[[], bool] = lambda: False,
    ) -> Generator[None]:
        """One's turn to write.

        As long as the queue moves one's turn will come: Busy is raised only when nobody has written for so
        many seconds, which `has_moved` is asked after each such time. `told` is called after half a second.

        Who was stopped in the queue, perhaps just as his turn came, holds up nobody: after each second
        `is_free` is asked whether nobody writes all the same, and then there is no turn to wait for.
        """
        if self._file is None:
            self._file = self._open_file()
        file = self._file
        if file is not None and fcntl is not None:
            file = self._go_in(file, seconds, has_moved, told, is_free)
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
        """Whether somebody waits for the turn that one has now: he stands at the outer door."""
        if self._file is None or fcntl is None or not hasattr(fcntl, "F_OFD_GETLK"):
            return False
        try:
            found = fcntl.fcntl(self._file, fcntl.F_OFD_GETLK, _lock(fcntl.F_WRLCK, _OUTER_DOOR))
        except OSError:
            return False
        return struct.unpack(_FLOCK_STRUCT, found)[0] != fcntl.F_UNLCK

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
        told: Callable[[], None],
        is_free: Callable[[], bool],
    ) -> IO[bytes] | None:
        """Pass both doors, and give the file whose inner door is ours; Busy if nobody moves.

        None where this file system has no such locks, or where the queue stands still and nobody writes.
        """
        is_outside = False
        try:
            is_outside = _take_outer_door(file, wait=False)
            if is_outside and _take_inner_door(file, wait=False):
                _leave_outer_door(file)
                return file
        except OSError:
            return None
        visitor = _Visitor(file, is_outside)
        try:
            stood = min(seconds, _TOLD_SECONDS)
            if visitor.is_in.wait(stood):
                return file
            told()
            while not visitor.is_in.wait(max(_MOMENT_SECONDS, min(_STANDSTILL_SECONDS, seconds - stood))):
                stood = 0.0 if has_moved() else stood + _STANDSTILL_SECONDS
                if is_free():
                    self._leave_to(visitor)
                    return None
                if stood >= seconds:
                    raise Busy("Somebody else keeps the file locked; nothing was saved, try again.")
        except BaseException:
            self._leave_to(visitor)
            raise
        return file

    def _leave_to(self, visitor: _Visitor) -> None:
        self._file = None  # the kernel still waits with it, so it is the visitor's from now on
        visitor.give_up()


class _Visitor:
    """Waits at the doors in a thread of its own, since the kernel's waiting cannot be given an end."""

    def __init__(self, file: IO[bytes], is_outside: bool) -> None:
        self.is_in = threading.Event()
        self._file = file
        self._is_outside = is_outside
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
            if not self._is_outside:
                _take_outer_door(self._file, wait=True)
            _take_inner_door(self._file, wait=True)
            _leave_outer_door(self._file)
        with self._guard:
            self.is_in.set()
            if self._has_given_up:
                self._file.close()


def _take_outer_door(file: IO[bytes], *, wait: bool) -> bool:
    """Be the next; False if somebody else is and one does not wait.

    Where the system has no locks that belong to an open file there is no outer door: the queue is then as
    fair as the kernel's own.
    """
    if fcntl is None or not hasattr(fcntl, "F_OFD_SETLKW"):
        return True
    return _take(file, _OUTER_DOOR, wait=wait)


def _leave_outer_door(file: IO[bytes]) -> None:
    if fcntl is not None and hasattr(fcntl, "F_OFD_SETLK"):
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
