"""From numbers to cells: the ends of an axis, its round numbers, and where a number lies on it."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor, isfinite, log10

from onewindow.records.structs import frozen_struct

_ROUND = (1, 2, 2.5, 5, 10)


@frozen_struct
class Scale:
    """An axis from its lowest to its highest number over some cells."""

    low: float
    high: float
    cells: int

    def cell(self, value: float) -> int:
        """The cell in which a number lies, the first is 0; what lies outside is drawn at the edge."""
        return min(self.cells - 1, max(0, round(self.share(value) * (self.cells - 1))))

    def share(self, value: float) -> float:
        """How far a number lies along the axis, 0 to 1."""
        span = self.high - self.low
        return min(1.0, max(0.0, (value - self.low) / span)) if span else 0.5

    def holds(self, value: float) -> bool:
        """Whether a number lies on the axis and not beyond its ends."""
        return self.low <= value <= self.high


def scale_of(
    values: Iterable[float | None], cells: int, low: float | None = None, high: float | None = None
) -> Scale:
    """An axis that holds all numbers and 0, with round ends; `low` and `high` fix an end.

    Without a number it is 0 to 1.
    """
    known = [value for value in values if value is not None and isfinite(value)]
    first = low if low is not None else min([0.0, *known])
    last = high if high is not None else max([0.0, *known])
    if first == last:
        last = first + 1
    step = round_step((last - first) / 4)
    return Scale(
        first if low is not None else floor(first / step + 1e-9) * step,
        last if high is not None else ceil(last / step - 1e-9) * step,
        max(1, cells),
    )


def round_step(least: float) -> float:
    """The next round number from one above 0 on: 1, 2, 2.5 or 5 times a power of ten."""
    if least <= 0 or not isfinite(least):
        return 1.0
    power = 10.0 ** floor(log10(least))
    return next(factor * power for factor in _ROUND if factor * power >= least * (1 - 1e-9))


def ticks(scale: Scale, most: int) -> list[float]:
    """Round numbers along an axis, `most` of them or fewer, its ends first of all."""
    if most < 2:
        return [scale.low]
    step = round_step((scale.high - scale.low) / (most - 1))
    first = ceil(scale.low / step - 1e-9)
    inner = [count * step for count in range(first, floor(scale.high / step + 1e-9) + 1)]
    found = [scale.low, *(value for value in inner if scale.low < value < scale.high), scale.high]
    return found if len(found) <= most else [scale.low, scale.high]
