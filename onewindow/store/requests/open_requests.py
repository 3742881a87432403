"""Requests with what moved their clocks, by client: those for which times are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onewindow.records.event_order import in_order
from onewindow.records.requests import Request, RequestEvent
from onewindow.store.engine import Store, Value
from onewindow.store.requests.reports import ReportedRequest
from onewindow.store.requests.threads import STILL
from onewindow.store.rows import in_chunks

_OPEN = "r.status NOT IN ('resolved', 'declined')"
_CLOSED = "r.status IN ('resolved', 'declined')"
_OF_REQUEST = (
    *("id", "number", "client_id", "priority", "request_kind"),
    *("opened_at", "created_at", "promised_at", "due_at", "late_from", "status", "resolved_at"),
)
_OF_EVENT = ("id", "client_id", "request_id", "at", "event_kind", "detail", "created_at")
"""What clocks look at; to read the other fields of a hundred thousand requests takes longer than the rest."""
_IDS_AT_ONCE = 250


def clients_after(store: Store, after: int, limit: int) -> list[int]:
    """The next clients by id who have open requests."""
    rows = store.rows(
        f"SELECT DISTINCT r.client_id FROM request r WHERE r.client_id > :after AND {_OPEN}"
        " ORDER BY r.client_id LIMIT :limit",
        after=after,
        limit=limit,
    )
    return [row[0] for row in rows]


def clients_with_closed(store: Store, after: int, limit: int) -> list[int]:
    """The next clients by id who have settled requests."""
    rows = store.rows(
        f"SELECT DISTINCT r.client_id FROM request r WHERE r.client_id > :after AND {_CLOSED}"
        " ORDER BY r.client_id LIMIT :limit",
        after=after,
        limit=limit,
    )
    return [row[0] for row in rows]


def are_more_than(store: Store, number: int) -> bool:
    """Whether a file has more requests than a number, archived ones too."""
    return store.scalar("SELECT 1 FROM request LIMIT 1 OFFSET :number", number=number) is not None


def of_clients(store: Store, low: int, high: int) -> list[ReportedRequest]:
    """The open requests of the clients with an id from `low` to `high`, with what moved their clocks.

    Both carry the fields that clocks look at, and no other.
    """
    return _read(store, f"r.client_id BETWEEN :low AND :high AND {_OPEN}", {"low": low, "high": high})


def closed_of_clients(store: Store, low: int, high: int) -> list[ReportedRequest]:
    """The same of their requests that are settled."""
    return _read(store, f"r.client_id BETWEEN :low AND :high AND {_CLOSED}", {"low": low, "high": high})


def by_ids(store: Store, request_ids: Iterable[int]) -> list[ReportedRequest]:
    """Some requests, open or settled, with what moved their clocks; archived ones are left out."""
    requests: list[ReportedRequest] = []
    for names, parameters in in_chunks(sorted(request_ids), _IDS_AT_ONCE):
        requests += _read(store, f"r.id IN ({names})", parameters)
    return requests


def requests_of_events(store: Store, event_ids: Iterable[int]) -> set[int]:
    """The requests that some events belong to."""
    request_ids: set[int] = set()
    for names, parameters in in_chunks(sorted(event_ids), _IDS_AT_ONCE):
        rows = store.rows(f"SELECT request_id FROM request_event WHERE id IN ({names})", **parameters)
        request_ids.update(row[0] for row in rows)
    return request_ids


def _read(store: Store, which: str, given: Mapping[str, Value]) -> list[ReportedRequest]:
    events: dict[int, list[RequestEvent]] = {}
    for row in store.rows(
        f"SELECT {', '.join(f'e.{name}' for name in _OF_EVENT)}"
        " FROM request r JOIN request_event e ON e.request_id = r.id"
        f" WHERE {which} AND r.archived_at IS NULL AND e.archived_at IS NULL"
        # A merge moves no clock, and may bring what the duplicate had missed.
        f" AND (e.event_kind = 'merge' OR e.event_kind NOT IN {STILL})",
        **given,
    ):
        event = RequestEvent(**dict(zip(_OF_EVENT, row, strict=True)))
        events.setdefault(event.request_id, []).append(event)
    reported_requests: list[ReportedRequest] = []
    for row in store.rows(
        f"SELECT c.tier, {', '.join(f'r.{name}' for name in _OF_REQUEST)}"
        " FROM request r JOIN client c ON c.id = r.client_id"
        f" WHERE {which} AND r.archived_at IS NULL",
        **given,
    ):
        request = Request(**dict(zip(_OF_REQUEST, row[1:], strict=True)))
        reported_requests.append(
            ReportedRequest(request, row[0], tuple(in_order(events.get(request.id, ()))))
        )
    return reported_requests
