"""The first look at a file: what its rows are, before anybody has said it."""

from __future__ import annotations

import pytest

from onewindow.desk.imports.look import look_at
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.reading.shaping import Shape
from onewindow.exchange.headers.matching import MapProblem


@pytest.mark.parametrize(
    ("name", "headers", "kind"),
    [
        ("x.csv", "Название;ИНН;Город", "client"),
        ("x.csv", "account;name;city", "client"),
        ("x.csv", "company;first name;last name;email;phone", "contact"),
        ("x.csv", "id;client;subject;email;channel", "request"),
        ("x.csv", "Клиент;Тема;Создано;Важность", "request"),
        ("x.csv", "survey;client;score;email;channel", "survey_response"),
        ("x.csv", "client;date;amount", "revenue"),
        ("x.csv", "InvoiceNo;Customer;InvoiceDate;Amount", "document"),
        ("x.csv", "first name;last name;login;email", "staff"),
        ("выгрузка звонков.csv", "Клиент;Дата;Текст", "touch"),
        ("tasks 2026.csv", "title;due", "task"),
        ("products.csv", "name;description", "product"),
        ("сделки.csv", "Клиент;Название;Сумма;Стадия", "opportunity"),
    ],
)
def test_the_kind_is_guessed_from_columns_and_the_name(name: str, headers: str, kind: str) -> None:
    row = ";".join("x" for _ in headers.split(";"))
    found = look_at(f"{headers}\n{row}\n".encode(), name, "", ImportOptions())
    assert found.kind == kind


def test_a_card_is_a_person_and_a_mail_a_request() -> None:
    card = b"BEGIN:VCARD\nVERSION:3.0\nFN:Anna Kim\nTEL:+79123456789\nEND:VCARD\n"
    assert look_at(card, "x.vcf", "", ImportOptions()).kind == "contact"
    mail = b"From: a@b.example\nTo: c@d.example\nSubject: Hello\n\nText\n"
    assert look_at(mail, "x.eml", "", ImportOptions()).kind == "request"


def test_the_first_different_values_of_a_column_are_shown() -> None:
    data = b"name,city\na,Tver\nb,\nc,Tver\nd,Kazan\ne,Omsk\nf,Perm\n"
    found = look_at(data, "x.csv", "client", ImportOptions())
    assert found.first_values("city") == ["Tver", "Kazan", "Omsk"]
    assert found.notes.delimiter == ","
    assert found.fields == {"name": ("name",), "city": ("city",)}


def test_a_word_of_a_column_that_is_not_there_is_refused_at_once() -> None:
    options = ImportOptions(shape=Shape(words={"Churn:Yes": "lost"}))
    with pytest.raises(MapProblem, match="no column Churn"):
        look_at(b"name,city\na,b\n", "x.csv", "client", options)
