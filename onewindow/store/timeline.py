"""Touches with a client in every channel, and the tasks that belong to them."""

from __future__ import annotations

from onewindow.records.requests import Task, Touch
from onewindow.store.engine import Store
from onewindow.store.rows import fetch


def touches(store: Store, client_id: int, limit: int = 200, before: str = "9") -> list[Touch]:
    """Touches older than an instant (UTC text), newest first."""
    return fetch(
        store,
        Touch,
        "WHERE client_id = :client AND at < :before AND archived_at IS NULL"
        " ORDER BY at DESC, id LIMIT :limit",
        client=client_id,
        before=before,
        limit=limit,
    )


def open_tasks(store: Store, client_id: int, limit: int = 100) -> list[Task]:
    """What still has to be done for a client, by date."""
    return fetch(
        store,
        Task,
        "WHERE client_id = :client AND status = 'open' AND archived_at IS NULL"
        " ORDER BY due_on, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )
