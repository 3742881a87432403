"""Invoices that come as several rows: which rows are lines of one, and what becomes of the others."""

from __future__ import annotations

import pytest

from onewindow.desk.editing import changing
from onewindow.desk.imports import running as importing
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.reporting.run_report import ImportReport
from onewindow.desk.imports.running import import_file
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.organization import ImportRun
from onewindow.records.requests import Document
from onewindow.store import rows


def _import(session: Session, text: str, *, create_clients: bool = False) -> ImportReport:
    options = ImportOptions(create_clients=create_clients, dates="dmy")
    return import_file(session, "document", text.encode(), "file.csv", options)


def _documents(session: Session) -> list[tuple[str, str | None, int | None]]:
    found = rows.fetch(session.store, Document, "ORDER BY id")
    return [(each.number, each.issued_on, each.amount) for each in found]


def _client(session: Session) -> None:
    changing.insert(session, Client(name="Альфа"))


_YEARS = (
    "number;client;date;quantity;price\n"
    "1;Альфа;03.02.2026;2;100\n"
    "1;Альфа;03.02.2025;4;100\n"
    "1;Альфа;03.02.2026 14:00;1;50\n"
    "1;Альфа;;1;7\n"
)


def test_numbers_that_begin_anew_each_year_are_other_invoices(session: Session) -> None:
    _client(session)

    first = _import(session, _YEARS)
    again = _import(session, _YEARS)

    assert [row.verdict for row in first.rows] == ["create", "create", "skip", "skip"]
    assert [row.verdict for row in again.rows] == ["skip"] * 4
    assert _documents(session) == [("1", "2026-02-03", 25700), ("1", "2025-02-03", 40000)]
    assert [row.reason for row in first.flagged] == ["1 has another date in row 2: two documents"]
    assert [row.reason for row in first.passed_over] == ["added to 1 in row 2"] * 2
    assert (again.unchanged, len(again.passed_over)) == (2, 2)


def test_all_lines_of_a_refused_invoice_are_kept_to_be_mended(session: Session) -> None:
    _client(session)
    head = "number;client;date;quantity;price\n"
    text = f"{head}7;Бета;03.02.2026;2;100\n7;Бета;03.02.2026;1;50\n8;Альфа;03.02.2026;1;10\n"

    first = _import(session, text)
    assert [(row.row, row.verdict) for row in first.rows] == [(2, "error"), (3, "error"), (4, "create")]
    assert [row.number for row in first.rejected] == [2, 3]
    assert first.rows[1].reason == "7 in row 2 was rejected, and this is a line of it"

    kept = "".join(";".join(row.values.values()) + "\n" for row in first.rejected)
    _import(session, head + kept, create_clients=True)
    assert _documents(session) == [("8", "2026-02-03", 1000), ("7", "2026-02-03", 25000)]


def test_a_file_of_which_nothing_comes_in_stores_no_run(session: Session) -> None:
    text = "id,name,is_deleted\n1,Альфа,true\n2,Бета,true\n3,,false\n"

    report = import_file(session, "client", text.encode(), "orgs.csv", ImportOptions())

    assert [row.verdict for row in report.rows] == ["skip", "skip", "error"]
    assert (report.is_refused, report.unchanged, len(report.passed_over)) == (True, 0, 2)
    assert report.run_id is None
    assert rows.fetch(session.store, ImportRun, "") == []


def test_a_refused_row_leaves_no_client(session: Session) -> None:
    text = "client,date,amount\nАльфа,02.02.2026,10\nОтветственный: Иванова,,\nБета,,5\n"
    text += "Бета,03.02.2026,5\nбета,,\n"
    options = ImportOptions(create_clients=True, dates="dmy")

    report = import_file(session, "revenue", text.encode(), "sheet.csv", options)

    assert [row.verdict for row in report.rows] == ["create", "error", "error", "create", "error"]
    found = rows.fetch(session.store, Client, "ORDER BY id")
    assert [(each.name, each.number, bool(each.slug)) for each in found] == [
        ("Альфа", 1, True),
        ("Бета", 2, True),
    ]


def test_a_row_that_names_only_a_client_is_no_document(session: Session) -> None:
    report = _import(session, "client,kind\nАльфа,invoice\n", create_clients=True)

    assert [row.verdict for row in report.rows] == ["error"]
    assert report.rows[0].reason == "it tells nothing of a document: no number, title, amount or date"
    assert rows.fetch(session.store, Client, "") == []


_BLOCKS = (
    "Номер;Клиент;Дата;Количество;Цена\n"
    "5;Бета;03.02.2026;1;8\n;;;2;4\n"
    "6;Бета;04.02.2026;1;8\n6;;;3;1\n"
    "2;;03.02.2026;1;7\n2;Бета;03.02.2026;1;8\n"
    "7;Бета;05.02.2026;;\n7;Бета;05.02.2026;2;2\n;;;1;0,50\n"
    "8;Бета;;;\n8;Бета;06.02.2026;1;3\n"
    "9;Бета;07.02.2026;;\n"
)


