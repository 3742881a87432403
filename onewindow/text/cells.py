"""What a line of a list says, before any face draws it: cells with a tone, rows with a mark, columns."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from onewindow.records.values import value_class

Align = Literal["left", "right"]
Tone = Literal["", "late", "warn", "good", "dim", "accent", "title"]
"""The named styles; a theme gives them their colours, so nothing else ever names a colour."""

TONES: tuple[Tone, ...] = get_args(Tone)


class Cell(NamedTuple):
    """One text in a row; it may be hostile, the face that draws it cleans it."""

    text: str
    style: Tone = ""
    align: Align | None = None
    """None takes the column's own side."""


class Row(NamedTuple):
    """One line of a list: `key` says what it is about, `mark` warns by one character without colour."""

    key: object
    cells: tuple[Cell, ...]
    mark: str = " "
    style: Tone = ""


@value_class
class Column:
    """How much room the cells of one position get: a fixed width, or with width 0 a share of what is left."""

    width: int = 0
    min_width: int = 6
    drop_priority: int = 0
    """On a narrow list columns vanish in this order, 1 first; a column with 0 stays."""
    align: Align = "left"
