"""An archived client stays as it is: nobody changes it or adds to it before it is brought back."""

from __future__ import annotations

from onewindow.records.clients import Client
from onewindow.store import rows
from onewindow.store.changes import Transaction
from onewindow.store.problems import StoreProblem


class ClientArchived(StoreProblem):
    """Somebody wrote to a client that is archived; nothing was saved."""


def is_archived_told(client: Client) -> str:
    """That a client is archived and what brings it back, as a clause without an end."""
    number = f"C-{client.number}"
    return (
        f"{client.name} ({number}) is archived; bring it back first:"
        f" `onewindow client restore {number}`, or d on its row among the archived clients (ctrl+p, clients)"
    )


def validate_clients(transaction: Transaction) -> None:
    """Raise ClientArchived if what a person did changed an archived client, or added anything to one.

    Undo and redo may, and so may what archives or brings back the client itself. A file says row by row which
    client is archived, where it is read.
    """
    if transaction.undoes is not None or transaction.run_id is not None:
        return
    moved = {
        each.entity_id for each in transaction.changes if each.entity == "client" and each.op == "archive"
    }
    written = {each.client_id for each in transaction.changes if each.op in ("insert", "update")}
    for client_id in written - moved:
        client = rows.find(transaction.store, Client, client_id) if client_id else None
        if client is not None and client.archived_at is not None:
            raise ClientArchived(f"{is_archived_told(client)}.")
