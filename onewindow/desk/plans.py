"""Starting plans from playbooks: dates by working days, roles turned into people, all in one transaction."""

from __future__ import annotations

from datetime import date

from onewindow.desk.plan_dates import calendar_for
from onewindow.desk.plan_people import People
from onewindow.desk.session import Session
from onewindow.metrics.working_days import add_working_days
from onewindow.records.adoption import Plan, PlanStep, Playbook, PlaybookStep
from onewindow.records.clients import Client
from onewindow.store import plans
from onewindow.store.changes import Transaction
from onewindow.store.problems import StoreProblem


def start(
    session: Session,
    client: Client | None,
    playbook: Playbook,
    started_on: date | None = None,
    *,
    owner_id: int | None = None,
    mentor_id: int | None = None,
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
    volume: int | None = None,
) -> Plan:
    """Start a playbook inside somebody's transaction and give back the plan, whose steps are stored too.

    The plan belongs to the client's owner, or without a client to `owner_id`, else to this person; he is the
    mentor too where none is named. `volume` is what was agreed in all. Raises StoreProblem for a playbook
    without steps or with a date that its calendar does not reach.
    """
    template = plans.playbook_steps(session.store, playbook.id)
    if not template:
        raise StoreProblem(f"The playbook “{playbook.name}” has no steps; write them first.")
    whose_id = owner_id or (client.owner_id if client is not None else None) or session.me.id
    due = _dates(session, client, playbook, template, started_on)
    plan = transaction.insert(
        Plan(
            client_id=client.id if client is not None else None,
            playbook_id=playbook.id,
            title=playbook.name,
            plan_kind=playbook.plan_kind,
            started_on=started_on.isoformat(),
            due_on=max(due).isoformat(),
            mentor_id=mentor_id or whose_id,
            agreed_volume=volume,
        )
    )
    people = People(session, client, session.directory.staff.get(whose_id))
    transaction.insert_many(
        PlanStep(
            client_id=plan.client_id,
            plan_id=plan.id,
            position=place,
            title=step.title,
            assignee_id=people.who(step.role, day),
            due_on=day.isoformat(),
            result_kind=step.result_kind,
            is_control_point=step.is_control_point,
        )
        for place, (step, day) in enumerate(zip(template, due, strict=True), start=1)
    )
    return plan


def start_onboarding_in(
    session: Session, transaction: Transaction, client: Client, started_on: date | None = None
) -> Plan | None:
    """Start the onboarding of a client who is new and let his stage say so; gives back the plan.

    None, and nothing is changed, if his onboarding runs already. Where the firm has no playbook for it only
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
    """The playbook by which new clients are brought in: the oldest of those for onboarding that has steps."""
    found = plans.playbooks(session.store, "onboarding")
    return next((each for each in found if plans.playbook_steps(session.store, each.id)), None)


def _dates(
    session: Session,
    client: Client | None,
    playbook: Playbook,
    steps: list[PlaybookStep],
    started_on: date,
) -> list[date]:
    calendar = calendar_for(session, client.tier if client is not None else "")
    try:
        return [add_working_days(calendar, started_on, step.due_after_days) for step in steps]
    except ValueError as error:
        raise StoreProblem(f"The playbook “{playbook.name}” cannot start: {error}") from error
