"""How the use of a product goes, against the client's own history: decline, growth, non-use.

A trend compares the last 4 reported weeks with up to 12 before them. It is called a decline or a growth only
if

- the medians differ by a fifth of the earlier one at least, and by 2 users at least, and
- the 98 % interval of the shift leaves out 0. It is that of Moses: of all differences between a recent and an
  earlier week the k-th smallest and the k-th largest, k from the exact distribution of the Mann-Whitney U
  (Hollander, Wolfe, Chicken, Nonparametric Statistical Methods, 3rd ed., section 4.3).

A week or two that are low, as holidays make them, cannot pass that: nearly all recent weeks have to be lower
than nearly all earlier ones. What fell in the same weeks a year ago as well is a season, and the earlier
weeks are lowered by as much before they are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import ceil, comb
from statistics import median
from typing import Literal

from onewindow.records.structs import frozen_struct

RECENT_WEEKS = 4
EARLIER_WEEKS = 12
WEEKS = RECENT_WEEKS + EARLIER_WEEKS
"""So many weeks, the last full one last, are what a trend looks at."""
MIN_RECENT = 3
MIN_EARLIER = 8
MIN_SHARE = 0.2
MIN_USERS = 2.0
LEVEL = 0.98
YEAR_WEEKS = 52

MIN_USED_WEEKS = 6
"""A rhythm is known from so many weeks with use on."""
MIN_IDLE_WEEKS = 2

Direction = Literal["decline", "growth", "steady"]


@frozen_struct
class Trend:
    """Recent use against earlier use. Figures are users a week; the earlier ones are lowered by a season."""

    direction: Direction
    earlier: float
    """Median of the earlier weeks."""
    recent: float
    """Median of the recent ones."""
    low: float
    """Interval of the shift from earlier to recent."""
    high: float
    earlier_weeks: int
    recent_weeks: int
    season: float = 1.0
    """By which the earlier weeks were multiplied, since the same weeks a year ago went like that."""

    @property
    def share(self) -> float:
        """The change as a share of the earlier median: -0.4 for a fall from 50 to 30."""
        return (self.recent - self.earlier) / self.earlier if self.earlier else 0.0


@frozen_struct
class Idle:
    """Weeks without use at the end of a series, against the pauses that the client made before."""

    weeks: int
    usual: int
    """The pause, in weeks without use, that nine of ten did not exceed."""
    limit: int
    """From so many weeks on it is an alarm."""

    @property
    def warning(self) -> bool:
        """Whether the pause is longer than this client's own pauses explain."""
        return self.weeks >= self.limit


def trend(weeks: Sequence[int | None], year_ago: Sequence[int | None] = ()) -> Trend | None:
    """How use goes; None with too few weeks.

    `weeks` are weekly users, the oldest first, None where nothing was reported. `year_ago` are the same weeks
    a year before, as many as `weeks`, if they are known.
    """
    recent, earlier = _windows(weeks)
    if len(recent) < MIN_RECENT or len(earlier) < MIN_EARLIER:
        return None
    plain = _compared(recent, earlier, 1.0)
    season = _season(year_ago)
    if plain.direction == "steady" or season is None or (season < 1) != (plain.direction == "decline"):
        return plain
    return _compared(recent, [season * users for users in earlier], season)


def may_have_moved(weeks: Sequence[int | None]) -> bool:
    """Whether the medians lie far enough apart for a trend: a quick look at what is asked of everybody."""
    recent, earlier = _windows(weeks)
    if len(recent) < MIN_RECENT or len(earlier) < MIN_EARLIER:
        return False
    return _is_large(median(earlier), median(recent))


def idle(weeks: Sequence[int | None]) -> Idle | None:
    """How long a client does not use a product, by reported weeks; None where their rhythm is not known.

    Whoever works every week is asked after 2 weeks without use; who makes pauses is left alone until a pause
    is more than twice as long as the usual one.
    """
    reported = [users for users in weeks if users is not None]
    used = [place for place, users in enumerate(reported) if users > 0]
    if len(used) < MIN_USED_WEEKS:
        return None
    pauses = sorted(later - place - 1 for place, later in pairwise(used))
    usual = pauses[ceil(0.9 * len(pauses)) - 1]
    return Idle(len(reported) - 1 - used[-1], usual, max(MIN_IDLE_WEEKS, 2 * usual + 1))


