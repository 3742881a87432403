"""Dates as programs of several countries write them; in which order a column writes day and month."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Literal

from onewindow.text.date_words import MONTHS

DateOrder = Literal["dmy", "mdy", "ymd"]
DATE_ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy", "ymd")

_ISO = re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?=$|[T ,])")
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?=$|T)")
_MONTH_ONLY = re.compile(r"(\d{4})-(\d{1,2})|(\d{1,2})[./](\d{4})")
_WEEK = re.compile(r"(\d{4})-?[Ww](\d{1,2})(?:-?([1-7]))?")
_FIGURES = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})(?=$|[T ,г])")
_DAY_WORD = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.\-/]+([^\W\d_]{3,9})\.?[\s,.\-/]+(\d{4}|\d{2})\b")
_WORD_DAY = re.compile(r"([^\W\d_]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_WORD_MONTH = re.compile(r"([^\W\d_]{3,9})\.?,?\s+(\d{4})(?:\s*(?:г|год|година)\.?)?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp]\.?\s?[Mm]\.?)?")
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})?$")
_EPOCH = re.compile(r"\d{10}|\d{13}")
_WEEKDAY = re.compile(r"^[^\W\d_]{2,12}\.?,\s+(?=\d|[^\W\d_])")


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A day, and the time of day with its distance from UTC where the text has them."""

    day: date
    clock: time | None = None
    zone: timezone | None = None


@dataclass(slots=True)
class OrderEvidence:
    """What the cells of one column tell of the order of day and month."""

    day_first: bool = False
    month_first: bool = False
    unclear: str = ""
    """A cell that can be read both ways."""

    def see(self, text: str) -> None:
        """Look at one more cell."""
        found = _FIGURES.match(_WEEKDAY.sub("", text))
        # Nobody writes the month first with dots; day and month of one number are the same both ways.
        if found is None or found[2] == "." or found[1].zfill(2) == found[3].zfill(2):
            return
        first, second = int(found[1]), int(found[3])
        if first > 12 >= second:
            self.day_first = True
        elif second > 12 >= first:
            self.month_first = True
        elif not self.unclear:
            self.unclear = text

    @property
    def order(self) -> DateOrder | None:
        """The order that the column shows; None where it cannot be told and matters."""
        if self.day_first == self.month_first:
            return None if self.unclear else "dmy"
        return "dmy" if self.day_first else "mdy"


def order_of(cells: Iterable[str]) -> OrderEvidence:
    """What all cells of a column tell of its order."""
    evidence = OrderEvidence()
    for cell in cells:
        evidence.see(cell.strip())
    return evidence


def read_date(text: str, order: DateOrder = "dmy") -> ReadDate:
    """Read a date, with its time if it has one; `order` counts where figures leave it open.

    Takes figures, names of months in English, Russian and Bulgarian, ISO weeks and months (their first day),
    and seconds or milliseconds since 1970. Raises ValueError with a reason.
    """
    plain = " ".join(text.replace("\u00a0", " ").split())
    try:
        found = _day_of(_WEEKDAY.sub("", plain), order)
        if found is None:
            raise ValueError
        day, rest = found
        if isinstance(day, datetime):
            return ReadDate(day.date(), day.time(), UTC)
        return ReadDate(day, *_clock_of(rest))
    except (ValueError, OverflowError):
        raise ValueError(f"“{plain[:40]}” is not a date") from None


def _day_of(text: str, order: DateOrder) -> tuple[date | datetime, str] | None:
    if found := _ISO.match(text) or _COMPACT.match(text):
        numbers = [int(group) for group in found.groups() if group.isdecimal()]
        return date(*numbers), text[found.end() :]
    if found := _FIGURES.match(text):
        first, second, last = int(found[1]), int(found[3]), found[4]
        if order == "ymd" and len(last) == 2:
            return date(2000 + first, second, int(last)), text[found.end() :]
        day, month = (second, first) if order == "mdy" and found[2] != "." else (first, second)
        if month > 12 >= day:
            day, month = month, day
        return date(_year(last), month, day), text[found.end() :]
    return _named_day(text) or _other_day(text)


def _named_day(text: str) -> tuple[date, str] | None:
    if (found := _DAY_WORD.match(text)) and found[2].casefold() in MONTHS:
        return date(_year(found[3]), MONTHS[found[2].casefold()], int(found[1])), text[found.end() :]
    if (found := _WORD_DAY.match(text)) and found[1].casefold() in MONTHS:
        return date(int(found[3]), MONTHS[found[1].casefold()], int(found[2])), text[found.end() :]
    if (found := _WORD_MONTH.fullmatch(text)) and found[1].casefold() in MONTHS:
        return date(int(found[2]), MONTHS[found[1].casefold()], 1), ""
    return None


def _other_day(text: str) -> tuple[date | datetime, str] | None:
    if found := _WEEK.fullmatch(text):
        return date.fromisocalendar(int(found[1]), int(found[2]), int(found[3] or 1)), ""
    if found := _MONTH_ONLY.fullmatch(text):
        year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
        return date(int(year), int(month), 1), ""
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC), ""
    return None


def _year(figures: str) -> int:
    year = int(figures)
    if len(figures) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def _clock_of(rest: str) -> tuple[time | None, timezone | None]:
    text = rest.strip(" ,Tгод.").removeprefix("в ").strip()
    if not text:
        return None, None
    found = _CLOCK.match(text)
    if found is None:
        raise ValueError
    hour, half = int(found[1]), (found[4] or "")[:1].casefold()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + (12 if half == "p" else 0)
    clock = time(hour % 24 if hour == 24 else hour, int(found[2]), int(found[3] or 0))
    return clock, _zone_of(text[found.end() :].strip())


def _zone_of(text: str) -> timezone | None:
    if text.upper() in ("Z", "UTC", "GMT"):
        return UTC
    found = _OFFSET.search(text)
    if found is None:
        return None
    distance = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(distance if found[1] == "+" else -distance)
