"""Bars stand on zero, keep gaps and never exceed their width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.text.layout.bars import bars, level


@pytest.mark.parametrize(
    ("values", "row"),
    [
        ([0, 1, 2, None, 8, 4], "▁▂▃ █▅"),
        ([100, 101, 102, 103], "████"),
        ([0, 0], "▁▁"),
        ([5], "█"),
        ([None, float("nan")], "  "),
        ([], ""),
    ],
)
def test_bars_stand_on_zero(values: list[float | None], row: str) -> None:
    assert bars(values, 10) == row


def test_a_fixed_range_keeps_the_scale() -> None:
    assert bars([0, 50, 100, 150, -5], 10, hi=100) == "▁▅██▁"
    assert bars([10, 20], 10, lo=10, hi=20) == "▁█"


def test_ascii_bars() -> None:
    assert bars([0, 1, 2, None, 4, 3], 10, ascii=True) == ".:- #="


def test_more_values_than_cells_are_averaged_and_gaps_stay() -> None:
    assert bars([0, 0, 4, 4, None, None, 8, None], 4) == "▁▅ █"


@given(st.lists(st.none() | st.floats(-1e9, 1e9)), st.integers(0, 20), st.booleans())
def test_bars_never_exceed_the_width(values: list[float | None], width: int, plain: bool) -> None:
    row = bars(values, width, ascii=plain)
    assert len(row) == min(len(values), width)
    assert row.isascii() or not plain


@pytest.mark.parametrize(
    ("share", "bar"),
    [
        (0, ""),
        (-1, ""),
        (float("nan"), ""),
        (0.001, "▏"),
        (0.5, "██"),
        (0.56, "██▎"),
        (1, "████"),
        (7, "████"),
    ],
)
def test_a_lying_bar_begins_at_the_edge(share: float, bar: str) -> None:
    assert level(share, 4) == bar


def test_a_lying_bar_in_ascii() -> None:
    assert level(0.5, 4, ascii=True) == "=="
    assert level(0.01, 4, ascii=True) == "="
    assert level(0.5, 0) == ""


def test_a_lying_bar_in_ascii_ends_at_its_width() -> None:
    assert [level(share, 4, ascii=True) for share in (0.99, 1.0, 1.01, 2.0)] == ["===="] * 4
