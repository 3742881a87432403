"""Making a salvaged file whole in itself: references, versions, numbers and the log of changes fit together.

What others cannot be without gets a record that stands in for it, with its id and number and what the log
knows of it; where a field may be empty, a reference to nothing is taken out. Both are told.
"""

from __future__ import annotations

import json
from typing import Any

from onewindow.records.fields import Attribute, attributes
from onewindow.records.kinds import KINDS, Kind
from onewindow.records.named_tuples import NamedTuple
from onewindow.store.salvage.losses import Lost
from onewindow.store.salvage.page_rows import RawValue
from onewindow.store.salvage.rescue import Salvage
from onewindow.store.salvage.row_shapes import Reference, Shape
from onewindow.store.sqlite_library import sqlite

_ROUNDS = 8
_Known = dict[str, dict[int, Lost]]
_WORKING_WEEK = json.dumps(
    {"zone": "UTC", "weekly": {day: ["09:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}}
)
"""Hours of a calendar that stands in for a lost one."""
_KIND_OF = {kind.table: kind for kind in KINDS.values()}


class Dangling(NamedTuple):
    """A reference whose other side is gone: from which field, to what, how many rows, and what was done."""

    table: str
    column: str
    parent: str
    parent_id: RawValue
    rows: int
    outcome: str
    """'emptied', 'stands in' or 'left out'."""


def make_whole(connection: sqlite.Connection, made: Salvage, lost: _Known, now: str) -> list[Dangling]:
    """Bring the rows of a new file into agreement and return which references led nowhere; inside a write."""
    _name_change_sets(connection)
    dangling: list[Dangling] = []
    # First what cannot be without the other side: whoever stands in for it then keeps all other references.
    for is_required in (True, False, True):
        for _ in range(_ROUNDS):
            more = [
                one
                for shape in made.shapes.values()
                for reference in shape.references
                if _is_needed(shape, reference) == is_required
                for one in _settle(connection, made, lost, shape, reference, now)
            ]
            if not more:
                break
            dangling += more
    _catch_up_with_log(connection, made)
    _raise_counters(connection, lost)
    return dangling


def note_lost(connection: sqlite.Connection, lost: _Known, now: str) -> None:
    """Write down in the new file what it lacks, so that its log may speak of it; inside a write."""
    connection.executemany(
        "INSERT OR IGNORE INTO lost_record (entity, entity_id, number, client_id, at) VALUES (?, ?, ?, ?, ?)",
        [
            (record.kind, record.id, record.number, record.client_id, now)
            for of_kind in lost.values()
            for record in of_kind.values()
        ],
    )


def _name_change_sets(connection: sqlite.Connection) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO change_set (id, at, actor, label)"
        " SELECT change_set_id, MIN(at), MIN(actor), 'a change whose name is lost' FROM event"
        " WHERE NOT EXISTS (SELECT 1 FROM change_set c WHERE c.id = change_set_id) GROUP BY change_set_id"
    )


def _settle(
    connection: sqlite.Connection,
    made: Salvage,
    lost: _Known,
    shape: Shape,
    reference: Reference,
    now: str,
) -> list[Dangling]:
    column, parent = reference.column, reference.parent
    gone = connection.execute(
        f'SELECT {column}, COUNT(*) FROM "{shape.name}" t WHERE {column} IS NOT NULL AND NOT EXISTS'
        f' (SELECT 1 FROM "{parent}" p WHERE p.{reference.parent_column} = t.{column}) GROUP BY {column}'
    ).fetchall()
    dangling: list[Dangling] = []
    for value, count in gone:
        outcome = "emptied"
        if not _is_needed(shape, reference):
            sql = f'UPDATE "{shape.name}" SET {column} = NULL WHERE {column} = ?'
            try:
                connection.execute(sql, (value,))
            except sqlite.IntegrityError:
                outcome = ""
        if _is_needed(shape, reference) or not outcome:
            outcome = "stands in" if _stand_in(connection, made, lost, shape, reference, value, now) else ""
        if not outcome:
            outcome = "left out"
            _leave_out(connection, lost, shape, column, value)
        dangling.append(Dangling(shape.name, column, parent, value, count, outcome))
    return dangling


def _is_needed(shape: Shape, reference: Reference) -> bool:
    """Whether a reference may not be emptied: a consent of nobody would be one of the whole client."""
    return reference.required or (shape.name, reference.column) == ("consent", "contact_id")


def _leave_out(
    connection: sqlite.Connection,
    lost: _Known,
    shape: Shape,
    column: str,
    value: RawValue,
) -> None:
    """Take rows out that can be nowhere: nothing can stand in for what they hang on."""
    kind = _KIND_OF.get(shape.name)
    if kind is not None:
        for (record_id,) in connection.execute(f'SELECT id FROM "{shape.name}" WHERE {column} = ?', (value,)):
            lost.setdefault(kind.name, {}).setdefault(record_id, Lost(kind.name, record_id))
    connection.execute(f'DELETE FROM "{shape.name}" WHERE {column} = ?', (value,))


def _stand_in(
    connection: sqlite.Connection,
    made: Salvage,
    lost: _Known,
    child: Shape,
    reference: Reference,
    record_id: int,
    now: str,
) -> bool:
    """Store a record in the place of a lost one; whether that was possible."""
    kind = _KIND_OF.get(reference.parent)
    if kind is None or kind.table not in made.shapes or reference.parent_column != "id":
        return False
    known = lost.setdefault(kind.name, {}).setdefault(record_id, Lost(kind.name, record_id))
    if known.client_id is None and any(column.name == "client_id" for column in child.columns):
        sql = f'SELECT client_id FROM "{child.name}" WHERE {reference.column} = ? AND client_id IS NOT NULL'
        row = connection.execute(sql, (record_id,)).fetchone()
        known.client_id = row[0] if row else None
    values = _least(connection, kind, known, now)
    names = [column.name for column in made.shapes[kind.table].columns]
    values = {name: values[name] for name in names if name in values}
    marks = ", ".join(f":{name}" for name in values)
    try:
        connection.execute(f'INSERT INTO "{kind.table}" ({", ".join(values)}) VALUES ({marks})', values)
    except (sqlite.IntegrityError, sqlite.DataError):
        return False
    known.stands_in = True
    return True


def _least(connection: sqlite.Connection, kind: Kind, known: Lost, now: str) -> dict[str, Any]:
    """The smallest record of a kind, with the id and number of a lost one; its title says that it is lost."""
    name = f"{kind.prefix}-{known.number}" if known.number else f"{kind.display_name} {known.id}"
    values: dict[str, Any] = {
        attribute.name: _smallest(connection, attribute, known, now) for attribute in attributes(kind.record)
    }
    if kind.prefix:
        known.number = known.number or _next_number(connection, kind)
        values["number"] = known.number
        name = f"{kind.prefix}-{known.number}"
    titled = next((attribute for attribute in attributes(kind.record) if attribute.name == kind.title), None)
    if titled is not None and titled.kind in ("text", "long_text"):
        values[kind.title] = f"{name} (lost in the damage, stands in)"
    made_at = known.made_at or now
    return values | {"id": known.id, "version": 1, "created_at": made_at, "updated_at": now}


def _smallest(connection: sqlite.Connection, attribute: Attribute, known: Lost, now: str) -> object:
    if attribute.name == "client_id" and known.client_id:
        return known.client_id
    if attribute.refers:
        if attribute.optional:
            return None
        table = KINDS[attribute.refers].table
        row = connection.execute(f'SELECT MIN(id) FROM "{table}"').fetchone()
        return row[0]
    if attribute.optional:
        return None
    if attribute.kind == "date":
        return (known.made_at or now)[:10]
    if attribute.kind == "time":
        return known.made_at or now
    if attribute.kind == "choice":
        default = attribute.default
        return default if default in attribute.choices else attribute.choices[0]
    if attribute.name == "login":
        return f"lost-{known.id}"
    if attribute.default not in (None, ""):
        return attribute.default
    if attribute.kind in ("json", "hours"):
        return _WORKING_WEEK if attribute.kind == "hours" else "{}"
    return 0 if isinstance(attribute.default, int) else "lost" if attribute.required else ""


def _next_number(connection: sqlite.Connection, kind: Kind) -> int:
    (highest,) = connection.execute(f'SELECT COALESCE(MAX(number), 0) FROM "{kind.table}"').fetchone()
    row = connection.execute("SELECT n FROM counter WHERE name = ?", (kind.name,)).fetchone()
    return max(highest, row[0] if row else 0) + 1


def _catch_up_with_log(connection: sqlite.Connection, made: Salvage) -> None:
    """Bring rows that are older than the log says to what it says: old copies, and records that stand in."""
    for kind in KINDS.values():
        if kind.table not in made.shapes:
            continue
        behind = connection.execute(
            "SELECT e.entity_id, e.changes FROM ("
            "SELECT entity_id, COUNT(*) FILTER (WHERE op <> 'insert') AS changes"
            f' FROM event WHERE entity = ? GROUP BY entity_id) e JOIN "{kind.table}" t ON t.id = e.entity_id'
            " WHERE t.version < e.changes + 1",
            (kind.name,),
        ).fetchall()
        columns = {column.name for column in made.shapes[kind.table].columns} - {"id", "version"}
        for record_id, changes in behind:
            _replay(connection, kind, record_id, changes, columns)


def _replay(
    connection: sqlite.Connection, kind: Kind, record_id: int, changes: int, columns: set[str]
) -> None:
    sql = "SELECT new FROM event WHERE entity = ? AND entity_id = ? AND new IS NOT NULL ORDER BY seq"
    for (new,) in connection.execute(sql, (kind.name, record_id)).fetchall():
        try:
            logged: dict[str, Any] = json.loads(new)
        except ValueError:
            continue
        values = {name: value for name, value in logged.items() if name in columns}
        if not values:
            continue
        assigned = ", ".join(f"{name} = :{name}" for name in values)
        try:
            connection.execute(
                f'UPDATE "{kind.table}" SET {assigned} WHERE id = :id_', {**values, "id_": record_id}
            )
        except (sqlite.IntegrityError, sqlite.DataError):
            continue
    connection.execute(f'UPDATE "{kind.table}" SET version = ? WHERE id = ?', (changes + 1, record_id))


def _raise_counters(connection: sqlite.Connection, lost: _Known) -> None:
    """Let no number be given a second time, those of lost records included."""
    for kind in KINDS.values():
        if not kind.prefix:
            continue
        (highest,) = connection.execute(f'SELECT COALESCE(MAX(number), 0) FROM "{kind.table}"').fetchone()
        highest = max([highest, *(record.number or 0 for record in lost.get(kind.name, {}).values())])
        if highest:
            connection.execute(
                "INSERT INTO counter (name, n) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET n = excluded.n WHERE counter.n < excluded.n",
                (kind.name, highest),
            )
