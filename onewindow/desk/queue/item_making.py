"""How things to do are made of records for the day of one person: dates counted in their zone and hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from onewindow.desk.queue.items import Group, Item
from onewindow.desk.session.context import Session
from onewindow.desk.sla.lateness import general_calendar
from onewindow.desk.window.panels.when import When
from onewindow.metrics.policies.working_time import Calendar, epoch_second, open_between
from onewindow.metrics.sla.lateness import Lateness, lateness_of_date
from onewindow.records.clients import Promise
from onewindow.records.feedback import SurveyResponse
from onewindow.records.fields import Record
from onewindow.records.handover import Handover, HandoverItem
from onewindow.records.meetings import Meeting
from onewindow.records.requests import HandOff
from onewindow.store.queue import today as sources
from onewindow.store.queue.today import ClientSeen
from onewindow.text.dates import parse_utc, utc_text

_LAST_SECOND = time(23, 59, 59)


class ItemMaker:
    """Makes items at one instant; `whose_id` and `is_covering` say whose sources are being read."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.store = session.store
        self.now = session.now()
        self.zone = ZoneInfo(session.zone)
        self.today = session.today()
        self.moment = When(self.now.astimezone(UTC), self.zone, self.today)
        self.clients: dict[int, ClientSeen] = {}
        """Clients of the items so far, read once for all sources."""
        self.whose_id: int | None = None
        self.is_covering = False

    def learn_clients(self, client_ids: Iterable[int]) -> None:
        """Read those of some clients that are not known yet."""
        self.clients |= sources.clients_seen(self.store, set(client_ids) - self.clients.keys())

    @cached_property
    def calendar(self) -> Calendar | None:
        """The hours by which the slack of dates counts."""
        return general_calendar(self.session.directory.policies)

    def dated(
        self,
        record: Record,
        group: Group,
        client_id: int | None,
        title: str,
        reason: str,
        due_on: str | None,
        *,
        client_waits: bool = False,
        row_kind: str = "",
    ) -> Item:
        """What is due on a day; `row_kind` where the row stands for something else than its record."""
        due_at = self.end_of(due_on)
        lateness = lateness_of_date(parse_utc(due_at), self.now, self.calendar) if due_at else None
        return Item(
            kind=row_kind or record.kind,
            record=record,
            group=group,
            client_id=client_id,
            title=title,
            reason=reason,
            lateness=lateness,
            since=record.created_at,
            client_waits=client_waits,
            whose_id=self.whose_id,
            is_covered=self.is_covering,
            is_dated=True,
            is_debt=self._is_debt(lateness),
        )

    def timed(
        self,
        record: HandOff | SurveyResponse | Meeting | Handover | HandoverItem | Promise,
        group: Group,
        title: str,
        reason: str,
        lateness: Lateness | None,
        since: str,
        *,
        client_waits: bool = False,
        is_dated: bool = False,
    ) -> Item:
        """What has its lateness already."""
        return Item(
            kind=record.kind,
            record=record,
            group=group,
            client_id=record.client_id,
            title=title,
            reason=reason,
            lateness=lateness,
            since=since,
            client_waits=client_waits,
            whose_id=self.whose_id,
            is_covered=self.is_covering,
            is_dated=is_dated,
            is_debt=is_dated and self._is_debt(lateness),
        )

    def end_of(self, due_on: str | None) -> str | None:
        """The last second of a date in the zone of this person, UTC text; None if it cannot be read."""
        try:
            day = date.fromisoformat(due_on) if due_on else None
        except ValueError:
            return None
        if day is None:
            return None
        return utc_text(datetime.combine(day, _LAST_SECOND, self.zone))

    def after_working_days(self, since: datetime, days: int) -> datetime:
        """The end of the so-many-th working day after the one of an instant."""
        day, left = since.astimezone(self.zone).date(), days
        while left:
            day += timedelta(days=1)
            left -= bool(self.calendar.spans(day)) if self.calendar else day.weekday() < 5
        return datetime.combine(day, _LAST_SECOND, self.zone)

    def _is_debt(self, lateness: Lateness | None) -> bool:
        """Whether working time has passed since a day to be met, before today began."""
        if lateness is None or not lateness.is_late or lateness.due_at is None:
            return False
        if self.calendar is None:
            # Without opening hours a day of grace stands in for the working time.
            return lateness.due_at.astimezone(self.zone).date() < self.today - timedelta(days=1)
        # Later than all of today so far: the day itself was over before this morning.
        return -lateness.seconds > self._open_today

    @cached_property
    def _open_today(self) -> int:
        """How many seconds of today were open so far."""
        midnight = datetime.combine(self.today, time(), self.zone)
        return (
            open_between(self.calendar, epoch_second(midnight), epoch_second(self.now))
            if self.calendar
            else 0
        )
