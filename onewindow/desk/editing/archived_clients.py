"""An archived client stays as it is: nobody changes it or adds to it before it is brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onewindow.records.clients import Client
from onewindow.store import history
from onewindow.store.changes import Transaction
from onewindow.store.clients import cards as clients
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import format_date, to_local

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session


class ClientArchived(StoreProblem):
    """Somebody wrote to a client that is archived; nothing was saved."""


def archived_sentence(client: Client) -> str:
    """That a client is archived and what brings it back, as a clause without an end."""
    number = f"C-{client.number}"
    return (
        f"{client.name} ({number}) is archived; bring it back first:"
        f" `onewindow client restore {number}`, or d on its card in the window"
    )


def is_archived_here(client: Client, key: str) -> str:
    """The same inside the window, where `key` on the card brings it back; '' for one in daily view."""
    if client.archived_at is None:
        return ""
    return f"{client.name} (C-{client.number}) is archived; {key} on its card brings it back first"


def archived_text(session: Session, client: Client) -> str:
    """`archived 29.11 by Иванова`, '' for a client in daily view; the year where it is not this one."""
    if client.archived_at is None:
        return ""
    directory = session.directory
    login = history.archived_by(session.store, client)
    person = next((colleague.id for colleague in directory.staff.values() if colleague.login == login), None)
    day = to_local(client.archived_at, session.zone).date()
    by = f" by {directory.surname(person) or login}" if login else ""
    return f"archived {format_date(day.isoformat(), session.today())}{by}"


def archived(session: Session, limit: int = 500) -> list[Client]:
    """The archived clients, the last archived first."""
    return clients.archived(session.store, limit)


def validate_clients(transaction: Transaction) -> None:
    """Raise ClientArchived if what a person did changed an archived client, or added anything to one.

    Undo and redo may, and so may what archives or brings back the client itself. A file says row by row which
    client is archived, where it is read.
    """
    if transaction.undoes is not None or transaction.run_id is not None:
        return
    moved = {
        change.entity_id
        for change in transaction.changes
        if change.entity == "client" and change.op == "archive"
    }
    written = {change.client_id for change in transaction.changes if change.op in ("insert", "update")}
    for client_id in written - moved:
        client = transaction.client(client_id) if client_id else None
        if client is not None and client.archived_at is not None:
            raise ClientArchived(f"{archived_sentence(client)}.")
