"""The one write path: a transaction of versioned row changes with one event each.

Longer than 400 lines: `Transaction` is one class, and what numbers and logs its changes is read with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from onewindow.records.clients import Client
from onewindow.records.fields import COMMON, Record, attribute_of, columns
from onewindow.records.kinds import KINDS, Kind
from onewindow.records.named_tuples import NamedTuple
from onewindow.records.structs import frozen_struct
from onewindow.store import rows, rule_cache
from onewindow.store.engine import Store, Value
from onewindow.store.problems import Conflict, NotFound, Stale, StoreProblem

R = TypeVar("R", bound=Record)
T = TypeVar("T")

CACHED = frozenset({"due_at", "late_from", "responded_at", "resolved_at"})
"""Fields that are kept beside the truth: no undo sets them back or is stopped by them."""


_LOG = (
    "INSERT INTO event (seq, change_set_id, at, actor, op, entity, entity_id, client_id, old, new)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class Change(NamedTuple):
    """One row change of a record of a client. `op`: insert, update, archive, restore, erase."""

    seq: int
    op: str
    entity: str
    entity_id: int
    client_id: int | None


@frozen_struct
class Written(Generic[T]):
    """What a write gave back, and what it changed."""

    result: T
    changes: tuple[Change, ...]
    label: str


class Transaction:
    """The changes of one write. It exists only inside `write`; times are UTC text, values column values."""

    def __init__(self, store: Store, *, actor: str, at: str, label: str, run_id: int | None) -> None:
        """Start with no changes; the change set is stored with the first of them."""
        self.store = store
        self.actor = actor
        self.at = at
        self.label = label
        self.run_id = run_id
        self.undoes: int | None = None
        self.changes: list[Change] = []
        self.touched_clients: set[int] = set()
        """Clients whose caches must be written again before the commit."""
        self.received_by: set[int] = set()
        """Clients to whom a record of another one moved."""
        self.settled: dict[int, int] = {}
        """Requests, and events of theirs, whose due times are right since a change (its `seq`), by id."""
        self.due_moved: set[int] = set()
        """Clients of whose requests a due time moved, which no change of the log tells."""
        self._clients: dict[int, Client] = {}
        self._numbers: set[int] = set()
        """Short numbers that the counter gave to records which are not stored yet."""
        self._change_set_id: int | None = None
        self._seq = 0
        self._newest: int = store.scalar("SELECT COALESCE(MAX(id), 0) FROM change_set")
        if store.ids.is_behind(self._newest):
            # Undo goes by the order of ids, whatever the clock did; and no record takes the id of another.
            store.ids.keep_above(max(self._newest, _last_of(store, self._newest)))

    @property
    def change_set_id(self) -> int:
        """The id that all changes of this transaction carry."""
        if self._change_set_id is None:
            self._change_set_id = max(self.store.ids.new_id(), self._newest + 1)
            self.store.execute(
                "INSERT INTO change_set (id, at, actor, label, run_id, undoes)"
                " VALUES (:id, :at, :actor, :label, :run_id, :undoes)",
                id=self._change_set_id,
                at=self.at,
                actor=self.actor,
                label=self.label,
                run_id=self.run_id,
                undoes=self.undoes,
            )
            self._seq = self.store.scalar("SELECT COALESCE(MAX(seq), 0) FROM event")
        return self._change_set_id

    def client(self, client_id: int) -> Client:
        """A client as it is on file now, read once however many ask; raises NotFound."""
        known = self._clients.get(client_id)
        if known is None:
            known = self._clients[client_id] = rows.get(self.store, Client, client_id)
        return known

    @property
    def is_waited_for(self) -> bool:
        """Whether others write just now, so that all which can be done later should be."""
        return self.store.is_waited_for(self._newest)

    @property
    def last_seq(self) -> int:
        """The number of its newest change, 0 before the first."""
        return self.changes[-1].seq if self.changes else 0

    def relabel(self, label: str) -> None:
        """Say better what this change is, once it is known; `u` shows it."""
        self.label = label
        if self._change_set_id is not None:
            self.store.execute(
                "UPDATE change_set SET label = :label WHERE id = :id", label=label, id=self._change_set_id
            )

    def numbered(self, record: R) -> R:
        """A new record with the short number that it is to have, for whoever wants to tell it before."""
        number = next_number(self.store, KINDS[record.kind])
        self._numbers.add(number)
        return record.with_changes({"number": number})

    def insert(self, record: R) -> R:
        """Store a new record and return it with its id, times and short number."""
        if vars(record).get("number") not in self._numbers:
            self._keep_counter([record])
        stored = self._completed(record)
        self.store.execute_many(rows.insert_sql(type(stored)), [rows.row_of(stored)])
        self._log("insert", stored.kind, stored.id, client_of(stored), None, None)
        return stored

    def insert_many(self, records: Iterable[R]) -> list[R]:
        """Store many new records of one class at the speed of a bulk load; the log has one event each."""
        given = list(records)
        if not given:
            return given
        self._keep_counter(given)
        stored = [self._completed(record) for record in given]
        from onewindow.store import bulk  # a start stores nothing

        change_set, first = self.change_set_id, self._seq + 1
        bulk.insert_records(self.store, stored)
        bulk.log_inserts(self.store, change_set, first, stored)
        rule_cache.note_change(self.store, stored[0].kind, change_set)
        self._seq += len(stored)
        clients = [client_of(record) for record in stored]
        self.changes += [
            Change(first + place, "insert", record.kind, record.id, clients[place])
            for place, record in enumerate(stored)
        ]
        self.touched_clients.update(client_id for client_id in clients if client_id)
        return stored

    def condense(self, since: int) -> None:
        """Keep of the changes from place `since` on only the last of each kind of record.

        For new clients by the thousand, whose caches are written already: nobody asks for each of them.
        """
        self.changes[since:] = sorted({change.entity: change for change in self.changes[since:]}.values())

    def update(self, before: R, changes: Mapping[str, Value]) -> R:
        """Change fields of a record, given as the person saw it, and return it as it is now.

        Fields that somebody else changed meanwhile and this change leaves alone stay theirs. Raises Stale if
        both changed one field, NotFound if there is no such record.
        """
        now = rows.get(self.store, type(before), before.id)
        self.merged(before, now, changes)
        wanted = {name: value for name, value in changes.items() if value != getattr(now, name)}
        return self._set(now, wanted, "update") if wanted else now

    def merged(self, before: R, now: R, changes: Mapping[str, Value]) -> R:
        """A record with the changes of somebody who saw it as `before`, over what it is `now`; not stored.

        Raises Stale if somebody else changed one of these fields to another value.
        """
        conflicts = tuple(
            Conflict(name, getattr(before, name), getattr(now, name), value)
            for name, value in changes.items()
            if getattr(now, name) not in (getattr(before, name), value)
        )
        if conflicts:
            raise Stale(before.kind, before.id, conflicts)
        return now.with_changes(changes)

    def archive(self, record: R, *, since: str | None = None) -> R:
        """Take a record out of the daily view; nothing is deleted. An archived one is left as it is.

        `since` is for an undo, which gives a record back the time at which it was archived before.
        """
        now = rows.get(self.store, type(record), record.id)
        return now if now.archived_at else self._set(now, {"archived_at": since or self.at}, "archive")

    def restore(self, record: R) -> R:
        """Bring an archived record back."""
        now = rows.get(self.store, type(record), record.id)
        return self._set(now, {"archived_at": None}, "restore") if now.archived_at else now

    def erase(self, record: R, names: Iterable[str]) -> R:
        """Blank fields for good, in the row and in its history: a person's right, and never undone."""
        blanks: dict[str, Value] = {
            name: None if attribute_of(type(record), name).optional else "" for name in names
        }
        now = rows.get(self.store, type(record), record.id)
        erased = self._set(now, blanks, "erase", logged=False)
        # The log keeps every former value, so blanking the row alone would erase nothing.
        for seq, old, new in self.store.rows(
            "SELECT seq, old, new FROM event WHERE entity = :entity AND entity_id = :id",
            entity=record.kind,
            id=record.id,
        ):
            self.store.execute(
                "UPDATE event SET old = :old, new = :new WHERE seq = :seq",
                seq=seq,
                old=_without(old, blanks),
                new=_without(new, blanks),
            )
        return erased

    def _completed(self, record: R) -> R:
        kind = KINDS[record.kind]
        if record.id and record.created_at and record.updated_at == self.at and _has_number(record, kind):
            return record  # complete already, as in a bulk load: a copy would cost as much as storing it
        fill: dict[str, object] = {"created_at": record.created_at or self.at, "updated_at": self.at}
        if not record.id:
            fill["id"] = self.store.ids.new_id()
        if not _has_number(record, kind):
            fill["number"] = next_number(self.store, kind)
        return record.with_changes(fill)

    def _keep_counter(self, records: Sequence[Record]) -> None:
        """Let the counter go on behind the short numbers that records, all of a kind, bring along."""
        first = next(iter(records), None)
        if first is not None and KINDS[first.kind].prefix:
            highest = max(getattr(record, "number", 0) for record in records)
            if highest:
                count_at_least(self.store, KINDS[first.kind], highest)

    def _set(self, now: R, changes: Mapping[str, Value], op: str, *, logged: bool = True) -> R:
        table = KINDS[now.kind].table
        assignments = ", ".join(f"{name} = :{name}" for name in changes)
        # The version is part of the condition: nobody's change is lost even if two read the same row.
        changed = self.store.execute(
            f"UPDATE {table} SET {assignments}, version = version + 1, updated_at = :at_"
            " WHERE id = :id_ AND version = :version_",
            **changes,
            at_=self.at,
            id_=now.id,
            version_=now.version,
        )
        if changed != 1:
            raise StoreProblem(
                f"This {KINDS[now.kind].display_name} changed while it was being saved; try again."
            )
        old = {name: getattr(now, name) for name in changes} if logged else None
        client_id = client_of(now)
        self._log(op, now.kind, now.id, client_id, old, dict(changes) if logged else None)
        moved_to = changes.get("client_id")
        if isinstance(moved_to, int):
            self.touched_clients.add(moved_to)
            self.received_by.add(moved_to)
        return now.with_changes({**changes, "version": now.version + 1, "updated_at": self.at})

    def _log(
        self,
        op: str,
        entity: str,
        entity_id: int,
        client_id: int | None,
        old: Mapping[str, Value] | None,
        new: Mapping[str, Value] | None,
    ) -> None:
        change_set = self.change_set_id
        self._seq += 1
        if entity == "client":
            self._clients.pop(entity_id, None)
        values = (op, entity, entity_id, client_id, _json(old), _json(new))
        self.store.execute_many(_LOG, [(self._seq, change_set, self.at, self.actor, *values)])
        rule_cache.note_change(self.store, entity, change_set)
        self.changes.append(Change(self._seq, op, entity, entity_id, client_id))
        if client_id:
            self.touched_clients.add(client_id)


