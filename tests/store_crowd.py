"""A file whose rows differ in everything: each choice, filled or not, days on a boundary and on either side.

Every value is made from the names of its table and column and the number of its row alone, so that a new
column or kind changes no other value. The rows tell no story; they are there so that each condition, each
boundary and each order of a query decides about some of them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from onewindow.records.fields import attributes
from onewindow.records.kinds import KINDS
from onewindow.store.engine import Store, open_store
from onewindow.store.sqlite_library import sqlite

T = TypeVar("T")

DAY, AT, WEEK = "2026-11-23", "2026-11-23T09:15:00Z", 2967
"""What a crowd is asked with: as many of its rows lie on it as just before and just behind it."""
_DAYS = ("2026-11-22", DAY, "2026-11-24")
_FAR_DAYS = ("2025-11-30", "2026-06-15", "2027-01-01")
_CLOCKS = ("T09:14:59Z", "T09:15:00Z", "T09:15:01Z")
_WEEKS = (2899, 2900, 2901, WEEK - 1, WEEK, WEEK + 1)
_ROWS = 120
_PARENTS = (1, 2, 3)
_CLIENTS = (1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9)
"""Rows refer to the first of each table, so that each of these has many."""
_NOT_FILLED = ("sqlite_%", "_sqlite_%", "search_%", "file_identity", "counter", "lost_record")
_SCORES, _NUMBERS = (0, 5, 6, 7, 8, 9, 10), (0, 1, 2, 3)
_WORDS = ("", "alpha", "beta", "Альфа")
_LOGINS = ("anna", "boris")
_WORKING_WEEK = '{"zone": "Europe/Moscow", "weekly": {"mon": ["09:00-18:00"]}}'
_JSON = {
    ("draft", "typed"),
    ("interruption", "place"),
    ("event", "old"),
    ("event", "new"),
    ("health_snapshot", "points"),
} | {
    (kind.table, each.name)
    for kind in KINDS.values()
    for each in attributes(kind.record)
    if each.kind == "json"
}
_READ_BY_RULES = {("calendar", "hours"): _WORKING_WEEK, ("occasion", "day"): "31.12"}


def crowd(directory: Path) -> Store:
    """An open store on a fresh file with many rows of every kind and of what is made of them."""
    path = directory / "crowd.db"
    open_store(path, create=True).close()
    connection = sqlite.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")
    filled = " AND ".join(f"name NOT LIKE '{name}'" for name in _NOT_FILLED)
    tables = connection.execute(f"SELECT name, sql FROM sqlite_master WHERE type = 'table' AND {filled}")
    for table, created in tables.fetchall():
        rows = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
        is_key = sum(bool(row[5]) for row in rows) == 1
        columns = [
            _Column(table, name, kind, bool(needed), is_key and bool(key), _said_of(name, created))
            for _, name, kind, needed, _, key in rows
        ]
        _fill(connection, columns)
    connection.execute("COMMIT")
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    connection.close()
    assert broken == []
    return open_store(path)


@dataclass(frozen=True)
class _Column:
    """What a table says of one of its columns."""

    table: str
    name: str
    kind: str
    is_needed: bool
    is_key: bool
    says: str

    def chance(self, row: int, of: int, salt: str = "") -> int:
        """A number below `of` that is always the same for a column and row."""
        told = f"{self.table}.{self.name}.{row}.{salt}".encode()
        return int.from_bytes(hashlib.blake2b(told, digest_size=8).digest(), "big") % of

    def any_of(self, row: int, choices: Sequence[T], salt: str = "") -> T:
        """One of some values, likewise."""
        return choices[self.chance(row, len(choices), salt)]


def _said_of(name: str, created: str) -> str:
    """What stands behind the name of a column where its table is made."""
    found = re.search(rf'(?:\n\s*|, )"?{name}"? ((?:[^,()]|\((?:[^()]|\([^()]*\))*\))*)', created)
    assert found, name
    return found[1]


@cache
def _choices(says: str) -> tuple[str, ...]:
    found = re.search(r" IN \((.*?)\)", says)
    return tuple(each.strip(" '") for each in found[1].split(",")) if found else ()


def _fill(connection: sqlite.Connection, columns: Sequence[_Column]) -> None:
    """Insert the rows that a table takes; its own rules may refuse some."""
    marks = ", ".join("?" * len(columns))
    sql = f'INSERT OR IGNORE INTO "{columns[0].table}" VALUES ({marks})'
    connection.executemany(sql, [[_value(column, row) for column in columns] for row in range(1, _ROWS + 1)])


def _value(column: _Column, row: int) -> str | int | None:
    if column.kind == "INTEGER" and (column.is_key or column.name in ("id", "seq", "number")):
        return row
    if column.name == "version":
        return 1
    if not column.is_needed and _is_empty(column, row):
        return None
    if choices := _choices(column.says):
        chosen = column.any_of(row, choices)
        return int(chosen) if column.kind == "INTEGER" else chosen
    if "= 10" in column.says or "= 20" in column.says:
        day = column.any_of(row, _DAYS if column.chance(row, 4, "far") else _FAR_DAYS)
        return day if "= 10" in column.says else day + column.any_of(row, _CLOCKS, "clock")
    return _number(column, row) if column.kind == "INTEGER" else _text(column, row)


def _is_empty(column: _Column, row: int) -> bool:
    if column.name == "archived_at":
        return column.chance(row, 5, "empty") > 0
    return column.chance(row, 3, "empty") == 0


def _number(column: _Column, row: int) -> int:
    if column.name == "week":
        return column.any_of(row, _WEEKS)
    if "REFERENCES" in column.says or column.name.endswith("_id") or column.name in ("undoes", "undone_by"):
        is_client = "REFERENCES client " in column.says or column.name == "client_id"
        return column.any_of(row, _CLIENTS if is_client else _PARENTS)
    return column.any_of(row, _SCORES if column.name == "score" else _NUMBERS)


def _text(column: _Column, row: int) -> str:
    table, name = column.table, column.name
    if (table, name) in _JSON:
        return "{}"
    if rule := _READ_BY_RULES.get((table, name)):
        return rule
    if "= 3" in column.says:
        return column.any_of(row, ("RUB", "EUR"))
    if name in ("title", "name", "name_sort", "slug"):
        return column.any_of(row, ("c", "a", "b")) + ("" if table in ("feature_use", "learner") else str(row))
    if name in ("login", "actor"):
        return column.any_of(row, _LOGINS) + (str(row) if table == "staff" else "")
    if name == "external_id":
        return f"x{row}"
    if name in ("entity", "subject_kind", "kind"):
        return column.any_of(row, ("client", "request", "contact"))
    return column.any_of(row, _WORDS)
