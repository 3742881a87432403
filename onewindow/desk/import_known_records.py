"""The records on file that the rows of one chunk may mean, of any kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onewindow.desk.import_kinds import ImportRule
from onewindow.desk.import_reading import ReadRow
from onewindow.records.fields import Record
from onewindow.records.kinds import KINDS
from onewindow.store import import_matches
from onewindow.store.engine import Store
from onewindow.text.fold import fold

_Key = tuple[object, ...]
_WEEKLY = frozenset({"usage", "feature_use"})
"""Kinds with a row a week: of a long history only the weeks of the rows are read."""
_HELD_BY_ARCHIVED = _WEEKLY | {"staff"}
"""Kinds with a key of their own, a week or a login, that archived records still hold: they come back."""


class KnownRecords:
    """Finds the record of a row by our own id, by that of the other program, or by what tells it apart."""

    def __init__(self, store: Store, kind: str, rule: ImportRule) -> None:
        """Ask once which ids of other programs are on file."""
        self._store = store
        self._record = KINDS[kind].record
        self._rule = rule
        self._of_client = KINDS[kind].of_client
        self._is_held = kind in _HELD_BY_ARCHIVED
        self._external = import_matches.external_ids(store, self._record)
        self._records: dict[int, Record] = {}
        self._by_fields: dict[tuple[str, ...], dict[_Key, list[int]]] = {}
        self._taken: set[int] = set()
        self._read_clients: set[int] = set()
        self._has_read_all = False

    def prepare(self, rows: Sequence[ReadRow]) -> None:
        """Read what these rows may mean."""
        ids = {row.own_id for row in rows} | {self._external.get(row.external_id or "", 0) for row in rows}
        found = import_matches.by_ids(self._store, self._record, ids - {0} - self._records.keys())
        wanting = [row for row in rows if self._may_match_by_fields(row)]
        if wanting and not self._of_client and not self._has_read_all:
            self._has_read_all = True
            found += import_matches.all_of(self._store, self._record, archived=self._is_held)
        if wanting and self._of_client:
            clients = {row.client.id for row in wanting if row.client} - self._read_clients
            self._read_clients |= clients
            found += import_matches.of_clients(
                self._store, self._record, clients, archived=self._is_held, weeks=self._weeks(wanting)
            )
        for record in found:
            self.add(record)

    def _weeks(self, rows: Sequence[ReadRow]) -> tuple[int, int] | None:
        """The weeks of these rows; the rows of a kind with weeks come all at once."""
        if self._record.kind not in _WEEKLY:
            return None
        weeks = [int(row.values["week"] or 0) for row in rows]
        return min(weeks), max(weeks)

    def add(self, record: Record) -> None:
        """Know a record, or how it is after a change."""
        before = self._records.get(record.id)
        self._records[record.id] = record
        if record.external_id and not record.archived_at:
            self._external[record.external_id] = record.id
        for names, index in self._by_fields.items():
            if before is not None and _key_of(before, names) == _key_of(record, names):
                continue
            index.setdefault(_key_of(record, names), []).append(record.id)

    def take(self, record: Record) -> None:
        """Say that a row means this record, so that no other row like it does."""
        self._taken.add(record.id)

    def of(self, row: ReadRow) -> Record | None:
        """The record that a row means, archived only by our own id or a week of use; None for none."""
        if row.own_id and row.own_id in self._records:
            return self._records[row.own_id]
        by_id = self._external.get(row.external_id or "")
        if by_id is not None:
            return self._records.get(by_id)
        if row.own_id or not self._may_match_by_fields(row):
            return None
        names = tuple(name for name in self._rule.tells_apart if name in row.values)
        if not names:
            return None
        candidates = [self._records[each] for each in self._index(names).get(_key_in(row, names), ())]
        return self._best([each for each in candidates if self._fits(each, row, names)], row)

    def _may_match_by_fields(self, row: ReadRow) -> bool:
        return not row.own_id and (self._rule.is_unique or not row.external_id)

    def _fits(self, record: Record, row: ReadRow, names: tuple[str, ...]) -> bool:
        if _key_of(record, names) != _key_in(row, names):
            return False
        if row.external_id and record.external_id and record.external_id != row.external_id:
            return False
        return self._rule.is_unique or record.id not in self._taken

    def _best(self, candidates: Sequence[Record], row: ReadRow) -> Record | None:
        """Of several alike the one that already says all that the row says."""
        living = [each for each in candidates if self._is_held or not each.archived_at]
        for each in living:
            if all(getattr(each, name) == value for name, value in row.values.items()):
                return each
        return living[0] if living else None

    def _index(self, names: tuple[str, ...]) -> dict[_Key, list[int]]:
        if names not in self._by_fields:
            index = self._by_fields[names] = {}
            for record in self._records.values():
                index.setdefault(_key_of(record, names), []).append(record.id)
        return self._by_fields[names]


def _key_of(record: Record, names: Iterable[str]) -> _Key:
    return tuple(_plain(name, getattr(record, name)) for name in names)


def _key_in(row: ReadRow, names: Iterable[str]) -> _Key:
    return tuple(_plain(name, row.values[name]) for name in names)


def _plain(name: str, value: object) -> object:
    """Names are one whatever their case and spaces; everything else is as it stands."""
    return (fold(value) or value) if name in ("name", "title", "login") and isinstance(value, str) else value
