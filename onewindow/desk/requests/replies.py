"""What is done with a request: taking it, answering, waiting, promising a date, closing and reopening it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from onewindow.actions import main_key
from onewindow.desk.editing.changing import change_in
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.sla import clocks, event_log
from onewindow.records.clients import Client
from onewindow.records.requests import CLOSED_STATUSES, NextActor, Request
from onewindow.store import outbox, rows
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem
from onewindow.store.requests import hand_offs, threads
from onewindow.text.thanks import is_thanks

T = TypeVar("T")


def why_due(session: Session, request: Request) -> list[str]:
    """The arithmetic of a request's clock, line by line, the result last."""
    store = session.store
    with store.read():
        client = rows.get(store, Client, request.client_id)
        events = threads.events(store, request.id)
        policies = session.directory.policies
        queued = outbox.queued_answers(store).get(request.id, "")
        lines = clocks.explain(policies, request, client.tier, events, session.now(), session.zone, queued)
    return [f"{naming.title_of(request)} ({client.name})", *lines]


# whose it is


def take_over(session: Session, request: Request) -> Request:
    """Make this person the assignee; a new request becomes an open one.

    Raises StoreProblem if it is closed, or theirs already and no new one.
    """
    if request.assignee_id == session.me.id and request.status != "new":
        validate_open(request, "take")
        raise StoreProblem(f"R-{request.number} is yours already.")
    values: dict[str, Value] = {"assignee_id": session.me.id, "status": _begun(request)}
    return _set_open(session, request, "take", values, f"took {naming.title_of(request)}")


def assign_to(session: Session, request: Request, staff_id: int, reason: str = "") -> Request:
    """Give a request to somebody; raises StoreProblem if it is closed or with them already."""
    validate_open(request, "assign")
    whom = naming.label(session, "staff", staff_id)
    if request.assignee_id == staff_id:
        raise StoreProblem(f"R-{request.number} is with {whom} already.")
    label = f"{naming.title_of(request)} to {whom}"
    return _set_open(session, request, "assign", {"assignee_id": staff_id}, label, reason)


def ask_lead(session: Session, request: Request, reason: str) -> Request:
    """Ask a lead to look at a request; raises StoreProblem without a reason."""
    if not reason.strip():
        raise StoreProblem("Say in a few words what a lead has to decide.")
    label = f"a lead is asked: {naming.title_of(request)}"
    return _set(session, request, {"needs_lead": 1}, label, f"A lead is asked: {reason}")


def lead_looked(session: Session, request: Request, answer: str = "") -> Request:
    """Note that a lead has looked at a request."""
    if not request.needs_lead:
        raise StoreProblem(f"No lead was asked about R-{request.number}.")
    label = f"a lead looked: {naming.title_of(request)}"
    said = f"A lead looked: {answer}" if answer else "A lead looked."
    return _set(session, request, {"needs_lead": 0}, label, said)


# what is said


def reply_to(session: Session, request: Request, text: str, then: NextActor = "client") -> Request:
    """Log a human answer to the client; `then` tells who acts next. Raises StoreProblem for a closed request.

    While another department works on the request, that stays the one who acts next.
    """
    _need(text, "Write what you answer to the client.")
    label = f"reply to {naming.title_of(request)}"
    return change_open(
        session,
        request,
        "answer",
        label,
        lambda transaction: reply_in(session, transaction, request, text, then),
    )


def reply_in(
    session: Session,
    transaction: Transaction,
    request: Request,
    text: str,
    then: NextActor = "client",
    *,
    staff_id: int | None = None,
    message_id: int | None = None,
    at: str = "",
) -> Request:
    """Log a human answer to the client inside somebody's transaction.

    A message that was sent names its author, itself, and when (UTC text) it went.
    """
    detail = {"message": str(message_id)} if message_id else None
    logged = event_log.add_event(session, transaction, request, "reply", text, detail, at, staff_id=staff_id)
    values: dict[str, Value] = {"status": _begun(logged)}
    if logged.status != "handed_off":
        values["next_actor"] = "client" if logged.status == "waiting" else then
    return change_in(session, transaction, logged, values)


