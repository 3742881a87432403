"""What a row of a file never makes worse of a record on file, and whom it does not take for another."""

from __future__ import annotations

import pytest

from onewindow.desk.editing import changing
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.reporting.run_report import ImportReport
from onewindow.desk.imports.running import import_file
from onewindow.desk.session.context import Session
from onewindow.records.clients import BillingDetails, Client, Contact, ContactNote
from onewindow.records.fields import Record
from onewindow.store import rows

_INN = "7707083893"


def _import(session: Session, kind: str, text: str, **options: object) -> ImportReport:
    return import_file(session, kind, text.encode(), "file", ImportOptions(**options))  # pyright: ignore[reportArgumentType]


def _verdicts(report: ImportReport) -> list[str]:
    return [row.verdict for row in report.rows]


def _living(session: Session, record: type[Record], *names: str) -> list[tuple[object, ...]]:
    found = rows.fetch(session.store, record, "WHERE archived_at IS NULL ORDER BY id")
    return [tuple(getattr(each, name) for name in names) for each in found]


def test_what_cannot_be_read_never_replaces_a_phone_or_a_mail(session: Session) -> None:
    head = "name,tax_id,phone,email\n"
    _import(session, "client", f"{head}Альфа,{_INN},+74951234567,a@alfa.ru\n")
    worse = f"{head}Альфа,{_INN},доб. 5,не почта\n"

    report = _import(session, "client", worse)

    assert _living(session, BillingDetails, "phone", "email") == [("+74951234567", "a@alfa.ru")]
    assert _living(session, Client, "note") == [("phone: доб. 5\nemail: не почта",)]
    assert "what is on file stays" in report.rows[0].reason
    assert _verdicts(_import(session, "client", worse)) == ["skip"]
    better = f"{head}Альфа,{_INN},+7 495 765-43-21,b@alfa.ru\n"
    assert _verdicts(_import(session, "client", better)) == ["update"]
    assert _living(session, BillingDetails, "phone", "email") == [("+74957654321", "b@alfa.ru")]
    assert _living(session, Client, "flags") == [("",)]


def test_people_keep_their_phones_too(session: Session) -> None:
    head = "client,name,phone,email\n"
    _import(session, "contact", f"{head}Альфа,Ким Анна,+79123456789,kim@alfa.ru\n", create_clients=True)

    report = _import(session, "contact", f"{head}Альфа,Ким Анна,доб. 5,kim@alfa.ru\n")

    assert _living(session, Contact, "phone") == [("+79123456789",)]
    assert [text for (text,) in _living(session, ContactNote, "text")] == ["phone: доб. 5"]
    assert "what is on file stays" in report.rows[0].reason


def test_a_phone_without_its_code_is_of_the_country_on_file(session: Session) -> None:
    _import(session, "client", "name,tax_id,phone,country\nЛавандула,BG831650349,+35929876543,BG\n")

    report = _import(session, "client", "name,tax_id,phone\nЛавандула,BG831650349,02 987 65 44\n")

    assert _living(session, BillingDetails, "phone") == [("+35929876544",)]
    assert report.rows[0].reason == ""


def test_initials_never_replace_a_whole_name(session: Session) -> None:
    short, whole = "Альфа,Ким А. С.,kim@alfa.ru\n", "Альфа,Ким Анна Сергеевна,kim@alfa.ru\n"
    _import(session, "client", "name\nАльфа\n")

    _import(session, "contact", "client,name,email\n" + short)
    assert _verdicts(_import(session, "contact", "client,name,email\n" + whole)) == ["update"]
    for text in (short + whole, whole + short):
        assert _verdicts(_import(session, "contact", "client,name,email\n" + text)) == ["skip"] * 2
        assert _living(session, Contact, "name") == [("Ким Анна Сергеевна",)]
    other = _import(session, "contact", "client,name,email\nАльфа,Лом Анна Сергеевна,kim@alfa.ru\n")
    assert other.rows[0].differences["name"] == ("Ким Анна Сергеевна", "Лом Анна Сергеевна")


@pytest.mark.parametrize(
    ("header", "one", "other"),
    [
        ("phone", "+7 916 000-00-02", "+7 916 000-00-01"),
        ("email", "a@x.ru", "b@x.ru"),
        ("city", "Тула", "Омск"),
        ("ogrn", "1027700132195", "1027739642281"),
        ("website", "https://a.ru", "b.ru"),
        ("legal_address", "Тула, Ленина 1", "Омск, Мира 5"),
    ],
)
def test_clients_of_one_name_in_one_file_differ_in_one_thing(
    session: Session, header: str, one: str, other: str
) -> None:
    text = f'name,{header}\nВега,"{one}"\nВега,"{other}"\nвега,"{one}"\nВега,\n'

    report = _import(session, "client", text)

    assert _verdicts(report)[:3] == ["create", "create", "skip"]
    told = [row.reason for row in report.rows[:2] if row.reason]  # of those as sure, what they say decides
    assert len(told) == 1
    assert told[0].startswith("C-1 Вега on file has the name, but with ")
    assert report.rows[3].reason.startswith("unclear: 2 clients on file may be meant")
    assert _verdicts(_import(session, "client", text))[:3] == ["skip"] * 3
    assert len(_living(session, Client, "id")) == 2


def test_rows_of_one_client_complete_each_other(session: Session) -> None:
    text = "name,phone,city,contact person,website\n"
    text += "Вега,,Тула,Ким Анна,\nВега,+7 916 000-00-01,,Лом Пётр,\nВега,,Тула,,www.vega.ru/\n"

    assert sorted(_verdicts(_import(session, "client", text))) == ["create", "update", "update"]
    assert _living(session, Client, "name", "city") == [("Вега", "Тула")]
    assert sorted(str(name) for (name,) in _living(session, Contact, "name")) == ["Ким Анна", "Лом Пётр"]


def test_an_archived_client_is_not_made_anew(session: Session) -> None:
    _import(session, "client", f"name,tax_id,city\nВега,{_INN},Псков\n")
    (vega,) = rows.fetch(session.store, Client, "")
    changing.archive(session, vega)

    reports = [
        _import(session, "client", f"name,tax_id\nВега Плюс,{_INN}\n"),
        _import(session, "client", "name,city\nВега,Псков\n"),
        _import(session, "contact", "client,name\nВега,Ким Анна\n", create_clients=True),
        _import(session, "contact", f"client,name\n{_INN},Ким Анна\n", create_clients=True),
        _import(session, "contact", "client,name\nC-1,Ким Анна\n", create_clients=True),
    ]

    for report in reports:
        assert _verdicts(report) == ["error"]
        assert report.rows[0].reason.startswith("Вега (C-1) is archived; bring it back first")
    assert len(rows.fetch(session.store, Client, "")) == 1
    other = _import(session, "client", "name,tax_id\nВега,7736050003\n")
    assert _verdicts(other) == ["create"]
