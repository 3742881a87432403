"""Weeks by their number, days within so many days, and how much of a line is read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from onewindow.text.capture.line import LONGEST_LINE, read_line
from onewindow.text.dates import (
    is_within,
    midnight,
    to_local,
    week_monday,
    week_number,
    week_sunday,
    within_reach,
)
from onewindow.text.identifiers.phones import split_phones
from onewindow.text.opening_hours import parse_week


def test_weeks_are_counted_from_the_first_monday_of_1970() -> None:
    days = [date(1970, 1, 4), date(1970, 1, 5), date(1970, 1, 11), date(1970, 1, 12), date(2026, 11, 23)]
    assert [week_number(day) for day in days] == [-1, 0, 0, 1, 2968]
    assert (week_monday(2968), week_sunday(2968)) == (date(2026, 11, 23), date(2026, 11, 29))
    assert [week_number(week_monday(2968) - timedelta(days=1)), week_number(week_sunday(2968))] == [
        2967,
        2968,
    ]


def test_a_day_is_within_so_many_days_behind_another() -> None:
    begin = date(2026, 11, 23)
    days = ("2026-11-22", "2026-11-23", "2026-11-24", "2026-11-26", "2026-11-27")
    assert [is_within(begin, day, 3) for day in days] == [False, False, True, True, False]
    assert not is_within(begin, "2026-11-24", 0)


def test_years_are_within_reach_from_1900_to_2199() -> None:
    for day in (date(1900, 1, 1), date(2199, 12, 31)):
        assert within_reach(day) == day
    for day in (date(1899, 12, 31), date(2200, 1, 1)):
        with pytest.raises(ValueError, match=f"{day:%d.%m.%Y} is out of reach: years go from 1900 to 2199."):
            within_reach(day)


def test_a_day_begins_where_its_clocks_say() -> None:
    assert midnight(date(2026, 11, 23), "Europe/Moscow") == "2026-11-22T21:00:00Z"
    assert midnight(date(2026, 3, 29), "Europe/Sofia") == "2026-03-28T22:00:00Z"
    assert midnight(date(2026, 3, 30), "Europe/Sofia") == "2026-03-29T21:00:00Z"
    assert f"{to_local('2026-11-23T09:15:00Z', 'Europe/Moscow'):%d.%m %H:%M}" == "23.11 12:15"
    with pytest.raises(ValueError, match="this time zone is not known"):
        to_local("2026-11-23T09:15:00Z", "Europe/Nowhere")


@pytest.mark.parametrize(("spaces", "is_read"), [(1993, True), (1994, True), (1999, False), (2500, False)])
def test_only_the_first_two_thousand_characters_of_a_line_are_read(spaces: int, is_read: bool) -> None:
    parts = read_line("x" * spaces + " #vip2", datetime(2026, 11, 23, 12, tzinfo=UTC))
    assert ("tag" in [part.role for part in parts]) is is_read
    assert LONGEST_LINE == 2000


def test_hours_come_from_monday_on_however_they_were_written() -> None:
    assert list(parse_week("sun 9-10; mon 9-10; wed 9-10")) == [0, 2, 6]


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("+7 495 123-45-67 доб. 12", ["+74951234567 доб. 12"]),
        ("+7 495 123-45-67, 89161234567 доб. 5", ["+74951234567", "+79161234567 доб. 5"]),
    ],
)
def test_an_extension_goes_with_its_own_number(cell: str, numbers: list[str]) -> None:
    read = split_phones(cell, "RU")[0]
    assert [number.replace("ext.", "доб.") for number in read] == numbers
