"""Working time: the published vectors, daylight-saving days, and a minute-by-minute oracle."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.metrics.policies.calendar_json import calendar_from_dict, calendar_to_dict
from onewindow.metrics.policies.working_time import (
    Calendar,
    Span,
    add_open_seconds,
    calendar,
    open_intervals,
    open_seconds,
)

HOUR = 3600
ZONES = ("Europe/Moscow", "Europe/Sofia", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut", "UTC")


def hours(*pairs: tuple[float, float]) -> tuple[Span, ...]:
    return tuple((round(begin * HOUR), round(end * HOUR)) for begin, end in pairs)


def week(*pairs: tuple[float, float], days: range = range(5)) -> dict[int, tuple[Span, ...]]:
    return {day: hours(*pairs) for day in days}


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def always(zone: str) -> Calendar:
    return calendar(zone, week((0, 24), days=range(7)))


def test_friday_evening_runs_into_monday() -> None:
    cal = calendar("Europe/Moscow", week((9, 17)))
    due = add_open_seconds(cal, at("2026-11-13 16:30", "Europe/Moscow"), HOUR)
    assert due == at("2026-11-16 09:30", "Europe/Moscow")
    assert due.tzinfo is UTC


def test_lunch_is_not_counted() -> None:
    cal = calendar("Europe/Sofia", week((9, 12), (13.5, 18)))
    start = at("2026-11-11 12:30", "Europe/Sofia")
    assert add_open_seconds(cal, start, HOUR) == at("2026-11-11 14:30", "Europe/Sofia")


def test_closed_dates_are_skipped_and_the_term_ends_at_closing_time() -> None:
    cal = calendar("UTC", week((9, 21), days=range(7)), {"2016-11-11": (), "2016-11-13": ()})
    assert add_open_seconds(cal, at("2016-11-09 23:00"), 48 * HOUR) == at("2016-11-15 21:00")


def test_an_exception_opens_and_shortens_days() -> None:
    cal = calendar("UTC", week((9, 17)), {"2026-11-14": hours((10, 12)), "2026-11-16": hours((9, 10))})
    assert open_seconds(cal, at("2026-11-14 00:00"), at("2026-11-17 00:00")) == 3 * HOUR


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("Europe/Sofia", "2026-03-29", 23),
        ("Europe/Sofia", "2026-10-25", 25),
        ("Europe/Moscow", "2026-03-29", 24),
        ("Australia/Lord_Howe", "2026-04-05", 24.5),
        ("Asia/Beirut", "2026-03-29", 23),
        ("America/Havana", "2024-11-03", 25),  # a year that is over: Cuba decides anew how it goes on
        ("Pacific/Apia", "2011-12-30", 0),
        ("America/St_Johns", "2010-11-06", 24 + 59 / 60),
    ],
)
def test_a_day_that_is_always_open_is_as_long_as_the_sun_makes_it(
    zone: str, day: str, expected: float
) -> None:
    cal = calendar(zone, {}, {day: hours((0, 24))})
    near = date.fromisoformat(day)
    start = datetime(near.year, near.month, near.day, tzinfo=UTC) - timedelta(days=2)
    assert open_seconds(cal, start, start + timedelta(days=5)) == expected * HOUR


def test_a_skipped_hour_has_no_seconds_and_a_repeated_hour_counts_twice() -> None:
    cal = calendar("Europe/Sofia", week((3, 4), days=range(7)))
    assert open_seconds(cal, at("2026-03-28 22:00"), at("2026-03-29 12:00")) == 0
    assert open_seconds(cal, at("2026-10-24 22:00"), at("2026-10-25 12:00")) == 2 * HOUR


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_office_hours_on_the_day_of_a_change_are_as_long_as_ever(day: str) -> None:
    cal = calendar("Europe/Sofia", week((0, 1), (9, 17), days=range(7)))
    start = at(f"{day} 00:00", "Europe/Sofia")
    assert add_open_seconds(cal, start, HOUR + 1) == at(f"{day} 09:00:01", "Europe/Sofia")
    assert add_open_seconds(cal, start, 9 * HOUR) == at(f"{day} 17:00", "Europe/Sofia")


def test_the_evening_before_clocks_change_at_midnight_is_counted_to_its_end() -> None:
    cal = calendar("Asia/Beirut", week((0, 23.25), days=range(7)))
    assert open_seconds(cal, at("2026-03-28 20:00"), at("2026-03-28 22:00")) == 1.25 * HOUR


def test_opening_inside_a_skipped_hour_begins_when_the_hour_ends() -> None:
    cal = calendar("Europe/Sofia", week((3.5, 5), days=range(7)))
    assert open_seconds(cal, at("2026-03-28 22:00"), at("2026-03-29 12:00")) == HOUR


def test_a_term_that_cannot_be_reached_is_refused() -> None:
    cal = calendar("UTC", {}, {"2026-11-14": hours((10, 12))})
    assert add_open_seconds(cal, at("2026-11-01 00:00"), 2 * HOUR) == at("2026-11-14 12:00")
    with pytest.raises(ValueError, match="hundred years"):
        add_open_seconds(cal, at("2026-11-01 00:00"), 2 * HOUR + 1)
    with pytest.raises(ValueError, match="negative"):
        add_open_seconds(cal, at("2026-11-01 00:00"), -1)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        open_seconds(always("UTC"), datetime(2026, 1, 1), at("2026-01-02 00:00"))  # noqa: DTZ001


def test_open_intervals_are_cut_to_the_question_and_joined_when_they_touch() -> None:
    cal = calendar("UTC", {0: hours((9, 12), (13, 24)), 1: hours((0, 6))})
    found = list(open_intervals(cal, at("2026-11-16 10:00"), at("2026-11-17 05:00")))
    assert found == [
        (at("2026-11-16 10:00"), at("2026-11-16 12:00")),
        (at("2026-11-16 13:00"), at("2026-11-17 05:00")),
    ]
    year = list(open_intervals(always("Europe/Sofia"), at("2026-01-01 00:00"), at("2027-01-01 00:00")))
    assert year == [(at("2026-01-01 00:00"), at("2027-01-01 00:00"))]


STORED = {
    "zone": "Europe/Moscow",
    "weekly": {"mon": ["09:00-13:00", "14:00-18:00"], "sun": ["22:00-24:00"]},
    "exceptions": {"2026-12-31": ["09:00-15:00:30"], "2027-01-01": []},
}


def test_the_stored_form_survives_a_round_trip() -> None:
    assert calendar_to_dict(calendar_from_dict(STORED)) == STORED


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"zone": "Europe/Atlantis"}, "not the name of a time zone"),
        ({"zone": None}, "needs the name"),
        ({"zone": "../etc/passwd"}, "not the name of a time zone"),
        ({"weekly": {"mon": []}, "exceptions": {}}, "at least one open interval"),
        ({"weekly": {"monday": ["09:00-10:00"]}}, "not a weekday"),
        ({"weekly": {"mon": ["22:00-02:00"]}}, "open before it closes"),
        ({"weekly": {"mon": ["09:00-12:00", "11:00-13:00"]}}, "not overlap"),
        ({"weekly": {"mon": ["13:00-14:00", "09:00-12:00"]}}, "in order"),
        ({"weekly": {"mon": ["09:00-09:00"]}}, "open before it closes"),
        ({"weekly": {"mon": ["9-10"]}}, "not an interval"),
        ({"weekly": {"mon": ["09:00-24:01"]}}, "not an interval"),
        ({"weekly": {"mon": ["09:00-09:60"]}}, "not an interval"),
        ({"weekly": {"mon": ["09:00-09:00:60"]}}, "not an interval"),
        ({"weekly": {"mon": [7]}}, "not an interval"),
        ({"weekly": {"mon": "09:00-10:00"}}, "must be a list"),
        ({"weekly": 5}, "must be a table"),
        ({"exceptions": {"31.12.2026": []}}, "not a date"),
        ({"exceptions": {"20261231": []}}, "not a date"),
    ],
)
def test_a_senseless_calendar_is_refused_in_one_sentence(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        calendar_from_dict(STORED | change)


def test_a_weekday_number_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match="weekday"):
        calendar("UTC", {7: hours((9, 10))})


# Minutes, not seconds, so that the oracle below can afford to look at every one of them.
@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    marks = draw(st.lists(st.integers(0, 96), unique=True, max_size=6).map(sorted))
    return tuple((a * 900, b * 900) for a, b in zip(marks[::2], marks[1::2], strict=False))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    weekly = draw(st.dictionaries(st.integers(0, 6), spans(), min_size=2))
    weekly[draw(st.integers(0, 6))] = hours((2, 4), (9, 17))
    days = draw(st.dictionaries(st.dates(date(2026, 3, 20), date(2026, 4, 10)), spans(), max_size=3))
    return calendar(
        draw(st.sampled_from(ZONES)), weekly, {day.isoformat(): found for day, found in days.items()}
    )


instants = st.integers(0, 9 * 24 * 60).map(lambda n: at("2026-03-28 00:00") + timedelta(minutes=n))


def is_open(cal: Calendar, moment: datetime) -> bool:
    """Answer from the definition alone: does the wall clock stand inside an interval of its day."""
    local = moment.astimezone(ZoneInfo(cal.zone))
    second = local.hour * HOUR + local.minute * 60 + local.second
    found = cal.exceptions.get(local.date().isoformat(), cal.weekly[local.weekday()])
    return any(begin <= second < end for begin, end in found)


@settings(max_examples=40, deadline=None)
@given(calendars(), instants, st.integers(0, 5 * 24 * 60))
def test_counting_agrees_with_looking_at_every_minute(cal: Calendar, start: datetime, length: int) -> None:
    minutes = [start + timedelta(minutes=n) for n in range(length)]
    expected = 60 * sum(is_open(cal, moment) for moment in minutes)
    end = start + timedelta(minutes=length)
    assert open_seconds(cal, start, end) == expected
    assert sum((b - a).total_seconds() for a, b in open_intervals(cal, start, end)) == expected


@settings(max_examples=40, deadline=None)
@given(calendars(), instants, st.integers(1, 1200))
def test_adding_agrees_with_looking_at_every_minute(cal: Calendar, start: datetime, term: int) -> None:
    moment, left = start, term
    while left:
        left -= is_open(cal, moment)
        moment += timedelta(minutes=1)
    assert add_open_seconds(cal, start, term * 60) == moment


@given(calendars(), st.lists(instants, min_size=3, max_size=3).map(sorted))
def test_counting_is_additive_and_never_negative(cal: Calendar, moments: list[datetime]) -> None:
    first, middle, last = moments
    whole = open_seconds(cal, first, last)
    assert whole == open_seconds(cal, first, middle) + open_seconds(cal, middle, last)
    assert 0 <= whole <= (last - first).total_seconds()
    assert open_seconds(cal, last, first) == 0


@given(calendars(), instants, st.integers(0, 200 * HOUR))
def test_adding_undoes_counting(cal: Calendar, start: datetime, term: int) -> None:
    due = add_open_seconds(cal, start, term)
    assert due >= start
    assert open_seconds(cal, start, due) == term
    assert term == 0 or open_seconds(cal, start, due - timedelta(seconds=1)) == term - 1


@given(calendars(), spans(), st.integers(0, 6), instants, st.integers(0, 90 * HOUR))
def test_a_wider_calendar_is_never_slower(
    cal: Calendar, extra: tuple[Span, ...], day: int, start: datetime, term: int
) -> None:
    wider = list(cal.weekly)
    wider[day] = union(wider[day] + extra)
    wide = calendar(cal.zone, dict(enumerate(wider)), cal.exceptions)
    assert add_open_seconds(wide, start, term) <= add_open_seconds(cal, start, term)


def union(found: tuple[Span, ...]) -> tuple[Span, ...]:
    result: list[Span] = []
    for begin, end in sorted(found):
        if result and begin <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((begin, end))
    return tuple(result)


def test_ten_years_add_up_from_their_months() -> None:
    cal = calendar("America/New_York", week((9, 13), (14, 18)), {"2020-07-03": ()})
    marks = [datetime(2016 + n // 12, n % 12 + 1, 1, 5, tzinfo=UTC) for n in range(121)]
    months = [open_seconds(cal, a, b) for a, b in pairwise(marks)]
    assert sum(months) == open_seconds(cal, marks[0], marks[-1])
    workdays = sum(
        (date(2016, 1, 1) + timedelta(days=n)).weekday() < 5
        for n in range((date(2026, 1, 1) - date(2016, 1, 1)).days)
    )
    assert sum(months) == (workdays - 1) * 8 * HOUR
