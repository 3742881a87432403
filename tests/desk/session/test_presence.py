"""Who has what open: real processes see each other, claims, stale rows, a killed one, and what it costs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from presence_process import finish, line, start
from rich_client import Clock, RichClient

from onewindow.desk.opening import at_work
from onewindow.desk.session.context import Session
from onewindow.desk.session.presence import Presence, onlookers, onlookers_text
from onewindow.store import changes
from onewindow.store.session import presence


@pytest.fixture
def other(session: Session, clock: Clock) -> Iterator[Session]:
    """Петров on a connection of their own."""
    with session.store.another() as store:
        petrov = next(each for each in session.directory.staff.values() if each.login == "petrov")
        yield at_work(store, petrov, session.settings, clock, session.zone)


def eventually(session: Session, text: str) -> bool:
    """Whether the request 7 is told of with that text within two seconds."""
    for _ in range(200):
        if onlookers_text(session, onlookers(session, "request", 7)) == text:
            return True
        time.sleep(0.01)
    return False


def test_two_people_see_each_other_and_who_writes(session: Session, other: Session) -> None:
    his = Presence(other)
    his.open("request", 7)
    assert eventually(session, "Петров looks at it since 14:32")
    his.claim(True)
    assert eventually(session, "Петров is writing an answer")
    mine = Presence(session)
    mine.open("request", 7)
    assert eventually(other, "Иванова looks at it since 14:32")
    his.open("request", 8)
    assert eventually(session, "")
    his.close()
    mine.close()
    assert eventually(other, "")


def test_an_open_record_is_renewed_seldom_and_a_stale_one_forgotten(
    session: Session, other: Session, clock: Clock
) -> None:
    his = Presence(other)
    his.open("request", 7)
    assert eventually(session, "Петров looks at it since 14:32")
    clock.now += timedelta(seconds=19)
    his.tick()
    (seen,) = session.store.rows("SELECT seen_at FROM presence")
    clock.now += timedelta(seconds=1)
    his.tick()
    for _ in range(200):
        if session.store.rows("SELECT seen_at FROM presence") != [seen]:
            break
        time.sleep(0.01)
    assert session.store.rows("SELECT seen_at FROM presence") == [("2026-11-23T11:32:20Z",)]
    clock.now += timedelta(seconds=61)
    assert onlookers_text(session, onlookers(session, "request", 7)) == ""
    mine = Presence(session)
    mine.open("request", 9)
    for _ in range(200):
        if session.store.rows("SELECT login FROM presence") == [("ivanova",)]:
            break
        time.sleep(0.01)
    assert session.store.rows("SELECT login FROM presence") == [("ivanova",)]
    his.close()
    mine.close()


def test_presence_is_no_change_and_tells_no_listener(session: Session, other: Session) -> None:
    heard: list[object] = []
    session.listeners.append(heard.append)
    seq = changes.last_seq(session.store)
    presence.look(
        other.store, "petrov", "request", 7, other.now_text(), "2026-01-01T00:00:00Z", is_claimed=False
    )
    assert session.store.changed()
    assert session.poll() == ()
    assert heard == []
    assert changes.last_seq(session.store) == seq


def test_another_process_is_seen_while_it_runs_and_after_it_was_killed_for_a_minute(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    request = rich_client.made["request"][0]
    for is_killed in (False, True):
        process = start(session.store.path, "petrov", request.id)
        assert line(process) == "open"
        found = onlookers(session, "request", request.id)
        assert [(each.login, each.is_claimed) for each in found] == [("petrov", True)]
        if is_killed:
            process.kill()
            process.communicate()
            assert onlookers(session, "request", request.id) != []
            clock.now += timedelta(seconds=61)
        else:
            finish(process)
        assert onlookers(session, "request", request.id) == []


def test_a_poll_after_a_note_costs_little(session: Session, other: Session) -> None:
    spent: list[float] = []
    for _ in range(30):
        presence.look(
            other.store, "petrov", "request", 7, other.now_text(), "2026-01-01T00:00:00Z", is_claimed=False
        )
        started = time.perf_counter()
        session.poll()
        spent.append(time.perf_counter() - started)
    assert sorted(spent)[15] < 0.005
