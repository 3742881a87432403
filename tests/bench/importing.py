"""The import of a file of clients against bare inserts of the rows that it makes."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path

from onewindow.desk.importing import import_file
from onewindow.desk.opening import prepare_new_file, system_clock
from onewindow.desk.session import Session
from onewindow.records.department import Staff
from onewindow.settings import Settings
from onewindow.store.engine import Store, open_store
from onewindow.store.sqlite_library import sqlite
from onewindow.text.dates import utc_text
from tests.bench.files import ZONE
from tests.bench.samples import Line, milliseconds

_TABLES = ("client", "requisites")
_HEADERS = ("name", "tax id", "city", "tier", "tags")


def import_clients(size: int) -> Iterator[Line]:
    """Rows a second of a CSV file of new clients, with the log, the caches and the search index."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source = _write_file(folder / "clients.csv", size)
        with open_store(folder / "ours.db", create=True) as store:
            session = _session(store)
            ours = milliseconds(lambda: import_file(session, "client", source))
            floor = _plain_inserts(store, folder / "plain.db")
    value = floor / ours
    measured = f"{value:.2f} ×: {size / ours * 1000:,.0f} rows/s against {size / floor * 1000:,.0f} rows/s"
    at = f"{size:,} clients".replace(",", " ")
    yield Line(
        "import of clients",
        at,
        "≥ 0.25 × plain executemany",
        measured.replace(",", " "),
        value,
        0.25,
        is_floor=True,
    )


def _session(store: Store) -> Session:
    now = system_clock()
    me = prepare_new_file(store, Staff(login="reader", name="Иванова Мария"), ZONE, utc_text(now))
    return Session(store, me, Settings(), system_clock, ZONE)


def _write_file(path: Path, size: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_HEADERS)
        for number in range(size):
            name = f"ООО «Клиент {number:06}»"
            writer.writerow((name, _inn(number), "Казань", "B", "склад опт"))
    return path


def _inn(number: int) -> str:
    """A right INN of ten digits (order ED-7-14/559 of the tax service: weights 2, 4, 10, 3, …)."""
    digits = f"16{number:07}"
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    control = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 % 10
    return f"{digits}{control}"


def _plain_inserts(store: Store, path: Path) -> float:
    """Milliseconds of `executemany` of the rows of the file into tables without anything around them."""
    connection = sqlite.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL").fetchall()
    spent = 0.0
    for table in _TABLES:
        found = store.rows(f"SELECT * FROM {table}")
        columns = [row[1] for row in store.rows(f"PRAGMA table_info({table})")]
        connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
        sql = f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})"

        def insert(sql: str = sql, found: list[tuple[object, ...]] = found) -> None:
            connection.execute("BEGIN")
            connection.executemany(sql, found)
            connection.execute("COMMIT")

        spent += milliseconds(insert)
    connection.close()
    return spent
