"""Warning a client before a promised date passes: what they were told, and the new date with its reason."""

from __future__ import annotations

from onewindow.desk.editing.changing import change_in
from onewindow.desk.editing.parsing import read_value
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.sla import event_log
from onewindow.desk.sla.event_details import detail_of
from onewindow.records.clients import Client, Contact
from onewindow.records.fields import attribute_of
from onewindow.records.requests import CLOSED_STATUSES, Request, RequestEvent
from onewindow.store import rows
from onewindow.store.changes import Transaction
from onewindow.store.clients import cards as clients
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import to_local

_WARNED = "warned"

_WORDS = {
    "ru": (
        "{greeting}по обращению {number} «{title}» обещали ответ к {before}.",
        " К этому сроку не успеваем: {reason}.",
        " Новый срок: {after}.",
        " Успеваем, держим вас в курсе.",
    ),
    "bg": (
        "{greeting}по заявка {number} «{title}» обещахме отговор до {before}.",
        " Няма да успеем до този срок: {reason}.",
        " Новият срок е {after}.",
        " Работим по нея и ще ви държим в течение.",
    ),
    "en": (
        "{greeting}we promised an answer to {number} “{title}” by {before}.",
        " We shall not make it: {reason}.",
        " The new date is {after}.",
        " We are on time and keep you informed.",
    ),
}


def draft(session: Session, request: Request, new_date: str = "", reason: str = "") -> str:
    """Words that warn the client, in the contact's language; `new_date` is UTC text, '' where it holds."""
    contact = _contact(session, request)
    language = contact.language if contact is not None else session.me.language
    promised, late, moved, holds = _WORDS.get(language, _WORDS["en"])
    named = (contact.address_as or contact.name) if contact is not None else ""
    values = {
        "greeting": f"{named}, " if named else "",
        "number": f"R-{request.number}",
        "title": request.title,
        "before": _local(session, request.promised_at),
        "reason": reason.strip().rstrip("."),
        "after": _local(session, new_date),
    }
    parts = [promised]
    if new_date:
        parts += [late] if values["reason"] else []
        parts.append(moved)
    else:
        parts.append(holds)
    text = "".join(part.format(**values) for part in parts)
    # Without a greeting the sentence begins with what follows it.
    return text[:1].upper() + text[1:]


def new_date(session: Session, typed: str) -> str:
    """A date typed as people do, as UTC text; '' for nothing. Raises StoreProblem if it cannot be read."""
    try:
        value = read_value(session, attribute_of(Request, "promised_at"), typed)
    except ValueError as error:
        raise StoreProblem(f"The new date: {error}") from error
    return str(value or "")


def warn(session: Session, request: Request, text: str, new_date: str = "", reason: str = "") -> Request:
    """Log what the client was told about a promised date, and move the date if a new one (UTC text) is given.

    It is an answer to the client like any other. Raises StoreProblem if nothing was promised, if the words
    are missing, if the new date is over, or if the date moves without a reason; then nothing is written.
    """
    if request.status in CLOSED_STATUSES:
        raise StoreProblem(f"R-{request.number} is {request.status}: there is nothing to warn of.")
    if not request.promised_at:
        raise StoreProblem(f"No date was promised for R-{request.number}.")
    if not text.strip():
        raise StoreProblem("Write what the client is told.")
    moves = bool(new_date) and new_date != request.promised_at
    if moves and new_date <= session.now_text():
        raise StoreProblem("The new date is over already; give the client one that lies ahead.")
    if moves and not reason.strip():
        raise StoreProblem("The date moves: say why, so that it can be told later.")

    def work(transaction: Transaction) -> Request:
        current = request
        if moves:
            current = change_in(session, transaction, current, {"promised_at": new_date}, reason)
        # The date that holds from now on: if that moves once more, the client has to be warned again.
        detail = {_WARNED: str(current.promised_at)}
        current = event_log.add_event(session, transaction, current, "reply", text, detail)
        values: dict[str, Value] = {"status": "open"} if current.status == "new" else {}
        return change_in(session, transaction, current, values)

    what = "new date told" if moves else "warned of the date"
    return session.change(f"{what}: {naming.title_of(request)}", work).result


def warned_for(event: RequestEvent) -> str:
    """The promised time (UTC text) of which an answer told the client, '' for any other event."""
    return detail_of(event).get(_WARNED, "") if event.event_kind == "reply" else ""


def _contact(session: Session, request: Request) -> Contact | None:
    if request.contact_id is not None:
        return rows.find(session.store, Contact, request.contact_id)
    client = rows.get(session.store, Client, request.client_id)
    return next(iter(clients.contacts(session.store, client.id)), None)


def _local(session: Session, at: str | None) -> str:
    return f"{to_local(at, session.zone):%d.%m.%Y %H:%M}" if at else ""
