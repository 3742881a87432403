"""Lists of any kind of record, for the catalogue screens and the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from onewindow.records.fields import Record, columns
from onewindow.records.kinds import KINDS
from onewindow.store import listing
from onewindow.store.engine import Store
from onewindow.store.rows import fetch

R = TypeVar("R", bound=Record)

LAST_ID = 2**63 - 1
"""No id is above it."""


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
    where, parameters = _conditions(record, client_id, archived)
    return fetch(
        store,
        record,
        f"WHERE id > :after{where} ORDER BY id LIMIT :limit",
        after=after,
        limit=limit,
        **parameters,
    )


def archived(store: Store, record: type[R], *, client_id: int | None = None, limit: int = 200) -> list[R]:
    """The records that were archived last, in the order in which they were made."""
    where, parameters = _conditions(record, client_id, archived=True)
    records = fetch(
        store,
        record,
        f"WHERE archived_at IS NOT NULL{where} ORDER BY archived_at DESC, id DESC LIMIT :limit",
        limit=limit,
        **parameters,
    )
    return sorted(records, key=lambda one: one.id)


def newest_ids(
    store: Store,
    record: type[Record],
    *,
    before: int = LAST_ID,
    client_id: int | None = None,
    archived: bool = False,
    limit: int = 1000,
) -> list[int]:
    """Ids of the records before that of the id `before`, the newest first.

    New is what happened last where the kind knows when that was, else what was entered last.
    """
    kind = KINDS[record.kind]
    where, parameters = _conditions(record, client_id, archived)
    order = f"{kind.when} DESC, id DESC" if kind.when else "id DESC"
    limits = "id < :before"
    if kind.when and before == LAST_ID:
        limits = "id <= :before"
    elif kind.when:
        limits = f"({kind.when}, id) < ((SELECT {kind.when} FROM {kind.table} WHERE id = :before), :before)"
    rows = store.rows(
        f"SELECT id FROM {kind.table} WHERE {limits}{where} ORDER BY {order} LIMIT :limit",
        before=before,
        limit=limit,
        **parameters,
    )
    return [row[0] for row in rows]


def by_ids(store: Store, record: type[R], ids: Sequence[int]) -> list[R]:
    """The records with these ids in the given order; ids of none are passed over."""
    records = listing.by_ids(store, record, ids)
    return [records[record_id] for record_id in ids if record_id in records]


def _conditions(record: type[Record], client_id: int | None, archived: bool) -> tuple[str, dict[str, int]]:
    """The rest of a WHERE clause, and its parameters."""
    where, parameters = "" if archived else " AND archived_at IS NULL", dict[str, int]()
    if client_id is not None and "client_id" in columns(record):
        return f"{where} AND client_id = :client", {"client": client_id}
    return where, parameters
