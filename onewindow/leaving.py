"""How the window ends when a signal asks for it: the terminal given back, and what was typed kept."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator
from types import FrameType
from typing import Protocol, runtime_checkable

_NAMES = (
    *("SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGABRT"),
    *("SIGALRM", "SIGVTALRM", "SIGUSR1", "SIGUSR2", "SIGXCPU"),
)
"""The signals that end a program and can be heard."""
_PATIENCE_SECONDS = 5.0
"""How long a program that was asked to end may take to keep what was typed."""
_STANDARD_ERROR = 2


@runtime_checkable
class GivesBack(Protocol):
    """Our own driver of the terminal, which only a real terminal loads."""

    def give_back_at_once(self) -> None:
        """Give the terminal back without waiting for anything."""
        ...

    def stop_here(self) -> bool:
        """Stop until the shell goes on with the program; False where no shell could."""
        ...


def exit_code(number: int) -> int:
    """The exit code by which a shell knows that a signal ended a program."""
    return 128 + number


@contextlib.contextmanager
def ends_in_order(leave: Callable[[int], object], at_once: Callable[[], object]) -> Generator[None]:
    """While it lasts, a signal calls `leave` with its number; `at_once` if that ends nothing.

    `leave` is called at any point of the main thread's work. A second signal does not wait for the first.
    """
    before: dict[int, object] = {}
    timers: list[threading.Timer] = []

    def end_now(number: int) -> None:
        with contextlib.suppress(Exception):
            at_once()
        # Not `sys.exit`: what hangs in the main thread would never hear of it from a timer.
        os._exit(exit_code(number))

    def asked(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        if timers:
            end_now(number)
        timer = threading.Timer(_PATIENCE_SECONDS, end_now, (number,))
        # A patience that is still running must not keep a process that has ended in order.
        timer.daemon = True
        timers.append(timer)
        timer.start()
        leave(number)

    for name in _NAMES:
        # By name: another system has not all of them.
        number = getattr(signal, name, None)
        # What was ignored at the start, as `nohup` does, stays ignored.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, asked)
    try:
        yield
    finally:
        for timer in timers:
            timer.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)  # pyright: ignore[reportArgumentType]


@contextlib.contextmanager
def quiet_error_output() -> Generator[None]:
    """Keep what libraries write to the error output off the terminal while the window is drawn there.

    An error output that was sent to a file stays as it is.
    """
    if not os.isatty(_STANDARD_ERROR):
        yield
        return
    kept = os.dup(_STANDARD_ERROR)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, _STANDARD_ERROR)
        yield
    finally:
        sys.stderr.flush()
        os.dup2(kept, _STANDARD_ERROR)
        os.close(kept)
        os.close(nowhere)
