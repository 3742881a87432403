"""Amounts that reports measure, in short, by their unit: working time, a few seconds, counts."""

from __future__ import annotations

from collections.abc import Callable

from onewindow.records.structs import frozen_struct

_HOUR, _MINUTE = 3600, 60
_SHORT_S = 600
"""Below this many seconds a short time is told in seconds."""
_LONG_H = 100


@frozen_struct
class Unit:
    """What amounts are counted in."""

    word: str
    """What such an amount is, after the name of its measure: a response `time`."""
    text: Callable[[float], str]
    """An amount in short, as people read it."""


def _working_time_text(seconds: float) -> str:
    """Seconds of working time as hours and minutes: `2 h 10 m`, `5 m`, `120 h`."""
    whole = round(seconds)
    hours, minutes = whole // _HOUR, whole % _HOUR // _MINUTE
    # Minutes of a hundred hours are noise, and the column is narrow.
    if hours >= _LONG_H:
        return f"{hours} h"
    return f"{hours} h {minutes:02} m" if hours else f"{minutes} m"


def _short_time_text(seconds: float) -> str:
    """Seconds of something quick: `35 s`; from ten minutes on as hours and minutes."""
    whole = round(seconds)
    return f"{whole} s" if whole < _SHORT_S else _working_time_text(whole)


def _count_text(count: float) -> str:
    """How often something was: `2`, or `1.5` where it is between two counts."""
    return f"{count:.1f}".removesuffix(".0")


WORKING_TIME = Unit("time", _working_time_text)
SHORT_TIME = Unit("time", _short_time_text)
COUNT = Unit("count", _count_text)
