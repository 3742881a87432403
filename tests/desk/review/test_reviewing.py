"""A review on a real file: order, decisions that do what they say, a round that survives, and the agenda."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich_client import NOW, Clock

from onewindow.desk.caches import client_caches
from onewindow.desk.editing import changing
from onewindow.desk.opening import at_work
from onewindow.desk.queue.today import read_today
from onewindow.desk.review import agenda, reviewing
from onewindow.desk.review.reviewing import Scope, Walk, read_walk
from onewindow.desk.session.context import Session
from onewindow.records.cadence import TouchCadence
from onewindow.records.clients import Client
from onewindow.records.feedback import Revenue, RevenueKind
from onewindow.records.organization import Segment, Staff
from onewindow.records.requests import Request
from onewindow.records.reviews import ReviewRound
from onewindow.store import feedback as feedback_store
from onewindow.store import reviews, rows
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import utc_text


@pytest.fixture
def clients(session: Session) -> dict[str, Client]:
    """Four clients of mine; the third has a late request, one is a colleague's, one is lost."""
    petrov = petrov_of(session)
    made = {
        name: changing.insert(session, Client(name=name, owner_id=session.me.id, goal=f"цель {name}"))
        for name in ("Альфа", "Бета", "Вектор", "Гамма")
    }
    late = Request(client_id=made["Вектор"].id, title="отчёт", promised_at=utc_text(NOW - timedelta(hours=2)))
    changing.insert(session, late)
    changing.insert(session, Client(name="Чужой", owner_id=petrov.id))
    changing.insert(session, Client(name="Ушёл", owner_id=session.me.id, stage="lost", loss_reason="цена"))
    return made


def petrov_of(session: Session) -> Staff:
    return next(person for person in session.directory.staff.values() if person.login == "petrov")


def mine(session: Session) -> Walk:
    return read_walk(session, Scope(owner_id=session.me.id))


def names(walk: Walk) -> list[str]:
    return [reviewed.facts.name for reviewed in walk.open]


def decide(session: Session, client: Client, decision: str, reason: str = "давно", till: str = "") -> None:
    reviewing.decide(session, mine(session), client.id, decision, reason, till)  # pyright: ignore[reportArgumentType]


def test_late_clients_come_first_then_the_name_decides(session: Session, clients: dict[str, Client]) -> None:
    walk = mine(session)
    assert names(walk) == ["Вектор", "Альфа", "Бета", "Гамма"]
    assert walk.round is None
    assert clients["Вектор"].id == walk.clients[0].client_id


def test_a_decision_needs_a_reason_and_skips_the_client_in_this_round(
    session: Session, clients: dict[str, Client]
) -> None:
    with pytest.raises(StoreProblem, match="Say why"):
        decide(session, clients["Альфа"], "fine", " ")
    assert mine(session).round is None
    decide(session, clients["Альфа"], "fine")
    assert names(mine(session)) == ["Вектор", "Бета", "Гамма"]
    session.undo()
    assert names(mine(session)) == ["Вектор", "Альфа", "Бета", "Гамма"]
    assert mine(session).round is None
    assert client_caches.differences(session.store) == []


def test_a_touch_becomes_a_task_of_the_owner(session: Session, clients: dict[str, Client]) -> None:
    decide(session, clients["Бета"], "touch", "обсудить продление", "25.11.2026")
    (row,) = read_today(session).shown("tasks")
    assert (row.item.title, row.item.reason) == ("Бета: обсудить продление", "touch from review")
    assert row.item.due_at == "2026-11-25T20:59:59Z"
    with pytest.raises(StoreProblem, match="not ahead"):
        decide(session, clients["Гамма"], "touch", "x", "вчера")


def test_a_snooze_hides_the_client_from_my_day_till_its_date(
    session: Session, clients: dict[str, Client], clock: Clock
) -> None:
    cadence = TouchCadence(name="всем", every_days=1, valid_from="2026-01-01", alarm_days=0)
    changing.insert(session, cadence)
    clock.now += timedelta(days=3)
    client_caches.rebuild(session.store, clock.now)
    assert any(row.client and row.client.name == "Бета" for row in read_today(session).shown("touches"))
    decide(session, clients["Бета"], "snooze", "отпуск", "+1w")
    assert not any(row.client and row.client.name == "Бета" for row in read_today(session).shown("touches"))
    clock.now += timedelta(days=8)
    assert any(row.client and row.client.name == "Бета" for row in read_today(session).shown("touches"))


def test_an_escalation_stands_in_the_day_of_the_lead(session: Session, clients: dict[str, Client]) -> None:
    with pytest.raises(StoreProblem, match="no lead"):
        decide(session, clients["Бета"], "escalate", "уходит")
    lead = changing.change(session, petrov_of(session), {"role": "lead"})
    decide(session, clients["Бета"], "escalate", "уходит")
    theirs = at_work(session.store, lead, session.settings, session.clock, session.zone)
    (row,) = read_today(theirs).shown("tasks")
    assert (row.item.title, row.item.reason) == ("Бета: уходит", reviewing.ESCALATED)


