"""When requests were opened, answered and resolved: columns are read by the words of their names, or said."""

from __future__ import annotations

import pytest
from test_imported_values import bring, on_file

from onewindow.desk.requests.as_text import request_text
from onewindow.desk.requests.assignment import read_request
from onewindow.desk.session.context import Session
from onewindow.exchange.headers.matching import match_headers
from onewindow.records.requests import Request
from onewindow.store import rows

_CALLED = {
    "opened_at": (
        "Создан|Создана|Создано|Открыта|Открыт|Дата открытия|Время создания|Дата и время|Зарегистрирована|"
        "Начало|Дата создания заявки|Когда создана|Заведена|Дата/время открытия|Open date|Submitted at|"
        "Reported on|Logged|Ticket created on|Date logged|createdAt|sys_created_on|Timestamp|"
        "Отворена|Дата на отваряне|Подаден на|Регистрирано|Дата на регистриране на заявката|Открыта (МСК)|"
        "Даты / Создана"
    ),
    "responded_at": "Дата реакции|Дата и время ответа|Replied on|Date answered|Отговорено|Даты / Ответ",
    "resolved_at": (
        "Решён|Решен|Решена|Закрыт|Дата и время решения|Дата исполнения|Устранено|Finished at|"
        "Closing date|Ticket closed on|Решено|Затворена|Дата на изпълнение|Даты / Решена"
    ),
    "changed_at": "Изменена|Last updated on|Дата последнего изменения|Променено",
}


@pytest.mark.parametrize(("field", "headers"), _CALLED.items())
def test_times_of_requests_are_known_however_they_are_declined(field: str, headers: str) -> None:
    read = {header: match_headers([header], "request").fields for header in headers.split("|")}
    assert {header: fields.get(header) for header, fields in read.items()} == dict.fromkeys(read, field)


@pytest.mark.parametrize(("kind", "field"), [("opportunity", "begun_on"), ("feedback", "said_on")])
def test_deals_and_opinions_begin_under_the_same_names(kind: str, field: str) -> None:
    for header in ("Создана", "Зарегистрирован", "Дата регистрации", "Logged on", "Дата на подаване"):
        assert match_headers([header], kind).fields == {header: field}
    assert match_headers(["Решена"], kind).fields == {}


@pytest.mark.parametrize(
    "header",
    ["Created by", "Date of birth", "Registered address", "Дата договора", "Report", "Update"],
)
def test_other_columns_are_no_times_of_requests(header: str) -> None:
    assert match_headers([header], "request").fields.get(header) not in _CALLED


def test_a_request_begins_when_its_column_says(session: Session) -> None:
    report = bring(session, "request", "Клиент;Тема;Создана\nА;б;10.11.2026 09:00\n")
    assert on_file(session, Request, "opened_at") == [("2026-11-10T06:00:00Z",)]
    assert report.left_out == ()


def test_an_opening_that_is_not_read_is_flagged_and_proposed_after_the_import_too(session: Session) -> None:
    text = "Клиент;Тема;Дата звонка клиента\nА;б;10.11.2026 09:00\n"
    report = bring(session, "request", text)
    assert [row.reason for row in report.rows] == [
        "opened_at: the file does not tell when it was opened; metrics leave it out"
    ]
    assert [each.options for each in report.proposals] == [["--map", "Дата звонка клиента=opened_at"]]
    assert on_file(session, Request, "due_at") == [(None,)]


def test_a_solution_before_the_opening_is_told_as_that_and_as_no_clock_set_back(session: Session) -> None:
    cells = "А;б;10.11.2026 09:30;10.11.2026 11:45;12.11.2025 10:45;решена"
    text = f"Клиент;Тема;Создана;Дата ответа;Решена;Статус\n{cells}\n"
    report = bring(session, "request", text)
    assert report.rows[0].reason.startswith("opened_at: it was opened after its solution; ")
    (request,) = rows.fetch(session.store, Request, "")
    shown = request_text(session, read_request(session, request.id))
    assert "no clock: it was opened after its solution" in shown
    assert "no SLA policy" not in shown
    assert "the clock went back" not in shown


def test_a_column_that_is_called_as_the_requests_are_has_their_ids_if_it_has_codes(session: Session) -> None:
    text = (
        "Заявка;Клиент;Тема;Создан;Решён;Статус\n"
        "З-1;А;б;10.11.2026 09:00;10.11.2026 12:00;Решён\nЗ-1;А;б;10.11.2026 09:00;10.11.2026 12:00;Решён\n"
    )
    report = bring(session, "request", text)
    assert [(row.verdict, row.reason) for row in report.rows] == [("create", ""), ("skip", "")]
    assert on_file(session, Request, "external_id", "resolved_at") == [("З-1", "2026-11-10T09:00:00Z")]
    titled = bring(session, "request", "Заявка;Клиент;Описание\nНе печатает;А;совсем\n")
    assert "external_id" not in titled.fields.values()
