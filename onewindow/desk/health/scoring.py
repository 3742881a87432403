"""A client's health from the records: rows of the store become what `metrics/health/signals.py` asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from onewindow.metrics.health.score import Health
from onewindow.metrics.health.signals import WINDOW_DAYS, HealthInputs, SurveyAnswer, health_of
from onewindow.records.clients import Client
from onewindow.store.engine import Store
from onewindow.store.health import inputs, snapshots
from onewindow.text.dates import utc_text
from onewindow.text.layout.cells import Tone

BAND_TONES: Mapping[str, Tone] = {"red": "late", "amber": "warn", "green": "good", "unknown": "dim"}
"""How a band of health is coloured, on every screen."""


def client_health(
    store: Store,
    client: Client,
    now: datetime,
    weights: Mapping[str, float] | None = None,
) -> Health:
    """The health of one client now; hysteresis holds on to the band of the week before."""
    at = utc_text(now)
    inputs_of_client = next(health_inputs(store, client.id, client.id, at), HealthInputs(client.id))
    before = snapshots.bands_between(store, client.id, client.id, at)
    return health_of(inputs_of_client, client.stage, now, before.get(client.id), weights)


def health_inputs(store: Store, low: int, high: int, now: str) -> Iterator[HealthInputs]:
    """What is known of all clients with an id from `low` to `high`, by id; `now` is UTC text.

    Clients are read a thousand at a time, so memory does not grow with the file.
    """
    since = (date.fromisoformat(now[:10]) - timedelta(days=WINDOW_DAYS)).isoformat()
    for client_id, survey, facts in inputs.facts(store, low, high, now, since):
        if facts:
            yield HealthInputs(client_id, SurveyAnswer(*survey) if survey else None, *facts)
        else:
            yield HealthInputs(client_id)
