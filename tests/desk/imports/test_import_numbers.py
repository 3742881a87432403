"""What the numbers of documents, and our own short numbers, say of the rows of a file."""

from __future__ import annotations

import pytest

from onewindow.desk.imports.reporting.run_report import ImportReport
from onewindow.desk.imports.running import import_file
from onewindow.desk.session.context import Session
from onewindow.records.requests import Document, Request
from onewindow.store import rows

_LINES = "client;kind;number;date;item;quantity;price\n"
_WHOLE = "client;kind;number;date;amount\n"


def take(session: Session, kind: str, text: str) -> ImportReport:
    return import_file(session, kind, text.encode(), "file.csv")


def told(report: ImportReport) -> list[tuple[str, str]]:
    return [(each.verdict, each.reason) for each in report.rows]


def documents(session: Session) -> list[tuple[str, str | None, int | None]]:
    found = rows.fetch(session.store, Document, "ORDER BY id")
    return [(each.number, each.issued_on, each.amount) for each in found]


def test_an_invoice_cut_between_two_files_is_neither_two_nor_overwritten(session: Session) -> None:
    take(session, "client", "name\nАльфа\n")
    first = f"{_LINES}Альфа;invoice;A-1;01.10.2026;гайка;2;10,50\n"
    take(session, "document", first)

    ((verdict, reason),) = told(
        take(session, "document", f"{_LINES}Альфа;invoice;A-1;01.10.2026;шайба;3;5\n")
    )

    assert verdict == "error"
    assert reason.startswith(
        "unclear: invoice A-1 of 2026-10-01 is on file, and these lines come to another sum"
    )
    assert [each for each, _ in told(take(session, "document", first))] == ["skip"]
    assert documents(session) == [("A-1", "2026-10-01", 2100)]


def test_a_number_is_one_document_of_its_day_and_another_day_is_told(session: Session) -> None:
    take(session, "client", "name\nАльфа\n")
    text = f"{_WHOLE}Альфа;invoice;7;01.10.2026;100\nАльфа;invoice;7;01.10.2026;100\n"

    assert [each for each, _ in told(take(session, "document", text))] == ["create", "skip"]
    corrected = take(session, "document", f"{_WHOLE}Альфа;invoice;7;01.10.2026;120\n")
    assert told(corrected) == [("update", "")]
    later = take(session, "document", f"{_WHOLE}Альфа;invoice;7;05.11.2026;120\n")
    assert told(later) == [
        ("create", "invoice 7 of 2026-10-01 has that number too, so it is another document")
    ]
    other_year = take(session, "document", f"{_WHOLE}Альфа;invoice;7;05.11.2025;120\n")
    assert told(other_year) == [("create", "")]
    act = take(session, "document", f"{_WHOLE}Альфа;act;7;01.10.2026;120\n")
    assert told(act) == [("create", "")]


def test_two_amounts_of_one_number_in_one_file_are_unclear(session: Session) -> None:
    take(session, "client", "name\nАльфа\n")

    report = take(
        session, "document", f"{_WHOLE}Альфа;invoice;3;01.10.2026;100\nАльфа;invoice;3;01.10.2026;120\n"
    )

    assert [each for each, _ in told(report)] == ["create", "error"]
    assert "which amount is right?" in report.rows[1].reason
    assert documents(session) == [("3", "2026-10-01", 10000)]


def test_a_short_number_of_ours_is_that_request_or_is_refused(session: Session) -> None:
    take(session, "client", "name\nАльфа\nБета\n")
    take(session, "request", "client,title,opened_at\nАльфа,отчёт не открывается,2026-11-27 09:00\n")

    text = "number,client,title,priority\n{},{},{},high\n"
    same = take(session, "request", text.format(1, "Альфа", "отчёт"))
    elsewhere = take(session, "request", text.format(1, "Бета", "отчёт"))
    other = take(session, "request", text.format(1, "Альфа", "нет света"))
    free = take(session, "request", text.format(99, "Бета", "нет света"))

    assert told(same) == [("update", "")]
    assert told(elsewhere)[0][0] == told(other)[0][0] == "error"
    assert "the number is that of R-1 отчёт of another client" in elsewhere.rows[0].reason
    assert told(free)[0][0] == "create"
    assert [(each.number, each.title, each.priority) for each in rows.fetch(session.store, Request, "")] == [
        (1, "отчёт", "high"),
        (99, "нет света", "high"),
    ]


@pytest.mark.parametrize("header", ["номер", "Номер заявки", "ID", "№ обращения", "number"])
@pytest.mark.parametrize("written", ["R-1", "r-1", "1"])
def test_our_own_number_updates_the_request_that_has_it(session: Session, header: str, written: str) -> None:
    take(session, "client", "name\nАльфа\n")
    take(session, "request", "client,title\nАльфа,Отчёт не открывается\n")
    row = f"{header},клиент,тема,статус\n{written},Альфа,отчёт не открывается,ждём клиента\n"

    report = take(session, "request", row)

    assert [each for each, _ in told(report)] == ["update"]
    (request,) = rows.fetch(session.store, Request, "")
    assert (request.number, request.status, request.external_id) == (1, "waiting", None)


def test_an_id_of_another_program_is_no_number_of_ours(session: Session) -> None:
    take(session, "client", "name\nАльфа\n")
    text = "id,client,title\n2,Альфа,Вопрос\n1,Альфа,Вопрос\n"
    take(session, "request", text)
    assert [each for each, _ in told(take(session, "request", text))] == ["skip", "skip"]
    take(session, "request", "id,client,title\n3,Альфа,Вопрос\n")

    found = rows.fetch(session.store, Request, "ORDER BY id")
    assert [(each.number, each.external_id) for each in found][:3] == [(1, "2"), (2, "1"), (3, "3")]
