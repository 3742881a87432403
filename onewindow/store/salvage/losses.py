"""What a salvage knows of and could not save: from indexes and from the log of changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onewindow.records.kinds import KINDS, Kind
from onewindow.store.salvage.page_rows import BrokenPage, RawValue, layout, rows
from onewindow.store.salvage.pages import Pages
from onewindow.store.salvage.rescue import Salvage
from onewindow.store.salvage.row_shapes import Shape
from onewindow.store.salvage.trees import Tree
from onewindow.store.sqlite_library import sqlite


@dataclass
class Lost:
    """One record that is not in the new file, and what is known of it."""

    kind: str
    id: int
    number: int | None = None
    client_id: int | None = None
    made_at: str | None = None
    made_by: str | None = None
    stands_in: bool = False
    """Whether a record with its id stands in for it, because others cannot be without it."""


def lost_records(pages: Pages, made: Salvage, connection: sqlite.Connection) -> dict[str, dict[int, Lost]]:
    """Of each kind the records that are known and not there, by id."""
    is_hurt = bool(made.found.lost or made.found.strays or not made.found.has_head)
    records: dict[str, dict[int, Lost]] = {}
    for kind in KINDS.values():
        shape = made.shapes.get(kind.table)
        if shape is None:
            continue
        tree = made.found.trees.get(kind.table)
        lost: dict[int, Lost] = {}
        if is_hurt or tree is None or tree.damaged or made.refused.get(kind.table):
            present = {row[0] for row in connection.execute(f'SELECT id FROM "{kind.table}"')}
            for stored in _in_indexes(pages, made, shape):
                _note(lost, kind, stored, present)
            _refine(lost, kind, connection)
        for record in _in_log(connection, kind):
            known = lost.setdefault(record.id, record)
            known.made_at, known.made_by = record.made_at, record.made_by
            known.client_id = known.client_id or record.client_id
        records[kind.name] = lost
    return records


def is_certain(made: Salvage, connection: sqlite.Connection, table: str) -> bool:
    """Whether every row that a table had is known, by an index that has them all or by a whole log."""
    tree = made.found.trees.get(table)
    shape = made.shapes[table]
    if tree is not None and not tree.damaged and not made.refused.get(table):
        return True
    for name in shape.whole_indexes:
        index = made.found.trees.get(name)
        if index is not None and not index.damaged and "id" in shape.indexes[name]:
            return True
    kind = next((kind for kind in KINDS.values() if kind.table == table), None)
    if kind is None or lost_events(connection) or _is_hurt(made, "event"):
        return False
    unlogged = connection.execute(
        f'SELECT 1 FROM "{table}" t WHERE NOT EXISTS (SELECT 1 FROM event e'
        " WHERE e.entity = ? AND e.entity_id = t.id AND e.op = 'insert') LIMIT 1",
        (kind.name,),
    )
    return unlogged.fetchone() is None


def lost_events(connection: sqlite.Connection) -> int:
    """How many numbers are missing in the log of changes, which has one after another."""
    count, newest = connection.execute("SELECT COUNT(*), COALESCE(MAX(seq), 0) FROM event").fetchone()
    return newest - count


def client_numbers(connection: sqlite.Connection) -> dict[int, int]:
    """The numbers of the clients of a salvaged file, by id."""
    return dict(connection.execute("SELECT id, number FROM client").fetchall())


def unknown_pages(made: Salvage, connection: sqlite.Connection, table: str) -> int:
    """On how many pages of a table rows stood of which nothing is known, not even that they were there."""
    tree = made.found.trees.get(table)
    if tree is None or is_certain(made, connection, table):
        return 0
    return len(tree.damaged)


def _is_hurt(made: Salvage, table: str) -> bool:
    tree = made.found.trees.get(table)
    return tree is None or bool(tree.damaged)


def _in_indexes(pages: Pages, made: Salvage, shape: Shape) -> Iterator[dict[str, RawValue]]:
    """What the readable pages of a table's indexes say of its rows: the columns that each has."""
    for name, columns in shape.indexes.items():
        tree: Tree | None = made.found.trees.get(name)
        if tree is None or "id" not in columns:
            continue
        for number in tree.holding:
            try:
                raw_rows = rows(pages, layout(pages, number))[0]
            except BrokenPage:
                continue
            for row in raw_rows:
                if len(row.values) == len(columns):
                    yield dict(zip(columns, row.values, strict=True))


def _note(lost: dict[int, Lost], kind: Kind, stored: dict[str, RawValue], present: set[int]) -> None:
    record_id = stored["id"]
    if not isinstance(record_id, int) or record_id in present:
        return
    known = lost.setdefault(record_id, Lost(kind.name, record_id))
    number, client = stored.get("number"), stored.get("client_id")
    if isinstance(number, int):
        known.number = number
    if isinstance(client, int):
        known.client_id = client


def _refine(lost: dict[int, Lost], kind: Kind, connection: sqlite.Connection) -> None:
    """Forget what an old page of an index says of numbers that are given to somebody else."""
    for record in list(lost.values()):
        if record.number is not None:
            sql = f'SELECT 1 FROM "{kind.table}" WHERE number = ?'
            if connection.execute(sql, (record.number,)).fetchone():
                del lost[record.id]


def _in_log(connection: sqlite.Connection, kind: Kind) -> Iterator[Lost]:
    events = connection.execute(
        "SELECT e.entity_id, MAX(e.client_id), MIN(CASE e.op WHEN 'insert' THEN e.at END),"
        " MIN(CASE e.op WHEN 'insert' THEN e.actor END) FROM event e"
        f' LEFT JOIN "{kind.table}" t ON t.id = e.entity_id'
        " WHERE e.entity = ? AND t.id IS NULL GROUP BY e.entity_id",
        (kind.name,),
    )
    for record_id, client_id, at, actor in events.fetchall():
        yield Lost(kind.name, record_id, None, client_id, at, actor)