def test_another_decision_replaces_the_first_with_what_it_made(
    session: Session, clients: dict[str, Client]
) -> None:
    decide(session, clients["Бета"], "touch", "обсудить")
    decide(session, clients["Бета"], "fine", "уже говорили")
    assert not read_today(session).shown("tasks")
    review = mine(session).round
    assert review is not None
    assert [decision.decision for decision in reviews.decisions(session.store, review.id)] == ["fine"]


def test_a_round_goes_on_in_another_process_and_ends(session: Session, clients: dict[str, Client]) -> None:
    decide(session, clients["Альфа"], "fine")
    later = at_work(session.store, session.me, session.settings, session.clock, session.zone)
    assert names(mine(later)) == ["Вектор", "Бета", "Гамма"]
    review = mine(later).round
    assert review is not None
    reviewing.finish(later, review)
    assert len(names(mine(later))) == 4
    with pytest.raises(StoreProblem, match="ended already"):
        reviewing.finish(later, rows.get(session.store, ReviewRound, review.id))


def test_a_segment_is_walked_apart_from_my_clients(session: Session, clients: dict[str, Client]) -> None:
    decide(session, clients["Альфа"], "fine")
    changing.change(session, clients["Гамма"], {"city": "Казань"})
    segment = changing.insert(session, Segment(name="Казань", filter="city:Казань"))
    walk = read_walk(session, Scope(segment_id=segment.id))
    assert (names(walk), walk.round, walk.name) == (["Гамма"], None, "Казань, 23.11.2026")


def test_the_agenda_begins_with_what_a_lead_decides(session: Session, clients: dict[str, Client]) -> None:
    changing.change(session, petrov_of(session), {"role": "lead"})
    decide(session, clients["Альфа"], "touch", "спросить [о] *складе*")
    decide(session, clients["Бета"], "escalate", "просит скидку")
    decide(session, clients["Вектор"], "fine", "порядок")
    walk = mine(session)
    assert walk.round is not None
    text = agenda.agenda(session, walk.round, len(walk.open))
    assert text.index("## To decide (1)") < text.index("## Touches agreed (1)") < text.index("## Counts")
    assert "просит скидку" in text
    assert "Goal: цель Бета." in text
    assert "спросить \\[о\\] \\*складе\\*" in text
    assert "- reviewed: 3, not yet: 1" in text


def test_the_day_reminds_of_a_review_by_the_standard(
    session: Session, clients: dict[str, Client], clock: Clock
) -> None:
    def reminders() -> list[str]:
        return [row.item.reason for row in read_today(session).rows if row.item.kind == "review"]

    assert reminders() == []
    changing.insert(
        session, TouchCadence(name="всем", every_days=90, review_days=30, valid_from="2026-01-01")
    )
    assert reminders() == ["no review yet"]
    decide(session, clients["Альфа"], "fine")
    assert reminders() == ["the review of 23.11 is half way"]
    review = mine(session).round
    assert review is not None
    reviewing.finish(session, review)
    assert reminders() == []
    clock.now += timedelta(days=31)
    assert reminders() == ["the last review was 31 days ago, standard 30"]
    assert mine(session).overdue == 4


def test_discounts_are_off_the_value_and_costs_are_not_in_it(
    session: Session, clients: dict[str, Client]
) -> None:
    alpha, today = clients["Альфа"], NOW.date()
    paid: tuple[tuple[RevenueKind, int, int], ...] = (
        ("licence", 900_00, 10),
        ("discount", 150_00, 10),
        ("cost", 70_00, 10),
        ("licence", 500_00, 366),
        ("service", 20_00, 0),
    )
    for kind, amount, days in paid:
        on = (today - timedelta(days=days)).isoformat()
        changing.insert(session, Revenue(client_id=alpha.id, on_date=on, revenue_kind=kind, amount=amount))
    facts = next(reviewed.facts for reviewed in mine(session).open if reviewed.facts.name == "Альфа")
    year = ((today - timedelta(days=365)).isoformat(), today.isoformat())
    assert facts.value == 900_00 - 150_00 + 20_00
    assert [facts.value] == list(feedback_store.income(session.store, *year)[alpha.id].values())


def test_a_client_was_reviewed_when_it_was_decided_last(
    session: Session, clock: Clock, clients: dict[str, Client]
) -> None:
    for days in (3, 1, 0):
        clock.now = NOW - timedelta(days=days)
        decide(session, clients["Бета"], "fine")
        review = mine(session).round
        assert review is not None
        reviewing.finish(session, review)

    at = {reviewed.facts.name: reviewed.facts.reviewed_at for reviewed in mine(session).clients}
    assert at == {"Вектор": None, "Альфа": None, "Бета": utc_text(NOW), "Гамма": None}
