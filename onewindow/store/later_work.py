"""What was done since with records that a change made or brought back: it keeps undo from archiving them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence

from onewindow.records.fields import Record, attributes
from onewindow.records.kinds import KINDS
from onewindow.store import rows
from onewindow.store.changes import CACHED, Transaction, client_of
from onewindow.store.engine import Store, Value

_TOLD_BY_ITSELF = "policy"
"""Events of requests that the program writes when other terms count for one: nobody worked on it."""
_BY_CLIENT = 400
"""Up to so many records only what happened to their clients since is looked at, beyond that everything."""
Key = tuple[str, int]


def work_since(transaction: Transaction, records: Sequence[Record], seq: int) -> list[str]:
    """Who did what with these records after the event `seq`, as clauses for people; empty if nobody.

    Work is a change of a record, or another record that refers to it and is not archived; what was undone
    since is none, nor what this transaction does.
    """
    made = {(record.kind, record.id): record for record in records}
    reasons: dict[str, None] = {}
    for op, entity, entity_id, actor, names in _later(transaction, made, seq):
        key = (entity, entity_id)
        if key in made:
            if op == "update" and names:
                labels = _labels(entity, names)
                reasons[f"{_person(transaction.store, actor)} changed {labels} of the {_name(made[key])}"] = (
                    None
                )
            continue
        record = rows.find(transaction.store, KINDS[entity].record, entity_id)
        if record is None or not _refers(record, made.keys()):
            continue
        if _is_out_of_view(transaction.store, record, made.keys()):
            continue
        if getattr(record, "event_kind", "") == _TOLD_BY_ITSELF:
            continue
        verb = "added" if op == "insert" else "changed"
        reasons[f"{_person(transaction.store, actor)} {verb} the {_name(record)}"] = None
    return list(reasons)


def _later(
    transaction: Transaction, made: dict[Key, Record], seq: int
) -> list[tuple[str, str, int, str, tuple[str, ...]]]:
    """Operation, kind, id, who, and changed fields of the later events that can be work on these records."""
    store = transaction.store
    kinds = {kind for kind, _ in made}
    parameters: dict[str, Value] = {"seq": seq, "own": transaction.change_set_id}
    clients = {client_of(record) for record in made.values()}
    along = ""
    if len(made) <= _BY_CLIENT and None not in clients:
        parameters |= {f"client{place}": client_id for place, client_id in enumerate(clients)}
        names = ", ".join(f":client{place}" for place in range(len(clients)))
        # A client may name another one; the plus keeps to the order of the log, of which the end is read.
        along = f" AND (+e.client_id IN ({names}) OR e.client_id IS NULL OR e.entity = 'client')"
    events = store.rows(
        "SELECT e.op, e.entity, e.entity_id, e.actor, e.new, c.undoes, c.undone_by FROM event e"
        " JOIN change_set c ON c.id = e.change_set_id"
        f" WHERE e.seq > :seq{along} AND e.op IN ('insert', 'update') AND c.id <> :own ORDER BY e.seq",
        **parameters,
    )
    later: list[tuple[str, str, int, str, tuple[str, ...]]] = []
    for op, entity, entity_id, actor, new, undoes, undone_by in events:
        if entity not in KINDS or not (entity in kinds or _may_refer(entity, kinds)):
            continue
        changed: tuple[str, ...] = ()
        if op == "update":
            changed = tuple(name for name in json.loads(new or "{}") if name not in CACHED)
            if undoes is not None or undone_by is not None or not changed:
                continue
        later.append((op, entity, entity_id, actor, changed))
    return later


def _may_refer(entity: str, kinds: Iterable[str]) -> bool:
    return any(a.refers in kinds for a in attributes(KINDS[entity].record) if a.refers)


def _refers(record: Record, keys: Collection[Key]) -> bool:
    return any((a.refers, getattr(record, a.name)) in keys for a in attributes(type(record)) if a.refers)


def _is_out_of_view(store: Store, record: Record, leaving: Collection[Key]) -> bool:
    """Whether a record is archived, or what it cannot be without, as the request of an event."""
    if record.archived_at is not None:
        return True
    for described in attributes(type(record)):
        key = (described.refers or "", getattr(record, described.name))
        if not (described.required and described.refers and key[1]) or key in leaving:
            continue
        whole = rows.find(store, KINDS[key[0]].record, key[1])
        if whole is not None and whole.archived_at is not None:
            return True
    return False


def _labels(entity: str, names: Iterable[str]) -> str:
    spoken = {a.name: a.label for a in attributes(KINDS[entity].record)}
    return ", ".join(spoken.get(name, name) for name in names)


def _name(record: Record) -> str:
    kind = KINDS[record.kind]
    title = getattr(record, kind.title, "")
    return f"{kind.display_name} “{title}”" if title else kind.display_name


def _person(store: Store, login: str) -> str:
    return store.scalar("SELECT name FROM staff WHERE login = :login", login=login) or login
