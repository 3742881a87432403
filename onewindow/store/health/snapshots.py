"""How clients stood week by week: written once a week and client, never changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, get_args

from onewindow.records.structs import frozen_struct
from onewindow.store.clients.client_stats import Band
from onewindow.store.engine import Store


@frozen_struct
class HealthSnapshot:
    """Health in one week (`week`: whole weeks since Monday 1970-01-05); `points` are those of each signal."""

    client_id: int
    week: int
    score: int | None
    band: Band
    coverage: int
    """Percent of the weight that fresh signals covered."""
    points: Mapping[str, float]
    taken_at: str


def save(store: Store, snapshots: Iterable[HealthSnapshot]) -> None:
    """Keep snapshots; a week that is known stays as it is. Inside a write."""
    store.execute_many(
        "INSERT INTO health_snapshot (client_id, week, score, band, coverage, points, taken_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (client_id, week) DO NOTHING",
        [
            (
                snapshot.client_id,
                snapshot.week,
                snapshot.score,
                snapshot.band,
                snapshot.coverage,
                json.dumps(dict(snapshot.points)),
                snapshot.taken_at,
            )
            for snapshot in snapshots
        ],
    )


_NAMES = ("client_id", "week", "score", "band", "coverage", "points", "taken_at")


def of_client(store: Store, client_id: int, since_week: int) -> list[HealthSnapshot]:
    """A client's snapshots from a week on, the oldest first."""
    rows = store.rows(
        f"SELECT {', '.join(_NAMES)} FROM health_snapshot"
        " WHERE client_id = :client AND week >= :since ORDER BY week",
        client=client_id,
        since=since_week,
    )
    return [_snapshot(row) for row in rows]


def everything(store: Store) -> Iterator[HealthSnapshot]:
    """The snapshots of all clients, by client and week."""
    clients = store.rows("SELECT DISTINCT client_id FROM health_snapshot ORDER BY client_id")
    for (client_id,) in clients:
        yield from of_client(store, client_id, 0)


def total(store: Store) -> int:
    """How many snapshots there are."""
    return store.scalar("SELECT COUNT(*) FROM health_snapshot")


def read_band(word: str) -> Band:
    """The band that a word of a copy means; raises ValueError for another word."""
    for band in get_args(Band):
        if word == band:
            return band
    raise ValueError(f"“{word}” is no band of health")


def _snapshot(row: Sequence[Any]) -> HealthSnapshot:
    values = dict(zip(_NAMES, row, strict=True))
    return HealthSnapshot(**{**values, "points": json.loads(values["points"])})


def bands_between(store: Store, low: int, high: int, at: str) -> dict[int, Band]:
    """The bands of the newest snapshots of some clients taken before an instant (UTC text), by client."""
    # In the order of the index: the last one of a client is the newest.
    return dict(
        store.rows(
            "SELECT client_id, band FROM health_snapshot WHERE client_id BETWEEN :low AND :high"
            " AND taken_at < :at ORDER BY client_id, week",
            low=low,
            high=high,
            at=at,
        )
    )


def scores(store: Store, client_id: int, since_week: int) -> list[tuple[int, int | None]]:
    """Week and score of a client from a week on, the oldest first: what a row of bars needs."""
    return [
        (row[0], row[1])
        for row in store.rows(
            "SELECT week, score FROM health_snapshot WHERE client_id = :client AND week >= :since"
            " ORDER BY week",
            client=client_id,
            since=since_week,
        )
    ]


def without(store: Store, week: int, after: int, limit: int) -> tuple[list[int], int | None]:
    """Listed clients behind `after` who have no snapshot of a week, and where to go on (None: the end).

    Looks at `limit` clients at most, so that it can be asked again and again between two keys.
    """
    rows = store.rows(
        "SELECT s.client_id, h.week FROM client_stat s"
        " LEFT JOIN health_snapshot h ON h.client_id = s.client_id AND h.week = :week"
        " WHERE s.client_id > :after ORDER BY s.client_id LIMIT :limit",
        week=week,
        after=after,
        limit=limit,
    )
    end = rows[-1][0] if len(rows) == limit else None
    return [client_id for client_id, known in rows if known is None], end


def count(store: Store, week: int) -> int:
    """How many snapshots a week has."""
    return store.scalar("SELECT COUNT(*) FROM health_snapshot WHERE week = :week", week=week)
