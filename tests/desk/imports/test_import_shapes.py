"""Files in the shapes that other programs give them: constants, words, parts, lines, several files."""

from __future__ import annotations

import pytest

from onewindow.desk.imports.explanation import column_lines, full_lines, overwritten, short_lines
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.profiles import profile, save_profile
from onewindow.desk.imports.reading.shaping import Shape
from onewindow.desk.imports.reporting.run_report import ImportReport
from onewindow.desk.imports.running import import_file
from onewindow.desk.session.context import Session
from onewindow.exchange.headers.matching import MapProblem
from onewindow.exchange.rows import ReadAs
from onewindow.records.clients import Client, Contact
from onewindow.records.feedback import Revenue
from onewindow.records.fields import Record
from onewindow.records.organization import ImportRun, Staff
from onewindow.records.requests import Document, Request, Touch
from onewindow.store import rows


def _import(session: Session, kind: str, text: str | bytes, **options: object) -> ImportReport:
    data = text.encode() if isinstance(text, str) else text
    return import_file(session, kind, data, "file.csv", ImportOptions(**options))  # pyright: ignore[reportArgumentType]


def _living(session: Session, record: type[Record], *names: str) -> list[tuple[object, ...]]:
    found = rows.fetch(session.store, record, "WHERE archived_at IS NULL ORDER BY id")
    return [tuple(getattr(each, name) for name in names) for each in found]


_INVOICES = (
    "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n"
    "489434,85048,LIGHTS,12,12/01/2026 7:45,6.95,13085,United Kingdom\n"
    "489434,79323P,CHERRY,12,12/01/2026 7:45,6.75,13085,United Kingdom\n"
    "489435,22350,BOWL,24,12/01/2026 7:46,2.55,13085,United Kingdom\n"
    "489436,48173C,MAT,10,12/01/2026 9:06,5.95,13078,United Kingdom\n"
    "C489449,22087,BUNTING,-12,12/01/2026 10:33,2.95,13078,United Kingdom\n"
)


def test_invoices_by_line_come_to_one_document_each_with_the_right_sum(session: Session) -> None:
    shape = Shape({"kind": "invoice", "currency": "GBP"})
    first = _import(session, "document", _INVOICES, dates="mdy", create_clients=True, shape=shape)
    again = _import(session, "document", _INVOICES, dates="mdy", shape=shape)

    assert [row.verdict for row in first.rows] == ["create", "skip", "create", "create", "create"]
    assert {row.verdict for row in again.rows} == {"skip"}
    told = _living(session, Document, "number", "amount", "document_kind", "currency")
    assert told == [
        ("489434", 16440, "invoice", "GBP"),
        ("489435", 6120, "invoice", "GBP"),
        ("489436", 5950, "invoice", "GBP"),
        ("C489449", -3540, "invoice", "GBP"),
    ]
    assert "added to 489434 in row 2" in {row.reason for row in first.rows}


def test_words_of_a_column_become_those_of_a_field(session: Session) -> None:
    text = "customerID,name,Churn\n7590-V,Абонент 1,No\n5575-G,Абонент 2,Yes\n3668-Q,Абонент 3,\n"
    shape = Shape(words={"churn:yes": "lost", "Churn:*": "active", "Churn:": "onboarding"})

    _import(session, "client", text, mapped={"Churn": "stage"}, shape=shape)

    assert [stage for (stage,) in _living(session, Client, "stage")] == ["active", "lost", "onboarding"]
    with pytest.raises(MapProblem, match="no column Chern; it has customerID, name, Churn"):
        _import(session, "client", text, shape=Shape(words={"Chern:Yes": "lost"}))
    with pytest.raises(MapProblem, match="--set colour: a client has no field colour"):
        _import(session, "client", text, shape=Shape({"colour": "red"}))


def test_one_column_fills_two_fields_and_two_columns_one(session: Session) -> None:
    text = "ФИО клиента,Описание,Подробно\nВектор,Не печатает,с утра\n"
    mapped = {"ФИО клиента": "client_id+result", "Описание": "title", "Подробно": "title"}

    report = _import(session, "request", text, mapped=mapped, create_clients=True)

    assert _living(session, Request, "title", "result") == [("Не печатает с утра", "Вектор")]
    assert "ФИО клиента → result" in column_lines(report)[0]


def test_colleagues_are_named_from_the_parts_of_their_names(session: Session) -> None:
    _import(session, "staff", "First name,Last name,Email\nAnna,Snelling,anna@r.example\n")
    _import(session, "staff", "Фамилия,Имя,Отчество,Логин\nКим,Пётр,Ильич,kim\n")

    assert _living(session, Staff, "name", "login")[-2:] == [
        ("Anna Snelling", "anna"),
        ("Ким Пётр Ильич", "kim"),
    ]


