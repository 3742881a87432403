"""Collects the rows of the firm by kind, gives them ids in order, and writes them in one go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from onewindow.records.fields import Record, columns
from onewindow.records.kinds import KINDS
from onewindow.store.engine import Store
from onewindow.store.session import demo_building

R = TypeVar("R", bound=Record)


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
        records = self.all(type(record))
        place = next(i for i, known in enumerate(records) if known.id == record.id)
        records[place] = record

    def write(self, store: Store) -> dict[str, int]:
        """Insert everything, inside a write of the store, and return how many rows of each kind."""
        # Deputies, parents and documents may stand below the rows that refer to them.
        demo_building.look_at_references_last(store)
        for kind, records in self._records.items():
            names = columns(KINDS[kind].record)
            demo_building.insert(
                store,
                KINDS[kind].record,
                names,
                (tuple(getattr(record, name) for name in names) for record in records),
            )
        return {kind: len(records) for kind, records in self._records.items()}


def counted(into: dict[str, int], more: Mapping[str, int]) -> None:
    """Add counts by kind."""
    for kind, count in more.items():
        into[kind] = into.get(kind, 0) + count
