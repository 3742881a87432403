"""The day of one person: what stands in it, why and where, what is put off, and whose rows a deputy sees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich_client import Clock, RichClient

from onewindow.desk.editing import changing
from onewindow.desk.queue import snoozing
from onewindow.desk.queue.my_day import my_day
from onewindow.desk.queue.rows import called, rest_lines, whose
from onewindow.desk.queue.today import TodayRow, read_today, why_place
from onewindow.desk.requests import advance_notice, replies
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client, Promise
from onewindow.records.feedback import Survey, SurveyResponse
from onewindow.records.organization import Staff
from onewindow.records.requests import Document, HandOff, Request, Task
from onewindow.store.problems import StoreProblem
from onewindow.store.requests import threads


@pytest.fixture
def client(session: Session) -> Client:
    """A client of Иванова of whom nothing is known yet."""
    return changing.insert(session, Client(name="Вектор", tier="A", owner_id=session.me.id))


def petrov_of(session: Session) -> Staff:
    return next(person for person in session.directory.staff.values() if person.login == "petrov")


def ask(session: Session, client: Client, title: str, **values: object) -> Request:
    wanted = {"client_id": client.id, "title": title, "assignee_id": session.me.id, **values}
    return changing.insert(session, Request().with_changes(wanted))


def titles(session: Session) -> list[str]:
    return [row.item.title for row in read_today(session).rows]


def row_named(session: Session, title: str) -> TodayRow:
    return next(row for row in read_today(session).rows if row.item.title == title)


def test_every_source_stands_in_the_day_with_its_reason(session: Session, client: Client) -> None:
    me = session.me.id
    today, late = session.today().isoformat(), (session.today() - timedelta(days=4)).isoformat()
    petrov = petrov_of(session)
    first = ask(session, client, "вход")
    changing.insert(
        session, Promise(client_id=client.id, text="перезвонить", due_on=today, owner_id=me, given_by_id=me)
    )
    changing.insert(
        session,
        Task(client_id=client.id, title="позвонить", due_on=late, assignee_id=me, task_kind="follow-up"),
    )
    changing.insert(
        session, Document(client_id=client.id, title="акт", state="missing", due_on=late, document_kind="act")
    )
    changing.insert(
        session,
        Document(
            client_id=client.id,
            title="договор",
            state="signed",
            expires_on=(session.today() + timedelta(days=20)).isoformat(),
        ),
    )
    survey = changing.insert(session, Survey(title="NPS", questions="Посоветуете?"))
    changing.insert(
        session,
        SurveyResponse(
            client_id=client.id, survey_id=survey.id, score=3, at=session.now_text(), comment="долго"
        ),
    )
    changing.insert(
        session,
        HandOff(
            client_id=client.id,
            request_id=first.id,
            what="проверить склад",
            assignee_id=me,
            asked_by_id=petrov.id,
        ),
    )
    reasons = {row.item.title: row.item.reason for row in read_today(session).rows}
    assert reasons == {
        "вход": "no answer yet, with another department",
        "перезвонить": "promised to the client by Иванова",
        "позвонить": "follow-up",
        "акт": "document is missing",
        "договор": "document ends",
        "answer to a mark of 3: «долго»": "gave 3 of 10, nobody has answered",
        "проверить склад": "asked by Петров",
    }


def test_a_late_request_stands_before_late_tasks_and_says_why(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    request = rich_client.add(Request(title="стоит склад", priority="urgent"))
    clock.now += timedelta(days=2)
    today = read_today(session)
    places = [row.place for row in today.rows]
    assert places == sorted(places)
    assert today.rows[0].item.kind == "request"
    late = next(row for row in today.rows if row.item.record.id == request.id)
    assert late.item.is_late
    lines = why_place(session, today, late)
    assert any(line.startswith("Place ") for line in lines)
    assert any("Was due on" in line for line in lines)
    assert any("Opened" in line for line in lines)


def test_the_counts_of_the_top_line_are_those_of_the_rows(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    rich_client.add(Request(title="ещё одно", assignee_id=session.me.id))
    for _ in range(4):
        clock.now += timedelta(hours=9)
        today = read_today(session)
        mine = [
            row.item
            for row in (*today.rows, *today.put_off)
            if row.item.kind == "request" and row.item.whose_id == session.me.id
        ]
        assert today.counts == my_day(session)
        assert today.counts.late == sum(item.is_late for item in mine)
        statuses = [item.record.status for item in mine if isinstance(item.record, Request)]
        assert today.counts.new == statuses.count("new")


def test_what_nobody_took_is_offered_to_the_owner_and_to_all_if_there_is_none(
    session: Session, client: Client
) -> None:
    petrov = petrov_of(session)
    orphan = changing.insert(session, Client(name="Ничей"))
    his = changing.insert(session, Client(name="Сигма", owner_id=petrov.id))
    ask(session, client, "моё", assignee_id=None)
    ask(session, orphan, "ничьё", assignee_id=None)
    ask(session, his, "его", assignee_id=None)
    assert set(titles(session)) == {"моё", "ничьё"}
    assert whose(session, row_named(session, "ничьё")) == "nobody's"


def test_a_deputy_sees_the_day_of_who_is_away_marked_for_him(session: Session, client: Client) -> None:
    petrov = petrov_of(session)
    his = changing.insert(session, Client(name="Сигма", owner_id=petrov.id))
    ask(session, his, "срочно", assignee_id=petrov.id)
    assert titles(session) == []
    today = session.today().isoformat()
    changing.change(session, petrov, {"away_from": today, "away_till": today, "deputy_id": session.me.id})
    row = row_named(session, "срочно")
    assert whose(session, row) == "for Петров"
    assert read_today(session).counts.new == 1
    changing.change(session, client, {"owner_id": petrov.id})
    other = changing.insert(session, Staff(login="sidorov", name="Сидоров Пётр"))
    changing.change(session, his, {"deputy_id": other.id})
    assert titles(session) == []
    assert read_today(session).counts.new == 0


def test_a_row_put_off_needs_a_reason_a_time_ahead_and_stays_counted(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    request = rich_client.add(Request(title="жду", assignee_id=session.me.id, priority="urgent"))
    clock.now += timedelta(days=2)
    before = my_day(session)
    with pytest.raises(StoreProblem, match="why"):
        snoozing.put_off(session, request, "завтра 10:00", " ")
    with pytest.raises(StoreProblem, match="over already"):
        snoozing.put_off(session, request, "вчера", "ждём склад")
    with pytest.raises(StoreProblem, match="till when"):
        snoozing.put_off(session, request, "когда-нибудь", "ждём склад")
    snoozing.put_off(session, request, "завтра 10:00", "ждём")
    snooze = snoozing.put_off(session, request, "завтра 11:00", "ждём склад")
    today = read_today(session)
    assert "жду" not in [row.item.title for row in today.rows]
    assert [(row.item.title, row.snooze) for row in today.shown("put off")] == [("жду", snooze)]
    assert today.counts == before
    clock.now += timedelta(days=1)
    assert "жду" in titles(session)
    clock.now -= timedelta(days=1)
    snoozing.bring_back(session, snooze)
    assert "жду" in titles(session)
    session.undo()
    assert "жду" not in titles(session)


def test_a_client_is_warned_of_a_near_date_once_for_each_date(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    near = (session.now() + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    request = rich_client.add(Request(title="отчёт", assignee_id=session.me.id, promised_at=near))
    assert row_named(session, "отчёт").item.must_warn
    with pytest.raises(StoreProblem, match="why"):
        advance_notice.warn(session, request, "Не успеваем", advance_notice.new_date(session, "завтра 15:00"))
    term = advance_notice.new_date(session, "завтра 15:00")
    words = advance_notice.draft(session, request, term, "ждём поставку")
    assert "24.11.2026 15:00" in words
    assert "ждём поставку" in words
    told = advance_notice.warn(session, request, words, term, "ждём поставку")
    assert told.promised_at == term
    kinds = [(e.event_kind, e.text) for e in threads.events(session.store, request.id)][-2:]
    assert kinds == [("promise", "ждём поставку"), ("reply", words)]
    clock.now += timedelta(hours=23)
    assert not row_named(session, "отчёт").item.must_warn
    later = replies.promise_for(session, told, advance_notice.new_date(session, "+2h"), "ещё")
    assert later.promised_at != term
    assert row_named(session, "отчёт").item.must_warn


def test_an_empty_day_says_well_done_and_what_comes_next(session: Session, client: Client) -> None:
    when = (session.today() + timedelta(days=9)).isoformat()
    changing.insert(
        session, Task(client_id=client.id, title="встреча", due_on=when, assignee_id=session.me.id)
    )
    today = read_today(session)
    assert today.rows == ()
    assert rest_lines(session, today) == ("Well done: nothing waits for you now.", "Next: встреча, in 9 d.")


def test_late_work_of_a_colleague_for_my_client_is_mine_to_know(
    session: Session, rich_client: RichClient, clock: Clock
) -> None:
    changing.change(session, rich_client.client, {"owner_id": session.me.id})
    rich_client.add(Request(title="у коллеги", assignee_id=rich_client.petrov.id, priority="urgent"))
    assert "у коллеги" not in titles(session)
    clock.now += timedelta(days=3)
    row = row_named(session, "у коллеги")
    assert whose(session, row) == "at Петров"
    assert called(row).startswith("R-")
