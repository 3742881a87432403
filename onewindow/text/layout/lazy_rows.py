"""Rows of long lists, each made when it is first looked at: a client of 1 400 records shows some fifty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, overload

from onewindow.text.layout.cells import Row


class LazyRows(Sequence[Row]):
    """A sequence of rows that makes a row when it is asked for, and keeps it."""

    def __init__(
        self, items: Sequence[Any], draw: Callable[[Any], Row], key_of: Callable[[Any], object]
    ) -> None:
        """Take the items in their order, what makes the row of one, and what gives its key without a row."""
        self._items = items
        self._draw = draw
        self._key_of = key_of
        self._made: dict[int, Row] = {}

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            part = self._items[place]
            whole = len(part) == len(self._items) and (place.step or 1) > 0
            return self if whole else LazyRows(part, self._draw, self._key_of)
        at = range(len(self._items))[place]
        row = self._made.get(at)
        if row is None:
            row = self._made[at] = self._draw(self._items[at])
        return row

    def index_of(self, key: object) -> int | None:
        """Where the row with a key is, or None; makes no rows."""
        return next((at for at, item in enumerate(self._items) if self._key_of(item) == key), None)
