"""Reports count working time as the clocks do, and keep what is late and unanswered."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from rich_client import Clock

from onewindow.desk.editing import changing
from onewindow.desk.reports import request_reports
from onewindow.desk.reports.report_text import (
    amount_text,
    loss_lines,
    machine_row,
    share_of_text,
    share_text,
    spread_text,
)
from onewindow.desk.requests import replies
from onewindow.desk.session.context import Session
from onewindow.metrics.sla.response_times import loss_by_response, times
from onewindow.records.clients import Client
from onewindow.records.organization import Staff
from onewindow.records.requests import Request
from onewindow.store import rows
from onewindow.store.people import organization

MOSCOW = ZoneInfo("Europe/Moscow")
FRIDAY = datetime(2026, 11, 13, 17, 0, tzinfo=MOSCOW)


def asked(session: Session, clock: Clock, client: Client, at: datetime, **values: object) -> Request:
    clock.now = at
    return changing.insert(session, Request(client_id=client.id, title="вход", **values), intake_seconds=12)  # pyright: ignore[reportArgumentType]


def facts(session: Session) -> list[request_reports.RequestMeasures]:
    period = list(
        request_reports.read_measures(session, session.store, date(2026, 11, 1), date(2026, 11, 30))
    )[-1]
    assert period.is_complete
    assert period.done == period.total
    return period.requests


@pytest.fixture
def client(session: Session, clock: Clock) -> Client:
    clock.now = FRIDAY - timedelta(days=9)
    return changing.insert(session, Client(name="Ромашка", tier="A"))


def test_an_answer_over_the_weekend_counts_open_hours_only(
    session: Session, clock: Clock, client: Client
) -> None:
    request = asked(session, clock, client, FRIDAY)
    clock.now = FRIDAY + timedelta(days=2, hours=17)  # Monday 10:00
    replies.reply_to(session, request, "смотрим")
    (row,) = request_reports.report(facts(session), "response", "all")
    assert row.times.median == 2 * 3600  # until 18:00, and again from 9:00


def test_what_is_late_and_unanswered_has_no_time_but_counts_against_the_share(
    session: Session, clock: Clock, client: Client
) -> None:
    quick = asked(session, clock, client, FRIDAY - timedelta(days=2))
    clock.now += timedelta(minutes=1)
    replies.reply_to(session, quick, "да")
    asked(session, clock, client, FRIDAY - timedelta(days=2))
    clock.now = FRIDAY + timedelta(days=10)
    (row,) = request_reports.report(facts(session), "response", "all")
    assert row.times.n == 1
    assert row.times.within is not None
    assert (row.times.within.n, row.times.within.value) == (2, 0.5)


def test_requests_that_still_have_time_are_not_judged(session: Session, clock: Clock, client: Client) -> None:
    asked(session, clock, client, FRIDAY)
    assert request_reports.report(facts(session), "response", "all") == []
    (row,) = request_reports.report(facts(session), "intake", "all")
    assert row.times.median == 12


def test_groups_have_names_and_their_own_order(session: Session, clock: Clock, client: Client) -> None:
    petrov = organization.staff_by_login(session.store, "petrov")
    assert isinstance(petrov, Staff)
    for priority in ("low", "urgent", "normal"):
        request = asked(session, clock, client, FRIDAY, priority=priority, assignee_id=petrov.id)
        replies.reply_to(session, request, "да")
    requests = facts(session)
    assert [row.key for row in request_reports.report(requests, "response", "priority")] == [
        "urgent",
        "normal",
        "low",
    ]
    assert [row.label for row in request_reports.report(requests, "response", "person")] == ["Петров Олег"]
    assert [row.key for row in request_reports.report(requests, "response", "month")] == ["2026-11"]


def test_passes_count_from_the_second_hand_on(session: Session, clock: Clock, client: Client) -> None:
    request = asked(session, clock, client, FRIDAY)
    petrov = organization.staff_by_login(session.store, "petrov")
    assert petrov is not None
    for person in (session.me.id, petrov.id, session.me.id):
        request = changing.change(session, request, {"assignee_id": person})
    (row,) = request_reports.report(facts(session), "passes", "all")
    assert row.times.median == 2
    assert row.times.within is not None
    assert row.times.within.value == 0


def test_a_lost_client_is_counted_with_how_he_was_answered(
    session: Session, clock: Clock, client: Client
) -> None:
    for _ in range(3):
        asked(session, clock, client, FRIDAY - timedelta(days=3))
    clock.now = FRIDAY + timedelta(days=10)
    changing.change(
        session, rows.get(session.store, Client, client.id), {"stage": "lost", "loss_reason": "ушёл"}
    )
    losses = request_reports.loss(session.store, facts(session))
    assert losses.in_time is None
    assert losses.late is not None
    assert (losses.late.n, losses.late.value) == (1, 1.0)
    assert loss_lines(losses)[-1] == "There is nothing to compare."


def test_amounts_and_shares_read_well() -> None:
    assert amount_text("response", 65 * 60) == "1 h 05 m"
    assert amount_text("response", 59) == "0 m"
    assert amount_text("intake", 41.4) == "41 s"
    assert amount_text("passes", 1.5) == "1.5"
    assert amount_text("resolution", None) == "–"
    measured = times([60] * 10, 8, 10)
    assert share_text(measured.within) == "80 % (49–94)"
    waiting = times([60] * 9, 8, 10)
    assert (waiting.n, share_of_text(waiting.within)) == (9, "80 % (49–94) of 10")
    assert share_of_text(None) == "–"
    assert spread_text("response", measured) == "1 m … 1 m"
    row = machine_row(request_reports.ReportRow("A", "A", measured), "response", "tier")
    assert row["in_target"] == 0.8
    assert row["median"] == 60


def test_a_difference_is_told_only_with_evidence() -> None:
    alike = loss_by_response([(1.0, False)] * 10 + [(0.0, False)] * 10)
    assert "no evidence of change" in loss_lines(alike)[-1]
    apart = loss_by_response([(1.0, False)] * 60 + [(0.0, place < 30) for place in range(60)])
    assert "leave more often" in loss_lines(apart)[-1]