def _last_of(store: Store, change_set_id: int) -> int:
    """The highest id of a record in a change set: it may have been made after that of the change set."""
    return store.scalar(
        "SELECT COALESCE(MAX(entity_id), 0) FROM event WHERE change_set_id = :id", id=change_set_id
    )


def write(
    store: Store,
    work: Callable[[Transaction], T],
    *,
    actor: str,
    at: str,
    label: str,
    run_id: int | None = None,
    finish: Callable[[Transaction], None] | None = None,
) -> Written[T]:
    """Run `work` in one transaction and say what it changed; an exception undoes everything.

    `finish` runs last, inside the transaction, and writes the caches that the changes touched.
    """
    with store.exclusive():
        transaction = Transaction(store, actor=actor, at=at, label=label, run_id=run_id)
        result = work(transaction)
        if finish is not None and (transaction.changes or transaction.touched_clients):
            finish(transaction)
    if transaction.changes:
        from onewindow.store.stored import note  # what only reads starts without

        note(transaction.label)
    return Written(result, tuple(transaction.changes), transaction.label)


def next_number(store: Store, kind: Kind, count: int = 1) -> int:
    """The first of the next `count` short numbers of a kind; inside a write."""
    last = store.scalar(
        "INSERT INTO counter (name, n) VALUES (:name, :count)"
        " ON CONFLICT (name) DO UPDATE SET n = counter.n + excluded.n RETURNING n",
        name=kind.name,
        count=count,
    )
    return last - count + 1


