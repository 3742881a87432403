"""New files of tests get the schema as a copy of one that was migrated in this process, in a millisecond."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onewindow.store import schema
from onewindow.store.sqlite_library import sqlite

if TYPE_CHECKING:
    from collections.abc import Callable

_migrate: Callable[..., list[str]] = schema.migrate
_ALL = len(schema.MIGRATIONS)
_made: list[tuple[sqlite.Connection, list[str]]] = []


def _migrated(connection: sqlite.Connection, version: int | None = None) -> list[str]:
    """What the migrations make of a file: run for one that has something in it or stops on the way."""
    if len(schema.MIGRATIONS) != _ALL:  # a test makes a file as an older program did
        return _migrate(connection, version)
    if version is not None or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        return _migrate(connection, version)
    if not _made:
        whole = sqlite.connect(":memory:", isolation_level=None)
        _made.append((whole, _migrate(whole)))
    whole, ran = _made[0]
    whole.backup(connection)
    connection.execute("UPDATE file_identity SET id = lower(hex(randomblob(8)))")
    return ran


def copy_them() -> None:
    """From now on empty files are brought to the newest schema so."""
    schema.migrate = _migrated
