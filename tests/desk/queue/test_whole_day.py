"""The day as a whole: its rows in their order with time and reason, and from which day each comes up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from rich_client import NOW, RichClient

from onewindow.desk.editing import changing
from onewindow.desk.queue import snoozing
from onewindow.desk.queue.rows import (
    MACHINE_COLUMNS,
    machine_row,
    moment_of,
    rest_lines,
    row_of,
    row_text,
    summary,
)
from onewindow.desk.queue.today import FILTERS, read_today, why_place
from onewindow.desk.requests import handing_off, replies
from onewindow.desk.session.context import Session
from onewindow.records.adoption import PlanStep
from onewindow.records.clients import Client, Promise
from onewindow.records.feedback import Survey, SurveyResponse
from onewindow.records.fields import Record
from onewindow.records.meetings import Meeting
from onewindow.records.requests import Document, HandOff, Request, Task
from onewindow.records.standards import Standard
from onewindow.store import rows
from onewindow.text.dates import utc_text

TODAY = date(2026, 11, 23)


def day(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def told(session: Session) -> list[str]:
    """The rows in order: mark, time, what, why, whose."""
    today = read_today(session)
    moment = moment_of(session, today)
    texts: list[str] = []
    for row in today.rows:
        shown = row_of(session, moment, row)
        when, _, what, why, whose = (cell.text for cell in shown.cells)
        texts.append(" | ".join(part for part in (shown.mark.strip(), when, what, why, whose) if part))
    return texts


@pytest.fixture
def client(session: Session) -> Client:
    """A client of Иванова of whom nothing is known yet."""
    return changing.insert(session, Client(name="Вектор", tier="A", owner_id=session.me.id))


@pytest.fixture
def busy(session: Session, rich_client: RichClient) -> RichClient:
    """Ромашка on a day on which something of each source stands."""
    me, petrov = session.me.id, rich_client.petrov.id
    add = rich_client.add
    add(Task(title="без срока", assignee_id=me))
    add(Task(title="вчера", due_on=day(-1), assignee_id=me, task_kind="follow-up"))
    add(Promise(text="к среде", due_on=day(2), owner_id=me, given_by_id=petrov))
    add(Promise(text="к четвергу", due_on=day(3), owner_id=me))
    add(Meeting(title="была", starts_at="2026-11-20T09:00:00Z", staff_id=me))
    ahead = Meeting(title="будет", starts_at="2026-11-24T09:00:00Z", staff_id=me, form="at_ours", place="зал")
    add(ahead)
    survey = rich_client.made["survey"][0].id
    add(SurveyResponse(survey_id=survey, contact_id=rich_client.main.id, score=4, at="2026-11-20T08:00:00Z"))
    mine = add(Request(title="моё", assignee_id=me), days=1)
    part = HandOff(
        request_id=mine.id, target="internal", department="склад", what="найти акт", assignee_id=petrov
    )
    handing_off.hand_off(session, part)
    given = rows.fetch(session.store, HandOff, "")[0]
    changing.change(session, given, {"state": "ready", "answer": "нашли"})
    add(Request(title="ничьё"), days=1)
    add(Request(title="срочно", assignee_id=me, promised_at="2026-11-23T14:00:00Z"), days=1)
    plan = rich_client.made["plan"][0].id
    add(PlanStep(plan_id=plan, position=9, title="мой шаг", assignee_id=me, due_on=day(1)))
    late = PlanStep(plan_id=plan, position=10, title="веха", assignee_id=me, due_on=day(-4))
    add(late.with_changes({"is_control_point": 1}))
    changing.insert(session, Standard(title="приём", text="встаём", owner_id=me, review_on=day(0)))
    return rich_client


@pytest.mark.usefixtures("busy")
def test_late_requests_come_first_then_what_clients_wait_for_and_what_has_no_time_comes_last(
    session: Session,
) -> None:
    assert told(session) == [
        "! | 8 h late, Fr 15:02 | R-1 отчёт не открывается | no answer yet",
        "! | 3 h late, Mo 11:00 | R-5 моё | no answer yet",
        "! | 3 h late, Mo 11:00 | R-6 ничьё | no answer yet | nobody's",
        "! | 3 h late, Mo 11:00 | R-7 срочно | no answer yet, warn them: promised for 23.11 17:00",
        "! | 3 d late, 20.11 12:00 | была | was it held?",
        "? | 23 d late, 31.10 | акт | document is missing",
        "? | 4 d late, 19.11 | веха | control point of a plan",
        "! | 1 d late, 22.11 | вчера | follow-up",
        "0 m left, Mo 14:32 | R-3 счёт на обучение | no answer yet | nobody's",
        "today, 23.11 | приём | standard to be looked at, state write",
        "in 1 d, 24.11 12:00 | будет | at ours зал",
        "in 1 d, 24.11 | мой шаг | step of a plan",
        "in 1 d, 24.11 | answer to a mark of 4 | gave 4 of 10, nobody has answered",
        "in 2 d, 25.11 | к среде | promised to the client by Петров",
        "in 3 d, 26.11 | к четвергу | promised to the client",
        "tell of выгрузка в 1С | released: tell",
        "найти акт | склад has done it: нашли",
        "без срока | task",
    ]


@pytest.mark.usefixtures("busy")
def test_the_title_counts_what_is_shown_under_each_filter(session: Session) -> None:
    today = read_today(session)
    counts = {filter_name: summary(session, today, filter_name) for filter_name in FILTERS}
    assert {name: text for name, text in counts.items() if text != "0 in all"} == {
        "all": "8 late · requests: late 3 mine, 1 nobody's · due today 0 · new 2 · 2 to pick up · 1 to warn",
        "requests": "4 late · 5 in all · 1 to warn",
        "promises": "2 in all",
        "steps": "1 late · 3 in all",
        "tasks": "1 late · 2 in all",
        "hand-offs": "1 in all",
        "documents": "1 late · 1 in all",
        "detractors": "1 in all",
        "meetings": "1 late · 2 in all",
        "novelties": "1 in all",
        "warn": "1 late · 1 in all · 1 to warn",
    }


@pytest.mark.usefixtures("busy")
def test_a_place_is_explained_by_its_time_its_order_and_its_neighbours(session: Session) -> None:
    today = read_today(session)
    by_title = {row.item.title: row for row in today.rows}
    order = [
        "",
        "Order: late requests, late where a client waits, late, ahead, without a time.",
    ]
    within = "Within that: least working time left, then tier, then age."
    assert why_place(session, today, by_title["срочно"]) == [
        "срочно (Ромашка ООО)",
        "Here because: no answer yet, warn them: promised for 23.11 17:00.",
        "Was due on Mo 23.11 11:00, Europe/Moscow.",
        "In working time: 3 h late, Mo 11:00.",
        "Tier A; it came up on Su 22.11 14:32.",
        *order,
        "Here the time of a request is over.",
        within,
        "Place 4 of 18.",
        "After “ничьё”: all else is equal, so the kind and the number decide.",
        "Before “была”: the time of a request is over, there a client waits and the time is over.",
        "",
        "R-7 срочно (Ромашка ООО)",
        "First response within 2 h of working time, Europe/Moscow",
        "Su 22.11 14:32  Opened",
        "    closed: day off Su 22.11",
        "    Mo 23.11 09:00–11:00 + 2 h = 2 h",
        "Due Mo 23.11 11:00",
        "First response: 3 h late, Mo 11:00",
    ]
    assert why_place(session, today, by_title["приём"]) == [
        "приём",
        "Here because: standard to be looked at, state write.",
        "Due on Mo 23.11 23:59, Europe/Moscow.",
        "In working time: 3 h left, Mo 23:59.",
        "Tier none; it came up on Mo 23.11 14:32.",
        *order,
        "Here the time is ahead.",
        within,
        "Place 10 of 18.",
        "After “счёт на обучение”: less time is left.",
        "Before “будет”: less time is left.",
    ]
    last = why_place(session, today, by_title["без срока"])
    assert last[2] == "It has no time."
    assert last[-2:] == [
        "Place 18 of 18.",
        "After “найти акт”: all else is equal, so the kind and the number decide.",
    ]
    task = rows.get(session.store, Task, by_title["без срока"].item.record.id)
    snoozing.put_off(session, task, "завтра 10:00", "ждём")
    today = read_today(session)
    (put_off,) = today.put_off
    lines = why_place(session, today, put_off)
    assert lines[4] == "Put off till Tu 24.11 10:00: ждём"
    assert lines[-1] == "It stands apart: it is put off."
    shown = row_of(session, moment_of(session, today), put_off)
    assert (shown.style, shown.cells[3].text) == ("dim", "till 24.11 10:00: ждём")


@pytest.mark.usefixtures("busy")
def test_a_row_in_one_line_says_why_it_is_here_then_what_it_is(session: Session) -> None:
    today = read_today(session)
    moment = moment_of(session, today)
    lines = [row_text(row, moment) for row in today.rows]
    assert lines[0] == "no answer yet · R-1 отчёт не открывается · Ромашка ООО · 8 h late, Fr 15:02"
    assert lines[9] == "standard to be looked at, state write · приём · today, 23.11"
    assert lines[-1] == "task · без срока · Ромашка ООО"


def test_machines_read_times_in_utc_and_slack_in_working_seconds(session: Session, busy: RichClient) -> None:
    today = read_today(session)
    by_title = {row.item.title: machine_row(session, row) for row in today.rows}
    assert list(by_title["ничьё"]) == list(MACHINE_COLUMNS)
    request = rows.fetch(session.store, Request, "WHERE title = 'ничьё'")[0]
    assert list(by_title["ничьё"].values()) == [
        *("request", request.id, "R-6", busy.id, "Ромашка ООО", "A", "ничьё", "no answer yet"),
        *("2026-11-23T08:00:00Z", True, False, -12720, None, False, "", None, ""),
    ]
    assert list(by_title["приём"].values())[2:] == [
        *("", None, "", "", "приём", "standard to be looked at, state write"),
        *("2026-11-23T20:59:59Z", False, False, 12480, None, False, "Иванова Мария", None, ""),
    ]


def _promise(session: Session, client: Client, days: int) -> Record:
    return Promise(client_id=client.id, text=f"{days}", due_on=day(days), owner_id=session.me.id)


def _task(session: Session, client: Client, days: int) -> Record:
    return Task(client_id=client.id, title=f"{days}", due_on=day(days), assignee_id=session.me.id)


def _missing(_: Session, client: Client, days: int) -> Record:
    return Document(client_id=client.id, title=f"{days}", state="missing", due_on=day(days))


def _ending(_: Session, client: Client, days: int) -> Record:
    return Document(client_id=client.id, title=f"{days}", state="signed", expires_on=day(days))


def _meeting(session: Session, client: Client, days: int) -> Record:
    at = utc_text(NOW + timedelta(days=days))
    return Meeting(client_id=client.id, title=f"{days}", starts_at=at, staff_id=session.me.id)


def _standard(session: Session, _: Client, days: int) -> Record:
    return Standard(title=f"{days}", text="встаём", owner_id=session.me.id, review_on=day(days))


UP_FROM: dict[str, tuple[Callable[[Session, Client, int], Record], list[int], list[int]]] = {
    "a promise from 3 days before": (_promise, [-90, 0, 2, 3, 4], [-90, 0, 2, 3]),
    "a task from 3 days before": (_task, [-90, 0, 2, 3, 4], [-90, 0, 2, 3]),
    "a document that is missing from 7 days before": (_missing, [-90, 0, 6, 7, 8], [-90, 0, 6, 7]),
    "a document that ends, 30 days before and after": (
        *(_ending, [-31, -30, -29, 0, 29, 30, 31]),
        [-30, -29, 0, 29, 30],
    ),
    "a meeting from the day before, a month long": (_meeting, [-31, -30, -29, 0, 1, 2], [-30, -29, 0, 1]),
    "a standard from 3 days before": (_standard, [-90, 0, 2, 3, 4], [-90, 0, 2, 3]),
}
"""What makes a record of a source on a day, the days tried, and those of which it is told."""


@pytest.mark.parametrize("source", UP_FROM)
def test_each_source_comes_up_from_its_day_to_its_day(source: str, session: Session, client: Client) -> None:
    make, tried, shown = UP_FROM[source]
    for days in tried:
        changing.insert(session, make(session, client, days))
    assert [row.item.title for row in read_today(session).rows] == [str(days) for days in shown]


def test_a_detractor_is_here_for_ninety_days_and_due_after_two_working_days(
    session: Session, client: Client
) -> None:
    survey = changing.insert(session, Survey(title="осень", questions="Посоветуете?"))
    other = changing.insert(session, Survey(title="качество", questions="Как вам?", metric="other"))

    def answer(score: int, at: str, survey_id: int = survey.id) -> None:
        changing.insert(session, SurveyResponse(client_id=client.id, survey_id=survey_id, score=score, at=at))

    answer(0, "2026-08-25T11:31:59Z")
    answer(1, "2026-08-25T11:32:00Z")
    answer(6, "2026-11-19T08:00:00Z")
    answer(5, "2026-11-21T08:00:00Z")
    answer(7, "2026-11-23T08:00:00Z")
    answer(1, "2026-11-23T08:00:00Z", other.id)
    assert told(session) == [
        "? | 88 d late, 27.08 | answer to a mark of 1 | gave 1 of 10, nobody has answered",
        "today, 23.11 | answer to a mark of 6 | gave 6 of 10, nobody has answered",
        "in 1 d, 24.11 | answer to a mark of 5 | gave 5 of 10, nobody has answered",
    ]


def test_a_client_is_warned_from_a_working_day_before_a_promised_date_on(
    session: Session, client: Client
) -> None:
    # 14:32 on Monday: 8 working hours end at 13:32 on Tuesday.
    for title, at in (("до", "2026-11-24T10:32:00Z"), ("после", "2026-11-24T10:32:01Z")):
        asked = Request(client_id=client.id, title=title, assignee_id=session.me.id, promised_at=at)
        changing.insert(session, asked)
    assert [row.item.title for row in read_today(session).shown("warn")] == ["до"]


def test_what_comes_back_first_is_told_and_a_day_off_counts_who_waits(
    session: Session, client: Client
) -> None:
    for title, till in (("потом", "завтра 12:00"), ("раньше", "завтра 10:00")):
        task = Task(client_id=client.id, title=title, due_on=day(-1), assignee_id=session.me.id)
        snoozing.put_off(session, changing.insert(session, task), till, "ждём")
    asked = Request(client_id=client.id, title="вопрос", assignee_id=session.me.id)
    answered = replies.reply_to(session, changing.insert(session, asked), "смотрим")
    replies.wait_for_client(session, answered, "скан")
    today = read_today(session)
    assert rest_lines(session, today) == (
        "Well done: nothing waits for you now.",
        "Next: раньше, put off till 24.11 10:00.",
        "1 of your requests wait for the client.",
    )
    assert summary(session, today) == (
        "requests: late 0 · due today 0 · new 0 · 1 wait for clients · 2 put off (2 late)"
    )
