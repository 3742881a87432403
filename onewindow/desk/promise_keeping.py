"""Keeping and breaking promises: each time is an event with its day, and a standing term goes on after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from onewindow.desk.rules import Context
from onewindow.desk.session import Session
from onewindow.metrics.promises import OPEN, OUTCOMES, Outcome, is_open, is_standing, tally
from onewindow.records.clients import Promise, PromiseEvent
from onewindow.records.fields import Record, attributes
from onewindow.store import rows
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem
from onewindow.text.capture_dates import find_deadline

_TERMS = ("text", "deliverable", "acceptance", "due_on", "valid_from", "valid_till")
"""What a special term says; another word of it was agreed somewhere."""


def marked(promise: Promise, outcome: Outcome, at: str) -> dict[str, Value]:
    """What keeping or breaking changes in a promise that is on file."""
    kept, broken = tally(promise)
    values: dict[str, Value] = {
        "kept_count": kept + (outcome == "kept"),
        "broken_count": broken + (outcome == "broken"),
    }
    if is_standing(promise):
        going_on = promise.status if promise.status in OPEN else "acknowledged"
        return {**values, "status": going_on, "settled_at": at if outcome == "broken" else None}
    return {**values, "status": outcome, "settled_at": at}


def outcome_in(now: Promise, wanted: Mapping[str, Value]) -> Outcome | None:
    """Whether a change marks a promise kept or broken: by its state, however that was written."""
    status = wanted.get("status")
    if status == "kept" and (now.status != "kept" or is_standing(now)):
        return "kept"
    if status == "broken" and (now.status != "broken" or is_standing(now)):
        return "broken"
    return None


def event_of(session: Session, promise: Promise, outcome: Outcome, on: str, note: str) -> PromiseEvent:
    """The event of one keeping or breaking, not stored yet."""
    return PromiseEvent(
        client_id=promise.client_id,
        promise_id=promise.id,
        outcome=outcome,
        happened_on=on,
        staff_id=session.me.id,
        note=note.strip()[:200],
    )


def mark(session: Session, promise: Promise, outcome: Outcome, on: str = "", note: str = "") -> Promise:
    """Note that a promise was kept or broken, on a day (YYYY-MM-DD, today if none is given).

    Raises StoreProblem for a day to come, and for a promise that was withdrawn or is settled already.
    """
    today = session.today().isoformat()
    if on > today:
        raise StoreProblem(f"{_spoken(on)} has not come yet; a promise is kept or broken on a day that was.")
    if not is_open(promise):
        raise StoreProblem(f"This promise is {promise.status} already.")

    def work(transaction: Transaction) -> Promise:
        return mark_in(session, transaction, rows.get(session.store, Promise, promise.id), outcome, on, note)

    return session.change(f"{outcome}: {promise.text[:60]}", work).result


def _spoken(day: str) -> str:
    return f"{date.fromisoformat(day):%d.%m.%Y}"


def mark_in(
    session: Session,
    transaction: Transaction,
    promise: Promise,
    outcome: Outcome,
    on: str = "",
    note: str = "",
) -> Promise:
    """Note it inside somebody's transaction, for a promise as it is on file."""
    today = session.today().isoformat()
    day = on or today
    at = transaction.at if day == today else f"{day}T12:00:00Z"
    after = transaction.update(promise, marked(promise, outcome, at))
    transaction.insert(event_of(session, promise, outcome, day, note))
    return after


def with_day_in_words(record: Record, now: datetime) -> Record:
    """A spoken promise without a date, with the day that its own words name: позвонить завтра.

    `now` is the local present.
    """
    if not isinstance(record, Promise) or record.promise_kind != "spoken" or record.due_on:
        return record
    found = find_deadline(record.text.casefold().split(), now)
    if found is None or not found.names_day:
        return record
    return record.with_changes({"due_on": found.moment.date().isoformat()})


def missing_when_typed(record: Record) -> dict[str, str]:
    """What the form of a promise asks for: a spoken one is kept on a day."""
    if isinstance(record, Promise) and record.promise_kind == "spoken" and not record.due_on:
        return {"due_on": "when is it kept? A spoken promise needs a date; what holds always is a term."}
    return {}


def problems(context: Context, record: Record) -> dict[str, str]:
    """What keeps a promise from being saved: a changed term says where the change was agreed."""
    if isinstance(record, PromiseEvent):
        late = record.happened_on > context.today
        return {"happened_on": f"{_spoken(record.happened_on)} has not come yet."} if late else {}
    if not isinstance(record, Promise) or not record.id:
        return {}
    before = rows.find(context.store, Promise, record.id)
    if before is None or before.promise_kind != "term":
        return {}
    changed = [name for name in _TERMS if getattr(before, name) != getattr(record, name)]
    is_shown = record.evidence not in ("", before.evidence) or (
        record.document_id is not None and record.document_id != before.document_id
    )
    if not changed or is_shown:
        return {}
    labels = {a.name: a.label for a in attributes(Promise)}
    told = ", ".join(labels[name] for name in changed)
    return {"evidence": f"a special term was changed ({told}): say where that was agreed, other than before."}


def filled(context: Context, record: Record) -> dict[str, Value]:
    """When a promise was settled; a standing one that is stored as settled goes on and is counted."""
    if not isinstance(record, Promise):
        return {}
    if is_standing(record) and record.status in OUTCOMES and not record.id:
        outcome: Outcome = "kept" if record.status == "kept" else "broken"
        return marked(
            record.with_changes({"status": "acknowledged"}), outcome, record.settled_at or context.at
        )
    known = _acknowledged(context, record)
    if is_standing(record) and record.status in OPEN:
        return known
    settled = record.status in OUTCOMES
    if settled == bool(record.settled_at) or (settled and _is_untold(context, record)):
        return known
    return {**known, "settled_at": context.at if settled else None}


def _is_untold(context: Context, record: Promise) -> bool:
    """Whether a file did not tell when a promise was settled: no later change makes that up."""
    if context.is_import:
        return True
    before = rows.find(context.store, Promise, record.id) if record.id else None
    return before is not None and before.status == record.status and before.settled_at is None


def _acknowledged(context: Context, record: Promise) -> dict[str, Value]:
    """Who acknowledged a promise, and when, where only its state was set."""
    if record.status != "acknowledged" or record.acknowledged_at or context.me is None or context.is_import:
        return {}
    return {"acknowledged_at": context.at, "acknowledged_by_id": context.me.id}
