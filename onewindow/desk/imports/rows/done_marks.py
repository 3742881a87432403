"""Cells that say at once that something was done, and when: `да, 14.11.2026`, `done 2026-11-14`, a day."""

from __future__ import annotations

import re

from onewindow.records.named_tuples import NamedTuple

_SETTLED = {"promise": ("settled_at", "kept"), "task": ("done_at", "done")}
"""By kind the field with the time at which it was done, and the status that a day alone means."""
_WITH_DAY = re.compile(
    r"(?P<word>[^\d]*?)[\s,;:(—–-]*(?:\b(?:от|на|on|at)\s+)?(?P<day>\d{1,4}[-./]\d.*?)\)?", re.DOTALL
)


class Settled(NamedTuple):
    """What a cell of a status says besides."""

    status: str
    """The word for the status, as the file has it or as we do."""
    field: str
    """The field of the kind that the day fills."""
    day: str


def settled_in(kind: str, name: str, text: str) -> Settled | None:
    """The status and the day that a cell tells; None where it tells no day."""
    if name != "status" or kind not in _SETTLED:
        return None
    match = _WITH_DAY.fullmatch(text.strip())
    field, done = _SETTLED[kind]
    return Settled(match["word"].strip() or done, field, match["day"].strip()) if match else None
