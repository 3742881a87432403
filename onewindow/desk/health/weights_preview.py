"""What other weights of health would make of the clients: bands before and after, counted while one types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from onewindow.desk.health.scoring import health_inputs
from onewindow.desk.reference.health_weights import SIGNALS, WeightBook, read_weights
from onewindow.desk.reference.policy_segments import CardSegments
from onewindow.metrics.health.score import ACTIVE_WEIGHTS, ONBOARDING_WEIGHTS, Band, weight_shares
from onewindow.metrics.health.signals import health_of
from onewindow.records.clients import Client
from onewindow.records.health import HealthWeights
from onewindow.records.structs import frozen_struct
from onewindow.store.clients import cards as clients
from onewindow.store.clients import client_stats
from onewindow.store.engine import Store
from onewindow.store.health import snapshots
from onewindow.text.dates import utc_text

BANDS: tuple[Band, ...] = ("red", "amber", "green", "unknown")
_AT_ONCE = 500


@frozen_struct
class Preview:
    """Clients by band before and after, of my own and of all that were looked at so far."""

    mine: Mapping[tuple[Band, Band], int]
    everybody: Mapping[tuple[Band, Band], int]
    looked: int
    total: int

    @property
    def is_complete(self) -> bool:
        """Whether all clients were looked at."""
        return self.looked >= self.total


def preview(
    store: Store, proposed: HealthWeights, replaced: HealthWeights | None, now: datetime, owner_id: int
) -> Iterator[Preview]:
    """Count the bands of all clients under the weights on file and under a set as it would be saved.

    `replaced` is that set as it stands on file, None for a new one. A preview comes every few hundred
    clients; `store` belongs to the thread that reads.
    """
    before = read_weights(store)
    after = _with(store, before, proposed, replaced)
    mine: Counter[tuple[Band, Band]] = Counter()
    everybody: Counter[tuple[Band, Band]] = Counter()
    total, looked = client_stats.count(store), 0
    for page in _pages(store):
        for client, bands in _judged(store, page, now, before, after):
            looked += 1
            everybody[bands] += 1
            mine[bands] += client.owner_id == owner_id
        # Clients may be added while this reads: never more looked at than there are.
        yield Preview(dict(mine), dict(everybody), looked, max(total, looked))
    if not looked:
        yield Preview({}, {}, 0, 0)


def preview_lines(counted: Preview) -> list[str]:
    """Counts in two lines: `my clients: red 3 → 4, amber 10 → 9, green 20, unknown 8`."""
    seen = "" if counted.is_complete else f" of {counted.looked} looked at so far"
    return [f"my clients: {_counts(counted.mine)}", f"all clients{seen}: {_counts(counted.everybody)}"]


def shares_text(weights: Mapping[str, float]) -> str:
    """What each signal counts, in percent of all: `adoption 35 %, support 20 %, …`; 0 is left out."""
    shares = {name: share for name, share in weight_shares(weights).items() if share}
    if not shares:
        return "every weight is 0: no health"
    return ", ".join(f"{name} {100 * share:.0f} %" for name, share in shares.items())


def weights_of(record: HealthWeights) -> dict[str, float]:
    """The weights of a set by signal."""
    return {name: getattr(record, name) for name in SIGNALS}


def own_weights(life: str) -> Mapping[str, float]:
    """The program's own weights for a time of life."""
    return ONBOARDING_WEIGHTS if life == "onboarding" else ACTIVE_WEIGHTS


def _with(
    store: Store, book: WeightBook, proposed: HealthWeights, replaced: HealthWeights | None
) -> WeightBook:
    sets = {
        key: weights for key, weights in book.sets.items() if replaced is None or weights.id != replaced.id
    }
    sets[proposed.segment_id, proposed.tier, proposed.life] = proposed
    used = {segment for segment, _, _ in sets if segment is not None}
    return replace(book, sets=sets, segments=CardSegments(store, used) if used else None)


def _judged(
    store: Store, page: Sequence[Client], now: datetime, before: WeightBook, after: WeightBook
) -> Iterator[tuple[Client, tuple[Band, Band]]]:
    low, high = page[0].id, page[-1].id
    at = utc_text(now)
    known = {inputs.client_id: inputs for inputs in health_inputs(store, low, high, at)}
    bands = snapshots.bands_between(store, low, high, at)
    for client in page:
        inputs, band = known[client.id], bands.get(client.id)
        # The same band of before for both: what differs is what the weights make, not hysteresis.
        old = health_of(inputs, client.stage, now, band, before.weights(client))
        new = health_of(inputs, client.stage, now, band, after.weights(client))
        yield client, (old.band, new.band)


def _pages(store: Store) -> Iterator[list[Client]]:
    after = 0
    while True:
        page = clients.after(store, after, _AT_ONCE)
        if page:
            yield page
        if len(page) < _AT_ONCE:
            return
        after = page[-1].id


def _counts(moves: Mapping[tuple[Band, Band], int]) -> str:
    parts: list[str] = []
    for band in BANDS:
        old = sum(count for (before, _), count in moves.items() if before == band)
        new = sum(count for (_, after), count in moves.items() if after == band)
        parts.append(f"{band} {old}" if old == new else f"{band} {old} → {new}")
    moved = sum(count for (before, after), count in moves.items() if before != after)
    return f"{', '.join(parts)}; {moved} would change" if moved else f"{', '.join(parts)}; none would change"
