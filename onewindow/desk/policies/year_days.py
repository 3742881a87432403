"""Days of the year as people type them: 31.12, or 2 sun 8 for the second Sunday of August."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache

from onewindow.metrics.cadence import YearDay

_DATE = re.compile(r"(\d{1,2})[.\-/](\d{1,2})\.?")
_NTH = re.compile(r"(-?\d|last)\s+(\w+)\s+(\d{1,2})")
_WEEKDAYS = {
    name: place
    for names in ("mon tue wed thu fri sat sun", "пн вт ср чт пт сб вс", "пн вт ср чт пт сб нд")
    for place, name in enumerate(names.split())
}
_LEAP_YEAR = 2024


@lru_cache(maxsize=256)
def year_day(typed: str) -> YearDay:
    """The day that a text means; raises ValueError with one sentence for any other."""
    text = typed.strip().casefold()
    if found := _DATE.fullmatch(text):
        day, month = int(found[1]), int(found[2])
        if 1 <= month <= 12 and 1 <= day <= monthrange(_LEAP_YEAR, month)[1]:
            return YearDay(month, day)
    elif found := _NTH.fullmatch(text):
        nth = -1 if found[1] == "last" else int(found[1])
        weekday, month = _WEEKDAYS.get(found[2][:3]), int(found[3])
        weekday = _WEEKDAYS.get(found[2]) if weekday is None else weekday
        if nth in (-1, 1, 2, 3, 4, 5) and weekday is not None and 1 <= month <= 12:
            return YearDay(month, 0, nth, weekday)
    raise ValueError(
        f"“{typed}” is no day of a year; write 31.12, or 2 sun 8 (second Sunday of August), last sun 9."
    )
