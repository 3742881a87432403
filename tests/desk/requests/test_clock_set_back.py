"""A clock that was ahead and was set right: causes stay before effects, and nothing breaks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich_client import Clock

from onewindow.desk.caches import client_caches
from onewindow.desk.editing import changing
from onewindow.desk.queue.today import read_today, why_place
from onewindow.desk.reference.policy_book import read_policies
from onewindow.desk.reports.request_reports import read_measures
from onewindow.desk.requests import replies
from onewindow.desk.requests.as_text import request_text
from onewindow.desk.requests.assignment import read_request
from onewindow.desk.session.context import Session
from onewindow.desk.sla.clocks import request_clocks
from onewindow.desk.window.show import window_text
from onewindow.desk.window.snapshot import load_snapshot
from onewindow.metrics.policies.working_time import calendar
from onewindow.metrics.sla.clocks import Policy, SlaEvent, clocks
from onewindow.records.clients import Client
from onewindow.records.event_order import in_order, went_back
from onewindow.records.requests import Request, RequestEvent
from onewindow.store import rows
from onewindow.store.requests import threads

ACTS = ("reply", "client", "wait", "goes on", "resolve", "reopen", "note", "priority", "promise")


@pytest.fixture
def request_(session: Session, clock: Clock) -> Request:
    """A request opened at 11:07 by a clock seven minutes ahead, which is then set right."""
    client = changing.insert(session, Client(name="Ромашка", owner_id=session.me.id, tier="A"))
    clock.now = clock.now.replace(hour=8, minute=7)
    made = changing.insert(
        session, Request(client_id=client.id, title="вопрос", assignee_id=session.me.id, priority="high")
    )
    clock.now -= timedelta(minutes=7)
    return made


def fresh(session: Session, request: Request) -> Request:
    return rows.get(session.store, Request, request.id)


def test_an_answer_before_the_question_was_given_at_once(session: Session, request_: Request) -> None:
    replies.reply_to(session, request_, "ответ")
    stored = fresh(session, request_)
    assert stored.responded_at == stored.opened_at
    events = threads.events(session.store, stored.id)
    assert events[0].event_kind == "opened"
    counted = request_clocks(read_policies(session.store), stored, "A", events, session.now())
    assert counted is not None
    assert (counted.first_response.state, counted.first_response.elapsed_s) == ("met", 0)


def test_why_and_the_thread_tell_that_the_clock_went_back(session: Session, request_: Request) -> None:
    replies.reply_to(session, request_, "ответ")
    lines = replies.why_due(session, fresh(session, request_))
    assert (
        "The clock went back: what was noted at 23.11. 11:00 came after what was noted at 23.11. 11:07"
        in lines[1]
    )
    shown = request_text(session, read_request(session, request_.id))
    assert "11:00 Иванова: answered (the clock went back): ответ" in shown
    assert shown.index("opened") < shown.index("answered (the")


def test_what_goes_on_after_a_wait_goes_on_also_by_an_earlier_clock(
    session: Session, clock: Clock, request_: Request
) -> None:
    clock.now += timedelta(hours=1)
    waiting = replies.wait_for_client(session, request_, "ждём фото")
    clock.now -= timedelta(minutes=50)
    replies.client_wrote(session, waiting, "вот фото")
    events = threads.events(session.store, request_.id)
    kinds = [event.event_kind for event in events]
    assert kinds.index("wait_client") < kinds.index("client_message")
    counted = request_clocks(
        read_policies(session.store), fresh(session, request_), "A", events, session.now()
    )
    assert counted is not None
    assert counted.resolution.state == "running"


def test_another_tier_leaves_what_came_after_what(session: Session, request_: Request, clock: Clock) -> None:
    """Its clocks stood from the message on, which a clock two days ahead noted."""
    began = clock.now
    clock.now = began + timedelta(days=2)
    replies.client_wrote(session, request_, "и ещё")
    clock.now = began
    replies.wait_for_client(session, fresh(session, request_), "ждём их")
    clock.now = began + timedelta(days=6)
    replies.no_answer_needed(session, fresh(session, request_), "ясно")
    clock.now = began + timedelta(days=5)
    changing.change(session, rows.get(session.store, Client, request_.client_id), {"tier": "C"})
    clock.now = began + timedelta(days=6)
    assert client_caches.differences(session.store, session.now()) == []


def test_replay_takes_what_is_dated_before_the_opening_as_happened_with_it(clock: Clock) -> None:
    policy = Policy(calendar("UTC", dict.fromkeys(range(7), ((0, 86_400),))), 3600, 3600, 7200)
    opened, before = clock.now, clock.now - timedelta(minutes=5)
    counted = clocks([SlaEvent(before, "reply"), SlaEvent(opened, "opened", policy)], opened)
    assert (counted.first_response.state, counted.first_response.elapsed_s) == ("met", 0)


def test_events_that_name_each_other_as_cause_all_stay() -> None:
    at = "2026-11-23T08:00:00Z"
    made = [
        RequestEvent(id=1, at=at, event_kind="opened"),
        RequestEvent(id=2, at=at, event_kind="reply", detail='{"after": "3"}'),
        RequestEvent(id=3, at=at, event_kind="note", detail='{"after": "2"}'),
    ]
    assert [event.id for event in in_order(reversed(made))] == [1, 2, 3]
    assert not list(went_back(made))


def act(session: Session, request: Request, what: str) -> None:
    """Do one thing that the request allows as it stands; nothing where it does not."""
    closed = request.status in ("resolved", "declined")
    match what:
        case "reopen":
            if closed:
                replies.open_again(session, request, "ещё раз")
        case "note":
            replies.note_down(session, request, "заметка")
        case _ if closed:
            return
        case "reply":
            replies.reply_to(session, request, "ответ")
        case "client":
            replies.client_wrote(session, request, "ещё вопрос")
        case "wait":
            if request.status != "waiting":
                replies.wait_for_client(session, request, "ждём")
        case "goes on":
            changing.change(session, request, {"status": "open"})
        case "resolve":
            replies.resolve_with(session, request, "сделано")
        case "priority":
            changing.change(
                session, request, {"priority": "urgent" if request.priority != "urgent" else "low"}
            )
        case _:
            promised = (session.now() + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
            changing.change(session, request, {"promised_at": promised})


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(ACTS), st.timedeltas(timedelta(days=-1), timedelta(hours=9))),
        min_size=1,
        max_size=5,
    )
)
def test_no_pattern_of_clocks_set_back_breaks_anything_or_runs_backwards(
    session: Session, clock: Clock, happened: list[tuple[str, timedelta]]
) -> None:
    start = clock.now
    client = changing.insert(session, Client(name="Ромашка", owner_id=session.me.id, tier="A"))
    request = changing.insert(
        session, Request(client_id=client.id, title="вопрос", assignee_id=session.me.id)
    )
    for what, moved in happened:
        clock.now = max(start - timedelta(days=1), clock.now + moved)
        act(session, fresh(session, request), what)
        stored = fresh(session, request)
        events = threads.events(session.store, request.id)
        assert events[0].event_kind == "opened"
        counted = request_clocks(read_policies(session.store), stored, "A", events, session.now())
        assert counted is not None
        assert all(clock.elapsed_s >= 0 for clock in counted)
        assert counted.resolution.ended_at is not None or stored.status not in ("resolved", "declined")
        assert (counted.resolution.state == "paused") == (stored.status == "waiting")
        assert (stored.responded_at or stored.opened_at) >= stored.opened_at
    replies.why_due(session, fresh(session, request))
    request_text(session, read_request(session, request.id))
    today = read_today(session)
    for row in today.rows:
        why_place(session, today, row)
    window_text(session, load_snapshot(session, client.id))
    day = session.today()
    *_, facts = read_measures(session, session.store, day - timedelta(days=9), day + timedelta(days=9))
    assert all((judged.amount or 0) >= 0 for fact in facts.requests for judged in fact.judged.values())
    clock.now = start
