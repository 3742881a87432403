"""Rows into records and back, by the records' own field names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import itemgetter
from typing import TypeVar

from onewindow.records.fields import Record, columns
from onewindow.records.kinds import KINDS
from onewindow.store.engine import Row, Store, Value
from onewindow.store.ids import read_id
from onewindow.store.problems import NotFound

R = TypeVar("R", bound=Record)


@cache
def column_list(record: type[Record], alias: str = "") -> str:
    """The columns of a record's table, in the order in which `build` takes them."""
    prefix = f"{alias}." if alias else ""
    return ", ".join(prefix + name for name in columns(record))


def build(record: type[R], row: Row) -> R:
    """A record from a row of `column_list`; the table's checks have vouched for the values already."""
    made = object.__new__(record)
    made.__dict__.update(zip(columns(record), row, strict=True))
    return made


def fetch(store: Store, record: type[R], clauses: str, /, **parameters: Value) -> list[R]:
    """Records by the SQL after the table's name: 'WHERE client_id = :client ORDER BY … LIMIT …'."""
    table = KINDS[record.kind].table
    rows = store.rows(f"SELECT {column_list(record)} FROM {table} {clauses}", **parameters)
    return [build(record, row) for row in rows]


def of_clients(store: Store, record: type[R], low: int, high: int) -> list[R]:
    """The records in daily view of the clients with an id from `low` to `high`, client by client."""
    return fetch(
        store,
        record,
        "WHERE client_id BETWEEN :low AND :high AND archived_at IS NULL ORDER BY client_id, id",
        low=low,
        high=high,
    )


def find(store: Store, record: type[R], record_id: int) -> R | None:
    """A record by its id, archived ones too, or None."""
    records = fetch(store, record, "WHERE id = :id", id=record_id)
    return records[0] if records else None


def find_by_word(store: Store, record: type[R], word: str) -> R | None:
    """The record whose id a typed word is, None for any other word."""
    record_id = read_id(word)
    return None if record_id is None else find(store, record, record_id)


def get(store: Store, record: type[R], record_id: int) -> R:
    """A record by its id, archived ones too; raises NotFound."""
    known = find(store, record, record_id)
    if known is None:
        raise NotFound(f"There is no {KINDS[record.kind].display_name} with the id {record_id}.")
    return known


def in_chunks(values: Iterable[Value], size: int) -> Iterator[tuple[str, dict[str, Value]]]:
    """Values, once each, in the order given, as names for `IN (…)` with their parameters, `size` to a query.

    None and empty texts, which no condition should meet, are left out; without values nothing comes.
    """
    wanted = [value for value in dict.fromkeys(values) if value not in (None, "")]
    for start in range(0, len(wanted), size):
        chunk = wanted[start : start + size]
        # Always the same number of names, so that SQLite prepares the statement once.
        padded = [*chunk, *(chunk[-1:] * (size - len(chunk)))]
        parameters: dict[str, Value] = {f"v{place}": value for place, value in enumerate(padded)}
        yield ", ".join(f":{name}" for name in parameters), parameters


@cache
def insert_sql(record: type[Record]) -> str:
    """The statement that stores a record, with one place for each value of `row_of`."""
    names = columns(record)
    places = ", ".join("?" * len(names))
    return f"INSERT INTO {KINDS[record.kind].table} ({', '.join(names)}) VALUES ({places})"


def row_of(record: Record) -> Row:
    """A record's values in the order of its columns."""
    return _getter(type(record))(vars(record))


@cache
def _getter(record: type[Record]) -> Callable[[dict[str, Value]], Row]:
    first, second, *others = columns(record)
    return itemgetter(first, second, *others)


def values_of(record: Record) -> dict[str, Value]:
    """A record's values by column name."""
    return {name: getattr(record, name) for name in columns(type(record))}
