"""How what a client buys changes: each month against the same month of the year before."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Literal

from onewindow.metrics.intervals import Estimate, mean
from onewindow.records.structs import frozen_struct

MONTHS = 12
MIN_SHARE = 0.1
"""A change of less of what was paid before is none worth a look."""
Direction = Literal["falling", "growing", "no evidence of change", "new", "stopped", "nothing bought"]


@frozen_struct
class PurchaseTrend:
    """What was paid in twelve months and in the twelve before, and the mean change of a month."""

    before: int
    now: int
    change: Estimate
    """Of a month against the same one a year before, with Student's 95 % interval over the twelve."""

    @property
    def direction(self) -> Direction:
        """What the numbers allow to say."""
        if not self.before and not self.now:
            return "nothing bought"
        if not self.before:
            return "new"
        if not self.now:
            return "stopped"
        if self.change.low <= 0 <= self.change.high or abs(self.now - self.before) < MIN_SHARE * self.before:
            return "no evidence of change"
        return "growing" if self.change.value > 0 else "falling"


def purchase_trend(before: Sequence[int], now: Sequence[int]) -> PurchaseTrend:
    """Give the trend from twelve months and the twelve before them, each in its place, in minor units.

    Raise ValueError for another number of months.
    """
    if len(before) != MONTHS or len(now) != MONTHS:
        raise ValueError(f"A purchase trend needs {MONTHS} months and the {MONTHS} before.")
    changes = [new - old for old, new in zip(before, now, strict=True)]
    return PurchaseTrend(sum(before), sum(now), mean(changes, -inf, inf))
