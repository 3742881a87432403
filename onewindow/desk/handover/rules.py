"""What must hold for handovers, their lines and observations, and what the program fills in itself."""

from __future__ import annotations

from onewindow.desk.reference.record_entries import Context, RecordEntry, RecordRules
from onewindow.desk.session.context import Session
from onewindow.records.handover import MARKS, Handover, HandoverItem, Observation
from onewindow.store import rows
from onewindow.store.engine import Value

HIGHEST = 5
"""The best mark of a client or an observer; 0 is the worst."""


def _handover(_context: Context, record: Handover) -> dict[str, str]:
    errors = {
        name: "give more than 0 minutes."
        for name in ("target_min", "answer_min")
        if getattr(record, name) <= 0
    }
    if record.satisfaction is not None and not 0 <= record.satisfaction <= HIGHEST:
        errors["satisfaction"] = f"the client's mark is 0 to {HIGHEST}."
    if record.state == "returned" and not record.reason:
        errors["reason"] = "say why it was returned."
    return errors


def _item(_context: Context, record: HandoverItem) -> dict[str, str]:
    errors: dict[str, str] = {}
    if record.state == "not_needed" and not record.reason:
        errors["reason"] = "say why it is not needed."
    if record.state == "answered" and not record.answer:
        errors["answer"] = "write the answer."
    if record.target_min <= 0:
        errors["target_min"] = "give more than 0 minutes."
    return errors


def _observation(_context: Context, record: Observation) -> dict[str, str]:
    given = {name: getattr(record, name) for name in MARKS if getattr(record, name) is not None}
    if not given and not record.comment:
        return {MARKS[0]: "give at least one mark, or a comment."}
    return {name: f"a mark is 0 to {HIGHEST}." for name, value in given.items() if not 0 <= value <= HIGHEST}


def _fill_handover(context: Context, record: Handover) -> dict[str, Value]:
    if record.sent_at:
        return {}
    # Of an earlier day only the date is known; nine in the morning is when a package comes.
    return {"sent_at": context.at if record.sent_on == context.today else f"{record.sent_on}T09:00:00Z"}


def _fill_item(context: Context, record: HandoverItem) -> dict[str, Value]:
    """A question is asked at once, of the salesperson; its times follow its state."""
    values: dict[str, Value] = {}
    state = record.state
    if record.item_kind == "question" and state == "open":
        values["state"] = state = "asked"
    if state == "asked":
        if not record.asked_at:
            values["asked_at"] = context.at
        if record.asked_of_id is None:
            handover = rows.find(context.store, Handover, record.handover_id)
            values["asked_of_id"] = handover.sales_id if handover is not None else None
    if state == "answered" and not record.answered_at:
        values["answered_at"] = context.at
    return values


HANDOVER = RecordEntry[Session, Handover](RecordRules(problems=_handover, filled=_fill_handover))
HANDOVER_ITEM = RecordEntry[Session, HandoverItem](RecordRules(problems=_item, filled=_fill_item))
OBSERVATION = RecordEntry[Session, Observation](RecordRules(problems=_observation, is_of_observers=True))
