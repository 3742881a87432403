"""The running plans and their steps as panel 3 shows them."""

from __future__ import annotations

from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.requests import person
from onewindow.desk.window.panels.view import RecordKey
from onewindow.desk.window.panels.when import When
from onewindow.desk.window.snapshot import ClientSnapshot
from onewindow.records.adoption import Plan, PlanStep
from onewindow.text.layout.cells import Cell, Row


def is_late(moment: When, step: PlanStep) -> bool:
    """Whether an open step is past its date."""
    return step.status == "open" and (moment.days_to(step.due_on) or 0) < 0


def late_steps(moment: When, snapshot: ClientSnapshot) -> list[PlanStep]:
    """The steps of running plans that should be done by now, plan by plan."""
    steps = [step for plan in snapshot.plans for step in snapshot.steps.get(plan.id, ())]
    return [step for step in steps if is_late(moment, step)]


def plans_with_steps(moment: When, snapshot: ClientSnapshot, every: bool) -> list[Plan | PlanStep]:
    """Each plan followed by its steps: all of them, or only the open ones that are not late."""
    shown: list[Plan | PlanStep] = []
    for plan in snapshot.plans:
        steps = snapshot.steps.get(plan.id, ())
        shown.append(plan)
        shown += [s for s in steps if every or (s.status == "open" and not is_late(moment, s))]
    return shown


def steps_done(snapshot: ClientSnapshot) -> str:
    """How far the plans are: `step 6/8`; '' where no step is to be done."""
    steps = [s for plan in snapshot.plans for s in snapshot.steps.get(plan.id, ()) if s.status != "skipped"]
    return f"step {sum(step.status == 'done' for step in steps)}/{len(steps)}" if steps else ""


def plan_row(session: Session, snapshot: ClientSnapshot, moment: When, plan: Plan) -> Row:
    """A plan's line: its title, steps done of all, till when, who helps."""
    counted = [step for step in snapshot.steps.get(plan.id, ()) if step.status != "skipped"]
    done = sum(step.status == "done" for step in counted)
    return Row(
        RecordKey("plan", plan.id),
        (
            Cell(plan.title),
            Cell(f"{done}/{len(counted)}"),
            Cell(""),
            Cell(f"till {moment.day(plan.due_on)}" if plan.due_on else ""),
            Cell(f"mentor {session.directory.surname(plan.mentor_id)}" if plan.mentor_id else "", "dim"),
        ),
        style="title",
    )


def step_row(session: Session, moment: When, step: PlanStep) -> Row:
    """A step's line: its place and title, who does it, when it is due or was done."""
    late = is_late(moment, step)
    if step.status == "open":
        at = moment.due(step.due_on)
    else:
        at = f"{step.status} {moment.day(step.done_on)}".rstrip()
    # A control point is where somebody looks before it goes on; its sign is explained by `why`.
    sign = ("* " if session.settings.ascii else "◆ ") if step.is_control_point else ""
    return Row(
        RecordKey("plan_step", step.id),
        (
            Cell(f"{sign}{step.position}. {step.title}"),
            Cell(person(session, step.assignee_id) if step.assignee_id else ""),
            Cell(""),
            Cell(at, "late" if late else ""),
            Cell(f"by {moment.day(step.due_on)}" if step.due_on else "", "dim"),
        ),
        "!" if late else " ",
        "" if step.status == "open" else "dim",
    )
