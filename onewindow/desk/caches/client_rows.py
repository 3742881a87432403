"""The cache rows of clients worked out from their records: what a row of a list should say, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from onewindow.desk.alarms.sources import alarms_of
from onewindow.desk.cadence import due_cache
from onewindow.desk.health.alarm import Alarm, Batch, pack
from onewindow.desk.health.scoring import health_inputs
from onewindow.desk.reference.health_weights import read_weights
from onewindow.metrics.health.completeness import completeness
from onewindow.metrics.health.score import Health, health
from onewindow.metrics.health.signals import HealthInputs, health_of
from onewindow.records.clients import BillingDetails, Client, Contact
from onewindow.records.named_tuples import NamedTuple
from onewindow.store import rows
from onewindow.store.adoption import ownership
from onewindow.store.cadence.due_cache import TouchDue
from onewindow.store.clients import cards as clients
from onewindow.store.clients import client_stats
from onewindow.store.clients.client_stats import CALM, ClientStat
from onewindow.store.engine import Store
from onewindow.store.health import snapshots
from onewindow.text.dates import utc_text

_SPARSE = 4


class Worked(NamedTuple):
    """The cache rows of a client as they should be."""

    stat: ClientStat
    touch: TouchDue | None

    @property
    def client_id(self) -> int:
        """Of which client."""
        return self.stat.client_id


def worked_out(store: Store, client_ids: Iterable[int], now: datetime) -> list[Worked]:
    """The cache rows of some clients as they should be; archived ones have none. Changes nothing."""
    worked: list[Worked] = []
    ids = sorted(client_ids)
    for low, high in ranges_of(store, ids):
        touches = due_cache.rows_between(store, low, high, now)
        worked += [
            Worked(stat, touches.get(stat.client_id))
            for stat in stats_between(store, low, high, now)
            if stat.client_id in client_ids
        ]
    return worked


def save(store: Store, worked: Sequence[Worked]) -> None:
    """Write cache rows that were worked out before; inside a write."""
    client_stats.save(store, [row.stat for row in worked])
    due_cache.save(store, {row.client_id: row.touch for row in worked})


def stats_between(store: Store, low: int, high: int, now: datetime) -> Iterator[ClientStat]:
    """The cache rows as they should be of all clients in a range of ids; archived ones have none.

    Hysteresis holds on to the band of the last week that was kept: it follows from what is on file, not from
    which change came between.
    """
    cards = clients.between(store, low, high)
    if not cards:
        return
    known = _completeness(store, cards, low, high)
    at, book = utc_text(now), read_weights(store)
    inputs = {known.client_id: known for known in health_inputs(store, low, high, at)}
    alarms = alarms_of(Batch(store, cards, inputs, now))
    bands = snapshots.bands_between(store, low, high, at)
    for client in cards:
        client_id = client.id
        score = UNKNOWN
        if not inputs[client_id].are_blank:
            score = health_of(
                inputs[client_id], client.stage, now, bands.get(client_id), book.weights(client)
            )
        yield stat_of(client, inputs[client_id], known[client_id], score, alarms.get(client_id, ()), at)


def _completeness(store: Store, cards: Sequence[Client], low: int, high: int) -> dict[int, int]:
    billing_details = {
        details.client_id: details for details in rows.of_clients(store, BillingDetails, low, high)
    }
    contacts: defaultdict[int, list[Contact]] = defaultdict(list)
    for contact in rows.of_clients(store, Contact, low, high):
        contacts[contact.client_id].append(contact)
    licences = ownership.licence_counts(store, low, high)
    return {
        card.id: completeness(card, billing_details.get(card.id), contacts[card.id], licences.get(card.id, 0))
        for card in cards
    }


def stat_of(
    client: Client,
    inputs: HealthInputs,
    known: int,
    score: Health,
    alarms: Collection[Alarm],
    at: str,
    *,
    packed: str | None = None,
) -> ClientStat:
    """A cache row; `packed` are the alarms as they are stored, if somebody has them already."""
    kinds = {alarm.kind for alarm in alarms}
    return ClientStat(
        client_id=client.id,
        owner_id=client.owner_id,
        stage=client.stage,
        health=None if score.score is None else round(score.score),
        band=score.band,
        coverage=round(100 * score.coverage),
        open_count=inputs.open_requests,
        next_due_at=inputs.next_due_at,
        last_touch_at=inputs.last_touch_at,
        completeness=known,
        computed_at=at,
        calm=CALM - max((alarm.weight for alarm in alarms), default=0),
        is_silent=int("silence" in kinds),
        is_uncovered=int("uncovered" in kinds),
        alarms=pack(alarms) if packed is None else packed,
    )


UNKNOWN = health(())
"""What no records give in any stage; an import of many new clients need not work it out for each."""


NO_INPUTS = HealthInputs(0)
"""What is on file of a client of whom nothing but the card is."""


def ranges_of(store: Store, ids: list[int]) -> list[tuple[int, int]]:
    """Ranges that cover sorted ids: one for all where they lie close together, else one for each."""
    if len(ids) < 2:
        return [(client_id, client_id) for client_id in ids]
    # A range reads neighbours that nobody asked for; up to three for one it is quicker than many queries.
    limit = _SPARSE * len(ids)
    is_dense = len(client_stats.ids_between(store, ids[0], ids[-1], limit + 1)) <= limit
    return [(ids[0], ids[-1])] if is_dense else [(client_id, client_id) for client_id in ids]