def note_down(session: Session, request: Request, text: str) -> Request:
    """Write an internal note, which the client never sees; closed requests take notes too."""
    _need(text, "Write the note.")
    return session.change(
        f"note on {naming.title_of(request)}",
        lambda transaction: event_log.add_event(session, transaction, request, "note", text),
    ).result


def client_wrote(session: Session, request: Request, text: str, *, thanks: bool | None = None) -> Request:
    """Log a message of the client: it ends the waiting, and opens a closed request again.

    What is said to a duplicate that was merged is said to the request that it was merged into. A bare thank
    you to a closed request is logged and opens nothing; whether a text is one is told by `text.thanks`, or
    by `thanks` where a person knows better.
    """
    _need(text, "Write what the client said.")
    if request.merged_into_id is not None:
        request = rows.get(session.store, Request, request.merged_into_id)
    closed = request.status in CLOSED_STATUSES
    if closed and (is_thanks(text) if thanks is None else thanks):
        return session.change(
            f"thanks for {naming.title_of(request)}",
            lambda transaction: event_log.add_event(session, transaction, request, "thanks", text),
        ).result

    def work(transaction: Transaction) -> Request:
        moved: dict[str, Value] = {}
        if closed or request.status == "waiting":
            moved = {"status": "open", "next_actor": "us"}
        elif request.status != "handed_off":
            moved = {"next_actor": "us"}
        went_on = change_in(session, transaction, request, moved)
        return event_log.add_event(session, transaction, went_on, "client_message", text)

    return session.change(f"the client wrote: {naming.title_of(request)}", work).result


def no_answer_needed(session: Session, request: Request, reason: str = "") -> Request:
    """Say that the client's last message needs no answer, which ends the clock of the next response."""
    return change_open(
        session,
        request,
        "settle a message of",
        f"no answer needed: {naming.title_of(request)}",
        lambda transaction: event_log.add_event(session, transaction, request, "no_answer_needed", reason),
    )


def wait_for_client(session: Session, request: Request, text: str = "") -> Request:
    """Wait for the client, which pauses the clock of the solution; the text says for what."""
    validate_open(request, "wait for the client in")
    values: dict[str, Value] = {"status": "waiting", "next_actor": "client"}
    if request.status == "waiting":
        raise StoreProblem(f"R-{request.number} waits for the client already.")
    label = f"waiting for the client: {naming.title_of(request)}"
    return _set_open(session, request, "wait for the client in", values, label, text)


# dates


def promise_for(session: Session, request: Request, promised_at: str, reason: str = "") -> Request:
    """Give the client a date (UTC text), or move it: every further date needs its reason.

    Raises StoreProblem for a date that is over, or one that is moved without a reason.
    """
    validate_open(request, "promise a date for")
    if promised_at <= session.now_text():
        raise StoreProblem("That time is over already; give the client one that lies ahead.")
    if request.promised_at == promised_at:
        raise StoreProblem(f"R-{request.number} is promised for that time already.")
    if request.promised_at and not reason.strip():
        raise StoreProblem("The date moves: say why, so that the client can be told.")
    label = f"{'new date' if request.promised_at else 'date'} for {naming.title_of(request)}"
    return _set_open(session, request, "promise a date for", {"promised_at": promised_at}, label, reason)


# ends


def resolve_with(
    session: Session, request: Request, text: str = "", minutes: int = 0, cause: str = ""
) -> Request:
    """Close a request with what the client got, and add the minutes spent; a complaint needs its cause.

    Raises StoreProblem while another department has something of it.
    """
    validate_open(request, "resolve")
    _validate_nothing_handed_off(session, request, "resolved")
    if minutes < 0:
        raise StoreProblem("Minutes cannot be negative.")
    values: dict[str, Value] = {
        "status": "resolved",
        "next_actor": "client",
        "result": text or request.result,
        "minutes": request.minutes + minutes,
        "cause": cause or request.cause,
    }
    return _set_open(session, request, "resolve", values, f"resolved {naming.title_of(request)}")


