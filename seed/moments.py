"""Dates relative to the day for which the firm is built."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from onewindow.metrics.policies.working_time import Calendar, open_seconds
from onewindow.text.dates import utc_text

HOME_ZONE = "Europe/Moscow"
_MONDAY = date(1970, 1, 5)


@dataclass(frozen=True)
class Moments:
    """The present of the demo firm. `now` is aware, in UTC, whole seconds."""

    now: datetime

    @cached_property
    def today(self) -> date:
        """The date in the firm's home zone."""
        return self.now.astimezone(ZoneInfo(HOME_ZONE)).date()

    @cached_property
    def stamp(self) -> str:
        """The present as stored."""
        return utc_text(self.now)

    def day(self, ago: int) -> str:
        """The date so many days ago; a negative number lies ahead."""
        return (self.today - timedelta(days=ago)).isoformat()

    def at(self, ago: int, hour: int, minute: int = 0) -> datetime:
        """An instant by the home zone's clock so many days ago, never later than now."""
        day = self.today - timedelta(days=ago)
        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(HOME_ZONE))
        return min(local.astimezone(UTC), self.now)

    def at_text(self, ago: int, hour: int, minute: int = 0) -> str:
        """The same as stored."""
        return utc_text(self.at(ago, hour, minute))

    def workday_ago(self, ago: int) -> int:
        """The nearest number of days ago, not fewer, that falls on Monday to Friday."""
        weekday = (self.today - timedelta(days=ago)).weekday()
        return ago + max(0, weekday - 4)

    def month(self, ago: int) -> str:
        """The month so many months before this one: '2026-10'."""
        count = self.today.year * 12 + self.today.month - 1 - ago
        return f"{count // 12}-{count % 12 + 1:02}"

    @cached_property
    def last_week(self) -> int:
        """Number of the last full week."""
        return (self.today - _MONDAY).days // 7 - 1


def open_before(calendar: Calendar, end: datetime, seconds: int) -> datetime:
    """An instant before `end` with exactly so many open seconds between them, the latest there is."""
    low = end - timedelta(days=14 + seconds // 900)
    high = end
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        if middle <= low:
            break
        if open_seconds(calendar, middle, end) >= seconds:
            low = middle
        else:
            high = middle
    return low
