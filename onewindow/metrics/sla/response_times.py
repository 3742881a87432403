"""How long answers take: median and 90th percentile, and the share that came within the target.

The median's interval is distribution-free: the pair of ordered values between which the true median lies with
95 % at least, found from the binomial distribution (Conover, Practical Nonparametric Statistics, 3.2). Shares
have Wilson's interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import ceil, comb, sqrt

from onewindow.metrics.intervals import Z95, Difference, Estimate, difference, wilson
from onewindow.records.structs import frozen_struct

FEW = 10
"""Below this many cases a screen says that they are few."""
ENOUGH_REQUESTS = 3
"""Clients with fewer judged requests say nothing about how well they were answered."""
_EXACT_UP_TO = 200
_TAIL = 0.025


@frozen_struct
class Times:
    """Durations of one group in seconds, or in whatever unit was given.

    `low` and `high` hold the median with 95 %; they are None where too few values were given to say so (under
    six). `within` is the share that met the target; its `n` may differ from that of the durations, because
    what is late and not yet ended has no duration.
    """

    n: int
    median: float | None
    low: float | None
    high: float | None
    p90: float | None
    within: Estimate | None

    @property
    def is_few(self) -> bool:
        """Whether the group is too small to be compared."""
        return max(self.n, self.within.n if self.within else 0) < FEW


@frozen_struct
class LossByResponse:
    """How many clients left of those mostly answered in time, and how many of the others."""

    in_time: Estimate | None
    late: Estimate | None
    gap: Difference | None
    """Late less in time; None where one of the groups is empty."""


def times(durations: Sequence[float], met: int, judged: int) -> Times:
    """Describe one group: its durations, and how many of how many judged cases met their target.

    Raises ValueError if more met it than were judged.
    """
    ordered = sorted(durations)
    n = len(ordered)
    within = wilson(met, judged) if judged else None
    if not n:
        return Times(0, None, None, None, None, within)
    rank = median_rank(n)
    low, high = (ordered[rank - 1], ordered[n - rank]) if rank else (None, None)
    return Times(n, percentile(ordered, 0.5), low, high, percentile(ordered, 0.9), within)


def percentile(ordered: Sequence[float], share: float) -> float:
    """Give the value below which a share (0 to 1) of the ordered values lies, interpolated between ranks.

    The definition is that of Hyndman and Fan, type 7, the one that spreadsheets use. Raises ValueError
    without values or for a share outside 0 to 1.
    """
    if not ordered or not 0 <= share <= 1:
        raise ValueError("A percentile needs values and a share from 0 to 1.")
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


@lru_cache(maxsize=1024)
def median_rank(n: int) -> int:
    """Give r such that the r-th smallest and the r-th largest of n values hold the median with 95 % or more.

    0 where no pair of values does, which is below six.
    """
    if n > _EXACT_UP_TO:
        return max(1, ceil(n / 2 - Z95 * sqrt(n) / 2) - 1)
    below, rank = 0, 0
    whole = 2**n
    while rank < n // 2:
        below += comb(n, rank)
        if below / whole > _TAIL:
            break
        rank += 1
    return rank


def shares_in_time(clients: Iterable[tuple[Sequence[bool], bool]]) -> list[tuple[float, bool]]:
    """Give for each client with enough judged requests the share in time (0 to 1), and whether it left.

    Of a client it is told of each judged request whether it was in time.
    """
    return [(sum(met) / len(met), left) for met, left in clients if len(met) >= ENOUGH_REQUESTS]


def loss_by_response(clients: Sequence[tuple[float, bool]], enough: float = 0.8) -> LossByResponse:
    """Compare losses: a client is the share of requests answered in time (0 to 1), and whether it left.

    Clients with a share of at least `enough` are one group, the others the second.
    """
    good = [left for share, left in clients if share >= enough]
    poor = [left for share, left in clients if share < enough]
    in_time, late = (wilson(sum(group), len(group)) if group else None for group in (good, poor))
    gap = difference(late, in_time) if late and in_time else None
    return LossByResponse(in_time, late, gap)
