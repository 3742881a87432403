"""Where a request stands, by events that somebody brings from elsewhere: an import, a record typed whole.

What people do here sets the status and logs the event. Events that come alone must not leave both apart: a
clock that waits for the client under a request that says it is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onewindow.desk.sla.clocks import by_request
from onewindow.desk.sla.event_details import is_time_known
from onewindow.records.requests import CLOSED_STATUSES, Request, RequestEvent
from onewindow.store import rows
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.queue import today as sources

_ANSWERS = ("reply", "resolve", "decline")
_CLOSING = {"resolve": "resolved", "decline": "declined"}
# So many ids in one query: an import brings events of thousands of requests.
_REQUESTS_AT_ONCE = 200


def follow_events(transaction: Transaction, events: Iterable[RequestEvent]) -> None:
    """Bring requests after events that were stored for them, as far as these are the last word on them."""
    new: dict[int, set[int]] = {}
    for event in events:
        new.setdefault(event.request_id, set()).add(event.id)
    ids = sorted(new)
    for start in range(0, len(ids), _REQUESTS_AT_ONCE):
        chunk = ids[start : start + _REQUESTS_AT_ONCE]
        events_of = by_request(sources.events_of(transaction.store, chunk))
        for request_id in chunk:
            request = rows.get(transaction.store, Request, request_id)
            values = _values(request, events_of.get(request_id, []), new[request_id])
            if any(getattr(request, name) != value for name, value in values.items()):
                transaction.update(request, values)


def _values(request: Request, events: Sequence[RequestEvent], new: set[int]) -> dict[str, Value]:
    """What follows for a request; empty where the events say nothing that is not known."""
    state, decided_by = _state(events)
    values: dict[str, Value] = {}
    if decided_by in new:
        values = _status_values(request, state)
    elif request.status == "new" and any(e.id in new and e.event_kind == "reply" for e in events):
        values = {"status": "open"}
    answered = next((event.at for event in events if event.event_kind in _ANSWERS), None)
    if answered is not None and not (request.responded_at and request.responded_at < answered):
        values["responded_at"] = answered
    return values | _closed_at(values.get("status", request.status), events)


def _state(events: Sequence[RequestEvent]) -> tuple[str, int]:
    """How a request stands after its events, and which of them made it so (0: none)."""
    state, decided_by = "open", 0
    for event in events:
        kind, before = event.event_kind, state
        if kind in _CLOSING:
            state = _CLOSING[kind]
        elif kind == "wait_client" and state == "open":
            state = "waiting"
        elif (kind in ("resume", "client_message") and state == "waiting") or kind == "reopen":
            state = "open"
        # Only what changes the state decides it: a second reply to an open request moves nothing.
        if state != before:
            decided_by = event.id
    return state, decided_by


def _status_values(request: Request, state: str) -> dict[str, Value]:
    if state == "waiting":
        return {"status": state, "next_actor": "client"}
    if state != "open":
        return {"status": state}  # who would act next is nobody's matter any more
    is_open = request.status not in ("waiting", *CLOSED_STATUSES)
    return {} if is_open else {"status": "open", "next_actor": "us", "merged_into_id": None}


def _closed_at(status: Value, events: Sequence[RequestEvent]) -> dict[str, Value]:
    if status not in CLOSED_STATUSES:
        return {"resolved_at": None}
    closing = [event for event in events if event.event_kind in _CLOSING]
    if not closing:
        return {}
    return {"resolved_at": closing[-1].at if is_time_known(closing[-1]) else None}
