"""Lengths of working time as people type them: 10m, 4h, 1h30m, 2d, 4 часа, 90 мин."""

from __future__ import annotations

from onewindow.text.clean import clean
from onewindow.text.date_words import UNITS
from onewindow.text.patterns import pattern

_DIGITS = 5
_PIECE = pattern(rf"(\d{{1,{_DIGITS}}})\s*([^\W\d_]+)\.?\s*")
_SHORT = {"m": "minute", "м": "minute"}
_NONE = frozenset({"", "-", "none", "no", "нет", "не"})
EXAMPLE = "write for example 10m, 4h, 1h30m or 2d"


def parse_minutes(text: str, day_minutes: int | None = None) -> int | None:
    """Give the minutes of a typed length, None for `none`; a number alone is minutes.

    A day has `day_minutes`; without them days are refused. Raise ValueError with one sentence.
    """
    plain = " ".join(text.casefold().split())
    if plain in _NONE:
        return None
    if plain.isdecimal() and len(plain) <= _DIGITS:
        return int(plain)
    total, place = 0, 0
    while place < len(plain):
        match = _PIECE.match(plain, place)
        unit = _SHORT.get(match[2]) or UNITS.get(match[2]) if match else None
        if match is None or unit not in ("minute", "hour", "day"):
            raise ValueError(f"“{clean(text)[:40]}” is no length of working time; {EXAMPLE}.")
        if unit == "day" and day_minutes is None:
            raise ValueError("how long a day is depends on the calendar; write hours, for example 16h.")
        total += int(match[1]) * {"minute": 1, "hour": 60, "day": day_minutes or 0}[unit]
        place = match.end()
    return total


def minutes_text(minutes: int | None) -> str:
    """Give minutes of working time as they are typed: `10m`, `4h`, `1h30m`, `-` for none."""
    if minutes is None:
        return "-"
    hours, rest = divmod(minutes, 60)
    return (f"{hours}h" if hours else "") + (f"{rest}m" if rest or not hours else "")
