"""What the plans of the department say: time to value, control points in time, readiness inside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import comb
from statistics import median

from onewindow.desk.plans.plan_view import PlanPicture, read_plan
from onewindow.desk.session.context import Session
from onewindow.metrics.intervals import Estimate, wilson
from onewindow.records.adoption import PlanKind, PlanStep
from onewindow.records.values import value_class
from onewindow.store.plans import progress as plans

TAIL = 0.025
"""The chance that is left out on each side of an interval."""
FEW = 5
"""Below so many plans a median says nothing yet."""


@value_class
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

        Of the ranks k and n+1-k the largest k counts for which the binomial chance of fewer than k of n
        below the median is at most 2.5 % (Conover, Practical Nonparametric Statistics, 3.2).
        """
        n = len(self.days_to_value)
        chance, k = 0.0, 0
        while k < n and chance + comb(n, k) / 2**n <= TAIL:
            chance += comb(n, k) / 2**n
            k += 1
        return (self.days_to_value[k - 1], self.days_to_value[n - k]) if k else None

    @property
    def in_time(self) -> Estimate | None:
        """The share of control points in time with its 95 % Wilson interval; None without any."""
        return wilson(self.points_in_time, self.points) if self.points else None


@value_class
class Readiness:
    """What a department inside was asked for, in all running plans."""

    department: str
    asked: int
    late: int
    ready: int
    latest_on: str | None
    """The earliest date of what is late or asked."""


def onboarding_report(
    session: Session, since: date, till: date, kind: PlanKind = "onboarding"
) -> OnboardingReport:
    """How plans of a kind went that were begun between two dates."""
    pictures = [
        read_plan(session, plan.id)
        for plan in plans.begun(session.store, kind, since.isoformat(), till.isoformat())
    ]
    days: list[int] = []
    for picture in pictures:
        plan = picture.plan
        if plan.status != "done" or not plan.closed_on:
            continue
        signed = plans.signed_contract_on(session.store, plan.client_id) if plan.client_id else None
        begin = min(signed, plan.started_on) if signed else plan.started_on
        days.append((date.fromisoformat(plan.closed_on) - date.fromisoformat(begin)).days)
    points = [step for picture in pictures for step in _due_points(picture)]
    states = [picture.plan.status for picture in pictures]
    return OnboardingReport(
        plans=len(pictures),
        done=states.count("done"),
        running=states.count("running"),
        stopped=states.count("stopped"),
        days_to_value=tuple(sorted(days)),
        points=len(points),
        points_in_time=sum(_in_time(step) for step in points),
    )


def readiness(pictures: Iterable[PlanPicture]) -> list[Readiness]:
    """What departments inside owe to plans, those with most late first."""
    found: dict[str, list[tuple[str, str | None]]] = {}
    for picture in pictures:
        for group in picture.executors.values():
            for each in group:
                state = picture.readiness(each)
                if state != "dropped":
                    found.setdefault(each.department or "—", []).append((state, each.due_on))
    rows = [
        Readiness(
            department=department,
            asked=sum(state in ("asked", "late") for state, _ in states),
            late=sum(state == "late" for state, _ in states),
            ready=sum(state == "ready" for state, _ in states),
            latest_on=min((due for state, due in states if state != "ready" and due), default=None),
        )
        for department, states in found.items()
    ]
    return sorted(rows, key=lambda each: (-each.late, -each.asked, each.department))


def running_pictures(session: Session, kinds: Iterable[PlanKind], limit: int = 200) -> list[PlanPicture]:
    """The running plans of some kinds, whole, those due first first."""
    found = [plan for kind in kinds for plan in plans.running(session.store, kind, limit)]
    found.sort(key=lambda plan: (plan.due_on or "9999", plan.id))
    return [read_plan(session, plan.id) for plan in found[:limit]]


def _due_points(picture: PlanPicture) -> list[PlanStep]:
    """The control points that can be judged: passed ones, and those whose first date is over."""
    last = picture.plan.closed_on or picture.today
    return [
        step
        for step in picture.steps
        if step.is_control_point
        and step.first_due_on
        and (step.status == "done" or (step.status == "open" and step.first_due_on < last))
    ]


def _in_time(step: PlanStep) -> bool:
    return step.status == "done" and (step.done_on or "9999") <= (step.first_due_on or "")
