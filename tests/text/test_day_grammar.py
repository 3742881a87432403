"""One grammar of written days: each place reads alike what it allows, and nothing else."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from onewindow.exchange.columns.dates import read_date
from onewindow.text.day_grammar import (
    Place,
    WrittenDay,
    coming_weekday,
    full_year,
    last_weekday,
    later,
    moved,
    on_the_dial,
    written_day,
)
from onewindow.text.typed_dates import parse_date

TODAY = date(2026, 11, 25)
TYPED = Place()
FILES = Place("-./", needs_year=True, any_gap=True, corrects=True)


@pytest.mark.parametrize(
    "text",
    [
        *("25.11.2026", "25/11/2026", "2026-11-25", "2026.11.25", "25 ноября 2026", "25th november 2026"),
        *("nov 25, 2026", "25-го ноября 2026", "25 of nov 2026", "25 нояб. 2026 г."),
    ],
)
def test_what_people_type_and_files_hold_is_one_day(text: str) -> None:
    assert parse_date(text, TODAY) == read_date(text).day == TODAY


@pytest.mark.parametrize(
    ("text", "typed", "in_files"),
    [
        ("25.11", (25, 11, ""), None),
        ("25.11.", (25, 11, ""), None),
        ("25-11-2026", None, (25, 11, "2026")),
        ("25.11.26", (25, 11, "26"), (25, 11, "26")),
        ("25-ноя-26", None, (25, 11, "26")),
        ("11/25/2026", (11, 25, "2026"), (25, 11, "2026")),
        ("25 ноября", (25, 11, ""), None),
        ("25 ноября, 2026", (25, 11, "2026"), (25, 11, "2026")),
        ("25 xyz 2026", None, None),
        ("0.0.2026", (0, 0, "2026"), (0, 0, "2026")),
    ],
)
def test_a_place_says_what_it_allows(
    text: str, typed: tuple[int, int, str] | None, in_files: tuple[int, int, str] | None
) -> None:
    for place, wanted in ((TYPED, typed), (FILES, in_files)):
        found = written_day(text, place)
        assert (found and found[:3]) == wanted
        assert found is None or found.end == len(text)


def test_the_order_of_a_column_decides_where_figures_leave_it_open() -> None:
    american = FILES._replace(order="mdy")
    assert written_day("03/04/2026 10:00", american) == WrittenDay(4, 3, "2026", 10)
    assert written_day("03.04.2026", american) == WrittenDay(3, 4, "2026", 10)
    assert written_day("26/03/04", FILES._replace(order="ymd")) == WrittenDay(4, 3, "26", 8)
    assert [full_year(figures, 70) for figures in ("69", "70", "2026")] == [2069, 1970, 2026]
    assert full_year("99") == 2099


def test_days_and_hours_are_moved_by_the_calendar() -> None:
    assert coming_weekday(TODAY, 2) == date(2026, 12, 2), "today is a Wednesday: the next one is meant"
    assert last_weekday(TODAY, 2) == date(2026, 11, 18)
    assert moved(date(2026, 1, 31), 1, "month") == date(2026, 2, 28)
    assert moved(date(2024, 2, 29), -1, "year") == date(2023, 2, 28)
    night = datetime(2026, 10, 25, 2, 30, 40, tzinfo=ZoneInfo("Europe/Sofia"))
    assert f"{later(night, 2, 'hour'):%H:%M:%S}" == "03:30:00", "clocks were put back in between"


def test_noon_and_midnight_stand_on_the_dial() -> None:
    assert [on_the_dial(12, half=half) for half in ("am", "pm")] == [time(0), time(12)]
    assert on_the_dial(3, 15, 20, "pm") == time(15, 15, 20)
    for hour, half in ((13, "pm"), (0, "am"), (24, "")):
        with pytest.raises(ValueError, match="hour"):
            on_the_dial(hour, half=half)
