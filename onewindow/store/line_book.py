"""Which lines of a file make one document, kept outside the memory: a file may have a million of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from onewindow.store.sqlite_library import sqlite

_TABLES = """
    CREATE TABLE document (head INTEGER PRIMARY KEY, key TEXT, day TEXT, name TEXT, total TEXT, lines INT,
                           other INT);
    CREATE UNIQUE INDEX document_key ON document (key, day);
    CREATE TABLE latest (key TEXT PRIMARY KEY, head INT) WITHOUT ROWID;
    CREATE TABLE line (number INTEGER PRIMARY KEY, head INT);
"""


class Head(NamedTuple):
    """The row that a document begins with: its number, what the document is called, and what it comes to."""

    number: int
    name: str
    total: str
    lines: int
    """How many further rows it has."""
    other: int
    """The row with which the first document of the same number begins, that is of another day; 0 for none."""


class LineBook:
    """Takes the lines of a file in their order, and tells then which are of one document.

    It stands in a temporary file that nobody else can open, and that is gone with it.
    """

    def __init__(self) -> None:
        """Begin with no lines."""
        self._connection = sqlite.connect("", isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = OFF").fetchall()
        self._connection.execute("PRAGMA synchronous = OFF").fetchall()
        self._connection.executescript(_TABLES)
        self._connection.execute("BEGIN")
        self._key: str = ""
        self._day: str = ""
        self._head: int = 0
        self._total: Decimal = Decimal()
        self._more: int = 0

    def add(self, number: int, key: str, day: str, name: str, amount: Decimal) -> None:
        """Take a row: of the document with this key and day, without a day of the last one with this key."""
        if not (self._head and key == self._key and day in ("", self._day)):
            self._settle()
            head = self._found(key, day)
            if head is None:
                self._begin(number, key, day, name, amount)
                return
            self._key = key
            self._head, self._day, total, self._more = head
            self._total = Decimal(total)
        self._total += amount
        self._more += 1
        self._connection.execute("INSERT INTO line VALUES (?, ?)", (number, self._head))

    def close(self) -> None:
        """Forget everything."""
        self._connection.close()

    def lines(self, first: int, last: int) -> Mapping[int, Head]:
        """The rows from one to another that were added to documents, by number."""
        self._settle()
        found = self._connection.execute(
            "SELECT l.number, d.head, d.name, d.total, d.lines, d.other FROM line l"
            " JOIN document d ON d.head = l.head WHERE l.number BETWEEN ? AND ?",
            (first, last),
        )
        return {row[0]: Head(*row[1:]) for row in found}

    def heads(self, first: int, last: int) -> Mapping[int, Head]:
        """The rows from one to another with which documents begin, by number."""
        self._settle()
        found = self._connection.execute(
            "SELECT head, name, total, lines, other FROM document WHERE head BETWEEN ? AND ?", (first, last)
        )
        return {row[0]: Head(*row) for row in found}

    def _found(self, key: str, day: str) -> tuple[int, str, str, int] | None:
        columns = "SELECT d.head, d.day, d.total, d.lines FROM document d"
        if day:
            found = self._connection.execute(f"{columns} WHERE d.key = ? AND d.day = ?", (key, day))
        else:
            found = self._connection.execute(
                f"{columns} JOIN latest l ON l.head = d.head WHERE l.key = ?", (key,)
            )
        return found.fetchone()

    def _begin(self, number: int, key: str, day: str, name: str, amount: Decimal) -> None:
        self._connection.execute(
            "INSERT INTO document VALUES (?1, ?2, ?3, ?4, ?5, 0,"
            " COALESCE((SELECT MIN(head) FROM document WHERE key = ?2), 0))",
            (number, key, day, name, format(amount, "f")),
        )
        self._key, self._day, self._head, self._total, self._more = key, day, number, amount, 0

    def _settle(self) -> None:
        """Write down what the document of the last row came to."""
        if self._head:
            self._connection.execute(
                "UPDATE document SET total = ?, lines = ? WHERE head = ?",
                (format(self._total, "f"), self._more, self._head),
            )
            self._connection.execute("INSERT OR REPLACE INTO latest VALUES (?, ?)", (self._key, self._head))
            self._head = 0
