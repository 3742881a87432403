"""Tables for eyes: columns aligned by cells and fitted to the width of a terminal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import TextIO

from onewindow.exchange.json_files.values import is_number
from onewindow.text.clean import clean
from onewindow.text.layout.width import cell_width, fit, wrap
from onewindow.text.patterns import pattern

_GAP = "  "
_NARROWEST = 6
_HEADING = 8
"""Cells that a heading keeps where what is under it is narrower."""
_READABLE = 12
"""Cells that a text keeps before a column of the table is left out for it."""
_AT_LEAST = 2
_FIGURES = pattern(r"[-+]?[0-9][-0-9:., +\u00a0\u202f]*(?: ?[^\W\d_]{0,3}\.?| ?[₽€$%])")


def write_aligned(
    rows: Iterable[Mapping[str, object]],
    columns: Sequence[str],
    stream: TextIO,
    text_of: Callable[[object], str],
    width: int | None,
    *,
    wrapped: Collection[str] = (),
    may_leave_out: bool = False,
) -> list[str]:
    """Write rows in aligned columns, cleaned of control characters; give back the columns left out.

    With a `width` in cells long texts are cut, those of `wrapped` columns go on in further lines, and ids,
    dates and amounts stay whole. If it is too narrow even so, and only if they may be, columns are left out:
    those with nothing in them, then from the right.
    """
    kept = [[row.get(column) for column in columns] for row in rows]
    cells = [[clean(text_of(value)) for value in values] for values in kept]
    tables = [
        _Column(name, [line[place] for line in cells], any(is_number(values[place]) for values in kept))
        for place, name in enumerate(columns)
    ]
    left_out = _fit_to(tables, width, may_leave_out=may_leave_out) if width else []
    for table in tables:
        table.is_wrapped = table.name in wrapped
    for place in range(-1, len(cells)):
        _write_row(stream, tables, place)
    return left_out


class _Column:
    """One column: its cells, and how wide it is, wants to be and must be."""

    def __init__(self, name: str, cells: list[str], is_right: bool) -> None:
        self.name = name
        self.cells = cells
        self.is_right = is_right
        self.is_wrapped = False
        filled = [cell for cell in cells if cell]
        self.content = max(map(cell_width, filled), default=0)
        self.width = max(self.content, cell_width(name))
        is_whole = name == "id" or all(map(_FIGURES.fullmatch, filled))
        floor = self.content if is_whole else min(self.content, _READABLE)
        self.floor = max(floor, min(cell_width(name), _NARROWEST))

    def lines(self, place: int) -> list[str]:
        """The fitted lines of a cell; place -1 is the heading."""
        text = self.name if place < 0 else self.cells[place]
        lines = wrap(text, self.width) if self.is_wrapped and place >= 0 else [text]
        return [fit(line, self.width, "right" if self.is_right else "left") for line in lines]


def _fit_to(tables: list[_Column], width: int, *, may_leave_out: bool) -> list[str]:
    left_out: list[str] = []
    while may_leave_out and len(tables) > _AT_LEAST and _taken(tables, _floor) > width:
        empty = [column for column in tables[_AT_LEAST:] if not column.content]
        gone = empty[-1] if empty else tables[-1]
        tables.remove(gone)
        left_out.insert(0, gone.name)
    for least in (_cut_heading, _floor, _narrowest):
        _narrow(tables, width, least)
    return left_out


def _narrow(tables: Sequence[_Column], available: int, least: Callable[[_Column], int]) -> None:
    """Take cells from the widest column, again and again, until the line fits or all have their least."""
    while _taken(tables, _width) > available:
        widest = max(tables, key=lambda column: (column.width > least(column), column.width))
        if widest.width <= least(widest):
            return
        widest.width -= 1


def _cut_heading(column: _Column) -> int:
    return max(column.content, min(column.width, _HEADING))


def _floor(column: _Column) -> int:
    return column.floor


def _narrowest(_: _Column) -> int:
    return _NARROWEST


def _width(column: _Column) -> int:
    return column.width


def _taken(tables: Sequence[_Column], size: Callable[[_Column], int]) -> int:
    return sum(map(size, tables)) + len(_GAP) * (len(tables) - 1)


def _write_row(stream: TextIO, tables: Sequence[_Column], place: int) -> None:
    parts = [column.lines(place) for column in tables]
    for line in zip_longest(*parts):
        padded = (part or " " * column.width for part, column in zip(line, tables, strict=True))
        stream.write(_GAP.join(padded).rstrip() + "\n")
