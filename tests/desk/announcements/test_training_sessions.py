"""Sessions: invitations, seats, the lessons that follow attendance, what trained clients bought after."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich_client import NOW, Clock

from onewindow.desk.announcements import announcing, as_text, deliveries, effect_report, training_sessions
from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.records.adoption import (
    Announcement,
    Attendance,
    Licence,
    Product,
    Training,
    TrainingSession,
    Usage,
)
from onewindow.records.clients import Client, Contact
from onewindow.records.feedback import Opportunity, Revenue
from onewindow.records.requests import Request
from onewindow.store import rows
from onewindow.store.adoption import training
from onewindow.store.announcements import announcement_records
from onewindow.store.problems import StoreProblem
from onewindow.store.rows import fetch
from onewindow.text.dates import utc_text, week_number


@pytest.fixture
def product(session: Session) -> Product:
    return changing.insert(session, Product(slug="sklad", name="Склад+"))


def _clients(session: Session, product: Product, count: int) -> list[Client]:
    made: list[Client] = []
    for number in range(count):
        client = changing.insert(session, Client(name=f"Клиент {number}", owner_id=session.me.id))
        changing.insert(session, Contact(client_id=client.id, name="Анна Ким", phone="+79123456789"))
        changing.insert(session, Licence(client_id=client.id, product_id=product.id))
        made.append(client)
    return made


def _lesson(session: Session, product: Product, days: float = -2, **values: object) -> TrainingSession:
    blank = TrainingSession(
        title="Приёмка",
        starts_at=utc_text(NOW - timedelta(days=days)),
        product_id=product.id,
        audience="product:склад",
        trainer_id=session.me.id,
    )
    return changing.insert(session, blank.with_changes(values))


def _attendance(session: Session, lesson: TrainingSession, client: Client) -> Attendance:
    return next(
        line.attendance
        for line in training.lines(session.store, lesson.id)
        if line.attendance.client_id == client.id
    )


def _lessons_of(session: Session, client: Client) -> list[Training]:
    return fetch(
        session.store, Training, "WHERE client_id = :client AND archived_at IS NULL", client=client.id
    )


def test_the_audience_is_invited_once(session: Session, product: Product) -> None:
    clients = _clients(session, product, 3)
    mute = changing.insert(session, Client(name="Без людей"))
    changing.insert(session, Licence(client_id=mute.id, product_id=product.id))
    lesson = _lesson(session, product)
    assert training_sessions.invite(session, lesson) == training_sessions.Invited(3, 0, 1)
    assert training_sessions.invite(session, lesson) == training_sessions.Invited(0, 3, 1)
    with pytest.raises(StoreProblem, match="Клиент 0 is invited already"):
        training_sessions.add(session, lesson, clients[0])
    with pytest.raises(StoreProblem, match="give the session an audience"):
        training_sessions.invite(session, _lesson(session, product, audience=""))


def test_an_audience_is_that_of_the_announcement_unless_it_has_its_own(
    session: Session, product: Product
) -> None:
    _clients(session, product, 2)
    announcement = changing.insert(session, Announcement(title="5.2", text="x", audience="tier:A"))
    lesson = _lesson(session, product, announcement_id=announcement.id, audience="")
    assert training_sessions.invite(session, lesson).added == 0
    wider = changing.change(session, lesson, {"audience": "product:склад"})
    assert training_sessions.invite(session, wider).added == 2


def test_the_lesson_of_a_client_follows_his_attendance(
    session: Session, clock: Clock, product: Product
) -> None:
    (client,) = _clients(session, product, 1)
    lesson = _lesson(session, product)
    training_sessions.invite(session, lesson)
    attendance = training_sessions.mark(session, _attendance(session, lesson, client), "accepted", people=3)
    (planned,) = _lessons_of(session, client)
    assert (planned.state, planned.planned_on, planned.people) == ("planned", "2026-11-25", 3)
    with pytest.raises(StoreProblem, match=r"25\.11\.2026 has not come yet"):
        training_sessions.mark(session, attendance, "attended", people=2)
    clock.now += timedelta(days=3)
    attendance = training_sessions.mark(session, attendance, "attended", people=2)
    (done,) = _lessons_of(session, client)
    assert (done.id, done.state, done.held_on, done.people) == (planned.id, "done", "2026-11-25", 2)
    attendance = training_sessions.mark(session, attendance, "declined")
    assert _lessons_of(session, client) == []
    training_sessions.mark(session, attendance, "missed")
    (missed,) = _lessons_of(session, client)
    assert (missed.id, missed.state, missed.held_on) == (planned.id, "missed", None)


def test_no_more_people_than_seats(session: Session, product: Product) -> None:
    first, second = _clients(session, product, 2)
    lesson = _lesson(session, product, capacity=4)
    training_sessions.invite(session, lesson)
    training_sessions.mark(session, _attendance(session, lesson, first), "accepted", people=3)
    with pytest.raises(StoreProblem, match="3 of 4 seats are taken; 2 more do not fit"):
        training_sessions.mark(session, _attendance(session, lesson, second), "accepted", people=2)
    training_sessions.mark(session, _attendance(session, lesson, second), "accepted", people=1)


def test_a_session_that_is_held_or_called_off_settles_what_was_planned(
    session: Session, clock: Clock, product: Product
) -> None:
    came, missed = _clients(session, product, 2)
    lesson = _lesson(session, product)
    training_sessions.invite(session, lesson)
    training_sessions.mark(session, _attendance(session, lesson, missed), "accepted")
    clock.now += timedelta(days=3)
    training_sessions.mark(session, _attendance(session, lesson, came), "attended")
    assert training_sessions.close(session, lesson).state == "held"
    assert training.counts(session.store, lesson.id) == {"attended": (1, 1), "missed": (1, 1)}
    assert [each.state for each in _lessons_of(session, missed)] == ["missed"]
    other = _lesson(session, product)
    training_sessions.invite(session, other)
    training_sessions.mark(session, _attendance(session, other, missed), "accepted")
    assert len(_lessons_of(session, missed)) == 2
    with pytest.raises(StoreProblem, match="Say why"):
        training_sessions.cancel(session, other, "")
    training_sessions.cancel(session, other, "заболел тренер")
    assert len(_lessons_of(session, missed)) == 1
    with pytest.raises(StoreProblem, match="was cancelled"):
        training_sessions.mark(session, _attendance(session, other, missed), "attended")


def test_trained_clients_are_compared_with_the_rest_of_the_audience(
    session: Session, clock: Clock, product: Product
) -> None:
    clients = _clients(session, product, 24)
    lesson = _lesson(session, product, 120)
    training_sessions.invite(session, lesson)
    for client in clients[:12]:
        training_sessions.mark(session, _attendance(session, lesson, client), "attended")
    training_sessions.close(session, lesson)
    day = (NOW - timedelta(days=100)).date().isoformat()
    late = (NOW - timedelta(days=10)).date().isoformat()
    for place, client in enumerate(clients):
        is_trained = place < 12
        if is_trained and place % 4 != 0:
            clock.now = NOW - timedelta(days=100)
            changing.insert(session, Opportunity(client_id=client.id, title="Терминалы"))
            clock.now = NOW
        if place in (0, 1, 12):
            changing.insert(
                session, Revenue(client_id=client.id, on_date=day, amount=90_000, revenue_kind="licence")
            )
            changing.insert(
                session, Revenue(client_id=client.id, on_date=late, amount=7, revenue_kind="licence")
            )
            changing.insert(
                session, Revenue(client_id=client.id, on_date=day, amount=5, revenue_kind="subscription")
            )
    repeat = effect_report.repeat_sales_of(session, None, product)
    assert (repeat.trained.clients, repeat.untrained.clients, repeat.too_early) == (12, 12, 0)
    assert (repeat.trained.opportunity, repeat.untrained.opportunity) == (9, 0)
    assert (repeat.trained.bought, repeat.untrained.bought) == (2, 1)
    assert (repeat.trained.money, repeat.untrained.money) == ({"RUB": 180_000}, {"RUB": 90_000})
    assert repeat.comparisons["opportunity"].verdict == "more often after training"
    assert repeat.comparisons["bought"].verdict == "no evidence of change"
    lines = as_text.repeat_lines(repeat, 90)
    assert lines[1].startswith("  got an opportunity: 75 % (47–91) trained, 0 % (0–24) others, +75.0 points")
    assert lines[-1].startswith("This is no experiment")
    assert as_text.repeat_rows(repeat)[0]["trained_hits"] == 9
    early = effect_report.repeat_sales_of(session, None, product, 150)
    assert (early.trained.clients, early.too_early) == (0, 24)


def test_first_use_is_counted_from_the_week_of_the_lesson(session: Session, product: Product) -> None:
    used_before, soon, later, never = _clients(session, product, 4)
    lesson = _lesson(session, product, 35)
    training_sessions.invite(session, lesson)
    for client in (used_before, soon, later, never):
        training_sessions.mark(session, _attendance(session, lesson, client), "attended")
    training_sessions.close(session, lesson)
    week = week_number((NOW - timedelta(days=35)).date())
    for client, weeks in ((used_before, (-2, 0)), (soon, (-9, 0)), (later, (3,))):
        for each in weeks:
            changing.insert(
                session,
                Usage(client_id=client.id, product_id=product.id, week=week + each, active_users=2, volume=1),
            )
    repeat = effect_report.repeat_sales_of(session, None, product, 30)
    assert (repeat.first_use.n, repeat.first_use.used, repeat.first_use.median) == (3, 2, 3)
    assert repeat.used_before == 1


def test_without_a_session_that_was_held_there_is_nothing_to_compare(
    session: Session, product: Product
) -> None:
    _lesson(session, product)
    with pytest.raises(StoreProblem, match="No training session on “Склад\\+” was held yet"):
        effect_report.repeat_sales_of(session, None, product)


def test_what_followed_an_announcement_is_counted_by_client(
    session: Session, clock: Clock, product: Product
) -> None:
    clients = _clients(session, product, 4)
    announcement = changing.insert(
        session,
        Announcement(
            title="5.2",
            text="x",
            audience="product:склад",
            channel="phone",
            purpose="service",
            product_id=product.id,
        ),
    )
    announcing.queue(session, announcement)
    for client in clients[:3]:
        delivery = announcement_records.of_clients(session.store, announcement.id, [client.id])[client.id]
        deliveries.move(session, delivery, "told")
    clock.now = NOW + timedelta(days=2)
    for title in ("Как обновить", "Ещё вопрос"):
        changing.insert(session, Request(client_id=clients[0].id, title=title, product_id=product.id))
    changing.insert(session, Request(client_id=clients[1].id, title="О другом"))
    changing.insert(session, Request(client_id=clients[3].id, title="Не сказали", product_id=product.id))
    changing.insert(session, Opportunity(client_id=clients[2].id, title="Терминалы"))
    effect = effect_report.effect(session, announcement)
    assert (effect.notified, effect.requests, effect.opportunities) == (3, 2, 1)
    assert effect.counts["asked us"] == 1
    assert "3 clients were told; within 30 days of it:" in as_text.effect_lines(effect, 30)
    assert rows.get(session.store, Announcement, announcement.id).state == "sending"
