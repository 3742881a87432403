"""Values that damage has made unreadable: a date that is none, a document that is no JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

from onewindow.records.fields import COMMON, Attribute, attributes
from onewindow.records.kinds import KINDS, Kind
from onewindow.records.named_tuples import NamedTuple
from onewindow.store.sqlite_library import sqlite
from onewindow.store.unreadable import READERS, is_json, is_time

_WEEK = {day: ["09:00-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
_NO_HOURS = json.dumps({"zone": "UTC", "weekly": _WEEK})
"""Where nobody can read any more when somebody is there: a usual week, to be set right by hand."""
_TIMES = ("created_at", "updated_at", "archived_at")
_SHOWN = 60


class Replaced(NamedTuple):
    """A value that could not be kept: of which field and row, what stood there, and what does now."""

    table: str
    row_id: int
    column: str
    value: str
    now: str | None


def make_readable(connection: sqlite.Connection, at: str) -> list[Replaced]:
    """Replace values that no reader could take, and return them; inside a write. `at` is UTC text.

    An optional field is emptied. One that must be there gets the present, or what is usual.
    """
    replaced: list[Replaced] = []
    for kind in KINDS.values():
        replaced += _of_kind(connection, kind, at)  # of which a file of an old schema does not have all
    for table, column in (("event", "old"), ("event", "new")):
        replaced += _repaired(connection, table, "seq", column, is_json, None)
    replaced += _repaired(connection, "event", "seq", "at", is_time, at)
    replaced += _repaired(connection, "change_set", "id", "at", is_time, at)
    return replaced


def _of_kind(connection: sqlite.Connection, kind: Kind, at: str) -> list[Replaced]:
    replaced: list[Replaced] = []
    for name in _TIMES:
        replaced += _repaired(
            connection, kind.table, "id", name, is_time, None if name == "archived_at" else at
        )
    for described in attributes(kind.record):
        reads = READERS.get(described.kind)
        if reads is not None and described.name not in COMMON:
            instead = None if described.optional else _instead(described, at)
            replaced += _repaired(connection, kind.table, "id", described.name, reads, instead)
    return replaced


def _instead(described: Attribute, at: str) -> str:
    if described.kind == "hours":
        return _NO_HOURS
    return {"date": at[:10], "time": at}.get(described.kind, "")


def _repaired(
    connection: sqlite.Connection,
    table: str,
    key: str,
    column: str,
    reads: Callable[[str], bool],
    instead: str | None,
) -> list[Replaced]:
    known = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
    if column not in known:
        return []
    rows = connection.execute(
        f"SELECT {key}, {column} FROM {table} WHERE {column} IS NOT NULL AND {column} <> ''"
    )
    wrong = [
        Replaced(table, row_id, column, str(value)[:_SHOWN], instead)
        for row_id, value in rows.fetchall()
        if not (isinstance(value, str) and reads(value))
    ]
    connection.executemany(
        f"UPDATE {table} SET {column} = ? WHERE {key} = ?", [(instead, value.row_id) for value in wrong]
    )
    return wrong
