"""How a day and a time of day are written: the one grammar behind every place where dates are read.

A place says what it allows (`Place`) and what a day without a year means there: what people type
(`text/typed_dates.py`), a sentence with a deadline in it (`text/capture_dates.py`), a column of a file
(`exchange/columns/dates.py`), days of any year (`desk/policies/year_days.py`).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from onewindow.records.named_tuples import NamedTuple
from onewindow.text.date_words import MONTHS, Unit
from onewindow.text.patterns import pattern

DateOrder = Literal["dmy", "mdy", "ymd"]

_YEAR_FIRST = pattern(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?=$|[Tt ,+Z]|-\d\d:?\d\d$)")
_FIGURES = pattern(r"(\d{1,2})([-./])(\d{1,2})(?:\2(\d{4}|\d{2})?)?(?=$|[T ,г])")
_DAY_NAME = pattern(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|-?го|-?ти|-?ви)?(?P<gap>[\s.\-/]+)(?:of )?(?P<month>[^\W\d_]{3,9})"
    r"(?:\.?(?P<before>[\s,.\-/]+)(?P<year>\d{4}|\d{2})\b(?: ?(?:года|година|г)\.?(?!\w))?|\.?)"
)
_NAME_DAY = pattern(
    r"(?P<month>[^\W\d_]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{4})\b)?"
)
_SHORT_YEAR = 2


class Place(NamedTuple):
    """What a place allows beside 25.11.2026, 2026-11-25 and `25 ноября 2026`."""

    marks: str = "./"
    """What may stand between the figures of a day."""
    needs_year: bool = False
    """Whether 25.11 and `nov 25` are no days here."""
    any_gap: bool = False
    """Whether more than a space may stand around a month's name, and its year may be short: 25-ноя-26."""
    order: DateOrder = "dmy"
    """What counts where figures leave it open; dots are never written with the month first."""
    corrects: bool = False
    """Whether 11/25/2026 is read the other way round, since it can mean nothing else."""


class WrittenDay(NamedTuple):
    """A day as it is written: nobody has looked whether the calendar has it."""

    day: int
    month: int
    year: str
    """Four figures, two, or none."""
    end: int
    """Where the text goes on."""

    @property
    def is_short(self) -> bool:
        """Whether the year has two figures."""
        return len(self.year) == _SHORT_YEAR


class DayFigures(NamedTuple):
    """The figures of a day as they stand: which of the first two is the month depends on the place."""

    first: str
    mark: str
    second: str
    year: str
    """Four figures, two, or none."""
    end: int
    """Where the text goes on."""


def written_day(text: str, place: Place) -> WrittenDay | None:
    """The day at the beginning of a text, in figures or with the name of its month; None where there is none.

    Names are read in English, Russian and Bulgarian.
    """
    if match := _YEAR_FIRST.match(text):
        return WrittenDay(int(match[4]), int(match[3]), match[1], match.end())
    figures = day_figures(text)
    if figures and figures.mark in place.marks and (figures.year or not place.needs_year):
        return _in_order(figures, place)
    return _day_name(text, place) or _name_day(text, place)


def day_figures(text: str) -> DayFigures | None:
    """The figures of a day at the beginning of a text, as 25.11.2026 and 11/25 have them; None without."""
    match = _FIGURES.match(text)
    return DayFigures(match[1], match[2], match[3], match[4] or "", match.end()) if match else None


def _in_order(figures: DayFigures, place: Place) -> WrittenDay:
    first, second, year = int(figures.first), int(figures.second), figures.year
    if place.order == "ymd" and len(year) == _SHORT_YEAR:
        return WrittenDay(int(year), second, figures.first.zfill(2), figures.end)
    day, month = (second, first) if place.order == "mdy" and figures.mark != "." else (first, second)
    if place.corrects and month > 12 >= day:
        day, month = month, day
    return WrittenDay(day, month, year, figures.end)


def _day_name(text: str, place: Place) -> WrittenDay | None:
    match = _DAY_NAME.match(text)
    month = MONTHS.get(match["month"].casefold()) if match else None
    if match is None or month is None:
        return None
    year = match["year"] or ""
    if place.needs_year and not year:
        return None
    if place.any_gap:
        return WrittenDay(int(match["day"]), month, year, match.end("year"))
    if match["gap"] != " " or (year and (len(year) == _SHORT_YEAR or match["before"] not in (" ", ", "))):
        return None
    return WrittenDay(int(match["day"]), month, year, match.end())


def _name_day(text: str, place: Place) -> WrittenDay | None:
    match = _NAME_DAY.match(text)
    month = MONTHS.get(match["month"].casefold()) if match else None
    if match is None or month is None or (place.needs_year and not match["year"]):
        return None
    return WrittenDay(int(match["day"]), month, match["year"] or "", match.end())


def full_year(figures: str, pivot: int = 100) -> int:
    """The year of four or two figures; two from `pivot` on are of the 20th century."""
    year = int(figures)
    if len(figures) > _SHORT_YEAR:
        return year
    return year + (2000 if year < pivot else 1900)


def existing(year: int, month: int, day: int) -> date | None:
    """The date, None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def on_the_dial(hour: int, minute: int = 0, second: int = 0, half: str = "") -> time:
    """A time of day; `half` is am, pm or nothing. Raises ValueError where there is none such."""
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(f"no hour {hour} {half}")
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute, second)


def coming_weekday(today: date, weekday: int) -> date:
    """The next such day (0 is Monday) after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def last_weekday(today: date, weekday: int) -> date:
    """The last such day (0 is Monday) before today."""
    return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def moved(day: date, count: int, unit: Unit) -> date:
    """The day moved by whole units; a month's end stays a month's end when the day does not exist."""
    if unit == "day":
        return day + timedelta(days=count)
    if unit == "week":
        return day + timedelta(weeks=count)
    months = day.year * 12 + day.month - 1 + (count if unit == "month" else count * 12)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def later(now: datetime, count: int, unit: Unit) -> datetime:
    """The whole minute so many minutes or hours after the aware `now`, before it with a negative count."""
    step = timedelta(hours=count) if unit == "hour" else timedelta(minutes=count)
    # Across a change of the clocks three hours are three hours only when counted in UTC.
    return (now.astimezone(UTC) + step).astimezone(now.tzinfo).replace(second=0, microsecond=0)
