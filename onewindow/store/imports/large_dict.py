"""A dictionary for as many things as there are: beyond some thousands it stands in a temporary file."""

from __future__ import annotations

import pickle
import weakref
from typing import Any, Generic, TypeVar

from onewindow.store.sqlite_library import sqlite

K = TypeVar("K", str, int)
V = TypeVar("V")

KEPT = 50_000
"""So many things are in memory at most."""


class LargeDict(Generic[K, V]):
    """Values by text or by number. Nobody else can open its file, which is gone with it.

    A value that was got is a copy as a rule: who changes it puts it back.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._new: dict[K, V] = {}
        self._connection: Any = None

    @property
    def is_in_file(self) -> bool:
        """Whether there were too many things for the memory."""
        return self._connection is not None

    def __setitem__(self, key: K, value: V) -> None:
        """Keep a value, instead of the one that is there."""
        self._new[key] = value
        if len(self._new) > KEPT:
            self._write()

    def __contains__(self, key: K) -> bool:
        """Whether there is a value of this key."""
        return key in self._new or self._found(key) is not None

    def get(self, key: K, default: V) -> V:
        """The value of a key, else the default."""
        if key in self._new:
            return self._new[key]
        document = self._found(key)
        return default if document is None else pickle.loads(document)  # noqa: S301  of nobody but this process

    def keys_beginning(self, text: str) -> list[str]:
        """The keys that begin with a text."""
        self._write()
        rows = self._connection.execute(
            "SELECT key FROM item WHERE key >= ? AND key < ?", (text, text + chr(0x10FFFF))
        )
        return [row[0] for row in rows]

    def _found(self, key: K) -> bytes | None:
        if self._connection is None:
            return None
        row = self._connection.execute("SELECT value FROM item WHERE key = ?", (key,)).fetchone()
        return None if row is None else row[0]

    def _write(self) -> None:
        if self._connection is None:
            self._connection = sqlite.connect("", isolation_level=None, check_same_thread=False)
            weakref.finalize(self, self._connection.close)
            self._connection.execute("PRAGMA journal_mode = OFF").fetchall()
            self._connection.execute("CREATE TABLE item (key PRIMARY KEY, value BLOB) WITHOUT ROWID")
            self._connection.execute("BEGIN")
        self._connection.executemany(
            "INSERT OR REPLACE INTO item VALUES (?, ?)",
            ((key, pickle.dumps(value, pickle.HIGHEST_PROTOCOL)) for key, value in sorted(self._new.items())),
        )
        self._new.clear()
