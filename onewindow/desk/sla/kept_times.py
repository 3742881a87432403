"""Which times are kept beside one request, by its history: due at and late from; `due_times` says when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from onewindow.desk.reference.policy_book import PolicyBook
from onewindow.desk.sla import clocks, event_details
from onewindow.metrics.policies.working_time import epoch_second
from onewindow.metrics.sla.stopwatch import moment
from onewindow.records.requests import CLOSED_STATUSES, Request, RequestEvent
from onewindow.store.engine import Store
from onewindow.store.requests import threads
from onewindow.store.requests.reports import ReportedRequest
from onewindow.store.requests.threads import KeptTimes
from onewindow.text.dates import utc_text


def kept_times(book: PolicyBook, reported: ReportedRequest, now: datetime) -> KeptTimes:
    """The times that the history of a request gives; `now` counts only where a colleague's clock is behind.

    A closed one keeps the due time that it had. Where no policy gives clocks, the date that was promised to
    the client counts.
    """
    request, events = reported.request, reported.events
    second = epoch_second(clocks.at_least(now, events, book))
    history = clocks.history_of(book, request, reported.tier, events, second)
    is_closed = request.status in CLOSED_STATUSES
    if is_closed and event_details.opening_doubt(events):
        return KeptTimes(request.due_at, None)
    if history is None:
        due = request.due_at if is_closed else request.promised_at
        merged = (at for event in events for at in event_details.missed_by(event).values())
        missed = (_missed_promise(request, events), *merged)
        return KeptTimes(due, min((at for at in missed if at is not None), default=None))
    late = moment(history.late_from())
    late_from = utc_text(late) if late is not None else None
    if is_closed:
        return KeptTimes(request.due_at, late_from)
    clock = history.pressing(second)
    due_at = clock.due_at if clock is not None and clock.live else None
    return KeptTimes(utc_text(due_at) if due_at is not None else None, late_from)


def keep(store: Store, times: Iterable[tuple[ReportedRequest, KeptTimes]]) -> set[int]:
    """Write the times that are kept otherwise, inside a write; gives the clients for whom some moved."""
    moved = [
        (fresh, reported.request)
        for reported, fresh in times
        if fresh != (reported.request.due_at, reported.request.late_from)
    ]
    if moved:
        threads.keep_times(store, [(fresh, request.id) for fresh, request in moved])
    return {request.client_id for _, request in moved}


def _missed_promise(request: Request, events: Sequence[RequestEvent]) -> str | None:
    """From when a request without clocks is late: the first promised date that was missed, else the last."""
    promised: str | None = None
    for event in events:
        if event.event_kind in ("promise", "resolve", "decline") and promised and promised < event.at:
            return promised
        if event.event_kind == "promise":
            promised = event_details.detail_of(event).get("promised_at")
    promised = promised or request.promised_at
    is_closed = request.status in CLOSED_STATUSES
    is_over = promised is not None and promised < (request.resolved_at or "")
    return promised if is_over or not is_closed else None
