"""What the log tells: undo and redo, who changed what, and how a record looked on a day."""

from __future__ import annotations

import json
from typing import TypeVar

from onewindow.records.fields import Record
from onewindow.records.kinds import KINDS
from onewindow.records.structs import frozen_struct
from onewindow.store.changes import CACHED, Transaction, record_of
from onewindow.store.engine import Store, Value
from onewindow.store.problems import StoreProblem, UndoRefused

R = TypeVar("R", bound=Record)


@frozen_struct
class ChangeSet:
    """One write, as people see it: when (UTC text), by whom (login), and what it was."""

    id: int
    at: str
    actor: str
    label: str
    run_id: int | None
    undoes: int | None
    undone_by: int | None


@frozen_struct
class HistoryLine:
    """One event of a record: the changed fields with their values before and after."""

    at: str
    actor: str
    op: str
    entity: str
    entity_id: int
    label: str
    old: dict[str, Value]
    new: dict[str, Value]
    by: str = ""
    """`undo` or `redo` for an event that took another one back, or made it again; '' for any other."""


_SETS = "SELECT c.id, c.at, c.actor, c.label, c.run_id, c.undoes, c.undone_by FROM change_set c"


def last_undoable(store: Store, actor: str) -> ChangeSet | None:
    """The newest change of a person that stands, or None.

    What was erased for good is passed over, and what was done to the file as a whole.
    """
    row = store.one(
        f"{_SETS} WHERE c.actor = :actor AND c.undoes IS NULL AND c.undone_by IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM event e WHERE e.change_set_id = c.id AND e.op = 'erase')"
        " AND EXISTS (SELECT 1 FROM event e WHERE e.change_set_id = c.id)"
        " ORDER BY c.id DESC LIMIT 1",
        actor=actor,
    )
    return ChangeSet(*row) if row else None


def last_redoable(store: Store, actor: str) -> ChangeSet | None:
    """The newest undo of a person that can be taken back: they have changed nothing since."""
    row = store.one(
        f"{_SETS} JOIN change_set original ON original.id = c.undoes"
        " WHERE c.actor = :actor AND c.undone_by IS NULL AND original.undoes IS NULL"
        " AND c.id > COALESCE((SELECT MAX(p.id) FROM change_set p"
        " WHERE p.actor = :actor AND p.undoes IS NULL), 0)"
        " ORDER BY c.id DESC LIMIT 1",
        actor=actor,
    )
    return ChangeSet(*row) if row else None


def change_set(store: Store, change_set_id: int) -> ChangeSet:
    """A change set by its id; raises StoreProblem."""
    row = store.one(f"{_SETS} WHERE c.id = :id", id=change_set_id)
    if row is None:
        raise StoreProblem(f"There is no change with the id {change_set_id}.")
    return ChangeSet(*row)


def undo(transaction: Transaction, target: ChangeSet) -> None:
    """Take back a change set, or an earlier undo (a redo).

    Raises UndoRefused, with every field in the way, if somebody changed the same fields since, or with what
    was done since to a record that would be archived; then nothing is taken back. A record whose making was
    taken back comes into view by no other undo; the label of the transaction tells it.
    """
    store = transaction.store
    transaction.undoes = target.id
    original = target if target.undoes is None else change_set(store, target.undoes)
    transaction.relabel(original.label)
    in_the_way: dict[str, tuple[str, ...]] = {}
    leaving: dict[tuple[str, int], Record] = {}
    events = store.rows(
        "SELECT seq, op, entity, entity_id, old, new FROM event WHERE change_set_id = :id ORDER BY seq DESC",
        id=target.id,
    )
    for _, op, entity, entity_id, old, new in events:
        if op == "erase":
            raise StoreProblem("What was erased at a person's request stays erased.")
        record = record_of(store, entity, entity_id)
        if op in ("insert", "restore") and record.archived_at is None:
            leaving[entity, entity_id] = record
        if op == "archive" and record.archived_at is not None and _is_unmade(store, record, target.id):
            transaction.relabel(f"{original.label}; it stays archived, for its making was taken back")
            continue
        changed = _take_back(transaction, record, op, json.loads(old or "{}"), json.loads(new or "{}"))
        if changed:
            named = in_the_way.get(_name(record), ())
            in_the_way[_name(record)] = tuple(dict.fromkeys((*named, *changed)))
    since: list[str] = []
    if leaving:
        from onewindow.store.later_work import work_since  # a start undoes nothing

        since = work_since(transaction, tuple(leaving.values()), events[0][0])
    if in_the_way or since:
        raise UndoRefused(target.label, in_the_way, since, of_import=target.run_id is not None)
    store.execute(
        "UPDATE change_set SET undone_by = :by WHERE id = :id", by=transaction.change_set_id, id=target.id
    )
    if target.undoes is not None:
        store.execute("UPDATE change_set SET undone_by = NULL WHERE id = :id", id=target.undoes)
        _bring_after(transaction, target.undoes)


def history(store: Store, entity: str, entity_id: int, limit: int = 200) -> list[HistoryLine]:
    """The newest events of one record first."""
    return _lines(
        store,
        "WHERE e.entity = :entity AND e.entity_id = :id ORDER BY e.seq DESC LIMIT :limit",
        {"entity": entity, "id": entity_id, "limit": limit},
    )


