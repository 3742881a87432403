"""Plans that run, are done or were stopped: onboarding, projects, deliveries, and a new colleague's start."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from onewindow.desk.plans.dates import phase_dates, step_dates
from onewindow.desk.plans.starting import helpers
from onewindow.desk.plans.step_results import HELD, SIGNED
from onewindow.metrics.volumes import divided
from onewindow.records.adoption import (
    ExecutorState,
    Plan,
    PlanKind,
    PlanPhase,
    PlanStatus,
    PlanStep,
    PlaybookStep,
    StepStatus,
    Training,
)
from onewindow.records.organization import Staff
from seed.firm import Account, Firm

_REASONS = {
    "ru": ("клиент сделал сам", "в договоре этого нет", "перенесено в следующий договор"),
    "bg": ("клиентът го направи сам", "няма го в договора"),
    "en": ("the client did it themselves", "not part of this contract"),
}
_ANSWERS = ("готово, лежит на складе", "сделано, проверено", "готово")
_PARTLY = 0.6
"""Share of a phase that is delivered while its step is open."""


def run(firm: Firm, account: Account, place: int) -> None:
    """Start a plan: onboarding for who came lately, projects and deliveries for some others."""
    stage = account.client.stage
    if stage == "onboarding":
        start_plan(firm, account, "onboarding", account.joined - 1, late=place % 3 == 0)
    elif stage == "active" and account.joined < 700:
        start_plan(firm, account, "onboarding", account.joined - 1)
    if stage == "active" and account.client.tier == "A" and place % 2:
        start_plan(firm, account, "project", 20, late=place % 4 == 1)
    if stage == "active" and place % 17 == 3:
        start_plan(firm, account, "delivery", 25, volume=120)
    if stage == "lost" and account.joined < 600:
        start_plan(firm, account, "onboarding", account.joined - 1, stopped=account.last_day)


def welcome(firm: Firm) -> None:
    """A colleague who came three weeks ago, with a lead as their mentor."""
    employee = firm.sheets.add(
        Staff(
            login="egorova",
            name="Егорова Полина Сергеевна",
            role="account_manager",
            office="Москва",
            department="Клиентская служба",
            phone="+74951204419",
            email="egorova@firm.example",
            deputy_id=firm.staff["ivanova"].id,
            open_limit=8,
            hour_rate=90_000,
        ),
        firm.moments.at_text(16, 9),
    )
    start_plan(firm, None, "employee", 15, mentor=firm.staff["orlova"], employee=employee)


def start_plan(
    firm: Firm,
    account: Account | None,
    kind: PlanKind,
    started: int,
    *,
    late: bool = False,
    volume: int | None = None,
    stopped: int | None = None,
    done: int | None = None,
    mentor: Staff | None = None,
    employee: Staff | None = None,
) -> Plan:
    """Run a playbook from so many days ago; `done` is how many steps are done, by the dates if left out."""
    playbook, steps = firm.playbooks[kind]
    begun = firm.moments.today - timedelta(days=started)
    due = step_dates(firm.calendar, steps, begun)
    end = firm.moments.today - timedelta(days=stopped or 0)
    passed = sum(1 for step in steps if due[step.id] < end) if done is None else done
    finished = passed
    if late and done is None and passed:
        # What is late is a control point where there is one behind the first steps.
        points = [place for place in range(2, passed) if steps[place].is_control_point]
        finished = points[-1] if points else passed - 1
    status: PlanStatus = "stopped" if stopped else "done" if finished == len(steps) else "running"
    owner = account.owner if account else mentor
    last = max(due.values())
    plan = firm.sheets.add(
        Plan(
            client_id=account.client.id if account else None,
            playbook_id=playbook.id,
            title=f"{playbook.name}: {employee.name}" if employee else playbook.name,
            plan_kind=kind,
            status=status,
            started_on=begun.isoformat(),
            due_on=last.isoformat(),
            owner_id=owner.id if owner else None,
            mentor_id=owner.id if owner else None,
            employee_id=employee.id if employee else None,
            unit=playbook.unit,
            edition=playbook.edition,
            closed_on=None if status == "running" else min(last, end).isoformat(),
            reason="клиент ушёл" if stopped else "",
        ),
        firm.moments.at_text(started, 9),
    )
    phases = _phases(firm, plan, steps, due, volume, finished)
    _steps(firm, account, plan, steps, due, finished, phases, employee or owner)
    return _with_volumes(firm, plan, phases)


def _phases(
    firm: Firm,
    plan: Plan,
    steps: Sequence[PlaybookStep],
    due: dict[int, date],
    volume: int | None,
    finished: int,
) -> dict[str, PlanPhase]:
    agreed: dict[str, int] = {}
    for step in steps:
        if step.volume is not None:
            agreed[step.phase] = agreed.get(step.phase, 0) + step.volume
    if agreed and volume is not None:
        agreed = dict(zip(agreed, divided(volume, list(agreed.values())), strict=True))
    ends = {step.phase: place for place, step in enumerate(steps) if step.result_kind == "volume"}
    phases: dict[str, PlanPhase] = {}
    dates = phase_dates((step.phase, due[step.id]) for step in steps)
    for place, (title, day) in enumerate(dates.items(), start=1):
        whole = agreed.get(title)
        at = ends.get(title, len(steps))
        share = 1.0 if at < finished else _PARTLY if at == finished else 0.0
        phases[title] = firm.sheets.add(
            PlanPhase(
                client_id=plan.client_id,
                plan_id=plan.id,
                position=place,
                title=title,
                due_on=day.isoformat(),
                agreed_volume=whole,
                delivered_volume=int((whole or 0) * share),
            ),
            plan.created_at,
        )
    return phases


def _with_volumes(firm: Firm, plan: Plan, phases: dict[str, PlanPhase]) -> Plan:
    agreed = [phase.agreed_volume for phase in phases.values() if phase.agreed_volume is not None]
    if not agreed:
        return plan
    delivered = sum(phase.delivered_volume for phase in phases.values())
    plan = plan.with_changes({"agreed_volume": sum(agreed), "delivered_volume": delivered})
    firm.sheets.replace(plan)
    return plan


def _steps(
    firm: Firm,
    account: Account | None,
    plan: Plan,
    steps: Sequence[PlaybookStep],
    due: dict[int, date],
    finished: int,
    phases: dict[str, PlanPhase],
    around: Staff | None,
) -> None:
    ids: dict[int, int] = {}
    for place, step in enumerate(steps):
        state: StepStatus = "done" if place < finished else "open"
        if place == 1 and state == "done" and firm.chance(0.3) and not step.is_control_point:
            state = "skipped"
        day = due[step.id]
        stored = PlanStep(
            client_id=plan.client_id,
            plan_id=plan.id,
            position=place + 1,
            title=step.title,
            assignee_id=_who(firm, around, step.role).id,
            due_on=day.isoformat(),
            first_due_on=day.isoformat(),
            status=state,
            result_kind=step.result_kind,
            is_control_point=step.is_control_point,
            done_on=_done_on(firm, plan, day, place) if state == "done" else None,
            role=step.role,
            due_after_days=step.due_after_days,
            depends_on_id=ids.get(step.depends_on_id or 0),
            wanted=step.wanted,
            phase_id=phases[step.phase].id if step.phase else None,
            note=step.note,
        )
        chance = Random(f"step {plan.started_on} {plan.client_id} {place}")
        language = account.client.language if account else "ru"
        if state == "skipped":
            stored = stored.with_changes({"reason": chance.choice(_REASONS[language])})
        if state == "done":
            stored = stored.with_changes(_result(firm, account, stored, phases.get(step.phase)))
        stored = firm.sheets.add(stored, plan.created_at)
        ids[step.id] = stored.id
        _helpers(firm, stored, step, day, chance)


def _done_on(firm: Firm, plan: Plan, day: date, place: int) -> str:
    """When a step was done: on its day, one in six some days later."""
    chance = Random(f"done {plan.started_on} {plan.client_id} {place}")
    late = chance.choice((0, 0, 0, 0, 0, 3))
    return min(day + timedelta(days=late), firm.moments.today - timedelta(days=1)).isoformat()


def _result(
    firm: Firm, account: Account | None, step: PlanStep, phase: PlanPhase | None
) -> dict[str, str | int | None]:
    """What a done step ended in, with the record of it where the client has one."""
    match step.result_kind:
        case "date":
            return {"result": (date.fromisoformat(step.done_on or "") + timedelta(days=5)).isoformat()}
        case "document" if account is not None:
            kinds = ("act", "specification", "contract")
            papers = [d for d in account.documents if d.state in SIGNED and d.document_kind in kinds]
            paper = papers[step.position % len(papers)] if papers else account.contract
            if paper is None:
                return {"result": step.wanted}
            if phase is not None:
                firm.sheets.replace(phase.with_changes({"document_id": paper.id}))
            named = " ".join(filter(None, (paper.title, paper.number)))
            return {"document_id": paper.id, "result": named}
        case "training" if account is not None:
            lessons = firm.sheets.all(Training)
            held = [
                lesson for lesson in lessons if lesson.client_id == step.client_id and lesson.state in HELD
            ]
            if not held:
                return {"result": step.wanted}
            lesson = held[step.position % len(held)]
            return {"training_id": lesson.id, "result": f"{lesson.title}, {lesson.people}"}
        case "version":
            versions = [licence.installed_version for licence in account.licences] if account else []
            return {"result": f"{versions[0] if versions and versions[0] else '5.1'}, все рабочие места"}
        case "volume":
            return {"result": str(phase.delivered_volume) if phase else ""}
        case "none":
            return {}
        case _:
            return {"result": step.wanted}


def _helpers(firm: Firm, step: PlanStep, template: PlaybookStep, day: date, chance: Random) -> None:
    """What departments have ready for a step: of a done one all, of the next one some."""
    for place, helper in enumerate(helpers(template.executors, step.id, day)):
        is_over = step.status != "open"
        near = day - firm.moments.today < timedelta(days=10)
        state: ExecutorState = "ready" if is_over or (near and chance.random() < 0.5) else "asked"
        if step.status == "done" and place and chance.random() < 0.3:
            state = "dropped"
        people = [colleague for colleague in firm.staff.values() if colleague.department == helper.department]
        asked = step.created_at[:10]
        ready = max(asked, min(day, firm.moments.today).isoformat())
        firm.sheets.add(
            helper.with_changes(
                {
                    "client_id": step.client_id,
                    "staff_id": chance.choice(people).id if people else None,
                    "state": state,
                    "asked_on": asked,
                    "ready_on": ready if state == "ready" else None,
                    "answer": chance.choice(_ANSWERS) if state == "ready" else "",
                }
            ),
            step.created_at,
        )


def _who(firm: Firm, around: Staff | None, role: str) -> Staff:
    if around is not None and role == "account_manager":
        return around
    return firm.pick(firm.staff_by_role(role, around.office if around else ""))
