"""The life of a request that another program tells: its events at their own times, for right clocks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from onewindow.desk.imports.reading.stories import Story
from onewindow.desk.imports.rows.row import ReadRow
from onewindow.desk.reference import policy_segments
from onewindow.desk.reference.policy_book import read_policies
from onewindow.desk.requests.statuses import follow_events
from onewindow.desk.session.context import Session
from onewindow.desk.sla import event_log
from onewindow.desk.sla.event_details import UNTOLD_SOLUTION
from onewindow.desk.sla.kept_times import kept_times
from onewindow.records.requests import UNTOLD_OPENING, Request, RequestEvent, RequestEventKind
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.requests.reports import ReportedRequest
from onewindow.text.dates import parse_utc

_CLOSING: Mapping[str, RequestEventKind] = {"resolved": "resolve", "declined": "decline"}
_TURNING: Mapping[str, RequestEventKind] = {"waiting": "wait_client", "handed_off": "hand_off"}
NO_OPENING = "the file does not tell when it was opened"
NO_SOLUTION = "the file does not tell when it was resolved"
_LEFT_OUT = "; metrics leave it out"
_FACTS = ("opened_at", "responded_at", "resolved_at", "due_at", "late_from", "intake_seconds")


class RequestStory(Story[Request]):
    """Writes down what rows of requests tell."""

    def __init__(self, session: Session, transaction: Transaction) -> None:
        """Belong to one import."""
        super().__init__(session, transaction)
        self._segments: dict[int, str] = {}

    def begun(self, record: Request, row: ReadRow) -> Request:
        """A new request with its opening; notes in its row what is wrong with its times."""
        if not row.own_id:
            row.flags.update(flags_of(row))
        return record.with_changes({"opened_at": record.opened_at or self._transaction.at})

    def store(self, new: Sequence[Request], rows: Sequence[ReadRow]) -> Sequence[Request]:
        """Store new requests with their times, and the events that the rows tell of."""
        transaction = self._transaction
        requests, events = self._with_times(new, rows)
        stored = transaction.insert_many(requests)
        made = transaction.insert_many(events)
        settled = {record_id for event in made for record_id in (event.request_id, event.id)}
        transaction.settled |= dict.fromkeys(settled, transaction.last_seq)
        return stored

    def _with_times(
        self, records: Sequence[Request], rows: Sequence[ReadRow]
    ) -> tuple[list[Request], list[RequestEvent]]:
        """New requests with their times, and the events that the rows tell of; nothing is stored yet."""
        tiers = {row.client.id: row.client.tier for row in rows if row.client}
        book = read_policies(self._transaction.store)
        now = parse_utc(self._transaction.at)
        made: list[Request] = []
        events: list[RequestEvent] = []
        for record, row in zip(records, rows, strict=True):
            if row.own_id:
                made.append(record)  # what happened to a request of ours stands in a file of events
                continue
            tier = tiers.get(record.client_id, "")
            request, doubt = _opening(record, row)
            story = self._events(request, row, tier, doubt)
            is_closed = request.status in _CLOSING
            times: dict[str, Value] = {
                "responded_at": request.responded_at,
                "resolved_at": story[-1].at if is_closed and row.values.get("resolved_at") else None,
            }
            stored = request.with_changes({**times, "due_at": None})
            kept = kept_times(book, ReportedRequest(stored, tier, tuple(story)), now)
            made.append(stored.with_changes(kept._asdict()))
            events += story
        return made, events

    def _events(self, request: Request, row: ReadRow, tier: str, doubt: str) -> list[RequestEvent]:
        """What a row tells, each at the time that it tells, also an answer before its question."""
        opened = request.opened_at
        terms = {"tier": tier, "priority": request.priority, "request_kind": request.request_kind}
        if segments := self._segments_of(request.client_id):
            terms["segments"] = segments
        if doubt:
            terms[UNTOLD_OPENING] = doubt
        if not request.responded_at and (request.status in _CLOSING or request.status in _TURNING):
            terms["response"] = "the file does not tell when it was answered"
        events = [self._event(request, "opened", opened, request.title, terms)]
        last = opened
        if request.responded_at:
            last = max(opened, request.responded_at)
            events.append(self._event(request, "reply", request.responded_at))
        if request.promised_at:
            promised = {"promised_at": request.promised_at}
            events.append(self._event(request, "promise", last, "", promised))
        changed = max(last, str(row.extras.get("changed_at") or last))
        if request.status in _CLOSING:
            at = request.resolved_at or changed
            untold = None if request.resolved_at else {UNTOLD_SOLUTION: NO_SOLUTION}
            events.append(self._event(request, _CLOSING[request.status], at, request.result, untold))
        elif request.status in _TURNING:
            text = request.department if request.status == "handed_off" else ""
            events.append(self._event(request, _TURNING[request.status], changed, text))
        return events

    def _segments_of(self, client_id: int) -> str:
        """The segments of a client that choose policies, as terms have them."""
        if client_id not in self._segments:
            segments = policy_segments.of_client(self._transaction.store, client_id)
            self._segments[client_id] = policy_segments.as_term(segments)
        return self._segments[client_id]

    def _event(
        self,
        request: Request,
        kind: RequestEventKind,
        at: str,
        text: str = "",
        detail: Mapping[str, str] | None = None,
    ) -> RequestEvent:
        return RequestEvent(
            id=self._transaction.store.ids.new_id(),
            created_at=self._transaction.at,
            updated_at=self._transaction.at,
            client_id=request.client_id,
            request_id=request.id,
            at=at,
            event_kind=kind,
            staff_id=request.assignee_id if kind in ("reply", *_CLOSING.values()) else None,
            text=text,
            detail=json.dumps(detail, ensure_ascii=False) if detail else "",
        )

    def changeable(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """What a row may still change of a request on file: its times are facts that events tell."""
        return {name: value for name, value in values.items() if name not in _FACTS}

    def went_on(self, before: Request, after: Request, row: ReadRow, *, is_changed: bool) -> Request:
        """Log what a changed row means, at the time that it tells, and give the request back as it is."""
        if not is_changed:
            return after
        closed = row.values.get("resolved_at") if after.status in _CLOSING else None
        at = str(closed or row.extras.get("changed_at") or self._transaction.at)
        return event_log.changed(self._session, self._transaction, before, after, max(at, before.opened_at))


class EventStory(Story[RequestEvent]):
    """Lets requests follow the events that a file brings of them."""

    def __init__(self, session: Session, transaction: Transaction) -> None:
        """Belong to one import."""
        super().__init__(session, transaction)
        self._reported: list[RequestEvent] = []

    def store(self, new: Sequence[RequestEvent], rows: Sequence[ReadRow]) -> Sequence[RequestEvent]:
        """Store events; their requests follow when all are stored."""
        stored = super().store(new, rows)
        self._reported += stored
        return stored

    def went_on(
        self,
        before: RequestEvent,  # noqa: ARG002
        after: RequestEvent,
        row: ReadRow,  # noqa: ARG002
        *,
        is_changed: bool,  # noqa: ARG002
    ) -> RequestEvent:
        """Remember an event that is another one now."""
        self._reported.append(after)
        return after

    def finish(self) -> None:
        """Bring the requests after their events."""
        follow_events(self._transaction, self._reported)


def doubt_of(row: ReadRow) -> str:
    """Why one cannot count from the opening that a row tells, as a clause; '' where one can, or need not."""
    values = row.values
    opened = values.get("opened_at")
    times = [str(values[name]) for name in ("responded_at", "resolved_at") if values.get(name)]
    if not opened:
        is_missed = times or values.get("status") in _CLOSING or "opened_at" in row.flags
        # What is in the cell and cannot be read is not untold: its flag says what it is.
        return row.flags.get("opened_at", NO_OPENING).removesuffix(_LEFT_OUT) if is_missed else ""
    if times and min(times) < str(opened):
        answered = values.get("responded_at")
        what = "answer" if answered and str(answered) < str(opened) else "solution"
        return f"it was opened after its {what}"
    return ""


def flags_of(row: ReadRow) -> dict[str, str]:
    """What is wrong with the times that a row tells of a new request, by field."""
    values = row.values
    flags: dict[str, str] = {}
    if doubt := doubt_of(row):
        flags["opened_at"] = f"{doubt}{_LEFT_OUT}"
    solved, answered = values.get("resolved_at"), values.get("responded_at")
    if values.get("status") in _CLOSING:
        if not solved:
            wrong = row.flags.get("resolved_at", NO_SOLUTION)
            flags["resolved_at"] = f"{wrong}{_LEFT_OUT}"
        elif answered and str(answered) > str(solved):
            flags["responded_at"] = "it was answered after it was resolved"
    elif solved:
        flags["resolved_at"] = f"it was resolved at {solved} and is open by its status: the status counts"
    return flags


def _opening(request: Request, row: ReadRow) -> tuple[Request, str]:
    """The request, and why one cannot count from its opening; where none is told, the first time that is."""
    doubt = doubt_of(row)
    if row.values.get("opened_at") or not doubt:
        return request, doubt
    times = [row.values.get("responded_at"), row.values.get("resolved_at"), row.extras.get("changed_at")]
    first = min((str(moment) for moment in times if moment), default=request.opened_at)
    return request.with_changes({"opened_at": first}), doubt
