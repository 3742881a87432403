"""Meetings on a real file: read from a line, moved and counted, conflicts, invitations, the brief."""

from __future__ import annotations

import email
from dataclasses import replace
from email.policy import default
from pathlib import Path

import pytest
from ical_reader import read_event
from rich_client import NOW, RichClient

from onewindow.desk.editing import changing
from onewindow.desk.meetings import brief as meeting_brief
from onewindow.desk.meetings import planning, times
from onewindow.desk.meetings.calendar import invitation_of
from onewindow.desk.meetings.typed_line import read_line
from onewindow.desk.messages import sending
from onewindow.desk.opening import at_work
from onewindow.desk.queue.today import read_today
from onewindow.desk.session.context import Session
from onewindow.desk.window.snapshot import load_snapshot
from onewindow.exchange.ics import calendar_text
from onewindow.metrics.health.score import Contribution, Signal, health
from onewindow.records.clients import Client, Contact, ContactNote
from onewindow.records.meetings import Meeting
from onewindow.records.messages import Message, Template
from onewindow.records.organization import Staff
from onewindow.records.requests import Touch
from onewindow.store import meetings as meeting_store
from onewindow.store import rows
from onewindow.store.problems import StoreProblem


@pytest.fixture
def client(session: Session) -> Client:
    """A client two hours east of me, with one person who has an address."""
    made = changing.insert(
        session, Client(name="Вектор", owner_id=session.me.id, time_zone="Asia/Yekaterinburg", city="Пермь")
    )
    anna = Contact(
        client_id=made.id, name="Анна Ким", address_as="Анна", email="anna@vektor.example", is_main=1
    )
    changing.insert(session, anna)
    return made


def planned(session: Session, client: Client, line: str = "пт 15:00 итоги квартала") -> Meeting:
    return planning.plan(session, client, read_line(session, client, line)).meeting


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("пт 15:00 итоги квартала", ("2026-11-27T10:00:00Z", "итоги квартала", 60, "visit", "")),
        ("визит 25.11 10:00 обучение 2ч", ("2026-11-25T05:00:00Z", "обучение", 120, "visit", "")),
        (
            "tomorrow 11:30 demo online 45m https://meet.example.org/r",
            ("2026-11-24T06:30:00Z", "demo", 45, "online", "https://meet.example.org/r"),
        ),
        ("завтра 9:00 разбор отчётов офис", ("2026-11-24T04:00:00Z", "разбор отчётов", 60, "at_ours", "")),
    ],
)
def test_a_line_is_read_in_the_clients_time(
    session: Session, client: Client, line: str, expected: tuple[object, ...]
) -> None:
    meeting_line = read_line(session, client, line)
    assert (
        meeting_line.starts_at,
        meeting_line.title,
        meeting_line.minutes,
        meeting_line.form,
        meeting_line.place,
    ) == expected


@pytest.mark.parametrize("line", ["итоги квартала", "пт 15:00", "пт итоги"])
def test_a_line_without_a_time_or_a_subject_is_refused(session: Session, client: Client, line: str) -> None:
    with pytest.raises(StoreProblem, match=r"When\?|What about\?"):
        read_line(session, client, line)


def test_conflicts_are_told_and_do_not_stop(session: Session, client: Client) -> None:
    petrov = next(person for person in session.directory.staff.values() if person.login == "petrov")
    changing.change(session, rows.get(session.store, Staff, petrov.id), {"away_from": "2026-11-20"})
    planned(session, client)
    made = planning.plan(
        session, client, read_line(session, client, "пт 15:30 обучение"), colleagues=[petrov.id]
    )
    told = "\n".join(made.conflicts)
    assert "Иванова Мария has another meeting then: 13:00 Вектор, итоги квартала." in told
    assert "Петров Олег is away then." in told
    night = planning.plan(session, client, read_line(session, client, "пт 23:00 ночь"))
    assert "outside of the client's working hours: Fri 27.11 23:00 there" in "\n".join(night.conflicts)
    assert len(meeting_store.of_client(session.store, client.id)) == 3


def test_free_slots_leave_out_what_both_have(session: Session, client: Client) -> None:
    planned(session, client, "вт 11:00 занято 2ч")
    free = times.slots(session, client, [session.me.id], 60, 6)
    # Today the client closes at 16:00 of my time; tomorrow I open at 9:00 and am taken from 9:00 to 11:00.
    assert [f"{at:%d %H:%M}" for at in free[:4]] == ["23 12:00", "24 08:00", "24 08:30", "24 09:00"]


def test_a_postponed_meeting_is_counted_and_its_invitation_grows(session: Session, client: Client) -> None:
    meeting = planned(session, client)
    first = invitation_of(session, meeting)
    with pytest.raises(StoreProblem, match="Say why"):
        planning.postpone(session, meeting, "пн 11:00", "")
    with pytest.raises(StoreProblem, match="At what time"):
        planning.postpone(session, meeting, "пн", "занят")
    moved = planning.postpone(session, meeting, "пн 11:00", "занят").meeting
    assert (moved.starts_at, moved.state, moved.postponed) == ("2026-11-30T06:00:00Z", "planned", 1)
    waiting = planning.postpone(session, moved, "", "болеет").meeting
    assert (waiting.state, waiting.postponed) == ("postponed", 2)
    last = invitation_of(session, waiting)
    assert (first.uid, first.sequence, first.method) == (last.uid, 0, "REQUEST")
    assert (last.sequence, last.method) == (2, "CANCEL")
    assert meeting_store.counts_of_client(session.store, client.id).postponed == 2
    session.undo()
    assert rows.get(session.store, Meeting, meeting.id).postponed == 1


