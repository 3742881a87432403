"""Today: the one ordered queue of what a person should do next, over all their clients."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, get_args

from onewindow.desk.queue import snoozing
from onewindow.desk.queue.items import Item
from onewindow.desk.queue.my_day import MyDay, my_day
from onewindow.desk.queue.sources import Collector
from onewindow.desk.requests import replies
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey
from onewindow.desk.window.panels.when import when_at
from onewindow.metrics import today_order
from onewindow.metrics.today_order import Place
from onewindow.records.clients import Promise
from onewindow.records.requests import Request, Snooze, Task
from onewindow.records.structs import frozen_struct
from onewindow.store.queue import today as sources
from onewindow.store.queue.today import ClientSeen
from onewindow.text.dates import parse_utc, to_local, utc_text, weekday_date

Filter = Literal[
    "all",
    "requests",
    "promises",
    "steps",
    "tasks",
    "hand-offs",
    "documents",
    "detractors",
    "alarms",
    "touches",
    "meetings",
    "handovers",
    "novelties",
    "warn",
    "put off",
]
FILTERS: tuple[Filter, ...] = get_args(Filter)
"""Which rows: all of the day, those of one group, requests whose clients must be warned, what is put off."""


@frozen_struct
class TodayRow:
    """One row of the day at its place."""

    item: Item
    place: Place
    client: ClientSeen | None
    snooze: Snooze | None = None
    """Until when and why it is put off, None if it is not."""

    @property
    def key(self) -> RecordKey:
        """Which record the row is about."""
        return RecordKey(self.item.kind, self.item.record.id)


@frozen_struct
class Today:
    """A person's day as it stood at an instant (UTC text): the rows in order, put-off ones apart."""

    read_at: str
    rows: tuple[TodayRow, ...]
    put_off: tuple[TodayRow, ...]
    waiting: int
    """How many requests of mine wait for the client."""
    counts: MyDay
    coming: Task | Promise | None = None
    """What comes next of tasks and promises, looked for only on an empty day."""

    def shown(self, filter_name: Filter) -> tuple[TodayRow, ...]:
        """The rows that a filter lets through, in order."""
        if filter_name == "put off":
            return self.put_off
        if filter_name == "warn":
            return tuple(row for row in self.rows if row.item.must_warn)
        if filter_name == "all":
            return self.rows
        return tuple(row for row in self.rows if row.item.group == filter_name)

    @property
    def next_back(self) -> TodayRow | None:
        """What comes back first of what is put off."""
        return min(self.put_off, key=lambda row: row.snooze.till if row.snooze else "~", default=None)


def read_today(session: Session) -> Today:
    """Read what this person has to do now, on one snapshot of the file."""
    with session.store.read():
        collector = Collector(session)
        items = collector.items()
        snoozes = {(snooze.subject_kind, snooze.subject_id): snooze for snooze in snoozing.active(session)}
        waiting = sources.waiting_count(session.store, session.me.id)
        counts = my_day(session)
        # Only an empty day looks ahead, so that a full one reads no more.
        coming = None if items else sources.coming(session.store, session.me.id)
    # Put-off rows are placed too, so that they come back where they belong.
    rows = sorted((_row(collector, item, snoozes) for item in items), key=lambda row: row.place)
    return Today(
        read_at=utc_text(collector.now),
        rows=tuple(row for row in rows if row.snooze is None),
        put_off=tuple(row for row in rows if row.snooze is not None),
        waiting=waiting,
        counts=counts,
        coming=coming,
    )


def why_place(session: Session, today: Today, row: TodayRow) -> list[str]:
    """The arithmetic of a row's place line by line: what it is, its time, its slack, and its neighbours."""
    item, place = row.item, row.place
    lines = [_headline(row), f"Here because: {item.reason}."]
    lines.append(_time_line(session, item))
    if item.lateness is not None:
        said = when_at(session, parse_utc(today.read_at)).lateness(item.lateness)
        lines.append(f"In working time: {said}.")
    tier = row.client.tier if row.client else "none"
    lines.append(f"Tier {tier}; it came up on {_moment(session, to_local(item.since, session.zone))}.")
    if row.snooze is not None:
        till = to_local(row.snooze.till, session.zone)
        lines.append(f"Put off till {_moment(session, till)}: {row.snooze.reason}")
    lines += ["", "Order: late requests, late where a client waits, late, ahead, without a time."]
    lines.append(f"Here {today_order.LEVELS[place.level]}.")
    lines.append("Within that: least working time left, then tier, then age.")
    lines += _neighbours(today, row)
    if isinstance(item.record, Request):
        lines += ["", *replies.why_due(session, item.record)]
    return lines


def _row(collector: Collector, item: Item, snoozes: dict[tuple[str, int], Snooze]) -> TodayRow:
    client = collector.clients.get(item.client_id or 0)
    place = today_order.place(
        is_late=item.is_late,
        client_waits=item.client_waits,
        slack_s=item.slack_s,
        tier=client.tier if client else "",
        since=item.since,
        kind=item.kind,
        record_id=item.record.id,
    )
    return TodayRow(item, place, client, snoozes.get((item.record.kind, item.record.id)))


def _headline(row: TodayRow) -> str:
    client = f" ({row.client.name})" if row.client else ""
    return f"{row.item.title}{client}"


def _time_line(session: Session, item: Item) -> str:
    if item.due_at is None:
        return "It has no time." if item.lateness is None else "Its time is paused."
    due = to_local(item.due_at, session.zone)
    return f"{'Was due' if item.is_late else 'Due'} on {_moment(session, due)}, {session.zone}."


def _moment(session: Session, at: datetime) -> str:
    """A moment with its day: `Fr 27.11 13:00`."""
    return f"{weekday_date(at.date(), session.today())} {at:%H:%M}"


def _neighbours(today: Today, row: TodayRow) -> list[str]:
    keys = [neighbour.key for neighbour in today.rows]
    if row.key not in keys:
        return ["It stands apart: it is put off."]
    at = keys.index(row.key)
    lines = [f"Place {at + 1} of {len(keys)}."]
    if at:
        before = today.rows[at - 1]
        lines.append(f"After “{before.item.title}”: {today_order.difference(before.place, row.place)}.")
    if at + 1 < len(keys):
        after = today.rows[at + 1]
        lines.append(f"Before “{after.item.title}”: {today_order.difference(row.place, after.place)}.")
    return lines
