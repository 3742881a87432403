"""Collects the rows of the firm by kind, gives them ids in order, and writes them in one go."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TypeVar

from onewindow.records.fields import Record, columns
from onewindow.records.kinds import KINDS
from onewindow.store.engine import Store, Value

R = TypeVar("R", bound=Record)

_ONCE = frozenset({"created_at", "updated_at"})


class Sheets:
    """The rows of one build. Ids count up from `first_id`, so equal builds have equal ids."""

    def __init__(self, first_id: int, stamp: str) -> None:
        """Start with no rows; `stamp` is when the firm was built, in UTC text."""
        self.stamp = stamp
        self._next_id = first_id
        self._records: dict[str, list[Record]] = {}

    def next_id(self) -> int:
        """The next free id."""
        self._next_id += 1
        return self._next_id

    def add(self, record: R, at: str = "") -> R:
        """Keep a record, with an id and the time at which it was made, and return it."""
        at = min(at or self.stamp, self.stamp)
        stored = record.with_changes({"id": record.id or self.next_id(), "created_at": at, "updated_at": at})
        self._records.setdefault(record.kind, []).append(stored)
        return stored

    def all(self, record: type[R]) -> list[R]:
        """The records of a class that were added, in that order; the list may be changed in place."""
        return self._records.setdefault(record.kind, [])  # pyright: ignore[reportReturnType]

    def replace(self, record: Record) -> None:
        """Take this version of a record that was added before."""
        found = self.all(type(record))
        place = next(i for i, known in enumerate(found) if known.id == record.id)
        found[place] = record

    def write(self, store: Store) -> dict[str, int]:
        """Insert everything, inside a write of the store, and return how many rows of each kind."""
        # Deputies, parents and documents may stand below the rows that refer to them.
        store.execute("PRAGMA defer_foreign_keys = ON")
        for kind, records in self._records.items():
            names = columns(KINDS[kind].record)
            store.execute_many(
                insert_sql(KINDS[kind].record, names),
                (tuple(getattr(record, name) for name in names) for record in records),
            )
        return {kind: len(records) for kind, records in self._records.items()}


@cache
def insert_sql(record: type[Record], given: tuple[str, ...], fixed: str = "") -> str:
    """An INSERT with one placeholder for each given column; the others take the record's defaults.

    Fewer bound values make a large load faster. `fixed` is the build's stamp for the two time columns.
    """
    values: list[str] = []
    names: list[str] = []
    for name in (*given, *(n for n in columns(record) if n not in given)):
        names.append(name)
        if name in given:
            values.append("?")
        elif name in _ONCE:
            values.append(f"'{fixed}'")
        else:
            values.append(_literal(_default(record, name)))
    return f"INSERT INTO {KINDS[record.kind].table} ({', '.join(names)}) VALUES ({', '.join(values)})"


def counted(into: dict[str, int], more: Mapping[str, int]) -> None:
    """Add counts by kind."""
    for kind, count in more.items():
        into[kind] = into.get(kind, 0) + count


def _default(record: type[Record], name: str) -> Value:
    return record.__dataclass_fields__[name].default


def _literal(value: Value) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"
