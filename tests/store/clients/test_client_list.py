"""The list of clients: every filter in every order, walked by pages, against a plain sorted list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.records.clients import STAGES, Client
from onewindow.records.organization import Staff
from onewindow.records.requests import Request
from onewindow.store import rows
from onewindow.store.clients import client_list, client_stats
from onewindow.store.clients.client_list import (
    FILTERS,
    ORDERS,
    ClientLine,
    FilterName,
    Key,
    ListFilter,
    Order,
)
from onewindow.store.clients.client_stats import Band, ClientStat
from onewindow.store.engine import Store, open_store

NOW = "2026-11-23T12:00:00Z"
TIMES = st.sampled_from((None, "2026-09-01T08:00:00Z", "2026-10-24T00:00:00Z", "2026-11-23T11:59:59Z", NOW))
OWNERS = (1, 2, 3)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("list") / "clients.db", create=True) as opened:
        with opened.exclusive():
            for owner in OWNERS:
                put(opened, Staff(id=owner, login=f"staff{owner}", name="x"))
        yield opened


def put(store: Store, record: Client | Staff | Request) -> None:
    filled = record.with_changes({"created_at": NOW, "updated_at": NOW})
    store.execute_many(rows.insert_sql(type(filled)), [rows.row_of(filled)])


@st.composite
def firms(draw: st.DrawFn) -> list[tuple[Client, ClientStat]]:
    number = draw(st.integers(0, 24))
    return [draw(clients(client_id)) for client_id in range(1, number + 1)]


@st.composite
def clients(draw: st.DrawFn, client_id: int) -> tuple[Client, ClientStat]:
    owner = draw(st.sampled_from((None, *OWNERS)))
    stage = draw(st.sampled_from(STAGES))
    name = draw(st.sampled_from(("", "вектор", "ромашка", "alpha", "яхонт")))
    client = Client(id=client_id, number=client_id, name=name, name_sort=name, owner_id=owner, stage=stage)
    health = draw(st.none() | st.sampled_from((0, 49, 50, 75, 100)))
    stat = ClientStat(
        client_id=client_id,
        owner_id=owner,
        stage=stage,
        health=health,
        band="unknown" if health is None else draw(st.sampled_from(get_args(Band)[:3])),
        coverage=80,
        open_count=0,
        next_due_at=draw(TIMES),
        last_touch_at=draw(TIMES),
        completeness=50,
        computed_at=NOW,
        calm=draw(st.sampled_from((30, 45, 100))),
        is_silent=draw(st.integers(0, 1)),
    )
    return client, stat


def load(store: Store, firm: list[tuple[Client, ClientStat]]) -> None:
    with store.exclusive():
        for table in ("client_stat", "request", "client"):
            store.execute(f"DELETE FROM {table}")
        for client, _ in firm:
            put(store, client)
        client_stats.save(store, [stat for _, stat in firm])


def expected(firm: list[tuple[Client, ClientStat]], listed: ListFilter, order: Order) -> list[Key]:
    """The keys that the list must have, by the plainest reading of its description."""
    found: list[Key] = []
    for client, stat in firm:
        shown = {
            "my": listed.owner_id is not None and client.owner_id == listed.owner_id,
            "team": client.owner_id in listed.team,
            "risk": stat.band == "red",
            "onboarding": client.stage == "onboarding",
            "alarm": stat.calm < 100,
            "silent": stat.is_silent == 1,
            "all": True,
        }[listed.name]
        scope = listed.team or ((listed.owner_id,) if listed.owner_id else ())
        of_scope = listed.name in ("my", "team", "all") or not scope or client.owner_id in scope
        sort_key: dict[Order, str | int] = {
            "name": client.name_sort,
            "health": 101 if stat.health is None else stat.health,
            "due": stat.next_due_at or "~",
            "touch": stat.last_touch_at or "",
            "alarm": stat.calm,
        }
        if shown and of_scope:
            found.append((sort_key[order], client.id))
    return sorted(found)


def walk(store: Store, listed: ListFilter, order: Order, size: int) -> list[ClientLine]:
    lines = client_list.page(store, listed, order, NOW, limit=size)
    while len(lines) % size == 0:
        more = client_list.page(store, listed, order, NOW, after=lines[-1].key, limit=size) if lines else []
        if not more:
            break
        lines += more
    return lines


def last_page(store: Store, listed: ListFilter, order: Order, size: int) -> list[ClientLine]:
    ends = client_list.keys(store, listed, order, from_key=None, limit=size + 1, backward=True)
    return client_list.page(
        store, listed, order, NOW, after=ends[size] if len(ends) > size else None, limit=size
    )


def walk_back(store: Store, listed: ListFilter, order: Order, size: int) -> list[ClientLine]:
    lines = last_page(store, listed, order, size)
    while lines:
        more = client_list.page(store, listed, order, NOW, before=lines[0].key, limit=size)
        if not more:
            break
        lines = more + lines
    return lines


scopes = st.sampled_from(((None, ()), (1, ()), (2, (1, 3)), (None, (3,)), (1, (1, 2, 3))))


@given(firm=firms(), name=st.sampled_from(FILTERS), scope=scopes, size=st.integers(1, 9))
@settings(max_examples=150, deadline=None)
def test_pages_forward_and_backward_are_the_sorted_list(
    store: Store,
    firm: list[tuple[Client, ClientStat]],
    name: FilterName,
    scope: tuple[int | None, tuple[int, ...]],
    size: int,
) -> None:
    load(store, firm)
    listed = ListFilter(name, scope[0], scope[1])
    for order in ORDERS[name]:
        truth = expected(firm, listed, order)
        assert [line.key for line in walk(store, listed, order, size)] == truth
        assert [line.key for line in walk_back(store, listed, order, size)] == truth
        assert client_list.count(store, listed) == len(truth)
        for rank, key in enumerate(truth):
            assert client_list.rank_of(store, listed, order, key) == rank
            assert client_list.key_of(store, listed, order, key[1]) == key
            beyond = client_list.keys(store, listed, order, from_key=key, limit=size)
            assert beyond == truth[rank + 1 : rank + 1 + size]
            before = client_list.keys(store, listed, order, from_key=key, limit=size, backward=True)
            assert before == truth[max(0, rank - size) : rank][::-1]
        hidden = {client.id for client, _ in firm} - {key[1] for key in truth}
        assert all(client_list.key_of(store, listed, order, each) is None for each in hidden)


def test_a_line_has_what_the_list_shows(store: Store) -> None:
    client = Client(
        id=7, number=17, name="Ромашка ООО", name_sort="ромашка", tier="A", owner_id=1, deputy_id=2
    )
    stat = ClientStat(7, 1, "active", None, "unknown", 40, 4, "2026-11-20T00:00:00Z", None, 50, NOW)
    load(store, [(client, stat)])
    with store.exclusive():
        for request_id, status, due, archived in (
            (1, "open", "2026-11-20T00:00:00Z", None),
            (2, "waiting", "2026-11-23T11:00:00Z", None),
            (3, "open", "2026-11-23T13:00:00Z", None),
            (4, "open", None, None),
            (5, "resolved", "2026-11-20T00:00:00Z", None),
            (6, "open", "2026-11-20T00:00:00Z", NOW),
        ):
            put(
                store,
                Request(
                    id=request_id,
                    number=request_id,
                    client_id=7,
                    title="x",
                    status=status,  # pyright: ignore[reportArgumentType]
                    opened_at="2026-11-01T00:00:00Z",
                    due_at=due,
                    archived_at=archived,
                ),
            )
    assert client_list.page(store, ListFilter("my", 1), "due", NOW) == [
        ClientLine(
            7, 17, "Ромашка ООО", "A", "active", 1, 2, None, "unknown", 4, 2, "2026-11-20T00:00:00Z", None,
            100, "2026-11-20T00:00:00Z",
        )
    ]  # fmt: skip


def test_an_order_that_no_index_serves_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="no order by name"):
        client_list.page(store, ListFilter("risk"), "name", NOW)


def test_without_an_owner_my_list_is_empty(store: Store) -> None:
    load(store, [(Client(id=1, number=1, name="x"), stat_of(1))])
    mine = ListFilter("my")
    assert client_list.count(store, mine) == 0
    assert client_list.page(store, mine, "name", NOW) == []
    assert client_list.key_of(store, mine, "name", 1) is None
    assert client_list.rank_of(store, mine, "name", ("x", 1)) == 0


def stat_of(client_id: int) -> ClientStat:
    return ClientStat(client_id, None, "active", 80, "green", 90, 0, None, None, 100, NOW)


@pytest.mark.parametrize("analyzed", [False, True])
def test_every_query_runs_along_an_index(tmp_path: Path, analyzed: bool) -> None:
    with open_store(tmp_path / "plans.db", create=True) as store:
        with store.exclusive():
            for owner in range(1, 61):
                put(store, Staff(id=owner, login=f"staff{owner}", name="x"))
            for number in range(1, 600):
                put(store, Client(id=number, number=number, name=f"n{number}", owner_id=1 + number % 60))
            client_stats.save(store, [stat_of(n)._replace(owner_id=1 + n % 60) for n in range(1, 600)])
        if analyzed:
            store.execute("ANALYZE")
        asked: list[str] = []
        store.connection.set_trace_callback(asked.append)
        for name in FILTERS:
            for owner, team in ((None, ()), (1, ()), (None, (1, 2, 3))):
                use_all(store, ListFilter(name, owner, team))
        store.connection.set_trace_callback(None)
        assert len(asked) > 50
        for sql in asked:
            # A count of everything reads the smallest index from end to end: there is nothing to seek.
            if sql != "SELECT COUNT(*) FROM client_stat s":
                plan = [row[3] for row in store.rows(f"EXPLAIN QUERY PLAN {sql}")]
                # An index that holds nothing but silent clients is read whole to count them.
                plan = [
                    step
                    for step in plan
                    if not step.startswith("SCAN s USING COVERING") or "silent" not in step
                ]
                assert not [step for step in plan if "SCAN" in step or "TEMP B-TREE" in step], (sql, plan)


def use_all(store: Store, listed: ListFilter) -> None:
    client_list.count(store, listed)
    for order in ORDERS[listed.name]:
        key: Key = (50, 5) if order in ("health", "alarm") else ("b", 5)
        client_list.page(store, listed, order, NOW)
        client_list.page(store, listed, order, NOW, after=key)
        client_list.page(store, listed, order, NOW, before=key)
        last_page(store, listed, order, 200)
        client_list.keys(store, listed, order, from_key=key, limit=5, backward=True)
        client_list.rank_of(store, listed, order, key)
        client_list.key_of(store, listed, order, 5)
