"""A file of every older schema, built from the migrations themselves, is sound as soon as it was opened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onewindow.desk.caches import client_caches
from onewindow.desk.opening import take_turn
from onewindow.records.clients import Client
from onewindow.records.fields import Record
from onewindow.records.kinds import KINDS
from onewindow.records.organization import SlaPolicy, Staff, WorkingCalendar
from onewindow.records.requests import Request
from onewindow.store import rows, schema
from onewindow.store.clients.client_stats import NOTHING_DUE, UNKNOWN_HEALTH, ClientStat
from onewindow.store.doctor import checking
from onewindow.store.engine import Store, Value, open_store
from onewindow.store.search import docs

NOW = datetime(2026, 11, 23, 11, 32, tzinfo=UTC)
AT, DUE = "2026-11-20T07:00:00Z", "2026-11-20T08:00:00Z"
WEEK = '{"zone": "Europe/Moscow", "weekly": {"mon": ["09:00-18:00"], "fri": ["09:00-18:00"]}}'
SCHEMAS = range(1, len(schema.MIGRATIONS) + 1)


def _insert(store: Store, table: str, values: Mapping[str, Value]) -> None:
    """Store a row with those of the values for which the table has a column yet."""
    known = {row[1] for row in store.rows(f"PRAGMA table_info({table})")}
    given = {name: value for name, value in values.items() if name in known}
    names, places = ", ".join(given), ", ".join(f":{name}" for name in given)
    store.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", **given)


def _fill(store: Store) -> None:
    """What a program of that time left: due times by the target of an hour that became half an hour since."""
    records: list[Record] = [
        Staff(id=1, login="ivanova", name="Иванова", away_from="2026-11-23"),
        WorkingCalendar(id=1, name="неделя", hours=WEEK),
        SlaPolicy(id=1, name="все", calendar_id=1, first_response_min=30, valid_from="2020-01-01"),
    ]
    for number in (1, 2, 3):
        name = f"ромашка {number}"
        records += [
            Client(id=number, number=number, name=name, name_sort=name, slug=f"r-{number}", owner_id=1),
            Request(id=number, number=number, client_id=number, title="x", opened_at=AT, due_at=DUE),
        ]
    records.append(Client(id=4, number=4, name="тихий", name_sort="тихий", slug="r-4", owner_id=1))
    with store.exclusive():
        for record in records:
            stored = record.with_changes({"created_at": AT, "updated_at": AT})
            _insert(store, KINDS[record.kind].table, rows.values_of(stored))
        for number in (1, 2, 3):
            kept = ClientStat(number, 1, "active", UNKNOWN_HEALTH, "unknown", 0, 1, DUE, "", 7, AT)
            _insert(store, "client_stat", kept._asdict())
        silent = ClientStat(4, 1, "active", UNKNOWN_HEALTH, "unknown", 0, 0, NOTHING_DUE, "", 50, AT)
        _insert(store, "client_stat", silent._asdict())
        for name in ("client", "request"):
            store.execute("INSERT INTO counter (name, n) VALUES (:name, 4)", name=name)
    docs.rebuild(store)


@pytest.mark.parametrize("version", SCHEMAS)
def test_a_file_of_an_older_schema_is_sound_once_it_was_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    path = tmp_path / "old.db"
    with monkeypatch.context() as then:
        then.setattr(schema, "MIGRATIONS", dict(list(schema.MIGRATIONS.items())[:version]))
        then.setattr(schema, "SCHEMA_VERSION", version)
        with open_store(path, create=True) as store:
            _fill(store)
    with open_store(path) as store:
        take_turn(store, NOW)
        assert client_caches.differences(store, NOW) == []
        assert checking.check(store) == []
        assert store.scalar("SELECT due_at FROM request WHERE id = 1") == "2026-11-20T07:30:00Z"
        client_caches.rebuild(store, NOW)
        assert client_caches.differences(store, NOW) == []