def explain_trend(change: Trend | None) -> list[str]:
    """The arithmetic of a trend in lines, the verdict last."""
    if change is None:
        return [
            f"too few weeks for a trend: it needs {MIN_RECENT} of the last {RECENT_WEEKS} weeks and"
            f" {MIN_EARLIER} of the {EARLIER_WEEKS} before them"
        ]
    lines = [
        f"median of the last {change.recent_weeks} weeks {change.recent:g}, of {change.earlier_weeks} weeks"
        f" before {change.earlier:g}: {100 * change.share:+.0f} %"
    ]
    if change.season != 1.0:
        lines.append(
            f"the same weeks a year ago went to {100 * change.season:.0f} %: the earlier weeks count as much"
        )
    lines.append(
        f"shift {change.low:+g} to {change.high:+g} users a week, with {100 * LEVEL:.0f} % confidence"
    )
    return [*lines, _verdict(change)]


def explain_idle(pause: Idle | None) -> list[str]:
    """The arithmetic of non-use in lines, the verdict last; nothing where the rhythm is not known."""
    if pause is None or not pause.weeks:
        return []
    usual = "works every week" if not pause.usual else f"makes pauses of up to {_weeks(pause.usual)}"
    verdict = "longer than their own pauses explain" if pause.warning else "no alarm"
    return [
        f"no use for {_weeks(pause.weeks)}; the client {usual}, an alarm comes with {pause.limit}: {verdict}"
    ]


def _verdict(change: Trend) -> str:
    if change.direction != "steady":
        return f"{change.direction}: the interval leaves out 0"
    if change.low <= 0 <= change.high:
        return "no evidence of change"
    return f"no alarm: less than {100 * MIN_SHARE:.0f} % or {MIN_USERS:g} users"


def _weeks(count: int) -> str:
    return "1 week" if count == 1 else f"{count} weeks"


def _windows(weeks: Sequence[int | None]) -> tuple[list[int], list[int]]:
    recent = [users for users in weeks[-RECENT_WEEKS:] if users is not None]
    earlier = [users for users in weeks[-WEEKS:-RECENT_WEEKS] if users is not None]
    return recent, earlier


def _season(year_ago: Sequence[int | None]) -> float | None:
    """What the recent weeks were of the earlier ones a year ago; None where that is not known."""
    recent, earlier = _windows(year_ago)
    if len(recent) < MIN_RECENT or len(earlier) < MIN_EARLIER or not median(earlier):
        return None
    return median(recent) / median(earlier)


def _compared(recent: Sequence[float], earlier: Sequence[float], season: float) -> Trend:
    low, high = _shift(recent, earlier)
    before, now = median(earlier), median(recent)
    direction: Direction = "steady"
    if _is_large(before, now) and (high < 0 or low > 0):
        direction = "decline" if high < 0 else "growth"
    return Trend(direction, before, now, low, high, len(earlier), len(recent), season)


def _is_large(before: float, now: float) -> bool:
    return abs(now - before) >= max(MIN_USERS, MIN_SHARE * before)


def _shift(recent: Sequence[float], earlier: Sequence[float]) -> tuple[float, float]:
    differences = sorted(one - other for one in recent for other in earlier)
    place = _interval_place(len(recent), len(earlier))
    return differences[place], differences[-1 - place]


@cache
def _interval_place(m: int, n: int) -> int:
    """How many differences are cut off at each end: the largest k with P(U < k) at most half of 1 - LEVEL."""
    counts = _u_counts(m, n)
    allowed = (1 - LEVEL) / 2 * comb(m + n, m)
    cut, below = 0, 0
    while below + counts[cut] <= allowed:
        below += counts[cut]
        cut += 1
    # The sizes that a trend needs cut one off at least; the k-th smallest stands at place k - 1.
    return cut - 1


@cache
def _u_counts(m: int, n: int) -> list[int]:
    """In how many of all orders of m and n values the statistic U is 0, 1, 2 and so on."""
    if m == 0 or n == 0:
        return [1]
    with_last, without = _u_counts(m - 1, n), _u_counts(m, n - 1)
    counts = [0] * (m * n + 1)
    for place, count in enumerate(with_last):
        counts[place + n] += count
    for place, count in enumerate(without):
        counts[place] += count
    return counts
