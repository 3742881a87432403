"""Plans as lines and as rows of reports, for the command line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from onewindow.desk.plans.plan_view import PlanSnapshot, result_text, summary, who_does, why_step
from onewindow.desk.session.context import Session
from onewindow.metrics.volumes import Progress


def plan_lines(session: Session, snapshot: PlanSnapshot, *, why: bool = False) -> list[str]:
    """A plan as people read it; with `why` each step says why it is due when it is."""
    plan = snapshot.plan
    whose = f"{snapshot.client.name}: " if snapshot.client is not None else ""
    lines = [f"{whose}{plan.title}", summary(session, snapshot), ""]
    phase_id: int | None = None
    phases = {phase.id: phase for phase in snapshot.phases}
    for step in snapshot.steps:
        if step.phase_id != phase_id and step.phase_id in phases:
            phase = phases[step.phase_id]
            lines.append(f"{phase.title}, {phase_text(snapshot, phase.id)}")
        phase_id = step.phase_id
        mark = {"done": "x", "skipped": "-"}.get(step.status, "!" if snapshot.is_late(step) else " ")
        point = "◆ " if step.is_control_point else ""
        due = f"{date.fromisoformat(step.due_on):%d.%m}" if step.due_on else "no date"
        ends = result_text(step)
        lines.append(
            f" {mark} {step.position}. {point}{step.title}  {due}  {who_does(session, step)}"
            + (f"  {ends}" if ends else "")
        )
        inside = snapshot.executors.get(step.id, ())
        if why:
            lines += [f"      {line}" for line in why_step(session, snapshot, step) if line]
        elif step.status == "open" and inside:
            states = (f"{helper.department or helper.what} {snapshot.readiness(helper)}" for helper in inside)
            lines.append(f"      inside: {', '.join(states)}")
    if snapshot.may_close:
        lines += ["", "All steps are done: `onewindow plan done` ends it."]
    return lines


def phase_text(snapshot: PlanSnapshot, phase_id: int) -> str:
    """How a phase stands: `32/80 терминал, 40 %, till 12.12, late`."""
    phase = next(candidate for candidate in snapshot.phases if candidate.id == phase_id)
    parts: list[str] = []
    if phase.agreed_volume is not None:
        done = Progress(phase.agreed_volume, phase.delivered_volume)
        parts.append(f"{done.delivered}/{done.agreed} {snapshot.plan.unit}".rstrip())
        parts += [f"{done.share:.0%}"] if done.share is not None else []
    if phase.due_on:
        parts.append(f"till {date.fromisoformat(phase.due_on):%d.%m}")
    if phase.document_id:
        parts.append("signed")
    if snapshot.is_late(phase):
        parts.append("late")
    elif snapshot.phase_is_done(phase):
        parts.append("done")
    return ", ".join(parts)


def plan_rows(session: Session, snapshots: Iterable[PlanSnapshot]) -> list[dict[str, object]]:
    """Plans as rows of a report, by plain names."""
    return [
        {
            "id": snapshot.plan.id,
            "client_id": snapshot.plan.client_id,
            "client": _whose(session, snapshot),
            "plan": snapshot.plan.title,
            "kind": snapshot.plan.plan_kind,
            "done": sum(step.status == "done" for step in snapshot.steps),
            "steps": sum(step.status != "skipped" for step in snapshot.steps),
            "late": sum(snapshot.is_late(step) for step in snapshot.steps),
            "late_points": len(snapshot.late_control_points),
            "started_on": snapshot.plan.started_on,
            "due_on": snapshot.plan.due_on,
            "owner": session.directory.name(snapshot.plan.owner_id),
            "mentor": session.directory.surname(snapshot.plan.mentor_id),
        }
        for snapshot in snapshots
    ]


def _whose(session: Session, snapshot: PlanSnapshot) -> str:
    """The client's name, or that of the colleague whose own start it is."""
    if snapshot.client is not None:
        return snapshot.client.name
    return session.directory.name(snapshot.plan.employee_id)


def phase_rows(snapshots: Iterable[PlanSnapshot]) -> list[dict[str, object]]:
    """Phases of plans as rows of a report: agreed, delivered, remaining, share, late."""
    rows: list[dict[str, object]] = []
    for snapshot in snapshots:
        for phase in snapshot.phases:
            has_volume = phase.agreed_volume is not None
            done = Progress(phase.agreed_volume or 0, phase.delivered_volume)
            rows.append(
                {
                    "id": phase.id,
                    "client_id": phase.client_id,
                    "client": snapshot.client.name if snapshot.client else "",
                    "plan": snapshot.plan.title,
                    "phase": phase.title,
                    "due_on": phase.due_on,
                    "unit": snapshot.plan.unit,
                    "agreed": phase.agreed_volume,
                    "delivered": phase.delivered_volume if has_volume else None,
                    "remaining": done.remaining if has_volume else None,
                    "share": round(done.share, 4) if has_volume and done.share is not None else None,
                    "document_id": phase.document_id,
                    "late": snapshot.is_late(phase),
                }
            )
    return rows
