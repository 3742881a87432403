"""Promises and special terms of a client."""

from __future__ import annotations

from onewindow.records.clients import Promise, PromiseEvent
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


def events(store: Store, promise_id: int, limit: int = 100) -> list[PromiseEvent]:
    """When a promise was kept or broken, the newest first."""
    return fetch(
        store,
        PromiseEvent,
        "WHERE promise_id = :promise AND archived_at IS NULL ORDER BY happened_on DESC, id DESC LIMIT :limit",
        promise=promise_id,
        limit=limit,
    )
