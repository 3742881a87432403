"""What any metric comes to: one number with its n and 95 % interval, and how two such numbers compare."""

from __future__ import annotations

from onewindow.metrics.intervals import Difference, Estimate, difference
from onewindow.metrics.ratios import OpenEstimate
from onewindow.records.structs import frozen_struct

FEW = 10
"""Below this many cases a figure says that they are few."""


@frozen_struct
class Figure:
    """A number, None where the cases give none, the cases behind it and its 95 % interval.

    `parts` are counts and numbers beside it, each with its name and ready to be read.
    """

    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    few_below: int = FEW
    parts: tuple[tuple[str, float], ...] = ()
    """Numbers that belong to it, by name: the promoters of an NPS, the clients lost."""

    @property
    def is_few(self) -> bool:
        """Whether it rests on too few cases to be compared."""
        return self.n < self.few_below


def figure_of(estimate: Estimate | OpenEstimate | None, n: int = 0, /, **parts: float) -> Figure:
    """A figure from an estimate, or one without a number of `n` cases; an underscore in a name is a space."""
    named = tuple((name.replace("_", " "), value) for name, value in parts.items())
    if estimate is None:
        return Figure(n, parts=named)
    return Figure(estimate.n, estimate.value, estimate.low, estimate.high, parts=named)


@frozen_struct
class Change:
    """How a figure moved: the difference with its interval, or None and why there is none."""

    difference: Difference | None
    why_not: str = ""

    @property
    def is_evident(self) -> bool:
        """Whether there is evidence of a change: the interval of the difference leaves out 0."""
        return self.difference is not None and self.difference.changed


def change(later: Figure, earlier: Figure) -> Change:
    """How a figure differs from an earlier one; without both numbers and intervals it says why it cannot."""
    for figure, which in ((later, "now"), (earlier, "then")):
        if figure.value is None:
            return Change(None, f"there is no number {which}")
        if figure.low is None or figure.high is None:
            return Change(None, f"there is no interval {which}")
    return Change(difference(_closed(later), _closed(earlier)))


def _closed(figure: Figure) -> Estimate:
    return Estimate(figure.value or 0.0, figure.n, figure.low or 0.0, figure.high or 0.0)
