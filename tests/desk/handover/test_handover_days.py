"""What handovers give people to do in their day, and what a client's card and package say of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich_client import Clock, RichClient

from onewindow.desk.editing import changing
from onewindow.desk.handover import decisions
from onewindow.desk.handover.acknowledging import acknowledge
from onewindow.desk.handover.content import content_of, news
from onewindow.desk.handover.sending import news_of, send
from onewindow.desk.handover.summary import read_handover
from onewindow.desk.health.scoring import client_health
from onewindow.desk.opening import at_work
from onewindow.desk.queue.today import read_today
from onewindow.desk.session.context import Session
from onewindow.desk.window.card_texts import handover_text
from onewindow.desk.window.panels.when import when
from onewindow.desk.window.snapshot import load_snapshot
from onewindow.records.clients import Client, Promise
from onewindow.records.handover import Handover
from onewindow.records.organization import Staff
from onewindow.store import rows
from onewindow.store.problems import StoreProblem


def day_of(session: Session, person: Staff) -> dict[str, str]:
    """Title and reason of the rows that handovers put into a person's day."""
    beside = at_work(session.store, person, session.settings, session.clock, session.zone)
    return {row.item.title: row.item.reason for row in read_today(beside).shown("handovers")}


@pytest.fixture
def sales(session: Session) -> Staff:
    return changing.insert(session, Staff(login="morozov", name="Морозов Денис", role="sales"))


@pytest.fixture
def handover(session: Session, sales: Staff) -> Handover:
    """A client who waits, sent today, with one special term."""
    client = changing.insert(session, Client(name="Василёк", stage="handover", owner_id=session.me.id))
    today = session.today().isoformat()
    made = changing.insert(
        session,
        Handover(
            client_id=client.id, deal="Сделка 1", sales_id=sales.id, receiver_id=session.me.id, sent_on=today
        ),
    )
    term = Promise(
        client_id=client.id,
        text="акт до пятого",
        promise_kind="term",
        owner_id=session.me.id,
        given_by_id=sales.id,
    )
    decisions.link_term(session, made, changing.insert(session, term))
    return made


def test_the_receiver_the_asked_and_the_asker_each_have_their_rows(
    session: Session, sales: Staff, handover: Handover
) -> None:
    assert day_of(session, session.me)["Сделка 1"].startswith("handed over by Морозов: accept or return")
    assert "акт до пятого" in day_of(session, session.me)
    question = decisions.ask(session, handover, "Обещали скидку?")
    assert day_of(session, sales) == {"Обещали скидку?": "Иванова asks about the handover"}
    answered = decisions.answer(session, question, "да, 5 %")
    assert day_of(session, sales) == {}
    assert day_of(session, session.me)["Обещали скидку?"] == "Морозов answered: да, 5 %"
    decisions.settle(session, answered)
    term = read_handover(session, handover.id).terms[0]
    acknowledge(session, term)
    assert set(day_of(session, session.me)) == {"Сделка 1"}


def test_a_row_of_the_day_is_late_when_its_open_hours_are_over(
    session: Session, handover: Handover, clock: Clock
) -> None:
    assert handover.target_min == 480
    clock.now += timedelta(days=2)
    late = {row.item.title: row.item.is_late for row in read_today(session).shown("handovers")}
    assert late["Сделка 1"]
    snapshot = read_handover(session, handover.id)
    assert snapshot.clock is None or snapshot.clock.breached


def test_the_card_of_a_new_client_says_how_his_handover_stands_and_of_others_nothing(
    session: Session, handover: Handover, rich_client: RichClient
) -> None:
    def told(client_id: int) -> str:
        snapshot = load_snapshot(session, client_id)
        return handover_text(snapshot, when(session, snapshot))

    assert told(handover.client_id).startswith("handover waits since")
    decisions.ask(session, handover, "Кто платит?")
    assert told(handover.client_id).endswith("sales owes 1 answer")
    decisions.send_back(session, handover, "нет договора")
    assert told(handover.client_id) == "handover is back with sales"
    assert told(rich_client.client.id) == ""
    assert load_snapshot(session, rich_client.client.id).handover is None


def test_an_owner_hands_a_client_over_with_what_is_new_and_each_term_is_acknowledged_again(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    client = changing.change(session, rich_client.client, {"owner_id": session.me.id})
    term = changing.insert(
        session,
        Promise(client_id=client.id, text="один инженер", promise_kind="term", owner_id=session.me.id),
    )
    acknowledge(session, term)
    clock.now += timedelta(hours=1)
    petrov = at_work(session.store, rich_client.petrov, session.settings, session.clock, session.zone)
    first = send(session, client, petrov.me.id, "ухожу в отпуск")
    with pytest.raises(StoreProblem, match="waits for its decision"):
        send(session, client, petrov.me.id)
    assert term.id in [promise.id for promise in read_handover(session, first.id).unread_terms]
    decisions.accept(petrov, first, with_debts=bool(read_handover(session, first.id).checklist.missing))
    assert rows.get(session.store, Client, client.id).owner_id == petrov.me.id
    assert rows.get(session.store, Promise, term.id).owner_id == petrov.me.id
    moved = changing.change(session, rows.get(session.store, Client, client.id), {"city": "Тверь"})
    assert any(line.endswith("→ Тверь") for line in news_of(session, moved))


def test_what_is_new_in_a_package_is_told_thing_by_thing(session: Session, rich_client: RichClient) -> None:
    before = content_of(session, rich_client.client, {})
    after = {**before, "contact": [*before["contact"][1:], {"name": "Новый Пётр", "phone": "+79120000000"}]}
    lines = news(before, after)
    assert "+ contact: Новый Пётр, +79120000000" in lines
    assert any(line.startswith(f"- contact: {before['contact'][0]['name']}") for line in lines)
    assert news(before, before) == []


def test_a_term_with_a_date_warns_before_it_is_over_and_lowers_health_when_it_is_broken(
    session: Session, handover: Handover, clock: Clock
) -> None:
    term = read_handover(session, handover.id).terms[0]
    due = (session.today() + timedelta(days=5)).isoformat()
    term = changing.change(session, term, {"due_on": due, "evidence": "письмо 23.11"})
    acknowledge(session, term)
    changing.change(session, rows.get(session.store, Client, handover.client_id), {"stage": "active"})

    def promised() -> dict[str, bool]:
        return {row.item.title: row.item.is_late for row in read_today(session).shown("promises")}

    def kept_share() -> float | None:
        client = rows.get(session.store, Client, handover.client_id)
        contributions = client_health(session.store, client, session.now()).contributions
        return next(
            (
                contribution.signal.value
                for contribution in contributions
                if contribution.signal.name == "promises"
            ),
            None,
        )

    assert promised() == {}
    clock.now += timedelta(days=3)
    assert promised() == {"акт до пятого": False}
    assert kept_share() is None
    clock.now += timedelta(days=3)
    assert promised() == {"акт до пятого": True}
    assert kept_share() == 0
    late = rows.get(session.store, Promise, term.id)
    changing.change(session, late, {"status": "broken", "broken_count": 1})
    assert promised() == {}
    assert rows.get(session.store, Promise, term.id).settled_at
    assert kept_share() == 0
