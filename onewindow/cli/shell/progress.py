"""How far long work is, said on stderr of a terminal now and then; a pipe hears nothing."""

from __future__ import annotations

import sys
from time import monotonic

from onewindow.cli.shell.printing import tell

_EVERY_SECONDS = 1.0


class Progress:
    """Counts something: `1500 of 8000 requests`. Work that ends within a second says nothing."""

    def __init__(self, what: str) -> None:
        """`what` is the plural of what is counted."""
        self._what = what
        self._shown_at = monotonic()

    def show(self, done: int, total: int) -> None:
        """Say how far it is, if it is time to say so."""
        if monotonic() - self._shown_at >= _EVERY_SECONDS and sys.stderr.isatty():
            self._shown_at = monotonic()
            tell(f"{done} of {total} {self._what}")


class Phases:
    """Tells phase by phase how far long work is: `search index, 40 s`; none goes on in silence.

    Given to a store as its `on_progress`.
    """

    def __init__(self, *, every_seconds: float = 2.0, always: bool = False) -> None:
        """Speak at most that often; `always`: into a pipe too."""
        self._every = every_seconds
        self._is_heard = always or sys.stderr.isatty()
        self._shown_at = self._phase_began_at = monotonic()
        self._phase = ""

    def __call__(self, phase: str, done: int, total: int) -> None:
        """Say how far it is, if it is time to say so."""
        now = monotonic()
        if phase != self._phase:
            self._phase, self._phase_began_at = phase, now
        if self._is_heard and now - self._shown_at >= self._every:
            self._shown_at = now
            seconds = now - self._phase_began_at
            tell(
                f"{phase}{_count(done, total)}" + (f", {seconds:.0f} s" if not total and seconds >= 1 else "")
            )


def _count(done: int, total: int) -> str:
    if total:
        return f", {done} of {total}"
    return f", {done}" if done else ""