def test_transactions_in_two_files_add_up(session: Session) -> None:
    _import(session, "client", "id,name\n39,Север\n40,Юг\n", source="bank")
    first = "client,date,amount\n39,2026-10-01,16.50\n39,2026-10-01,24.00\n40,2026-10-02,7\n"
    second = "client,date,amount\n39,2026-10-01,8.25\n40,2026-10-02,9\n"

    for text in (first, second, first):
        _import(session, "revenue", text, source="bank", shape=Shape({"currency": "EUR"}))

    assert sum(int(str(amount)) for (amount,) in _living(session, Revenue, "amount")) == 6475


def test_people_organizations_and_tickets_of_a_help_desk_find_each_other(session: Session) -> None:
    organizations = "id,name,domain_names\n101,Вектор,vector.example\n102,Бета,beta.example\n"
    tickets = (
        "id,organization_id,subject,status,created_at,updated_at\n"
        "1,101,Не печатает,solved,2026-10-01T10:00:00Z,2026-10-02T10:00:00Z\n"
        "2,102,Спам,deleted,2026-10-01T10:00:00Z,2026-10-01T11:00:00Z\n"
        "3,102,Доступ,open,2026-10-03T10:00:00Z,2026-10-03T10:00:00Z\n"
    )
    _import(session, "client", organizations, source="desk")
    report = _import(session, "request", tickets, source="desk")

    assert [title for (title,) in _living(session, Request, "title")] in (
        ["Не печатает", "Доступ"],
        ["Не печатает", "Спам", "Доступ"],
    )
    assert report.count("error") == 0
    assert any(line.startswith("Left out 1:") for line in short_lines(report))


def test_what_was_overwritten_and_why_rows_are_flagged_or_refused_is_told(session: Session) -> None:
    _import(session, "client", "code;name;city\n1;Вектор;Уфа\n2;Бета;Омск\n")
    text = "code;name;city;tier\n1;Вектор;Казань;платина\n2;Бета;Тула;золотой век\n3;;;\n;-;;\n"

    report = _import(session, "client", text.encode("cp1251"))

    assert [(row.row, name, old, new) for row, name, old, new in overwritten(report)] == [
        (2, "city", "Уфа", "Казань"),
        (3, "city", "Омск", "Тула"),
    ]
    lines = short_lines(report)
    assert lines[0] == "Overwritten city in 2: Вектор: Уфа → Казань; Бета: Омск → Тула."
    assert lines[1].startswith("Flagged 2: tier:")
    assert lines[1].endswith("(row 2 Вектор, row 3 Бета: “золотой век”).")
    assert lines[2] == "Rejected 2: it has no name (row 4, row 5 -)." or lines[2].startswith(
        "Rejected 2: it has"
    )
    assert any("Windows-1251" in note for note in report.notes)
    whole = "\n".join(full_lines(report))
    assert "row 2, Вектор: city: Уфа → Казань" in whole
    assert "code → external_id, name → name, city → city, tier → tier" in whole


def test_an_import_of_which_everything_is_refused_stores_no_run(session: Session) -> None:
    report = _import(session, "client", "name,city\n,Уфа\n-,Омск\n")
    empty = _import(session, "client", "name,city\n")

    assert (report.is_refused, report.run_id) == (True, None)
    assert (empty.is_refused, empty.run_id, empty.rows) == (False, None, ())
    assert rows.fetch(session.store, ImportRun, "") == []


def test_a_profile_keeps_everything_that_was_said_of_a_file(session: Session) -> None:
    options = ImportOptions(
        mapped={"Churn": "stage"},
        source="billing",
        shape=Shape({"segment": "связь"}, {"Churn:Yes": "lost"}),
        read_as=ReadAs("cp866", "Лист2", 3, ";"),
    )
    save_profile(session, "абоненты", "client", options)
    save_profile(session, "без имени", "client", ImportOptions())

    assert profile(session, "абоненты", "client") == options
    assert profile(session, "без имени", "client").source == "без имени"


def test_a_report_file_lists_every_row(session: Session) -> None:
    _import(session, "client", "code,name,city\n" + "".join(f"{n},Клиент {n},Уфа\n" for n in range(1, 8)))
    report = _import(
        session, "client", "code,name,city\n" + "".join(f"{n},Клиент {n},Омск\n" for n in range(1, 8))
    )

    assert short_lines(report) == [
        "Overwritten city in 7: Клиент 1: Уфа → Омск; Клиент 2: Уфа → Омск; Клиент 3: Уфа → Омск and 4 more."
    ]
    assert sum("Уфа → Омск" in line for line in full_lines(report)) == 7


