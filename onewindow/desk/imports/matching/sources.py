"""Ids of other programs: which rows bring, and whose they are. An id belongs to the program it is from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from onewindow.desk.imports.matching.identities import ExternalKey
from onewindow.records.fields import Record
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.imports import external_keys


class SourceBook:
    """The ids of records of a kind in other programs, in an import from one `source`, '' for an unnamed."""

    def __init__(self, transaction: Transaction, kind: str, source: str) -> None:
        """Ask the store for nothing as long as no id of a named source is on file."""
        self._transaction = transaction
        self._kind = kind
        self._source = source
        self._is_any = external_keys.is_any(transaction.store, kind)
        self._keys: defaultdict[int, set[ExternalKey]] = defaultdict(set)
        self._read: set[int] = set()
        self._new: list[tuple[str, str, int]] = []
        self._records: defaultdict[str, set[int]] = defaultdict(set)

    @property
    def is_named(self) -> bool:
        """Whether somebody said from which program the file comes."""
        return bool(self._source)

    def records_of(self, external_ids: Iterable[str]) -> set[int]:
        """The records that have one of these ids in a named source."""
        asked = list(dict.fromkeys(external_ids))
        ids = {record_id for key in asked for record_id in self._records.get(key, ())}
        if self._is_any:
            known = external_keys.records_of(self._transaction.store, self._kind, asked)
            for key, records in known.items():
                self._records[key].update(record_id for _, record_id in records)
                ids.update(record_id for _, record_id in records)
        return ids

    def having(self, external_id: str) -> set[int]:
        """The records with this id in a named source, after `records_of` was asked for it."""
        return self._records.get(external_id, set())

    def prepare(self, record_ids: Iterable[int]) -> None:
        """Read the ids of these records."""
        missing = set(record_ids) - self._read
        self._read |= missing
        if self._is_any and missing:
            ids = external_keys.keys_of(self._transaction.store, self._kind, missing)
            for record_id, keys in ids.items():
                self._keys[record_id].update(keys)

    def of(self, record: Record) -> frozenset[ExternalKey]:
        """The ids of a record, each with its source."""
        keys = self._keys.get(record.id, set())
        if record.external_id and record.external_id not in {key for _, key in keys}:
            return frozenset({*keys, ("", record.external_id)})
        return frozenset(keys)

    def of_row(self, external_id: str | None) -> frozenset[ExternalKey]:
        """The id of a row with the source of the file."""
        return frozenset({(self._source, external_id)} if external_id else ())

    def note(self, record_id: int, external_id: str | None) -> None:
        """Remember that a new record has this id in the source of the file."""
        if external_id and self._source:
            self._remember(record_id, self._source, external_id)

    def changes(self, record: Record, external_id: str | None) -> dict[str, Value]:
        """What a row with this id changes of the record that it means; never an id of another program."""
        if not external_id:
            return {}
        if self._source or (record.external_id and record.external_id != external_id):
            self._remember(record.id, self._source, external_id)
        return {} if record.external_id else {"external_id": external_id}

    def _remember(self, record_id: int, source: str, external_id: str) -> None:
        if (source, external_id) not in self._keys[record_id]:
            self._keys[record_id].add((source, external_id))
            self._records[external_id].add(record_id)
            self._new.append((source, external_id, record_id))

    def flush(self) -> None:
        """Store what was remembered."""
        by_source: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for source, external_id, record_id in self._new:
            by_source[source].append((external_id, record_id))
        for source, keys in by_source.items():
            external_keys.remember(self._transaction, self._kind, source, keys)
        self._new.clear()
