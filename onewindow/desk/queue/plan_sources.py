"""What plans and standards give somebody to do besides his own steps, each source along its index."""

from __future__ import annotations

from typing import NamedTuple

from onewindow.desk.reference.directory import Directory
from onewindow.records.adoption import Executor, Plan, PlanStep
from onewindow.records.standards import Standard
from onewindow.store.engine import Store
from onewindow.store.plans import progress as plans
from onewindow.store.plans import standards


class Planned(NamedTuple):
    """One thing to do, with its reason and its date."""

    record: Executor | Plan | PlanStep | Standard
    client_id: int | None
    title: str
    reason: str
    due_on: str | None


def planned_for(store: Store, names: Directory, staff_id: int, today: str, till: str) -> list[Planned]:
    """What departments inside are asked for, steps without anybody, plans to end, standards to look at."""
    found = [
        Planned(each, each.client_id, each.what, _asked(each), each.due_on)
        for each in plans.asked_of(store, staff_id, till)
    ]
    found += [
        Planned(
            each, each.client_id, each.title, f"nobody does it: {each.role.replace('_', ' ')}", each.due_on
        )
        for each in plans.uncovered(store, staff_id, till)
    ]
    found += [
        Planned(each, each.client_id, each.title, _mentored(names, each), each.due_on)
        for each in plans.late_of_mentored(store, staff_id, today)
    ]
    found += [
        Planned(each, each.client_id, each.title, "all its steps are done: end it", each.due_on)
        for each in plans.finished(store, staff_id)
    ]
    return found + [
        Planned(each, None, each.title, f"standard to be looked at, state {each.cycle}", each.review_on)
        for each in standards.to_review(store, staff_id, till)
    ]


def _asked(executor: Executor) -> str:
    return f"asked of {executor.department}, a step waits" if executor.department else "a step waits for it"


def _mentored(names: Directory, step: PlanStep) -> str:
    who = names.surname(step.assignee_id) or "nobody"
    return f"late with {who}, you are the mentor"
