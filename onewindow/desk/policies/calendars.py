"""Working calendars as people keep them: hours, special dates, holidays; what is open when, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from onewindow.desk.validation.calendar_hours import holidays_of
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.metrics.policies.working_time import (
    Calendar,
    Span,
    Spans,
    calendar,
    open_intervals,
    open_seconds,
)
from onewindow.metrics.sla.as_text import closed_text
from onewindow.metrics.sla.lateness import duration_text
from onewindow.records.structs import frozen_struct
from onewindow.text.dates import weekday_date
from onewindow.text.opening_hours import (
    parse_special_days,
    parse_week,
    spans_text,
)
from onewindow.text.typed_dates import parse_date

_PAST_DAYS = 365


@frozen_struct
class CalendarChange:
    """What is to be different in a calendar, as typed; None and empty leave a part as it is."""

    zone: str | None = None
    hours: str | None = None
    since: str = ""
    """The date from which the hours hold; empty: they correct those that hold now."""
    close: Sequence[str] = ()
    open: Sequence[str] = ()
    usual: Sequence[str] = ()
    """Dates that are like their weekday again."""
    holidays: str | None = None
    """A country, or `none`."""


@frozen_struct
class OpenDay:
    """One date of a calendar: when it is open, and why it differs from its weekday."""

    day: date
    spans: Spans
    reason: str
    differs: bool
    open_s: int


def changed(cal: Calendar | None, change: CalendarChange, zone: str, today: date) -> Calendar:
    """A calendar with some parts changed, or a new one in a zone; raises FieldProblems, a sentence a part."""
    errors: dict[str, str] = {}
    weekly: Mapping[int, Iterable[Span]] = dict(enumerate(cal.weekly)) if cal else {}
    later = {since: dict(enumerate(week)) for since, week in cal.later} if cal else {}
    exceptions = dict(cal.exceptions) if cal else {}
    reasons = dict(cal.reasons) if cal else {}
    known = cal.holidays if cal else None
    try:
        if change.hours is not None:
            weekly, later = _with_hours(weekly, later, change, today)
    except ValueError as error:
        errors["hours"] = str(error)
    for name, lines in (("usual", change.usual), ("close", change.close), ("open", change.open)):
        try:
            for line in lines:
                days, spans, reason = parse_special_days(line, today)
                if name == "open" and not spans:
                    raise ValueError(f"say when it is open, for example {days[0]} 10:00-15:00.")
                for day in days:
                    exceptions.pop(day, None)
                    reasons.pop(day, None)
                    if name != "usual":
                        exceptions[day] = spans if name == "open" else ()
                    if name != "usual" and reason:
                        reasons[day] = reason
        except ValueError as error:
            errors[name] = str(error)
    try:
        if change.holidays is not None:
            known = holidays_of(change.holidays, today, known)
    except ValueError as error:
        errors["holidays"] = str(error)
    if not errors:
        try:
            return calendar(
                change.zone or (cal.zone if cal else zone),
                weekly,
                exceptions,
                later=later,
                holidays=known,
                reasons=reasons,
            )
        except ValueError as error:
            errors["zone" if "time zone" in str(error) else "hours"] = str(error)
    raise FieldProblems(errors)


def with_current_holidays(cal: Calendar, today: date) -> Calendar:
    """A calendar whose holidays are worked out again from today on; the past stays as it was counted."""
    if cal.holidays is None:
        return cal
    fresh = holidays_of(cal.holidays.country, today, cal.holidays)
    weekly, later = dict(enumerate(cal.weekly)), {since: dict(enumerate(week)) for since, week in cal.later}
    return calendar(cal.zone, weekly, cal.exceptions, later=later, holidays=fresh, reasons=cal.reasons)


def changes_the_past(before: Calendar, after: Calendar, today: date) -> bool:
    """Whether a change counts the year before today in another way."""
    days = (today - timedelta(days=back) for back in range(1, _PAST_DAYS))
    return before.zone != after.zone or any(before.spans(day) != after.spans(day) for day in days)


# what is open when


def open_days(cal: Calendar, first: date, count: int) -> list[OpenDay]:
    """Some dates of a calendar, one after the other."""
    days: list[OpenDay] = []
    for step in range(count):
        day = first + timedelta(days=step)
        spans = cal.spans(day)
        usual = cal.week(day.isoformat())[day.weekday()]
        days.append(OpenDay(day, spans, cal.reason(day), spans != usual, _open_seconds_of(cal, day)))
    return days


def day_text(shown: OpenDay, today: date) -> str:
    """One date in a line: `Mo 23.11  9:00-13:00 14:00-18:00`, with the reason where it differs."""
    reason = shown.reason or ("differs from its weekday" if shown.differs else "")
    line = f"{weekday_date(shown.day, today)}  {spans_text(shown.spans)}"
    return f"{line}  {reason}" if reason else line


def open_time_lines(cal: Calendar, start: datetime, end: datetime) -> list[str]:
    """How much open time lies between two instants, stretch by stretch, the sum last.

    Days are spelt here: an account of years past is checked against a calendar on the wall.
    """
    zone = ZoneInfo(cal.zone)
    lines = [f"From {_instant(start, zone, year=True)} to {_instant(end, zone, year=True)}, {cal.zone}"]
    last, total = start, 0
    for begin, finish in open_intervals(cal, start, end):
        if begin > last:
            lines.append(f"    closed: {closed_text(cal, last, begin, _spelt)}")
        seconds = round((finish - begin).total_seconds())
        total += seconds
        till = finish.astimezone(zone)
        stretch = f"{_instant(begin, zone)}–{till:%H:%M}"
        lines.append(f"    {stretch} + {duration_text(seconds)} = {duration_text(total)}")
        last = finish
    if last < end:
        lines.append(f"    closed: {closed_text(cal, last, end, _spelt)}")
    if unknown := years_without_holidays(cal, start, end):
        lines.append(f"    public holidays are not known for {unknown}, which counts as if there were none")
    lines.append(f"Open time: {duration_text(total)} ({total} s)")
    return lines


def years_without_holidays(cal: Calendar, start: datetime, end: datetime) -> str:
    """The years between two instants for which a calendar's public holidays are not known: `2029–2031`.

    '' where all are known, and where the calendar has no public holidays.
    """
    if cal.holidays is None:
        return ""
    zone = ZoneInfo(cal.zone)
    # The first instant that is not open any more belongs to no day that is counted.
    first, last = start.astimezone(zone).year, (end - timedelta(seconds=1)).astimezone(zone).year
    before = (first, min(last, cal.holidays.first_year - 1))
    after = (max(first, cal.holidays.last_year + 1), last)
    spans = [f"{one}" if one == other else f"{one}–{other}" for one, other in (before, after) if one <= other]
    return " and ".join(spans)


def _open_seconds_of(cal: Calendar, day: date) -> int:
    zone = ZoneInfo(cal.zone)
    begin = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
    # Midnight to midnight there, and not 24 hours: clocks are put forward and back.
    following = day + timedelta(days=1)
    end = datetime(following.year, following.month, following.day, tzinfo=zone).astimezone(UTC)
    return open_seconds(cal, begin, end)


def _spelt(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _instant(at: datetime, zone: ZoneInfo, *, year: bool = False) -> str:
    local = at.astimezone(zone)
    return f"{_spelt(local.date())}{f' {local.year}' if year else ''} {local:%H:%M}"


def _with_hours(
    weekly: Mapping[int, Iterable[Span]],
    later: dict[str, dict[int, Spans]],
    change: CalendarChange,
    today: date,
) -> tuple[Mapping[int, Iterable[Span]], dict[str, dict[int, Spans]]]:
    """Put typed hours in the place of those that hold now, or let them hold from a date on."""
    week = parse_week(change.hours or "")
    if change.since:
        return weekly, {**later, parse_date(change.since, today, "ahead").isoformat(): week}
    holding = max((since for since in later if since <= today.isoformat()), default="")
    return (weekly, {**later, holding: week}) if holding else (week, later)
