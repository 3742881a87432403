"""How the rows of each table stand in a page, taken from the schema that a program of that version makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from onewindow.store.salvage.page_rows import RawRow, RawValue
from onewindow.store.sqlite_library import sqlite

if TYPE_CHECKING:
    from sqlite_utils.db import Table

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
        in_order = tuple(
            row.rowid if column.name == self.rowid else value
            for column, value in zip(self.columns, row.values, strict=False)
        )
        for column, value in zip(self.columns, in_order, strict=False):
            if value is None:
                if column.required:
                    return None
            elif not isinstance(value, _KINDS.get(column.type, object)):
                return None
        return in_order

    def insert_sql(self, count: int) -> str:
        """The statement that stores the first so many columns of a row that is possible and not there."""
        names = [column.name for column in self.columns[:count]]
        marks = ", ".join("?" * count)
        return f'INSERT OR IGNORE INTO "{self.name}" ({", ".join(names)}) VALUES ({marks})'


def shapes(connection: sqlite.Connection) -> dict[str, Shape]:
    """The shapes of all tables that are no copies of others, by name."""
    tables = sorted(_tables(connection), key=lambda table: table.name)
    return {table.name: _shape(table) for table in tables if not is_derived(table.name)}


def rivals(connection: sqlite.Connection) -> list[Shape]:
    """The shapes of what is not kept and looks like rows: tables made from others, and every index."""
    others: list[Shape] = []
    for table in _tables(connection):
        if table.name.startswith(_DERIVED_BEGINNINGS):  # their bytes are never taken for text or numbers
            continue
        shape = _shape(table)
        if is_derived(table.name):
            others.append(shape)
        types = {column.name: column.type for column in shape.columns}
        for index, columns in shape.indexes.items():
            stored = tuple(Column(column, types.get(column, "INTEGER"), False) for column in columns)
            others.append(Shape(index, stored, "", (), {}, frozenset()))
    return others


def _tables(connection: sqlite.Connection) -> list[Table]:
    from sqlite_utils import Database  # slow to load, and only a damaged file is read in this way

    return Database(connection, execute_plugins=False).tables


_ColumnInfo = tuple[int, str, str, int, object, int]
"""Place, name, type, whether it is NOT NULL, default, place in the key from 1; the package tells no types."""
_IndexInfo = tuple[int, str, int, str, int, list[str]]
"""Place, name, whether it is unique, origin, whether it is partial, columns."""


def _shape(table: Table) -> Shape:
    info = cast("list[_ColumnInfo]", table.columns)
    key = table.pks if any(place for *_, place in info) else []
    has_rowid = "WITHOUT ROWID" not in table.schema.rpartition(")")[2]
    rowid = key[0] if has_rowid and len(key) == 1 else ""
    columns = [Column(name, kind, bool(notnull or place)) for _, name, kind, notnull, _, place in info]
    if not has_rowid:
        columns.sort(key=lambda column: key.index(column.name) if column.name in key else len(key))
    required = {column.name for column in columns if column.required}
    references = tuple(
        Reference(column, foreign.other_table, other, column in required)
        for foreign in table.foreign_keys
        for column, other in zip(foreign.columns, foreign.other_columns, strict=True)
    )
    indexes: dict[str, tuple[str, ...]] = {}
    whole: set[str] = set()
    for _, name, _, _, is_partial, stored in cast("list[_IndexInfo]", table.indexes):
        indexes[name] = (
            *stored,
            *([rowid] if has_rowid else [column for column in key if column not in stored]),
        )
        if not is_partial:
            whole.add(name)
    return Shape(table.name, tuple(columns), rowid, references, indexes, frozenset(whole))
