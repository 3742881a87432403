"""What a damaged file still holds, written into a new one: every row of every page that can be read.

The rows come from the trees of the tables first, then from pages to which no tree leads any more; whose those
are is told by their shape, by the log of changes and by what they refer to.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from onewindow.records.kinds import KINDS
from onewindow.store import schema
from onewindow.store.engine import Progress
from onewindow.store.problems import StoreProblem
from onewindow.store.salvage.page_rows import BrokenPage, RawRow, RawValue, layout, rows
from onewindow.store.salvage.pages import Pages
from onewindow.store.salvage.row_shapes import Shape, rivals, shapes
from onewindow.store.salvage.trees import Survey, survey
from onewindow.store.sqlite_library import sqlite

_Values = tuple[RawValue, ...]
_KIND_OF_TABLE = {kind.table: kind.name for kind in KINDS.values()}


@dataclass
class Salvage:
    """What came out of a file. Numbers are rows, by table."""

    found: Survey
    shapes: dict[str, Shape]
    version: int
    rivals: list[Shape] = field(default_factory=list[Shape])
    """What looks like rows and is not kept."""
    kept: dict[str, int] = field(default_factory=dict[str, int])
    refused: dict[str, int] = field(default_factory=dict[str, int])
    """Rows that could be read and cannot be right."""
    unassigned: list[int] = field(default_factory=list[int])
    """Pages with rows of which nobody can tell the table."""


@contextlib.contextmanager
def unsynced(part: Path) -> Generator[sqlite.Connection]:
    """A connection to a file that is kept only if all of it was made: nothing waits for the disk."""
    connection = sqlite.connect(part, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous=OFF")
        yield connection
    finally:
        connection.close()


@contextlib.contextmanager
def at_once(connection: sqlite.Connection) -> Generator[None]:
    """Write all that is written meanwhile in one transaction; an error leaves it open, to be thrown away."""
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("COMMIT")


def extract(source: Path, connection: sqlite.Connection, progress: Progress) -> Salvage:
    """Read a file page by page and write its rows into an empty one; `connection` must be to that.

    The new file gets the schema of the old one, and no copies that are made from other tables. Raises
    StoreProblem if the source cannot be read at all or nothing in it is ours.
    """
    try:
        pages = Pages(source)
    except OSError as error:
        raise StoreProblem(f"{source} cannot be read: {(error.strerror or '').lower()}.") from error
    with pages:
        surveyed = survey(pages)
        version = _version(pages, surveyed)
        connection.execute("PRAGMA foreign_keys=OFF")
        schema.migrate(connection, version)
        made = Salvage(surveyed, shapes(connection), version, rivals(connection))
        if not surveyed.trees.keys() & made.shapes.keys() and not surveyed.strays:
            raise StoreProblem(f"{source} holds nothing that One Window wrote; nothing was made.")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM file_identity" if "file_identity" in made.shapes else "SELECT 1")
        _take_trees(pages, made, connection, progress)
        _take_strays(pages, made, connection)
        for name in made.shapes:
            made.kept[name] = connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]
        connection.execute("COMMIT")
    if not any(made.kept[kind.table] for kind in KINDS.values() if kind.table in made.kept):
        raise StoreProblem(f"{source} holds no record that One Window could read; nothing was made.")
    return made


def _version(pages: Pages, surveyed: Survey) -> int:
    """The schema of a file; without its head, that of the migrations that its own list names."""
    if 0 < pages.version <= schema.SCHEMA_VERSION:
        return pages.version
    if pages.has_head and pages.version > schema.SCHEMA_VERSION:
        schema.validate_owner(schema.APPLICATION_ID, pages.version, is_empty=False)
    listed = surveyed.trees.get("_sqlite_migrations")
    done = len(_rows_of(pages, listed.holding)) if listed else 0
    return done if 0 < done <= schema.SCHEMA_VERSION else schema.SCHEMA_VERSION


def _rows_of(pages: Pages, numbers: Sequence[int]) -> list[RawRow]:
    raw_rows: list[RawRow] = []
    for number in numbers:
        try:
            raw_rows += rows(pages, layout(pages, number))[0]
        except BrokenPage:
            continue
    return raw_rows


def _take_trees(pages: Pages, made: Salvage, connection: sqlite.Connection, progress: Progress) -> None:
    trees = [tree for name, tree in made.found.trees.items() if tree.is_table and name in made.shapes]
    total, done = sum(len(tree.holding) for tree in trees), 0
    for tree in trees:
        shape = made.shapes[tree.name]
        for number in tree.holding:
            _store(connection, shape, _rows_of(pages, [number]), made)
            done += 1
        progress("pages", done, total)


def _store(connection: sqlite.Connection, shape: Shape, raw_rows: Sequence[RawRow], made: Salvage) -> None:
    """Store rows of one table; what the table does not take is counted, not stored."""
    by_length: defaultdict[int, list[_Values]] = defaultdict(list)
    wrong = 0
    for row in raw_rows:
        values = shape.values(row)
        if values is None:
            wrong += 1
        else:
            by_length[len(values)].append(values)
    for length, many in by_length.items():
        sql = shape.insert_sql(length)
        before = connection.total_changes
        try:
            connection.executemany(sql, many)
        except (sqlite.IntegrityError, sqlite.DataError, OverflowError):
            for values in many:
                _store_one(connection, sql, values)
        wrong += len(many) - (connection.total_changes - before)
    if wrong:
        made.refused[shape.name] = made.refused.get(shape.name, 0) + wrong


def _store_one(connection: sqlite.Connection, sql: str, values: _Values) -> None:
    try:
        connection.execute(sql, values)
    except (sqlite.IntegrityError, sqlite.DataError, OverflowError):
        return


def _take_strays(pages: Pages, made: Salvage, connection: sqlite.Connection) -> None:
    """Store the rows of pages that no tree leads to, those first whose table is beyond doubt.

    Old copies of rows may stand there too; a row that a tree has given already stays, and of several copies
    the one of the highest version counts.
    """
    waiting = {number: raw_rows for number in made.found.strays if (raw_rows := _rows_of(pages, [number]))}
    while waiting:
        settled: defaultdict[str, list[RawRow]] = defaultdict(list)
        for number, raw_rows in list(waiting.items()):
            table = _table_of(raw_rows, made, connection)
            if table is not None:
                del waiting[number]
                if table:
                    settled[table] += raw_rows
        if not settled:
            break
        for table, raw_rows in settled.items():
            shape = made.shapes[table]
            _store(connection, shape, _newest_first(shape, raw_rows), made)
    made.unassigned += sorted(waiting)


def _newest_first(shape: Shape, raw_rows: list[RawRow]) -> list[RawRow]:
    place = next((at for at, column in enumerate(shape.columns) if column.name == "version"), None)
    if place is None:
        return raw_rows
    return sorted(raw_rows, key=lambda row: _version_in(row, place), reverse=True)


def _version_in(row: RawRow, place: int) -> int:
    value = row.values[place] if place < len(row.values) else 0
    return value if isinstance(value, int) else 0


def _table_of(raw_rows: Sequence[RawRow], made: Salvage, connection: sqlite.Connection) -> str | None:
    """Whose a page is: the name of a table, '' for none that is kept, None while that is not clear."""
    fitting = {
        shape.name: [values for row in raw_rows if (values := shape.values(row)) is not None]
        for shape in made.shapes.values()
        if _has_room(shape, raw_rows[0])
    }
    fitting = {name: many for name, many in fitting.items() if len(many) == len(raw_rows)}
    fitting = {name: many for name, many in fitting.items() if _is_taken(connection, made.shapes[name], many)}
    if not fitting:
        return ""
    has_rivals = any(_is_of(rival, raw_rows) for rival in made.rivals)
    if len(fitting) == 1 and not has_rivals:
        return next(iter(fitting))
    votes = {name: _votes(connection, made.shapes[name], many) for name, many in fitting.items()}
    if has_rivals and max(votes.values()) <= 0:
        return ""
    best, *others = sorted(votes.values(), reverse=True)
    return max(votes, key=lambda name: votes[name]) if not others or best > others[0] else None


def _is_of(rival: Shape, raw_rows: Sequence[RawRow]) -> bool:
    """Whether rows look like those of something that is not kept."""
    return all(
        bool(row.rowid) == bool(rival.rowid)
        and len(row.values) == len(rival.columns)
        and rival.values(row) is not None
        for row in raw_rows
    )


def _has_room(shape: Shape, row: RawRow) -> bool:
    """Whether a stored row is long enough: only columns that came later, with a default, may be missing."""
    return bool(shape.rowid) == bool(row.rowid) and len(row.values) <= len(shape.columns)


def _is_taken(connection: sqlite.Connection, shape: Shape, many: Sequence[_Values]) -> bool:
    """Whether the table takes such rows, by its own rules; nothing is kept of the trial."""
    connection.execute("SAVEPOINT trial")
    try:
        for values in many:
            sql = shape.insert_sql(len(values)).replace("OR IGNORE", "OR REPLACE")
            connection.execute(sql, values)
    except (sqlite.IntegrityError, sqlite.DataError, OverflowError):
        return False
    finally:
        connection.execute("ROLLBACK TO trial")
        connection.execute("RELEASE trial")
    return True


def _votes(connection: sqlite.Connection, shape: Shape, many: Sequence[_Values]) -> int:
    """How much speaks for a table: records that the log knows of it, and references that lead somewhere."""
    names = [column.name for column in shape.columns]
    votes = 0
    for values in many:
        stored = dict(zip(names, values, strict=False))
        if shape.name == "counter":
            votes += 10 if stored["name"] in KINDS else -10
        kind = _KIND_OF_TABLE.get(shape.name)
        if kind and "id" in stored:
            sql = "SELECT 1 FROM event WHERE entity = ? AND entity_id = ? LIMIT 1"
            votes += 10 * bool(connection.execute(sql, (kind, stored["id"])).fetchone())
        for reference in shape.references:
            value = stored.get(reference.column)
            if value is not None:
                sql = f'SELECT 1 FROM "{reference.parent}" WHERE "{reference.parent_column}" = ?'
                votes += 2 if connection.execute(sql, (value,)).fetchone() else -1
    return votes
