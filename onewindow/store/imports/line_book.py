"""Which lines of a file make one document, kept outside the memory: a file may have a million of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from onewindow.records.named_tuples import NamedTuple
from onewindow.store.sqlite_library import sqlite

_TABLES = """
    CREATE TABLE document (head INTEGER PRIMARY KEY, key TEXT, day TEXT, name TEXT, total TEXT, lines INT,
                           other INT, filled TEXT, broken INT DEFAULT 0);
    CREATE UNIQUE INDEX document_key ON document (key, day);
    CREATE INDEX document_name ON document (name);
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
    filled: str
    """What further rows say of its first one, as JSON by field; '' for nothing."""
    broken: int
    """A row of it whose amount cannot be read; 0 for none."""


class Line(NamedTuple):
    """One row, with what tells its document apart, and its day ('' for that of before)."""

    number: int
    key: str
    day: str
    name: str
    amount: Decimal | None
    """None where it cannot be read."""
    filled: str = ""
    """What its cells leave out and its neighbours say, as JSON by field."""


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
        self._broken: int = 0

    def add(self, line: Line) -> None:
        """Take a row: of the document with its key and day, without a day of the last one with this key."""
        if not (self._head and line.key == self._key and line.day in ("", self._day)):
            self._settle()
            head = self._found(line.key, line.day)
            if head is None:
                self._begin(line)
                return
            self._key = line.key
            self._head, self._day, total, self._more, self._broken = head
            self._total = Decimal(total)
        self._count(line)
        self._more += 1
        self._connection.execute("INSERT INTO line VALUES (?, ?)", (line.number, self._head))

    def only_key(self, name: str) -> str:
        """What tells the one document apart that has had this name so far; '' for none, or several."""
        rows = self._connection.execute("SELECT DISTINCT key FROM document WHERE name = ? LIMIT 2", (name,))
        keys = [str(key) for (key,) in rows]
        return keys[0] if len(keys) == 1 else ""

    def close(self) -> None:
        """Forget everything."""
        self._connection.close()

    def lines(self, first: int, last: int) -> Mapping[int, Head]:
        """The rows from one to another that were added to documents, by number."""
        self._settle()
        rows = self._connection.execute(
            "SELECT l.number, d.head, d.name, d.total, d.lines, d.other, d.filled, d.broken FROM line l"
            " JOIN document d ON d.head = l.head WHERE l.number BETWEEN ? AND ?",
            (first, last),
        )
        return {row[0]: Head(*row[1:]) for row in rows}

    def heads(self, first: int, last: int) -> Mapping[int, Head]:
        """The rows from one to another with which documents begin, by number."""
        self._settle()
        rows = self._connection.execute(
            "SELECT head, name, total, lines, other, filled, broken FROM document WHERE head BETWEEN ? AND ?",
            (first, last),
        )
        return {row[0]: Head(*row) for row in rows}

    def _found(self, key: str, day: str) -> tuple[int, str, str, int, int] | None:
        columns = "SELECT d.head, d.day, d.total, d.lines, d.broken FROM document d"
        if day:
            rows = self._connection.execute(f"{columns} WHERE d.key = ? AND d.day = ?", (key, day))
        else:
            rows = self._connection.execute(
                f"{columns} JOIN latest l ON l.head = d.head WHERE l.key = ?", (key,)
            )
        return rows.fetchone()

    def _begin(self, line: Line) -> None:
        self._connection.execute(
            "INSERT INTO document VALUES (?1, ?2, ?3, ?4, '0', 0,"
            " COALESCE((SELECT MIN(head) FROM document WHERE key = ?2), 0), ?5, 0)",
            (line.number, line.key, line.day, line.name, line.filled),
        )
        self._key, self._day, self._head = line.key, line.day, line.number
        self._total, self._more, self._broken = Decimal(), 0, 0
        self._count(line)

    def _count(self, line: Line) -> None:
        if line.amount is None:
            self._broken = self._broken or line.number
        else:
            self._total += line.amount

    def _settle(self) -> None:
        """Write down what the document of the last row came to."""
        if self._head:
            self._connection.execute(
                "UPDATE document SET total = ?, lines = ?, broken = ? WHERE head = ?",
                (format(self._total, "f"), self._more, self._broken, self._head),
            )
            self._connection.execute("INSERT OR REPLACE INTO latest VALUES (?, ?)", (self._key, self._head))
            self._head = 0
