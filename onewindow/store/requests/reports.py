"""Requests of a period with all that happened to them, page by page, for reports."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.records.event_order import in_order
from onewindow.records.fields import columns
from onewindow.records.requests import Request, RequestEvent
from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Store
from onewindow.store.rows import build, column_list

AT_ONCE = 500
_REPORTED = "r.archived_at IS NULL AND r.merged_into_id IS NULL"
"""Which requests reports tell of: a merged duplicate is told by the request that it was merged into."""


@frozen_struct
class ReportedRequest:
    """A request with what its client was and is, and its events, causes before effects."""

    request: Request
    tier: str
    events: tuple[RequestEvent, ...]


def opened_between(store: Store, since: str, till: str) -> Iterator[list[ReportedRequest]]:
    """Requests opened from `since` until before `till` (UTC text), by time of opening, in pages.

    Archived ones and merged duplicates are left out.
    """
    after_at, after_id = since, 0
    width = len(columns(Request))
    while True:
        rows = store.rows(
            f"SELECT {column_list(Request, 'r')}, c.tier FROM request r JOIN client c ON c.id = r.client_id"
            " WHERE (r.opened_at, r.id) > (:after_at, :after_id) AND r.opened_at < :till"
            f" AND {_REPORTED} ORDER BY r.opened_at, r.id LIMIT :limit",
            after_at=after_at,
            after_id=after_id,
            till=till,
            limit=AT_ONCE,
        )
        if not rows:
            return
        requests = [(build(Request, row[:width]), row[width]) for row in rows]
        first, last = requests[0][0], requests[-1][0]
        events = _events_between(store, first, last)
        yield [
            ReportedRequest(request, tier, tuple(events.get(request.id, ()))) for request, tier in requests
        ]
        if len(rows) < AT_ONCE:
            return
        after_at, after_id = last.opened_at, last.id


def _events_between(store: Store, first: Request, last: Request) -> dict[int, list[RequestEvent]]:
    """The events of all requests between two in the order of opening, by request."""
    rows = store.rows(
        f"SELECT {column_list(RequestEvent, 'e')} FROM request r JOIN request_event e ON e.request_id = r.id"
        " WHERE (r.opened_at, r.id) >= (:first_at, :first_id) AND (r.opened_at, r.id) <= (:last_at, :last_id)"
        " AND e.archived_at IS NULL",
        first_at=first.opened_at,
        first_id=first.id,
        last_at=last.opened_at,
        last_id=last.id,
    )
    groups: dict[int, list[RequestEvent]] = {}
    for row in rows:
        event = build(RequestEvent, row)
        groups.setdefault(event.request_id, []).append(event)
    return {request_id: in_order(events) for request_id, events in groups.items()}


def count_between(store: Store, since: str, till: str) -> int:
    """How many requests `opened_between` gives."""
    return store.scalar(
        f"SELECT COUNT(*) FROM request r WHERE r.opened_at >= :since AND r.opened_at < :till AND {_REPORTED}",
        since=since,
        till=till,
    )


def clients_with_stage(store: Store, after_id: int, limit: int) -> list[tuple[int, str]]:
    """Ids and stages of clients, archived ones too, by id from after one on."""
    return [
        (row[0], row[1])
        for row in store.rows(
            "SELECT id, stage FROM client WHERE id > :after ORDER BY id LIMIT :limit",
            after=after_id,
            limit=limit,
        )
    ]
