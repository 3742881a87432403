"""Repeated measurements and what is told of them: the middle, the slow end, and a verdict."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Samples:
    """Measurements of one thing in one unit, never empty."""

    values: tuple[float, ...]

    @classmethod
    def of(cls, values: Iterable[float]) -> Samples:
        """Keep the values that somebody measured."""
        return cls(tuple(values))

    @property
    def median(self) -> float:
        """The value in the middle."""
        return statistics.median(self.values)

    @property
    def p99(self) -> float:
        """The smallest value that 99 of 100 do not exceed: of few values the largest."""
        ordered = sorted(self.values)
        return ordered[math.ceil(0.99 * len(ordered)) - 1]

    def spoken(self, unit: str) -> str:
        """Median and 99th percentile as the report shows them."""
        return f"{_short(self.median)} {unit} (p99 {_short(self.p99)})"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report: what was promised, what was measured, and whether it was kept."""

    what: str
    at: str
    budget: str
    measured: str
    value: float
    """The figure that is held against `limit`, in the unit of the budget."""
    limit: float
    is_floor: bool = False
    """Whether more is better: the value must reach the limit instead of staying under it."""

    @property
    def is_kept(self) -> bool:
        """Whether the budget is kept."""
        return self.value >= self.limit if self.is_floor else self.value <= self.limit

    @property
    def verdict(self) -> str:
        """The verdict in a word or two."""
        missed = "short" if self.is_floor else "over"
        return "kept" if self.is_kept else f"{missed} ({_short(self.value)})"


def ratio_line(
    what: str, at: str, ours: Samples, floor: Samples, *, limit: float, floor_name: str, unit: str = "ms"
) -> Line:
    """A line that holds the median of ours against the median of a floor of the same run."""
    value = ours.median / floor.median
    measured = f"{value:.2f} ×: {ours.spoken(unit)} against {floor.spoken(unit)}"
    return Line(what, at, f"≤ {limit:g} × {floor_name}", measured, value, limit)


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
