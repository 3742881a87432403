"""Starting plans from playbooks: dates by working days, roles turned into people, all in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from onewindow.desk.people.absences import who_works_here
from onewindow.desk.plans.dates import calendar_for, phase_dates, step_dates
from onewindow.desk.plans.people import People
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.metrics.volumes import divided
from onewindow.records.adoption import Plan, PlanPhase, PlanStep, Playbook, PlaybookStep, ReadinessItem
from onewindow.records.clients import Client
from onewindow.store.changes import Transaction
from onewindow.store.plans import progress as plans
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import day_in_full


def start(
    session: Session,
    client: Client | None,
    playbook: Playbook,
    started_on: date | None = None,
    *,
    owner_id: int | None = None,
    mentor_id: int | None = None,
    employee_id: int | None = None,
    volume: int | None = None,
) -> Plan:
    """Start a playbook in a change of its own, today if no date is given; see `start_in`."""
    whose = f" for {client.name}" if client is not None else ""
    return session.change(
        f"plan started{whose}: {playbook.name}",
        lambda transaction: start_in(
            session,
            transaction,
            client,
            playbook,
            started_on or session.today(),
            owner_id=owner_id,
            mentor_id=mentor_id,
            employee_id=employee_id,
            volume=volume,
        ),
    ).result


def start_in(
    session: Session,
    transaction: Transaction,
    client: Client | None,
    playbook: Playbook,
    started_on: date,
    *,
    owner_id: int | None = None,
    mentor_id: int | None = None,
    employee_id: int | None = None,
    volume: int | None = None,
) -> Plan:
    """Start a playbook inside somebody's transaction and give back the plan, whose steps are stored too.

    The client's owner answers for the plan, or `owner_id`, else this person; that one is the mentor too
    where none is named. `employee_id` is the new colleague whose own start it is. `volume` is what was agreed
    in all, and is divided among the phases as the playbook divides its own. A plan keeps the steps it
    started with.

    Raises StoreProblem for a playbook without steps, or with steps that wait for each other, or with a date
    that the calendar does not reach.
    """
    template = _template(session, playbook)
    for named in (owner_id, mentor_id, employee_id):
        naming.validate_is_here(session, named)
    whose_id = owner_id or who_works_here(session, client.owner_id if client is not None else None)
    dates = _dates(session, client, playbook, template, started_on)
    agreed = _volumes(template, volume)
    staff = session.directory.staff
    employee = staff.get(employee_id or 0)
    whose = f": {employee.name}" if employee is not None else ""
    plan = transaction.insert(
        Plan(
            client_id=client.id if client is not None else None,
            playbook_id=playbook.id,
            title=f"{playbook.name}{whose}"[:200],
            plan_kind=playbook.plan_kind,
            started_on=started_on.isoformat(),
            due_on=max(dates.values()).isoformat(),
            owner_id=whose_id,
            mentor_id=mentor_id or whose_id,
            employee_id=employee_id,
            agreed_volume=sum(agreed.values()) if agreed else volume,
            delivered_volume=0 if agreed or volume is not None else None,
            unit=playbook.unit,
            edition=playbook.edition,
        )
    )
    people = People(session, client, staff.get(whose_id), employee, staff.get(mentor_id or 0))
    _fill(transaction, plan, template, dates, agreed, people)
    return plan


def _template(session: Session, playbook: Playbook) -> list[PlaybookStep]:
    """The steps of a playbook; raises StoreProblem where it has none."""
    steps = plans.playbook_steps(session.store, playbook.id)
    if not steps:
        raise StoreProblem(f"The playbook “{playbook.name}” has no steps; write them first.")
    return steps


def _dates(
    session: Session,
    client: Client | None,
    playbook: Playbook,
    template: Sequence[PlaybookStep],
    started_on: date,
) -> dict[int, date]:
    """The due dates of a playbook's steps by the client's calendar; raises StoreProblem where it has none."""
    tier = client.tier if client is not None else ""
    try:
        return step_dates(calendar_for(session, tier), template, started_on)
    except ValueError as error:
        raise StoreProblem(f"The playbook “{playbook.name}” cannot start: {error}") from error


def running_too_message(session: Session, plan: Plan) -> str:
    """What to say of a plan that was started though its playbook runs there already; '' where none does."""
    if plan.employee_id is not None:
        running = plans.running(session.store, plan.plan_kind)
        running = [other for other in running if other.employee_id == plan.employee_id]
    else:
        running = plans.running_plans(session.store, plan.client_id) if plan.client_id else []
    same = [other for other in running if other.playbook_id == plan.playbook_id and other.id != plan.id]
    if not same:
        return ""
    since = day_in_full(same[0].started_on or "")
    return f"“{plan.title}” runs there since {since} already, so there are two now; undo takes this one back."


def start_onboarding_in(
    session: Session, transaction: Transaction, client: Client, started_on: date | None = None
) -> Plan | None:
    """Start the onboarding of a client who is new and let the stage say so; gives back the plan.

    None, and nothing is changed, if their onboarding runs already. Where the firm has no playbook for it only
    the stage changes, and None comes back too.
    """
    if plans.running_of(session.store, client.id, "onboarding") is not None:
        return None
    if client.stage == "handover":
        client = transaction.update(client, {"stage": "onboarding"})
    playbook = onboarding_playbook(session)
    if playbook is None:
        return None
    return start_in(session, transaction, client, playbook, started_on or session.today())


def onboarding_playbook(session: Session) -> Playbook | None:
    """The playbook by which new clients are brought in, None without one that has steps.

    That is one for onboarding which starts by itself, else the oldest.
    """
    playbooks = plans.playbooks(session.store, "onboarding")
    playbooks.sort(key=lambda playbook: (not playbook.starts_itself, playbook.id))
    return next(
        (playbook for playbook in playbooks if plans.playbook_steps(session.store, playbook.id)), None
    )


def _volumes(template: Sequence[PlaybookStep], total: int | None) -> dict[str, int]:
    """What is agreed for each phase that has a volume, by its name."""
    agreed: dict[str, int] = {}
    for step in template:
        if step.phase and (step.volume is not None or step.result_kind == "volume"):
            agreed[step.phase] = agreed.get(step.phase, 0) + (step.volume or 0)
    if not agreed or total is None:
        return agreed
    try:
        return dict(zip(agreed, divided(total, list(agreed.values())), strict=True))
    except ValueError as error:
        raise StoreProblem(str(error)) from error


def _store_phases(
    transaction: Transaction,
    plan: Plan,
    template: Sequence[PlaybookStep],
    dates: Mapping[int, date],
    agreed: Mapping[str, int],
) -> dict[str, int]:
    """Store the phases of a plan and give back their ids by title."""
    when = phase_dates((step.phase, dates[step.id]) for step in template)
    phases = transaction.insert_many(
        PlanPhase(
            client_id=plan.client_id,
            plan_id=plan.id,
            position=place,
            title=title,
            due_on=day.isoformat(),
            agreed_volume=agreed.get(title),
        )
        for place, (title, day) in enumerate(when.items(), start=1)
    )
    return {phase.title: phase.id for phase in phases}


def _fill(
    transaction: Transaction,
    plan: Plan,
    template: Sequence[PlaybookStep],
    dates: Mapping[int, date],
    agreed: Mapping[str, int],
    people: People,
) -> None:
    """Store the phases, steps and inside helpers of a plan."""
    phase_ids = _store_phases(transaction, plan, template, dates, agreed)
    # Ids before rows: a step names the one that it waits for, which may come further down.
    step_ids = {step.id: transaction.store.ids.new_id() for step in template}
    steps = [
        PlanStep(
            id=step_ids[step.id],
            client_id=plan.client_id,
            plan_id=plan.id,
            position=place,
            title=step.title,
            assignee_id=people.who(step.role, dates[step.id]),
            due_on=dates[step.id].isoformat(),
            first_due_on=dates[step.id].isoformat(),
            result_kind=step.result_kind,
            is_control_point=step.is_control_point,
            role=step.role,
            due_after_days=step.due_after_days,
            depends_on_id=step_ids.get(step.depends_on_id or 0),
            wanted=step.wanted,
            phase_id=phase_ids.get(step.phase),
            note=step.note,
        )
        for place, step in enumerate(template, start=1)
    ]
    # A step may wait for one further down, whose row must be there first.
    transaction.insert_many(sorted(steps, key=lambda step: _depth(step, steps)))
    transaction.insert_many(
        helper.with_changes({"client_id": plan.client_id, "asked_on": transaction.at[:10]})
        for step in template
        for helper in helpers(step.executors, step_ids[step.id], dates[step.id])
    )


def helpers(lines: str, step_id: int, due_on: date) -> list[ReadinessItem]:
    """What departments have to have ready for a step, of lines as `склад: собрать 40 ТСД`."""
    executors: list[ReadinessItem] = []
    for line in filter(None, (text.strip() for text in lines.splitlines())):
        department, _, what = line.partition(":")
        executors.append(
            ReadinessItem(
                plan_step_id=step_id,
                department=department.strip() if what.strip() else "",
                what=what.strip() or line,
                due_on=due_on.isoformat(),
            )
        )
    return executors


def _depth(step: PlanStep, steps: Sequence[PlanStep]) -> int:
    by_id = {other.id: other for other in steps}
    depth, on = 0, step
    while on.depends_on_id in by_id:
        depth, on = depth + 1, by_id[on.depends_on_id]
    return depth
