"""The tour without a screen: what ends each step, whose doing counts, where it goes on, who is offered it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rich_client import RichClient

from onewindow.desk.editing import changing
from onewindow.desk.help import tour
from onewindow.desk.help.tour import STEPS, Tour
from onewindow.desk.opening import at_work
from onewindow.desk.requests import replies
from onewindow.desk.session.context import Session
from onewindow.records.clients import Promise
from onewindow.records.organization import Staff
from onewindow.records.requests import Request, Task
from onewindow.store import rows
from onewindow.store.changes import Change

NAMES = ["open a client", "find", "capture a request", "ask why", "reply", "promise", "undo", "today"]


def at(session: Session, name: str) -> Tour:
    tour.keep(session, name)
    return Tour(session)


def written(session: Session, act: Callable[[], object]) -> list[Change]:
    """What an act wrote, as a listener is told of it."""
    news: list[Change] = []
    session.listeners.append(news.extend)
    act()
    session.poll()
    session.listeners.remove(news.extend)
    return news


def test_the_steps_stand_in_their_order_and_a_tour_goes_on_where_it_was_left(session: Session) -> None:
    assert [step.name for step in STEPS] == NAMES
    mine = Tour(session)
    assert mine.note_client()
    assert (tour.state(session), mine.step) == ("find", STEPS[1])
    assert Tour(session).step == STEPS[1]
    assert at(session, "today").step == STEPS[7]
    assert at(session, tour.DONE).step == STEPS[0]


def test_each_step_says_its_place_and_the_last_line_where_more_is(session: Session) -> None:
    mine = at(session, "today")
    assert mine.lines({"go.today": ("f3",)}) == (
        "f3 has what to do next, over all clients; q comes back.",
        "8/8 today. Begin your day there: the first row is the most urgent.",
    )
    mine.note_action("go.find")
    assert not mine.note_back()
    mine.note_action("go.today")
    assert mine.note_back()
    assert (mine.step, tour.state(session)) == (None, "done")
    assert mine.lines({}) == ("That was the tour.", ": guide tells what your day is.")
    assert not mine.note_client()
    assert not mine.note_changes([])


def test_a_step_that_is_left_unseen_is_not_done_by_coming_back(session: Session) -> None:
    mine = at(session, "find")
    assert not mine.note_client()
    mine.note_action("go.find")
    mine.go_on()
    assert not mine.note_back()
    assert mine.step == STEPS[2]


def test_a_step_is_done_by_what_was_made_and_by_who_is_on_tour(
    session: Session, rich_client: RichClient
) -> None:
    request = rows.get(session.store, Request, rich_client.made["request"][0].id)
    client_id = rich_client.id

    def make_request() -> object:
        return changing.insert(session, Request(client_id=client_id, title="вопрос"))

    def note() -> object:
        return replies.note_down(session, request, "смотрю")

    def reply() -> object:
        return replies.reply_to(session, request, "едем")

    def promise() -> object:
        return changing.insert(session, Promise(client_id=client_id, text="к среде"))

    def task() -> object:
        return changing.insert(session, Task(client_id=client_id, title="дело"))

    for name, others, own in (
        ("capture a request", [note, reply, promise, task], make_request),
        ("reply", [make_request, note, promise, task], reply),
        ("promise", [make_request, note, reply, task], promise),
    ):
        mine = at(session, name)
        for other in others:
            assert not mine.note_changes(written(session, other)), (name, other.__name__)
        assert mine.note_changes(written(session, own)), name
        assert mine.step == STEPS[NAMES.index(name) + 1]
    petrov = at_work(session.store, rich_client.petrov, session.settings, session.clock, session.zone)
    theirs = at(petrov, "promise")
    assert not theirs.note_changes(written(session, promise))


@pytest.mark.parametrize(
    ("role", "left_out"),
    [("quality", {"capture a request", "reply", "promise", "undo"}), ("lead", set[str]())],
)
def test_who_may_change_nothing_makes_nothing_on_tour(
    role: str, left_out: set[str], session: Session
) -> None:
    person = Staff(login="orlov", name="Орлов").with_changes({"role": role})
    orlov = changing.insert(session, person)
    theirs = at_work(session.store, orlov, session.settings, session.clock, session.zone)
    assert [step.name for step in tour.steps_for(theirs)] == [n for n in NAMES if n not in left_out]


def test_the_tour_is_offered_once(session: Session) -> None:
    offered = "New here? : tour shows the window in ten minutes, on your own clients."
    assert [tour.offer(session), tour.offer(session), tour.state(session)] == [offered, "", "offered"]
    assert Tour(session).step == STEPS[0]
    # How far one is on tour is nobody's data: there is nothing to take back.
    assert (
        session.store.scalar("SELECT COUNT(*) FROM change_set WHERE actor = 'ivanova' AND label = 'tour'")
        == 0
    )
