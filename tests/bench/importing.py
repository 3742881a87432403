"""The import of a file of clients against bare inserts of the rows that it makes."""

from __future__ import annotations

import csv
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from onewindow.desk.imports.running import import_file
from onewindow.desk.opening import at_work, prepare_new_file, system_clock
from onewindow.desk.session.context import Session
from onewindow.records.organization import Staff
from onewindow.settings import Settings
from onewindow.store.bulk import wide_cache
from onewindow.store.engine import Row, Store, open_store
from onewindow.store.sqlite_library import sqlite
from onewindow.text.dates import utc_text
from tests.bench.files import ZONE
from tests.bench.samples import Line

_RECORDS = ("client", "requisites", "contact")
_ALL = (*_RECORDS, "change_set", "event", "client_stat", "search_doc")
"""All tables that the import fills: the log, the lists and the search too; triggers index the last."""
_HEADERS = ("name", "tax id", "city", "tier", "tags", "contact person", "position", "phone", "e-mail")
_FIRSTS = ("Север", "Вектор", "Аква", "Строй", "Агро", "Медиа", "Техно", "Опт", "Дом", "Транс", "Эко", "Про")
_LASTS = ("мет", "снаб", "торг", "сервис", "лайн", "холдинг", "союз", "ком", "град", "плюс", "центр", "хим")
_PEOPLE = ("Ким Анна Сергеевна", "Орлов Пётр Ильич", "Иванова Юлия", "Стоян Бъчваров", "Зуев Лев Маркович")


def import_clients(size: int) -> Iterator[Line]:
    """Rows a second of a CSV file of new clients, with the log, the caches and the search index.

    Against plain inserts of the rows that it makes: into the same tables, with their keys, checks,
    indexes and triggers; into those of clients,
    requisites and people alone; and into such tables without anything.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source = _write_file(folder / "clients.csv", size)
        with open_store(folder / "ours.db", create=True) as store:
            session = _session(store)
            ours = _Spent.of(lambda: import_file(session, "client", source))
            floors = {
                "the same tables": (0.5, _same_tables(store, folder / "same.db", _ALL)),
                "the tables of the records alone": (
                    0.15,
                    _same_tables(store, folder / "records.db", _RECORDS),
                ),
                "bare tables of the records": (0.08, _bare_tables(store, folder / "bare.db")),
            }
    at = f"{size:,} clients".replace(",", " ")
    for into, (limit, floor) in floors.items():
        value = floor.wall / ours.wall
        measured = (
            f"{value:.2f} ×: {size / ours.wall:,.0f} rows/s against {size / floor.wall:,.0f} rows/s"
            f" ({floor.processor / ours.processor:.2f} × of processor time)"
        )
        budget = f"≥ {limit:g} × plain executemany into {into}"
        yield Line("import of clients", at, budget, measured.replace(",", " "), value, limit, is_floor=True)


@dataclass(frozen=True, slots=True)
class _Spent:
    """Seconds by the clock on the wall, and of the processor, helpers of ours included."""

    wall: float
    processor: float

    @classmethod
    def of(cls, work: Callable[[], object]) -> _Spent:
        began, before = time.perf_counter(), os.times()
        work()
        wall, after = time.perf_counter() - began, os.times()
        return cls(wall, sum(after[:4]) - sum(before[:4]))


def _session(store: Store) -> Session:
    now = system_clock()
    me = prepare_new_file(store, Staff(login="reader", name="Иванова Мария"), ZONE, utc_text(now))
    return at_work(store, me, Settings(), system_clock, ZONE)


def _write_file(path: Path, size: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_HEADERS)
        for number in range(size):
            first, last = _FIRSTS[number % 12], _LASTS[number // 12 % 12]
            name = f"ООО «{first}{last} {number:06}»"
            phone = f"8 (9{number % 20 + 10}) {number % 1000:03}-{number // 1000 % 100:02}-{number % 97:02}"
            person = _PEOPLE[number % len(_PEOPLE)]
            address = f"info{number}@firm{number % 5000}.example"
            cells = (name, _inn(number), "Казань", "B", "склад опт", person, "директор", phone, address)
            writer.writerow(cells)
    return path


def _inn(number: int) -> str:
    """A right INN of ten digits (order ED-7-14/559 of the tax service: weights 2, 4, 10, 3, …)."""
    digits = f"16{number:07}"
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    control = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 % 10
    return f"{digits}{control}"


def _same_tables(store: Store, path: Path, tables: tuple[str, ...]) -> _Spent:
    """What `executemany` of the rows that came in takes, in one transaction, into an empty file of ours."""
    found = {table: store.rows(f"SELECT * FROM {table}") for table in tables}
    with open_store(path, create=True) as plain, wide_cache(plain):

        def insert() -> None:
            with plain.exclusive():
                for table, rows in found.items():
                    plain.execute_many(_insert(table, rows), rows)

        return _Spent.of(insert)


def _bare_tables(store: Store, path: Path) -> _Spent:
    """What `executemany` of the rows of the file takes into tables without anything around them."""
    connection = sqlite.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL").fetchall()
    found = {table: store.rows(f"SELECT * FROM {table}") for table in _RECORDS}
    for table, rows in found.items():
        columns = ", ".join(f"c{place}" for place in range(len(rows[0])))
        connection.execute(f"CREATE TABLE {table} ({columns})")

    def insert() -> None:
        connection.execute("BEGIN")
        for table, rows in found.items():
            connection.executemany(_insert(table, rows), rows)
        connection.execute("COMMIT")

    spent = _Spent.of(insert)
    connection.close()
    return spent


def _insert(table: str, rows: list[Row]) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})"
