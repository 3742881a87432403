"""Days of the year as people type them: 31.12, or 2 sun 8 for the second Sunday of August."""

from __future__ import annotations

import re
from functools import lru_cache

from onewindow.metrics.cadence import YearDay
from onewindow.text.date_words import WEEKDAYS
from onewindow.text.day_grammar import Place, existing, written_day

_ANY_YEAR = Place("-./")
_NTH = re.compile(r"(-?\d|last)\s+(\w+)\s+(\d{1,2})")
_LEAP_YEAR = 2024


@lru_cache(maxsize=256)
def year_day(typed: str) -> YearDay:
    """The day that a text means; raises ValueError with one sentence for any other."""
    text = typed.strip().casefold()
    figures = written_day(text, _ANY_YEAR)
    if figures and not figures.year and figures.end == len(text):
        if existing(_LEAP_YEAR, figures.month, figures.day):
            return YearDay(figures.month, figures.day)
    elif ordinal := _NTH.fullmatch(text):
        nth = -1 if ordinal[1] == "last" else int(ordinal[1])
        weekday, month = WEEKDAYS.get(ordinal[2], WEEKDAYS.get(ordinal[2][:3])), int(ordinal[3])
        if nth in (-1, 1, 2, 3, 4, 5) and weekday is not None and 1 <= month <= 12:
            return YearDay(month, 0, nth, weekday)
    raise ValueError(
        f"“{typed}” is no day of a year; write 31.12, or 2 sun 8 (second Sunday of August), last sun 9."
    )