def client_history(store: Store, client_id: int, limit: int = 200) -> list[HistoryLine]:
    """The newest events of a client and everything of theirs, newest first."""
    return _lines(
        store,
        "WHERE e.client_id = :id ORDER BY e.seq DESC LIMIT :limit",
        {"id": client_id, "limit": limit},
    )


def archived_by(store: Store, record: Record) -> str:
    """The login of who archived a record last, '' if the log does not tell."""
    actor = store.scalar(
        "SELECT actor FROM event WHERE entity = :entity AND entity_id = :id AND op = 'archive'"
        " ORDER BY seq DESC LIMIT 1",
        entity=record.kind,
        id=record.id,
    )
    return actor or ""


def former_values(store: Store, record: Record, field: str) -> set[Value]:
    """What a field of a record held before each of its changes."""
    rows = store.rows(
        "SELECT old FROM event WHERE entity = :entity AND entity_id = :id AND old IS NOT NULL",
        entity=record.kind,
        id=record.id,
    )
    return {values[field] for (old,) in rows if field in (values := json.loads(old))}


def as_of(store: Store, record: R, at: str) -> R | None:
    """A record as it was at an instant (UTC text), or None if it did not exist or was archived then."""
    if record.created_at > at:
        return None
    values: dict[str, Value] = {}
    for (old,) in store.rows(
        "SELECT old FROM event WHERE entity = :entity AND entity_id = :id AND at > :at AND old IS NOT NULL"
        " ORDER BY seq DESC",
        entity=record.kind,
        id=record.id,
        at=at,
    ):
        values.update(json.loads(old))
    past = record.with_changes(values) if values else record
    return None if past.archived_at and past.archived_at <= at else past


def known_since(store: Store, record: Record) -> str:
    """The instant (UTC text) from which on the log tells what a record was: that of its insert.

    A record that came with the file, without a line in the log, is known since the first change of the file.
    """
    made = store.scalar(
        "SELECT at FROM event WHERE entity = :entity AND entity_id = :id AND op = 'insert'"
        " ORDER BY seq LIMIT 1",
        entity=record.kind,
        id=record.id,
    )
    first = made or store.scalar("SELECT at FROM change_set ORDER BY id LIMIT 1")
    return first or record.updated_at


def _lines(store: Store, clauses: str, parameters: dict[str, Value]) -> list[HistoryLine]:
    rows = store.rows(
        "SELECT e.at, e.actor, e.op, e.entity, e.entity_id, c.label, e.old, e.new,"
        " CASE WHEN o.id IS NULL THEN '' WHEN o.undoes IS NULL THEN 'undo' ELSE 'redo' END"
        " FROM event e JOIN change_set c ON c.id = e.change_set_id"
        f" LEFT JOIN change_set o ON o.id = c.undoes {clauses}",
        **parameters,
    )
    return [
        HistoryLine(
            at, actor, op, entity, entity_id, label, json.loads(old or "{}"), json.loads(new or "{}"), by
        )
        for at, actor, op, entity, entity_id, label, old, new, by in rows
    ]


def _take_back(
    transaction: Transaction, record: Record, op: str, old: dict[str, Value], new: dict[str, Value]
) -> tuple[str, ...]:
    """Take back one event, or say which of its fields were changed again since."""
    if op == "insert":
        transaction.archive(record)
        return ()
    # What older logs have of a cache is no change of anybody's: it follows from the rest.
    old, new = ({name: values[name] for name in values if name not in CACHED} for values in (old, new))
    in_the_way = tuple(name for name, value in new.items() if getattr(record, name) != value)
    if op in ("archive", "restore"):
        before = old["archived_at"]
        if in_the_way and record.archived_at != before:
            return in_the_way
        if before is None:
            transaction.restore(record)
        else:
            transaction.archive(record, since=str(before))
        return ()
    if not in_the_way:
        transaction.update(record, old)
    return in_the_way


_STANDS = (
    "SELECT 1 FROM event e JOIN change_set c ON c.id = e.change_set_id"
    " WHERE e.entity = :entity AND e.entity_id = :id AND e.op = :op AND c.undoes IS NULL"
)


def _is_unmade(store: Store, record: Record, archived_by: int) -> bool:
    """Whether the making of a record was taken back after a change archived it, and nobody wants it again."""
    made = store.one(
        f"{_STANDS} AND c.undone_by > :since",
        entity=record.kind,
        id=record.id,
        op="insert",
        since=archived_by,
    )
    return made is not None and not _stands(store, record, "restore")


def _stands(store: Store, record: Record, op: str) -> bool:
    row = store.one(f"{_STANDS} AND c.undone_by IS NULL", entity=record.kind, id=record.id, op=op)
    return row is not None


def _bring_after(transaction: Transaction, redone: int) -> None:
    """Let records that a redone change made or archived stand as the changes that stand say.

    The undo of it may have changed nothing, where the record was archived by another change too.
    """
    store = transaction.store
    for op, entity, entity_id in store.rows(
        "SELECT op, entity, entity_id FROM event WHERE change_set_id = :id AND op IN ('insert', 'archive')",
        id=redone,
    ):
        record = record_of(store, entity, entity_id)
        if op == "archive":
            if not _stands(store, record, "restore"):
                transaction.archive(record)
        elif record.archived_at is not None and not _stands(store, record, "archive"):
            transaction.restore(record)


def _name(record: Record) -> str:
    kind = KINDS[record.kind]
    title = getattr(record, kind.title, "")
    return f"{kind.display_name} “{title}”" if title else kind.display_name
