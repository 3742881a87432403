"""Working time: how many open seconds lie between two instants, and when a number of them has passed.

An instant is open when the wall clock of the calendar's zone reads a time inside an interval of that local
day. This holds through daylight-saving changes: a skipped hour has no seconds, a repeated one counts twice.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from math import floor
from zoneinfo import ZoneInfo

from onewindow.records.named_tuples import NamedTuple
from onewindow.records.structs import frozen_struct

DAY_SECONDS = 86_400
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_BLOCK_DAYS = 28
_BLOCK_SECONDS = _BLOCK_DAYS * DAY_SECONDS
_SEARCH_BLOCKS = 100 * 366 // _BLOCK_DAYS

Span = tuple[int, int]
"""Opening and closing second of a local day, half-open; 86 400 closes at midnight."""

Spans = tuple[Span, ...]

Week = tuple[Spans, ...]
"""The spans of seven weekdays, Monday first."""


class _Block(NamedTuple):
    """Four weeks of open time in UTC epoch seconds, with running totals for bisection."""

    starts: list[int]
    ends: list[int]
    before: list[int]
    after: list[int]
    total: int

    def passed(self, second: int) -> int:
        """Give the open seconds of this block before an epoch second."""
        place = bisect_right(self.starts, second) - 1
        if place < 0:
            return 0
        passed = self.before[place] + second - self.starts[place]
        return min(passed, self.after[place])


@frozen_struct
class Holidays:
    """Public holidays of a country, worked out beforehand: dates with their names, from a year to a year."""

    country: str
    first_year: int
    last_year: int
    closed: Mapping[str, str]
    worked: frozenset[str] = frozenset()
    """Days off that are worked instead of another day, as Saturdays are in Russia and Bulgaria."""


class Calendar:
    """When somebody works: a zone, open intervals per weekday (0 is Monday) and dates that differ.

    Build it with `calendar`, which checks it, or with `calendar_json.calendar_from_dict`. It remembers
    the open time it has worked out, so keep one object and pass it around.
    """

    def __init__(
        self,
        zone: str,
        weekly: Week,
        exceptions: Mapping[str, Spans],
        later: tuple[tuple[str, Week], ...] = (),
        holidays: Holidays | None = None,
        reasons: Mapping[str, str] | None = None,
    ) -> None:
        """Take parts that were checked."""
        self.zone = zone
        self.weekly = weekly
        self.exceptions = exceptions
        self.later = later
        """Weeks that hold from a date on, the earliest first; `weekly` holds before all of them."""
        self.holidays = holidays
        self.reasons = reasons or {}
        """Why a date of the exceptions differs, where somebody said so."""
        self._blocks: dict[int, _Block] = {}

    def __eq__(self, other: object) -> bool:
        return self._parts() == other._parts() if isinstance(other, Calendar) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.zone, self.weekly, self.later))

    def __repr__(self) -> str:
        return f"Calendar{self._parts()!r}"

    def _parts(self) -> tuple[object, ...]:
        return (self.zone, self.weekly, self.exceptions, self.later, self.holidays, self.reasons)

    def with_holidays(self, holidays: Holidays | None) -> Calendar:
        """Give the same hours with other public holidays."""
        return Calendar(self.zone, self.weekly, self.exceptions, self.later, holidays, self.reasons)

    def with_dates(self, exceptions: Mapping[str, Spans], reasons: Mapping[str, str]) -> Calendar:
        """Give the same hours and public holidays with other dates that differ, and why they do."""
        return Calendar(self.zone, self.weekly, exceptions, self.later, self.holidays, reasons)

    def spans(self, day: date) -> Spans:
        """Give the open intervals of a local date in seconds of its wall clock."""
        iso = day.isoformat()
        special = self.exceptions.get(iso)
        if special is not None:
            return special
        week = self.week(iso)
        if self.holidays is not None:
            if iso in self.holidays.closed:
                return ()
            if iso in self.holidays.worked:
                return _last_open(week, day.weekday())
        return week[day.weekday()]

    def week(self, iso: str) -> Week:
        """Give the hours by weekday that hold on an ISO date."""
        spans = self.weekly
        for since, week in self.later:
            if since > iso:
                break
            spans = week
        return spans

    def closes_for_good(self, day: date) -> bool:
        """Say whether no date after a local date is ever open, so that no term would ever end."""
        last = self.later[-1][1] if self.later else self.weekly
        iso = day.isoformat()
        return not any(last) and not any(spans for day, spans in self.exceptions.items() if day > iso)

    def reason(self, day: date) -> str:
        """Say why a local date differs from its weekday, '' where nobody knows."""
        iso = day.isoformat()
        if iso in self.exceptions or self.holidays is None:
            return self.reasons.get(iso, "")
        return self.holidays.closed.get(
            iso, "worked instead of another day" if iso in self.holidays.worked else ""
        )


def calendar(
    zone: str,
    weekly: Mapping[int, Iterable[Span]],
    exceptions: Mapping[str, Iterable[Span]] | None = None,
    *,
    later: Mapping[str, Mapping[int, Iterable[Span]]] | None = None,
    holidays: Holidays | None = None,
    reasons: Mapping[str, str] | None = None,
) -> Calendar:
    """Check the parts and give a calendar; raise ValueError with one sentence when they make no sense.

    Weekdays left out are closed. An exception with no interval closes its date, one with intervals replaces
    the day, also a public holiday. `later` has weeks that hold from a date on.
    """
    _zone(zone)
    week = _whole_week(weekly)
    changes = tuple(
        (_iso_date(since), _whole_week(changed)) for since, changed in sorted((later or {}).items())
    )
    dates = {_iso_date(text): _checked(text, spans) for text, spans in sorted((exceptions or {}).items())}
    if not any(week) and not any(dates.values()) and not any(any(changed) for _, changed in changes):
        raise ValueError("A calendar needs at least one open interval.")
    return Calendar(zone, week, dates, changes, holidays, dict(reasons or {}))


def _whole_week(weekly: Mapping[int, Iterable[Span]]) -> Week:
    for weekday in weekly:
        if weekday not in range(7):
            raise ValueError(f"A weekday is a number from 0 (Monday) to 6 (Sunday), not {weekday}.")
    return tuple(_checked(WEEKDAYS[number], weekly.get(number, ())) for number in range(7))


def _last_open(week: Week, weekday: int) -> Spans:
    """Give the hours of a weekday, else of the last one before it that has any."""
    return next((week[(weekday - back) % 7] for back in range(7) if week[(weekday - back) % 7]), ())


def open_seconds(cal: Calendar, start: datetime, end: datetime) -> int:
    """Count the whole open seconds in [start, end); 0 when the end is not after the start.

    Both are aware instants (ValueError otherwise); fractions of a second are cut off.
    """
    return open_between(cal, epoch_second(start), epoch_second(end))


def open_between(cal: Calendar, first: int, last: int) -> int:
    """Count the open seconds in [first, last), both since 1970; 0 when the last is not after the first."""
    if last <= first:
        return 0
    number, last_number = first // _BLOCK_SECONDS, last // _BLOCK_SECONDS
    blocks = cal._blocks  # pyright: ignore[reportPrivateUsage]
    block = blocks.get(number) or _block(cal, number)
    if number == last_number:
        return block.passed(last) - block.passed(first)
    total = block.total - block.passed(first) + _block(cal, last_number).passed(last)
    for between in range(number + 1, last_number):
        total += _block(cal, between).total
    return total


def add_open_seconds(cal: Calendar, start: datetime, seconds: int) -> datetime:
    """Give the first instant (UTC) by which that many open seconds have passed since the start.

    A term that is used up exactly at closing time ends there, not at the next opening. Raise ValueError for a
    negative term or one that the calendar does not reach in a hundred years.
    """
    return instant(due_second(cal, epoch_second(start), seconds))


def due_second(cal: Calendar, first: int, seconds: int) -> int:
    """Give the first second since 1970 by which that many open seconds have passed; raise as above."""
    if seconds < 0:
        raise ValueError("A term of working time cannot be negative.")
    if seconds == 0:
        return first
    number = first // _BLOCK_SECONDS
    block = _block(cal, number)
    wanted = seconds + block.passed(first)
    for _ in range(_SEARCH_BLOCKS):
        if wanted <= block.total:
            place = bisect_left(block.after, wanted)
            return block.starts[place] + wanted - block.before[place]
        wanted -= block.total
        number += 1
        block = _block(cal, number)
    raise ValueError("The calendar does not have that much open time in the next hundred years.")


def open_intervals(cal: Calendar, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the open intervals inside [start, end) in order, in UTC; those that touch come as one."""
    first, last = epoch_second(start), epoch_second(end)
    opened = closed = first
    for number in range(first // _BLOCK_SECONDS, last // _BLOCK_SECONDS + 1):
        block = _block(cal, number)
        for begin, finish in zip(block.starts, block.ends, strict=True):
            begin, finish = max(begin, first), min(finish, last)
            if finish <= begin:
                continue
            if begin > closed:
                if closed > opened:
                    yield instant(opened), instant(closed)
                opened = begin
            closed = finish
    if closed > opened:
        yield instant(opened), instant(closed)


def epoch_second(at: datetime) -> int:
    """Give the whole second since 1970 of an aware instant; raise ValueError for one without a zone."""
    if at.tzinfo is None:
        raise ValueError("An instant needs a time zone.")
    return floor(at.timestamp())


def instant(second: int) -> datetime:
    """Give the UTC instant of a second since 1970."""
    return datetime.fromtimestamp(second, UTC)


def _block(cal: Calendar, number: int) -> _Block:
    blocks = cal._blocks  # pyright: ignore[reportPrivateUsage]
    block = blocks.get(number)
    if block is None:
        block = blocks[number] = _build(cal, number)
    return block


def _build(cal: Calendar, number: int) -> _Block:
    zone = ZoneInfo(cal.zone)
    low = number * _BLOCK_SECONDS
    high = low + _BLOCK_SECONDS
    pieces: list[Span] = []
    for day in range(number * _BLOCK_DAYS - 1, (number + 1) * _BLOCK_DAYS + 1):
        for begin, finish in _day_in_utc(cal, zone, day):
            begin, finish = max(begin, low), min(finish, high)
            if begin < finish:
                pieces.append((begin, finish))
    return _totalled(sorted(pieces))


def _totalled(pieces: Sequence[Span]) -> _Block:
    starts: list[int] = []
    ends: list[int] = []
    for begin, finish in pieces:
        if ends and ends[-1] == begin:
            ends[-1] = finish
        else:
            starts.append(begin)
            ends.append(finish)
    before: list[int] = []
    after: list[int] = []
    total = 0
    for begin, finish in zip(starts, ends, strict=True):
        before.append(total)
        total += finish - begin
        after.append(total)
    return _Block(starts, ends, before, after, total)


def _day_in_utc(cal: Calendar, zone: ZoneInfo, day: int) -> Iterator[Span]:
    """Yield the open intervals of a local day (days since 1970) in UTC seconds, cut at a change of offset."""
    local = date.fromordinal(day + _EPOCH_DAY)
    spans = cal.spans(local)
    if not spans:
        return
    midnight = day * DAY_SECONDS
    opening = datetime(local.year, local.month, local.day, tzinfo=zone)
    # The second reading of the next midnight, so that a change at or across midnight belongs to this day too.
    closing = (opening + timedelta(days=1)).replace(fold=1)
    early, late = _offset(opening), _offset(closing)
    if early == late:
        for begin, finish in spans:
            yield midnight + begin - early, midnight + finish - early
        return
    # A change at the next midnight itself comes after the last second by the earlier offset.
    change = _change(zone, midnight - early, midnight + DAY_SECONDS - min(early, late), late)
    for begin, finish in spans:
        yield midnight + begin - early, min(midnight + finish - early, change)
        yield max(midnight + begin - late, change), midnight + finish - late


def _change(zone: ZoneInfo, low: int, high: int, late: int) -> int:
    """Give the first UTC second of [low, high] at which the zone has the later offset."""
    while low < high:
        middle = (low + high) // 2
        if _offset(datetime.fromtimestamp(middle, zone)) == late:
            high = middle
        else:
            low = middle + 1
    return low


def _offset(at: datetime) -> int:
    offset = at.utcoffset()
    assert offset is not None  # noqa: S101 - every caller passes a datetime made with a zone
    return round(offset.total_seconds())


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"'{name}' is not the name of a time zone, such as Europe/Moscow.") from None


def _iso_date(text: str) -> str:
    try:
        day = date.fromisoformat(text).isoformat()
    except ValueError:
        day = ""
    if day != text:
        raise ValueError(f"'{text}' is not a date in the form 2026-12-31.")
    return text


def _checked(day: str, spans: Iterable[Span]) -> Spans:
    result = tuple((begin, finish) for begin, finish in spans)
    last = 0
    for begin, finish in result:
        if not 0 <= begin < finish <= DAY_SECONDS:
            raise ValueError(f"{day}: an interval must open before it closes and stay within its day.")
        if begin < last:
            raise ValueError(f"{day}: the intervals must come in order and not overlap.")
        last = finish
    return result
