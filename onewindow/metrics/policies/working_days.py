"""Dates by working days: the date on which a number of them has passed, and which dates were left out.

A date is a working day when the calendar has any open time on it; without a calendar Monday to Friday are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from onewindow.metrics.policies.working_time import Calendar
from onewindow.records.structs import frozen_struct

SEARCH_DAYS = 366 * 20
"""A calendar that has fewer working days than asked for in twenty years has no such date."""

SEARCH_DAYS_BACK = 366 * 10
"""So far before a date working days are looked for."""


@frozen_struct
class ClosedDay:
    """A date that is no working day, and why: the name of a holiday, '' for what its weekday says."""

    day: date
    reason: str


def is_working_day(cal: Calendar | None, day: date) -> bool:
    """Whether somebody works on a date."""
    return bool(cal.spans(day)) if cal is not None else day.weekday() < 5


def add_working_days(cal: Calendar | None, start: date, days: int) -> date:
    """The date of the so-many-th working day after a date; with 0 the date itself or the next working day.

    Raises ValueError for a negative number, and where twenty years do not have that many working days.
    """
    if days < 0:
        raise ValueError("A number of working days cannot be negative.")
    day, left = start, days
    if not days and is_working_day(cal, start):
        return start
    left = max(days, 1)
    for _ in range(SEARCH_DAYS):
        day += timedelta(days=1)
        left -= is_working_day(cal, day)
        if not left:
            return day
    raise ValueError(f"The calendar does not have {days} working days in the twenty years after {start}.")


def shift_working_days(cal: Calendar | None, day: date, days: int) -> date:
    """A date so many working days later, or earlier if the number is negative.

    Raises ValueError where the calendar does not have that many within its years of search.
    """
    if days >= 0:
        return add_working_days(cal, day, days)
    earlier, left = day, -days
    for _ in range(SEARCH_DAYS_BACK):
        earlier -= timedelta(days=1)
        left -= is_working_day(cal, earlier)
        if not left:
            return earlier
    raise ValueError("The calendar does not have that many working days before.")


def working_days_between(cal: Calendar | None, start: date, end: date) -> int:
    """How many working days lie after one date up to and with another; negative when that is the earlier."""
    if end < start:
        return -working_days_between(cal, end, start)
    return sum(is_working_day(cal, day) for day in _days(start, end))


def closed_days(cal: Calendar | None, start: date, end: date) -> list[ClosedDay]:
    """The dates after one up to and with another on which nobody works, with the names of holidays."""
    return [
        ClosedDay(day, cal.reason(day) if cal is not None else "")
        for day in _days(start, end)
        if not is_working_day(cal, day)
    ]


def _days(start: date, end: date) -> Iterator[date]:
    for after in range(1, (end - start).days + 1):
        yield start + timedelta(days=after)
