"""A long list makes only the rows that are looked at, and otherwise is like any sequence."""

from __future__ import annotations

import pytest

from onewindow.text.layout.cells import Cell, Row
from onewindow.text.layout.lazy_rows import LazyRows


class Drawing:
    """Draws the rows of numbers and remembers which."""

    def __init__(self) -> None:
        self.drawn: list[int] = []

    def __call__(self, number: int) -> Row:
        """The row of a number."""
        self.drawn.append(number)
        return Row(number, (Cell(str(number)),))

    def rows(self, count: int) -> LazyRows:
        """The rows of the numbers from 100 on."""
        return LazyRows(range(100, 100 + count), self, lambda number: number)


def test_a_row_is_made_once_and_only_when_it_is_looked_at() -> None:
    drawing = Drawing()
    rows = drawing.rows(200)
    assert len(rows) == 200
    assert rows[3].key == rows[3].key == 103
    assert rows[-1].key == 299
    assert drawing.drawn == [103, 299]


def test_a_part_is_as_lazy_as_the_whole() -> None:
    drawing = Drawing()
    part = drawing.rows(200)[50:60]
    assert len(part) == 10
    assert drawing.drawn == []
    assert [row.key for row in part] == list(range(150, 160))


def test_the_whole_is_no_copy_and_backwards_is_not_the_whole() -> None:
    rows = Drawing().rows(3)
    assert rows[:] is rows
    assert rows[0:200] is rows
    assert [row.key for row in rows[::-1]] == [102, 101, 100]


def test_a_key_is_found_without_making_rows() -> None:
    drawing = Drawing()
    rows = drawing.rows(200)
    assert rows.index_of(170) == 70
    assert rows.index_of(7) is None
    assert drawing.drawn == []


def test_behind_the_end_there_is_nothing() -> None:
    with pytest.raises(IndexError):
        Drawing().rows(3)[3]
