"""What a line of a list says, before any face draws it: cells with a tone, rows with a mark, columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, get_args

from onewindow.records.named_tuples import NamedTuple
from onewindow.records.structs import frozen_struct
from onewindow.text.layout.width import cell_width

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
    short: str = ""
    """What is said where the column is too narrow: `2 h late` for `2 h late, Fr 13:00`."""


class Row(NamedTuple):
    """One line of a list: `key` says what it is about, `mark` warns by one character without colour."""

    key: object
    cells: tuple[Cell, ...]
    mark: str = " "
    style: Tone = ""


_MARKS: dict[Tone, str] = {"late": "!", "warn": "?"}


def mark_of(tone: Tone) -> str:
    """The mark of a row whose time is told in this tone: `!` over, `?` near; one mark for one weight."""
    return _MARKS.get(tone, " ")


def tone_of(line: str) -> Tone:
    """The tone of a line of text by the mark that it begins with; '' without one."""
    for tone, mark in _MARKS.items():
        if line.startswith(f"{mark} "):
            return tone
    return ""


@frozen_struct
class Column:
    """How much room the cells of one position get: a fixed width, or with width 0 a share of what is left."""

    width: int = 0
    min_width: int = 6
    drop_priority: int = 0
    """On a narrow list columns vanish in this order, 1 first; a column with 0 stays."""
    align: Align = "left"
    wanted: int = 0
    """The widest text of a column without a width, where that is known: it takes no more than that."""
    short_width: int = 0
    """What a fixed width shrinks to where other texts would be cut: its cells have short texts."""
    second: bool = False
    """Whether it goes to a second line of its row, where one line is too narrow and there is room below."""


FEW_WORDS = 18
"""Cells for a text that shares the room, as far as there are details that can go."""


def fit_columns(columns: Sequence[Column], rows: Sequence[Row]) -> tuple[Column, ...]:
    """The columns no wider than what is in them, so that the texts that are cut get the room.

    A column without any text has no width at all; whoever draws the rows leaves it out.
    """
    return tuple(
        _fitted(column, [row.cells[at] for row in rows if at < len(row.cells)])
        for at, column in enumerate(columns)
    )


def widest(cells: Sequence[Cell]) -> int:
    """The cells of a terminal that the longest of some texts takes."""
    return max((cell_width(cell.text) for cell in cells), default=0)


def _fitted(column: Column, cells: Sequence[Cell]) -> Column:
    need = widest(cells)
    if column.width:
        short = max((cell_width(cell.short or cell.text) for cell in cells), default=0)
        width = min(column.width, need)
        return replace(column, width=width, short_width=short if 0 < short < width else 0)
    if need <= column.min_width:
        return replace(column, wanted=max(1, need), min_width=max(1, need))
    if column.drop_priority:
        return replace(column, wanted=need)
    return replace(column, wanted=need, min_width=min(need, max(column.min_width, FEW_WORDS)))
