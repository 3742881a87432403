"""What a file does not tell, or what cannot have come yet: nothing is made up, and it is said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich_client import Clock
from test_imported_values import bring, on_file

from onewindow.desk.editing import changing
from onewindow.desk.imports.explanation import short_lines
from onewindow.desk.opening import at_work
from onewindow.desk.reports import request_reports
from onewindow.desk.session.context import Session
from onewindow.records.clients import Promise
from onewindow.records.feedback import Feedback, Opportunity, Revenue
from onewindow.records.organization import Staff
from onewindow.records.requests import Document, Request, Task
from onewindow.store import rows


def test_a_chance_without_its_closing_day_stays_without(session: Session) -> None:
    report = bring(
        session,
        "opportunity",
        "Название;Клиент;Этап;Дата закрытия\nа;Альфа;Won;2027-03-07\nб;Альфа;Lost;\nв;Альфа;Won;2026-03-07\n",
    )
    assert on_file(session, Opportunity, "state", "closed_on", "expected_on") == [
        ("won", None, "2027-03-07"),
        ("lost", None, None),
        ("won", "2026-03-07", "2026-03-07"),
    ]
    assert [row.reason for row in report.rows] == [
        "closed_on: 2027-03-07 lies ahead, so it did not happen then",
        "closed_on: the file does not tell when it was closed",
        "",
    ]
    second = rows.fetch(session.store, Opportunity, "ORDER BY id")[1]
    changing.change(session, second, {"evidence": "письмо"})
    assert on_file(session, Opportunity, "closed_on")[1] == (None,)


def test_a_promise_was_kept_when_nobody_knows_and_needs_a_date(session: Session) -> None:
    report = bring(
        session,
        "promise",
        "Клиент;Обещание;Срок;Статус\nАльфа;всегда до десяти;;\nАльфа;позвонить;10.11.2026;kept\n",
    )
    assert on_file(session, Promise, "promise_kind", "due_on", "status", "settled_at") == [
        ("term", None, "new", None),
        ("spoken", "2026-11-10", "kept", None),
    ]
    assert [row.reason for row in report.rows] == [
        "due_on: a spoken promise needs a date; without one it is kept as a term",
        "settled_at: the file does not tell when it was kept",
    ]


def test_a_request_whose_opening_cannot_be_read_has_no_clock(session: Session) -> None:
    report = bring(
        session,
        "request",
        "Клиент;Тема;Создано;Статус;Решено\n"
        "Альфа;а;31.12.2099 10:00;новая;\nАльфа;б;29.02.2026 10:00;новая;\n"
        "Альфа;в;20.11.2026 10:00;новая;\nАльфа;г;10.11.2026 10:00;решена;10.12.2026 10:00\n",
    )
    assert [due is None for (due,) in on_file(session, Request, "due_at")] == [True, True, False, True]
    assert on_file(session, Request, "resolved_at")[3] == (None,)
    assert all("opened_at" in row.reason for row in report.rows[:2])
    assert "resolved_at: 2026-12-10 lies ahead" in report.rows[3].reason


def test_the_kind_of_a_document_is_what_its_name_begins_with(session: Session) -> None:
    report = bring(
        session,
        "document",
        "Название;Клиент;Дата\nСчёт на оплату № 17;А;10.11.2026\nДоговор 5;А;10.11.2026\nУПД 12;А;1.11.2026\n"
        "Акт сверки;А;10.11.2026\nФактура 9;А;10.11.2026\nНечто;А;10.11.2026\n",
    )
    kinds = [kind for (kind,) in on_file(session, Document, "document_kind")]
    assert kinds == ["invoice", "contract", "act", "other", "invoice", "other"]
    assert [bool(row.reason) for row in report.rows] == [False, False, False, False, False, True]


def test_a_default_that_says_something_is_told(session: Session) -> None:
    report = bring(session, "revenue", "Дата;Клиент;Сумма\n01.11.2026;А;10\n")
    assert on_file(session, Revenue, "revenue_kind") == [("licence",)]
    assert any("--set revenue_kind=" in note for note in report.notes)
    assert not any("--set revenue_kind=" in line for line in short_lines(report))
    report = bring(session, "request", "Клиент;Тема;Канал\nА;б;почта\n")
    assert not any("--set channel=" in note for note in report.notes)


def test_times_without_a_zone_are_those_of_the_office_whoever_imports(session: Session) -> None:
    text = "id,client,title,opened_at\n1,А,б,2026-11-10 09:00\n"
    report = bring(session, "request", text)
    elsewhere = at_work(session.store, session.me, session.settings, session.clock, "America/New_York")
    again = bring(elsewhere, "request", text)
    assert (again.count("create"), again.count("update")) == (0, 0)
    assert on_file(session, Request, "opened_at") == [("2026-11-10T06:00:00Z",)]
    assert "Times without a zone in opened_at are of Europe/Moscow." in report.notes


def test_the_days_of_metrics_are_those_of_the_office(session: Session, clock: Clock) -> None:
    bring(session, "request", "client,title,opened_at\nА,б,2026-11-10 01:00\nА,в,2026-11-10 23:00\n")
    elsewhere = at_work(session.store, session.me, session.settings, session.clock, "Asia/Tokyo")
    day = clock().date() - timedelta(days=13)
    for who in (session, elsewhere):
        *_, facts = request_reports.read_measures(who, who.store, day, day)
        assert (facts.done, facts.zone) == (2, "Europe/Moscow")


def test_a_measure_says_what_it_leaves_out(session: Session, clock: Clock) -> None:
    bring(
        session,
        "request",
        "client,title,opened_at,responded_at,resolved_at,status\n"
        "А,а,2026-11-10 09:00,,2026-11-10 11:00,resolved\nА,б,2026-11-10 09:00,2026-11-10 09:30,,resolved\n",
    )
    day = clock().date() - timedelta(days=13)
    *_, facts = request_reports.read_measures(session, session.store, day, day)
    assert facts.left_out_text("response", facts.requests) == "1 without a time of an answer left out"
    assert facts.left_out_text("resolution", facts.requests) == "1 without a time of a solution left out"
    assert facts.left_out_text("passes", facts.requests) == ""


def test_colleagues_are_found_by_surname_and_initials(session: Session) -> None:
    me = changing.insert(session, Staff(login="orlova", name="Орлова Юлия Сергеевна"))
    lines = "".join(
        f"{word};А;т{place}\n"
        for place, word in enumerate(("Орлова Ю. С.", "Орлова Ю.С.", "Ю.С. Орлова", "Орлова Ю."))
    )
    report = bring(session, "request", f"Ответственный;Клиент;Тема\n{lines}")
    assert on_file(session, Request, "assignee_id") == [(me.id,)] * 4
    assert [row.reason for row in report.rows] == [""] * 4


def test_importance_in_words(session: Session) -> None:
    bring(session, "feedback", "Дата;Клиент;Отзыв;Важность\n1.11.2026;А;хорошо;высокая\n1.11.2026;А;так;1\n")
    assert on_file(session, Feedback, "importance") == [(3,), (1,)]


@pytest.mark.parametrize(
    "header",
    ["Создана", "Открыта", "Дата открытия", "Время создания", "Дата и время", "Open date", "Logged"],
)
def test_the_opening_is_known_by_every_name_of_it(session: Session, header: str) -> None:
    report = bring(session, "request", f"Клиент;Тема;{header};Решён\nАльфа;а;10.11.2026;11.11.2026\n")
    ((opened, resolved),) = on_file(session, Request, "opened_at", "resolved_at")
    assert str(opened)[:10] in ("2026-11-09", "2026-11-10")
    assert str(resolved)[:10] in ("2026-11-10", "2026-11-11")
    assert not any("when requests were opened" in note for note in report.notes)


def test_a_file_without_openings_says_that_they_begin_now(session: Session) -> None:
    report = bring(session, "request", "Клиент;Тема\nАльфа;а\n")
    assert [note for note in report.notes if "when requests were opened" in note] == [
        "The file does not tell when requests were opened: new open ones begin now;"
        " --map COLUMN=opened_at says which column tells it."
    ]


def test_a_request_solved_before_it_was_opened_is_told_so(session: Session) -> None:
    report = bring(
        session,
        "request",
        "Клиент;Тема;Создана;Первый ответ;Решена;Статус\n"
        "Альфа;а;10.11.2026 09:00;10.11.2026 10:00;12.11.2025 10:00;решена\n",
    )
    assert "it was opened after its solution" in report.rows[0].reason


def test_what_is_done_stays_done_and_a_promise_has_its_day(session: Session) -> None:
    bring(session, "task", "Клиент;Задача;Выполнено\nАльфа;а;да\nАльфа;б;нет\nАльфа;в;\n")
    assert on_file(session, Task, "title", "status") == [("а", "done"), ("б", "open"), ("в", "open")]
    bring(session, "promise", "Клиент;Обещание;До\nАльфа;акт;05.12.2030\n")
    assert on_file(session, Promise, "due_on") == [("2030-12-05",)]
