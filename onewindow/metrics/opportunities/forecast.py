"""What open opportunities will bring: each amount by the chance of its stage, with a 95 % interval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import sqrt

from onewindow.metrics.intervals import Z95
from onewindow.records.named_tuples import NamedTuple
from onewindow.records.structs import frozen_struct


@frozen_struct
class Chance:
    """How often opportunities of a stage were won so far: `hits` of `n`, one of each kind added."""

    hits: int
    n: int

    @property
    def share(self) -> float:
        """(hits + 1) / (n + 2): of nothing known it is a half."""
        return (self.hits + 1) / (self.n + 2)

    @property
    def variance(self) -> float:
        """How unsure that share is: the variance of the Beta distribution that these counts leave."""
        return self.share * (1 - self.share) / (self.n + 3)


class Open(NamedTuple):
    """An opportunity that is not over."""

    stage: str
    amount: int
    currency: str
    month: str
    """`2026-12`, the month in which it is expected; '' for none."""


@frozen_struct
class Forecast:
    """What is expected in one month and currency, in minor units."""

    month: str
    currency: str
    n: int
    open_amount: int
    """All of it, as if everything were won."""
    expected: float
    low: float
    high: float


def forecast(opportunities: Iterable[Open], chances: Mapping[str, Chance]) -> list[Forecast]:
    """The sum of amount × chance for each currency and month ('' first: those of all months together).

    The interval takes in that each is won or not, and that the chance of a stage is known from few. Stages
    without a chance are left out.
    """
    groups: dict[tuple[str, str], list[Open]] = {}
    for one in opportunities:
        if one.stage in chances:
            groups.setdefault((one.currency, ""), []).append(one)
            if one.month:
                groups.setdefault((one.currency, one.month), []).append(one)
    return [_sum(currency, month, groups[currency, month], chances) for currency, month in sorted(groups)]


def _sum(currency: str, month: str, group: list[Open], chances: Mapping[str, Chance]) -> Forecast:
    expected = spread = 0.0
    by_stage: dict[str, int] = {}
    for one in group:
        share = chances[one.stage].share
        expected += share * one.amount
        spread += share * (1 - share) * one.amount**2
        by_stage[one.stage] = by_stage.get(one.stage, 0) + one.amount
    # A stage's chance is one number for all of them: where it is wrong, it is wrong for each.
    spread += sum(amount**2 * chances[stage].variance for stage, amount in by_stage.items())
    total, half = sum(by_stage.values()), Z95 * sqrt(spread)
    return Forecast(
        month, currency, len(group), total, expected, max(0.0, expected - half), min(total, expected + half)
    )
