"""What plans and standards give somebody to do besides their own steps, each source along its index."""

from __future__ import annotations

from onewindow.desk.reference.directory import Directory
from onewindow.records.adoption import Plan, PlanStep, ReadinessItem
from onewindow.records.named_tuples import NamedTuple
from onewindow.records.standards import Standard
from onewindow.store.engine import Store
from onewindow.store.plans import progress as plans
from onewindow.store.plans import standards


class Planned(NamedTuple):
    """One thing to do, with its reason and its date."""

    record: ReadinessItem | Plan | PlanStep | Standard
    client_id: int | None
    title: str
    reason: str
    due_on: str | None


def planned_for(store: Store, names: Directory, staff_id: int, today: str, till: str) -> list[Planned]:
    """What departments inside are asked for, steps without anybody, plans to end, standards to look at."""
    planned = [
        Planned(executor, executor.client_id, executor.what, _asked(executor), executor.due_on)
        for executor in plans.asked_of(store, staff_id, till)
    ]
    planned += [
        Planned(
            step, step.client_id, step.title, f"nobody does it: {step.role.replace('_', ' ')}", step.due_on
        )
        for step in plans.uncovered(store, staff_id, till)
    ]
    planned += [
        Planned(step, step.client_id, step.title, _mentored(names, step), step.due_on)
        for step in plans.late_of_mentored(store, staff_id, today)
    ]
    planned += [
        Planned(plan, plan.client_id, plan.title, "all its steps are done: end it", plan.due_on)
        for plan in plans.finished(store, staff_id)
    ]
    return planned + [
        Planned(
            standard,
            None,
            standard.title,
            f"standard to be looked at, state {standard.cycle}",
            standard.review_on,
        )
        for standard in standards.to_review(store, staff_id, till)
    ]


def _asked(executor: ReadinessItem) -> str:
    return f"asked of {executor.department}, a step waits" if executor.department else "a step waits for it"


def _mentored(names: Directory, step: PlanStep) -> str:
    who = names.surname(step.assignee_id) or "nobody"
    return f"late with {who}, you are the mentor"
