"""How dates and times read in a panel: short and relative, seen from the instant of the snapshot."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from onewindow.desk.session.context import Session
from onewindow.desk.window.snapshot import ClientSnapshot
from onewindow.metrics.sla.lateness import Lateness, lateness_of_clock, lateness_text
from onewindow.metrics.sla.stopwatch import Clock
from onewindow.records.structs import frozen_struct
from onewindow.text.dates import moment_near, relative

_WEEKS_FROM_DAYS, _YEARS_FROM_DAYS = 100, 730


@frozen_struct
class When:
    """An instant (aware, UTC) and the reader's zone; a stored text that is no date comes back as it is."""

    now: datetime
    zone: ZoneInfo
    today: date

    def local(self, at: str) -> datetime | None:
        """A stored UTC time in the reader's zone."""
        # A damaged text must not take the whole panel with it.
        try:
            return datetime.fromisoformat(at).astimezone(self.zone)
        except ValueError:
            return None

    def date_of(self, at: str) -> date | None:
        """The reader's date of a stored UTC time."""
        local = self.local(at)
        return local.date() if local else None

    def day(self, stored: str | None) -> str:
        """A stored date in short: `25.11`, `25.11.25` outside this year, '' for none."""
        day = _date(stored)
        return self._short(day) if day else stored or ""

    def day_of(self, at: str | None) -> str:
        """The date of a stored time in short."""
        day = self.date_of(at) if at else None
        return self._short(day) if day else at or ""

    def moment(self, at: str | None) -> str:
        """A stored time with its hour: `25.11 14:30`."""
        local = self.local(at) if at else None
        return f"{self._short(local.date())} {local.hour:02}:{local.minute:02}" if local else at or ""

    def hour(self, at: str) -> str:
        """The time of day of a stored time: `14:30`."""
        local = self.local(at)
        return f"{local.hour:02}:{local.minute:02}" if local else ""

    def days_to(self, stored: str | None) -> int | None:
        """Whole days until a stored date, negative when it is over, None without a date."""
        day = _date(stored)
        return (day - self.today).days if day else None

    def due(self, stored: str | None) -> str:
        """How far a date to be met is: `in 3 d`, `today`, `3 d late`, '' for none."""
        days = self.days_to(stored)
        if days is None:
            return stored or ""
        return f"{_span(-days)} late" if days < 0 else _ahead(days)

    def due_day(self, stored: str | None) -> str:
        """The same with the day itself: `3 d late, 24.11`, '' for none."""
        return f"{self.due(stored)}, {self.day(stored)}" if _date(stored) else stored or ""

    def away(self, stored: str | None) -> str:
        """How far a date is that nobody has to meet: `in 40 d`, `today`, `3 d ago`, '' for none."""
        days = self.days_to(stored)
        if days is None:
            return stored or ""
        return f"{_span(-days)} ago" if days < 0 else _ahead(days)

    def age(self, at: str | None) -> str:
        """How long ago a stored time was: `5 m ago`."""
        moment = self.local(at) if at else None
        return relative(moment, self.now) if moment else at or ""

    def lateness(self, lateness: Lateness | None) -> str:
        """How late something is or how long is left, with its due moment: `2 h late, Fr 13:00`."""
        return lateness_text(lateness, self.zone, self.now)

    def clock(self, clock: Clock | None) -> str:
        """The same of a clock that has not been met."""
        return self.lateness(lateness_of_clock(clock))

    def queued(self, goes_at: datetime) -> str:
        """What is said of a reply that waits in the outbox: `answer queued 12:04`, and a day."""
        at = goes_at.astimezone(self.zone)
        return (
            f"answer queued {at:%H:%M}"
            if at.date() == self.today
            else f"answer queued {moment_near(at, self.now.astimezone(self.zone))}"
        )

    def is_over(self, at: str) -> bool:
        """Whether a stored time lies before now."""
        moment = self.local(at)
        return moment is not None and moment < self.now

    def _short(self, day: date) -> str:
        if day.year == self.today.year:
            return f"{day.day:02}.{day.month:02}"
        # Two digits only for this century: `1.1.25` must not be 1925.
        year = f"{day.year % 100:02}" if 2000 <= day.year < 2100 else f"{day.year:04}"
        return f"{day.day:02}.{day.month:02}.{year}"


def when(session: Session, snapshot: ClientSnapshot) -> When:
    """The instant at which a snapshot was read, in the zone of the person who looks at it."""
    return when_at(session, snapshot.read_at)


def when_at(session: Session, at: datetime) -> When:
    """An instant (aware), in the zone of the person who looks at it."""
    zone = ZoneInfo(session.zone)
    return When(at.astimezone(UTC), zone, at.astimezone(zone).date())


def _date(stored: str | None) -> date | None:
    try:
        return date.fromisoformat(stored) if stored else None
    except ValueError:
        return None


def _ahead(days: int) -> str:
    return f"in {_span(days)}" if days else "today"


def _span(days: int) -> str:
    if days < _WEEKS_FROM_DAYS:
        return f"{days} d"
    return f"{days // 7} w" if days < _YEARS_FROM_DAYS else f"{days // 365} y"
