"""What a whole copy holds beside records: how clients stood week by week, and ids in other programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from onewindow.desk.session.context import Session
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.rows import SourceRow, whole_rows
from onewindow.exchange.tables.opening import read_rows
from onewindow.records.clients import Client
from onewindow.records.kinds import KINDS
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store
from onewindow.store.health import snapshots
from onewindow.store.health.snapshots import HealthSnapshot
from onewindow.store.ids import is_own_id
from onewindow.store.imports import external_keys, matches

Row = Mapping[str, object]
_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """A table of a whole copy that is no kind of record."""

    name: str
    plural: str
    columns: tuple[str, ...]
    read: Callable[[Store], Iterator[Row]]
    store: Callable[[Transaction, list[SourceRow]], int]
    """Stores rows of a copy inside a change and gives back how many were new; ValueError for a wrong cell."""


@dataclass(frozen=True, slots=True)
class CopyReport:
    """How many rows of a copied table came in, and how many were on file already or are of no record here."""

    created: int
    unchanged: int


def bring_in(session: Session, table: CopiedTable, source: bytes, name: str) -> CopyReport:
    """Store the rows of a table that a whole copy holds, all or none; what is on file stays as it is.

    Raises FileProblem for a file that is no such table.
    """
    source_rows = read_rows(source, name)
    missing = [column for column in table.columns if column not in source_rows.headers]
    if missing:
        what = f"it has no column {missing[0]}, so it is no copy of {table.plural}"
        raise FileProblem(name, what, "give a file that “onewindow export all” wrote")

    def work(transaction: Transaction) -> CopyReport:
        created = total = 0
        rows = whole_rows(source_rows, name)
        while chunk := list(islice(rows, _CHUNK)):
            try:
                created += table.store(transaction, chunk)
            except (ValueError, TypeError) as error:
                rows_of = f"rows {chunk[0].number} to {chunk[-1].number}"
                what = f"a cell of {rows_of} is not as a copy has it ({error})"
                raise FileProblem(name, what, "write the copy again") from error
            total += len(chunk)
        return CopyReport(created, total - created)

    return session.change(f"import of {name}", work).result


def _weeks(store: Store) -> Iterator[Row]:
    for week in snapshots.everything(store):
        yield {**vars(week), "points": json.dumps(dict(week.points))}


def _store_weeks(transaction: Transaction, rows: list[SourceRow]) -> int:
    def points(text: str) -> dict[str, float]:
        return {str(name): float(value) for name, value in dict(json.loads(text)).items()}

    taken = [
        HealthSnapshot(
            client_id=int(row.values["client_id"]),
            week=int(row.values["week"]),
            score=int(row.values["score"]) if row.values["score"] else None,
            band=snapshots.read_band(row.values["band"]),
            coverage=int(row.values["coverage"]),
            points=points(row.values["points"]),
            taken_at=row.values["taken_at"],
        )
        for row in rows
    ]
    store, asked = transaction.store, [snapshot.client_id for snapshot in taken]
    clients = {client.id for client in matches.by_ids(store, Client, asked)}
    before = snapshots.total(store)
    snapshots.save(store, [snapshot for snapshot in taken if snapshot.client_id in clients])
    return snapshots.total(store) - before


def _keys(store: Store) -> Iterator[Row]:
    names = ("source", "kind", "external_id", "record_id")
    return (dict(zip(names, row, strict=True)) for row in external_keys.everything(store))


def _store_keys(transaction: Transaction, rows: list[SourceRow]) -> int:
    created = 0
    groups: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for row in rows:
        kind, own = row.values["kind"], row.values["record_id"]
        if kind not in KINDS or not is_own_id(own):
            raise ValueError(f"“{kind} {own}” is no record of ours")
        key = kind, row.values["source"]
        groups.setdefault(key, []).append((row.values["external_id"], int(own)))
    for (kind, source), pairs in groups.items():
        ids = [record_id for _, record_id in pairs]
        here = {record.id for record in matches.by_ids(transaction.store, KINDS[kind].record, ids)}
        # A copy may be brought in twice: only keys that are not on file count.
        known = external_keys.keys_of(transaction.store, kind, here)
        new = [
            (external_id, record_id)
            for external_id, record_id in pairs
            if record_id in here and (source, external_id) not in known.get(record_id, ())
        ]
        external_keys.remember(transaction, kind, source, new)
        created += len(new)
    return created


HEALTH_WEEKS = CopiedTable(
    "health_week",
    "health weeks",
    ("client_id", "week", "score", "band", "coverage", "points", "taken_at"),
    _weeks,
    _store_weeks,
)
EXTERNAL_IDS = CopiedTable(
    "external_id",
    "external ids",
    ("source", "kind", "external_id", "record_id"),
    _keys,
    _store_keys,
)
COPIED_TABLES: dict[str, CopiedTable] = {table.name: table for table in (HEALTH_WEEKS, EXTERNAL_IDS)}
"""The tables of a copy that are no kinds of records, by name, in the order in which they are imported."""
