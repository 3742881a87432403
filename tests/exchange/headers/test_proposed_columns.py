"""Which field is proposed for a column whose name is no name of it, and how much speaks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from onewindow.exchange.headers.suggestions import like, parts_of

_LISTED = (Path(__file__).parent / "likely_columns.txt").read_text(encoding="utf-8").splitlines()


def test_columns_that_say_less_are_proposed_for_their_field() -> None:
    listed = [
        (place, header)
        for line in _LISTED
        for place, _, headers in [line.partition(": ")]
        for header in headers.split(", ")
        if headers
    ]
    missed = [
        (place, header)
        for place, header in listed
        for kind, _, field in [place.partition(".")]
        if field not in {one.field for one in like(header, kind) if one.score == 3.0}
    ]
    assert len(listed) > 200
    assert missed == []


@pytest.mark.parametrize(
    ("header", "parts"),
    [
        ("customerID", "customer id"),
        ("Сумма, руб.", "сумма руб"),
        ("InvoiceNo", "invoice"),
        ("HTMLPage", "html page"),
        ("ДатаЗаказа", "дата заказа"),
        ("ИНН клиента", "инн клиента"),
        ("Date of the order for us", "date order us"),
        ("Дата на поръчка за клиент от града в София с и по", "дата поръчка клиент града софия"),
        ("Address2", "address 2"),
        ("Учёт", "учет"),
        ("-", ""),
    ],
)
def test_words_of_a_header_without_those_that_say_nothing(header: str, parts: str) -> None:
    assert list(parts_of(header)) == parts.split()


@pytest.mark.parametrize(
    ("kind", "header", "lacking", "likes"),
    [
        ("client", "HQ Location", "", "country 1.5"),
        ("client", "Office location city", "", "city 1.67, country 1.67"),
        ("client", "City of our office", "", "city 1.33"),
        ("client", "Company's name", "", "name 1.33"),
        ("client", "Adress", "", "legal_address 0.923"),
        ("client", "Web-sites", "", "website 1.5"),
        ("client", "Industy", "", "industry 0.933"),
        ("client", "Tagss", "", ""),
        ("client", "Indus", "", ""),
        ("client", "Churn probability label", "", "stage 1.33, tags 1.33"),
        ("client", "Status", "", "stage 3"),
        ("client", "Account status now", "", ""),
        ("client", "Our status", "", ""),
        ("client", "Our status", "stage", "stage 1.7"),
        ("client", "Status purchase", "stage", ""),
        ("client", "Churn gender", "", ""),
        ("client", "Ship to", "", "consignee 3"),
        ("document", "Номер строки", "", ""),
        ("document", "Номер строки", "number", "number 1.7"),
        ("document", "Номер последнего счета", "number", ""),
        ("document", "Order total", "amount", "amount 1.7"),
        ("document", "Order total", "", ""),
        ("document", "Last order date", "issued_on", ""),
        ("document", "Total sum of all", "amount", "amount 1.53"),
        ("document", "Date", "", "issued_on 3"),
        ("request", "Issue of a client", "title", "title 1.53"),
        ("request", "Issue of a client", "", "title 1.33"),
        ("opportunity", "Close value of product", "", "amount 1.67, expected_on 1.33"),
        ("touch", "Some day", "", "at 1.5"),
        ("touch", "Some day", "at", "at 1.7"),
        ("touch", "Day of birth", "at", ""),
        ("staff", "ID 5", "external_id", "external_id 1.7"),
        ("staff", "ID 5", "", ""),
        ("staff", "ИД сотрудника 7", "", ""),
        ("contact", "Prefix name", "name", ""),
        ("contact", "Имя супруга", "name", ""),
        ("contact", "Имя супруга", "", ""),
        ("contact", "Mobil", "", "phone 0.909"),
        ("contact", "Mobile phones", "", "phone 1.5"),
        ("contact", "Telefone", "", ""),
        ("contact", "Emailadress", "", "email 0.957, email_2 0.917, email_3 0.917, email_4 0.917"),
    ],
)
def test_how_much_speaks_for_a_field(kind: str, header: str, lacking: str, likes: str) -> None:
    found = like(header, kind, lacking.split())

    assert ", ".join(f"{one.field} {one.score:.3g}" for one in found) == likes


_SAYS_TOO_LITTLE = """
    id type kind code number date status state title text value time key ref group category account
    client customer user product order item level size note description count total class start end
    номер код тип вид название наименование дата статус состояние группа клиент товар заказ описание
    время сумма категория име стока поръчка
"""


_KINDS = (
    "document",
    "client",
    "touch",
    "request",
    "licence",
    "contact",
    "policy",
    "revenue",
    "touch_cadence",
)


def test_a_general_word_is_enough_only_for_a_field_that_is_lacking() -> None:
    words = _SAYS_TOO_LITTLE.split()
    named = {(kind, word, one.field) for kind in _KINDS for word in words for one in like(word, kind)}
    lacking = {
        word
        for kind, word, field in named
        if field in [one.field for one in like(f"Qqq {word}", kind, (field,))]
    }

    assert set(words) - lacking == {"ref"}
    assert [
        word for word in words for kind in _KINDS for one in like(f"Qqq {word}", kind) if one.score > 1
    ] == []


_OF_SOMETHING_ELSE = """
    purchase birth born ship shipping delivery due updated modified changed last age gender sex middle
    response resolution solved closed покупки рождения доставки отгрузки изменения обновления последний
    последняя последнего пол возраст раждане доставка промяна последна
    prefix suffix honorific salutation phonetic yomi приставка суффикс обращение обръщение
"""


def test_beside_words_of_something_else_nothing_is_proposed() -> None:
    beside = {
        word: like(f"{word} name", "contact", ("name",)) for word in ("qqq", *_OF_SOMETHING_ELSE.split())
    }

    assert [word for word, likes in beside.items() if "name" in [one.field for one in likes]] == ["qqq"]
