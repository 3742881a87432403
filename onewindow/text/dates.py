"""Dates and times: the stored UTC text, short forms for cells, and ages in one unit."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_WEEK, _YEAR = 7 * _DAY, 365 * _DAY
_DAYS_A_WEEK = 7
_FULL_DAY = (
    r"(?<![\w.-])(?:(?P<y1>\d{4})-(?P<m1>\d\d)-(?P<d1>\d\d)"
    r"|(?P<d2>\d\d)\.(?P<m2>\d\d)\.(?P<y2>\d{4}))(?![\w-])"
)
"""2026-11-27 or 27.11.2026."""
_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_FIRST_MONDAY = date(1970, 1, 5)
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""What people look after lies between; nearer to the ends of the calendar one cannot count days on."""


def utc_text(moment: datetime) -> str:
    """Return an aware datetime as stored: `YYYY-MM-DDTHH:MM:SSZ`; ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored: give it one, such as UTC")
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def parse_utc(text: str) -> datetime:
    """Return the aware datetime of a stored text; ValueError for any other form."""
    try:
        moment = datetime.fromisoformat(text)
        if utc_text(moment) == text:
            return moment
    except ValueError:
        pass
    raise ValueError("a stored time looks like 2026-11-25T14:30:00Z")


def within_reach(day: date) -> date:
    """The same day; ValueError, one sentence, outside of the years that the program counts in."""
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    raise ValueError(f"{day:%d.%m}.{day.year:04} is out of reach: years go from {FIRST_YEAR} to {LAST_YEAR}.")


def week_number(day: date) -> int:
    """The number of a day's week: whole weeks since Monday 1970-01-05."""
    return (day - _FIRST_MONDAY).days // 7


def week_monday(number: int) -> date:
    """The Monday that a numbered week begins with; raises OverflowError where there is no such date."""
    return _FIRST_MONDAY + timedelta(weeks=number)


def week_sunday(number: int) -> date:
    """The Sunday that a numbered week ends with; raises OverflowError where there is no such date."""
    return week_monday(number) + timedelta(days=6)


def to_local(text: str, zone: str) -> datetime:
    """Return a stored time in an IANA zone such as `Europe/Sofia`; ValueError for an unknown zone."""
    from zoneinfo import ZoneInfo  # commands that show no time start without it

    moment = parse_utc(text)
    try:
        return moment.astimezone(ZoneInfo(zone))
    except (KeyError, OSError, ValueError):
        raise ValueError("this time zone is not known: write it as Europe/Moscow") from None


def midnight(day: date, zone: str) -> str:
    """The moment at which a day begins in an IANA zone, as UTC text: days of a change of clocks differ."""
    from zoneinfo import ZoneInfo  # as above

    return utc_text(datetime.combine(day, time(), ZoneInfo(zone)))


def is_within(begin: date, day: str, days: int) -> bool:
    """Whether a day (YYYY-MM-DD) is behind another one, and no more than so many days behind it."""
    return begin.isoformat() < day <= (begin + timedelta(days=days)).isoformat()


def _largest_unit(span: timedelta) -> str:
    """Return the whole units of a span, rounded down: `3 h`; empty below a minute."""
    seconds = int(abs(span).total_seconds())
    if seconds < _MINUTE:
        return ""
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} m"
    if seconds < _DAY:
        return f"{seconds // _HOUR} h"
    if seconds < 100 * _DAY:
        return f"{seconds // _DAY} d"
    if seconds < 2 * _YEAR:
        return f"{seconds // _WEEK} w" if seconds < 100 * _WEEK else "1 y"
    return f"{seconds // _YEAR} y"


def moment_near(at: datetime, now: datetime) -> str:
    """Return a moment as people name it: `Fr 13:00` within a week, else `20.11 13:00` or `20.11.25 13:00`.

    Both must be in the zone of the reader.
    """
    days = (at.date() - now.date()).days
    if abs(days) < _DAYS_A_WEEK:
        return f"{_WEEKDAYS[at.weekday()]} {at:%H:%M}"
    return f"{format_date(at.date().isoformat(), now.date())} {at:%H:%M}"


def ago(then: datetime, now: datetime) -> str:
    """Return how long ago something was, in its largest unit: `5 m ago`; `now` within a minute or ahead."""
    amount = _largest_unit(now - then)
    return f"{amount} ago" if amount and then < now else "now"


def relative(then: datetime, now: datetime) -> str:
    """Return where a moment lies from now: `in 3 d`, `5 m ago`, `now`."""
    amount = _largest_unit(then - now)
    return f"in {amount}" if amount and then > now else ago(then, now)


def format_date(date_text: str, today: date) -> str:
    """Return a stored date in short: `25.11` in this year, otherwise `25.11.25` or `25.11.1998`.

    ValueError when the text is not `YYYY-MM-DD`.
    """
    day = date.fromisoformat(date_text)
    if day.year == today.year:
        return f"{day:%d.%m}"
    if 2000 <= day.year < 2100:
        return f"{day:%d.%m.%y}"
    return f"{day:%d.%m.}{day.year:04}"


def short_moment(at: datetime, today: date) -> str:
    """Return a moment in short: `25.11 13:00`, `25.11.25 13:00` in another year."""
    return f"{format_date(at.date().isoformat(), today)} {at:%H:%M}"


def weekday_date(day: date, today: date) -> str:
    """Return a date in short with its weekday: `Fr 27.11`, `Fr 28.11.25` in another year."""
    return f"{_WEEKDAYS[day.weekday()]} {format_date(day.isoformat(), today)}"


def shorten_days(sentence: str, today: date) -> str:
    """Return a sentence of ours with every full date of it in short.

    A sentence that is stored cannot know in which year it is read.
    """
    return re.sub(_FULL_DAY, lambda found: _shortened(found, today), sentence)


def _shortened(match: re.Match[str], today: date) -> str:
    year, month, day = match.group("y1", "m1", "d1") if match["y1"] else match.group("y2", "m2", "d2")
    stored = f"{year}-{month}-{day}"
    shown = short_day(stored, today)
    return match[0] if shown == stored else shown


def day_in_full(stored: str) -> str:
    """A stored date, or the date of a stored time, with its year: 30.11.2026."""
    return f"{stored[8:10]}.{stored[5:7]}.{stored[:4]}"


def short_day(stored: str, today: date) -> str:
    """The same of what a file holds: a text that is no date comes back as it is."""
    try:
        return format_date(stored, today)
    except ValueError:
        return stored
