"""Several absences a person, each with its deputy, read the same by routing, cover, Today and Team."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from rich_client import Clock, RichClient

from onewindow.desk.editing import changing
from onewindow.desk.people.absence_cover import gap_of
from onewindow.desk.people.absences import absences_text, away_today, covered_by_me
from onewindow.desk.people.routing import route
from onewindow.desk.queue import team
from onewindow.desk.queue.team_rows import absence, moment_of
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.absences import absences_of
from onewindow.records.clients import Client
from onewindow.records.organization import Staff
from onewindow.store import rows
from onewindow.store.people import organization
from onewindow.store.problems import StoreProblem


@pytest.fixture
def petrov(session: Session) -> Staff:
    person = organization.staff_by_login(session.store, "petrov")
    assert person is not None
    return person


@pytest.fixture
def orlov(session: Session) -> Staff:
    return changing.insert(session, Staff(login="orlov", name="Орлов Борис"))


def _now(session: Session, person: Staff) -> Staff:
    return rows.get(session.store, Staff, person.id)


def _told(session: Session, login: str) -> str:
    """What Team says of a colleague's absence."""
    members = team.read_team(session).members
    member = next(member for member in members if member.staff is not None and member.staff.login == login)
    return absence(session, moment_of(session), member)


def test_two_absences_hold_each_with_its_deputy(
    session: Session, rich_client: RichClient, petrov: Staff, orlov: Staff, clock: Clock
) -> None:
    changing.change(session, rich_client.client, {"owner_id": petrov.id, "deputy_id": None})
    team.set_absence(session, petrov, "28.11 – 02.12 Иванова")
    team.set_absence(session, _now(session, petrov), "10.12 – 12.12 Орлов")
    now = _now(session, petrov)
    assert absences_text(session, now) == "28.11 – 02.12 Иванова; 10.12 – 12.12 Орлов"
    assert (now.away_from, now.away_till) == ("2026-11-28", "2026-12-02")
    client = _client(session, rich_client)
    expected = {
        "2026-11-27": petrov.id,
        "2026-11-28": session.me.id,
        "2026-12-02": session.me.id,
        "2026-12-03": petrov.id,
        "2026-12-10": orlov.id,
        "2026-12-12": orlov.id,
        "2026-12-13": petrov.id,
    }
    takers = {day: route(session.directory.staff, client, day).staff_id for day in expected}
    assert takers == expected
    assert _told(session, "petrov") == "away 28.11 – 02.12, Иванова stands in, again from 10.12"
    team.set_absence(session, _now(session, orlov), "25.11")
    assert _told(session, "orlov") == "away on 25.11"
    assert gap_of(session.directory.staff, client, session.today()) is None
    clock.now += timedelta(days=6)  # 29.11
    assert [person.login for person in away_today(session)] == ["petrov"]
    assert [person.login for person in covered_by_me(session)] == ["petrov"]
    clock.now += timedelta(days=12)  # 11.12
    assert [person.login for person in away_today(session)] == ["petrov"]
    assert covered_by_me(session) == []


def _client(session: Session, rich_client: RichClient) -> Client:
    return rows.get(session.store, Client, rich_client.id)


@pytest.mark.parametrize(
    ("typed", "free"),
    [
        ("02.12 – 05.12", False),
        ("03.12 – 05.12", True),
        ("20.11 – 28.11", False),
        ("24.11 – 27.11", True),
        ("01.12", False),
        ("03.12", True),
    ],
)
def test_an_overlap_is_refused_by_name(session: Session, petrov: Staff, typed: str, free: bool) -> None:
    away = team.set_absence(session, petrov, "28.11 – 02.12")
    if free:
        assert len(absences_of(team.set_absence(session, away, typed))) == 2
        return
    with pytest.raises(StoreProblem, match=r"Петров Олег is away 28\.11 – 02\.12 already"):
        team.set_absence(session, away, typed)


def test_ending_one_leaves_the_other(session: Session, petrov: Staff) -> None:
    team.set_absence(session, petrov, "23.11 – 25.11")
    team.set_absence(session, _now(session, petrov), "01.12 – 03.12")
    left = team.set_absence(session, _now(session, petrov), "")
    assert (left.away_from, left.away_till) == ("2026-12-01", "2026-12-03")
    here = team.set_absence(session, left, "")
    assert (here.away_from, here.absences) == (None, "")


