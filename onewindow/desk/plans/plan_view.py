"""One plan whole: its steps with people, dates and results, its phases, and who inside is ready."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from onewindow.desk.people.routing import is_away
from onewindow.desk.plans.dates import calendar_for, why_date
from onewindow.desk.plans.rules import open_control_points
from onewindow.desk.plans.step_results import RESULT_WORDS
from onewindow.desk.session.context import Session
from onewindow.metrics.policies.working_days import add_working_days, working_days_between
from onewindow.metrics.policies.working_time import Calendar
from onewindow.metrics.volumes import Progress
from onewindow.records.adoption import Plan, PlanPhase, PlanStep, ReadinessItem
from onewindow.records.clients import Client
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.adoption import ownership
from onewindow.store.plans import progress as plans
from onewindow.text.dates import short_day, weekday_date

Readiness = str
"""asked, late, ready or dropped: late is what was asked for and is not there on its day."""


@frozen_struct
class PlanSnapshot:
    """All that a plan is, at one moment."""

    plan: Plan
    client: Client | None
    steps: tuple[PlanStep, ...]
    phases: tuple[PlanPhase, ...]
    executors: Mapping[int, tuple[ReadinessItem, ...]]
    """Who helps inside, by the id of the step."""
    today: str

    @property
    def open_steps(self) -> tuple[PlanStep, ...]:
        """The steps that are still to be done."""
        return tuple(step for step in self.steps if step.status == "open")

    @property
    def may_close(self) -> bool:
        """Whether nothing holds the plan open any more."""
        waits = any(helper.state == "asked" for group in self.executors.values() for helper in group)
        return self.plan.status == "running" and not self.open_steps and not waits

    @property
    def late_control_points(self) -> tuple[PlanStep, ...]:
        """The open control points whose day is over."""
        return tuple(step for step in self.open_steps if step.is_control_point and self.is_late(step))

    def is_late(self, item: PlanStep | PlanPhase) -> bool:
        """Whether an open step, or a phase that is not delivered and signed, is past its date."""
        if self.plan.status != "running" or not item.due_on or item.due_on >= self.today:
            return False
        return not self.phase_is_done(item) if isinstance(item, PlanPhase) else item.status == "open"

    def phase_is_done(self, phase: PlanPhase) -> bool:
        """Whether a phase is delivered, where it has a volume, and none of its steps is open."""
        owed = phase.agreed_volume is not None and phase.delivered_volume < phase.agreed_volume
        return not owed and not any(s.phase_id == phase.id and s.status == "open" for s in self.steps)

    def readiness(self, executor: ReadinessItem) -> Readiness:
        """Whether a helper inside is asked, late, ready, or needed no more."""
        late = executor.state == "asked" and bool(executor.due_on) and (executor.due_on or "") < self.today
        return "late" if late else executor.state

    def volume(self) -> Progress | None:
        """What was delivered of what was agreed in all phases; None without volumes."""
        agreed = [phase.agreed_volume for phase in self.phases if phase.agreed_volume is not None]
        if agreed:
            return Progress(sum(agreed), sum(phase.delivered_volume for phase in self.phases))
        if self.plan.agreed_volume is not None:
            return Progress(self.plan.agreed_volume, self.plan.delivered_volume or 0)
        return None


def read_plan(session: Session, plan_id: int) -> PlanSnapshot:
    """A plan as it is now; raises NotFound."""
    store = session.store
    plan = rows.get(store, Plan, plan_id)
    steps = ownership.steps(store, plan.id)
    return PlanSnapshot(
        plan=plan,
        client=rows.find(store, Client, plan.client_id) if plan.client_id else None,
        steps=tuple(steps),
        phases=tuple(plans.phases(store, plan.id)),
        executors={step.id: tuple(plans.readiness_items(store, step.id)) for step in steps},
        today=session.today().isoformat(),
    )


def who_does(session: Session, step: PlanStep) -> str:
    """Who does a step; its role with a mark where nobody covers it, and who is away today."""
    person = session.directory.staff.get(step.assignee_id or 0)
    if person is None:
        role = step.role.replace("_", " ")
        return f"{role}: nobody" if step.status == "open" else role
    away = step.status == "open" and is_away(person, session.today().isoformat())
    return f"{session.directory.surname(person.id)}{' (away)' if away else ''}"


def result_text(step: PlanStep) -> str:
    """What a step ended in, or what it has to end in."""
    if step.status == "done":
        return step.result or step.wanted or "done"
    if step.status == "skipped":
        return f"skipped: {step.reason}" if step.reason else "skipped"
    if step.result_kind == "none":
        return step.wanted
    return (
        f"{RESULT_WORDS[step.result_kind]}: {step.wanted}" if step.wanted else RESULT_WORDS[step.result_kind]
    )


def summary(session: Session, snapshot: PlanSnapshot) -> str:
    """A plan in a line: `6/8 steps, 1 late, mentor Петров, till 20.12, 96/120 терминал`."""
    plan = snapshot.plan
    counted = [step for step in snapshot.steps if step.status != "skipped"]
    parts = [f"{sum(step.status == 'done' for step in counted)}/{len(counted)} steps"]
    late = sum(snapshot.is_late(step) for step in snapshot.steps)
    if late:
        parts.append(f"{late} late")
    if plan.status != "running":
        parts.append(plan.status)
    if plan.mentor_id:
        parts.append(f"mentor {session.directory.surname(plan.mentor_id)}")
    if plan.due_on:
        parts.append(f"till {short_day(plan.due_on, session.today())}")
    volume = snapshot.volume()
    if volume is not None:
        share = f" ({volume.share:.0%})" if volume.share is not None else ""
        parts.append(f"{volume.delivered}/{volume.agreed} {plan.unit}{share}".replace("  ", " "))
    return ", ".join(parts)


def why_step(session: Session, snapshot: PlanSnapshot, step: PlanStep) -> list[str]:
    """Why a step is due when it is, who does it and why, what it ends in, and what holds it up."""
    calendar = calendar_for(session, snapshot.client.tier if snapshot.client else "")
    lines = _why_due(snapshot, step, calendar, session.today())
    if step.due_on and step.first_due_on and step.due_on != step.first_due_on:
        by = working_days_between(calendar, _day(step.first_due_on), _day(step.due_on))
        reason = f": {step.reason}" if step.reason else ""
        lines.append(
            f"moved from {short_day(step.first_due_on, session.today())} by {by:+d} working days{reason}"
        )
    who = who_does(session, step) if step.assignee_id in session.directory.staff else "nobody"
    lines.append(f"who: {who}, by the role {step.role.replace('_', ' ')}")
    if step.result_kind != "none":
        named = f" ({step.wanted})" if step.wanted else ""
        lines.append(f"ends in {RESULT_WORDS[step.result_kind]}{named}; without it the step stays open")
    if step.is_control_point:
        lines.append("control point: the steps after it wait until it passes")
    if step.status == "open":
        points = open_control_points(session.store, step)
        lines += [f"held up by the control point {point.position}. {point.title}" for point in points]
    for helper in snapshot.executors.get(step.id, ()):
        when = f" by {_day(helper.due_on):%d.%m}" if helper.due_on else ""
        answer = f" ({helper.answer})" if helper.answer else ""
        whose = helper.department or "somebody"
        lines.append(f"inside: {whose}: {helper.what}, {snapshot.readiness(helper)}{when}{answer}")
    if step.passed_over:
        lines.append(f"passed over an open control point: {step.passed_over}")
    if step.note:
        lines += ["", *step.note.splitlines()]
    return lines


def _why_due(snapshot: PlanSnapshot, step: PlanStep, cal: Calendar | None, today: date) -> list[str]:
    before = next((other for other in snapshot.steps if other.id == step.depends_on_id), None)
    if before is not None and before.first_due_on:
        begin, said = _day(before.first_due_on), f"after “{before.title}”,"
    else:
        begin, said = _day(snapshot.plan.started_on), "after the start,"
    if not step.first_due_on:
        return ["no date was set"]
    lines = why_date(cal, begin, step.due_after_days, _day(step.first_due_on), said, today)
    # The reason is worked out again, not kept: where it does not give the date on file, somebody set that.
    if add_working_days(cal, begin, step.due_after_days).isoformat() != step.first_due_on:
        return [f"set by hand: {weekday_date(_day(step.first_due_on), today)}"]
    return lines


def _day(text: str) -> date:
    return date.fromisoformat(text)
