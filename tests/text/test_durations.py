"""Lengths of working time as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.text.durations import minutes_text, parse_minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("10m", 10), ("10", 10), ("4h", 240), ("1h30m", 90), ("1 ч 30 мин", 90), ("4 часа", 240), ("2d", 960),
        ("1 ден", 480), ("90 м", 90), ("none", None), ("-", None), ("0", 0),
    ],
)  # fmt: skip
def test_lengths_are_read_in_three_languages(text: str, minutes: int | None) -> None:
    assert parse_minutes(text, 480) == minutes


@pytest.mark.parametrize("text", ["4 года", "h", "-5m", "1.5h", "10m!", "2 weeks"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no length of working time"):
        parse_minutes(text, 480)


def test_a_day_without_a_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="how long a day is"):
        parse_minutes("2d")


@given(st.integers(0, 100_000))
def test_what_is_written_is_read_back(minutes: int) -> None:
    assert parse_minutes(minutes_text(minutes)) == minutes