def test_a_mail_becomes_a_request_or_a_touch_with_its_sender(session: Session) -> None:
    _import(
        session, "contact", "client,name,email\nВектор,Ким Анна,kim@vector.example\n", create_clients=True
    )
    (client,) = rows.fetch(session.store, Client, "")
    (person,) = rows.fetch(session.store, Contact, "")
    mail = (
        b"From: Anna Kim <kim@vector.example>\nTo: us@our.example\nDate: Mon, 02 Nov 2026 10:00:00 +0300\n"
        b"Subject: Printer\nMessage-ID: <abc@vector.example>\n\nIt does not print.\n"
    )

    for _ in range(2):
        import_file(session, "request", mail, "m.eml", ImportOptions(client=client))
        import_file(session, "touch", mail, "m.eml", ImportOptions(client=client))

    (request,) = _living(session, Request, "title", "opened_at", "channel", "contact_id", "text")
    assert request[:4] == ("Printer", "2026-11-02T07:00:00Z", "email", person.id)
    assert str(request[4]).strip() == "It does not print."
    (touch,) = _living(session, Touch, "at", "touch_kind", "contact_id", "text")
    assert touch == ("2026-11-02T07:00:00Z", "mail", person.id, "Printer\n\nIt does not print.")


@pytest.mark.parametrize(
    ("line", "minor", "currency"),
    [
        ("1.5,2.35", 353, "RUB"),  # 3.525, half up
        ("3,0.415", 125, "RUB"),
        ("3,0.335", 101, "RUB"),
        ("400,12.35", 494000, "RUB"),
        ("2,$3.20", 640, "USD"),
        ("12 шт.,5", 6000, "RUB"),
    ],
)
def test_quantity_by_price_comes_to_whole_minor_units(
    session: Session, line: str, minor: int, currency: str
) -> None:
    for kind, record in (("document", Document), ("revenue", Revenue)):
        head = "client,date,number,quantity,price" if kind == "document" else "client,date,id,quantity,price"
        _import(session, kind, f"{head}\nВектор,2026-11-02,7,{line}\n", create_clients=True)

        assert _living(session, record, "amount", "currency") == [(minor, currency)], kind


@pytest.mark.parametrize(
    ("cell", "minor", "currency"),
    [
        ("$12.50", 1250, "USD"),
        ("1'234.50 CHF", 123450, "CHF"),
        ("1.234,56 €", 123456, "EUR"),
        ("12 лв.", 1200, "BGN"),
        ("−5 €", -500, "EUR"),
        ("100", 10000, "RUB"),
    ],
)
def test_an_amount_may_name_its_currency_itself(
    session: Session, cell: str, minor: int, currency: str
) -> None:
    report = _import(
        session, "document", f"client;number;kind;amount\nВектор;7;счёт;{cell}\n", create_clients=True
    )

    assert _living(session, Document, "amount", "currency") == [(minor, currency)]
    assert report.rows[0].reason == ""


def test_a_price_that_can_be_a_thousand_or_a_fraction_is_refused_unless_its_column_tells(
    session: Session,
) -> None:
    head = "client,date,id,quantity,price\n"
    alone = _import(session, "revenue", f"{head}Вектор,2026-11-02,7,7,14.285\n", create_clients=True)
    told = f"{head}Вектор,2026-11-02,8,7,14.285\nВектор,2026-11-02,9,1,0.5\n"
    _import(session, "revenue", told, create_clients=True)

    assert [row.verdict for row in alone.rows] == ["error"]
    assert "7 × 14.285" in alone.rows[0].reason
    assert _living(session, Revenue, "amount") == [(10000,), (50,)]


def test_a_mail_belongs_to_the_client_of_its_sender(session: Session) -> None:
    people = "client,name,email\nВектор,Ким Анна,Kim@vector.example\nБета,Ли Вэй,li@two.example\n"
    _import(session, "contact", f"{people}Гамма,Ли Вэй,li@two.example\n", create_clients=True)
    client = next(each for each in rows.fetch(session.store, Client, "") if each.name == "Вектор")
    mail = (
        "From: {}\nTo: us@our.example\nDate: Mon, 02 Nov 2026 10:00:00 +0300\n"
        "Subject: Printer\nMessage-ID: <{}@vector.example>\n\nIt does not print.\n"
    )
    for kind, record in (("request", Request), ("touch", Touch)):
        report = import_file(session, kind, mail.format("Anna Kim <KIM@vector.example>", 1).encode(), "m.eml")
        assert report.count("create") == 1
        assert _living(session, record, "client_id") == [(client.id,)]
        assert not any("without a zone" in note for note in report.notes)
    for sender, why in (
        ("li@two.example", "people of Бета, Гамма have the address li@two.example; name the client"),
        ("no@one.example", "nobody on file has the address no@one.example; name the client with --client"),
    ):
        options = ImportOptions(create_clients=True)
        report = import_file(session, "request", mail.format(sender, 2).encode(), "m.eml", options)
        assert report.is_refused
        assert why in report.rows[0].reason
    assert len(rows.fetch(session.store, Client, "")) == 3


def test_control_characters_of_another_program_come_in_as_little_as_typed_ones(session: Session) -> None:
    text = 'Название,Заметка\n"\x1b[31mЗло\x1b]0;T\x07","a\tb\n\x9bc\x7f"\n'
    _import(session, "client", text)
    (client,) = rows.fetch(session.store, Client, "")
    assert (client.name, client.note.strip()) == ("[31mЗло]0;T", "a\tb\nc")
