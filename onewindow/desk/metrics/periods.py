"""Periods of days: their bounds in time, the one before, the months in them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from onewindow.records.structs import frozen_struct
from onewindow.text.dates import utc_text

DAYS_OF_MONTH = 30.4375
"""Days of a month on average, by which lengths of stays become months."""


@frozen_struct
class Span:
    """The days from one to another, both included, in the zone whose days count."""

    since: date
    till: date
    zone: str

    @property
    def first(self) -> str:
        """The first day as stored."""
        return self.since.isoformat()

    @property
    def last(self) -> str:
        """The last day as stored."""
        return self.till.isoformat()

    @property
    def begin(self) -> str:
        """The instant at which it begins, as UTC text."""
        return self._midnight(self.since)

    @property
    def end(self) -> str:
        """The instant at which it is over, as UTC text."""
        return self._midnight(self.till + timedelta(days=1))

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.till - self.since).days + 1

    @property
    def months(self) -> float:
        """Its length in months: whole ones of the calendar, and of the last one the part that it has."""
        after = self.till + timedelta(days=1)
        whole = (after.year - self.since.year) * 12 + after.month - self.since.month
        if _months_later(self.since, whole) > after:
            whole -= 1
        anchor, following = (_months_later(self.since, count) for count in (whole, whole + 1))
        return whole + (after - anchor).days / (following - anchor).days

    @property
    def before(self) -> Span:
        """The period of the same length just before: whole months before whole months, else as many days."""
        last = self.since - timedelta(days=1)
        if self.since.day == 1 and self.months == int(self.months):
            return Span(_months_later(self.since, -int(self.months)), last, self.zone)
        return Span(self.since - timedelta(days=self.days), last, self.zone)

    @property
    def year_before(self) -> Span:
        """The same days a year earlier; the last day of a month stays the last."""
        till = _months_later(self.till, -12)
        if _is_last_of_month(self.till):
            till = till.replace(day=monthrange(till.year, till.month)[1])
        return Span(_months_later(self.since, -12), till, self.zone)

    def by_month(self) -> list[Span]:
        """Its months in their order, the first and the last as far as they lie in it."""
        months: list[Span] = []
        first = self.since
        while first <= self.till:
            end = first.replace(day=monthrange(first.year, first.month)[1])
            months.append(Span(first, min(end, self.till), self.zone))
            first = end + timedelta(days=1)
        return months

    def _midnight(self, day: date) -> str:
        return utc_text(datetime.combine(day, time(), ZoneInfo(self.zone)))


def _months_later(day: date, months: int) -> date:
    """The same day of another month, its last one where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _is_last_of_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]
