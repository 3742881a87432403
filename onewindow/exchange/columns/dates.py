"""Dates as programs of several countries write them; in which order a column writes day and month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from onewindow.exchange.values.zone_words import zone_of
from onewindow.text.date_words import MONTHS, WEEKDAYS
from onewindow.text.day_grammar import DateOrder, Place, day_figures, full_year, on_the_dial, written_day

DATE_ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy", "ymd")

_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?=$|T)")
_MONTH_ONLY = re.compile(r"(\d{4})-(\d{1,2})|(\d{1,2})[./](\d{4})")
_WEEK = re.compile(r"(\d{4})-?[Ww](\d{1,2})(?:-?([1-7]))?")
_WORD_MONTH = re.compile(r"([^\W\d_]{3,9})\.?,?\s+(\d{4})(?:\s*(?:г|год|година)\.?)?")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp]\.?\s?[Mm]\.?)?")
_COMPACT_CLOCK = re.compile(r"([0-2]\d)([0-5]\d)([0-5]\d)?()(?!\d)")
_EPOCH = re.compile(r"\d{10}|\d{13}")
_WEEKDAY = re.compile(r"^([^\W\d_]{2,12})\.?(,?)\s+(?=\d|[^\W\d_])")
_UNIX = re.compile(r"([^\W\d_]{3})\s+(\d{1,2})\s+(\d{1,2}:\d{2}(?::\d{2})?)\s*(\S*)\s+(\d{4})")
"""`Nov 25 14:30:00 MSK 2026`, as Java and the shell write it."""
_CLOCK_FIRST = re.compile(
    r"(\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?),?\s+(?:([^\W\d_]{1,5}),?\s+)?(\d.*)"
)
_EMPTY = frozenset(
    [
        *((1, 1, 1), (1601, 1, 1), (1753, 1, 1), (1899, 12, 30), (1899, 12, 31), (1900, 1, 1)),
        *((2999, 12, 31), (3999, 12, 31), (4712, 12, 31), (9999, 12, 31)),
    ]
)
"""What other programs store where a date is empty or has no end, as year, month, day."""
_EMPTY_YEARS = re.compile("1970|" + "|".join(sorted({f"{year:04}" for year, _, _ in _EMPTY})))
_EPOCH_DAY = date(1970, 1, 1)
_NO_DATE = re.compile(r"[0\s./:T_\-]+(?:[+-]00:?00|Z)?")
_NO_END = frozenset(
    (
        *("бессрочно", "бессрочный", "безсрочно", "безсрочен", "never", "perpetual"),
        *("без срока", "без срок", "не закрыта", "не закрыт", "no end", "not closed"),
    )
)
"""Words for a day that does not come."""
_SERIAL = re.compile(r"[3-5]\d{4}(?:[.,]\d+)?")
"""Days since 1899-12-30, of the years 1982 to 2064, as a spreadsheet keeps them."""
_SERIAL_START = date(1899, 12, 30)
_TILL = re.compile(r"^(?:до|по|не позднее|by|until|till|before|от|на|за|from|on)\s+(?=\d)", re.IGNORECASE)
"""What may stand before a day and says no other one."""
_MIDNIGHT_BEFORE = re.compile(
    r"^(.*\d)[T ]0?0:00(?::00)?(?:\.0+)?\s+(?:1899-12-3[01][T ])?(\d{1,2}[:.]\d\d.*)$"
)
"""A day of a spreadsheet, which has midnight, before the time of day of another column."""
_DAY_END = 24
_PIVOT = 70
"""A year of two figures from here on is of the 20th century."""
_PLACES: dict[DateOrder, Place] = {
    order: Place("-./", needs_year=True, any_gap=True, order=order, corrects=True) for order in DATE_ORDERS
}


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A day, and the time of day with its zone where the text has them."""

    day: date
    clock: time | None = None
    zone: tzinfo | None = None
    ends_day: bool = False
    """Whether the time is 24:00: `day` is as written, and the moment is the beginning of the next."""

    def moment(self, clock: time, zone: tzinfo) -> datetime:
        """The instant; `clock` and `zone` count where the text has none."""
        day = self.day + timedelta(days=1) if self.ends_day else self.day
        return datetime.combine(day, clock if self.clock is None else self.clock, self.zone or zone)


@dataclass(slots=True)
class OrderEvidence:
    """What the cells of one column tell of the order of day and month."""

    day_first: bool = False
    month_first: bool = False
    unclear: str = ""
    """A cell that can be read both ways."""

    def see(self, text: str) -> None:
        """Look at one more cell."""
        figures = day_figures(_WEEKDAY.sub("", text))
        if figures is None or not figures.year:
            return
        first, second = int(figures.first), int(figures.second)
        # Nobody writes the month first with dots; day and month of one number are the same both ways.
        if figures.mark == "." or first == second:
            return
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


