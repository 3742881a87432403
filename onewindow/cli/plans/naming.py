"""Which plan and which of its steps a word of the command line names, and how both are written out.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.desk.session.naming import resolve, resolve_client
from onewindow.records.adoption import Plan, PlanStep
from onewindow.store import rows
from onewindow.store.adoption import ownership
from onewindow.store.plans import progress as plans
from onewindow.store.problems import NotFound
from onewindow.text.fold import fold

if TYPE_CHECKING:
    from onewindow.desk.plans.plan_view import PlanSnapshot
    from onewindow.desk.session.context import Session


def named_plan(session: Session, word: str) -> Plan:
    """A plan by its id or title, or the only running one of a client; raises StoreProblem or UsageError."""
    by_id = rows.find_by_word(session.store, Plan, word)
    if by_id is not None:
        return by_id
    try:
        client = resolve_client(session, word)
    except NotFound:
        return rows.get(session.store, Plan, resolve(session, "plan", word))
    running = plans.running_plans(session.store, client.id)
    if not running:
        raise click.UsageError(f"no plan runs at {client.name}; `onewindow plan start` begins one")
    if len(running) > 1:
        named = ", ".join(f"{plan.id} {plan.title}" for plan in running)
        raise click.UsageError(f"{client.name} has several plans, name one by its id: {named}")
    return running[0]


def named_step(session: Session, plan_word: str, step_word: str) -> PlanStep:
    """A step of a plan by its place in the order, its id, or the beginning of its title."""
    plan = named_plan(session, plan_word)
    steps = ownership.steps(session.store, plan.id)
    if step_word.isdigit():
        fitting = [step for step in steps if step_word in (str(step.position), str(step.id))]
    else:
        wanted = fold(step_word)
        fitting = [step for step in steps if wanted and wanted in fold(step.title)]
    if len(fitting) != 1:
        what = "several steps" if fitting else "no step"
        raise click.UsageError(f"“{plan.title}” has {what} “{step_word}”; name one of 1 to {len(steps)}")
    return fitting[0]


def step_rows(session: Session, snapshot: PlanSnapshot) -> list[dict[str, object]]:
    """The steps of a plan as rows with plain names."""
    from onewindow.desk.plans.plan_view import who_does

    phases = {phase.id: phase.title for phase in snapshot.phases}
    return [
        {
            "id": step.id,
            "position": step.position,
            "step": step.title,
            "who": who_does(session, step),
            "role": step.role,
            "due_on": step.due_on,
            "first_due_on": step.first_due_on,
            "status": step.status,
            "ends_in": step.result_kind,
            "wanted": step.wanted,
            "result": step.result,
            "done_on": step.done_on,
            "reason": step.reason,
            "control_point": bool(step.is_control_point),
            "phase": phases.get(step.phase_id or 0, ""),
            "late": snapshot.is_late(step),
            "inside": [
                {
                    "id": item.id,
                    "department": item.department,
                    "what": item.what,
                    "state": snapshot.readiness(item),
                    "due_on": item.due_on,
                }
                for item in snapshot.executors.get(step.id, ())
            ],
        }
        for step in snapshot.steps
    ]
