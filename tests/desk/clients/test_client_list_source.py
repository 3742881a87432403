"""The client list by row number: any jump gives the rows of the sorted list, and memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.desk.clients.client_list import ClientListSource, client_row
from onewindow.records.clients import Client
from onewindow.store import rows
from onewindow.store.clients import client_stats
from onewindow.store.clients.client_list import ORDERS, ClientLine, FilterName, ListFilter
from onewindow.store.clients.client_stats import ClientStat
from onewindow.store.engine import Store, open_store
from onewindow.text.layout.cells import Cell

NOW = "2026-11-23T12:00:00Z"
CLIENTS = 1200
ALL = ListFilter("all")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("source") / "clients.db", create=True) as opened:
        with opened.exclusive():
            for number in range(1, CLIENTS + 1):
                add(opened, number)
        yield opened


def add(store: Store, number: int) -> None:
    name = f"клиент {number * 7919 % 1000:04}"
    client = Client(
        id=number * 1000, number=number, name=name, name_sort=name, created_at=NOW, updated_at=NOW
    )
    store.execute_many(rows.insert_sql(Client), [rows.row_of(client)])
    health = None if number % 5 == 0 else number % 101
    band = "unknown" if health is None else "red" if health <= 50 else "green"
    due = None if number % 3 else f"2026-11-{1 + number % 28:02}T00:00:00Z"
    touch = f"2026-{1 + number % 9:02}-01T00:00:00Z"
    stat = ClientStat(client.id, None, "active", health, band, 70, number % 4, due, touch, 50, NOW)
    client_stats.save(store, [stat])


def sorted_ids(store: Store, name: FilterName, order: str) -> list[int]:
    column = {"name": "c.name_sort", "health": "s.health", "due": "s.next_due_at", "touch": "s.last_touch_at"}
    shown = {"risk": "s.band = 'red'"}.get(name, "1")
    return [
        row[0]
        for row in store.rows(
            "SELECT c.id FROM client c JOIN client_stat s ON s.client_id = c.id"
            f" WHERE c.archived_at IS NULL AND {shown} ORDER BY {column[order]}, c.id"
        )
    ]


jumps = st.lists(
    st.tuples(st.booleans(), st.integers(0, CLIENTS - 1), st.integers(1, 250)), min_size=1, max_size=12
)
lists = st.sampled_from([(name, order) for name in ("all", "risk") for order in ORDERS[name]])


@given(jumps=jumps, which=lists)
@settings(max_examples=100, deadline=None)
def test_any_jumps_give_the_rows_of_the_sorted_list(
    store: Store, jumps: list[tuple[bool, int, int]], which: tuple[FilterName, str]
) -> None:
    truth = sorted_ids(store, *which)
    source = ClientListSource(store, ListFilter(which[0]), which[1], now=NOW)  # pyright: ignore[reportArgumentType]
    assert source.count == len(truth)
    for is_search, place, size in jumps:
        start = place % len(truth)
        if is_search:
            assert source.index_of(truth[start], near=place) == start
        shown = [row.key for row in source.rows(start, min(start + size, len(truth)))]
        assert shown == truth[start : start + size]


def test_the_end_is_as_near_as_the_beginning(store: Store) -> None:
    source = ClientListSource(store, ALL, now=NOW)
    asked: list[str] = []
    count = source.count
    store.connection.set_trace_callback(asked.append)
    last = source.rows(count - 200, count)
    store.connection.set_trace_callback(None)
    assert [row.key for row in last] == sorted_ids(store, "all", "name")[-200:]
    assert len([sql for sql in asked if sql.startswith("SELECT")]) == 2


def test_memory_does_not_grow_with_the_rows_seen(store: Store) -> None:
    source = ClientListSource(store, ALL, now=NOW)
    for start in range(0, CLIENTS, 2):
        source.rows(start, start + 3)
    kept = vars(source)
    assert len(cast("dict[object, object]", kept["_places"])) <= 256
    assert len(cast("dict[object, object]", kept["_pages"])) <= 6


def test_a_client_outside_the_filter_has_no_row(store: Store) -> None:
    source = ClientListSource(store, ListFilter("risk"), now=NOW)
    shown = set(sorted_ids(store, "risk", "health"))
    hidden = next(number * 1000 for number in range(1, CLIENTS) if number * 1000 not in shown)
    assert source.index_of(hidden, near=0) is None
    assert source.index_of("no id at all", near=0) is None


def test_a_refresh_shows_what_changed(store: Store) -> None:
    source = ClientListSource(store, ALL, now=NOW)
    before = [row.key for row in source.rows(0, 10)]
    assert source.count == CLIENTS
    with store.exclusive():
        store.execute("UPDATE client SET archived_at = :now WHERE id = :id", now=NOW, id=cast(int, before[0]))
        client_stats.forget(store, [cast(int, before[0])])
    source.refresh(NOW)
    assert source.count == CLIENTS - 1
    assert [row.key for row in source.rows(0, 9)] == before[1:]
    assert source.index_of(before[3], near=3) == 2
    with store.exclusive():
        store.execute("UPDATE client SET archived_at = NULL WHERE id = :id", id=cast(int, before[0]))
        client_stats.save(
            store,
            [ClientStat(cast(int, before[0]), None, "active", 1, "red", 70, 0, None, None, 50, NOW)],
        )


def test_a_list_that_shrank_meanwhile_gives_fewer_rows(store: Store) -> None:
    source = ClientListSource(store, ALL, now=NOW)
    assert source.count == CLIENTS
    with store.exclusive():
        gone = sorted_ids(store, "all", "name")[-30:]
        kept = [stat for key in gone if (stat := client_stats.find(store, key)) is not None]
        client_stats.forget(store, gone)
    assert len(source.rows(CLIENTS - 100, CLIENTS)) <= 100
    assert [row.key for row in source.rows(0, 5)] == sorted_ids(store, "all", "name")[:5]
    with store.exclusive():
        client_stats.save(store, kept)


def test_a_row_warns_without_colour() -> None:
    line = ClientLine(5, 1, "Вектор", "A", "active", 1, None, 31, "red", 4, 3, NOW, NOW, 30, "вектор")
    late = client_row(line)
    assert (late.key, late.mark) == (5, "!")
    assert late.cells == (Cell("Вектор"), Cell("31 r", "late"), Cell("3!", "late"))
    assert client_row(line._replace(late_count=0)).mark == "?"
    calm = client_row(line._replace(late_count=0, calm=100, health=None, band="unknown", stage="lost"))
    assert (calm.mark, calm.style) == (" ", "dim")
    assert calm.cells[1:] == (Cell("?", "dim"), Cell("4"))
    assert client_row(line._replace(late_count=0, open_count=0)).cells[2] == Cell("")
