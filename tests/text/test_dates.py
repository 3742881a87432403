"""Stored times, short forms, ages, and the dates people type."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.records.fields import Lean
from onewindow.text.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    ago,
    format_date,
    moment_near,
    parse_utc,
    relative,
    short_day,
    to_local,
    utc_text,
)
from onewindow.text.typed_dates import NoSuchDay, parse_date, parse_when

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 30, 15, tzinfo=ZoneInfo("Europe/Moscow"))


def test_stored_times_are_utc_text_of_fixed_width() -> None:
    assert utc_text(NOW) == "2026-11-23T07:30:15Z"
    assert to_local("2026-11-23T07:30:15Z", "Europe/Moscow") == NOW
    assert to_local("2026-07-01T00:00:00Z", "Europe/Sofia").hour == 3


@given(st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1)), st.integers(-12, 12))  # noqa: DTZ001
def test_stored_times_read_back(moment: datetime, hours: int) -> None:
    aware = moment.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours)))
    assert len(utc_text(aware)) == 20
    assert parse_utc(utc_text(aware)) == aware


@pytest.mark.parametrize(
    "text", ["", "2026-11-23", "2026-11-23T07:30:15+00:00", "2026-W01-1T00:00:00Z", "2026-11-23 07:30:15Z"]
)
def test_other_forms_are_not_stored_times(text: str) -> None:
    with pytest.raises(ValueError, match="looks like"):
        parse_utc(text)


def test_zones_must_be_known_and_given() -> None:
    with pytest.raises(ValueError, match="zone"):
        to_local("2026-11-23T07:30:15Z", "Mars/Olympus")
    with pytest.raises(ValueError, match="zone"):
        to_local("2026-11-23T07:30:15Z", "../etc")
    with pytest.raises(ValueError, match="zone"):
        utc_text(NOW.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("ahead", "age"),
    [
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=45), "in 45 m"),
        (timedelta(hours=3, minutes=59), "in 3 h"),
        (timedelta(days=-12), "12 d ago"),
        (timedelta(days=-99), "99 d ago"),
        (timedelta(days=-140), "20 w ago"),
        (timedelta(days=-725), "1 y ago"),
        (timedelta(days=-800), "2 y ago"),
    ],
)
def test_ages_show_the_largest_unit(ahead: timedelta, age: str) -> None:
    assert relative(NOW + ahead, NOW) == age


@pytest.mark.parametrize(
    ("ahead", "text"),
    [
        (timedelta(0), "Mo 10:30"),
        (timedelta(days=6, hours=13), "Su 23:30"),
        (timedelta(days=6, hours=14), "30.11 00:30"),
        (timedelta(days=-6), "Tu 10:30"),
        (timedelta(days=-7), "16.11 10:30"),
        (timedelta(days=60), "22.01.27 10:30"),
    ],
)
def test_a_moment_within_a_week_is_named_by_its_weekday(ahead: timedelta, text: str) -> None:
    assert moment_near(NOW + ahead, NOW) == text


@given(st.timedeltas(min_value=timedelta(days=-3600), max_value=timedelta(days=3600)))
def test_ages_fit_into_nine_cells(ahead: timedelta) -> None:
    assert max(len(form(NOW + ahead, NOW)) for form in (ago, relative)) <= 9


def test_what_is_ahead_has_no_age() -> None:
    assert ago(NOW + timedelta(days=2), NOW) == "now"


def test_dates_in_cells_are_short() -> None:
    assert format_date("2026-11-25", MONDAY) == "25.11"
    assert format_date("2025-11-25", MONDAY) == "25.11.25"
    assert format_date("1998-01-05", MONDAY) == "05.01.1998"


@given(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
def test_short_dates_read_back(day: date) -> None:
    assert parse_date(format_date(day.isoformat(), MONDAY), MONDAY) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        ("25.11.2026", date(2026, 11, 25)),
        (" 25.11 ", date(2026, 11, 25)),
        ("25/11/2026", date(2026, 11, 25)),
        ("today", MONDAY),
        ("Завтра", date(2026, 11, 24)),
        ("вчера", date(2026, 11, 22)),
        ("днес", MONDAY),
        ("утре", date(2026, 11, 24)),
        ("fri", date(2026, 11, 27)),
        ("next friday", date(2026, 11, 27)),
        ("пт", date(2026, 11, 27)),
        ("в пятницу", date(2026, 11, 27)),
        ("петък", date(2026, 11, 27)),
        ("mon", date(2026, 11, 30)),
        ("неделя", date(2026, 11, 29)),
        ("+3d", date(2026, 11, 26)),
        ("-1d", date(2026, 11, 22)),
        ("+2w", date(2026, 12, 7)),
        ("+3mo", date(2027, 2, 23)),
        ("in 3 days", date(2026, 11, 26)),
        ("через 3 дня", date(2026, 11, 26)),
        ("через неделю", date(2026, 11, 30)),
        ("след 2 седмици", date(2026, 12, 7)),
        ("3 days ago", date(2026, 11, 20)),
        ("преди 3 дни", date(2026, 11, 20)),
        ("a week ago", date(2026, 11, 16)),
        ("неделю назад", date(2026, 11, 16)),
        ("2026/03/01", date(2026, 3, 1)),
        ("25 декабря", date(2026, 12, 25)),
        ("1 марта 2027 г.", date(2027, 3, 1)),
        ("Dec 25", date(2026, 12, 25)),
        ("3rd of March, 2027", date(2027, 3, 3)),
        ("24 май", date(2026, 5, 24)),
        ("след. вторник", date(2026, 11, 24)),
        ("следващия петък", date(2026, 11, 27)),
        ("в следующую среду", date(2026, 11, 25)),
        ("эту пятницу", date(2026, 11, 27)),
    ],
)
def test_days_as_people_type_them(typed: str, day: date) -> None:
    assert parse_date(typed, MONDAY) == day


def test_a_month_later_stays_inside_the_month() -> None:
    assert parse_date("+1mo", date(2026, 1, 31)) == date(2026, 2, 28)
    assert parse_date("-1y", date(2028, 2, 29)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-03-01 14:00", "2026-03-01T14:00"),
        ("2026-03-01T14:00", "2026-03-01T14:00"),
        ("завтра 15:00", "2026-11-24T15:00"),
        ("завтра в 15:00", "2026-11-24T15:00"),
        ("3pm", "2026-11-23T15:00"),
        ("3pm tomorrow", "2026-11-24T15:00"),
        ("12am", "2026-11-23T00:00"),
        ("fri 9:00", "2026-11-27T09:00"),
        ("25.11, 15:00", "2026-11-25T15:00"),
        ("tomorrow", "2026-11-24T09:00"),
        ("+2h", "2026-11-23T12:30"),
        ("in 30 min", "2026-11-23T11:00"),
        ("через час", "2026-11-23T11:30"),
        ("now", "2026-11-23T10:30"),
        ("в 14:30", "2026-11-23T14:30"),
        ("утре в 10", "2026-11-24T10:00"),
        ("в пятницу в 15", "2026-11-27T15:00"),
        ("tomorrow at 9", "2026-11-24T09:00"),
        ("noon", "2026-11-23T12:00"),
        ("завтра в полдень", "2026-11-24T12:00"),
        ("25 декабря 10:30", "2026-12-25T10:30"),
        ("2 часа назад", "2026-11-23T08:30"),
    ],
)
def test_moments_as_people_type_them(typed: str, moment: str) -> None:
    parsed = parse_when(typed, NOW)
    assert parsed.replace(tzinfo=None).isoformat(timespec="minutes") == moment
    assert parsed.tzinfo == NOW.tzinfo


def test_hours_are_counted_across_a_change_of_clocks() -> None:
    eve = datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("Europe/Sofia"))
    assert parse_when("+3h", eve).astimezone(UTC) - eve.astimezone(UTC) == timedelta(hours=3)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "foo",
        "31.02",
        "11/25/2026",
        "32",
        "+9999y",
        "25:00",
        "13pm",
        "14:60",
        "٣ days",
        "30 feb",
        "at 99",
        "5 abc",
    ],
)
def test_what_is_no_date_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match=r"write 30\.11"):
        parse_date(typed, MONDAY)
    with pytest.raises(ValueError, match=r"write 30\.11"):
        parse_when(typed, NOW)


def test_a_slip_in_a_word_is_named() -> None:
    for typed, meant in (("tomorow", "tomorrow"), ("понедельнк", "понедельник"), ("25 декобря", "декабря")):
        with pytest.raises(ValueError, match=rf"did you mean {meant}\?$"):
            parse_date(typed, MONDAY)


@given(st.text(max_size=20))
def test_any_text_gives_a_date_or_a_sentence(text: str) -> None:
    complaint = ""
    try:
        assert parse_when(text, NOW).tzinfo == NOW.tzinfo
    except ValueError as refusal:
        complaint = str(refusal)
    assert not complaint or "write 30.11" in complaint


@pytest.mark.parametrize(
    ("typed", "lean", "day"),
    [
        # One day below, on and above today, Monday 23.11.2026.
        ("22.11", "ahead", date(2027, 11, 22)),
        ("23.11", "ahead", MONDAY),
        ("24.11", "ahead", date(2026, 11, 24)),
        ("22.11", "behind", date(2026, 11, 22)),
        ("23.11", "behind", MONDAY),
        ("24.11", "behind", date(2025, 11, 24)),
        ("24.11", "", date(2026, 11, 24)),
        ("22.11", "", date(2026, 11, 22)),
        ("15.01", "ahead", date(2027, 1, 15)),
        ("15 января", "ahead", date(2027, 1, 15)),
        ("jan 15", "ahead", date(2027, 1, 15)),
        ("31.12", "behind", date(2025, 12, 31)),
        ("15.01.2026", "ahead", date(2026, 1, 15)),
        ("24.11.2026", "behind", date(2026, 11, 24)),
        ("12.03.58", "behind", date(1958, 3, 12)),
        ("12.03.26", "behind", date(2026, 3, 12)),
        ("12.03.58", "ahead", date(2058, 3, 12)),
        ("пт", "ahead", date(2026, 11, 27)),
        ("пт", "behind", date(2026, 11, 20)),
        ("mon", "behind", date(2026, 11, 16)),
        ("next fri", "behind", date(2026, 11, 27)),
    ],
)
def test_a_day_without_a_year_lies_where_its_field_does(typed: str, lean: Lean, day: date) -> None:
    assert parse_date(typed, MONDAY, lean) == day
    assert parse_when(typed, NOW, time(9), lean).date() == day


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31.06", "There is no day 31.06: June has 30 days"),
        ("32.12", "There is no day 32.12: December has 31 days"),
        ("12.13", "There is no day 12.13: a year has 12 months"),
        ("29.02.2027", "There is no day 29.02: February 2027 has 28 days"),
        ("29.02", "There is no day 29.02: February 2026 has 28 days"),
        ("31 июня", "June has 30 days"),
        ("00.05", "There is no day 00.05: May has 31 days"),
    ],
)
def test_a_day_that_the_calendar_does_not_have_is_named(typed: str, why: str) -> None:
    with pytest.raises(NoSuchDay, match=re.escape(why)):
        parse_date(typed, MONDAY)
    with pytest.raises(NoSuchDay, match=re.escape(why)):
        parse_when(f"{typed} 10:00", NOW)


def test_an_hour_that_summer_time_skips_is_refused_and_the_next_one_offered() -> None:
    now = datetime(2027, 3, 20, 9, tzinfo=ZoneInfo("Europe/Sofia"))
    with pytest.raises(NoSuchDay, match=r"There is no 03:30 on 28\.03\.2027, .* write 04:30"):
        parse_when("28.03.2027 03:30", now)
    assert parse_when("28.03.2027 04:00", now).hour == 4
    assert parse_when("28.03.2027 02:59", now).hour == 2
    assert parse_when("31.10.2027 03:30", now).hour == 3  # twice that night: the first is meant


@given(
    st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1)),
    st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1)),
)
def test_a_day_without_a_year_is_never_on_the_wrong_side(today: date, other: date) -> None:
    typed = f"{other:%d.%m}"
    leans: tuple[Lean, ...] = ("ahead", "behind")
    for lean in leans:
        try:
            day = parse_date(typed, today, lean)
        except NoSuchDay:
            assert typed == "29.02"
            continue
        assert (day >= today) if lean == "ahead" else (day <= today)
        assert abs((day - today).days) <= 366
        assert f"{day:%d.%m}" == typed


@pytest.mark.parametrize(("typed", "days"), [("22.11", 1), ("26.07", 120)])
def test_what_is_soon_takes_no_day_that_has_just_passed(typed: str, days: int) -> None:
    assert (MONDAY - parse_date(typed, MONDAY)).days == days
    with pytest.raises(NoSuchDay, match=rf"{typed} is over; write {typed}\.2027 if next year is meant"):
        parse_date(typed, MONDAY, "soon")
    assert parse_date(f"{typed}.2027", MONDAY, "soon").year == 2027


def test_what_is_soon_may_be_next_year() -> None:
    assert parse_date("25.07", MONDAY, "soon") == date(2027, 7, 25)
    assert parse_date("15.01", MONDAY, "soon") == date(2027, 1, 15)
    assert parse_date("23.11", MONDAY, "soon") == MONDAY


def test_a_day_of_a_damaged_file_is_shown_as_it_is() -> None:
    assert short_day("2026-11-28", MONDAY) == "28.11"
    assert short_day("2025-11-28", MONDAY) == "28.11.25"
    assert short_day("когда-нибудь", MONDAY) == "когда-нибудь"
