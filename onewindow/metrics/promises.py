"""How promises stand: which bind, which hold always, how often they were kept and broken."""

from __future__ import annotations

from typing import Literal

from onewindow.records.clients import Promise

Outcome = Literal["kept", "broken"]

OPEN = ("new", "acknowledged")
"""The states of a promise that binds."""
OUTCOMES: tuple[Outcome, ...] = ("kept", "broken")


def is_standing(promise: Promise) -> bool:
    """Whether a promise holds always, so that keeping it once does not end it."""
    return promise.due_on is None


def is_open(promise: Promise) -> bool:
    """Whether a promise binds: an older program closed standing terms, which bind all the same."""
    return promise.status in OPEN or (is_standing(promise) and promise.status in OUTCOMES)


def tally(promise: Promise) -> tuple[int, int]:
    """How often a promise was kept and broken; a settled one counts once where nobody counted."""
    kept, broken = promise.kept_count, promise.broken_count
    return (
        max(kept, int(promise.status == "kept")),
        max(broken, int(promise.status == "broken")),
    )


def broken_at(promise: Promise) -> str | None:
    """When a promise was broken (UTC text) and not kept since; '' at a time nobody noted, None for never."""
    if promise.status == "broken":
        return promise.settled_at or ""
    return promise.settled_at if is_standing(promise) and promise.status in OPEN else None
