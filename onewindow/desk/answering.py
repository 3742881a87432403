"""What is done with a request: taking it, replying, waiting for the client, resolving, opening it again."""

from __future__ import annotations

from onewindow.desk import clocks, naming, request_log
from onewindow.desk.editing import change, change_in
from onewindow.desk.session import Session
from onewindow.records.clients import Client
from onewindow.records.work import Request
from onewindow.store import requests, rows
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem

_CLOSED = ("resolved", "declined")


def why_due(session: Session, request: Request) -> list[str]:
    """The arithmetic of a request's clock, line by line, the result last."""
    store = session.store
    with store.read():
        client = rows.get(store, Client, request.client_id)
        events = requests.events(store, request.id)
        policies = session.directory.policies
        lines = clocks.explain(policies, request, client.tier, events, session.now(), session.zone)
    return [f"{naming.title_of(request)} ({client.name})", *lines]


def take_over(session: Session, request: Request) -> Request:
    """Make this person the assignee; a new request becomes an open one."""
    _refuse_closed(request, "take")
    status = "open" if request.status == "new" else request.status
    label = f"took {naming.title_of(request)}"
    return change(session, request, {"assignee_id": session.me.id, "status": status}, label)


def reply_to(session: Session, request: Request, text: str) -> Request:
    """Log a human answer to the client, who acts next; raises StoreProblem for a closed request."""
    _refuse_closed(request, "answer")

    def work(transaction: Transaction) -> Request:
        logged = request_log.add_event(session, transaction, request, "reply", text)
        status = "open" if logged.status == "new" else logged.status
        return change_in(session, transaction, logged, {"status": status, "next_actor": "client"})

    return session.change(f"reply to {naming.title_of(request)}", work).result


def wait_for_client(session: Session, request: Request, text: str = "") -> Request:
    """Wait for the client, which pauses the clock of the solution; the text says for what."""
    _refuse_closed(request, "wait for the client in")
    return _with_note(
        session, request, text, {"status": "waiting", "next_actor": "client"}, "waiting for the client"
    )


def resolve_with(session: Session, request: Request, text: str = "", minutes: int = 0) -> Request:
    """Close a request with what the client got, and add the minutes spent."""
    _refuse_closed(request, "resolve")
    values: dict[str, Value] = {
        "status": "resolved",
        "next_actor": "client",
        "result": text or request.result,
        "minutes": request.minutes + minutes,
    }
    return change(session, request, values, f"resolved {naming.title_of(request)}")


def open_again(session: Session, request: Request, text: str = "") -> Request:
    """Open a closed or waiting request again; raises StoreProblem if it is open."""
    if request.status not in (*_CLOSED, "waiting"):
        raise StoreProblem(f"{naming.title_of(request)} is open already.")
    return _with_note(session, request, text, {"status": "open", "next_actor": "us"}, "opened again")


def _with_note(session: Session, request: Request, text: str, values: dict[str, Value], what: str) -> Request:
    def work(transaction: Transaction) -> Request:
        noted = request_log.add_event(session, transaction, request, "note", text) if text else request
        return change_in(session, transaction, noted, values)

    return session.change(f"{what}: {naming.title_of(request)}", work).result


def _refuse_closed(request: Request, verb: str) -> None:
    if request.status in _CLOSED:
        number = f"R-{request.number}"
        raise StoreProblem(
            f"You cannot {verb} {number}, it is {request.status}; `request reopen {number}` first."
        )
