"""How far long work is, said on stderr of a terminal at most once a second; a pipe hears nothing."""

from __future__ import annotations

import sys
from time import monotonic

from onewindow.cli.printing import tell

_EVERY_SECONDS = 1.0


class Progress:
    """Counts something: `1500 of 8000 requests`. Work that ends within a second says nothing."""

    def __init__(self, what: str) -> None:
        """`what` is the plural of what is counted."""
        self._what = what
        self._told_at = monotonic()

    def show(self, done: int, total: int) -> None:
        """Say how far it is, if it is time to say so."""
        if monotonic() - self._told_at >= _EVERY_SECONDS and sys.stderr.isatty():
            self._told_at = monotonic()
            tell(f"{done} of {total} {self._what}")
