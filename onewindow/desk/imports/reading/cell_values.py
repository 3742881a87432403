"""Cells of any kind of record read into values, by the description of each field and habits of its column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

from onewindow.desk.session.context import Session
from onewindow.desk.sla.shown_zone import office_zone
from onewindow.exchange.columns.dates import DateOrder, ReadDate, is_empty_date, read_date
from onewindow.exchange.columns.durations import read_length
from onewindow.exchange.columns.numbers import DecimalMark, plain_number, with_minor_units
from onewindow.exchange.headers.units import NO_UNIT, HeaderUnit, without_counted
from onewindow.exchange.values.countries import read_country
from onewindow.exchange.values.zone_words import zone_of
from onewindow.records.fields import Attribute
from onewindow.store.engine import Value
from onewindow.store.ids import is_own_id
from onewindow.text.choices import likely_choice, read_choice, read_currency, read_flag, read_word
from onewindow.text.dates import utc_text, within_reach
from onewindow.text.day_grammar import existing
from onewindow.text.money import minor_digits, parse_money, parse_number

_TEXTS = frozenset({"text", "long_text", "phone", "email", "json", "hours", "reference"})
_REMEMBERED = 50_000
_MORNING, _EVENING = time(9), time(18)
_ENDS = ("resolved_at", "promised_at", "done_at", "settled_at", "responded_at")
"""Times of day that a file does not tell: what ends does so in the evening."""


class TooLong(ValueError):
    """A text of which a field holds only the beginning."""


@dataclass(frozen=True, slots=True)
class FieldFormats:
    """How the file writes dates and numbers, by field; and whether money comes in minor units."""

    dates: Mapping[str, DateOrder] = field(default_factory=dict[str, DateOrder])
    marks: Mapping[str, DecimalMark] = field(default_factory=dict[str, DecimalMark])
    minor_units: bool = False
    implied: Mapping[str, str] = field(default_factory=dict[str, str])
    """What the names of the columns say of rows that do not say it themselves, by field."""
    zoneless: set[str] = field(default_factory=set[str])
    """Fields of which a time without a zone was read; filled while rows are."""
    is_literal: bool = False
    """Whether texts are taken as they stand, blanks and all: a One Window wrote the file."""

    units: Mapping[str, HeaderUnit] = field(default_factory=dict[str, HeaderUnit])
    """What the names of the columns say of the currency, the unit of time or the zone of their cells."""
    likely: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    """Field and text of choices that were read by a word in it, with what it was taken for; filled so."""
    counted: dict[str, str] = field(default_factory=dict[str, str])
    """Fields of which a length of time was read, and from which one it counts; filled while rows are."""

    client_ids: Literal["", "tax", "code", "alone"] = ""
    """Of what kind the first of two columns that name a client is, if it is no name: the second is one.

    `alone`: there is only a column of ids, and nobody said that they may be names.
    """
    id_country: str = ""
    """The country of the tax ids, where the name of their column tells it: ЕИК."""
    usual_country: str = ""
    """The country of all rows that name one."""
    unread_opening: str = ""
    """The header of a column that is not read and looks as if it told when requests were opened."""

    def of_companion(self, prefix: str) -> FieldFormats:
        """The formats of a record that rows carry along, whose cells have this before their names."""
        if not prefix:
            return self
        dates: dict[str, DateOrder] = {
            name.removeprefix(prefix): order for name, order in self.dates.items() if name.startswith(prefix)
        }
        return replace(self, dates=dates, marks={}, implied={}, units={})


_YEARLESS = re.compile(r"--\d\d-?\d\d|\d{1,2}\.\d{1,2}\.?|1604-\d\d-\d\d.*|\d{1,2}\.\d{1,2}\.1604")
"""A birthday of which only day and month are told; 1604 is the year of telephones for that."""
_YEARLESS_DAY = re.compile(
    r"(?:(?:до|на|к|by|until|till|от)\s+)?(?P<day>\d\d?)\.(?P<month>\d\d?)\.?", re.IGNORECASE
)
"""A day to come without its year: `15.12`, `до 05.12`."""
_NEVER_LIKELY = frozenset({"document_kind", "client_class", "stage", "tier"})
"""Choices of which one word in a longer text says nothing: Акт сверки is no act."""
_YEAR = re.compile(r"(?:19|20)\d\d(?: ?г(?:од|\.)?)?")
_THREE = 3
_SCORE = re.compile(r"(\d\d?)\s*(?:/|из|of|от)\s*\d\d?|★[★☆]*")
"""A mark with the highest one behind it, or as stars."""
_IMPORTANCE = {"urgent": 3, "high": 3, "normal": 2, "low": 1}
"""How important an opinion is, by a word for it."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Characters that no other program means as text; typing them into a field loses them too."""


