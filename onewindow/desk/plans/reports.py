"""What the plans of the department say: time to value, control points in time, readiness inside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from onewindow.desk.plans.plan_view import PlanSnapshot, read_plan
from onewindow.desk.session.context import Session
from onewindow.metrics.plan_times import (
    OnboardingReport,
    Point,
    Readiness,
    can_be_judged,
    days_to_value,
    in_time,
    readiness_rows,
)
from onewindow.records.adoption import PlanKind
from onewindow.store.plans import progress as plans


def onboarding_report(
    session: Session, since: date, till: date, kind: PlanKind = "onboarding"
) -> OnboardingReport:
    """How plans of a kind went that were begun between two dates."""
    snapshots = [
        read_plan(session, plan.id)
        for plan in plans.begun(session.store, kind, since.isoformat(), till.isoformat())
    ]
    days: list[int] = []
    for snapshot in snapshots:
        plan = snapshot.plan
        if plan.status != "done" or not plan.closed_on:
            continue
        signed = plans.signed_contract_on(session.store, plan.client_id) if plan.client_id else None
        days.append(days_to_value(signed, plan.started_on, plan.closed_on))
    points = [point for snapshot in snapshots for point in _due_points(snapshot)]
    states = [snapshot.plan.status for snapshot in snapshots]
    return OnboardingReport(
        plans=len(snapshots),
        done=states.count("done"),
        running=states.count("running"),
        stopped=states.count("stopped"),
        days_to_value=tuple(sorted(days)),
        points=len(points),
        points_in_time=sum(map(in_time, points)),
    )


def readiness(snapshots: Iterable[PlanSnapshot]) -> list[Readiness]:
    """What departments inside owe to plans, those with most late first."""
    parts = (
        (helper.department or "—", snapshot.readiness(helper), helper.due_on)
        for snapshot in snapshots
        for group in snapshot.executors.values()
        for helper in group
    )
    return readiness_rows(parts)


def running_snapshots(session: Session, kinds: Iterable[PlanKind], limit: int = 200) -> list[PlanSnapshot]:
    """The running plans of some kinds, whole, those due first first."""
    running = [plan for kind in kinds for plan in plans.running(session.store, kind, limit)]
    running.sort(key=lambda plan: (plan.due_on or "9999", plan.id))
    return [read_plan(session, plan.id) for plan in running[:limit]]


def _due_points(snapshot: PlanSnapshot) -> list[Point]:
    """The control points that can be judged: passed ones, and those whose first date is over."""
    # A plan that ended is judged as of its end: points that it never reached are not late for ever.
    last = snapshot.plan.closed_on or snapshot.today
    points = [
        Point(step.status, step.first_due_on, step.done_on)
        for step in snapshot.steps
        if step.is_control_point
    ]
    return [point for point in points if can_be_judged(point, last)]
