"""Silence: fewer signs of life, or less use, than the client's own history predicts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import exp, lgamma, log

from onewindow.records.structs import frozen_struct

MIN_PERIODS = 6
"""Below this many past periods nothing is predicted."""
HISTORY_PERIODS = 13
"""Older periods say nothing of now."""
WINDOWS = (2, 3, 4, 6)
"""How many of the newest periods are looked at together: more for a client who seldom speaks."""

WARNING_PROBABILITY = 0.05

PERIOD_WEEKS = 4
PERIOD_DAYS = 7 * PERIOD_WEEKS
LOOK_BACK = HISTORY_PERIODS + max(WINDOWS)
"""How many periods are counted."""


@frozen_struct
class Signs:
    """The signs of life of one client: how many in each whole period, the newest first, and the last day."""

    counts: Sequence[int] = ()
    last_on: str | None = None


class Periods(dict[str, int]):
    """The number of the period of a day (YYYY-MM-DD), 0 for the newest; each day is worked out once."""

    def __init__(self, today: date) -> None:
        """Count back from a day, which belongs to the newest period."""
        super().__init__()
        self._today = today

    def __missing__(self, day: str) -> int:
        number = max(0, (self._today - date.fromisoformat(day)).days) // PERIOD_DAYS
        self[day] = number
        return number

    def signs(self, days: Sequence[str]) -> Signs:
        """Count the days, at least one, of signs of life; the period of the first of them is not whole."""
        counts = [0] * (self[min(days)] + 1)
        for day in days:
            counts[self[day]] += 1
        return Signs(counts[:-1], max(days))


@frozen_struct
class Silence:
    """What the history predicts for a window, what was seen in it, and how likely so few are."""

    expected: float
    seen: int
    probability: float
    window: float = 1.0
    """How long the window is, in periods of the history."""
    history: int = 0
    """How many past periods the prediction stands on."""

    @property
    def warning(self) -> bool:
        """Tell whether so few are unlikely enough to ask the client."""
        return self.probability < WARNING_PROBABILITY


def silence(history: Sequence[int], seen: int, window: float = 1.0) -> Silence | None:
    """Compare the count of a window with the counts of past periods of equal length; None with too few.

    `window` is the length of the window in such periods: 0.5 while half of one is over, 2 for two together.
    Counts are taken as Poisson with a rate learnt from the history (Jeffreys prior), which makes the
    prediction negative binomial.
    """
    if len(history) < MIN_PERIODS or window <= 0:
        return None
    if seen < 0 or min(history) < 0:
        raise ValueError("Counts cannot be negative.")
    total = sum(history)
    shape, rate = total + 0.5, len(history) / window
    stay, go = log(rate / (rate + 1)), log(1 / (rate + 1))
    terms = (
        exp(lgamma(shape + k) - lgamma(shape) - lgamma(k + 1) + shape * stay + k * go)
        for k in range(seen + 1)
    )
    return Silence(total / rate, seen, min(1.0, sum(terms)), window, len(history))


def radar(counts: Sequence[int]) -> Silence | None:
    """Judge the newest of some periods by those before; `counts` has the newest first, None with too few.

    The window is the shortest in which hearing nothing at all would be a warning, so that who speaks once a
    month is judged by more weeks than who speaks every week; it is chosen by the history alone.
    """
    longest: Silence | None = None
    for window in WINDOWS:
        history = counts[window : window + HISTORY_PERIODS]
        none = silence(history, 0, window)
        if none is None:
            break
        longest = silence(history, sum(counts[:window]), window)
        if none.warning:
            break
    return longest
