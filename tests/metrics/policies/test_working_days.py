"""Dates by working days, against an oracle that writes down every day of some years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.policies.working_days import (
    ClosedDay,
    add_working_days,
    closed_days,
    is_working_day,
    working_days_between,
)
from onewindow.metrics.policies.working_time import Calendar, Holidays, calendar

NINE_TO_SIX = [(9 * 3600, 18 * 3600)]
FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=after) for after in range(1200)]

days = st.integers(0, 700).map(lambda after: FIRST + timedelta(days=after))
weeks = st.sets(st.integers(0, 6), min_size=1)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    closed = draw(st.dictionaries(days.map(date.isoformat), st.sampled_from(["Новый год", "отпуск"])))
    opened = draw(st.sets(days.map(date.isoformat), max_size=5)) - closed.keys()
    worked = draw(st.sets(days.map(date.isoformat), max_size=5)) - closed.keys() - opened
    return calendar(
        "Europe/Moscow",
        dict.fromkeys(draw(weeks), NINE_TO_SIX),
        dict.fromkeys(sorted(opened), NINE_TO_SIX),
        holidays=Holidays("RU", 2026, 2029, closed, frozenset(worked)),
    )


def worked_days(cal: Calendar | None) -> list[date]:
    """The oracle: all working days of the years, read off the parts of the calendar."""
    if cal is None:
        return [day for day in DAYS if day.strftime("%a") not in ("Sat", "Sun")]
    assert cal.holidays is not None
    return [
        day
        for day in DAYS
        if day.isoformat() in cal.exceptions
        or (
            day.isoformat() not in cal.holidays.closed
            and (day.isoformat() in cal.holidays.worked or bool(cal.weekly[day.weekday()]))
        )
    ]


@given(st.none() | calendars(), days, st.integers(0, 60))
def test_the_date_is_the_nth_working_day_after_the_start(cal: Calendar | None, start: date, n: int) -> None:
    open_days = worked_days(cal)
    after = [day for day in open_days if day > start]
    found = add_working_days(cal, start, n)
    if n == 0:
        assert found == next(day for day in open_days if day >= start)
    else:
        assert found == after[n - 1]
        assert working_days_between(cal, start, found) == n
        assert working_days_between(cal, found, start) == -n
    assert is_working_day(cal, found)


@given(st.none() | calendars(), days, st.integers(0, 60))
def test_every_day_between_is_worked_or_told_as_closed(cal: Calendar | None, start: date, n: int) -> None:
    end = start + timedelta(days=n)
    closed = closed_days(cal, start, end)
    assert len(closed) + working_days_between(cal, start, end) == n
    assert not {each.day for each in closed} & set(worked_days(cal))


def test_holidays_are_named() -> None:
    # Four holidays in a row around a weekend: Wednesday 4 November 2026 is the Day of Unity.
    cal = calendar(
        "Europe/Moscow",
        dict.fromkeys(range(5), NINE_TO_SIX),
        holidays=Holidays("RU", 2026, 2026, {"2026-11-04": "День народного единства"}),
    )
    assert add_working_days(cal, date(2026, 11, 2), 2) == date(2026, 11, 5)
    assert closed_days(cal, date(2026, 11, 2), date(2026, 11, 8)) == [
        ClosedDay(date(2026, 11, 4), "День народного единства"),
        ClosedDay(date(2026, 11, 7), ""),
        ClosedDay(date(2026, 11, 8), ""),
    ]


def test_a_negative_number_and_a_calendar_without_so_many_days_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        add_working_days(None, FIRST, -1)
    once = calendar("Europe/Moscow", {}, {"2026-02-02": NINE_TO_SIX})
    assert add_working_days(once, FIRST, 1) == date(2026, 2, 2)
    with pytest.raises(ValueError, match="twenty years"):
        add_working_days(once, FIRST, 2)
