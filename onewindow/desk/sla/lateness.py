"""How late each request on file is now: worked out from its clocks for whoever shows it, and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from onewindow.desk.reference.policy_book import PolicyBook
from onewindow.desk.session.context import Session
from onewindow.desk.sla import clocks
from onewindow.metrics.policies.working_time import Calendar
from onewindow.metrics.sla.lateness import Lateness, lateness_of_clock, lateness_of_date
from onewindow.metrics.sla.stopwatch import Clock
from onewindow.records.requests import CLOSED_STATUSES, Request, RequestEvent
from onewindow.store import outbox
from onewindow.store.queue import today as sources
from onewindow.text.dates import parse_utc, utc_text

_NO_MESSAGES: Mapping[int, str] = {}


def lateness_of(
    book: PolicyBook,
    request: Request,
    tier: str,
    events: Sequence[RequestEvent],
    now: datetime,
    queued: str = "",
) -> Lateness | None:
    """How an open request stands by its most pressing clock; None for a closed one and one without a time.

    `queued` is when a reply goes out that waits in the outbox (UTC text), '' for none.
    """
    if request.status in CLOSED_STATUSES:
        return None
    seen_at = clocks.at_least(now, events, book)
    return by_clock(book, request, clocks.request_pressing(book, request, tier, events, seen_at), now, queued)


def by_clock(
    book: PolicyBook, request: Request, pressing: Clock | None, now: datetime, queued: str = ""
) -> Lateness | None:
    """The same from the pressing clock, where that is known; a promised date counts where no policy does."""
    if request.status in CLOSED_STATUSES:
        return None
    goes_at = parse_utc(queued) if queued else None
    lateness = lateness_of_clock(pressing, goes_at)
    if lateness is not None or not request.promised_at:
        return lateness
    return lateness_of_date(parse_utc(request.promised_at), now, general_calendar(book), goes_at)


def read_lateness(session: Session, requests: Iterable[Request]) -> dict[int, Lateness | None]:
    """How some requests stand now, by id; a few queries for all of them."""
    store, now, book = session.store, session.now(), session.directory.policies
    wanted = [request for request in requests if request.status not in CLOSED_STATUSES]
    clients = sources.clients_seen(store, {request.client_id for request in wanted})
    events = clocks.by_request(sources.events_of(store, [request.id for request in wanted]))
    queued = outbox.queued_answers(store) if wanted else _NO_MESSAGES
    return {
        request.id: lateness_of(
            book,
            request,
            clients[request.client_id].tier if request.client_id in clients else "",
            events.get(request.id, ()),
            now,
            queued.get(request.id, ""),
        )
        for request in wanted
    }


def general_calendar(book: PolicyBook) -> Calendar | None:
    """The hours by which dates without a clock count: those of the general policy, None without any."""
    general = next(
        (p for p in book.policies if not (p.tier or p.priority or p.request_kind or p.segment_id)), None
    )
    if general is not None:
        return book.calendars.get(general.calendar_id)
    return next(iter(book.calendars.values()), None)


def lateness_values(lateness: Lateness | None) -> dict[str, str | int | bool | None]:
    """How something stands as plain fields: working seconds left, negative when it is over; UTC text."""
    if lateness is None:
        return {
            "due_at": None,
            "is_late": False,
            "is_paused": False,
            "slack_seconds": None,
            "answer_queued_at": None,
            "breached_before": False,
        }
    queued, due = lateness.answer_queued_at, lateness.due_at
    return {
        "due_at": utc_text(due) if due else None,
        "is_late": lateness.is_late,
        "is_paused": lateness.is_paused,
        "slack_seconds": lateness.seconds,
        "answer_queued_at": utc_text(queued) if queued else None,
        "breached_before": lateness.breached_before,
    }
