"""Rows, cells and columns: what a list shows, and where a list takes it from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from onewindow.text.cells import TONES, Align, Cell, Column, Row, Tone
from onewindow.text.lazy_rows import LazyRows

__all__ = ["GAP", "TONES", "Align", "Cell", "Column", "ListSource", "Row", "RowSource", "Tone", "lay_out"]

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

    Columns vanish by their drop priority until the least widths fit; flexible columns share the rest evenly.
    """
    shown = list(range(len(columns)))
    while len(shown) > 1 and _least_width(columns, shown) > width:
        droppable = [position for position in shown if columns[position].drop_priority > 0]
        if not droppable:
            break
        shown.remove(min(droppable, key=lambda position: (columns[position].drop_priority, -position)))
    flexible = [position for position in shown if columns[position].width == 0]
    room = width - GAP * (len(shown) - 1) - sum(columns[position].width for position in shown)
    shares = _shares(max(0, room), len(flexible))
    widths = dict(zip(flexible, shares, strict=True))
    return tuple((position, columns[position].width or max(1, widths[position])) for position in shown)


def _least_width(columns: Sequence[Column], shown: Sequence[int]) -> int:
    cells = sum(columns[position].width or columns[position].min_width for position in shown)
    return cells + GAP * (len(shown) - 1)


def _shares(room: int, parts: int) -> list[int]:
    return [room // parts + (part < room % parts) for part in range(parts)]
