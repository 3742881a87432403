"""Ids that records have in other programs, each of its source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from onewindow.store.changes import Transaction
from onewindow.store.engine import Store
from onewindow.store.rows import in_chunks

ExternalKey = tuple[str, str]
"""A source and the id there."""

_AT_ONCE = 500
_STANDS = (
    "(SELECT c.undone_by FROM change_set c WHERE c.id = k.change_set_id) IS NULL"
    " AND EXISTS (SELECT 1 FROM change_set c WHERE c.id = k.change_set_id)"
)


def records_of(store: Store, kind: str, external_ids: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
    """Source and record of each of these ids, in whatever program; what was taken back does not count."""
    by_external_id: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for names, parameters in in_chunks(external_ids, _AT_ONCE):
        for external_id, source, record_id in store.rows(
            f"SELECT k.external_id, k.source, k.record_id FROM external_key k WHERE k.kind = :kind"
            f" AND k.external_id IN ({names}) AND {_STANDS} ORDER BY k.source, k.record_id",
            kind=kind,
            **parameters,
        ):
            by_external_id[external_id].append((source, record_id))
    return dict(by_external_id)


def keys_of(store: Store, kind: str, record_ids: Iterable[int]) -> dict[int, list[ExternalKey]]:
    """The sources and ids of these records; what was taken back does not count."""
    by_record: defaultdict[int, list[ExternalKey]] = defaultdict(list)
    for names, parameters in in_chunks(record_ids, _AT_ONCE):
        for record_id, source, external_id in store.rows(
            f"SELECT k.record_id, k.source, k.external_id FROM external_key k WHERE k.kind = :kind"
            f" AND k.record_id IN ({names}) AND {_STANDS} ORDER BY k.source, k.external_id",
            kind=kind,
            **parameters,
        ):
            by_record[record_id].append((source, external_id))
    return dict(by_record)


def everything(store: Store) -> list[tuple[str, str, str, int]]:
    """Source, kind, id there and record of all of them; what was taken back does not count."""
    rows = store.rows(
        f"SELECT k.source, k.kind, k.external_id, k.record_id FROM external_key k WHERE {_STANDS}"
        " ORDER BY k.kind, k.record_id, k.source, k.external_id"
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def is_any(store: Store, kind: str) -> bool:
    """Whether any record of a kind has an id of a named source."""
    return store.one("SELECT 1 FROM external_key WHERE kind = :kind LIMIT 1", kind=kind) is not None


def remember(transaction: Transaction, kind: str, source: str, pairs: Iterable[tuple[str, int]]) -> None:
    """Keep which ids these records have in a program; goes with the change, also when that is undone."""
    given = list(pairs)
    if not given:
        return
    change_set = transaction.change_set_id
    transaction.store.execute_many(
        "INSERT INTO external_key (source, kind, external_id, record_id, change_set_id)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT (kind, external_id, source, record_id)"
        " DO UPDATE SET change_set_id = excluded.change_set_id WHERE"
        " (SELECT c.undone_by FROM change_set c WHERE c.id = external_key.change_set_id) IS NOT NULL",
        [(source, kind, external_id, record_id, change_set) for external_id, record_id in given],
    )
