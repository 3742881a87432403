"""Promises and special terms of a client."""

from __future__ import annotations

from onewindow.records.clients import Promise
from onewindow.store.engine import Store
from onewindow.store.rows import fetch


def of_client(store: Store, client_id: int, limit: int = 200) -> list[Promise]:
    """All promises of a client by date, standing terms first."""
    return fetch(
        store,
        Promise,
        "WHERE client_id = :client AND archived_at IS NULL ORDER BY due_on, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )
