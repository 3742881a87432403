"""What ends only when it can: requests with parts, lessons to come, deliveries beyond what was agreed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich_client import Clock, RichClient

from onewindow.desk.announcements.training_sessions import close
from onewindow.desk.editing import changing
from onewindow.desk.plans.work import deliver
from onewindow.desk.requests.merging import split
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.adoption import Plan, PlanPhase, TrainingSession
from onewindow.records.requests import Request
from onewindow.store import rows
from onewindow.store.problems import StoreProblem


@pytest.mark.parametrize("ended", ["resolved", "declined"])
def test_a_request_is_closed_after_its_parts(session: Session, rich_client: RichClient, ended: str) -> None:
    whole = changing.add(session, "request", {"title": "переезд"}, rich_client.id)
    assert isinstance(whole, Request)
    part = split(session, whole, "перевезти терминалы")
    now = rows.get(session.store, Request, whole.id)
    with pytest.raises(FieldProblems, match=f"R-{part.number} “перевезти терминалы” is a part of it"):
        changing.edit(session, now, {"status": ended, "result": "готово"})
    changing.edit(session, part, {"status": ended, "result": "готово"})
    closed = changing.edit(
        session, rows.get(session.store, Request, whole.id), {"status": ended, "result": "x"}
    )
    assert closed.status == ended


def test_a_lost_client_gets_no_opportunity(session: Session, rich_client: RichClient) -> None:
    client = changing.change(session, rich_client.client, {"stage": "lost", "loss_reason": "цена"})
    with pytest.raises(FieldProblems, match="is lost"):
        changing.add(session, "opportunity", {"title": "ещё 5"}, client.id)
    assert changing.add(session, "opportunity", {"title": "x", "state": "suggested"}, client.id).id


def test_a_session_to_come_or_without_anybody_is_not_held(session: Session, clock: Clock) -> None:
    lesson = changing.add(session, "session", {"title": "обновление", "starts_at": "2026-11-24 10:00"})
    assert isinstance(lesson, TrainingSession)
    with pytest.raises(StoreProblem, match="still to come"):
        close(session, lesson)
    clock.now += timedelta(days=2)
    with pytest.raises(StoreProblem, match="Nobody is invited"):
        close(session, lesson)


@pytest.mark.parametrize(("volume", "fits"), [(39, True), (40, True), (41, False)])
def test_no_more_is_delivered_than_was_agreed(
    session: Session, rich_client: RichClient, volume: int, fits: bool
) -> None:
    plan = changing.insert(session, Plan(client_id=rich_client.id, title="поставка", started_on="2026-11-01"))
    part = PlanPhase(client_id=rich_client.id, plan_id=plan.id, title="партия", agreed_volume=40)
    phase = changing.insert(session, part)
    if fits:
        assert deliver(session, phase, volume)[0].delivered_volume == volume
        return
    with pytest.raises(StoreProblem, match="40 are agreed"):
        deliver(session, phase, volume)
