"""Opening hours as people write them, there and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.text.opening_hours import (
    Span,
    parse_special_days,
    parse_week,
    special_day_text,
    week_text,
)

HOUR = 3600
OFFICE = ((9 * HOUR, 13 * HOUR), (14 * HOUR, 18 * HOUR))
TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    "text",
    [
        "mon-fri 9:00-13:00 14:00-18:00",
        "пн–пт 9–13, 14–18",
        "Пн-Пт 14:00 - 18:00, 9.00 - 13.00",
        "понеделник-петък 9-13 14-18",
        "mon 9-13 14-18; tue-fri 9-13 14-18; sat closed; вс выходной",
        "mon tue wed thu fri 9-13 14-18 sat sun off",
    ],
)
def test_a_working_week_is_read_in_three_languages(text: str) -> None:
    assert parse_week(text) == dict.fromkeys(range(5), OFFICE)


def test_weeks_that_wrap_or_never_close() -> None:
    assert parse_week("sat-mon 10-12") == dict.fromkeys((0, 5, 6), ((10 * HOUR, 12 * HOUR),))
    assert parse_week("24/7") == parse_week("ежедневно 0-24") == parse_week("every day 0:00-24:00")
    assert parse_week("closed") == {} == parse_week("")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("mon-fri", "mon-fri has no hours"),
        ("9-18", "no weekday before it"),
        ("funday 9-18", "«funday» is no weekday"),
        ("mon 9-18; пн 10-12", "mon stands there twice"),
        ("mon 22-6", "for a night write 22-24"),
        ("mon 9-13 12-18", "9:00-13:00 and 12:00-18:00 overlap"),
        ("mon 9-25", "no stretch of time"),
        ("mon 9", "no stretch of time"),
        ("mon 9:60-10", "no stretch of time"),
    ],
)
def test_hours_that_make_no_sense_are_refused_in_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        parse_week(text)


def test_special_days_have_dates_hours_and_a_reason() -> None:
    assert parse_special_days("28.11 10-15 распродажа", TODAY) == (
        ["2026-11-28"],
        ((10 * HOUR, 15 * HOUR),),
        "распродажа",
    )
    assert parse_special_days("2026-12-30 .. 2027-01-02 closed", TODAY) == (
        ["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"],
        (),
        "",
    )
    assert parse_special_days("2027-01-08 12-я годовщина", TODAY)[1:] == ((), "12-я годовщина")
    for wrong in ("", "мартобря 9-12", "2027-01-08..2027-01-01", "2026-01-01..2028-01-01"):
        with pytest.raises(ValueError, match=r"write|end after"):
            parse_special_days(wrong, TODAY)


@st.composite
def days(draw: st.DrawFn) -> tuple[Span, ...]:
    # 23:59 as an end says midnight, which a test of its own holds.
    seconds = st.integers(0, 86_400).filter(lambda second: second not in (86_340, 86_399))
    marks = sorted(draw(st.sets(seconds, max_size=6)))
    return tuple(zip(marks[::2], marks[1::2], strict=False))


@given(st.dictionaries(st.integers(0, 6), days().filter(bool)), days())
def test_what_is_written_is_read_back(week: dict[int, tuple[Span, ...]], spans: tuple[Span, ...]) -> None:
    assert parse_week(week_text(week)) == dict(sorted(week.items()))
    text = special_day_text("2027-01-08", spans, "so it is")
    assert parse_special_days(text, TODAY) == (["2027-01-08"], spans, "so it is")


@pytest.mark.parametrize("hours", ["пн-вс 00:00-23:59", "mon-sun 0:00–23:59:59", "24/7", "daily 0-24"])
def test_the_last_minute_of_a_day_is_not_lost(hours: str) -> None:
    assert parse_week(hours) == dict.fromkeys(range(7), ((0, 86_400),))
    assert parse_special_days("2027-01-08 9-23:59", TODAY)[1] == ((9 * HOUR, 86_400),)
