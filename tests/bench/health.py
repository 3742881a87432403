"""Health and alarms worked out and written: of all clients, and of one client as a write does it."""

from __future__ import annotations

import time
from collections.abc import Iterator

from onewindow.desk.caches import client_caches
from onewindow.desk.opening import system_clock
from onewindow.store import behind
from onewindow.store.engine import Store, open_store
from tests.bench.files import Files
from tests.bench.samples import Line, Samples

_ALL_LIMIT = 60.0
_ONE_LIMIT = 5.0


def renewed(files: Files, size: int, clients: int) -> Iterator[Line]:
    """Renew all lines of the list once, and those of some clients one by one."""
    at = f"{size:,} clients".replace(",", " ")
    with open_store(files.demo(size)) as store:
        ids = _some(store, clients)
        one = Samples.of(1000 * _renewal(store, each) for each in ids)
        wall, cpu = _all(store)
    yield Line(
        "health and alarms of one client, written",
        at,
        f"median ≤ {_ONE_LIMIT:.0f} ms",
        one.spoken("ms"),
        one.median,
        _ONE_LIMIT,
    )
    told = f"{wall:.1f} s, {cpu:.1f} s of them processor time"
    yield Line("health and alarms of all, written", at, f"≤ {_ALL_LIMIT:.0f} s", told, wall, _ALL_LIMIT)


def _some(store: Store, clients: int) -> list[int]:
    found = store.rows("SELECT client_id FROM client_stat ORDER BY client_id LIMIT :limit", limit=clients)
    return [row[0] for row in found]


def _renewal(store: Store, client_id: int) -> float:
    """The seconds that it takes to renew one client."""
    begun = time.perf_counter()
    with store.exclusive():
        client_caches.renew(store, [client_id], system_clock())
    return time.perf_counter() - begun


def _all(store: Store) -> tuple[float, float]:
    with store.exclusive():
        behind.mark_all(store)
    begun, burnt = time.perf_counter(), time.process_time()
    following: int | None = 0
    while following is not None:
        following = client_caches.catch_up(store, system_clock(), following)
    return time.perf_counter() - begun, time.process_time() - burnt
