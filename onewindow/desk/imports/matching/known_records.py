"""The records on file that the rows of one chunk may mean, of any kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from onewindow.desk.imports.matching.decision import NEW, decide
from onewindow.desk.imports.matching.identities import Decision, ExternalKey, Identity
from onewindow.desk.imports.matching.kinds import ImportRule
from onewindow.desk.imports.matching.numbers import (
    Numbered,
    decide_by_number,
    decide_by_own_number,
    number_in_id,
)
from onewindow.desk.imports.matching.sources import SourceBook
from onewindow.desk.imports.rows.row import ReadRow
from onewindow.records.fields import Record, attributes
from onewindow.records.kinds import KINDS
from onewindow.store.engine import Store
from onewindow.store.imports import matches
from onewindow.text.fold import fold

_Key = tuple[object, ...]
_WEEKLY = frozenset({"usage", "feature_use"})
"""Kinds with a row a week: of a long history only the weeks of the rows are read."""
_KEPT_AT_MOST = 20_000
"""So many records are remembered from one chunk of rows to the next before those of other clients go."""
_HELD_BY_ARCHIVED = _WEEKLY | {"staff"}
"""Kinds with a key of their own, a week or a login, that archived records still hold: they come back."""
_KEYED = _HELD_BY_ARCHIVED | {"health_weights", "learner"}
"""Kinds of which no two records have one key: a row of another One Window means the one that has it."""


class KnownRecords:
    """Finds the record of a row by our own id, by that of the other program, or by what tells it apart."""

    def __init__(
        self, store: Store, kind: str, rule: ImportRule, sources: SourceBook, *, has_lines: bool = False
    ) -> None:
        """Know nothing yet; `has_lines`: amounts of the file are sums of lines."""
        self._has_lines = has_lines
        self._has_own_numbers = bool(KINDS[kind].prefix) and not rule.numbered
        self._by_number: dict[int, int] = {}
        self._store = store
        self._sources = sources
        self._kind = KINDS[kind]
        self._record = KINDS[kind].record
        self._rule = rule
        self._of_client = KINDS[kind].of_client
        value_kinds = {a.name: a.kind for a in attributes(self._record)}
        # Two invoices of a client agree in being invoices, whatever program they are from.
        self._agreeing = [name for name in rule.agreeing if value_kinds.get(name) != "choice"]
        choices = (choice for a in attributes(self._record) for choice in a.choices)
        self._common = frozenset(word for choice in choices for word in choice.split("_"))
        self._is_held = kind in _HELD_BY_ARCHIVED
        self._external: dict[str, int] = {}
        self._has_read_ids = False
        self._records: dict[int, Record] = {}
        self._by_fields: dict[tuple[str, ...], dict[_Key, list[int]]] = {}
        self._taken: set[int] = set()
        self._read_clients: set[int] = set()
        self._has_read_all = False
        self._weeks: tuple[int, int] | None = None
        """The first and the last week that were read, of a kind with weeks."""

    def prepare(self, rows: Sequence[ReadRow]) -> None:
        """Read what these rows may mean."""
        self._forget_others(rows)
        externals = [row.external_id for row in rows if row.external_id]
        if externals and not self._has_read_ids:
            self._has_read_ids = True
            self._external = matches.external_ids(self._store, self._record)
        ids = {row.own_id for row in rows} | self._sources.records_of(externals)
        ids |= {self._external.get(external, 0) for external in externals}
        records = matches.by_ids(self._store, self._record, ids - {0} - self._records.keys())
        wanting = [row for row in rows if self._may_match_by_fields(row)]
        if wanting and not self._of_client and not self._has_read_all:
            self._has_read_all = True
            records += matches.all_of(self._store, self._record, archived=self._is_held)
        if wanting and self._of_client:
            clients = {row.client.id for row in wanting if row.client} - self._read_clients
            self._read_clients |= clients
            records += matches.of_clients(
                self._store, self._record, clients, archived=self._is_held, weeks=self._weeks
            )
        if self._has_own_numbers:
            likely = ((self._likely_number(row) or _own_number(row)) for row in rows)
            numbers = set(likely) - {0, *self._by_number}
            records += matches.by_numbers(self._store, self._record, numbers)
        for record in records:
            self.add(record)
        self._sources.prepare(record.id for record in records)
        if self._has_own_numbers:
            for row in rows:
                self._take_for_ours(row)

    def _likely_number(self, row: ReadRow) -> int:
        """The number that an id may be if it is one of ours: `R-1042`, `1042`; 0 for none."""
        if row.own_id or not row.external_id or _own_number(row):
            return 0
        return number_in_id(row.external_id, self._kind.prefix)

    def _take_for_ours(self, row: ReadRow) -> None:
        """Read the id of a row as our own number, if that is of a record of the same client and title.

        It is none if a record has that id, or if the one with this number has an id of another program.
        """
        known = self._records.get(self._by_number.get(self._likely_number(row), 0))
        if known is None or known.archived_at or self._by_ids(row) or self._sources.of(known):
            return
        title = fold(str(row.values.get(self._kind.title) or "")).split()
        theirs = fold(str(vars(known).get(self._kind.title) or "")).split()
        is_of_client = row.client is not None and vars(known).get("client_id") == row.client.id
        if title and title == theirs and is_of_client:
            row.values["number"], row.external_id = self._likely_number(row), None

    def _forget_others(self, rows: Sequence[ReadRow]) -> None:
        """Forget the records of clients of whom these rows do not tell, if many are known by now."""
        if self._record.kind in _WEEKLY:
            self._forget_other_weeks(rows)
            return
        if len(self._records) <= _KEPT_AT_MOST or not self._of_client:
            return
        clients = {row.client.id for row in rows if row.client}
        self._read_clients &= clients
        self._records = {
            key: record for key, record in self._records.items() if vars(record).get("client_id") in clients
        }
        self._by_fields.clear()

    def _forget_other_weeks(self, rows: Sequence[ReadRow]) -> None:
        """Forget all records if these rows tell of weeks that were not read, or if many are known by now."""
        weeks = [int(row.values["week"] or 0) for row in rows if self._may_match_by_fields(row)]
        if not weeks:
            return
        low, high = min(weeks), max(weeks)
        is_read = self._weeks is not None and self._weeks[0] <= low and high <= self._weeks[1]
        if not is_read or len(self._records) > _KEPT_AT_MOST:
            self._weeks = low, high
            self._read_clients.clear()
            self._records.clear()
            self._by_fields.clear()

    def add(self, record: Record) -> None:
        """Know a record, or how it is after a change."""
        before = self._records.get(record.id)
        self._records[record.id] = record
        if record.external_id and not record.archived_at:
            self._external[record.external_id] = record.id
        if self._has_own_numbers and (number := int(vars(record).get("number") or 0)):
            self._by_number[number] = record.id
        for names, index in self._by_fields.items():
            if before is not None and _key_of(before, names) == _key_of(record, names):
                continue
            index.setdefault(_key_of(record, names), []).append(record.id)

    def stored(self, record: Record) -> None:
        """Know a record that was new as it was stored."""
        self.add(record)

    def take(self, record: Record) -> None:
        """Say that a row means this record, so that no other row like it does."""
        self._taken.add(record.id)

    def order(self, rows: Sequence[ReadRow]) -> Sequence[int]:
        """The places of rows in the order in which they are taken: as they stand."""
        return range(len(rows))

    def keeps_name(self, record: Record, row: ReadRow) -> bool:  # noqa: ARG002
        """Nothing: a thing has the title that a row says."""
        return False

    def of(self, row: ReadRow) -> Record | None:
        """The record that a row surely means, archived only by our own id or a week of use; None for none."""
        return self._records.get(self.decide(row).record_id)

    def record(self, record_id: int) -> Record:
        """A record of which `decide` spoke."""
        return self._records[record_id]

    def decide(self, row: ReadRow) -> Decision:
        """What a row means."""
        if row.own_id and row.own_id in self._records:
            return Decision(row.own_id)
        candidates = [candidate for candidate in self._by_ids(row) if candidate is not None]
        if not candidates and (meant := self._by_number_of(row)):
            return meant
        names: tuple[str, ...] = ()
        if self._may_match_by_fields(row):
            names = self._rule.names_in(row.values)
            alike = [
                self._records[record_id] for record_id in self._index(names).get(_key_in(row, names), ())
            ]
            candidates += self._best_first(
                [record for record in alike if self._fits(record, row, names)], row
            )
        if not candidates:
            return NEW
        known = [self._identity(record, names) for record in dict.fromkeys(candidates)]
        return decide(self._of_row(row, names), known, "thing")

    def _by_number_of(self, row: ReadRow) -> Decision | None:
        """What the number of a row tells; None where it has none, or no other record has it."""
        known = self._records.get(self._by_number.get(_own_number(row), 0))
        if known is not None and known.archived_at is None and not row.own_id:
            title = str(row.values.get(self._kind.title) or "")
            client_id = row.client.id if row.client else 0
            mine = self._of_facts(vars(known), 0, known.id, frozenset(), None)
            return decide_by_own_number(
                mine.label,
                frozenset(fold(title).split()),
                frozenset(fold(str(vars(known).get(self._kind.title) or "")).split()),
                known.id,
                is_of_client=not self._of_client or vars(known).get("client_id") == client_id,
            )
        numbered = self._rule.numbered
        if not row.values.get(numbered) or numbered == "external_id" or not self._may_match_by_fields(row):
            return None
        names = tuple(name for name in ("client_id", "document_kind", numbered) if name in row.values)
        alike = [self._records[record_id] for record_id in self._index(names).get(_key_in(row, names), ())]
        known_so = [self._numbered(vars(record), record.id) for record in alike if not record.archived_at]
        mine = self._numbered(row.values, 0)
        return decide_by_number(mine, known_so, is_sum_of_lines=self._has_lines)

    def _numbered(self, values: Mapping[str, object], record_id: int) -> Numbered:
        kind = str(values.get("document_kind") or "document").replace("_", " ")
        day = str(values.get("issued_on") or "")
        amount = values.get("amount")
        return Numbered(
            record_id,
            f"{kind} {values.get('number')}{f' of {day}' if day else ''}",
            day,
            None if amount is None else (amount, values.get("currency")),
            record_id in self._taken,
        )

    def _by_ids(self, row: ReadRow) -> list[Record | None]:
        """Records that have the id of a row in some program, living ones only."""
        if not row.external_id:
            return []
        ids = {*self._sources.having(row.external_id), self._external.get(row.external_id, 0)}
        records = (self._records.get(record_id) for record_id in sorted(ids))
        return [record for record in records if record is not None and not record.archived_at]

    def _of_row(self, row: ReadRow, names: tuple[str, ...]) -> Identity:
        return self._of_facts(
            row.values,
            row.client.id if row.client else 0,
            0,
            self._sources.of_row(row.external_id),
            _key_in(row, names) if names else None,
        )

    def _identity(self, record: Record, names: tuple[str, ...]) -> Identity:
        external = self._sources.of(record)
        facts = _key_of(record, names) if names else None
        client_id = int(getattr(record, "client_id", 0) or 0) if self._of_client else 0
        return self._of_facts(vars(record), client_id, record.id, external, facts)

    def _of_facts(
        self,
        values: Mapping[str, object],
        client_id: int,
        record_id: int,
        external: frozenset[ExternalKey],
        facts: _Key | None,
    ) -> Identity:
        title = str(values.get(self._kind.title) or "")
        number = values.get("number") if self._kind.prefix else 0
        label = f"{self._kind.prefix}-{number} {title}" if number else f"{self._kind.display_name} {title}"
        agreeing = frozenset[tuple[str, object]]()
        if external and self._of_client:
            fields = ((name, values.get(name)) for name in self._agreeing)
            agreeing = frozenset((name, value) for name, value in fields if value not in (None, ""))
        return Identity(
            record_id,
            label=label[:80].strip(),
            external=external,
            words=frozenset(fold(title).split()) - self._common if self._of_client else frozenset(),
            client_id=client_id,
            facts=facts,
            agreeing=agreeing,
        )

    def _may_match_by_fields(self, row: ReadRow) -> bool:
        is_copied = row.own_id and (self._record.kind not in _KEYED or row.own_id in self._records)
        return bool(
            not is_copied
            and (self._rule.is_unique or not row.external_id or self._sources.is_named)
            and self._rule.names_in(row.values)
        )

    def _fits(self, record: Record, row: ReadRow, names: tuple[str, ...]) -> bool:
        if _key_of(record, names) != _key_in(row, names) or (record.archived_at and not self._is_held):
            return False
        return self._rule.is_unique or record.id not in self._taken

    def _best_first(self, candidates: list[Record], row: ReadRow) -> list[Record]:
        """Of several alike first the one that already says all that the row says."""
        items = row.values.items()
        return sorted(
            candidates, key=lambda record: not all(getattr(record, name) == value for name, value in items)
        )

    def _index(self, names: tuple[str, ...]) -> dict[_Key, list[int]]:
        if names not in self._by_fields:
            index = self._by_fields[names] = {}
            for record in self._records.values():
                index.setdefault(_key_of(record, names), []).append(record.id)
        return self._by_fields[names]


def _own_number(row: ReadRow) -> int:
    number = row.values.get("number")
    return number if isinstance(number, int) else 0


def _key_of(record: Record, names: Iterable[str]) -> _Key:
    return tuple(_plain(name, getattr(record, name)) for name in names)


def _key_in(row: ReadRow, names: Iterable[str]) -> _Key:
    return tuple(_plain(name, row.values[name]) for name in names)


def _plain(name: str, value: object) -> object:
    """Names are one whatever their case and spaces; everything else is as it stands."""
    return (fold(value) or value) if name in ("name", "title", "login") and isinstance(value, str) else value
