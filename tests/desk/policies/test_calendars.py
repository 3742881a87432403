"""Calendars as people keep them: text there and back, parts changed, holidays, what is open when and why."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from onewindow.desk.editing import changing
from onewindow.desk.editing.parsing import typed_text
from onewindow.desk.policies import calendars
from onewindow.desk.policies.calendars import CalendarChange, changed
from onewindow.desk.session.context import Session
from onewindow.desk.validation.calendar_hours import (
    calendar_text,
    hours_json,
    parse_calendar,
    stored_calendar,
)
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.metrics.policies.working_time import Calendar, Holidays, open_seconds
from onewindow.records.fields import attribute_of
from onewindow.records.organization import WorkingCalendar

TODAY = date(2026, 11, 25)
HOUR = 3600
TEXT = """\
Europe/Sofia
mon-fri 9:00-17:30
from 2027-01-01: mon-thu 9:00-18:00
holidays BG
2026-12-23 9:00-15:00 кратък ден
2026-12-30 closed"""


def made(**parts: object) -> Calendar:
    change = CalendarChange(**({"hours": "mon-fri 9-13 14-18"} | parts))  # pyright: ignore[reportArgumentType]
    return changed(None, change, "Europe/Moscow", TODAY)


def test_a_whole_calendar_is_text_there_and_back() -> None:
    cal = parse_calendar(TEXT, "Europe/Moscow", TODAY)
    assert calendar_text(cal) == TEXT
    assert stored_calendar(hours_json(cal)) == cal
    assert cal.reason(date(2026, 12, 25)) == "Рождество Христово"
    assert cal.reason(date(2026, 12, 23)) == "кратък ден"


def test_the_field_of_a_calendar_is_edited_as_text(session: Session) -> None:
    record = changing.add(session, "calendar", {"name": "София", "hours": TEXT})
    assert isinstance(record, WorkingCalendar)
    assert typed_text(session, record, attribute_of(WorkingCalendar, "hours")) == TEXT
    edited = changing.edit(session, record, {"hours": "пн-пт 10–18"})
    assert calendar_text(stored_calendar(edited.hours)) == "Europe/Moscow\nmon-fri 10:00-18:00"


@pytest.mark.parametrize("hours", ["closed", "", "{}", '{"zone": "UTC", "weekly": {}}', "Europe/Sofia"])
def test_a_calendar_that_is_never_open_is_refused_in_one_sentence(session: Session, hours: str) -> None:
    with pytest.raises((FieldProblems, ValueError), match=r"open interval|needed|zone"):
        changing.add(session, "calendar", {"name": "never", "hours": hours})


def test_dates_are_closed_shortened_opened_and_usual_again() -> None:
    before = made(close=["8.01.2027..10.01.2027 инвентаризация"], open=["2026-11-28 10-15"])
    assert before.spans(date(2027, 1, 8)) == ()
    assert before.reason(date(2027, 1, 10)) == "инвентаризация"
    assert before.spans(date(2026, 11, 28)) == ((10 * HOUR, 15 * HOUR),)
    after = changed(before, CalendarChange(usual=["2027-01-08"], open=["27.11 9-12"]), "UTC", TODAY)
    assert after.spans(date(2027, 1, 8)) == ((9 * HOUR, 13 * HOUR), (14 * HOUR, 18 * HOUR))
    assert after.spans(date(2026, 11, 27)) == ((9 * HOUR, 12 * HOUR),)
    assert "2027-01-08" not in after.reasons
    assert after.zone == "Europe/Moscow"


def test_an_exception_beats_a_holiday_and_a_worked_saturday_has_the_hours_of_friday() -> None:
    cal = made(holidays="RU", open=["2027-01-05 10-12 дежурство"])
    assert cal.spans(date(2027, 1, 4)) == ()
    assert cal.spans(date(2027, 1, 5)) == ((10 * HOUR, 12 * HOUR),)
    assert cal.spans(date(2027, 2, 20)) == cal.spans(date(2027, 2, 19))
    assert cal.reason(date(2027, 2, 20)) == "worked instead of another day"
    assert changed(cal, CalendarChange(holidays="none"), "UTC", TODAY).holidays is None


def test_hours_from_a_date_on_leave_the_past_alone() -> None:
    before = made()
    later = changed(before, CalendarChange(hours="mon-fri 9-17", since="2027-01-01"), "UTC", TODAY)
    assert not calendars.changes_the_past(before, later, TODAY)
    assert later.spans(date(2026, 12, 31)) == before.spans(date(2026, 12, 31))
    assert later.spans(date(2027, 1, 4)) == ((9 * HOUR, 17 * HOUR),)
    week = datetime(2026, 12, 31, tzinfo=UTC), datetime(2027, 1, 5, tzinfo=UTC)
    assert open_seconds(later, *week) == (8 + 8 + 8) * HOUR
    corrected = changed(later, CalendarChange(hours="mon-fri 8-17"), "UTC", TODAY)
    assert calendars.changes_the_past(later, corrected, TODAY)
    assert corrected.later == later.later


def test_every_wrong_part_is_named_at_once() -> None:
    wrong = CalendarChange(hours="mon", close=["x"], open=["2026-11-28"], holidays="Атлантида")
    with pytest.raises(FieldProblems) as caught:
        changed(None, wrong, "UTC", TODAY)
    assert caught.value.errors.keys() == {"hours", "close", "open", "holidays"}
    with pytest.raises(FieldProblems) as caught:
        made(zone="Europe/Atlantis")
    assert caught.value.errors.keys() == {"zone"}


def test_new_holidays_never_rewrite_the_past() -> None:
    known = Holidays("RU", 2020, 2026, {"2020-05-05": "старый", "2026-11-24": "был", "2027-03-03": "нет"})
    fresh = calendars.with_current_holidays(_with(known), TODAY).holidays
    assert fresh is not None
    assert (fresh.first_year, fresh.last_year) == (2020, 2028)
    assert (fresh.closed["2020-05-05"], fresh.closed["2026-11-24"]) == ("старый", "был")
    assert "2027-03-03" not in fresh.closed
    assert fresh.closed["2027-01-07"] == "Рождество Христово"


def _with(known: Holidays) -> Calendar:
    cal = made()
    return Calendar(cal.zone, cal.weekly, cal.exceptions, holidays=known)


def test_holidays_that_end_too_soon_are_worked_out_again_when_one_saves(session: Session) -> None:
    old = hours_json(_with(Holidays("RU", 2020, 2026, {})))
    stored = changing.insert(session, WorkingCalendar(name="старый", hours=old))
    holidays = stored_calendar(stored.hours).holidays
    assert holidays is not None
    assert holidays.last_year == 2028


def test_open_days_say_what_is_open_and_why_it_differs() -> None:
    cal = made(holidays="RU", close=["2027-01-11 переезд"])
    days = calendars.open_days(cal, date(2027, 1, 7), 6)
    assert [calendars.day_text(each, TODAY) for each in days] == [
        "Th 07.01.27  closed  Рождество Христово",
        "Fr 08.01.27  closed  Новогодние каникулы",
        "Sa 09.01.27  closed",
        "Su 10.01.27  closed",
        "Mo 11.01.27  closed  переезд",
        "Tu 12.01.27  9:00-13:00 14:00-18:00",
    ]
    assert [each.open_s for each in days] == [0] * 5 + [8 * HOUR]


def test_open_time_is_explained_to_the_last_second() -> None:
    cal = made(close=["2026-11-27 переезд"])
    start = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
    lines = calendars.open_time_lines(cal, start, datetime(2026, 11, 30, 7, 0, tzinfo=UTC))
    assert lines == [
        "From Thu 26 Nov 2026 12:30 to Mon 30 Nov 2026 10:00, Europe/Moscow",
        "    Thu 26 Nov 12:30–13:00 + 30 m = 30 m",
        "    closed: break",
        "    Thu 26 Nov 14:00–18:00 + 4 h = 4 h 30 m",
        "    closed: night, переезд Fri 27 Nov, day off Sat 28 Nov, day off Sun 29 Nov",
        "    Mon 30 Nov 9:00–10:00 + 1 h = 5 h 30 m".replace(" 9:00", " 09:00"),
        "Open time: 5 h 30 m (19800 s)",
    ]
    closed = calendars.open_time_lines(
        cal, datetime(2026, 11, 28, 9, tzinfo=UTC), datetime(2026, 11, 28, 10, tzinfo=UTC)
    )
    assert closed[1:] == ["    closed: day off Sat 28 Nov", "Open time: 0 s (0 s)"]
