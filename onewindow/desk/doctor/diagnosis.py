"""What an examination found, and the command that fixes it: of the file, and of the machine around it."""

from __future__ import annotations

from typing import Literal

from onewindow.records.named_tuples import NamedTuple

_UNITS = (("GB", 1000**3), ("MB", 1000**2), ("KB", 1000))

Level = Literal["fault", "warning", "note", "ok"]


class Diagnosis(NamedTuple):
    """One thing that was looked at.

    A fault loses or hides data or keeps the program from working, a warning may do so one day, a note is
    worth knowing.
    """

    level: Level
    area: str
    message: str
    remedy: str = ""
    """A command that can be typed as it stands, '' where there is nothing to do."""


def sized(count: int) -> str:
    """A number of bytes in few characters: 840 B, 12 KB, 3.4 MB, 1.2 GB."""
    if count < 1000:
        return f"{count} B"
    unit, factor = next((unit, factor) for unit, factor in _UNITS if count >= factor)
    size = count / factor
    return f"{size:.0f} {unit}" if size >= 10 else f"{size:.1f} {unit}"