class ValueReader:
    """Reads cells by the descriptions of fields; remembers what it read, since files repeat themselves."""

    def __init__(self, session: Session, formats: FieldFormats) -> None:
        """Know the zone of times that name none."""
        self._formats = formats
        self._zone = ZoneInfo(office_zone(session))
        self._today = session.today()
        self._known: dict[tuple[str, str, str], Value] = {}

    def read(self, described: Attribute, text: str, currency: str = "") -> Value:
        """The value of a cell that is not empty; raises ValueError with a reason. References stay words.

        None where another program wrote something for nothing, such as the date 01.01.0001.
        """
        if described.kind in _TEXTS:
            return self._text(described, text)
        key = (described.name, text, currency)
        known = self._known.get(key)
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            known = self._known[key] = self._read(described, text, currency)
        return known

    def _read(self, described: Attribute, text: str, currency: str) -> Value:
        match described.kind:
            case "date":
                return None if is_empty_date(text) else self._date(described, text)
            case "time":
                return None if is_empty_date(text) else self._time(described, text)
            case "money":
                return self._money(described.name, text, currency)
            case "number" | "week":
                return self._number(described.name, text)
            case "choice":
                return self._choice(described, text)
            case "flag":
                return _known_word(read_flag(text), text, "yes or no")
            case "country":
                return _known_word(read_country(text), text, "a country")
            case _:
                return _known_word(read_currency(text), text, "a currency")

    def _choice(self, described: Attribute, text: str) -> str:
        meant = read_choice(described, text)
        if meant is None and described.name not in _NEVER_LIKELY:
            meant = likely_choice(described, text)
            if meant is not None:
                self._formats.likely[described.name, text[:40]] = meant
        what = f"one of {', '.join(choice for choice in described.choices if choice)}"
        return str(_known_word(meant, text, what))

    def _text(self, described: Attribute, text: str) -> str:
        plain = text
        if not self._formats.is_literal and not text.isprintable():
            plain = _CONTROLS.sub("", " ".join(text.split()) if described.kind == "text" else text)
        if len(plain) > described.limit:
            raise TooLong(f"{len(plain)} characters are too many, {described.limit} fit")
        return plain

    def _date(self, described: Attribute, text: str) -> str:
        if described.name == "since" and _YEAR.fullmatch(text):
            return f"{text[:4]}-01-01"
        if described.when == "born" and _YEARLESS.fullmatch(text):
            raise ValueError(f"“{text}” has no year, so it is kept as a note")
        read = self._read_date(described, text)
        if read.clock is None or read.zone is None or read.ends_day:
            return read.day.isoformat()
        moment = read.moment(read.clock, read.zone)
        # Midnight in UTC is how programs write a day without a time.
        return (moment if read.clock == time() else moment.astimezone(self._zone)).date().isoformat()

    def _time(self, described: Attribute, text: str) -> str:
        read = self._read_date(described, text)
        zone = self._zone_of(described.name)
        if read.zone is None and read.clock is not None and zone is self._zone:
            self._formats.zoneless.add(described.name)
        return utc_text(read.moment(_EVENING if described.name in _ENDS else _MORNING, zone))

    def _zone_of(self, name: str) -> tzinfo:
        """The zone of times that name none: that of their column, else of the office."""
        zone = self._formats.units.get(name, NO_UNIT).zone
        return (zone_of(zone) if zone else None) or self._zone

    def _read_date(self, described: Attribute, text: str) -> ReadDate:
        if described.when == "ahead" and (coming := _YEARLESS_DAY.fullmatch(text)):
            day = self._coming(int(coming["day"]), int(coming["month"]), text)
            self._formats.likely[described.name, text[:40]] = day.isoformat()
            return ReadDate(day)
        latest = self._today if described.when in ("behind", "born") else None
        read = read_date(text, self._formats.dates.get(described.name, "dmy"), latest)
        within_reach(read.day)
        return read

    def _coming(self, day: int, month: int, text: str) -> date:
        """The next day of a date without its year."""
        for year in (self._today.year, self._today.year + 1):
            coming = existing(year, month, day)
            if coming is not None and coming >= self._today:
                return coming
        raise ValueError(f"“{text}” is not a date")

    def _money(self, name: str, text: str, currency: str) -> int:
        if self._formats.minor_units:
            return int(text)
        power = self._formats.units.get(name, NO_UNIT).power
        mark = self._formats.marks.get(name) or _decimal_of_three(text, currency)
        plain = plain_number(with_minor_units(text), mark)
        try:
            minor, written = parse_money(f"{plain} {power}" if power else plain, currency)
        except ValueError as error:
            raise ValueError(str(error).replace(f"“{plain}", f"“{text}")) from None
        if written != currency:
            raise ValueError(f"this is {written}, but the record is in {currency}")
        return minor

    def _number(self, name: str, text: str) -> int:
        if self._formats.is_literal and is_own_id(text):
            return int(text)
        unit = self._formats.units.get(name, NO_UNIT)
        if name == "minutes" and (length := read_length(text, unit.time)) is not None:
            return round(length.total_seconds() / 60)
        if (
            name == "importance"
            and not text.isdecimal()
            and (importance := read_word("", "priority", tuple(_IMPORTANCE), text))
        ):
            return _IMPORTANCE[importance]
        if name == "score" and (mark := _SCORE.fullmatch(text.strip())):
            return int(mark[1]) if mark[1] else text.count("★")
        text = without_counted(text)
        number = parse_number(plain_number(text, self._formats.marks.get(name)))
        if number != number.to_integral_value() or abs(number) > 10**15:
            raise ValueError(f"“{text}” is not a whole number")
        return int(number)


def _known_word(value: Value, text: str, what: str) -> Value:
    if value is None:
        raise ValueError(f"“{text[:40]}” is not {what}")
    return value


def _decimal_of_three(text: str, currency: str) -> DecimalMark | None:
    """The only mark of an amount whose currency has three decimals: 12.345 BHD are no twelve thousand."""
    if minor_digits(currency) != _THREE:
        return None
    marks: tuple[DecimalMark, ...] = (",", ".")
    once: list[DecimalMark] = [mark for mark in marks if text.count(mark) == 1]
    return once[0] if len(once) == 1 else None
