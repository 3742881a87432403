"""How requests belong together: links, parts, duplicates that were merged, complaints beside each other."""

from __future__ import annotations

from onewindow.records.requests import Request, RequestLink, Task
from onewindow.store.engine import Store
from onewindow.store.rows import fetch


def from_request(store: Store, request_id: int) -> list[RequestLink]:
    """The links that begin at a request."""
    return fetch(
        store,
        RequestLink,
        "WHERE request_id = :request AND archived_at IS NULL ORDER BY id",
        request=request_id,
    )


def to_request(store: Store, request_id: int) -> list[RequestLink]:
    """The links that end at a request."""
    return fetch(
        store,
        RequestLink,
        "WHERE other_id = :request AND archived_at IS NULL ORDER BY id",
        request=request_id,
    )


def merged_into(store: Store, request_id: int) -> list[Request]:
    """The duplicates that were merged into a request, the oldest first."""
    return fetch(
        store,
        Request,
        "WHERE merged_into_id = :request AND merged_into_id IS NOT NULL AND archived_at IS NULL ORDER BY id",
        request=request_id,
    )


def parts_of(store: Store, request_id: int) -> list[Request]:
    """The requests that say that they are part of a request, the oldest first."""
    return fetch(
        store,
        Request,
        "WHERE parent_id = :request AND parent_id IS NOT NULL AND archived_at IS NULL ORDER BY id",
        request=request_id,
    )


def tasks_of(store: Store, request_id: int) -> list[Task]:
    """The tasks for a request, settled ones too, the oldest first."""
    return fetch(
        store,
        Task,
        "WHERE request_id = :request AND request_id IS NOT NULL AND archived_at IS NULL ORDER BY id",
        request=request_id,
    )


def complaints_of_client(store: Store, client_id: int, since: str) -> list[Request]:
    """A client's complaints opened from an instant (UTC text) on, the newest first."""
    return fetch(
        store,
        Request,
        "WHERE client_id = :client AND request_kind = 'complaint' AND opened_at >= :since"
        " AND archived_at IS NULL ORDER BY opened_at DESC, id DESC",
        client=client_id,
        since=since,
    )


def complaints_since(store: Store, since: str) -> list[Request]:
    """Everybody's complaints opened from an instant (UTC text) on, the oldest first."""
    return fetch(
        store,
        Request,
        "WHERE request_kind = 'complaint' AND opened_at >= :since AND archived_at IS NULL"
        " ORDER BY opened_at, id",
        since=since,
    )
