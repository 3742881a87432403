"""Large writes: room for them, many rows of one class at a time, and their lines in the log."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Generator, Sequence
from itertools import pairwise

from onewindow.records.fields import Record, columns
from onewindow.records.kinds import KINDS
from onewindow.store import rows
from onewindow.store.engine import Row, Store, Value

_CACHE_KIB = 262_144


@contextlib.contextmanager
def wide_cache(store: Store) -> Generator[None]:
    """Keep up to 256 MB of pages in memory meanwhile: a large write must not spill its pages again and again.

    Nothing is traded for it: the commit is as durable as any other.
    """
    before = store.scalar("PRAGMA cache_size")
    store.rows(f"PRAGMA cache_size = -{_CACHE_KIB}")
    try:
        yield
    finally:
        store.rows(f"PRAGMA cache_size = {int(before)}")


@contextlib.contextmanager
def rare_collection() -> Generator[None]:
    """Look for garbage in circles a hundred times as rarely meanwhile: records of a large write make none."""
    before = gc.get_threshold()
    gc.set_threshold(before[0] * 100, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def insert_records(store: Store, records: Sequence[Record]) -> None:
    """Store new records of one class, at least one; inside a write."""
    record = type(records[0])
    insert_rows(store, KINDS[record.kind].table, columns(record), list(map(rows.row_of, records)))


def insert_rows(store: Store, table: str, names: Sequence[str], found: Sequence[Row]) -> None:
    """Store new rows, at least one, each with the values of these columns and the key first; inside a write.

    Most columns of most files are empty: what all rows share stands in the statement itself, which halves the
    time of a wide row.
    """
    key, *others = zip(*found, strict=True)
    places = ["?", *(_shared(values) or "?" for values in others)]
    given = [values for place, values in zip(places, (key, *others), strict=True) if place == "?"]
    store.execute_many(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(places)})", zip(*given, strict=True)
    )


def log_inserts(store: Store, change_set_id: int, first_seq: int, records: Sequence[Record]) -> None:
    """Write one event for each of these records, just inserted, in their order; inside a write.

    New ids are a range of the table as a rule, and the engine writes the events of a range by itself.
    """
    record = type(records[0])
    table, kind = KINDS[record.kind].table, record.kind
    client = "id" if kind == "client" else "client_id" if "client_id" in columns(record) else "NULL"
    ids = [record.id for record in records]
    into = "INSERT INTO event (seq, change_set_id, at, actor, op, entity, entity_id, client_id)"
    if _is_range(store, table, ids):
        store.execute(
            f"{into} SELECT :before + ROW_NUMBER() OVER (ORDER BY r.id), s.id, s.at, s.actor, 'insert',"
            f" :kind, r.id, {client if client == 'NULL' else f'r.{client}'}"
            f" FROM {table} r CROSS JOIN change_set s"
            " WHERE r.id BETWEEN :low AND :high AND s.id = :change_set",
            before=first_seq - 1,
            kind=kind,
            low=ids[0],
            high=ids[-1],
            change_set=change_set_id,
        )
        return
    store.execute_many(
        f"{into} SELECT ?, id, at, actor, 'insert', ?, ?, ? FROM change_set WHERE id = ?",
        (
            (
                first_seq + place,
                kind,
                record.id,
                None if client == "NULL" else vars(record)[client],
                change_set_id,
            )
            for place, record in enumerate(records)
        ),
    )


def _is_range(store: Store, table: str, ids: Sequence[int]) -> bool:
    """Whether ids ascend and are all that a table has between the first and the last of them."""
    if any(later <= earlier for earlier, later in pairwise(ids)):
        return False
    return len(ids) == store.scalar(
        f"SELECT COUNT(*) FROM {table} WHERE id BETWEEN :low AND :high", low=ids[0], high=ids[-1]
    )


def _shared(values: Sequence[Value]) -> str | None:
    """What all of these values are, as a literal of SQL, if it is nothing, an empty text or a number."""
    first = values[0]
    if not (first is None or first == "" or isinstance(first, int)) or values.count(first) != len(values):
        return None
    return "NULL" if first is None else "''" if first == "" else str(int(first))
