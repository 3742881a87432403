"""Rows, cells and columns: what a list shows, and where a list takes it from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from onewindow.text.layout.cells import TONES, Align, Cell, Column, Row, Tone
from onewindow.text.layout.lazy_rows import LazyRows
from onewindow.text.layout.room_shares import share

__all__ = [
    "GAP",
    "TONES",
    "Align",
    "Cell",
    "Column",
    "ListSource",
    "Row",
    "RowSource",
    "Tone",
    "lay_out",
    "natural_width",
]

GAP = 2
"""Cells left free between two columns, so that a right-aligned number never touches its neighbour."""


class RowSource(Protocol):
    """Where a list reads its rows from, a page at a time."""

    @property
    def count(self) -> int:
        """How many rows there are."""
        ...

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """Return the rows from `start` up to but not including `stop`, both within the count."""
        ...

    def index_of(self, key: object, near: int) -> int | None:
        """Return where the row with this key now is; `near` is where it was, as a place to look first."""
        ...


class ListSource:
    """A source over rows that are already in memory, for panels and short results."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self._rows = rows

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """Return a slice of the rows."""
        return self._rows[start:stop]

    def index_of(self, key: object, near: int) -> int | None:
        """Return the index of the row with this key, or None; the old place is tried first."""
        if 0 <= near < len(self._rows) and self._rows[near].key == key:
            return near
        if isinstance(self._rows, LazyRows):
            return self._rows.index_of(key)
        return next((index for index, row in enumerate(self._rows) if row.key == key), None)


def lay_out(columns: Sequence[Column], width: int) -> tuple[tuple[int, int], ...]:
    """Return (position, width) for every column that is shown in `width` cells, gaps already taken off.

    Where the least widths do not fit, columns with short texts shrink first, then columns vanish by their
    drop priority. Flexible columns share the rest by what is in them, evenly where that is not known.
    """
    shown = list(range(len(columns)))
    shrunk = {at: column.short_width for at, column in enumerate(columns) if column.short_width}
    while len(shown) > 1 and _least_width(columns, shown, shrunk) > width:
        droppable = [position for position in shown if columns[position].drop_priority > 0]
        if not droppable:
            break
        shown.remove(min(droppable, key=lambda position: (columns[position].drop_priority, -position)))
    for position in shown:
        whole = {at: short for at, short in shrunk.items() if at != position}
        if _least_width(columns, shown, whole) <= width:
            shrunk = whole
    widths = {at: shrunk.get(at, columns[at].width) for at in shown}
    flexible = [position for position in shown if columns[position].width == 0]
    room = max(0, width - GAP * (len(shown) - 1) - sum(widths.values()))
    given = share(room, [columns[at].wanted or room for at in flexible])
    if flexible:
        given[-1] += room - sum(given)
    widths |= dict(zip(flexible, given, strict=True))
    return tuple((position, max(1, widths[position])) for position in shown)


def natural_width(columns: Sequence[Column]) -> int:
    """The cells in which nothing is cut, as far as the columns know what is in them."""
    cells = sum(column.width or max(column.wanted, column.min_width) for column in columns)
    return cells + GAP * max(0, len(columns) - 1)


def _least_width(columns: Sequence[Column], shown: Sequence[int], shrunk: Mapping[int, int]) -> int:
    cells = sum(shrunk.get(at, columns[at].width) or columns[at].min_width for at in shown)
    return cells + GAP * (len(shown) - 1)