def _has_number(record: Record, kind: Kind) -> bool:
    """Whether a record has its short number, or is of a kind without any."""
    return not kind.prefix or bool(vars(record)["number"])


def count_at_least(store: Store, kind: Kind, number: int) -> None:
    """Let the counter go on behind a number that a record brought along."""
    store.execute(
        "INSERT INTO counter (name, n) VALUES (:name, :number)"
        " ON CONFLICT (name) DO UPDATE SET n = excluded.n WHERE counter.n < excluded.n",
        name=kind.name,
        number=number,
    )


def changes_since(store: Store, seq: int) -> list[Change]:
    """What anybody changed after the event `seq`, oldest first, 1 000 at most."""
    events = store.rows(
        "SELECT seq, op, entity, entity_id, client_id FROM event WHERE seq > :seq ORDER BY seq LIMIT 1000",
        seq=seq,
    )
    return [Change(*row) for row in events]


def last_seq(store: Store) -> int:
    """Number of the newest event, 0 in an empty file."""
    return store.scalar("SELECT COALESCE(MAX(seq), 0) FROM event")


def actor_of(store: Store, seq: int) -> str:
    """Who made a change, '' for none of that number."""
    return store.scalar("SELECT actor FROM event WHERE seq = :seq", seq=seq) or ""


def record_of(store: Store, entity: str, entity_id: int) -> Record:
    """Any record by its kind's name and id; raises NotFound."""
    kind = KINDS.get(entity)
    if kind is None:
        raise NotFound(f"There is no kind of record called {entity}.")
    return rows.get(store, kind.record, entity_id)


def storable(record: type[Record], values: Mapping[str, object]) -> dict[str, Value]:
    """The values as a table can hold them, under the record's own field names.

    Raises KeyError for a name that the record does not have and TypeError for a value of another type.
    """
    known = set(columns(record)) - set(COMMON) | {"external_id"}
    kept: dict[str, Value] = {}
    for name, value in values.items():
        if name not in known:
            raise KeyError(name)
        if value is not None and not isinstance(value, str | int):
            raise TypeError(f"{name} must be text or a whole number, not {type(value).__name__}")
        kept[name] = _encodable(value) if isinstance(value, str) else value
    return kept


def _encodable(text: str) -> str:
    """Text without NUL, and with “?” for the halves of characters that broken names of files bring."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def client_of(record: Record) -> int | None:
    """The id of the client that a record is of, None for none; a new client has 0."""
    return record.id if record.kind == "client" else getattr(record, "client_id", None)


def _json(values: Mapping[str, Value] | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _without(document: str | None, names: Iterable[str]) -> str | None:
    if document is None:
        return None
    values: dict[str, Value] = json.loads(document)
    return _json({name: value for name, value in values.items() if name not in names})
