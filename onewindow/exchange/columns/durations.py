"""Lengths of time in the cells of a column: `45`, `00:30:00`, `4 hours`, `1 д 2 ч`, `PT4H`."""

from __future__ import annotations

import re
from datetime import timedelta

from onewindow.exchange.headers.units import TimeUnit
from onewindow.text.date_words import UNITS

_SECONDS: dict[str, int] = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_WORDS: dict[str, int] = {
    **{word: _SECONDS[unit] for word, unit in UNITS.items() if unit in _SECONDS},
    **dict.fromkeys(
        ["s", "sec", "secs", "second", "seconds", "с", "сек", "секунд", "секунда", "секунды", "секунди"], 1
    ),
    **dict.fromkeys(["m", "м"], 60),
    **dict.fromkeys(["hr", "hrs"], 3600),
}
_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,6})?")
_CLOCK = re.compile(
    r"(?:(\d{1,4})\s*(?:d|day|days|д|дн|дней|дня|день|дни|ден)?\.?,?\s+)?(\d{1,5}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?"
)
_PIECE = re.compile(r"(\d{1,9}(?:[.,]\d{1,6})?)\s*([^\W\d_]+)\.?,?\s*(?:and\s|и\s)?")
_ISO = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?", re.IGNORECASE)
_LONGEST = timedelta(days=10 * 366)


def read_length(text: str, unit: TimeUnit | str = "") -> timedelta | None:
    """The length of time that a cell tells; None where it tells none, or one that is out of reach.

    `unit` is what the column counts in; without it a number alone is none.
    """
    plain = " ".join(text.casefold().split())
    seconds = _seconds(plain, unit)
    if seconds is None or seconds > _LONGEST.total_seconds():
        return None
    return timedelta(seconds=round(seconds))


def _seconds(plain: str, unit: str) -> float | None:
    if _NUMBER.fullmatch(plain):
        return _figure(plain) * _SECONDS[unit] if unit else None
    if match := _CLOCK.fullmatch(plain):
        days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return ((days * 24 + hours) * 60 + minutes) * 60 + seconds if minutes < 60 > seconds else None
    if (match := _ISO.fullmatch(plain)) and any(match.groups()):
        days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    return _spoken_seconds(plain)


def _spoken_seconds(plain: str) -> float | None:
    total, place = 0.0, 0
    while place < len(plain):
        match = _PIECE.match(plain, place)
        length = _WORDS.get(match[2]) if match else None
        if match is None or length is None:
            return None
        total += _figure(match[1]) * length
        place = match.end()
    return total if plain else None


def _figure(text: str) -> float:
    return float(text.replace(",", "."))
