"""The stored form of a calendar: plain JSON values, intervals as `HH:MM-HH:MM`, weekdays by three letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from onewindow.metrics.policies.working_time import (
    DAY_SECONDS,
    WEEKDAYS,
    Calendar,
    Holidays,
    Span,
    Spans,
    Week,
    calendar,
)
from onewindow.text.patterns import pattern

_TIME = pattern(r"(\d{2}):(\d{2})(?::(\d{2}))?")


def calendar_from_dict(stored: Mapping[str, object]) -> Calendar:
    """Read a calendar as `calendar_to_dict` gives it; raise ValueError with one sentence when it is wrong."""
    zone = stored.get("zone")
    if not isinstance(zone, str):
        raise ValueError("A calendar needs the name of its time zone under 'zone'.")
    later = {since: _week(_as_table(since, week)) for since, week in _table(stored, "changes").items()}
    exceptions = {name: _parsed(name, texts) for name, texts in _table(stored, "exceptions").items()}
    reasons = {day: str(text) for day, text in _table(stored, "reasons").items()}
    holidays = _table(stored, "holidays")
    return calendar(
        zone,
        _week(_table(stored, "weekly")),
        exceptions,
        later=later,
        holidays=_holidays(holidays) if holidays else None,
        reasons=reasons,
    )


def calendar_to_dict(cal: Calendar) -> dict[str, object]:
    """Give the calendar as plain JSON values; what it does not have is left out."""
    document: dict[str, object] = {
        "zone": cal.zone,
        "weekly": _written_week(cal.weekly),
        "exceptions": {day: _written(spans) for day, spans in cal.exceptions.items()},
    }
    if cal.later:
        document["changes"] = {since: _written_week(week) for since, week in cal.later}
    if cal.reasons:
        document["reasons"] = dict(sorted(cal.reasons.items()))
    if cal.holidays is not None:
        document["holidays"] = {
            "country": cal.holidays.country,
            "from": cal.holidays.first_year,
            "till": cal.holidays.last_year,
            "closed": dict(sorted(cal.holidays.closed.items())),
            "worked": sorted(cal.holidays.worked),
        }
    return document


def _week(days: Mapping[str, object]) -> dict[int, list[Span]]:
    week: dict[int, list[Span]] = {}
    for name, texts in days.items():
        if name not in WEEKDAYS:
            raise ValueError(f"'{name}' is not a weekday; use {', '.join(WEEKDAYS)}.")
        week[WEEKDAYS.index(name)] = _parsed(name, texts)
    return week


def _holidays(stored: Mapping[str, object]) -> Holidays:
    country, first, last = stored.get("country"), stored.get("from"), stored.get("till")
    worked = stored.get("worked", [])
    if not (isinstance(country, str) and isinstance(first, int) and isinstance(last, int)):
        raise ValueError("'holidays' needs a country and its first and last year: country, from, till.")
    if not isinstance(worked, list):
        raise ValueError("'worked' must be a list of dates.")
    closed = {day: str(name) for day, name in _table(stored, "closed").items()}
    return Holidays(country, first, last, closed, frozenset(map(str, cast("list[object]", worked))))


def _written_week(week: Week) -> dict[str, list[str]]:
    return {WEEKDAYS[number]: _written(spans) for number, spans in enumerate(week) if spans}


def _table(stored: Mapping[str, object], key: str) -> Mapping[str, object]:
    return _as_table(key, stored.get(key, {}))


def _as_table(name: str, table: object) -> Mapping[str, object]:
    if not isinstance(table, Mapping):
        raise ValueError(f"'{name}' must be a table of days and their intervals.")
    return cast("Mapping[str, object]", table)


def _parsed(day: str, texts: object) -> list[Span]:
    if not isinstance(texts, list):
        raise ValueError(f"{day}: the intervals must be a list such as 09:00-13:00, 14:00-18:00.")
    return [_span(day, text) for text in cast("list[object]", texts)]


def _span(day: str, text: object) -> Span:
    opening, _, closing = text.partition("-") if isinstance(text, str) else ("", "", "")
    begin, finish = _second(opening), _second(closing)
    if begin is None or finish is None:
        raise ValueError(f"{day}: '{text}' is not an interval such as 09:00-13:00.")
    return begin, finish


def _second(text: str) -> int | None:
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    second = hours * 3600 + minutes * 60 + seconds
    return second if minutes < 60 and seconds < 60 and second <= DAY_SECONDS else None


def _written(spans: Spans) -> list[str]:
    return [f"{_clock_face(begin)}-{_clock_face(finish)}" for begin, finish in spans]


def _clock_face(second: int) -> str:
    minutes, seconds = divmod(second, 60)
    face = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{face}:{seconds:02}" if seconds else face