def test_an_invoice_whose_client_stands_once_has_all_its_lines(session: Session) -> None:
    first = _import(session, _BLOCKS, create_clients=True)
    again = _import(session, _BLOCKS)

    assert [row.verdict for row in first.rows if row.verdict == "error"] == []
    assert _documents(session) == [
        ("5", "2026-02-03", 1600),
        ("6", "2026-02-04", 1100),
        ("2", "2026-02-03", 1500),
        ("7", "2026-02-05", 450),
        ("8", "2026-02-06", 300),
        ("9", "2026-02-07", None),
    ]
    assert {row.verdict for row in again.rows} == {"skip"}
    assert [each.name for each in rows.fetch(session.store, Client, "")] == ["Бета"]


def test_lines_without_a_client_find_their_invoice_further_up(session: Session) -> None:
    _client(session)
    head = "number;client;date;quantity;price\n"
    report = _import(session, f"{head}5;Альфа;03.02.2026;1;8\n6;Альфа;03.02.2026;1;1\n5;;;2;4\n")
    assert [row.verdict for row in report.rows] == ["create", "create", "skip"]
    assert _documents(session) == [("5", "2026-02-03", 1600), ("6", "2026-02-03", 100)]


def test_an_invoice_of_nobody_is_refused_with_all_lines_and_comes_in_mended(session: Session) -> None:
    _client(session)
    head = "number;client;date;quantity;price\n"
    first = _import(session, f"{head}5;Бета;03.02.2026;1;8\n;;;2;4\n6;;04.02.2026;1;1\n;;;1;1\n")
    assert [row.verdict for row in first.rows] == ["error"] * 4
    assert _documents(session) == []

    kept = "".join(";".join(row.values.values()) + "\n" for row in first.rejected)
    _import(session, head + kept.replace("Бета", "Альфа").replace("6;;", "6;Альфа;"))
    assert _documents(session) == [("5", "2026-02-03", 1600), ("6", "2026-02-04", 200)]


def test_an_invoice_with_a_line_that_cannot_be_read_does_not_come_in_smaller(session: Session) -> None:
    _client(session)
    text = "number;client;date;quantity;price\n5;Альфа;03.02.2026;1;8\n;;;many;4\n"
    text += "6;Альфа;03.02.2026;1;8\n6;;;2;\n"
    report = _import(session, text)

    assert [row.reason for row in report.rows] == [
        "the amount of row 3 cannot be read, so 5 would come to less than it does",
        "the amount of this row cannot be read, so 5 would come to less than it does",
        "the amount of row 5 cannot be read, so 6 would come to less than it does",
        "the amount of this row cannot be read, so 6 would come to less than it does",
    ]
    assert _documents(session) == []


def test_a_row_of_another_client_or_day_goes_on_with_no_invoice(session: Session) -> None:
    text = "number;client;date;quantity;price\n5;Альфа;03.02.2026;1;8\n;Бета;;2;4\n5;Бета;03.02.2026;1;1\n"
    _import(session, text, create_clients=True)
    assert [amount for *_, amount in _documents(session)] == [800, 800, 100]


def test_lines_far_apart_come_to_the_same_however_few_rows_are_taken_at_a_time(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    _client(session)
    text = "number;client;date;quantity;price\n"
    text += "".join(
        f"{at % 7 + 1};{'Бета' if at % 7 == 4 else 'Альфа'};0{at % 2 + 1}.02.2026;{at};1.10\n"
        for at in range(60)
    )
    text += "3;Альфа;;1;1000\n;Альфа;01.02.2026;1;5\n2;Альфа;01.02.2026;many;5\n"
    whole = _import_dry(session, text)
    monkeypatch.setattr(importing, "_CHUNK", 4)

    report = _import(session, text)

    assert [(each.row, each.verdict, each.name, each.reason) for each in report.rows] == [
        (each.row, each.verdict, each.name, each.reason) for each in whole.rows
    ]
    sums = {(at % 7 + 1, at % 2): 0 for at in range(60)}
    for at in range(60):
        sums[at % 7 + 1, at % 2] += at * 110
    last_of_3 = max(at for at in range(60) if at % 7 == 2) % 2
    sums[3, last_of_3] += 100_000
    found = {
        (int(number), int((day or "")[-1]) - 1): money
        for number, day, money in reversed(_documents(session))
        if number
    }
    # The first document 2 has a line of “many” pieces: it comes in whole or not at all.
    assert found == {key: value for key, value in sums.items() if key[0] != 5 and key != (2, 0)}
    assert {row.values["number"] for row in report.rejected} == {"5", "2"}


def _import_dry(session: Session, text: str) -> ImportReport:
    return import_file(
        session, "document", text.encode(), "file.csv", ImportOptions(dates="dmy"), dry_run=True
    )
