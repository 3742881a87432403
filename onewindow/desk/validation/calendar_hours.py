"""The hours of a working calendar as its record keeps them, as people type them, and back."""

from __future__ import annotations

import json
from datetime import date
from zoneinfo import ZoneInfo

from onewindow.desk.reference.public_holidays import public_holidays
from onewindow.metrics.policies.calendar_json import calendar_from_dict, calendar_to_dict
from onewindow.metrics.policies.working_time import Calendar, Holidays, Spans, calendar
from onewindow.text.opening_hours import parse_special_days, parse_week, special_day_text, week_text
from onewindow.text.typed_dates import parse_date

_HOLIDAY_WORDS = ("holidays", "праздники", "празници")
_FROM_WORDS = ("from", "с", "от")
_NONE = frozenset({"", "-", "none", "no", "нет", "не"})


def stored_calendar(hours: str) -> Calendar:
    """Read a calendar from the hours of its record; raises ValueError for what makes no sense."""
    return calendar_from_dict(json.loads(hours))


def hours_json(cal: Calendar) -> str:
    """The hours of a calendar as its record keeps them."""
    return json.dumps(calendar_to_dict(cal), ensure_ascii=False)


def calendar_text(cal: Calendar) -> str:
    """A whole calendar as people write it, line by line: zone, hours, later hours, holidays, dates."""
    lines = [cal.zone, week_text(dict(enumerate(cal.weekly)))]
    lines += [f"from {since}: {week_text(dict(enumerate(week)))}" for since, week in cal.later]
    if cal.holidays is not None:
        lines.append(f"holidays {cal.holidays.country}")
    lines += special_days(cal)
    return "\n".join(lines)


def special_days(cal: Calendar) -> list[str]:
    """The dates that differ, one a line, as they are typed."""
    return [
        special_day_text(day, spans, cal.reasons.get(day, ""))
        for day, spans in sorted(cal.exceptions.items())
    ]


def parse_calendar(text: str, zone: str, today: date) -> Calendar:
    """Read a whole calendar from its lines; without a zone in it the given one holds.

    Raises ValueError with one sentence.
    """
    weeks: list[str] = []
    later: dict[str, dict[int, Spans]] = {}
    exceptions: dict[str, Spans] = {}
    reasons: dict[str, str] = {}
    country = ""
    for line in filter(None, (typed_line.strip() for typed_line in text.splitlines())):
        word, _, rest = line.partition(" ")
        if not rest and _is_zone(word):
            zone = word
        elif word.casefold().rstrip(":") in _HOLIDAY_WORDS:
            country = rest.strip()
        elif word.casefold() in _FROM_WORDS:
            since, _, hours = rest.partition(":")
            later[parse_date(since, today, "ahead").isoformat()] = parse_week(hours)
        elif word[0].isdigit() and word != "24/7":
            days, spans, reason = parse_special_days(line, today)
            exceptions |= dict.fromkeys(days, spans)
            reasons |= dict.fromkeys(days, reason) if reason else {}
        else:
            weeks.append(line)
    week = parse_week("; ".join(weeks))
    return calendar(
        zone, week, exceptions, later=later, holidays=holidays_of(country, today), reasons=reasons
    )


def holidays_of(country: str, today: date, known: Holidays | None = None) -> Holidays | None:
    """The public holidays of a country around today, None for `none`; what is `known` of the past stays.

    Raises ValueError with one sentence for a country that nobody knows.
    """
    if country.strip().casefold() in _NONE:
        return None
    return public_holidays(country, today, known)


def _is_zone(word: str) -> bool:
    if word[0].isdigit():
        return False
    try:
        ZoneInfo(word)
    except (KeyError, ValueError, OSError):
        return "/" in word
    return True
