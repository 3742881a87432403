"""What happens to a request, written as events, so that its clocks can be computed from facts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from onewindow.desk.reference import policy_segments
from onewindow.desk.reference.policy_book import PolicyBook, read_policies
from onewindow.desk.session.context import Session
from onewindow.desk.sla import clocks, event_details, repeats
from onewindow.desk.sla.kept_times import kept_times
from onewindow.records.clients import Client
from onewindow.records.event_order import AFTER, in_order
from onewindow.records.requests import CLOSED_STATUSES, Request, RequestEvent, RequestEventKind
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store, Value
from onewindow.store.requests import hand_offs, threads
from onewindow.store.requests.reports import ReportedRequest
from onewindow.store.requests.threads import KeptTimes
from onewindow.text.dates import parse_utc

_JUST_OPENED = ("new", "open")
"""The states in which a request tells nothing but that it was opened."""


def opened(session: Session, transaction: Transaction, request: Request) -> Request:
    """Log the opening of a stored request, and give it back with its due time."""
    terms = _terms_of(transaction, request)
    events = [_log(session, transaction, request, "opened", request.title, terms, request.opened_at)]
    if request.promised_at:
        promise = {"promised_at": request.promised_at}
        events.append(_log(session, transaction, request, "promise", "", promise))
    # Whoever writes down a request that waits or is settled already tells two things at once.
    for kind, text, detail in _meaning(transaction, request.with_changes({"status": "open"}), request):
        events.append(_log(session, transaction, request, kind, text, detail))
    repeats.link(transaction, request)
    return _with_due_time(transaction, request, in_order(events))


@frozen_struct
class Opening:
    """What opening a request comes to, worked out before the transaction, and what it was worked out from."""

    at: str
    book: PolicyBook
    terms: dict[str, str]
    times: KeptTimes

    def holds(self, transaction: Transaction, request: Request) -> bool:
        """Whether it comes to the same now that one may write."""
        return (
            self.at == transaction.at
            and self.terms == _terms(transaction.store, transaction.client(request.client_id), request)
            and self.book is read_policies(transaction.store)
        )


def opening(session: Session, request: Request) -> Opening | None:
    """What opening a new request will come to if nobody changes the rules meanwhile.

    None where more is to be told than that it was opened, where there is no such client, and where the clock
    is behind a change of the rules.
    """
    store, at = session.store, session.now_text()
    if request.status not in _JUST_OPENED or request.promised_at:
        return None
    client = rows.find(store, Client, request.client_id)
    if client is None:
        return None
    book = read_policies(store)
    # With an id of now: in one second the id tells by which state of the rules a request is counted.
    made = request.with_changes({"id": store.ids.new_id(), "created_at": at})
    if book.place_of(at, made.id) < len(book.rules) - 1:
        return None
    terms = _terms(store, client, request)
    event = _event(session, made, "opened", made.title, terms, request.opened_at).with_changes(
        {"created_at": at}
    )
    times = kept_times(book, ReportedRequest(made, client.tier, (event,)), parse_utc(at))
    return Opening(at, book, terms, times)


def opened_as_prepared(
    session: Session, transaction: Transaction, request: Request, prepared: Opening
) -> Request:
    """Store and log a new request with the times that were worked out before, which still hold."""
    stored = transaction.insert(request.with_changes(prepared.times._asdict()))
    _log(session, transaction, stored, "opened", stored.title, prepared.terms, stored.opened_at)
    repeats.link(transaction, stored)
    if prepared.times != (None, None):
        transaction.due_moved.add(stored.client_id)
    transaction.settled[stored.id] = transaction.last_seq
    return stored


def changed(
    session: Session,
    transaction: Transaction,
    before: Request,
    after: Request,
    at: str = "",
    said: str = "",
) -> Request:
    """Log what an edit of a request means, and give it back with its due time.

    `at` is when it happened (UTC text) where that was not now, as an imported file tells; `said` is the
    reason that somebody gave: it stands in the first event that has no text of its own, else in a note.
    """
    for kind, text, detail in _meaning(transaction, before, after):
        _log(session, transaction, after, kind, text or said, detail, at)
        said = said if text else ""
    if said:
        _log(session, transaction, after, "note", said, {}, at)
    if any(getattr(before, name) != getattr(after, name) for name in repeats.TOLD_BY):
        repeats.link(transaction, after)
    return with_due_time(transaction, after)


def add_event(
    session: Session,
    transaction: Transaction,
    request: Request,
    kind: RequestEventKind,
    text: str,
    detail: Mapping[str, str] | None = None,
    at: str = "",
    *,
    staff_id: int | None = None,
) -> Request:
    """Log one thing that happened (a reply, a client's message, a note); gives the request as it is then.

    `at` (UTC text) is when it happened, now if it is empty; `staff_id` is who did it, else this person.
    """
    _log(session, transaction, request, kind, text, dict(detail or {}), at, staff_id)
    return with_due_time(transaction, request)


def with_due_time(transaction: Transaction, request: Request) -> Request:
    """Compute the times kept beside a request from its events again, and store them if they moved.

    Gives the request as it is on file: these times are nobody's, so an old sight of them is no conflict.
    """
    store = transaction.store
    return _with_due_time(
        transaction, rows.get(store, Request, request.id), threads.events(store, request.id)
    )


def _with_due_time(transaction: Transaction, request: Request, events: Sequence[RequestEvent]) -> Request:
    """The same of a request as it is on file, with all its events in their order."""
    store = transaction.store
    client = transaction.client(request.client_id)
    # A clock that was ahead when it was opened must not let an answer come before its question; what a file
    # tells stays as told.
    known_times = [
        (e.event_kind, max(e.at, request.opened_at) if e.at == e.created_at else e.at)
        for e in events
        if event_details.is_time_known(e)
    ]
    is_answer_unknown = event_details.is_answer_time_unknown(events)
    answering = ("reply",) if is_answer_unknown else ("reply", "resolve", "decline")
    answers = [at for kind, at in known_times if kind in answering]
    closing = [at for kind, at in known_times if kind in ("resolve", "decline")]
    is_closed = request.status in CLOSED_STATUSES
    times: dict[str, Value] = {
        "responded_at": answers[0] if answers else None,
        "resolved_at": closing[-1]
        if closing and is_closed and not event_details.is_solution_time_unknown(request, events)
        else None,
    }
    moves = any(getattr(request, name) != at for name, at in times.items())
    after = transaction.update(request, times) if moves else request
    reported = ReportedRequest(after, client.tier, tuple(events))
    kept = kept_times(read_policies(store), reported, parse_utc(transaction.at))
    if kept != (after.due_at, after.late_from):
        threads.keep_times(store, [(kept, request.id)])
        transaction.due_moved.add(request.client_id)
    transaction.settled[request.id] = transaction.last_seq
    return after.with_changes(kept._asdict())


def keep_times(transaction: Transaction) -> None:
    """Compute again the times kept beside the requests that an undo changed, or events of which it did.

    Undo leaves these times alone: they follow from the events that count now.
    """
    from onewindow.store.requests import open_requests  # only an undo needs it

    changes = transaction.changes
    ids = {change.entity_id for change in changes if change.entity == "request"}
    events = [change.entity_id for change in changes if change.entity == "request_event"]
    for request_id in sorted(ids | open_requests.requests_of_events(transaction.store, events)):
        with_due_time(transaction, rows.get(transaction.store, Request, request_id))


def _meaning(
    transaction: Transaction, before: Request, after: Request
) -> Iterator[tuple[RequestEventKind, str, dict[str, str]]]:
    if (before.priority, before.request_kind) != (after.priority, after.request_kind):
        yield "policy", f"{before.priority} → {after.priority}", _terms_of(transaction, after)
    elif before.client_id != after.client_id:
        yield "policy", "moved to another client", _terms_of(transaction, after)
    if before.promised_at != after.promised_at and after.promised_at:
        yield "promise", "", {"promised_at": after.promised_at}
    if before.assignee_id != after.assignee_id:
        yield "assign", "", {"from_id": _number(before.assignee_id), "to_id": _number(after.assignee_id)}
    if before.status == after.status:
        return
    if before.status in CLOSED_STATUSES and after.status not in CLOSED_STATUSES:
        yield "reopen", "", {}
    elif before.status == "waiting" and after.status != "waiting":
        yield "resume", "", {}
    match after.status:
        case "waiting":
            yield "wait_client", "", {}
        case "resolved":
            yield "resolve", after.result, {}
        case "declined":
            yield "decline", after.result, {}
        case "handed_off":
            # A hand-off that was written down has told its own story.
            if not hand_offs.open_of_request(transaction.store, after.id):
                yield "hand_off", after.department, {}
        case _:
            return


def _number(record_id: int | None) -> str:
    return str(record_id) if record_id else ""


def _terms_of(transaction: Transaction, request: Request) -> dict[str, str]:
    return _terms(transaction.store, transaction.client(request.client_id), request)


def _terms(store: Store, client: Client, request: Request) -> dict[str, str]:
    """What decides the policy, as it is now: later changes must not rewrite the past."""
    terms = {"tier": client.tier, "priority": request.priority, "request_kind": request.request_kind}
    segments = policy_segments.of_client(store, client.id)
    return {**terms, "segments": policy_segments.as_term(segments)} if segments else terms


def _log(
    session: Session,
    transaction: Transaction,
    request: Request,
    kind: RequestEventKind,
    text: str,
    detail: dict[str, str],
    at: str = "",
    staff_id: int | None = None,
) -> RequestEvent:
    noted = detail | ({} if at else _behind(transaction, request))
    event = transaction.insert(_event(session, request, kind, text, noted, at or transaction.at, staff_id))
    transaction.settled[event.id] = transaction.last_seq  # whoever logs it works out the due time next
    return event


def _event(
    session: Session,
    request: Request,
    kind: RequestEventKind,
    text: str,
    noted: Mapping[str, str],
    at: str,
    staff_id: int | None = None,
) -> RequestEvent:
    return RequestEvent(
        client_id=request.client_id,
        request_id=request.id,
        at=at,
        event_kind=kind,
        staff_id=staff_id or session.me.id,
        text=text,
        detail=json.dumps(noted, ensure_ascii=False) if noted else "",
    )


def _behind(transaction: Transaction, request: Request) -> dict[str, str]:
    """What an event of now says where the clock was set back: after which one it came."""
    latest = threads.last_move(transaction.store, request.id)
    if latest is None or latest.at <= transaction.at:
        return {}
    # The clock may have been set back more than once: the last cause is not the one with the latest time.
    moves = [e for e in threads.events(transaction.store, request.id) if e.event_kind in clocks.MOVES]
    return {AFTER: str(moves[-1].id)} if moves else {}
