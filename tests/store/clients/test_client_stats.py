"""The cache row of a client: stored so that it can be ordered, read back as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.records.clients import STAGES, Client
from onewindow.store import rows
from onewindow.store.clients import client_stats
from onewindow.store.clients.client_stats import ClientStat
from onewindow.store.engine import Store, open_store

NOW = "2026-11-23T12:00:00Z"
CLIENTS = range(1, 13)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("stats") / "stats.db", create=True) as opened:
        with opened.exclusive():
            for each in CLIENTS:
                client = Client(id=each, number=each, name="x", created_at=NOW, updated_at=NOW)
                opened.execute_many(rows.insert_sql(Client), [rows.row_of(client)])
        yield opened


times = st.none() | st.sampled_from(("2026-01-01T00:00:00Z", NOW))
stats = st.builds(
    ClientStat,
    client_id=st.sampled_from(CLIENTS),
    owner_id=st.none() | st.integers(1, 2**62),
    stage=st.sampled_from(STAGES),
    health=st.none() | st.integers(0, 100),
    band=st.sampled_from(("red", "amber", "green", "unknown")),
    coverage=st.integers(0, 100),
    open_count=st.integers(0, 9999),
    next_due_at=times,
    last_touch_at=times,
    completeness=st.integers(0, 100),
    computed_at=st.just(NOW),
    calm=st.integers(0, 100),
    is_silent=st.integers(0, 1),
    is_uncovered=st.integers(0, 1),
)


@given(written=st.lists(stats, max_size=20))
@settings(max_examples=50, deadline=None)
def test_rows_come_back_as_they_were_written_last(store: Store, written: list[ClientStat]) -> None:
    with store.exclusive():
        client_stats.forget(store, CLIENTS)
        for stat in written:
            client_stats.save(store, [stat])
    truth = {stat.client_id: stat for stat in written}
    assert client_stats.between(store, 1, 12) == truth
    assert client_stats.between(store, 4, 6) == {each: truth[each] for each in truth if 4 <= each <= 6}
    assert [client_stats.find(store, each) for each in CLIENTS] == [truth.get(each) for each in CLIENTS]


def test_what_has_aged_is_found_a_few_clients_at_a_time(store: Store) -> None:
    def stat(client_id: int, computed_at: str) -> ClientStat:
        return ClientStat(client_id, None, "active", 80, "green", 90, 0, None, None, 50, computed_at)

    old = "2026-11-22T12:00:00Z"
    with store.exclusive():
        client_stats.forget(store, CLIENTS)
        client_stats.save(store, [stat(each, old if each % 2 else NOW) for each in CLIENTS])
    assert client_stats.outdated(store, NOW, 0, 5) == ([1, 3, 5], 5)
    assert client_stats.outdated(store, NOW, 5, 5) == ([7, 9], 10)
    assert client_stats.outdated(store, NOW, 10, 5) == ([11], None)
    assert client_stats.outdated(store, old, 0, 100) == ([], None)


def test_a_query_for_ranges_runs_along_the_key(tmp_path: Path) -> None:
    with open_store(tmp_path / "plans.db", create=True) as store:
        asked: list[str] = []
        store.connection.set_trace_callback(asked.append)
        client_stats.find(store, 1)
        client_stats.between(store, 1, 9)
        client_stats.outdated(store, NOW, 0, 5)
        store.connection.set_trace_callback(None)
        plans = [row[3] for sql in asked for row in store.rows(f"EXPLAIN QUERY PLAN {sql}")]
        assert len(plans) == 3
        assert all(plan.startswith("SEARCH client_stat USING PRIMARY KEY") for plan in plans)


def test_ids_come_ascending_from_both_ends_and_no_more_than_asked_for(store: Store) -> None:
    with store.exclusive():
        client_stats.forget(store, CLIENTS)
        for each in (9, 3, 7, 5):
            client_stats.save(
                store, [ClientStat(each, None, "onboarding", None, "unknown", 0, 0, None, None, 0, NOW)]
            )
    assert client_stats.ids_between(store, 3, 9, 9) == [3, 5, 7, 9]
    assert client_stats.ids_between(store, 4, 8, 9) == [5, 7]
    assert client_stats.ids_between(store, 3, 9, 2) == [3, 5]
    assert client_stats.first_ids(store, 3) == [3, 5, 7]
