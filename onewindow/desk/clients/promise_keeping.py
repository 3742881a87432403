"""Keeping and breaking promises: each time is an event with its day, and a standing term goes on after it."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.desk.session.context import Session
from onewindow.metrics.promises import OPEN, Outcome, is_open, is_standing, tally
from onewindow.records.clients import Promise, PromiseEvent
from onewindow.store import rows
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import day_in_full


def marked(promise: Promise, outcome: Outcome, at: str) -> dict[str, Value]:
    """What keeping or breaking changes in a promise that is on file."""
    kept, broken = tally(promise)
    values: dict[str, Value] = {
        "kept_count": kept + (outcome == "kept"),
        "broken_count": broken + (outcome == "broken"),
    }
    if is_standing(promise):
        resumed = promise.status if promise.status in OPEN else "acknowledged"
        return {**values, "status": resumed, "settled_at": at if outcome == "broken" else None}
    return {**values, "status": outcome, "settled_at": at}


def outcome_in(now: Promise, changes: Mapping[str, Value]) -> Outcome | None:
    """Whether a change marks a promise kept or broken: by its state, however that was written."""
    status = changes.get("status")
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
        raise StoreProblem(
            f"{day_in_full(on)} has not come yet; a promise is kept or broken on a day that was."
        )
    if not is_open(promise):
        raise StoreProblem(f"This promise is {promise.status} already.")

    def work(transaction: Transaction) -> Promise:
        return mark_in(session, transaction, rows.get(session.store, Promise, promise.id), outcome, on, note)

    return session.change(f"{outcome}: {promise.text[:60]}", work).result


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
    # Noon in UTC is that same day in nearly every zone.
    at = transaction.at if day == today else f"{day}T12:00:00Z"
    after = transaction.update(promise, marked(promise, outcome, at))
    transaction.insert(event_of(session, promise, outcome, day, note))
    return after
