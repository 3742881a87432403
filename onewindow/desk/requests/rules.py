"""What must hold for requests, what is handed off of them, tasks and touches."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.desk.validation.record_rules import Context, RecordRules
from onewindow.records.work import CLOSED_STATUSES, OPEN_HAND_OFFS, HandOff, Request, Task, Touch
from onewindow.store import rows
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
    found: dict[str, Value] = {} if record.asked_at else {"asked_at": context.at}
    if accepted and not record.accepted_at:
        found["accepted_at"] = context.at
    answered = record.state in ("ready", "returned", "confirmed")
    if record.state != "dropped" and answered != bool(record.answered_at):
        found["answered_at"] = context.at if answered else None
    if settled != bool(record.settled_at):
        found["settled_at"] = context.at if settled else None
    return found


def _filled_task(context: Context, record: Task) -> dict[str, Value]:
    done = record.status != "open"
    return {} if done == bool(record.done_at) else {"done_at": context.at if done else None}


REQUEST = RecordRules[Request](problems=_problems, implied=_implied, is_judged_alone=True)
HAND_OFF = RecordRules[HandOff](problems=_hand_off_problems, filled=_filled_hand_off)
TASK = RecordRules[Task](filled=_filled_task, is_judged_alone=True)
TOUCH = RecordRules[Touch](is_judged_alone=True)
