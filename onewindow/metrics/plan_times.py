"""How plans went: time to value, control points in time, and what departments inside still owe to them.

Days are dates as they are stored, YYYY-MM-DD; spans are whole days.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from statistics import median

from onewindow.metrics.intervals import Estimate, wilson
from onewindow.metrics.sla.response_times import median_rank
from onewindow.records.named_tuples import NamedTuple
from onewindow.records.structs import frozen_struct

FEW = 5
"""Below so many plans a median says nothing yet."""


class Point(NamedTuple):
    """A control point: how its step stands, the first date that it was given, and the day it was passed."""

    status: str
    first_due_on: str | None
    done_on: str | None


@frozen_struct
class OnboardingReport:
    """Plans that were begun in a period. Times are whole days; the counts are what the shares are of."""

    plans: int
    done: int
    running: int
    stopped: int
    days_to_value: tuple[int, ...]
    """From the signed contract, or the start without one, to the end of each done plan; sorted."""
    points: int
    """Control points that were passed or whose first date is over."""
    points_in_time: int
    """Those of them that were passed by their first date."""

    @property
    def median_days(self) -> float | None:
        """The middle one of the days to value; None of too few."""
        return median(self.days_to_value) if len(self.days_to_value) >= FEW else None

    @property
    def median_interval(self) -> tuple[int, int] | None:
        """The 95 % interval of the median by order statistics; None where n is too small for one.

        As for answer times (`response_times.median_rank`).
        """
        n = len(self.days_to_value)
        rank = median_rank(n)
        return (self.days_to_value[rank - 1], self.days_to_value[n - rank]) if rank else None

    @property
    def in_time(self) -> Estimate | None:
        """The share of control points in time with its 95 % Wilson interval; None without any."""
        return wilson(self.points_in_time, self.points) if self.points else None


@frozen_struct
class Readiness:
    """What a department inside was asked for, in all running plans."""

    department: str
    asked: int
    late: int
    ready: int
    latest_on: str | None
    """The earliest date of what is late or asked."""


def days_to_value(signed_on: str | None, started_on: str, closed_on: str) -> int:
    """Days from the signed contract, or the start if that was earlier or nothing was signed, to the end."""
    begin = min(signed_on, started_on) if signed_on else started_on
    return (date.fromisoformat(closed_on) - date.fromisoformat(begin)).days


def can_be_judged(point: Point, last: str) -> bool:
    """Whether a point was passed, or is open and its first date is over on a day."""
    if not point.first_due_on:
        return False
    return point.status == "done" or (point.status == "open" and point.first_due_on < last)


def in_time(point: Point) -> bool:
    """Whether a point was passed by the first date that it was given."""
    return point.status == "done" and (point.done_on or "9999") <= (point.first_due_on or "")


def readiness_rows(parts: Iterable[tuple[str, str, str | None]]) -> list[Readiness]:
    """What departments owe, from department, state and due day of each part; those with most late first.

    Dropped parts are left out.
    """
    by_department: dict[str, list[tuple[str, str | None]]] = {}
    for department, state, due_on in parts:
        if state != "dropped":
            by_department.setdefault(department, []).append((state, due_on))
    rows = [
        Readiness(
            department=department,
            asked=sum(state in ("asked", "late") for state, _ in states),
            late=sum(state == "late" for state, _ in states),
            ready=sum(state == "ready" for state, _ in states),
            latest_on=min((due for state, due in states if state != "ready" and due), default=None),
        )
        for department, states in by_department.items()
    ]
    return sorted(rows, key=lambda row: (-row.late, -row.asked, row.department))
