"""Requests and what happened to them."""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.records.event_order import in_order, in_order_of_each
from onewindow.records.named_tuples import NamedTuple
from onewindow.records.requests import Request, RequestEvent
from onewindow.store.engine import Row, Store
from onewindow.store.rows import build, column_list, fetch

OPEN = "status NOT IN ('resolved', 'declined')"
"""The condition of the partial indexes over open requests."""
STILL = "('note', 'thanks', 'assign', 'hand_off', 'link', 'merge')"
"""Kinds of events that move no clock."""


def open_of_client(store: Store, client_id: int, limit: int = 200) -> list[Request]:
    """A client's open requests by due time, those without one last by age."""
    theirs = f"WHERE client_id = :client AND {OPEN} AND archived_at IS NULL"
    due = fetch(
        store,
        Request,
        f"{theirs} AND due_at IS NOT NULL ORDER BY due_at, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )
    # Asked apart: an index has what is empty first; among too many it would push out what presses.
    return due + fetch(
        store,
        Request,
        f"{theirs} AND due_at IS NULL ORDER BY id LIMIT :limit",
        client=client_id,
        limit=limit - len(due),
    )


def closed_of_client(store: Store, client_id: int, limit: int = 50) -> list[Request]:
    """A client's resolved and declined requests, newest first."""
    return fetch(
        store,
        Request,
        "WHERE client_id = :client AND status IN ('resolved', 'declined') AND archived_at IS NULL"
        " ORDER BY opened_at DESC, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def by_number(store: Store, number: int) -> Request | None:
    """The request with a short number (1042 for R-1042), archived ones too."""
    requests = fetch(store, Request, "WHERE number = :number", number=number)
    return requests[0] if requests else None


def events(store: Store, request_id: int) -> list[RequestEvent]:
    """Everything that happened to a request, causes before effects."""
    return in_order(
        fetch(
            store,
            RequestEvent,
            "WHERE request_id = :request AND archived_at IS NULL ORDER BY at, id",
            request=request_id,
        )
    )


def last_move(store: Store, request_id: int) -> RequestEvent | None:
    """What moved the clocks of a request last, by the times that were noted; None where nothing did."""
    request_events = fetch(
        store,
        RequestEvent,
        f"WHERE request_id = :request AND archived_at IS NULL AND event_kind NOT IN {STILL}"
        " ORDER BY at DESC, id DESC LIMIT 1",
        request=request_id,
    )
    return request_events[0] if request_events else None


def events_of_open(store: Store, client_id: int) -> list[RequestEvent]:
    """What happened to all open requests of a client, causes before effects within each request."""
    rows = store.rows(
        f"SELECT {column_list(RequestEvent, 'e')} FROM request r JOIN request_event e ON e.request_id = r.id"
        f" WHERE r.client_id = :client AND r.{OPEN} AND e.archived_at IS NULL",
        client=client_id,
    )
    return in_order_of_each(build(RequestEvent, row) for row in rows)


def late_count(store: Store, assignee_id: int, now: str) -> int:
    """How many of somebody's open requests are past their due time (UTC text `now`)."""
    return store.scalar(
        f"SELECT COUNT(*) FROM request WHERE assignee_id = :staff AND {OPEN} AND due_at < :now"
        " AND archived_at IS NULL",
        staff=assignee_id,
        now=now,
    )


def due_count(store: Store, assignee_id: int, now: str, till: str) -> int:
    """How many of somebody's open requests fall due from now until an instant."""
    return store.scalar(
        f"SELECT COUNT(*) FROM request WHERE assignee_id = :staff AND {OPEN}"
        " AND due_at >= :now AND due_at < :till AND archived_at IS NULL",
        staff=assignee_id,
        now=now,
        till=till,
    )


def new_count(store: Store, assignee_id: int) -> int:
    """How many of somebody's open requests nobody has touched yet."""
    return store.scalar(
        f"SELECT COUNT(*) FROM request WHERE assignee_id = :staff AND {OPEN} AND status = 'new'"
        " AND archived_at IS NULL",
        staff=assignee_id,
    )


def open_with_deputies(store: Store, assignee_id: int, limit: int = 1000) -> list[Row]:
    """Due time, status and the deputy on the client's card of somebody's open requests, by due time."""
    return store.rows(
        "SELECT r.due_at, r.status, c.deputy_id FROM request r JOIN client c ON c.id = r.client_id"
        " WHERE r.assignee_id = :staff AND r.status NOT IN ('resolved', 'declined')"
        " AND r.archived_at IS NULL ORDER BY r.due_at, r.id LIMIT :limit",
        staff=assignee_id,
        limit=limit,
    )


class KeptTimes(NamedTuple):
    """What is kept of the clocks of a request (UTC text): when it is due next, and from when it is late."""

    due_at: str | None
    late_from: str | None


def keep_times(store: Store, times: Iterable[tuple[KeptTimes, int]]) -> None:
    """Write the times kept beside requests, by request id; inside a write.

    They follow from what the log has and stand in it no more than the other caches do.
    """
    store.execute_many(
        "UPDATE request SET due_at = ?, late_from = ? WHERE id = ?",
        [(kept.due_at, kept.late_from, request_id) for kept, request_id in times],
    )


def open_parts(store: Store, request_id: int) -> list[Request]:
    """The requests that were split from one and are still open, by number."""
    return fetch(
        store,
        Request,
        "WHERE parent_id = :parent AND status NOT IN ('resolved', 'declined') AND archived_at IS NULL"
        " ORDER BY number LIMIT 20",
        parent=request_id,
    )
