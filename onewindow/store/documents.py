"""Documents of a client: missing and expiring ones can be asked for without reading the rest."""

from __future__ import annotations

from onewindow.records.requests import Document
from onewindow.store.engine import Row, Store
from onewindow.store.rows import fetch


def of_client(store: Store, client_id: int, limit: int = 200) -> list[Document]:
    """The newest documents first."""
    return fetch(
        store,
        Document,
        "WHERE client_id = :client AND archived_at IS NULL ORDER BY issued_on DESC, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def missing(store: Store, client_id: int, limit: int = 50) -> list[Document]:
    """Documents that ought to be here, the longest awaited first."""
    return fetch(
        store,
        Document,
        "WHERE client_id = :client AND state = 'missing' AND archived_at IS NULL"
        " ORDER BY due_on, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def expiring(store: Store, client_id: int, till: str, limit: int = 50) -> list[Document]:
    """Documents in force that end by a date (YYYY-MM-DD), the first to end first."""
    return fetch(
        store,
        Document,
        "WHERE client_id = :client AND expires_on IS NOT NULL AND expires_on <= :till"
        " AND state NOT IN ('expired', 'cancelled') AND archived_at IS NULL"
        " ORDER BY expires_on, id LIMIT :limit",
        client=client_id,
        till=till,
        limit=limit,
    )


def located(store: Store, after: int, limit: int) -> list[Row]:
    """Id, title and location of documents that have a location, behind an id, in the order of their ids."""
    return store.rows(
        "SELECT id, title, location FROM document"
        " WHERE id > :after AND location <> '' AND archived_at IS NULL ORDER BY id LIMIT :limit",
        after=after,
        limit=limit,
    )
