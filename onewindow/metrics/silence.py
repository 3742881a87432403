"""Silence: fewer touches, or less use, than the client's own history predicts."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, lgamma, log

from onewindow.records.values import value_class

MIN_PERIODS = 6
"""Below this many past periods nothing is predicted."""

WARNING_PROBABILITY = 0.05


@value_class
class Silence:
    """What the history predicts for the period, what was seen, and how likely so few are."""

    expected: float
    seen: int
    probability: float

    @property
    def warning(self) -> bool:
        """Tell whether so few are unlikely enough to ask the client."""
        return self.probability < WARNING_PROBABILITY


def silence(history: Sequence[int], seen: int, share_passed: float = 1.0) -> Silence | None:
    """Compare the count of this period with the counts of past periods of equal length; None with too few.

    `share_passed` tells how much of the period is over (0 to 1). Counts are taken as Poisson with a rate
    learnt from the history (Jeffreys prior), which makes the prediction negative binomial.
    """
    if len(history) < MIN_PERIODS or share_passed <= 0:
        return None
    if seen < 0 or share_passed > 1 or min(history) < 0:
        raise ValueError("Counts cannot be negative, and no more than the whole period can have passed.")
    shape = sum(history) + 0.5
    rate = len(history) / share_passed
    expected = sum(history) / rate
    stay, go = log(rate / (rate + 1)), log(1 / (rate + 1))
    terms = (
        exp(lgamma(shape + k) - lgamma(shape) - lgamma(k + 1) + shape * stay + k * go)
        for k in range(seen + 1)
    )
    return Silence(expected, seen, min(1.0, sum(terms)))
