"""Reading the dates and times people type: 25.11, fri, завтра 15:00, +3d, след 2 дни."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

from onewindow.text.clean import clean
from onewindow.text.date_words import MONTHS, NEAR_DAYS, NOON, NOW, UNITS, WEEKDAYS, Unit

MORNING = time(9, 0)

_ISO = re.compile(r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})")
_DAY_MONTH = re.compile(
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|-?го|-?ти|-?ви)? (?:of )?(?P<month>[^\W\d_]{3,9})\.?"
    r"(?:,? (?P<year>[0-9]{4})(?: ?(?:г|года|година)\.?)?)?"
)
_MONTH_DAY = re.compile(
    r"(?P<month>[^\W\d_]{3,9})\.? (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?(?:,? (?P<year>[0-9]{4}))?"
)
_DAY_FIRST = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<mark>[./])(?P<month>[0-9]{1,2})(?:(?P=mark)(?P<year>[0-9]{4}|[0-9]{2})?)?"
)
_OFFSET = re.compile(
    r"(?P<lead>[+-]|in |через |след |преди )\s*(?P<count>[0-9]{1,4}|an?\b)?\s*(?P<unit>[^\W\d_]+)"
)
_BACK = re.compile(r"(?:(?P<count>[0-9]{1,4}|an?)\s*)?\b(?P<unit>[^\W\d_]+) (?:ago|назад)")
_TIME = r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2})(?::[0-9]{2})?)?(?: ?(?P<half>am|pm))?"
_TIME_LAST = re.compile(rf"(?:^|[ t])(?P<at>(?:at|в|във|к) )?{_TIME}$")
_TIME_FIRST = re.compile(rf"^(?P<at>(?:at|в|във|к) )?{_TIME} ")
_NOON = re.compile(rf"\b{NOON}\b")
_ON = re.compile(
    r"^(?:(?:on|в|во|във) )?"
    r"(?:(?:next|this|след\.?|следующ(?:ий|ую|ая|ее)|следващ(?:ия|ият|ата|а)|эт(?:от|у|а|о)|този|тази) )?"
)


def _unreadable(text: str, what: str, example: str) -> ValueError:
    import difflib

    words = [*NEAR_DAYS, *WEEKDAYS, *MONTHS]
    near = [near for word in _words(text).split() for near in difflib.get_close_matches(word, words, 1, 0.8)]
    meant = f"; did you mean {near[0]}?" if near and near[0] not in _words(text).split() else ""
    return ValueError(f"“{clean(text)[:40]}” is not a {what}: write {example}{meant}")


def _words(text: str) -> str:
    return " ".join(text.casefold().split())


def _written_day(text: str, today: date) -> date | None:
    """Return the date written in figures or with its month's name; ValueError when there is no such day."""
    found = _ISO.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    month = int(found["month"]) if found else 0
    if not found:
        found = _DAY_MONTH.fullmatch(text) or _MONTH_DAY.fullmatch(text)
        month = MONTHS.get(found["month"], 0) if found else 0
    if not found or not month:
        return None
    year = found["year"] or f"{today.year}"
    return date(int(year) + (2000 if len(year) == 2 else 0), month, int(found["day"]))


def _offset(text: str) -> tuple[int, Unit] | None:
    """Return the signed count and the unit of `+3d`, `через неделю`, `2 days ago`."""
    found = _OFFSET.fullmatch(text) or _BACK.fullmatch(text)
    if not found or found["unit"] not in UNITS:
        return None
    lead = found.groupdict().get("lead", "-")
    written = found["count"] or ""
    count = int(written) if written.isdecimal() else 1
    return (-count if lead in {"-", "преди "} else count), UNITS[found["unit"]]


def _moved(day: date, count: int, unit: Unit) -> date:
    """Return the day moved by whole units; a month's end stays a month's end when the day does not exist."""
    if unit == "day":
        return day + timedelta(days=count)
    if unit == "week":
        return day + timedelta(weeks=count)
    months = day.year * 12 + day.month - 1 + (count if unit == "month" else count * 12)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _day(text: str, today: date) -> date | None:
    if text in NEAR_DAYS:
        return today + timedelta(days=NEAR_DAYS[text])
    weekday = WEEKDAYS.get(_ON.sub("", text).rstrip("."))
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    offset = _offset(text)
    if offset and offset[1] not in {"minute", "hour"}:
        return _moved(today, *offset)
    return _written_day(text, today)


def _clock(hour: str, minute: str | None, half: str | None) -> time:
    """Return the time of day; ValueError when there is none such."""
    number = int(hour)
    if half:
        if not 1 <= number <= 12:
            raise ValueError
        number = number % 12 + (12 if half == "pm" else 0)
    return time(number, int(minute or 0))


def parse_date(text: str, today: date) -> date:
    """Return the day meant by what was typed, seen from `today`.

    A day without a year is in this year, a weekday is the next such day after today. ValueError carries one
    sentence with examples.
    """
    try:
        day = _day(_words(text), today)
    except (ValueError, OverflowError):
        day = None
    if day is None:
        raise _unreadable(text, "date", "25.11.2026, tomorrow, fri or +3d")
    return day


def _moment(text: str, now: datetime, at: time) -> datetime | None:
    if text in NOW:
        return now.replace(second=0, microsecond=0)
    offset = _offset(text)
    if offset and offset[1] in {"minute", "hour"}:
        step = timedelta(minutes=offset[0]) if offset[1] == "minute" else timedelta(hours=offset[0])
        # Across a change of the clocks three hours are three hours only when counted in UTC.
        return (now.astimezone(UTC) + step).astimezone(now.tzinfo).replace(second=0, microsecond=0)
    text = _NOON.sub("12:00", text)
    found = _TIME_LAST.search(text) or _TIME_FIRST.search(text)
    if found and (found["minute"] or found["half"] or found["at"]):
        at = _clock(found["hour"], found["minute"], found["half"])
        text = (text[: found.start()] + text[found.end() :]).rstrip(" ,") or "today"
    day = _day(text, now.date())
    return None if day is None else datetime.combine(day, at, now.tzinfo)


def parse_when(text: str, now: datetime, at: time = MORNING) -> datetime:
    """Return the moment meant by what was typed, in the zone of the aware local `now`.

    A time without a day is today's, a day without a time gets `at`. ValueError carries one sentence with
    examples.
    """
    try:
        moment = _moment(_words(text), now, at)
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        raise _unreadable(text, "date and time", "25.11 15:00, tomorrow 3pm or +2h")
    return moment
