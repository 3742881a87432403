"""Whose work may be given away, absences as they are typed, and clients whom nobody covers."""

from __future__ import annotations

import pytest
from rich_client import RichClient

from onewindow.desk.editing import changing
from onewindow.desk.opening import at_work
from onewindow.desk.queue import team
from onewindow.desk.queue.team_rows import QueuePlace, queue_place
from onewindow.desk.session.context import Session
from onewindow.metrics.sla.lateness import Lateness
from onewindow.records.clients import Client
from onewindow.records.organization import Staff
from onewindow.records.requests import Request
from onewindow.store.problems import StoreProblem
from onewindow.store.queue import team as queues
from onewindow.store.queue.today import ClientSeen


@pytest.fixture
def petrov(session: Session) -> Staff:
    """A colleague."""
    return next(person for person in session.directory.staff.values() if person.login == "petrov")


def member(session: Session, login: str) -> team.Member:
    whole = team.read_team(session)
    assert whole.is_complete
    return next(other for other in whole.members if other.staff and other.staff.login == login)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("25.11 – 30.11", "2026-11-25", "2026-11-30"),
        ("25.11-30.11", "2026-11-25", "2026-11-30"),
        ("25.11 до 30.11", "2026-11-25", "2026-11-30"),
        ("2026-11-25 - 2026-11-30", "2026-11-25", "2026-11-30"),
        ("25.11", "2026-11-25", "2026-11-25"),
        ("25.11 –", "2026-11-25", None),
        ("с 25.11", "2026-11-25", None),
        ("с 25.11 по 30.11", "2026-11-25", "2026-11-30"),
        ("tomorrow till 30.11", "2026-11-24", "2026-11-30"),
    ],
)
def test_an_absence_is_read_as_people_type_it(
    session: Session, typed: str, first: str, last: str | None
) -> None:
    away = team.set_absence(session, session.me, typed)
    assert (away.away_from, away.away_till) == (first, last)
    assert team.set_absence(session, away, "").away_from is None


def test_an_absence_names_a_deputy_who_is_here(session: Session, petrov: Staff) -> None:
    away = team.set_absence(session, session.me, "25.11 – 30.11 Петров")
    assert away.deputy_id == petrov.id
    with pytest.raises(StoreProblem, match="Who stands in"):
        team.set_absence(session, away, "25.11 – 30.11 Никто")
    with pytest.raises(StoreProblem, match="for themselves"):
        team.set_absence(session, away, "25.11 – 30.11 Иванова")
    changing.change(session, petrov, {"away_from": "2026-11-20"})
    with pytest.raises(StoreProblem, match="is away then too"):
        team.set_absence(session, away, "25.11 – 30.11 Петров")
    as_petrov = at_work(session.store, petrov, session.settings, session.clock, session.zone)
    with pytest.raises(StoreProblem, match="A lead notes"):
        team.set_absence(as_petrov, away, "01.12")


def test_clients_whom_nobody_covers_are_counted(session: Session, petrov: Staff) -> None:
    for name in ("Вектор", "Сигма"):
        changing.insert(session, Client(name=name, owner_id=petrov.id))
    changing.insert(session, Client(name="Кедр", owner_id=petrov.id, deputy_id=session.me.id))
    petrov = changing.change(session, petrov, {"away_from": "2026-11-20"})
    assert member(session, "petrov").uncovered == 2
    changing.change(session, petrov, {"deputy_id": session.me.id})
    assert member(session, "petrov").uncovered == 0


def test_giving_work_away_needs_a_reason_and_says_who_is_away(
    session: Session, rich_client: RichClient, petrov: Staff
) -> None:
    requests = queues.open_of(session.store, rich_client.session.me.id)
    with pytest.raises(StoreProblem, match="Say why"):
        team.reassign(session, requests, petrov.id, " ")
    changing.change(session, petrov, {"away_from": "2026-11-20"})
    said = team.reassign(session, requests, petrov.id, "знает клиента")
    assert said.endswith("Петров Олег is away.")
    with pytest.raises(StoreProblem, match="has all of them already"):
        team.reassign(session, team.team.open_of(session.store, petrov.id), petrov.id, "ещё раз")


def test_a_place_in_a_queue_follows_lateness_tier_and_age() -> None:
    def place(lateness: Lateness, tier: str = "B", at: str = "1") -> QueuePlace:
        client = ClientSeen(1, 1, "Ромашка", tier, None, None)
        return queue_place(Request(opened_at=at), client, lateness)

    ordered = [
        place(Lateness(-7200, None, is_late=True)),
        place(Lateness(-60, None, is_late=True)),
        place(Lateness(60, None, is_late=False), tier="A"),
        place(Lateness(60, None, is_late=False)),
        place(Lateness(60, None, is_late=False), at="2"),
        place(Lateness(30, None, is_late=False, is_paused=True)),
        queue_place(Request(opened_at="0"), None, None),
    ]
    assert ordered == sorted(ordered)
