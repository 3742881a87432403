"""Acknowledging a promise or special term: somebody says that they have read it and keep it from now on."""

from __future__ import annotations

from onewindow.desk.editing.changing import change
from onewindow.desk.session.context import Session
from onewindow.metrics.promises import is_open
from onewindow.records.clients import Promise
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import format_date, to_local


def acknowledge(session: Session, promise: Promise, since: str = "") -> Promise:
    """Say that one knows of a promise, which becomes theirs if it was nobody's.

    Raises StoreProblem for a promise that has ended, or that was acknowledged already: that day stays.
    `since` is when a client was handed on (UTC text): what was known before is acknowledged again.
    """
    if not is_open(promise):
        raise StoreProblem(f"This promise is {promise.status}: there is nothing to acknowledge.")
    if promise.acknowledged_at is not None and promise.acknowledged_at >= since:
        who = session.directory.name(promise.acknowledged_by_id) or "Somebody"
        at = to_local(promise.acknowledged_at, session.zone)
        day = format_date(at.date().isoformat(), session.today())
        raise StoreProblem(f"{who} acknowledged this promise already, on {day}.")
    values: dict[str, Value] = {
        "status": "acknowledged",
        "acknowledged_by_id": session.me.id,
        "acknowledged_at": session.now_text(),
    }
    if promise.owner_id is None:
        values["owner_id"] = session.me.id
    return change(session, promise, values, f"acknowledged: {promise.text[:60]}")
