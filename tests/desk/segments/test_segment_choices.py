"""A segment chooses the SLA policy and the weights of health of its clients, by the card and for good."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich_client import NOW, Clock

from onewindow.desk import why
from onewindow.desk.caches import client_caches
from onewindow.desk.editing import changing
from onewindow.desk.policies import matching as policies
from onewindow.desk.reference.policy_segments import of_client
from onewindow.desk.requests import replies
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.desk.window.snapshot import load_snapshot
from onewindow.records.clients import Client
from onewindow.records.health import HealthWeights
from onewindow.records.organization import Segment, SlaPolicy
from onewindow.records.requests import Request, Touch
from onewindow.store import rows
from onewindow.store.people import organization
from onewindow.text.dates import parse_utc, utc_text


@pytest.fixture
def kazan(session: Session) -> Segment:
    return changing.insert(session, Segment(name="Казань", filter="city:Казань"))


def _policy(session: Session, segment: Segment, minutes: int = 30, since: str = "2026-01-01") -> SlaPolicy:
    calendar = organization.calendars(session.store)[0].id
    return changing.insert(
        session,
        SlaPolicy(
            name="Быстро в Казани",
            calendar_id=calendar,
            segment_id=segment.id,
            first_response_min=minutes,
            valid_from=since,
        ),
    )


def _request(session: Session, client: Client) -> Request:
    return changing.insert(session, Request(client_id=client.id, title="Не печатает", priority="urgent"))


def _due_minutes(session: Session, request: Request) -> float | None:
    due = rows.get(session.store, Request, request.id).due_at
    return None if due is None else (parse_utc(due) - parse_utc(request.opened_at)).total_seconds() / 60


def test_a_policy_of_a_segment_counts_for_its_clients_before_any_other(
    session: Session, kazan: Segment
) -> None:
    here = changing.insert(session, Client(name="Ромашка", city="казань", tier="A"))
    there = changing.insert(session, Client(name="Вектор", city="Уфа", tier="A"))
    before = _due_minutes(session, _request(session, here))
    _policy(session, kazan, 7)
    assert _due_minutes(session, _request(session, here)) == 7
    assert _due_minutes(session, _request(session, there)) == before != 7


def test_a_policy_reaches_what_is_open_and_so_does_leaving_its_segment(
    session: Session, kazan: Segment
) -> None:
    client = changing.insert(session, Client(name="Ромашка", city="Казань"))
    old = _request(session, client)
    general = _due_minutes(session, old)
    _policy(session, kazan, 7)
    new = _request(session, client)
    assert (_due_minutes(session, old), _due_minutes(session, new)) == (7, 7)
    moved = changing.change(session, client, {"city": "Уфа"})
    assert of_client(session.store, moved.id) == frozenset()
    assert (_due_minutes(session, old), _due_minutes(session, new)) == (general, general)
    session.undo()
    assert (_due_minutes(session, old), _due_minutes(session, new)) == (7, 7)
    assert client_caches.differences(session.store, session.now()) == []


def test_why_names_the_segment(session: Session, kazan: Segment) -> None:
    client = changing.insert(session, Client(name="Ромашка", city="Казань"))
    _policy(session, kazan, 7)
    request = _request(session, client)
    told = replies.why_due(session, request)
    assert told[1] == (
        "By “Быстро в Казани” from 2026-11-23 on, when the client was in the segment “Казань”."
    )
    book = session.directory.policies
    asked = ("B", "urgent", "problem")
    lines = policies.why_this(book, asked, session.today(), session.zone, frozenset((kazan.id,)))
    assert lines[0] == "A request of tier B, urgent, problem, of a client in “Казань”, on 2026-11-23:"
    assert "segment “Казань”, any tier, any priority, any kind" in lines[1]
    assert lines[1].endswith("counts: it is the most particular one in force")


def test_a_policy_of_a_segment_that_ended_gives_way(session: Session, kazan: Segment) -> None:
    client = changing.insert(session, Client(name="Ромашка", city="Казань"))
    general = _due_minutes(session, _request(session, client))
    policy = _policy(session, kazan, 7)
    policies.add_version(
        session, policy, dict.fromkeys(policies.TARGETS), session.today() - timedelta(days=1)
    )
    assert _due_minutes(session, _request(session, client)) == general


def test_only_a_segment_of_the_card_can_choose(session: Session, kazan: Segment) -> None:
    moving = changing.insert(session, Segment(name="Молчат", filter="used:>30d"))
    with pytest.raises(FieldProblems, match="“Молчат” has used:>30d"):
        _policy(session, moving)
    with pytest.raises(FieldProblems, match="“Молчат” has used:>30d"):
        changing.insert(session, HealthWeights(name="Молчат", segment_id=moving.id))
    _policy(session, kazan)
    part = changing.change(session, kazan, {"filter": "city:Казань tier:A"})
    with pytest.raises(FieldProblems, match="“Казань” has health:<60"):
        changing.change(session, part, {"filter": "city:Казань health:<60"})
    with pytest.raises(FieldProblems, match="“Казань” has used:>30d"):
        changing.change(session, part, {"filter": "segment:Молчат"})


def test_weights_of_a_segment_count_before_those_of_a_tier(
    session: Session, clock: Clock, kazan: Segment
) -> None:
    client = changing.insert(session, Client(name="Ромашка", city="Казань", tier="A"))
    other = changing.insert(session, Client(name="Вектор", city="Уфа", tier="A"))
    for each in (client, other):
        changing.insert(
            session, Touch(client_id=each.id, touch_kind="call", text="x", mood="glad", at=utc_text(NOW))
        )
    clock.now += timedelta(minutes=1)
    changing.insert(session, HealthWeights(name="A", tier="A", sentiment=100))
    changing.insert(session, HealthWeights(name="Все в Казани", segment_id=kazan.id, relationship=1))
    own = changing.insert(
        session, HealthWeights(name="A в Казани", tier="A", segment_id=kazan.id, sentiment=0)
    )
    book = session.directory.weights
    assert [(found := book.chosen(each)) and found.name for each in (client, other)] == ["A в Казани", "A"]
    assert "the weights are those of “A в Казани”, for the segment “Казань”" in why.why(
        session, load_snapshot(session, client.id), "health"
    )
    with pytest.raises(FieldProblems, match="“A в Казани” has the weights"):
        changing.insert(session, HealthWeights(name="Ещё", tier="A", segment_id=kazan.id))
    changing.archive(session, own)
    assert (found := session.directory.weights.chosen(client)) is not None
    assert found.name == "Все в Казани"
    clock.now += timedelta(minutes=1)
    assert client_caches.catch_up(session.store, clock.now) is None
    assert client_caches.differences(session.store) == []
    # A change of the segment makes the kept scores old, as one of the weights does.
    clock.now += timedelta(minutes=1)
    changing.change(session, kazan, {"filter": "city:Уфа"})
    assert [(found := session.directory.weights.chosen(each)) and found.name for each in (client, other)] == [
        "A",
        "Все в Казани",
    ]
    assert client_caches.differences(session.store) == []
    assert client_caches.catch_up(session.store, clock.now) is None
    assert client_caches.differences(session.store) == []
