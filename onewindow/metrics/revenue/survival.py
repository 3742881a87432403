"""How long clients stay: Kaplan and Meier's curve, with clients who are still here counted as such."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import exp, log, sqrt

from onewindow.metrics.intervals import Z95, Estimate
from onewindow.records.structs import frozen_struct


@frozen_struct
class Spell:
    """How long a client has been here, in any one unit, and whether they have left."""

    length: float
    ended: bool


@frozen_struct
class SurvivalPoint:
    """The share that stays longer than a time at which somebody left.

    `error` is Greenwood's standard error; the interval takes it on the log(-log) scale to stay within 0 to 1.
    """

    time: float
    at_risk: int
    ended: int
    share: float
    error: float
    low: float
    high: float


@frozen_struct
class Survival:
    """The curve: clients, how many of them left, the longest time seen, a point per time of leaving."""

    n: int
    ended: int
    longest: float
    points: tuple[SurvivalPoint, ...]

    def share_at(self, time: float) -> float:
        """Give the share that stays longer than this time."""
        return next((point.share for point in reversed(self.points) if point.time <= time), 1.0)

    def median(self) -> float | None:
        """Give the time by which half have left, None while fewer than half did."""
        return next((point.time for point in self.points if point.share <= 0.5), None)


def kaplan_meier(spells: Iterable[Spell]) -> Survival:
    """Give the survival curve; raise ValueError without spells or for a negative length.

    Who is still here at the very time when another leaves counts as at risk then.
    """
    known = list(spells)
    if not known or any(spell.length < 0 for spell in known):
        raise ValueError("A survival curve needs clients, each with a length of stay that is not negative.")
    leaving = Counter(spell.length for spell in known if spell.ended)
    seen = Counter(spell.length for spell in known)
    at_risk = len(known)
    share, spread = 1.0, 0.0
    points: list[SurvivalPoint] = []
    for time in sorted(seen):
        left = leaving[time]
        # Greenwood's sum; its last term has no value when all who were at risk leave at once.
        if left:
            share *= 1 - left / at_risk
            spread += left / (at_risk * (at_risk - left)) if left < at_risk else 0.0
            points.append(_point(time, at_risk, left, share, spread))
        at_risk -= seen[time]
    return Survival(len(known), sum(leaving.values()), max(seen), tuple(points))


def restricted_mean(curve: Survival, horizon: float | None = None) -> Estimate:
    """Give the mean stay within a horizon: the area under the curve, with Greenwood's interval.

    The horizon is the longest time seen unless given; it may not lie beyond that while some are still here.
    """
    end = curve.longest if horizon is None else horizon
    if end < 0 or (end > curve.longest and curve.share_at(curve.longest) > 0):
        raise ValueError("The horizon of a restricted mean must lie within the time that was seen.")
    points = [point for point in curve.points if point.time < end]
    edges = [0.0, *(point.time for point in points), end]
    areas = [
        (b - a) * share
        for (a, b), share in zip(pairwise(edges), [1.0, *(point.share for point in points)], strict=True)
    ]
    value = sum(areas)
    half = Z95 * sqrt(_area_variance(points, areas[1:]))
    return Estimate(value, curve.n, max(0.0, value - half), min(end, value + half))


def _area_variance(points: Sequence[SurvivalPoint], areas: Sequence[float]) -> float:
    """Sum (area to the right)^2 d / (r (r - d)) over the times of leaving."""
    variance, right = 0.0, 0.0
    for point, area in zip(reversed(points), reversed(areas), strict=True):
        right += area
        stay = point.at_risk - point.ended
        variance += right * right * point.ended / (point.at_risk * stay) if stay else 0.0
    return variance


def _point(time: float, at_risk: int, ended: int, share: float, spread: float) -> SurvivalPoint:
    if share <= 0:
        return SurvivalPoint(time, at_risk, ended, 0.0, 0.0, 0.0, 0.0)
    # The interval of log(-log(share)): on that scale it cannot leave 0 to 1, however few clients there are.
    reach = exp(Z95 * sqrt(spread) / log(share))
    return SurvivalPoint(
        time, at_risk, ended, share, share * sqrt(spread), share ** (1 / reach), share**reach
    )
