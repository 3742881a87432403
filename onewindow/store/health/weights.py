"""The sets of weights by which health is worked out."""

from __future__ import annotations

from onewindow.records.health import HealthWeights
from onewindow.store.engine import Store
from onewindow.store.rows import fetch


def all_sets(store: Store) -> list[HealthWeights]:
    """Every set, archived ones too, by tier and time of life."""
    return fetch(store, HealthWeights, "ORDER BY tier, life, id LIMIT 200")
