"""What this process has stored so far, so that a command whose answer is lost can say what it did."""

from __future__ import annotations

from collections import deque

_newest: deque[str] = deque(maxlen=3)
"""Only the last few: a window stores all day, and nobody reads more in one sentence."""


def note(what: str) -> None:
    """Note a change that is on the disk, as people read it."""
    _newest.append(what)


def forget() -> None:
    """Forget what was noted: it was no work of the command."""
    _newest.clear()


def newest() -> str:
    """What was stored, '' for nothing."""
    return "; ".join(_newest)
