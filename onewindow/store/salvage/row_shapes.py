"""How the rows of each table stand in a page, taken from the schema that a program of that version makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onewindow.store.salvage.page_rows import RawRow, RawValue
from onewindow.store.sqlite_library import sqlite

DERIVED = frozenset(
    {"client_stat", "touch_due", "search_doc", "search_word", "presence", "_sqlite_migrations"}
)
"""Tables that are made again from the others, or that only this minute needs."""
_DERIVED_BEGINNINGS = ("search_trigram", "sqlite_")


def is_derived(table: str) -> bool:
    """Whether a table is made again from others, or holds nothing that outlives this minute."""
    return table in DERIVED or table.startswith(_DERIVED_BEGINNINGS)


_KINDS: dict[str, type] = {"INTEGER": int, "TEXT": str}


@dataclass(frozen=True)
class Column:
    """One column: its name, the type of its values, and whether it may be empty."""

    name: str
    type: str
    required: bool


@dataclass(frozen=True)
class Reference:
    """A column that holds the id of a row of another table."""

    column: str
    parent: str
    parent_column: str
    required: bool


@dataclass(frozen=True)
class Shape:
    """A table: its columns as they are stored, which of them is the row id, and what it refers to."""

    name: str
    columns: tuple[Column, ...]
    rowid: str
    """The column that is the row id, '' in a table WITHOUT ROWID."""
    references: tuple[Reference, ...]
    indexes: dict[str, tuple[str, ...]]
    """Of each index the columns as they are stored in it."""
    whole_indexes: frozenset[str]
    """The indexes that have every row."""

    def values(self, row: RawRow) -> tuple[RawValue, ...] | None:
        """The values of a stored row by `columns`, as many as it has; None for a row of another table."""
        if not 0 < len(row.values) <= len(self.columns):
            return None
        found = tuple(
            row.rowid if column.name == self.rowid else value
            for column, value in zip(self.columns, row.values, strict=False)
        )
        for column, value in zip(self.columns, found, strict=False):
            if value is None:
                if column.required:
                    return None
            elif not isinstance(value, _KINDS.get(column.type, object)):
                return None
        return found

    def insert_sql(self, count: int) -> str:
        """The statement that stores the first so many columns of a row that is possible and not there."""
        names = [column.name for column in self.columns[:count]]
        marks = ", ".join("?" * count)
        return f'INSERT OR IGNORE INTO "{self.name}" ({", ".join(names)}) VALUES ({marks})'


def shapes(connection: sqlite.Connection) -> dict[str, Shape]:
    """The shapes of all tables that are no copies of others, by name."""
    tables = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall()
    return {name: _shape(connection, name, sql) for name, sql in tables if not is_derived(name)}


def rivals(connection: sqlite.Connection) -> list[Shape]:
    """The shapes of what is not kept and looks like rows: tables made from others, and every index."""
    tables = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql > ''"
    ).fetchall()
    found: list[Shape] = []
    for name, sql in tables:
        if name.startswith(_DERIVED_BEGINNINGS):  # their bytes are never taken for text or numbers
            continue
        shape = _shape(connection, name, sql)
        if is_derived(name):
            found.append(shape)
        types = {column.name: column.type for column in shape.columns}
        for index, columns in shape.indexes.items():
            stored = tuple(Column(column, types.get(column, "INTEGER"), False) for column in columns)
            found.append(Shape(index, stored, "", (), {}, frozenset()))
    return found


def _shape(connection: sqlite.Connection, name: str, sql: str) -> Shape:
    info = connection.execute(
        'SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (name,)
    ).fetchall()
    key = [column for column, _, _, place in sorted(info, key=lambda row: row[3]) if place]
    has_rowid = "WITHOUT ROWID" not in sql.rpartition(")")[2]
    rowid = key[0] if has_rowid and len(key) == 1 else ""
    columns = [Column(column, kind, bool(notnull or place)) for column, kind, notnull, place in info]
    if not has_rowid:
        columns.sort(key=lambda column: key.index(column.name) if column.name in key else len(key))
    required = {column.name for column in columns if column.required}
    references = [
        Reference(column, parent, parent_column or "id", column in required)
        for parent, column, parent_column in connection.execute(
            'SELECT "table", "from", "to" FROM pragma_foreign_key_list(?)', (name,)
        )
    ]
    indexes: dict[str, tuple[str, ...]] = {}
    whole: set[str] = set()
    for index, is_partial in connection.execute(
        "SELECT name, partial FROM pragma_index_list(?)", (name,)
    ).fetchall():
        stored = [row[0] for row in connection.execute("SELECT name FROM pragma_index_info(?)", (index,))]
        ending: Sequence[str] = [rowid] if has_rowid else [each for each in key if each not in stored]
        indexes[index] = (*stored, *ending)
        if not is_partial:
            whole.add(index)
    return Shape(name, tuple(columns), rowid, tuple(references), indexes, frozenset(whole))
