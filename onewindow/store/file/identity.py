"""Which database a file is: the mark that its copies share, however they are named and wherever they lie."""

from __future__ import annotations

from onewindow.store.sqlite_library import sqlite

_MARK_LETTERS = 8


def identity(connection: sqlite.Connection) -> str:
    """The id of a database, 16 letters; of one whose schema has none yet, that which it will get.

    '' where nothing tells it: a file of an old schema in which nobody has changed anything.
    """
    if _has_table(connection):
        row = connection.execute("SELECT id FROM file_identity").fetchone()
    else:
        row = connection.execute("SELECT printf('%016x', MIN(id)) FROM change_set WHERE id > 0").fetchone()
        row = row if row and int(row[0], 16) else None
    return row[0] if row else ""


def give(connection: sqlite.Connection) -> None:
    """Give a database of the newest schema an id of its own if it has none; inside a write."""
    if not connection.execute("SELECT COUNT(*) FROM file_identity").fetchone()[0]:
        connection.execute("INSERT INTO file_identity (id) VALUES (lower(hex(randomblob(8))))")


def mark(identity_: str) -> str:
    """The part of an id that stands in the names of backups."""
    return (identity_ or "0" * _MARK_LETTERS)[-_MARK_LETTERS:]


def newest_event(connection: sqlite.Connection, upto: int | None = None) -> tuple[int, int] | None:
    """Number and change set of the last change, or of the last one up to a number; None without any."""
    bound = "" if upto is None else "WHERE seq <= :upto"
    return connection.execute(
        f"SELECT seq, change_set_id FROM event {bound} ORDER BY seq DESC LIMIT 1", {"upto": upto}
    ).fetchone()


def is_earlier(copy: sqlite.Connection, connection: sqlite.Connection) -> bool:
    """Whether a file is an earlier moment of a database: the same id, and no change that this one misses."""
    if not identity(copy) or identity(copy) != identity(connection):
        return False
    newest = newest_event(copy)
    return newest is None or newest_event(connection, newest[0]) == newest


def _has_table(connection: sqlite.Connection) -> bool:
    cursor = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'file_identity'")
    return cursor.fetchone() is not None
