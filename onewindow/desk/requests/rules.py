"""What must hold for requests, what is handed off of them, tasks and touches."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.desk.editing.done_words import of_client, quoted
from onewindow.desk.reference.record_entries import (
    Changed,
    Consequences,
    Context,
    Display,
    Done,
    Prepared,
    RecordEntry,
    RecordRules,
)
from onewindow.desk.requests.statuses import follow_events
from onewindow.desk.session.context import Session
from onewindow.desk.sla import event_log, hand_off_log
from onewindow.records.requests import (
    CLOSED_STATUSES,
    OPEN_HAND_OFFS,
    HandOff,
    Request,
    RequestEvent,
    Task,
    Touch,
)
from onewindow.store import rows
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.requests import hand_offs, threads

_NEXT = {"waiting": "client", "handed_off": "internal"}
"""Who acts next on a request that is in a state, unless somebody says otherwise."""


def _problems(context: Context, record: Request) -> dict[str, str]:
    if record.status == "declined" and not record.result:
        return {"result": "a declined request needs a reason that the client sees."}
    if not record.id and record.opened_at > context.at:
        return {"opened_at": "this is still to come; a request was opened when the client asked."}
    if record.id and record.parent_id == record.id:
        return {"parent_id": "a request cannot be part of itself."}
    return _closing(record, context)


def _closing(record: Request, context: Context) -> dict[str, str]:
    """What keeps a request that is open on file from being closed."""
    if not record.id or record.status not in CLOSED_STATUSES:
        return {}
    stored = rows.find(context.store, Request, record.id)
    if stored is None or stored.status in CLOSED_STATUSES:
        return {}
    for part in hand_offs.open_of_request(context.store, record.id):
        whom = part.department or part.target
        return {"status": f"{whom} has not settled “{part.what}”: confirm or drop that hand-off first."}
    for part in threads.open_parts(context.store, record.id):
        return {"status": f"R-{part.number} “{part.title}” is a part of it and still open: close that first."}
    is_resolved_complaint = record.request_kind == "complaint" and record.status == "resolved"
    if is_resolved_complaint and not record.cause and record.merged_into_id is None:
        return {"cause": "a complaint is resolved only with its cause: write what it came from."}
    return {}


def _implied(given: Mapping[str, Value]) -> dict[str, Value]:
    """Who acts next on a request whose state was typed alone."""
    status = given.get("status")
    return {"next_actor": _NEXT[str(status)]} if status in _NEXT else {}


def _hand_off_problems(context: Context, record: HandOff) -> dict[str, str]:
    errors: dict[str, str] = {}
    if record.target_min <= 0:
        errors["target_min"] = "give the department more than 0 open minutes."
    request = rows.find(context.store, Request, record.request_id)
    is_new = not record.id and record.state in OPEN_HAND_OFFS
    if is_new and request is not None and request.status in CLOSED_STATUSES:
        errors["request_id"] = f"R-{request.number} is {request.status}; open it again first."
    return errors


def _filled_hand_off(context: Context, record: HandOff) -> dict[str, Value]:
    """Its times follow its state: asked, accepted, answered, settled."""
    accepted = record.state in ("accepted", "ready", "confirmed")
    settled = record.state in ("confirmed", "dropped")
    values: dict[str, Value] = {} if record.asked_at else {"asked_at": context.at}
    if accepted and not record.accepted_at:
        values["accepted_at"] = context.at
    answered = record.state in ("ready", "returned", "confirmed")
    if record.state != "dropped" and answered != bool(record.answered_at):
        values["answered_at"] = context.at if answered else None
    if settled != bool(record.settled_at):
        values["settled_at"] = context.at if settled else None
    return values


def _filled_task(context: Context, record: Task) -> dict[str, Value]:
    done = record.status != "open"
    return {} if done == bool(record.done_at) else {"done_at": context.at if done else None}


def _begun(context: Context, record: Request, seconds: int) -> Request:
    return record.with_changes({"opened_at": record.opened_at or context.at, "intake_seconds": seconds})


def _prepared(session: Session, record: Request) -> Prepared[Request] | None:
    """What opening a request comes to is worked out before one's turn to write, as far as that is known."""
    ready = event_log.opening(session, record)
    if ready is None:
        return None

    # A lock is held while others wait: what the clocks need is read and computed before it.
    def store(transaction: Transaction, request: Request) -> Request | None:
        if not ready.holds(transaction, request):
            return None
        return event_log.opened_as_prepared(session, transaction, request, ready)

    return store


def _changed(session: Session, transaction: Transaction, change: Changed[Request]) -> Request:
    return event_log.changed(session, transaction, change.before, change.after, said=change.said)


def _resolved(_session: Session, _record: Request) -> dict[str, Value]:
    return {"status": "resolved", "next_actor": "client"}


def _resolved_text(session: Session, record: Request) -> str:
    return f"R-{record.number} {record.title}{of_client(session, record)} is resolved"


def _itself(record: Request) -> int | None:
    return record.id or None


def _event_stored(_session: Session, transaction: Transaction, record: RequestEvent) -> RequestEvent:
    follow_events(transaction, [record])
    return record


def _hand_off_stored(session: Session, transaction: Transaction, record: HandOff) -> HandOff:
    hand_off_log.stands(session, transaction, record, record.what)
    return record


def _hand_off_changed(session: Session, transaction: Transaction, change: Changed[HandOff]) -> HandOff:
    if change.after.state != change.before.state:
        # What was answered before was not said again.
        answered = change.after.answer if change.after.answer != change.before.answer else ""
        hand_off_log.stands(session, transaction, change.after, change.said or answered)
    return change.after


def _task_done(_session: Session, _record: Task) -> dict[str, Value]:
    return {"status": "done"}


def _task_done_text(session: Session, record: Task) -> str:
    return f"task {quoted(record.title)}{of_client(session, record)} is done"


def _begun_touch(context: Context, record: Touch, _seconds: int) -> Touch:
    return record if record.at else record.with_changes({"at": context.at})


REQUEST = RecordEntry[Session, Request](
    RecordRules(problems=_problems, begun=_begun, implied=_implied, is_judged_alone=True),
    Consequences(prepared=_prepared, stored=event_log.opened, changed=_changed),
    Done(_resolved, is_done=lambda record: record.status == "resolved"),
    frozenset({"row", "clock"}),
    Display(done=_resolved_text, about_request=_itself),
)
REQUEST_EVENT = RecordEntry[Session, RequestEvent](
    consequences=Consequences(stored=_event_stored), caches=frozenset({"clock"})
)
HAND_OFF = RecordEntry[Session, HandOff](
    RecordRules(problems=_hand_off_problems, filled=_filled_hand_off),
    Consequences(stored=_hand_off_stored, changed=_hand_off_changed),
)
TASK = RecordEntry[Session, Task](
    RecordRules(filled=_filled_task, is_judged_alone=True),
    done=Done(_task_done, is_done=lambda record: record.status == "done"),
    caches=frozenset({"row"}),
    display=Display(done=_task_done_text),
)
TOUCH = RecordEntry[Session, Touch](
    RecordRules(begun=_begun_touch, is_judged_alone=True), caches=frozenset({"row"})
)