@pytest.mark.parametrize(
    ("today", "typed", "first", "last"),
    [
        ("2026-12-10", "25.12 – 10.01", "2026-12-25", "2027-01-10"),
        ("2026-12-31", "31.12 – 01.01", "2026-12-31", "2027-01-01"),
        ("2026-11-23", "25.11 – 30.11", "2026-11-25", "2026-11-30"),
        ("2026-12-10", "25.12.2026 – 10.01.2027", "2026-12-25", "2027-01-10"),
    ],
)
def test_an_absence_goes_over_the_end_of_the_year(
    session: Session, petrov: Staff, clock: Clock, today: str, typed: str, first: str, last: str
) -> None:
    clock.now = datetime.fromisoformat(f"{today}T09:00:00").replace(tzinfo=UTC)
    away = team.set_absence(session, petrov, typed)
    assert (away.away_from, away.away_till) == (first, last)


def test_an_end_with_its_year_before_the_beginning_is_refused(session: Session, petrov: Staff) -> None:
    with pytest.raises(StoreProblem, match="before it begins"):
        team.set_absence(session, petrov, "25.12.2026 – 10.01.2026")


def test_days_typed_into_the_record_are_those_of_the_nearest(session: Session, petrov: Staff) -> None:
    team.set_absence(session, petrov, "28.11 – 02.12 Иванова")
    both = team.set_absence(session, _now(session, petrov), "10.12 – 12.12")
    longer = changing.edit(session, both, {"away_till": "04.12.2026"})
    assert [(absence.first, absence.last) for absence in absences_of(longer)] == [
        ("2026-11-28", "2026-12-04"),
        ("2026-12-10", "2026-12-12"),
    ]
    assert absences_of(longer)[0].deputy_id == session.me.id
    with pytest.raises(FieldProblems, match="is away already then"):
        changing.edit(session, longer, {"away_till": "11.12.2026"})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("25.12 – 10.01", "25.12 – 10.01.27; nobody is named who stands in: write a name behind the days."),
        ("25.12 – 10.01 Орлов", "25.12 – 10.01.27; Орлов stands in."),
        ("с 30.11 по 04.12 Орлов", "30.11 – 04.12; Орлов stands in."),
        ("завтра Орлов", "on 24.11; Орлов stands in."),
        (
            "30.11 –",
            "from 30.11 till further notice; nobody is named who stands in: write a name behind the days.",
        ),
        ("с 30.11 Орлов", "from 30.11 till further notice; Орлов stands in."),
        ("30.11-04.12 орлов", "30.11 – 04.12; Орлов stands in."),
    ],
)
@pytest.mark.usefixtures("orlov")
def test_what_is_said_of_an_absence_names_its_days_and_who_stands_in(
    session: Session, petrov: Staff, typed: str, said: str
) -> None:
    away = team.set_absence(session, petrov, typed)
    assert team.absence_said(session, petrov, away) == f"Петров Олег is away {said}"
    here = team.set_absence(session, away, "")
    assert team.absence_said(session, away, here) == "Петров Олег is here."


def test_the_usual_deputy_and_a_later_absence_are_said(session: Session, petrov: Staff, orlov: Staff) -> None:
    petrov = changing.change(session, petrov, {"deputy_id": orlov.id})
    away = team.set_absence(session, petrov, "24.11")
    said = "Петров Олег is away on 24.11; Орлов, the usual deputy, stands in."
    assert team.absence_said(session, petrov, away) == said
    both = team.set_absence(session, away, "10.12 – 12.12")
    assert team.absence_said(session, away, both).startswith("Петров Олег is away 10.12 – 12.12;")
    left = team.set_absence(session, both, "")
    assert team.absence_said(session, both, left) == "Петров Олег is here; away again 10.12 – 12.12."


def test_an_end_before_the_beginning_is_a_slip_and_no_year(session: Session) -> None:
    with pytest.raises(StoreProblem, match="ends before it begins"):
        team.set_absence(session, session.me, "5.12 – 3.12")
    over = team.set_absence(session, session.me, "25.12 – 10.01")
    assert (over.away_from, over.away_till) == ("2026-12-25", "2027-01-10")
