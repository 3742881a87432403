"""Reports as people and programs read them: short amounts, shares with intervals, sentences, plain fields."""

from __future__ import annotations

from datetime import date

from onewindow.desk.reports.measures import MEASURES
from onewindow.desk.reports.request_reports import ReportRow
from onewindow.metrics.intervals import Difference, Estimate
from onewindow.metrics.sla.response_times import LossByResponse, Times
from onewindow.text.dates import format_date

_NONE = "–"

MACHINE_COLUMNS = (
    *("measure", "by", "group", "n", "median", "median_low", "median_high", "p90"),
    *("judged", "in_target", "in_target_low", "in_target_high", "is_few"),
)
"""The field names of `machine_row`."""


def span_text(since: date, till: date, today: date) -> str:
    """The days of a report: `29.11.25 – 29.11`."""
    return " – ".join(format_date(day.isoformat(), today) for day in (since, till))


def amount_text(measure: str, value: float | None) -> str:
    """An amount in short, in the unit of its measure: `2 h 10 m`, `35 s`, `1.5`; `–` for none.

    Raises KeyError for an unknown measure.
    """
    return _NONE if value is None else MEASURES[measure].unit.text(value)


def spread_text(measure: str, measured: Times) -> str:
    """The interval of the median: `40 m … 1 h 05 m`; `–` where too few values were given."""
    if measured.low is None:
        return _NONE
    return f"{amount_text(measure, measured.low)} … {amount_text(measure, measured.high)}"


def share_text(share: Estimate | None) -> str:
    """A share with its interval: `84 % (79–88)`; `–` where nothing was judged."""
    if share is None:
        return _NONE
    return f"{share.value * 100:.0f} % ({share.low * 100:.0f}–{share.high * 100:.0f})"


def share_of_text(share: Estimate | None) -> str:
    """The same with the number of cases that it rests on: `84 % (79–88) of 515`.

    It is not that of the row: who still waits after the time counts here, and has no duration yet.
    """
    return _NONE if share is None else f"{share_text(share)} of {share.n}"


def loss_lines(loss: LossByResponse) -> list[str]:
    """What the comparison of losses says, in sentences, the verdict last."""
    return [
        _group_line(loss.in_time, "whose requests were answered in time at least four times of five"),
        _group_line(loss.late, "whose requests were answered late more often"),
        _verdict(loss.gap),
    ]


def _group_line(estimate: Estimate | None, whose: str) -> str:
    if estimate is None:
        return f"There is no client {whose}."
    low, high = estimate.low * 100, estimate.high * 100
    return f"Of {estimate.n} clients {whose}, {estimate.value * 100:.1f} % are lost ({low:.1f}–{high:.1f} %)."


def _verdict(gap: Difference | None) -> str:
    if gap is None:
        return "There is nothing to compare."
    spread = f"{gap.value * 100:+.1f} points ({gap.low * 100:+.1f} … {gap.high * 100:+.1f})"
    if not gap.changed:
        return f"Difference {spread}: no evidence of change."
    if gap.value > 0:
        return f"Difference {spread}: clients who are answered late leave more often."
    return f"Difference {spread}: clients who are answered late leave less often; look for another cause."


def machine_row(row: ReportRow, measure: str, by: str) -> dict[str, object]:
    """A row with stable field names; times in seconds of working time, shares 0 to 1."""
    measured = row.times
    share = measured.within
    values = (
        *(measure, by, row.key, measured.n),
        *(_rounded(seconds) for seconds in (measured.median, measured.low, measured.high, measured.p90)),
        share.n if share else 0,
        *(round(part, 4) if share else None for part in _bounds(share)),
        measured.is_few,
    )
    return dict(zip(MACHINE_COLUMNS, values, strict=True))


def _bounds(share: Estimate | None) -> tuple[float, float, float]:
    return (share.value, share.low, share.high) if share else (0.0, 0.0, 0.0)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
