"""The order of a review: whom to look at first. Points for what speaks for a look, each explained.

The weights are ours: an alarm counts its own weight, 1 to 99 (what went wrong today outweighs the rest);
a red client counts as much as an alarm that wants a call this week; a breach a little less; fall, value and
time since the last review decide among equals.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt
from statistics import median

from onewindow.metrics.today_order import tier_rank
from onewindow.records.structs import frozen_struct
from onewindow.text.plural import counted

_BANDS = {"red": 40.0, "unknown": 20.0, "amber": 15.0, "green": 0.0}
_BREACH = 30.0
_MOST_FALL = 30.0
_MOST_VALUE = 20.0
_MOST_TIME = 20.0
NEVER_REVIEWED = 15.0
"""Points of a client whom nobody has reviewed yet and for whom no standard is set."""


@frozen_struct
class Standing:
    """What is known of a client before a review. Money in minor units."""

    alarm: int
    """Weight of the gravest alarm, 0 without any."""
    band: str
    fall: int
    """Points of health lost in the last four weeks, 0 or less for none."""
    is_late: bool
    """Whether a request is past its due time."""
    value: int
    """What he paid within a year."""
    median_value: int
    """What half of the clients paid at most; 0 if that is nothing."""
    days_since: int | None
    """Days since the last review, None if there was none."""
    standard_days: int
    """Within how many days a review is due, 0 for no standard."""
    tier: str


@frozen_struct
class Risk:
    """Points in all, and what each part gives with its reason."""

    points: float
    parts: tuple[tuple[str, float], ...]


def median_value(values: Iterable[int]) -> int:
    """What half of the clients paid at most, in whole minor units; 0 without clients."""
    known = list(values)
    return round(median(known)) if known else 0


def risk(standing: Standing) -> Risk:
    """How much speaks for a look at a client; parts that give nothing are left out."""
    parts = (
        ("gravest alarm", float(standing.alarm)),
        (f"health {standing.band}", _BANDS.get(standing.band, 0.0)),
        (f"health fell by {standing.fall} in four weeks", min(_MOST_FALL, max(0.0, float(standing.fall)))),
        ("a request is late", _BREACH if standing.is_late else 0.0),
        (_worth(standing), _value(standing)),
        (_reviewed(standing), _time(standing)),
    )
    shares = tuple((reason, round(points, 1)) for reason, points in parts if points > 0)
    return Risk(round(sum(points for _, points in shares), 1), shares)


def rank(client_risk: Risk, standing: Standing, name: str, client_id: int) -> tuple[float, int, str, int]:
    """Sorts clients: most points first, then tier, then name; total."""
    return (-client_risk.points, tier_rank(standing.tier), name, client_id)


def is_overdue(standing: Standing) -> bool:
    """Whether the last review is longer ago than the standard allows, or there was none under a standard."""
    if not standing.standard_days:
        return False
    return standing.days_since is None or standing.days_since > standing.standard_days


def explain(client_risk: Risk) -> list[str]:
    """The sum line by line, the result last."""
    lines = [f"{points:5.1f}  {reason}" for reason, points in client_risk.parts]
    return [*(lines or ["nothing speaks for a look"]), f"{client_risk.points:5.1f}  in all"]


def _value(standing: Standing) -> float:
    """Root of the share of the median, so that one large client does not hide all others."""
    if standing.median_value <= 0 or standing.value <= 0:
        return 0.0
    return min(_MOST_VALUE, 10 * sqrt(standing.value / standing.median_value))


def _worth(standing: Standing) -> str:
    share = standing.value / standing.median_value if standing.median_value > 0 else 0.0
    return f"pays {share:.1f} × the median"


def _time(standing: Standing) -> float:
    if standing.days_since is None:
        return NEVER_REVIEWED
    if not standing.standard_days:
        return 0.0
    return min(_MOST_TIME, 10 * standing.days_since / standing.standard_days)


def _reviewed(standing: Standing) -> str:
    if standing.days_since is None:
        return "never reviewed"
    standard = f", standard {standing.standard_days}" if standing.standard_days else ""
    return f"reviewed {counted(standing.days_since, 'day')} ago{standard}"
