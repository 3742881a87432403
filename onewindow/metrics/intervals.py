"""95 % intervals for shares, means and differences, so that no number is shown without its uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import atan, cos, hypot, isfinite, pi, sin, sqrt
from statistics import fmean, stdev

from onewindow.records.structs import frozen_struct

Z95 = 1.959963984540054
"""The two-sided 95 % point of the normal distribution."""

FEWEST = 10
"""In a group of fewer clients a share or a mean says too little to compare it."""

_EXACT_T_LIMIT = 30


@frozen_struct
class Estimate:
    """A number with the count it rests on and its 95 % interval; shares are 0 to 1."""

    value: float
    n: int
    low: float
    high: float


@frozen_struct
class Difference:
    """How far one estimate lies above another, with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def changed(self) -> bool:
        """Tell whether there is evidence of a change: the interval leaves out 0."""
        return self.low > 0 or self.high < 0


def wilson(hits: int, n: int) -> Estimate:
    """Give the share hits/n with Wilson's score interval; raise ValueError unless 0 <= hits <= n, n > 0."""
    if not 0 <= hits <= n or n == 0:
        raise ValueError(f"A share needs some cases and no more hits than cases, not {hits} of {n}.")
    share = hits / n
    spread = Z95 * Z95 / n
    middle = (share + spread / 2) / (1 + spread)
    half = sqrt(share * (1 - share) * spread + spread * spread / 4) / (1 + spread)
    low = 0.0 if hits == 0 else middle - half
    high = 1.0 if hits == n else middle + half
    return Estimate(share, n, low, high)


def adjusted_wald(plus: int, minus: int, n: int) -> Estimate:
    """Give 100 (plus - minus) / n, as in NPS, with the adjusted-Wald interval (n + 3, each count + 3/4).

    Raise ValueError unless there are cases and the two counts fit into them.
    """
    if plus < 0 or minus < 0 or plus + minus > n or n == 0:
        raise ValueError(
            f"A net score needs some cases that hold both counts, not {plus} and {minus} of {n}."
        )
    # Three quarters of a case more on each side: without them few answers give an interval of width zero.
    padded = n + 3
    up, down = (plus + 0.75) / padded, (minus + 0.75) / padded
    net = up - down
    half = Z95 * sqrt((up + down - net * net) / padded)
    return Estimate(
        100 * (plus - minus) / n, n, max(-100.0, 100 * (net - half)), min(100.0, 100 * (net + half))
    )


def mean(values: Sequence[float], lowest: float, highest: float) -> Estimate:
    """Give the mean of values on a bounded scale with Student's interval, cut to the scale.

    One value alone says nothing about its spread, so its interval is the whole scale. Raise ValueError
    without values or for one outside the scale.
    """
    n = len(values)
    if n == 0 or not all(lowest <= value <= highest for value in values):
        raise ValueError(f"A mean needs values, and each within {lowest:g} to {highest:g}.")
    middle = fmean(values)
    if n == 1:
        return Estimate(middle, n, lowest, highest)
    half = student_t95(n - 1) * stdev(values) / sqrt(n)
    return Estimate(middle, n, max(lowest, middle - half), min(highest, middle + half))


def difference(later: Estimate, earlier: Estimate) -> Difference:
    """Give later - earlier with an interval made of both (Newcombe's method 10, also called MOVER)."""
    value = later.value - earlier.value
    down = hypot(later.value - later.low, earlier.high - earlier.value)
    up = hypot(later.high - later.value, earlier.value - earlier.low)
    if not isfinite(down + up):
        raise ValueError("A difference needs two estimates with finite intervals.")
    return Difference(value, value - down, value + up)


@lru_cache(maxsize=256)
def student_t95(freedom: int) -> float:
    """Give the two-sided 95 % point of Student's t for a number of degrees of freedom of at least 1."""
    if freedom < 1:
        raise ValueError("Student's t needs at least one degree of freedom.")
    # From there on a series in 1 / freedom is right to five decimals, and needs no loop.
    if freedom > _EXACT_T_LIMIT:
        cubic = (Z95**3 + Z95) / 4
        quintic = (5 * Z95**5 + 16 * Z95**3 + 3 * Z95) / 96
        septic = (3 * Z95**7 + 19 * Z95**5 + 17 * Z95**3 - 15 * Z95) / 384
        return Z95 + cubic / freedom + quintic / freedom**2 + septic / freedom**3
    low, high = Z95, 13.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < 0.95 else (low, middle)
    return high


def _within(t: float, freedom: int) -> float:
    """Give P(|T| < t) by the finite series of Abramowitz and Stegun 26.7.3 and 26.7.4."""
    angle = atan(t / sqrt(freedom))
    odd = freedom % 2
    term = cos(angle) if odd else 1.0
    total = term if freedom > 1 else 0.0
    for step in range(2 + odd, freedom - 1, 2):
        term *= cos(angle) ** 2 * (step - 1) / step
        total += term
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total
