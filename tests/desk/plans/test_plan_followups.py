"""A signed contract begins the onboarding, by whatever way it was signed; open steps follow the owner."""

from __future__ import annotations

from pathlib import Path

import pytest

from onewindow.desk.editing import changing
from onewindow.desk.imports import running as importing
from onewindow.desk.plans import starting as plans
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Plan, Playbook, PlaybookStep
from onewindow.records.clients import Client
from onewindow.records.organization import Staff
from onewindow.records.requests import Document
from onewindow.store import rows
from onewindow.store.adoption import ownership
from onewindow.store.plans import progress as stored


@pytest.fixture
def newcomer(session: Session) -> Client:
    """A client whom sales has just won, in a firm with a playbook for such."""
    playbook = changing.insert(session, Playbook(name="Внедрение", starts_itself=1))
    for place, title in enumerate(("звонок", "акт"), start=1):
        changing.insert(session, PlaybookStep(playbook_id=playbook.id, position=place, title=title))
    return changing.insert(session, Client(name="Лютик", stage="handover", owner_id=session.me.id))


def onboarding(session: Session, client: Client) -> Plan | None:
    return stored.running_of(session.store, client.id, "onboarding")


def stage(session: Session, client: Client) -> str:
    return rows.get(session.store, Client, client.id).stage


def test_a_contract_that_becomes_signed_begins_the_onboarding(session: Session, newcomer: Client) -> None:
    draft = changing.insert(session, Document(client_id=newcomer.id, title="договор"))
    assert onboarding(session, newcomer) is None
    changing.change(session, draft, {"state": "signed"})
    plan = onboarding(session, newcomer)
    assert plan is not None
    assert len(ownership.steps(session.store, plan.id)) == 2
    assert stage(session, newcomer) == "onboarding"
    assert session.undo().endswith("; onboarding starts")
    assert onboarding(session, newcomer) is None
    assert stage(session, newcomer) == "handover"
    assert rows.get(session.store, Document, draft.id).state == "draft"


def test_a_contract_added_as_signed_begins_it_too_and_a_second_one_does_not(
    session: Session, newcomer: Client
) -> None:
    changing.insert(session, Document(client_id=newcomer.id, title="договор", state="signed"))
    first = onboarding(session, newcomer)
    changing.insert(session, Document(client_id=newcomer.id, title="ещё один", state="signed"))
    again = onboarding(session, newcomer)
    assert first is not None
    assert again is not None
    assert first.id == again.id


@pytest.mark.parametrize(
    ("kind", "state", "at"),
    [("act", "signed", "handover"), ("contract", "sent", "handover"), ("contract", "signed", "active")],
)
def test_other_papers_and_other_clients_begin_nothing(
    session: Session, newcomer: Client, kind: str, state: str, at: str
) -> None:
    changing.change(session, newcomer, {"stage": at})
    paper = Document(client_id=newcomer.id, title="бумага").with_changes(
        {"document_kind": kind, "state": state}
    )
    changing.insert(session, paper)
    assert onboarding(session, newcomer) is None


def test_an_imported_contract_begins_it_and_goes_with_its_import(
    session: Session, newcomer: Client, tmp_path: Path
) -> None:
    path = tmp_path / "contracts.csv"
    path.write_text("client,kind,title,state\nЛютик,contract,договор,signed\n", encoding="utf-8")
    importing.import_file(session, "document", path)
    assert onboarding(session, newcomer) is not None
    session.undo()
    assert onboarding(session, newcomer) is None
    assert stage(session, newcomer) == "handover"


def test_open_steps_go_to_the_new_owner_and_done_ones_stay(session: Session, newcomer: Client) -> None:
    changing.insert(session, Document(client_id=newcomer.id, title="договор", state="signed"))
    plan = onboarding(session, newcomer)
    assert plan is not None
    first, _ = ownership.steps(session.store, plan.id)
    changing.mark_done(session, first)
    petrov = next(person for person in session.directory.staff.values() if person.login == "petrov")
    changing.change(session, rows.get(session.store, Client, newcomer.id), {"owner_id": petrov.id})
    done, waits = ownership.steps(session.store, plan.id)
    assert (done.assignee_id, waits.assignee_id) == (session.me.id, petrov.id)
    assert rows.get(session.store, Plan, plan.id).owner_id == petrov.id
    session.undo()
    assert ownership.steps(session.store, plan.id)[1].assignee_id == session.me.id


def test_a_new_colleagues_own_role_is_his_and_his_mentors_is_his_mentors(session: Session) -> None:
    book = changing.insert(session, Playbook(name="Старт", plan_kind="employee"))
    for place, role in enumerate(("support", "lead", "quality"), start=1):
        step = PlaybookStep(playbook_id=book.id, position=place, title=role)
        changing.insert(session, step.with_changes({"role": role}))
    for login in ("idle", "novice"):
        changing.insert(session, Staff(login=login, name=login, role="support"))
    novice = next(person for person in session.directory.staff.values() if person.login == "novice")
    mentor = changing.insert(session, Staff(login="lead", name="Орлова", role="lead", office="Казань"))
    plan = plans.start(session, None, book, mentor_id=mentor.id, employee_id=novice.id)
    assert [step.assignee_id for step in ownership.steps(session.store, plan.id)] == [
        novice.id,
        mentor.id,
        None,
    ]
    assert (plan.employee_id, plan.mentor_id, plan.client_id) == (novice.id, mentor.id, None)