def test_a_held_visit_becomes_a_touch(session: Session, client: Client) -> None:
    meeting = planned(session, client, "пн 10:00 знакомство")
    with pytest.raises(StoreProblem, match="what came of it"):
        planning.held(session, meeting, " ")
    done = planning.held(session, meeting, "познакомились")
    touch = rows.get(session.store, Touch, done.touch_id or 0)
    assert (touch.touch_kind, touch.text, touch.minutes) == ("visit", "познакомились", 60)
    with pytest.raises(StoreProblem, match="held already"):
        planning.cancel(session, done, "поздно")


def test_a_meeting_of_today_stands_in_the_day(session: Session, client: Client) -> None:
    planned(session, client, "завтра 10:00 обучение")
    planned(session, client, "01.12 10:00 потом")
    assert [row.item.title for row in read_today(session).shown("meetings")] == ["обучение"]


def test_the_invitation_goes_with_the_calendar_file(session: Session, client: Client) -> None:
    changing.insert(
        session,
        Template(name="Встреча", purpose="meeting", subject="Встреча {when}", text="{contact}: {agenda}"),
    )
    meeting = planning.plan(
        session, client, read_line(session, client, "пт 15:00 итоги"), agenda="планы"
    ).meeting
    message = planning.invite(session, meeting)
    assert message.subject == "Встреча 27 ноября, 15:00"
    meeting = rows.get(session.store, Meeting, meeting.id)
    outcome = sending.send_now(session, message)
    assert outcome.result == "sent"
    mail = email.message_from_bytes(Path(outcome.sentence).read_bytes(), policy=default)
    (part,) = mail.iter_attachments()
    assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "REQUEST")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert read_event(content)["SUMMARY"].text == "итоги"
    assert content.decode() == calendar_text(invitation_of(session, meeting))


def test_an_invitation_that_waits_does_not_go_after_the_meeting_moved(
    session: Session, client: Client
) -> None:
    changing.insert(session, Template(name="Встреча", purpose="meeting", subject="В", text="{when}"))
    meeting = planned(session, client)
    message = planning.invite(session, meeting)
    planning.postpone(session, rows.get(session.store, Meeting, meeting.id), "пн 11:00", "занят")
    assert rows.get(session.store, Message, message.id).state == "cancelled"


def test_the_brief_says_who_what_burns_and_what_to_ask(rich_client: RichClient) -> None:
    session = rich_client.session
    client = rows.get(session.store, Client, rich_client.id)
    planned(session, client, "завтра 10:00 итоги")
    text = "\n".join(meeting_brief.lines(meeting_brief.brief(session, client.id)))
    for heading in ("MEETING", "WHO", "PROMISED BY US", "OPEN REQUESTS", "USE", "HOW THEY ARE", "ASK"):
        assert f"\n{heading}\n" in text
    assert "итоги: 24.11.2026 10:00, 60 min, visit" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_private_facts_are_for_those_who_look_after_the_client(session: Session, client: Client) -> None:
    anna = rows.fetch(session.store, Contact, "WHERE client_id = :id", id=client.id)[0]
    changing.change(session, anna, {"birthday": "1980-02-29"})
    changing.insert(
        session,
        ContactNote(
            client_id=client.id, contact_id=anna.id, noted_on="2026-01-01", text="ходит на байдарках"
        ),
    )
    mine = "\n".join(meeting_brief.lines(meeting_brief.brief(session, client.id)))
    assert "байдарках" in mine
    petrov = next(person for person in session.directory.staff.values() if person.login == "petrov")
    other = at_work(session.store, petrov, session.settings, lambda: NOW, session.zone)
    theirs = "\n".join(meeting_brief.lines(meeting_brief.brief(other, client.id)))
    assert "say “Анна”" in theirs
    assert "байдарках" not in theirs
    assert "birthday" not in theirs


def test_markdown_takes_no_markup_from_names(session: Session) -> None:
    client = changing.insert(session, Client(name="[b]*Вектор*<script>"))
    text = meeting_brief.as_markdown(meeting_brief.brief(session, client.id))
    assert "\\[b\\]\\*Вектор\\*\\<script\\>" in text


def test_the_brief_names_the_two_signals_that_lack_most(session: Session, client: Client) -> None:
    snapshot = load_snapshot(session, client.id)
    parts = (
        Contribution(Signal("adoption", 0.5, 35), 20, 35),
        Contribution(Signal("support", 0.5, 20), 10, 20),
        Contribution(Signal("sentiment", 0.1, 15), 1, 15),
        Contribution(Signal("relationship", 0.0, 15), 0, 15),
    )
    result = health(part.signal for part in parts)
    shown = replace(snapshot, health=replace(result, contributions=parts))
    told = meeting_brief.lines(meeting_brief.brief_of(session, shown))

    assert [line.strip() for line in told if " points" in line] == [
        "adoption gives 20 of 35 points",
        "relationship gives 0 of 15 points",
    ]


def test_the_invitation_goes_to_the_first_who_takes_part(session: Session, client: Client) -> None:
    changing.insert(session, Template(name="Встреча", purpose="meeting", subject="В", text="{contact}"))
    boris = changing.insert(
        session, Contact(client_id=client.id, name="Борис Ли", email="boris@vektor.example")
    )
    meeting = planned(session, client)
    planning.add_people(session, meeting, [boris], [])
    message = planning.invite(session, meeting)
    anna = rows.fetch(session.store, Contact, "WHERE is_main = 1")[0]
    assert (message.contact_id, message.text) == (anna.id, "Анна")