def is_empty_date(text: str) -> bool:
    """Tell whether a cell is what others write for no date: `01.01.0001 0:00:00`, `0000-00-00`, `. .`.

    The last days of the calendar (31.12.9999) mean that something has no end, which is an empty date of ours.
    """
    plain = " ".join(text.replace("\u00a0", " ").split())
    if not plain or _NO_DATE.fullmatch(plain) or plain.casefold() in _NO_END:
        return True
    if not _EMPTY_YEARS.search(plain):
        return False
    try:
        read = read_date(plain)
    except ValueError:
        return False
    if read.day == _EPOCH_DAY:  # a birthday can be that; a moment at its midnight is a zero
        return read.clock is not None and read.clock == time()
    return (read.day.year, read.day.month, read.day.day) in _EMPTY


def read_date(text: str, order: DateOrder = "dmy", latest: date | None = None) -> ReadDate:
    """Read a date, with its time if it has one; `order` counts where figures leave it open.

    Takes figures, names of months in English, Russian and Bulgarian, ISO weeks and months (their first day),
    seconds or milliseconds since 1970, and zones behind a time (`zone_words`). A year of two figures never
    lies after `latest`: of what has happened, 12.03.58 is 1958. Raises ValueError with a reason.
    """
    plain = " ".join(text.replace("\u00a0", " ").split())
    plain = _MIDNIGHT_BEFORE.sub(r"\1 \2", _TILL.sub("", plain))
    try:
        return _read(_without_weekday(plain), order, latest)
    except _NoZone as error:
        raise ValueError(str(error)) from None
    except (ValueError, OverflowError):
        raise ValueError(f"“{plain[:40]}” is not a date") from None


class _NoZone(Exception):
    """A time is followed by words that are no zone."""


def _read(text: str, order: DateOrder, latest: date | None) -> ReadDate:
    if match := _UNIX.fullmatch(text):
        text = f"{match[1]} {match[2]} {match[5]} {match[3]} {match[4]}"
    elif match := _CLOCK_FIRST.fullmatch(text):
        text = f"{match[3]} {match[1]} {match[2] or ''}"
    elif _SERIAL.fullmatch(text):
        days = float(text.replace(",", "."))
        moment = datetime.combine(_SERIAL_START, time()) + timedelta(seconds=round(days * 86_400))
        return ReadDate(moment.date(), moment.time() if days % 1 else None)
    read = _day_of(text, order)
    if read is None:
        raise ValueError
    day, rest, is_short = read
    if isinstance(day, datetime):
        return ReadDate(day.date(), day.time(), UTC)
    if is_short and latest is not None and day > latest:
        day = day.replace(year=day.year - 100)
    clock, zone, ends_day = _clock_of(rest)
    return ReadDate(day, clock, zone, ends_day)


def _without_weekday(text: str) -> str:
    match = _WEEKDAY.match(text)
    if match is None:
        return text
    word = match[1].casefold()
    # What a comma parts from a day may be a weekday in any language: `jeu., 5.11.2026`; a month is none.
    is_weekday = word in WEEKDAYS or (match[2] and word not in MONTHS)
    return text[match.end() :] if is_weekday else text


def _day_of(text: str, order: DateOrder) -> tuple[date | datetime, str, bool] | None:
    """The day at the beginning of a text, what follows, and whether its year had two figures."""
    if match := _COMPACT.match(text):
        return date(*map(int, match.groups())), text[match.end() :], False
    if match := written_day(text, _PLACES[order]):
        day = date(full_year(match.year, _PIVOT), match.month, match.day)
        return day, text[match.end :], match.is_short
    return _other_day(text)


def _other_day(text: str) -> tuple[date | datetime, str, bool] | None:
    if (match := _WORD_MONTH.fullmatch(text)) and match[1].casefold() in MONTHS:
        return date(int(match[2]), MONTHS[match[1].casefold()], 1), "", False
    if match := _WEEK.fullmatch(text):
        return date.fromisocalendar(int(match[1]), int(match[2]), int(match[3] or 1)), "", False
    if match := _MONTH_ONLY.fullmatch(text):
        year, month = (match[1], match[2]) if match[1] else (match[4], match[3])
        return date(int(year), int(month), 1), "", False
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC), "", False
    return None


def _clock_of(rest: str) -> tuple[time | None, tzinfo | None, bool]:
    """The time of day behind a date, its zone, and whether it is the 24:00 that ends the day."""
    text = rest.lstrip(" ,:Ttгод.").removeprefix("в ").removeprefix("at ").strip()
    if not text:
        return None, None, False
    match = _CLOCK.match(text) or _COMPACT_CLOCK.match(text)
    if match is None:
        if text[0] in "+-Z":  # a date of XML may have a zone without a time
            return None, _zone(text), False
        raise ValueError
    hour, half = int(match[1]), (match[4] or "")[:1].casefold()
    minute, second = int(match[2]), int(match[3] or 0)
    zone = _zone(text[match.end() :])
    if hour == _DAY_END and not minute and not second:
        return time(), zone, True
    return on_the_dial(hour, minute, second, half and f"{half}m"), zone, False


def _zone(text: str) -> tzinfo | None:
    try:
        return zone_of(text)
    except ValueError as error:
        raise _NoZone(str(error)) from None
