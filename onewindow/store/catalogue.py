"""Lists of any kind of record, for the catalogue screens and the command line."""

from __future__ import annotations

from typing import TypeVar

from onewindow.records.fields import Record, columns
from onewindow.store.engine import Store
from onewindow.store.rows import fetch

R = TypeVar("R", bound=Record)


def page(
    store: Store,
    record: type[R],
    *,
    after: int = 0,
    client_id: int | None = None,
    archived: bool = False,
    limit: int = 200,
) -> list[R]:
    """Records with an id above `after`, in the order in which they were made."""
    conditions = ["id > :after"]
    if not archived:
        conditions.append("archived_at IS NULL")
    parameters: dict[str, int] = {"after": after, "limit": limit}
    if client_id is not None and "client_id" in columns(record):
        conditions.append("client_id = :client")
        parameters["client"] = client_id
    return fetch(store, record, f"WHERE {' AND '.join(conditions)} ORDER BY id LIMIT :limit", **parameters)
