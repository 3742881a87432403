"""What `enter` and `x` mean for plans, their steps, what is asked inside, and standards, in any list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from onewindow.desk.plans import work as plan_work
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Plan, PlanStep, ReadinessItem
from onewindow.records.standards import Standard
from onewindow.screens.frame.box import open_over
from onewindow.screens.plans.plan import PlanScreen
from onewindow.screens.plans.questions import PlanQuestions
from onewindow.screens.plans.standards import StandardsScreen
from onewindow.store import rows
from onewindow.store.problems import StoreProblem

OfPlans = Plan | PlanStep | ReadinessItem | Standard
OF_PLANS = (Plan, PlanStep, ReadinessItem, Standard)


def open_of_plans(
    screen: Screen[Any], session: Session, record: OfPlans, closed: Callable[[int | None], None]
) -> None:
    """Open the plan of a record whole, or the register of standards; `closed` hears of a client to show."""
    if isinstance(record, Standard):
        open_over(screen, StandardsScreen(session))
        return
    if isinstance(record, Plan):
        plan_id = record.id
    elif isinstance(record, PlanStep):
        plan_id = record.plan_id
    else:
        plan_id = rows.get(session.store, PlanStep, record.plan_step_id).plan_id
    open_over(screen, PlanScreen(session, plan_id), closed)


def done_of_plans(
    screen: Screen[Any], session: Session, record: OfPlans, told: Callable[[str], None]
) -> None:
    """Ask what a step ended in and tick it, note who is ready, end a plan; raises StoreProblem."""
    if isinstance(record, PlanStep):
        PlanQuestions(screen, session, told).done(record)
    elif isinstance(record, ReadinessItem):
        PlanQuestions(screen, session, told).ready(record)
    elif isinstance(record, Plan):
        plan_work.close(session, record)
        told(f"Ended: {record.title}")
    else:
        raise StoreProblem("A standard is closed by its check: enter opens it, there x notes the check.")
