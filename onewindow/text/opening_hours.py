"""Opening hours as people write them: `mon-fri 9:00-13:00 14:00-18:00; sat 10-15`, `пн–пт 9–13, 14–18`.

A span is the opening and the closing second of a local day, half-open; weekdays count from Monday, 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise

from onewindow.text.clean import clean
from onewindow.text.date_words import WEEKDAYS
from onewindow.text.typed_dates import parse_date

Span = tuple[int, int]
Spans = tuple[Span, ...]

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_DAYS = 366
"""A stretch of dates may be as long as a year."""

_DAY_SECONDS = 86_400
_LAST_MINUTE = (_DAY_SECONDS - 60, _DAY_SECONDS - 1)
_EVERY_DAY = frozenset({"daily", "everyday", "ежедневно", "всеки", "всекидневно"})
_CLOSED = frozenset({"closed", "off", "закрыто", "выходной", "затворено", "почивен"})
_DASHES = str.maketrans("–—−‐", "----")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?::(\d{2}))?")
_WEEK_EXAMPLE = "write for example mon-fri 9:00-13:00 14:00-18:00; sat 10-15"


def parse_week(text: str) -> dict[int, Spans]:
    """Give the spans of each open weekday; raise ValueError with one sentence for what cannot be read.

    Weekdays that are not named are closed; `24/7` is always open.
    """
    plain = _plain(text)
    if plain == "24/7":
        return dict.fromkeys(range(7), ((0, _DAY_SECONDS),))
    week: dict[int, Spans] = {}
    for group in _groups(plain):
        days, spans = group
        for day in days:
            if day in week:
                raise ValueError(f"{DAY_NAMES[day]} stands there twice; {_WEEK_EXAMPLE}.")
            week[day] = spans
    return {day: spans for day, spans in sorted(week.items()) if spans}


def week_text(week: Mapping[int, Iterable[Span]]) -> str:
    """Give the hours of a week in one line: `mon-fri 9:00-13:00 14:00-18:00; sat 10:00-15:00`."""
    groups: list[tuple[list[int], Spans]] = []
    for day in range(7):
        spans = tuple(week.get(day, ()))
        if not spans:
            continue
        if groups and groups[-1][1] == spans and groups[-1][0][-1] == day - 1:
            groups[-1][0].append(day)
        else:
            groups.append(([day], spans))
    return "; ".join(f"{_days_text(days)} {spans_text(spans)}" for days, spans in groups) or "closed"


def spans_text(spans: Iterable[Span]) -> str:
    """Give the spans of a day in short, `9:00-13:00 14:00-18:00`, `closed` for none."""
    return " ".join(f"{clock_face(begin)}-{clock_face(end)}" for begin, end in spans) or "closed"


def clock_face(second: int) -> str:
    """Give a second of a day as a clock shows it: `9:00`, `24:00`, `9:00:30`."""
    minutes, seconds = divmod(second, 60)
    face = f"{minutes // 60}:{minutes % 60:02}"
    return f"{face}:{seconds:02}" if seconds else face


def parse_special_days(text: str, today: date) -> tuple[list[str], Spans, str]:
    """Give the ISO dates, the spans and the reason of `28.11 10-15 распродажа` or `2027-01-01..2027-01-08`.

    A date without spans is closed. Raise ValueError with one sentence for what cannot be read.
    """
    words = re.sub(r"\s*\.\.\s*", "..", text.translate(_DASHES).strip()).split()
    if not words:
        raise ValueError("write a date, then its hours, for example 2026-11-28 10:00-15:00.")
    days = _dates(words.pop(0), today)
    spans: list[Span] = []
    while words and (_is_span(words[0]) or words[0].casefold() in _CLOSED):
        word = words.pop(0).rstrip(",").casefold()
        if word not in _CLOSED:
            spans.append(_span(word))
    return [day.isoformat() for day in days], _in_order(spans), clean(" ".join(words))


def special_day_text(day: str, spans: Iterable[Span], reason: str = "") -> str:
    """Give a date that differs in one line, as `parse_special_days` reads it."""
    return " ".join(part for part in (day, spans_text(spans), reason) if part)


def _plain(text: str) -> str:
    plain = text.translate(_DASHES).casefold().replace(",", " ").replace("всеки ден", "daily")
    plain = plain.replace("every day", "daily").replace("каждый день", "daily")
    return " ".join(re.sub(r"\s*-\s*", "-", plain).split())


def _groups(plain: str) -> Iterable[tuple[list[int], Spans]]:
    """Days with the spans behind them; a new word for a day begins a new group."""
    for part in re.split(r"[;\n]", plain):
        days: list[int] = []
        spans: list[Span] = []
        is_closed = False
        for word in part.split():
            if word in _CLOSED:
                is_closed = True
            elif word[0].isdigit():
                if not days:
                    raise ValueError(f"«{clean(word)[:40]}» has no weekday before it; {_WEEK_EXAMPLE}.")
                spans.append(_span(word))
            else:
                if spans or is_closed:
                    yield days, _in_order(spans)
                    days, spans, is_closed = [], [], False
                days += _days(word)
        if days and not spans and not is_closed:
            raise ValueError(f"{_days_text(days)} has no hours; {_WEEK_EXAMPLE}.")
        if days:
            yield days, _in_order(spans)


def _days(word: str) -> list[int]:
    if word in _EVERY_DAY:
        return list(range(7))
    first, dash, last = word.partition("-")
    begin = WEEKDAYS.get(first.rstrip("."))
    end = WEEKDAYS.get(last.rstrip(".")) if dash else begin
    if begin is None or end is None:
        raise ValueError(f"«{clean(word)[:40]}» is no weekday; {_WEEK_EXAMPLE}.")
    return [(begin + step) % 7 for step in range((end - begin) % 7 + 1)]


def _days_text(days: list[int]) -> str:
    first, last = DAY_NAMES[days[0]], DAY_NAMES[days[-1]]
    return first if len(days) == 1 else f"{first}-{last}"


def _is_span(word: str) -> bool:
    begin, dash, end = word.rstrip(",").partition("-")
    return bool(dash and _TIME.fullmatch(begin) and _TIME.fullmatch(end))


def _span(word: str) -> Span:
    opening, _, closing = word.partition("-")
    begin, end = _second(opening), _second(closing)
    if end in _LAST_MINUTE:
        end = _DAY_SECONDS  # whoever writes 23:59 means the end of the day, and loses no minute a night
    if begin is None or end is None:
        raise ValueError(f"«{clean(word)[:40]}» is no stretch of time; write for example 9:00-13:00.")
    if end <= begin:
        raise ValueError(
            f"«{clean(word)}» closes before it opens; for a night write 22-24, and 0-6 on the next day."
        )
    return begin, end


def _second(text: str) -> int | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    second = hours * 3600 + minutes * 60 + seconds
    return second if minutes < 60 and seconds < 60 and second <= _DAY_SECONDS else None


def _in_order(spans: list[Span]) -> Spans:
    ordered = sorted(spans)
    for before, after in pairwise(ordered):
        if after[0] < before[1]:
            raise ValueError(f"{spans_text([before])} and {spans_text([after])} overlap.")
    return tuple(ordered)


def _dates(word: str, today: date) -> list[date]:
    first, dots, last = word.partition("..")
    begin = parse_date(first, today)
    end = parse_date(last, today) if dots else begin
    if end < begin:
        end = parse_date(last, begin, "ahead")  # 25.12..10.01 goes over the end of a year
    if not 0 <= (end - begin).days < MOST_DAYS:
        raise ValueError(f"«{clean(word)[:40]}» must end after it begins, within a year.")
    return [begin + timedelta(days=step) for step in range((end - begin).days + 1)]
