"""Means without a bounded scale, ratios of sums and products, each with its 95 % interval."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, fsum, hypot, log, sqrt
from statistics import fmean, stdev

from onewindow.metrics.intervals import student_t95
from onewindow.records.structs import frozen_struct


@frozen_struct
class OpenEstimate:
    """A number with the count that it rests on; `low` and `high` are None where the data give no bound."""

    value: float
    n: int
    low: float | None
    high: float | None


def average(values: Sequence[float]) -> OpenEstimate:
    """Give the mean of any numbers with Student's interval; of one number alone there is none.

    Raise ValueError without numbers.
    """
    n = len(values)
    if n == 0:
        raise ValueError("A mean needs at least one number.")
    middle = fmean(values)
    if n == 1:
        return OpenEstimate(middle, n, None, None)
    half = student_t95(n - 1) * stdev(values) / sqrt(n)
    return OpenEstimate(middle, n, middle - half, middle + half)


def ratio(parts: Sequence[float], wholes: Sequence[float]) -> OpenEstimate:
    """Give sum(parts) / sum(wholes) over cases, such as clients, with the interval of a ratio estimator.

    The cases are what varies: the variance is that of the residuals part - ratio * whole (Cochran, Sampling
    Techniques, 6.3), with n / (n - 1). Raise ValueError for lists that differ in length, or wholes whose sum
    is not above 0.
    """
    n, total = len(wholes), fsum(wholes)
    if len(parts) != n or total <= 0:
        raise ValueError("A ratio needs as many parts as wholes, and wholes of more than nothing.")
    value = fsum(parts) / total
    if n == 1:
        return OpenEstimate(value, n, None, None)
    squares = fsum((part - value * whole) ** 2 for part, whole in zip(parts, wholes, strict=True))
    half = student_t95(n - 1) * sqrt(squares * n / (n - 1)) / total
    return OpenEstimate(value, n, value - half, value + half)


def product(first: OpenEstimate, second: OpenEstimate) -> OpenEstimate:
    """Give the product of two independent positive estimates; the wider the interval of one, the wider its.

    The distances of the bounds add up as sides of a right angle do, on the scale of logarithms, where a
    product is a sum.
    A bound that one of them lacks, or that is not above 0, the product lacks too; `n` is the smaller one.
    """
    value, n = first.value * second.value, min(first.n, second.n)
    return OpenEstimate(
        value,
        n,
        _combined(value, ((first.value, first.low), (second.value, second.low)), -1),
        _combined(value, ((first.value, first.high), (second.value, second.high)), 1),
    )


def _combined(value: float, pairs: Sequence[tuple[float, float | None]], side: int) -> float | None:
    distances: list[float] = []
    for middle, bound in pairs:
        if bound is None or bound <= 0 or middle <= 0:
            return None
        distances.append(abs(log(bound / middle)))
    return value * exp(side * hypot(*distances))
