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
class ReviewInputs:
    """What is known of a client before a review. Money in minor units."""

    alarm: int
    """Weight of the gravest alarm, 0 without any."""
    band: str
    fall: int
    """Points of health lost in the last four weeks, 0 or less for none."""
    is_late: bool
    """Whether a request is past its due time."""
    value: int
    """What the client paid within a year."""
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


def risk(inputs: ReviewInputs) -> Risk:
    """How much speaks for a look at a client; parts that give nothing are left out."""
    parts = (
        ("gravest alarm", float(inputs.alarm)),
        (f"health {inputs.band}", _BANDS.get(inputs.band, 0.0)),
        (f"health fell by {inputs.fall} in four weeks", min(_MOST_FALL, max(0.0, float(inputs.fall)))),
        ("a request is late", _BREACH if inputs.is_late else 0.0),
        (_worth(inputs), _value(inputs)),
        (_reviewed(inputs), _time(inputs)),
    )
    shares = tuple((reason, round(points, 1)) for reason, points in parts if points > 0)
    return Risk(round(sum(points for _, points in shares), 1), shares)


def rank(client_risk: Risk, inputs: ReviewInputs, name: str, client_id: int) -> tuple[float, int, str, int]:
    """Sorts clients: most points first, then tier, then name; total."""
    return (-client_risk.points, tier_rank(inputs.tier), name, client_id)


def is_overdue(inputs: ReviewInputs) -> bool:
    """Whether the last review is longer ago than the standard allows, or there was none under a standard."""
    if not inputs.standard_days:
        return False
    return inputs.days_since is None or inputs.days_since > inputs.standard_days


def explain(client_risk: Risk) -> list[str]:
    """The sum line by line, the result last."""
    lines = [f"{points:5.1f}  {reason}" for reason, points in client_risk.parts]
    return [*(lines or ["nothing speaks for a look"]), f"{client_risk.points:5.1f}  in all"]


def _value(inputs: ReviewInputs) -> float:
    """Root of the share of the median, so that one large client does not hide all others."""
    if inputs.median_value <= 0 or inputs.value <= 0:
        return 0.0
    return min(_MOST_VALUE, 10 * sqrt(inputs.value / inputs.median_value))


def _worth(inputs: ReviewInputs) -> str:
    share = inputs.value / inputs.median_value if inputs.median_value > 0 else 0.0
    return f"pays {share:.1f} × the median"


def _time(inputs: ReviewInputs) -> float:
    if inputs.days_since is None:
        return NEVER_REVIEWED
    if not inputs.standard_days:
        return 0.0
    return min(_MOST_TIME, 10 * inputs.days_since / inputs.standard_days)


def _reviewed(inputs: ReviewInputs) -> str:
    if inputs.days_since is None:
        return "never reviewed"
    standard = f", standard {inputs.standard_days}" if inputs.standard_days else ""
    return f"reviewed {counted(inputs.days_since, 'day')} ago{standard}"
