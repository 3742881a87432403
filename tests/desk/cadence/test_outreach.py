"""The touch plan on a real file: what is due and with whom, what settles it, and that the cache is right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich_client import NOW, Clock, RichClient

from onewindow.desk.caches import client_caches
from onewindow.desk.cadence import outreach
from onewindow.desk.editing import changing
from onewindow.desk.outbox import drafting
from onewindow.desk.queue.today import read_today
from onewindow.desk.session.context import Session
from onewindow.records.cadence import Holiday, Occasion, TouchCadence
from onewindow.records.clients import Client, Contact
from onewindow.records.messages import Template
from onewindow.records.organization import Segment
from onewindow.records.requests import Touch
from onewindow.store import behind, rows
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import utc_text


@pytest.fixture
def client(session: Session) -> Client:
    """A client of mine without anything, with us for a year and two days."""
    return changing.insert(session, Client(name="Вектор", owner_id=session.me.id, since="2025-11-25"))


def cadence(session: Session, tier: str = "", every: int = 10) -> TouchCadence:
    return changing.insert(
        session, TouchCadence(name=f"каждые {every}", tier=tier, every_days=every, valid_from="2026-01-01")
    )


def spoke(session: Session, client: Client, days_ago: int, *, by_machine: bool = False) -> Touch:
    return changing.insert(
        session,
        Touch(
            client_id=client.id,
            text="разговор",
            at=utc_text(NOW - timedelta(days=days_ago)),
            direction="out",
            is_automatic=int(by_machine),
        ),
    )


def dues(session: Session, client: Client) -> list[str]:
    return [due.touch.due_on.isoformat() for due in outreach.of_client(session, client)]


def todays(session: Session) -> list[str]:
    return [row.item.title for row in read_today(session).shown("touches")]


def test_automatic_messages_do_not_count_as_a_touch(session: Session, client: Client) -> None:
    cadence(session)
    spoke(session, client, 28)
    assert dues(session, client) == ["2026-11-09"]
    spoke(session, client, 1, by_machine=True)
    assert dues(session, client) == ["2026-11-09"]
    spoke(session, client, 1)
    assert dues(session, client) == ["2026-12-04"]


def test_the_cadence_of_the_tier_goes_before_that_of_everybody(session: Session, client: Client) -> None:
    cadence(session)
    cadence(session, "C", 5)
    cadence(session, "A", 1)
    spoke(session, client, 7)
    assert dues(session, client) == ["2026-11-23"]


def test_a_segment_of_the_card_chooses_a_cadence_and_goes_before_the_tier(
    session: Session, client: Client
) -> None:
    cadence(session)
    spoke(session, client, 7)
    south = changing.insert(session, Segment(name="Юг", filter="city:Казань"))
    rule = TouchCadence(name="Юг", segment_id=south.id, every_days=1, valid_from="2026-01-01")
    changing.insert(session, rule)
    assert dues(session, client) == ["2026-11-30"]
    changing.change(session, client, {"city": "Казань"})
    assert dues(session, client) == ["2026-11-17"]
    assert client_caches.differences(session.store) == []
    using = changing.insert(session, Segment(name="Молчат", filter="used:<30d"))
    with pytest.raises(StoreProblem, match="though no card changed"):
        changing.insert(session, rule.with_changes({"segment_id": using.id}))


def test_a_touch_that_is_due_stands_in_today_until_it_is_logged(session: Session, client: Client) -> None:
    cadence(session)
    spoke(session, client, 28)
    assert todays(session) == ["call: every 10 working days, last 26.10"]
    outreach.done(session, client, "всё хорошо")
    assert todays(session) == []
    session.undo()
    assert len(todays(session)) == 1
    assert client_caches.differences(session.store) == []


def test_a_touch_is_put_off_or_skipped_only_with_a_reason(session: Session, client: Client) -> None:
    cadence(session)
    spoke(session, client, 28)
    with pytest.raises(StoreProblem, match="Say why"):
        outreach.put_off(session, client, "+1w", " ")
    with pytest.raises(StoreProblem, match="not ahead"):
        outreach.put_off(session, client, "вчера", "просил позже")
    outreach.put_off(session, client, "30.11.2026", "просил позже")
    assert dues(session, client) == ["2026-11-30"]
    outreach.skip(session, client, "в отпуске")
    assert dues(session, client) == ["2026-12-07"]
    lines = "\n".join(outreach.why(session, client))
    assert "09.11 put off till 30.11 by Иванова: просил позже" in lines
    assert "30.11 skipped by Иванова: в отпуске" in lines


def test_people_who_left_and_lost_clients_are_not_congratulated(session: Session, client: Client) -> None:
    changing.insert(session, Occasion(name="ДР", reason="birthday"))
    anna = changing.insert(session, Contact(client_id=client.id, name="Анна", birthday="1980-11-23"))
    assert dues(session, client) == ["2026-11-23"]
    gone = changing.change(session, anna, {"left_on": "2026-11-01"})
    assert dues(session, client) == []
    changing.change(session, gone, {"left_on": None})
    assert todays(session) == ["call: birthday of Анна, 23.11"]
    lost = changing.change(
        session, rows.get(session.store, Client, client.id), {"stage": "lost", "loss_reason": "цена"}
    )
    assert (dues(session, lost), todays(session)) == ([], [])


def test_thanks_go_to_who_recommended_us(session: Session, client: Client) -> None:
    changing.insert(session, Occasion(name="За рекомендацию", reason="referral", after_days=1))
    other = changing.insert(
        session, Client(name="Новый", since="2026-11-20", referrer_id=client.id, owner_id=session.me.id)
    )
    assert todays(session) == ["call: recommended us to Новый, 20.11"]
    assert client_caches.differences(session.store) == []
    changing.archive(session, other)
    assert todays(session) == []
    assert client_caches.differences(session.store) == []


def test_a_holiday_concerns_a_country_and_an_industry(session: Session) -> None:
    changing.insert(session, Occasion(name="Праздники", reason="holiday"))
    changing.insert(session, Holiday(name="День торговли", day="4 sat 11", country="RU", industry="торговля"))
    fitting = changing.insert(session, Client(name="Лавка", industry="Оптовая торговля", country="RU"))
    abroad = changing.insert(session, Client(name="Магазин", industry="торговля", country="BG"))
    mill = changing.insert(session, Client(name="Мельница", industry="мука", country="RU"))
    assert [dues(session, client) for client in (fitting, abroad, mill)] == [["2026-11-30"], [], []]


def test_a_day_of_the_year_that_is_none_is_refused(session: Session) -> None:
    with pytest.raises(StoreProblem, match="no day of a year"):
        changing.insert(session, Holiday(name="?", day="30.02"))


def test_a_message_for_a_touch_goes_through_the_outbox_once(session: Session, client: Client) -> None:
    changing.insert(session, Occasion(name="Год", reason="anniversary", touch_kind="mail"))
    changing.insert(
        session,
        Template(
            name="С годовщиной", purpose="congratulation", subject="Год вместе", text="{contact}, спасибо!"
        ),
    )
    with pytest.raises(StoreProblem, match="Fill in ⟨contact⟩"):
        outreach.send(session, client)
    changing.insert(session, Contact(client_id=client.id, name="Анна", email="anna@example.org"))
    sent = outreach.send(session, client)
    assert (sent.state, sent.text) == ("queued", "Анна, спасибо!")
    with pytest.raises(StoreProblem, match="Nothing is due"):
        outreach.send(session, client)
    assert drafting.last_try(session, sent) is None


def test_rules_that_change_make_the_cache_anew(session: Session, client: Client, clock: Clock) -> None:
    spoke(session, client, 40)
    clock.now += timedelta(minutes=1)
    cadence(session)
    assert len(todays(session)) == 1
    assert client_caches.differences(session.store) == []


def test_in_a_large_file_rules_that_change_make_the_cache_anew_for_who_reads_it(
    session: Session, client: Client, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_caches, "_RULED_AT_ONCE", 0)
    spoke(session, client, 40)
    clock.now += timedelta(minutes=1)
    cadence(session)
    assert behind.count(session.store) == 1
    assert len(todays(session)) == 1
    assert client_caches.differences(session.store) == []


def test_the_rich_client_keeps_a_sound_cache(rich_client: RichClient) -> None:
    session = rich_client.session
    cadence(session)
    for reason in ("start", "training", "promoter", "complaint", "first_order", "paid_invoice", "release"):
        changing.insert(session, Occasion(name=reason, reason=reason, after_months=1))
    client_caches.rebuild(session.store, session.now())
    assert client_caches.differences(session.store) == []