def decline_with(session: Session, request: Request, reason: str) -> Request:
    """Say no, with the reason that the client sees; raises StoreProblem without one."""
    validate_open(request, "decline")
    _need(reason, "Write the reason; the client sees it.")
    _validate_nothing_handed_off(session, request, "declined")
    values: dict[str, Value] = {"status": "declined", "next_actor": "client", "result": reason}
    return _set_open(session, request, "decline", values, f"declined {naming.title_of(request)}")


def open_again(session: Session, request: Request, text: str = "") -> Request:
    """Open a closed or waiting request again; raises StoreProblem if it is open or was merged.

    What a merged request had stands with the other one by now: opened alone it would be an empty double.
    """
    if request.status not in (*CLOSED_STATUSES, "waiting"):
        raise StoreProblem(f"{naming.title_of(request)} is open already.")
    values: dict[str, Value] = {"status": "open", "next_actor": "us"}

    def work(transaction: Transaction) -> Request:
        # A colleague may have merged it since it was seen.
        _validate_unmerged(session, rows.get(transaction.store, Request, request.id))
        return change_in(session, transaction, request, values, text)

    return session.change(f"opened again: {naming.title_of(request)}", work).result


def _validate_unmerged(session: Session, request: Request) -> None:
    if request.merged_into_id is not None:
        whole = rows.get(session.store, Request, request.merged_into_id)
        raise StoreProblem(
            f"R-{request.number} was merged into R-{whole.number}: open that one again, or undo the merge."
        )


def validate_open(request: Request, verb: str) -> None:
    """Raise StoreProblem if a request is closed; `verb` says what cannot be done with it."""
    if request.merged_into_id is not None:
        raise StoreProblem(
            f"You cannot {verb} R-{request.number}, it was merged into another request; work on that one."
        )
    if request.status in CLOSED_STATUSES:
        number = f"R-{request.number}"
        raise StoreProblem(
            f"You cannot {verb} {number}, it is {request.status}; reopen it first:"
            f" {main_key('request.resume')} in the window, `onewindow request reopen {number}`."
        )


def change_open(
    session: Session, request: Request, verb: str, label: str, work: Callable[[Transaction], T]
) -> T:
    """Do some work with a request that must be open, as it was seen and as it is by now; `verb` says what.

    Raises StoreProblem if it is closed, also if somebody else closed it a moment ago.
    """
    validate_open(request, verb)

    # Twice: before one's turn to write for a quick answer, and in it because only that is sure.
    def checked(transaction: Transaction) -> T:
        validate_open(rows.get(transaction.store, Request, request.id), verb)
        return work(transaction)

    return session.change(label, checked).result


def _validate_nothing_handed_off(session: Session, request: Request, state: str) -> None:
    """Raise StoreProblem while another department has something of a request."""
    for part in hand_offs.open_of_request(session.store, request.id):
        raise StoreProblem(
            f"R-{request.number} cannot be {state}: {part.department or part.target} has not settled"
            f" “{part.what}” ({part.state}); confirm or drop that hand-off first."
        )


def _need(text: str, sentence: str) -> None:
    if not text.strip():
        raise StoreProblem(sentence)


def _begun(request: Request) -> str:
    return "open" if request.status == "new" else request.status


def _set_open(
    session: Session, request: Request, verb: str, values: dict[str, Value], label: str, said: str = ""
) -> Request:
    return change_open(
        session,
        request,
        verb,
        label,
        lambda transaction: change_in(session, transaction, request, values, said),
    )


def _set(session: Session, request: Request, values: dict[str, Value], label: str, said: str = "") -> Request:
    return session.change(
        label, lambda transaction: change_in(session, transaction, request, values, said)
    ).result
