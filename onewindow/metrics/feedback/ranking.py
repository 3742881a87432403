"""What wishes are worth: clients' opinions on features, weighed by what the clients pay and by age."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from onewindow.records.named_tuples import NamedTuple

LIGHTEST, HEAVIEST = 0.5, 3.0
HALF_LIFE_DAYS = 365


class Opinion(NamedTuple):
    """What one client thinks of one feature on a day; importance is 0 (idle) to 3 (cannot work without)."""

    client_id: int
    feature_id: int
    importance: int
    said_on: date


@dataclass(frozen=True, slots=True)
class FeatureRank:
    """A feature's place: 1 is first, equal impacts share a place."""

    feature_id: int
    clients: int
    importance: int
    """Sum over the clients."""
    impact: float
    rank: int
    plain_impact: float
    """The impact if every client weighed 1."""
    plain_rank: int


def relative_values(values: Mapping[int, Mapping[str, int]]) -> dict[int, float]:
    """Annual values by client and currency, as multiples of the median of those who pay in that currency.

    A client with several currencies has the sum. Amounts are minor units; nothing is converted.
    """
    paid: defaultdict[str, list[int]] = defaultdict(list)
    for amounts in values.values():
        for currency, amount in amounts.items():
            if amount > 0:
                paid[currency].append(amount)
    middle = {currency: median(amounts) for currency, amounts in paid.items()}
    return {
        client: math.fsum(amount / middle[currency] for currency, amount in amounts.items() if amount > 0)
        for client, amounts in values.items()
    }


def weight(relative_value: float) -> float:
    """The weight of a client who pays that multiple of the median: its root, from 0.5 to 3."""
    return min(HEAVIEST, max(LIGHTEST, math.sqrt(max(0.0, relative_value))))


def recency(said_on: date, on: date) -> float:
    """How much an opinion counts on a day: 1 when new, half after each 365 days."""
    return 2.0 ** (-max(0, (on - said_on).days) / HALF_LIFE_DAYS)


def latest(opinions: Iterable[Opinion]) -> list[Opinion]:
    """One opinion for each client and feature: the latest, of one day the one that comes last."""
    newest: dict[tuple[int, int], Opinion] = {}
    for opinion in opinions:
        key = opinion[:2]
        known = newest.get(key)
        if known is None or opinion.said_on >= known.said_on:
            newest[key] = opinion
    return list(newest.values())


def impact(opinion: Opinion, client_weight: float, on: date) -> float:
    """What one opinion adds to its feature on a day: importance, times weight, times recency."""
    return opinion.importance * client_weight * recency(opinion.said_on, on)


def ranking(opinions: Iterable[Opinion], weights: Mapping[int, float], on: date) -> list[FeatureRank]:
    """The features by impact on a day, the first first; a client without a weight has the least."""
    fresh: dict[date, float] = {}
    sums: defaultdict[int, tuple[list[float], list[float], list[int]]]
    sums = defaultdict(lambda: ([], [], []))
    for client_id, feature_id, importance, said_on in latest(opinions):
        newness = fresh.get(said_on)
        if newness is None:
            # Many opinions share a day, and the power costs more than all the rest of an opinion.
            newness = fresh[said_on] = recency(said_on, on)
        weighed, plain, importances = sums[feature_id]
        weighed.append(importance * weights.get(client_id, LIGHTEST) * newness)
        plain.append(importance * newness)
        importances.append(importance)
    impacts = {feature: math.fsum(weighed) for feature, (weighed, _, _) in sums.items()}
    plain_impacts = {feature: math.fsum(plain) for feature, (_, plain, _) in sums.items()}
    places, plain_places = _places(impacts), _places(plain_impacts)
    ranks = [
        FeatureRank(
            feature_id=feature,
            clients=len(importances),
            importance=sum(importances),
            impact=impacts[feature],
            rank=places[feature],
            plain_impact=plain_impacts[feature],
            plain_rank=plain_places[feature],
        )
        for feature, (_, _, importances) in sums.items()
    ]
    return sorted(ranks, key=lambda ranked: (ranked.rank, ranked.plain_rank, ranked.feature_id))


def sums_of(
    clients: Iterable[int], values: Mapping[int, Mapping[str, int]], only: Collection[int] | None = None
) -> dict[str, int]:
    """What some clients pay together, by currency, the largest amount first; each client once.

    With `only` those of them alone who are in it. Amounts are minor units; nothing is converted.
    """
    sums: dict[str, int] = {}
    for client_id in set(clients):
        if only is not None and client_id not in only:
            continue
        for currency, amount in values.get(client_id, {}).items():
            sums[currency] = sums.get(currency, 0) + amount
    return dict(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))


def _places(impacts: Mapping[int, float]) -> dict[int, int]:
    order = sorted(impacts.values(), reverse=True)
    first = {value: place for place, value in reversed(list(enumerate(order, start=1)))}
    return {feature: first[value] for feature, value in impacts.items()}
