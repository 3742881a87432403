"""Notes by number, kept outside the memory for as long as somebody needs them."""

from __future__ import annotations

import weakref
from collections.abc import Iterable

from onewindow.store.sqlite_library import sqlite


class NumberedNotes:
    """Bytes by number in a temporary file that nobody else can open, and that is gone with this."""

    def __init__(self) -> None:
        """Begin with none."""
        connection = sqlite.connect("", isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = OFF").fetchall()
        connection.execute("CREATE TABLE note (number INTEGER PRIMARY KEY, text BLOB)")
        connection.execute("BEGIN")
        self._connection = connection
        weakref.finalize(self, connection.close)

    def put(self, notes: Iterable[tuple[int, bytes]]) -> None:
        """Keep these, instead of what was kept under their numbers."""
        self._connection.executemany("INSERT OR REPLACE INTO note VALUES (?, ?)", notes)

    def get(self, number: int) -> bytes | None:
        """What is kept under a number, None for nothing."""
        row = self._connection.execute("SELECT text FROM note WHERE number = ?", (number,)).fetchone()
        return None if row is None else row[0]
