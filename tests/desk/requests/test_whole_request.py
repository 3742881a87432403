"""A request over its whole life as it is read, and each sentence with which something is refused to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from rich_client import NOW, Clock, RichClient
from whole_answers import assert_says

from onewindow.desk.editing import changing
from onewindow.desk.requests import (
    advance_notice,
    complaints,
    detail_view,
    details,
    handing_off,
    merging,
    replies,
)
from onewindow.desk.requests.as_text import request_json, request_text
from onewindow.desk.requests.assignment import read_request
from onewindow.desk.requests.thread_view import thread
from onewindow.desk.session.context import Session
from onewindow.desk.window.card import laid_out
from onewindow.records.clients import Client
from onewindow.records.requests import HandOff, HandOffState, Request, Task
from onewindow.store import rows
from onewindow.store.problems import StoreProblem


@pytest.fixture
def lived(session: Session, rich_client: RichClient, clock: Clock) -> Request:
    """A complaint of last week to which everything happened that can happen to one."""
    petrov = rich_client.petrov.id

    def at(day: int, hour: int, minute: int = 0) -> None:
        clock.now = datetime(2026, 11, day, hour, minute, tzinfo=UTC)

    def now() -> Request:
        return rows.get(session.store, Request, first.id)

    at(16, 7)
    first = changing.insert(
        session,
        Request(
            client_id=rich_client.id,
            title="опять не печатает",
            text="чек\nне выходит",
            request_kind="complaint",
            priority="high",
            contact_id=rich_client.main.id,
            product_id=rich_client.product.id,
            tags="касса",
        ),
    )
    at(16, 8)
    replies.take_over(session, now())
    replies.note_down(session, now(), "смотрю журнал")
    at(16, 12)
    replies.reply_to(session, now(), "разбираемся", "us")
    replies.ask_lead(session, now(), "скидка за простой")
    replies.promise_for(session, now(), "2026-11-18T12:00:00Z")
    at(17, 9)
    replies.wait_for_client(session, now(), "скан чека")
    at(17, 10)
    replies.client_wrote(session, now(), "вот скан")
    replies.no_answer_needed(session, now(), "и так ясно")
    replies.lead_looked(session, now(), "дать")
    replies.assign_to(session, now(), petrov, "он знает кассы")
    at(18, 9)
    replies.promise_for(session, now(), "2026-11-20T12:00:00Z", "ждём деталь")
    part = HandOff(request_id=first.id, target="finance", what="вернуть деньги")
    given = handing_off.hand_off(session, part)
    at(18, 11)
    returned = handing_off.move_on(session, given, "returned", "нет основания")
    handing_off.move_on(session, handing_off.move_on(session, returned, "asked"), "ready", "вернули")
    other = HandOff(request_id=first.id, target="internal", department="склад", what="найти деталь")
    at(19, 9)
    stored = handing_off.hand_off(session, other.with_changes({"target_min": 60}))
    at(19, 10)
    handing_off.move_on(session, stored, "accepted")
    merging.split(session, now(), "заменить принтер", "целиком")
    same = changing.insert(
        session, Request(client_id=rich_client.id, title="нет чека", contact_id=rich_client.main.id)
    )
    merging.merge(session, same, now())
    late = rows.get(session.store, Request, rich_client.made["request"][0].id)
    merging.link(session, now(), late, "related", "та же касса")
    complaints.correct(session, now(), "проверять принтеры", "2026-11-21", session.me.id)
    clock.now = NOW
    return now()


def test_a_request_that_lived_is_read_whole(session: Session, lived: Request) -> None:
    snapshot = read_request(session, lived.id)
    lines = request_text(session, snapshot, 100).splitlines()
    for width in (200, 60):
        lines.append(f"== head of {width} cells")
        for line in detail_view.head(session, snapshot, width):
            lines.append("".join(span.text for span in laid_out(line, width)).rstrip())
    lines.append("== pieces")
    for line in detail_view.head(session, snapshot):
        lines += [f"{span.drop} <{span.tone}> {span.text}" for span in (*line.left, *line.right)]
    lines.append("== parts")
    for row in detail_view.parts(session, snapshot):
        cells = " | ".join(f"{cell.text} <{cell.style}>" for cell in row.cells)
        lines.append(f"{row.mark}{f' {{{row.style}}}' if row.style else ''} {cells}")
    lines.append("== thread with details")
    for entry in details.with_details(session, snapshot, thread(session, snapshot)):
        marks = f"{'internal ' * entry.is_internal}{'quiet ' * entry.is_quiet}{'opening ' * entry.is_opening}"
        lines.append(f"{marks}<{entry.tone}> {entry.moment} {entry.who}: {entry.what}: {entry.text!r}")
    assert_says(lines, "request")


def test_a_request_is_told_to_programs_with_all_that_hangs_on_it(session: Session, lived: Request) -> None:
    told = request_json(session, read_request(session, lived.id))
    own = {
        name: value
        for name, value in told.items()
        if name not in vars(lived) or name in ("status", "late_from", "due_at")
    }
    for events in ("events", "hand_offs", "merged", "tasks"):
        own[events] = [
            {n: v for n, v in each.items() if n not in ("id", "version") and v not in (None, "")}
            for each in own[events]
        ]
    assert_says(json.dumps(own, ensure_ascii=False, indent=1).splitlines(), "request-json")


def test_what_is_closed_says_what_came_of_it(session: Session, rich_client: RichClient) -> None:
    closed = rows.get(session.store, Request, rich_client.made["request"][3].id)
    assert request_text(session, read_request(session, closed.id), 90).splitlines() == [
        "R-4, сброс пароля, resolved",
        "Ромашка ООО, C-1, A, Анна Ким, директор, +7 912 345-67-89, «Анна Сергеевна; по имени; не",
        "  звонить до 10», health 49 red, 99 % known",
        "first answer late, solution in time",
        "with nobody, normal problem",
        "? promised 25.11 отчёт по внедрению in 2 d",
        "promised always отгрузка до 10:00 kept 14/14",
        "",
        "DETAILS",
        "- result: сделано",
        "",
        "CLOCKS",
        "- first answer late",
        "- solution in time",
        "",
        "THREAD",
        "- 13.11 14:32 Иванова: opened: сброс пароля",
        "- 13.11 16:56 Иванова: resolved: сделано",
    ]


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(StoreProblem) as problem:
        act()
    return str(problem.value)


def test_each_refusal_says_what_is_in_the_way_and_what_to_do(
    session: Session, rich_client: RichClient
) -> None:
    first, second, waiting, closed = (
        rows.get(session.store, Request, made.id) for made in rich_client.made["request"]
    )
    other = changing.insert(session, Client(name="Вектор"))
    foreign = changing.insert(session, Request(client_id=other.id, title="чужое"))
    declined = replies.decline_with(session, rich_client.add(Request(title="нет")), "не наше")
    promised = replies.promise_for(session, rich_client.add(Request(title="к сроку")), "2026-11-27T12:00:00Z")
    merged_from = rich_client.add(Request(title="двойник"))
    target = merging.merge(session, merged_from, rich_client.add(Request(title="главный")))
    merged = rows.get(session.store, Request, merged_from.id)
    handed = rich_client.add(Request(title="у склада"))
    part = HandOff(request_id=handed.id, target="sales", what="продать")
    sold = handing_off.hand_off(session, part)
    merging.link(session, first, second)
    nobody, me = rich_client.petrov.id, session.me.id

    acts: dict[str, Callable[[], object]] = {
        "You cannot assign R-4, it is resolved; reopen it first: Z in the window,"
        " `onewindow request reopen R-4`.": lambda: replies.assign_to(session, closed, nobody),
        "You cannot answer R-6, it is declined; reopen it first: Z in the window,"
        " `onewindow request reopen R-6`.": lambda: replies.reply_to(session, declined, "текст"),
        "You cannot take R-8, it was merged into another request; work on that one.": lambda: (
            replies.take_over(session, merged)
        ),
        "You cannot settle a message of R-4, it is resolved; reopen it first: Z in the window,"
        " `onewindow request reopen R-4`.": lambda: replies.no_answer_needed(session, closed),
        "You cannot wait for the client in R-4, it is resolved; reopen it first: Z in the window,"
        " `onewindow request reopen R-4`.": lambda: replies.wait_for_client(session, closed),
        "R-1 is with Иванова Мария already.": lambda: replies.assign_to(session, first, me),
        "Say in a few words what a lead has to decide.": lambda: replies.ask_lead(session, first, " "),
        "No lead was asked about R-1.": lambda: replies.lead_looked(session, first),
        "Write what you answer to the client.": lambda: replies.reply_to(session, first, "\n"),
        "Write the note.": lambda: replies.note_down(session, first, ""),
        "Write what the client said.": lambda: replies.client_wrote(session, first, " "),
        "R-3 waits for the client already.": lambda: replies.wait_for_client(session, waiting),
        "That time is over already; give the client one that lies ahead.": lambda: replies.promise_for(
            session, first, session.now_text()
        ),
        "R-7 is promised for that time already.": lambda: replies.promise_for(
            session, promised, "2026-11-27T12:00:00Z", "так"
        ),
        "The date moves: say why, so that the client can be told.": lambda: replies.promise_for(
            session, promised, "2026-11-28T12:00:00Z", " "
        ),
        "Minutes cannot be negative.": lambda: replies.resolve_with(session, first, "всё", -1),
        "Write the reason; the client sees it.": lambda: replies.decline_with(session, first, ""),
        "R-10 cannot be resolved: sales has not settled “продать” (asked);"
        " confirm or drop that hand-off first.": lambda: replies.resolve_with(session, handed, "всё"),
        "R-10 cannot be declined: sales has not settled “продать” (asked);"
        " confirm or drop that hand-off first.": lambda: replies.decline_with(session, handed, "нет"),
        "R-1 отчёт не открывается is open already.": lambda: replies.open_again(session, first),
        "R-8 was merged into R-9: open that one again, or undo the merge.": lambda: replies.open_again(
            session, merged
        ),
        "Name the department that is to do it.": lambda: handing_off.hand_off(
            session, HandOff(request_id=first.id, target="internal", what="x")
        ),
        "Give the department more than 0 minutes.": lambda: handing_off.hand_off(
            session, HandOff(request_id=first.id, target="sales", what="x", target_min=0)
        ),
        "Say why it is dropped.": lambda: handing_off.move_on(session, sold, "dropped", " "),
        "Tell the client first that sales answers them now.": lambda: handing_off.move_on(
            session, sold, "confirmed"
        ),
        "Write what the client was told.": lambda: handing_off.tell_client(session, sold, ""),
        "Write what the part is called.": lambda: merging.split(session, first, " "),
        "You cannot split R-4, it is resolved; reopen it first: Z in the window,"
        " `onewindow request reopen R-4`.": lambda: merging.split(session, closed, "часть"),
        "R-2 and R-1 are linked as related already.": lambda: merging.link(session, second, first),
        "R-1 is one request; name another one.": lambda: merging.link(session, first, first),
        "R-1 and R-5 belong to different clients.": lambda: merging.merge(session, first, foreign),
        "You cannot merge anything into R-4, it is resolved; reopen it first: Z in the window,"
        " `onewindow request reopen R-4`.": lambda: merging.merge(session, first, closed),
        "You cannot merge R-8, it was merged into another request; work on that one.": lambda: merging.merge(
            session, merged, target
        ),
        "Write what is done so that it does not happen again.": lambda: complaints.correct(
            session, first, " ", "2026-12-01"
        ),
        "That day is over; name one that lies ahead.": lambda: complaints.correct(
            session, first, "проверка", "2026-11-22"
        ),
        "R-4 is resolved: there is nothing to warn of.": lambda: advance_notice.warn(session, closed, "x"),
        "No date was promised for R-1.": lambda: advance_notice.warn(session, first, "x"),
        "Write what the client is told.": lambda: advance_notice.warn(session, promised, " "),
        "The new date is over already; give the client one that lies ahead.": lambda: advance_notice.warn(
            session, promised, "x", session.now_text(), "так"
        ),
        "The date moves: say why, so that it can be told later.": lambda: advance_notice.warn(
            session, promised, "x", "2026-11-28T12:00:00Z", " "
        ),
    }
    assert [refused(act) for act in acts.values()] == list(acts)
    assert complaints.correct(session, first, "сегодня", "2026-11-23").due_on == "2026-11-23"


def test_each_state_of_a_hand_off_leads_to_those_that_may_follow(
    session: Session, rich_client: RichClient
) -> None:
    states: tuple[HandOffState, ...] = ("asked", "accepted", "ready", "returned", "confirmed", "dropped")
    follow: dict[str, tuple[str, ...]] = {
        "asked": ("accepted", "ready", "returned", "confirmed", "dropped"),
        "accepted": ("ready", "returned", "confirmed", "dropped"),
        "ready": ("confirmed", "returned", "asked", "dropped"),
        "returned": ("asked", "accepted", "confirmed", "dropped"),
        "confirmed": (),
        "dropped": (),
    }
    request = rich_client.add(Request(title="часть"))
    part = HandOff(client_id=rich_client.id, request_id=request.id, department="склад", what="найти")
    for state in states:
        seen = part.with_changes({"state": state})
        assert handing_off.next_states(seen) == follow[state]
        assert handing_off.is_open(seen) == (state not in ("confirmed", "dropped"))
        for wanted in states:
            if wanted not in follow[state]:
                with pytest.raises(StoreProblem, match=f"A hand-off that is {state} cannot become {wanted}"):
                    handing_off.move_on(session, seen, wanted, "так")


LANGUAGES = {
    "ru": (
        "Анна Сергеевна, по обращению R-5 «отчёт» обещали ответ к 27.11.2026 15:00."
        " К этому сроку не успеваем: нет детали. Новый срок: 30.11.2026 12:00.",
        "Анна Сергеевна, по обращению R-5 «отчёт» обещали ответ к 27.11.2026 15:00."
        " Успеваем, держим вас в курсе.",
    ),
    "bg": (
        "Анна Сергеевна, по заявка R-5 «отчёт» обещахме отговор до 27.11.2026 15:00."
        " Няма да успеем до този срок: нет детали. Новият срок е 30.11.2026 12:00.",
        "Анна Сергеевна, по заявка R-5 «отчёт» обещахме отговор до 27.11.2026 15:00."
        " Работим по нея и ще ви държим в течение.",
    ),
    "en": (
        "Анна Сергеевна, we promised an answer to R-5 “отчёт” by 27.11.2026 15:00."
        " We shall not make it: нет детали. The new date is 30.11.2026 12:00.",
        "Анна Сергеевна, we promised an answer to R-5 “отчёт” by 27.11.2026 15:00."
        " We are on time and keep you informed.",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_client_is_warned_in_the_language_of_the_person(
    language: str, session: Session, rich_client: RichClient
) -> None:
    rich_client.change(rich_client.main, language=language)
    at = "2026-11-27T12:00:00Z"
    asked = rich_client.add(Request(title="отчёт", promised_at=at, contact_id=rich_client.main.id))
    moved = advance_notice.draft(session, asked, "2026-11-30T09:00:00Z", "нет детали. ")
    assert (moved, advance_notice.draft(session, asked)) == LANGUAGES[language]


def test_nobody_is_greeted_where_nobody_is_known(session: Session) -> None:
    client = changing.insert(session, Client(name="Вектор"))
    asked = Request(client_id=client.id, title="отчёт", promised_at="2026-11-27T12:00:00Z")
    asked = changing.insert(session, asked)
    assert advance_notice.draft(session, asked, "2026-11-30T09:00:00Z") == (
        "По обращению R-1 «отчёт» обещали ответ к 27.11.2026 15:00. Новый срок: 30.11.2026 12:00."
    )


def test_a_corrective_action_is_the_work_of_who_is_named_else_of_who_has_the_request(
    session: Session, rich_client: RichClient
) -> None:
    asked = rich_client.add(Request(title="жалоба", assignee_id=rich_client.petrov.id))
    first = complaints.correct(session, asked, " проверить ", "2026-12-01")
    second = complaints.correct(session, asked, "обучить", "2026-12-02", session.me.id)
    assert [(task.title, task.assignee_id, task.task_kind) for task in (first, second)] == [
        ("проверить", rich_client.petrov.id, complaints.CORRECTIVE),
        ("обучить", session.me.id, complaints.CORRECTIVE),
    ]
    stored = rows.get(session.store, Request, asked.id)
    assert stored.corrective_action == "проверить"
    assert rows.get(session.store, Task, first.id).request_id == asked.id
