"""Giving a part of a request to another department, and following it until that side has settled it."""

from __future__ import annotations

from onewindow.desk.editing.changing import change_in, insert_in
from onewindow.desk.requests.replies import change_open, reply_in
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.records.requests import OPEN_HAND_OFFS, HandOff, HandOffState, HandOffTarget, Request
from onewindow.store import rows
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem

TARGET_MINUTES = 480
"""Open minutes that a department has if nobody says otherwise: a working day."""
DEPARTMENTS: dict[HandOffTarget, str] = {"sales": "sales", "finance": "finance"}
"""What the other side is called where it has no name: leads go to sales, debts to finance."""
_NEXT: dict[HandOffState, tuple[HandOffState, ...]] = {
    "asked": ("accepted", "ready", "returned", "confirmed", "dropped"),
    "accepted": ("ready", "returned", "confirmed", "dropped"),
    # Back to "asked" too: what came ready may not be what was asked for.
    "ready": ("confirmed", "returned", "asked", "dropped"),
    "returned": ("asked", "accepted", "confirmed", "dropped"),
    "confirmed": (),
    "dropped": (),
}
_NEEDS_ANSWER = ("returned", "dropped")


def hand_off(session: Session, asked: HandOff, message: str = "") -> HandOff:
    """Give a part of a request to another department; the request waits for it. Returns the stored hand-off.

    `asked` names request, target, department, what is to be done, who does it and the open minutes;
    `message` is what the client was told: who answers them now. Raises StoreProblem or FieldProblems.
    """
    request = rows.get(session.store, Request, asked.request_id)
    department = _department_of(asked)

    def work(transaction: Transaction) -> HandOff:
        # The reply after it: an answer in a request that is handed off already leaves the next step there.
        stored = hand_off_in(session, transaction, asked, request)
        return _notify_in(session, transaction, stored, message) if message.strip() else stored

    return change_open(session, request, "hand off", f"{naming.title_of(request)} to {department}", work)


def hand_off_in(session: Session, transaction: Transaction, asked: HandOff, request: Request) -> HandOff:
    """Give a part of a request, as it is on file, to another department inside somebody's transaction."""
    department = _department_of(asked)
    if asked.target_min <= 0:
        raise StoreProblem("Give the department more than 0 minutes.")
    ready = asked.with_changes(
        {"client_id": request.client_id, "department": department, "asked_by_id": session.me.id}
    )
    return insert_in(session, transaction, ready)


def _department_of(asked: HandOff) -> str:
    department = asked.department.strip() or DEPARTMENTS.get(asked.target, "")
    if not department:
        raise StoreProblem("Name the department that is to do it.")
    return department


def move_on(session: Session, part: HandOff, state: HandOffState, answer: str = "") -> HandOff:
    """Bring a hand-off to its next state, with what the other side said; the request follows.

    Raises StoreProblem for a state that does not follow, and for a return or a drop without its reason.
    """
    if state not in _NEXT[part.state]:
        raise StoreProblem(f"A hand-off that is {part.state} cannot become {state}.")
    if state in _NEEDS_ANSWER and not answer.strip():
        raise StoreProblem(f"Say why it is {state}.")
    if state == "confirmed" and must_tell(part):
        raise StoreProblem(f"Tell the client first that {part.department} answers them now.")

    def work(transaction: Transaction) -> HandOff:
        values: dict[str, Value] = {"state": state, "answer": answer.strip() or part.answer}
        return change_in(session, transaction, part, values, answer.strip())

    return session.change(f"{part.department or part.target}: {state} “{part.what}”", work).result


def tell_client(session: Session, part: HandOff, text: str) -> HandOff:
    """Log what the client was told of a hand-off, who answers them now; it counts as a reply."""
    if not text.strip():
        raise StoreProblem("Write what the client was told.")
    return session.change(
        f"the client was told of {part.department}",
        lambda transaction: _notify_in(session, transaction, part, text),
    ).result


def next_states(part: HandOff) -> tuple[HandOffState, ...]:
    """The states that may follow, the usual one first; none for a settled hand-off."""
    return _NEXT[part.state]


def is_open(part: HandOff) -> bool:
    """Whether somebody still has to settle it."""
    return part.state in OPEN_HAND_OFFS


def must_tell(part: HandOff) -> bool:
    """Whether the client still has to hear who answers them: a lead or a debt went to another side."""
    return part.target != "internal" and part.client_told_at is None and is_open(part)


def _notify_in(session: Session, transaction: Transaction, part: HandOff, text: str) -> HandOff:
    request = rows.get(transaction.store, Request, part.request_id)
    reply_in(session, transaction, request, text)
    return change_in(session, transaction, part, {"client_told_at": transaction.at})
