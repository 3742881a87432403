"""Which weights count for a client: those of his tier and time of life, else of every tier, else our own."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.metrics.health import ACTIVE_WEIGHTS, ONBOARDING_WEIGHTS
from onewindow.records.clients import Client
from onewindow.records.health import HealthWeights
from onewindow.records.values import value_class
from onewindow.store.engine import Store
from onewindow.store.rows import fetch

SIGNALS = tuple(ACTIVE_WEIGHTS)
"""The names of the signals, which are the fields of a set of weights."""

_ONBOARDING_STAGES = ("handover", "onboarding")


@value_class
class WeightBook:
    """All sets of weights of a file; read once, asked often."""

    sets: Mapping[tuple[str, str], HealthWeights]
    """By tier ('' for every tier) and time of life."""
    changed_at: str
    """When one was last changed (UTC text), '' without any; older scores may be weighed otherwise."""

    def weights(self, client: Client) -> Mapping[str, float]:
        """The weight of each signal for a client."""
        found = self.chosen(client)
        if found is None:
            return ONBOARDING_WEIGHTS if _life(client) == "onboarding" else ACTIVE_WEIGHTS
        return {name: getattr(found, name) for name in SIGNALS}

    def chosen(self, client: Client) -> HealthWeights | None:
        """The set that counts for a client, None for the program's own."""
        life = _life(client)
        return self.sets.get((client.tier, life)) or self.sets.get(("", life))


def read_weights(store: Store) -> WeightBook:
    """The sets of weights of a file."""
    found = fetch(store, HealthWeights, "ORDER BY tier, life, id LIMIT 200")
    changed = max((each.updated_at for each in found), default="")
    living = {(each.tier, each.life): each for each in found if each.archived_at is None}
    return WeightBook(living, changed)


def _life(client: Client) -> str:
    return "onboarding" if client.stage in _ONBOARDING_STAGES else "active"
