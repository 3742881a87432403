"""One plan as the rows of its screen: phases, steps, and who inside has to be ready."""

from __future__ import annotations

from datetime import date

from onewindow.desk.plans.as_text import phase_text
from onewindow.desk.plans.plan_view import PlanSnapshot, result_text, who_does
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey
from onewindow.desk.window.panels.when import When, when_at
from onewindow.records.adoption import PlanPhase, PlanStep, ReadinessItem
from onewindow.text.layout.cells import Cell, Column, Row, Tone

HEADINGS = ("step", "who", "due", "ends in")
COLUMNS = (
    Column(min_width=24),
    Column(width=18, drop_priority=2),
    Column(width=13),
    Column(width=34, drop_priority=1),
)
LIST_HEADINGS = ("whose", "plan", "done", "due", "mentor")
LIST_COLUMNS = (
    Column(min_width=16),
    Column(min_width=20),
    Column(width=20),
    Column(width=13),
    Column(width=14, drop_priority=1),
)


def plan_rows(session: Session, snapshot: PlanSnapshot) -> list[Row]:
    """The rows of a plan: each phase above its steps, each helper inside below the open step."""
    moment = when_at(session, session.now())
    phases = {phase.id: phase for phase in snapshot.phases}
    rows: list[Row] = []
    shown: set[int] = set()
    for step in snapshot.steps:
        if step.phase_id in phases and step.phase_id not in shown:
            shown.add(step.phase_id)
            rows.append(_phase_row(snapshot, phases[step.phase_id]))
        rows.append(_step_row(session, snapshot, moment, step))
        if step.status == "open":
            rows += [
                _inside_row(session, snapshot, moment, helper)
                for helper in snapshot.executors.get(step.id, ())
                if helper.state != "dropped"
            ]
    return rows


def list_row(session: Session, snapshot: PlanSnapshot) -> Row:
    """A plan in the list of plans."""
    moment = when_at(session, session.now())
    plan = snapshot.plan
    # Skipped steps count neither as done nor as to do, so that a plan can come to 8/8.
    counted = [step for step in snapshot.steps if step.status != "skipped"]
    late = sum(snapshot.is_late(step) for step in snapshot.steps)
    done = f"{sum(step.status == 'done' for step in counted)}/{len(counted)}"
    points = len(snapshot.late_control_points)
    progress = f"{done}, {late} late" if late else done
    if points:
        progress += ", ◆" if not session.settings.ascii else ", *"
    volume = snapshot.volume()
    # Lateness before volumes: there is room for one of both.
    if volume is not None and not late:
        progress = f"{done}, {volume.delivered}/{volume.agreed}"
    whose = snapshot.client.name if snapshot.client else session.directory.name(plan.employee_id)
    return Row(
        RecordKey("plan", plan.id),
        (
            Cell(whose),
            Cell(plan.title),
            Cell("all done: x ends it" if snapshot.may_close else progress, "late" if late else ""),
            Cell(moment.due(plan.due_on) if plan.due_on else "", "late" if _is_over(snapshot) else ""),
            Cell(session.directory.surname(plan.mentor_id), "dim"),
        ),
        "!" if late else " ",
    )


def _is_over(snapshot: PlanSnapshot) -> bool:
    return snapshot.plan.status == "running" and (snapshot.plan.due_on or "9999") < snapshot.today


def _phase_row(snapshot: PlanSnapshot, phase: PlanPhase) -> Row:
    late = snapshot.is_late(phase)
    return Row(
        RecordKey("plan_phase", phase.id),
        (Cell(phase.title), Cell(""), Cell(""), Cell(phase_text(snapshot, phase.id), "late" if late else "")),
        "!" if late else " ",
        style="title",
    )


def _step_row(session: Session, snapshot: PlanSnapshot, moment: When, step: PlanStep) -> Row:
    late = snapshot.is_late(step)
    sign = ("* " if session.settings.ascii else "◆ ") if step.is_control_point else ""
    if step.status == "open":
        at = moment.due(step.due_on) if step.due_on else "no date"
    else:
        at = f"{step.status} {_short(step.done_on)}".rstrip()
    who = who_does(session, step)
    tone: Tone = "warn" if step.status == "open" and (": nobody" in who or "(away)" in who) else ""
    return Row(
        RecordKey("plan_step", step.id),
        (
            Cell(f"{step.position}. {sign}{step.title}"),
            Cell(who, tone),
            Cell(at, "late" if late else ""),
            Cell(result_text(step), "dim"),
        ),
        "!" if late else " ",
        "" if step.status == "open" else "dim",
    )


def _inside_row(session: Session, snapshot: PlanSnapshot, moment: When, helper: ReadinessItem) -> Row:
    state = snapshot.readiness(helper)
    tone: Tone = "late" if state == "late" else "good" if state == "ready" else ""
    who = session.directory.surname(helper.staff_id)
    return Row(
        RecordKey("executor", helper.id),
        (
            Cell(f"   {helper.department or 'inside'}: {helper.what}"),
            Cell(who),
            Cell(moment.due(helper.due_on) if helper.state == "asked" and helper.due_on else ""),
            Cell(f"{state}: {helper.answer}" if helper.answer else state, tone),
        ),
        "!" if state == "late" else " ",
        "" if helper.state == "asked" else "dim",
    )


def _short(day: str | None) -> str:
    return f"{date.fromisoformat(day):%d.%m}" if day else ""
