"""What a hand-off means for its request: an event of its story, and whose turn it is."""

from __future__ import annotations

from onewindow.desk.session.context import Session
from onewindow.desk.sla import event_log
from onewindow.records.requests import HandOff, Request
from onewindow.store import rows
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.requests import hand_offs

_AT_WORK = ("asked", "accepted")


def stands(session: Session, transaction: Transaction, part: HandOff, text: str) -> None:
    """Log how a hand-off stands now, with what was said of it, and let its request follow.

    A request waits for departments while one is at work, and comes back to us when none is.
    """
    request = rows.get(transaction.store, Request, part.request_id)
    detail = {"hand_off_id": str(part.id), "state": part.state, "department": part.department}
    logged = event_log.add_event(session, transaction, request, "hand_off", text, detail)
    values = _turn(transaction, logged)
    if values:
        after = transaction.update(logged, values)
        event_log.changed(session, transaction, logged, after)


def _turn(transaction: Transaction, request: Request) -> dict[str, Value]:
    open_parts = hand_offs.open_of_request(transaction.store, request.id)
    working = next((part for part in open_parts if part.state in _AT_WORK), None)
    if working is not None and request.status in ("new", "open", "handed_off"):
        return {"status": "handed_off", "next_actor": "internal", "department": working.department}
    if working is None and request.status == "handed_off":
        return {"status": "open", "next_actor": "us"}
    return {}
