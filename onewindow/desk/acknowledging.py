"""Acknowledging a promise or special term: somebody says that he has read it and keeps it from now on."""

from __future__ import annotations

from onewindow.desk.editing import change
from onewindow.desk.session import Session
from onewindow.records.clients import Promise
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem


def acknowledge(session: Session, promise: Promise) -> Promise:
    """Say that one knows of a promise, which becomes his if it was nobody's.

    Raises StoreProblem for a promise that has ended.
    """
    if promise.status not in ("new", "acknowledged"):
        raise StoreProblem(f"This promise is {promise.status}: there is nothing to acknowledge.")
    values: dict[str, Value] = {
        "status": "acknowledged",
        "acknowledged_by_id": session.me.id,
        "acknowledged_at": session.now_text(),
    }
    if promise.owner_id is None:
        values["owner_id"] = session.me.id
    return change(session, promise, values, f"acknowledged: {promise.text[:60]}")
