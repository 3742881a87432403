"""What keeps the caches of a file beside its records, as every session is given it.

What it calls is loaded when it is called first: most starts write nothing and meet no row left behind.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from onewindow.desk.reference.record_entries import Registry
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store


class CacheKeeper:
    """Ends every write of a session, and brings up rows that a write among many left behind."""

    def __init__(self, registry: Registry[Any]) -> None:
        """Keep what the entries of the registry say."""
        self._registry = registry

    def validate(self, transaction: Transaction) -> None:
        """Raise ClientArchived if the write changes an archived client, or adds to one."""
        from onewindow.desk.editing import archived_clients

        archived_clients.validate_clients(transaction)

    def refresh(self, transaction: Transaction, now: datetime) -> None:
        """Write the caches of what a write changed, inside it."""
        from onewindow.desk.caches import client_caches

        client_caches.refresh(transaction, now, self._registry)

    def catch_up(self, store: Store, now: datetime, client_id: int | None) -> None:
        """Write rows that are behind, of one client or of some; raises Busy where somebody holds the file."""
        from onewindow.desk.caches.catching_up import catch_up

        catch_up(store, now, client_id)
