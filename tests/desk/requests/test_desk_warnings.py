"""The warnings of a moment: who gets them, and when they are held."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from rich_client import Clock

from onewindow.desk.editing import changing
from onewindow.desk.opening import at_work
from onewindow.desk.requests.warnings import my_warnings, team_warnings
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.organization import Staff
from onewindow.records.requests import Request


@pytest.fixture
def request_at_risk(session: Session, clock: Clock) -> Request:
    """An urgent request of mine, opened at 10:00 in Moscow; its first answer is due at 10:30."""
    clock.now = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
    client = changing.insert(session, Client(name="Ромашка", owner_id=session.me.id))
    request = Request(client_id=client.id, title="Не печатает", priority="urgent", assignee_id=session.me.id)
    return changing.insert(session, request)


def test_the_one_who_works_on_it_is_warned_at_75_percent(
    session: Session, clock: Clock, request_at_risk: Request
) -> None:
    clock.now = datetime(2026, 11, 24, 7, 22, tzinfo=UTC)
    assert my_warnings(session) == []
    clock.now = datetime(2026, 11, 24, 7, 23, tzinfo=UTC)
    (warning,) = my_warnings(session)
    assert (warning.request.id, warning.alert.level, warning.because) == (
        request_at_risk.id,
        75,
        "their request",
    )
    assert warning.clock.name == "first_response"
    assert warning.alert.is_due


def test_at_night_a_warning_is_held_until_opening(
    session: Session, clock: Clock, request_at_risk: Request
) -> None:
    clock.now = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
    (warning,) = my_warnings(session)
    assert (warning.request.id, warning.alert.level) == (request_at_risk.id, 100)
    assert warning.alert.held_till == datetime(2026, 11, 25, 6, 0, tzinfo=UTC)


def test_an_absent_owner_is_replaced_by_his_deputy_and_then_by_a_lead(
    session: Session, clock: Clock, request_at_risk: Request
) -> None:
    clock.now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    petrov = next(person for person in session.directory.staff.values() if person.login == "petrov")
    away = {"away_from": "2026-11-24", "away_till": "2026-11-30"}
    me = changing.change(session, session.me, {**away, "deputy_id": petrov.id})
    assert my_warnings(session) == []
    (warning,) = team_warnings(session)
    assert (warning.person_id, warning.because) == (petrov.id, f"deputy of {me.name}")
    assert warning.request.id == request_at_risk.id
    lead = changing.insert(session, Staff(login="boss", name="Орлова", role="lead"))
    changing.change(session, petrov, dict(away))
    (warning,) = team_warnings(session)
    assert (warning.person_id, warning.because) == (lead.id, "lead; nobody else is here")
    boss = at_work(session.store, lead, session.settings, clock, session.zone)
    assert [warning.request.id for warning in my_warnings(boss)] == [request_at_risk.id]
