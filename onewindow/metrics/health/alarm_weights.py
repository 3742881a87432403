"""How grave each alarm is, 1 to 99: what is worked out in one place is ordered by one scale.

| alarm | weight |
|---|---|
| nobody is there | 70 today, 55 in the next days |
| paid licences unused for a month | 65 |
| no touch | 45 from the day on which the cadence is passed, one more for each twentieth of it, 65 at most |
| use falls | 50, by half or more 60 |
| silence | 40, 50 where so few signs of life are less likely than 1 % |
| a pause longer than the client makes | 45 |
| never used, a lesson unfinished | 30 |
"""

from __future__ import annotations

from onewindow.records.clients import Stage

NOBODY_IS_THERE = 70
NOBODY_WILL_BE_THERE = 55
UNUSED = 65
LONG_PAUSE = 45
NEVER_USED = 30
LESSON_UNFINISHED = 30

_DECLINE, _STEEP_DECLINE, _STEEP = 50, 60, -0.5
_SILENCE, _RARE_SILENCE, _RARE = 40, 50, 0.01
_NO_TOUCH, _LONGEST_WITHOUT_TOUCH = 45, 65


def is_expected_to_act(stage: Stage) -> bool:
    """Whether silence or idleness says anything: who leaves or is lost is silent with a reason."""
    return stage not in ("leaving", "lost")


def decline(share: float) -> int:
    """The weight of use that changed by a share of what it was: -0.4 for a fall from 50 to 30."""
    return _STEEP_DECLINE if share <= _STEEP else _DECLINE


def silence(probability: float) -> int:
    """The weight of silence, by how likely so few signs of life are (0 to 1)."""
    return _RARE_SILENCE if probability < _RARE else _SILENCE


def no_touch(days: int, allowed: int) -> int:
    """The weight of so many days without a touch, where fewer days (at least 1) are allowed."""
    return min(_LONGEST_WITHOUT_TOUCH, _NO_TOUCH + 20 * (days - allowed) // allowed)
