"""Which weights count for a client: those of its segment, else of its tier, else of all, else our own."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.desk.reference.policy_segments import CardSegments
from onewindow.metrics.health.score import ACTIVE_WEIGHTS, ONBOARDING_WEIGHTS
from onewindow.records.clients import Client
from onewindow.records.health import HealthWeights
from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Store
from onewindow.store.people import organization

SIGNALS = tuple(ACTIVE_WEIGHTS)
"""The names of the signals, which are the fields of a set of weights."""

_ONBOARDING_STAGES = ("handover", "onboarding")


@frozen_struct
class WeightBook:
    """All sets of weights of a file; read once, asked often, in the thread of its store."""

    sets: Mapping[tuple[int | None, str, str], HealthWeights]
    """By segment (None for everybody), tier ('' for every tier) and time of life."""
    segments: CardSegments | None = None
    """The segments that choose weights, None where none does."""

    def weights(self, client: Client) -> Mapping[str, float]:
        """The weight of each signal for a client."""
        weights = self.chosen(client)
        if weights is None:
            return ONBOARDING_WEIGHTS if _life(client) == "onboarding" else ACTIVE_WEIGHTS
        return {name: getattr(weights, name) for name in SIGNALS}

    def chosen(self, client: Client) -> HealthWeights | None:
        """The set that counts for a client, None for the program's own.

        A set of a segment counts before one of a tier; of several segments the one whose set was made last.
        """
        life = _life(client)
        mine = sorted(self.segments.of(client.id)) if self.segments is not None else []
        for tier in (client.tier, ""):
            candidates = [
                candidate for segment in mine if (candidate := self.sets.get((segment, tier, life)))
            ]
            if candidates:
                return max(candidates, key=lambda weights: weights.id)
        return self.sets.get((None, client.tier, life)) or self.sets.get((None, "", life))


def read_weights(store: Store) -> WeightBook:
    """The sets of weights of a file."""
    sets = organization.health_weights(store)
    living = {
        (weights.segment_id, weights.tier, weights.life): weights
        for weights in sets
        if weights.archived_at is None
    }
    used = {segment for segment, _, _ in living if segment is not None}
    return WeightBook(living, CardSegments(store, used) if used else None)


def _life(client: Client) -> str:
    return "onboarding" if client.stage in _ONBOARDING_STAGES else "active"
