"""What the log knows of imports: their runs, their events, and what was touched since."""

from __future__ import annotations

import json
from collections.abc import Sequence

from onewindow.records.named_tuples import NamedTuple
from onewindow.records.organization import ImportRun
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store, Value
from onewindow.store.rows import fetch


class RunEvent(NamedTuple):
    """One row change of an import; `old` and `new` are JSON of the changed fields."""

    op: str
    entity: str
    entity_id: int
    old: str | None
    new: str | None


def runs(store: Store, limit: int = 200) -> list[ImportRun]:
    """The runs, the newest first."""
    return fetch(store, ImportRun, "ORDER BY id DESC LIMIT :limit", limit=limit)


def change_sets(store: Store, run_id: int) -> list[int]:
    """The changes of a run that stand."""
    rows = store.rows(
        "SELECT id FROM change_set WHERE run_id = :run AND undone_by IS NULL ORDER BY id", run=run_id
    )
    return [row[0] for row in rows]


def events(store: Store, sets: Sequence[int]) -> list[RunEvent]:
    """The row changes of these change sets, the newest first."""
    names, parameters = _named(sets)
    rows = store.rows(
        "SELECT op, entity, entity_id, old, new FROM event"
        f" WHERE change_set_id IN ({names}) ORDER BY seq DESC",
        **parameters,
    )
    return [RunEvent(*row) for row in rows]


def touched_since(store: Store, sets: Sequence[int]) -> dict[tuple[str, int], tuple[str, ...]]:
    """Records of these change sets, and clients of theirs, that other changes touched later.

    With the names of the fields that were changed; none for a client who only got new records. What was
    undone, and what undid it, left things as they were.
    """
    names, parameters = _named(sets)
    made = {
        (row[0], row[1])
        for row in store.rows(
            f"SELECT entity, entity_id FROM event WHERE change_set_id IN ({names})", **parameters
        )
    }
    later = store.rows(
        "SELECT e.op, e.entity, e.entity_id, e.client_id, e.new FROM event e"
        " JOIN change_set c ON c.id = e.change_set_id WHERE c.undone_by IS NULL AND c.undoes IS NULL AND"
        f" e.seq > (SELECT MAX(seq) FROM event WHERE change_set_id IN ({names})) ORDER BY e.seq",
        **parameters,
    )
    touched: dict[tuple[str, int], dict[str, None]] = {}
    for op, entity, entity_id, client_id, new in later:
        if op in ("archive", "restore") and (entity, entity_id) in made:
            continue  # out of view and back again, as an undo and its redo, is no work on a record
        if (entity, entity_id) in made:
            fields: dict[str, Value] = json.loads(new) if new else {}
            touched.setdefault((entity, entity_id), {}).update(dict.fromkeys(fields))
        if client_id is not None and ("client", client_id) in made:
            touched.setdefault(("client", client_id), {})
    return {key: tuple(fields) for key, fields in touched.items()}


def settings_beginning(store: Store, prefix: str) -> list[tuple[str, str]]:
    """Names and values of the shared settings whose names begin so, by name."""
    rows = store.rows(
        "SELECT name, value FROM setting WHERE name >= :low AND name < :high ORDER BY name",
        low=prefix,
        high=prefix[:-1] + chr(ord(prefix[-1]) + 1),
    )
    return [(row[0], row[1]) for row in rows]


def mark_undone(transaction: Transaction, sets: Sequence[int]) -> None:
    """Say that a transaction took these changes back, so that nobody undoes them twice."""
    transaction.store.execute_many(
        "UPDATE change_set SET undone_by = ? WHERE id = ?",
        [(transaction.change_set_id, change_set) for change_set in sets],
    )


def _named(sets: Sequence[int]) -> tuple[str, dict[str, Value]]:
    parameters: dict[str, Value] = {f"set{at}": change_set for at, change_set in enumerate(sets)}
    return ", ".join(f":{name}" for name in parameters), parameters
