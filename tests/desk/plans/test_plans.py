"""Plans that start from playbooks: dates by the client's calendar, people for roles, one transaction."""

from __future__ import annotations

from datetime import date

import pytest
from rich_client import RichClient

from onewindow.desk.editing import changing
from onewindow.desk.plans import starting as plans
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Plan, PlanStep, Playbook, PlaybookStep, Role
from onewindow.records.clients import Client
from onewindow.records.organization import Staff
from onewindow.records.requests import Request
from onewindow.store import rows
from onewindow.store.adoption import ownership
from onewindow.store.problems import StoreProblem

STARTED = date(2026, 11, 23)
"""A Monday."""


@pytest.fixture
def playbook(session: Session) -> Playbook:
    """Three steps, for the owner, for support and for finance."""
    made = changing.insert(session, Playbook(name="Внедрение"))
    steps: list[tuple[str, Role, int]] = [
        ("звонок", "account_manager", 0),
        ("установка", "support", 6),
        ("акт", "finance", 10),
    ]
    for place, (title, role, days) in enumerate(steps, start=1):
        changing.insert(
            session,
            PlaybookStep(
                playbook_id=made.id,
                position=place,
                title=title,
                role=role,
                due_after_days=days,
                is_control_point=int(place == 2),
            ),
        )
    return made


def steps_of(session: Session, plan: Plan | None) -> list[PlanStep]:
    assert plan is not None
    return ownership.steps(session.store, plan.id)


def helper(session: Session, login: str, office: str = "", away_from: str | None = None) -> Staff:
    person = Staff(login=login, name=login.title(), role="support", office=office, away_from=away_from)
    return changing.insert(session, person)


def test_dates_are_working_days_after_the_start(session: Session, playbook: Playbook) -> None:
    client = changing.insert(session, Client(name="Лютик", owner_id=session.me.id))
    plan = plans.start(session, client, playbook, STARTED)
    assert [step.due_on for step in steps_of(session, plan)] == ["2026-11-23", "2026-12-01", "2026-12-07"]
    assert (plan.started_on, plan.due_on, plan.mentor_id) == ("2026-11-23", "2026-12-07", session.me.id)
    assert session.undo().startswith("plan started for Лютик")
    assert rows.get(session.store, Plan, plan.id).archived_at is not None
    assert ownership.steps(session.store, plan.id) == []


def test_the_owner_does_his_steps_and_his_deputy_does_them_while_he_is_away(
    session: Session, rich_client: RichClient, playbook: Playbook
) -> None:
    first, *_ = steps_of(session, plans.start(session, rich_client.client, playbook, STARTED))
    assert first.assignee_id == session.me.id
    changing.change(session, session.me, {"away_from": "2026-11-20", "away_till": "2026-11-25"})
    first, *_ = steps_of(session, plans.start(session, rich_client.client, playbook, STARTED))
    assert first.assignee_id == rich_client.petrov.id
    later, *_ = steps_of(session, plans.start(session, rich_client.client, playbook, date(2026, 11, 26)))
    assert later.assignee_id == session.me.id, "they are back by then"


def test_a_role_is_whoever_of_the_owners_office_has_least_to_do(
    session: Session, rich_client: RichClient, playbook: Playbook
) -> None:
    busy = helper(session, "busy")
    idle = helper(session, "idle")
    helper(session, "far", office="Казань")
    rich_client.add(Request(title="шумит принтер", assignee_id=busy.id))
    _, install, act = steps_of(session, plans.start(session, rich_client.client, playbook, STARTED))
    assert install.assignee_id == idle.id
    assert act.assignee_id is None, "nobody is of finance"


def test_nobody_in_the_office_means_a_deputy_then_another_office(
    session: Session, rich_client: RichClient, playbook: Playbook
) -> None:
    far = helper(session, "far", office="Казань")
    near = helper(session, "near", away_from="2026-11-01")
    _, install, _ = steps_of(session, plans.start(session, rich_client.client, playbook, STARTED))
    assert install.assignee_id == far.id
    changing.change(session, near, {"deputy_id": rich_client.petrov.id})
    _, install, _ = steps_of(session, plans.start(session, rich_client.client, playbook, STARTED))
    assert install.assignee_id == rich_client.petrov.id


@pytest.mark.usefixtures("playbook")
def test_an_onboarding_starts_once_and_moves_the_stage(session: Session) -> None:
    client = changing.insert(session, Client(name="Лютик", owner_id=session.me.id, stage="handover"))

    def begin() -> Plan | None:
        current = rows.get(session.store, Client, client.id)
        return session.change("x", lambda t: plans.start_onboarding_in(session, t, current)).result

    plan = begin()
    assert len(steps_of(session, plan)) == 3
    assert rows.get(session.store, Client, client.id).stage == "onboarding"
    assert begin() is None
    session.undo()
    assert rows.get(session.store, Client, client.id).stage == "handover"


def test_a_firm_without_playbooks_still_moves_the_stage(session: Session) -> None:
    client = changing.insert(session, Client(name="Лютик", stage="handover"))
    made = session.change("x", lambda t: plans.start_onboarding_in(session, t, client)).result
    assert made is None
    assert rows.get(session.store, Client, client.id).stage == "onboarding"


def test_a_playbook_without_steps_is_refused(session: Session, rich_client: RichClient) -> None:
    empty = changing.insert(session, Playbook(name="Пусто"))
    with pytest.raises(StoreProblem, match="no steps"):
        plans.start(session, rich_client.client, empty)
