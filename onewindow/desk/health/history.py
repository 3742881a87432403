"""How a client's health went, week by week, and what moved since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from onewindow.desk.health.scoring import health_inputs
from onewindow.desk.reference.health_weights import read_weights
from onewindow.metrics.health.score import Health
from onewindow.metrics.health.signals import health_of
from onewindow.records.clients import Client
from onewindow.store.engine import Store
from onewindow.store.health import snapshots as health_snapshots
from onewindow.store.health.snapshots import HealthSnapshot
from onewindow.store.listing import by_ids
from onewindow.text.dates import utc_text, week_number

AT_ONCE = 500
"""How many clients one call looks at."""


def keep_week(store: Store, now: datetime, after: int = 0) -> int | None:
    """Keep this week's health of some clients who have none yet, from the id `after` on; None at the end.

    A call costs about a tenth of a second; a screen makes one between two keys or in a worker.
    """
    week = week_number(now.date())
    ids, next_after = health_snapshots.without(store, week, after, AT_ONCE)
    if ids:
        # Worked out before the lock is taken, so that nobody's write waits for it.
        taken = list(snapshots(store, ids, now))
        with store.exclusive():
            health_snapshots.save(store, taken)
    return next_after


def kept_this_week(store: Store, now: datetime) -> int:
    """How many clients have a snapshot of this week."""
    return health_snapshots.count(store, week_number(now.date()))


def snapshots(store: Store, client_ids: Iterable[int], now: datetime) -> Iterator[HealthSnapshot]:
    """The health of some clients now, as a snapshot of this week keeps it."""
    ids = sorted(client_ids)
    clients = by_ids(store, Client, set(ids))
    book, at = read_weights(store), utc_text(now)
    # One range over the ids instead of a query for each: rows between them cost less than the queries.
    inputs = {known.client_id: known for known in health_inputs(store, ids[0], ids[-1], at)} if ids else {}
    bands = health_snapshots.bands_between(store, ids[0], ids[-1], at) if ids else {}
    for client_id in ids:
        client = clients[client_id]
        health = health_of(inputs[client_id], client.stage, now, bands.get(client_id), book.weights(client))
        yield snapshot_of(client_id, health, now)


def snapshot_of(client_id: int, health: Health, now: datetime) -> HealthSnapshot:
    """One client's health as a snapshot."""
    return HealthSnapshot(
        client_id=client_id,
        week=week_number(now.date()),
        score=None if health.score is None else round(health.score),
        band=health.band,
        coverage=round(100 * health.coverage),
        points={part.signal.name: round(part.points, 1) for part in health.contributions},
        taken_at=utc_text(now),
    )


def before_this_week(store: Store, client_id: int, now: datetime) -> HealthSnapshot | None:
    """The newest snapshot of an earlier week, the one against which a change is told."""
    week = week_number(now.date())
    earlier = [
        snapshot
        for snapshot in health_snapshots.of_client(store, client_id, week - 8)
        if snapshot.week < week
    ]
    return earlier[-1] if earlier else None
