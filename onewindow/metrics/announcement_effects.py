"""Whether training on a release goes with repeat sales, and how soon it is used: counts in, shares out."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.metrics.intervals import FEWEST, Difference, Estimate, difference, wilson
from onewindow.metrics.revenue.survival import Spell, kaplan_meier
from onewindow.records.structs import frozen_struct

NO_EXPERIMENT = (
    "This is no experiment: who came to a session may have been more active before it. A difference shows"
    " where to look, not what the training did."
)


@frozen_struct
class Group:
    """Some clients: how many, and at how many of them something happened."""

    n: int
    hits: int


@frozen_struct
class Comparison:
    """Two shares and how far the first lies above the second; None where a group has nobody."""

    trained: Estimate | None
    untrained: Estimate | None
    difference: Difference | None

    @property
    def verdict(self) -> str:
        """What the numbers allow to say."""
        if self.trained is None or self.untrained is None or self.difference is None:
            return "nobody to compare with"
        if min(self.trained.n, self.untrained.n) < FEWEST:
            return f"too few to compare, fewer than {FEWEST} in a group"
        if not self.difference.changed:
            return "no evidence of change"
        return "more often after training" if self.difference.value > 0 else "less often after training"


def compared(trained: Group, untrained: Group) -> Comparison:
    """Compare two shares: Wilson's interval for each, Newcombe's method 10 for the difference.

    R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890. Raise ValueError for more hits than clients.
    """
    first = wilson(trained.hits, trained.n) if trained.n else None
    second = wilson(untrained.hits, untrained.n) if untrained.n else None
    gap = difference(first, second) if first is not None and second is not None else None
    return Comparison(first, second, gap)


@frozen_struct
class FirstUse:
    """How soon something is used after training, in weeks; 0 is the week of the training itself."""

    n: int
    """Clients who were trained and had not used it before."""
    used: int
    median: float | None
    """Weeks within which half of them used it, by Kaplan and Meier; None while fewer than half did."""


def first_use(waits: Sequence[tuple[int, bool]]) -> FirstUse:
    """Give the median wait until the first use, from weeks waited and whether it was used at their end.

    Who has not used it yet counts as waiting on. Raise ValueError for a negative wait.
    """
    if not waits:
        return FirstUse(0, 0, None)
    curve = kaplan_meier(Spell(weeks, was_used) for weeks, was_used in waits)
    return FirstUse(curve.n, curve.ended, curve.median())
