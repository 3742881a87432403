"""Columns that belong to another one: times beside days, so many at a price, numbered ones."""

from __future__ import annotations

import pytest

from onewindow.exchange.headers.matching import (
    MapProblem,
    field_named,
    line_fields,
    match_headers,
    parse_map,
    plain_header,
    times_beside,
)


@pytest.mark.parametrize(
    ("headers", "days", "times"),
    [
        *(
            (word, "Дата=at", f"{word}=at")
            for word in ("Время", "Час", "Часы", "Време", "Time", "Hour", "Времясуток")
        ),
        *((word, "Когда=at", f"{word}=at") for word in ("Время", "Час", "Часы", "Време", "Time", "Hour")),
        *(("Время", "День=at", "Время=at"), ("Time", "Day=at", "Time=at"), ("Time", "Date=at", "Time=at")),
        *(("Hour", "Date=at", "Hour=at"), ("Time of day", "When=at", "Time of day=at")),
        ("close_time", "close_date=resolved_at", "close_time=resolved_at"),
        (
            "Время создания|Время закрытия",
            "Дата создания=opened_at|Дата закрытия=resolved_at",
            "Время создания=opened_at|Время закрытия=resolved_at",
        ),
        # Of which of two days it is, nobody knows; of two times the first is that of the day.
        ("Время", "Дата создания=opened_at|Дата закрытия=resolved_at", ""),
        ("Time|Hour", "Date=at", "Time=at"),
        *(("Цвет", "Дата=at", ""), ("Время создания", "Дата=at", ""), ("Время", "", "")),
        ("Час закрытия", "Дата создания=opened_at|Дата закрытия=resolved_at", "Час закрытия=resolved_at"),
    ],
)
def test_times_of_day_beside_days(headers: str, days: str, times: str) -> None:
    told = dict(day.split("=") for day in days.split("|") if day)
    wanted = dict(time.split("=") for time in times.split("|") if time)
    assert times_beside(headers.split("|"), told) == wanted


_QUANTITY = """
    Quantity; Qty; Units; Количество; Кол-во; Колво; Кол.; Штук; Количество на стоката; Брой; Бройки;
    Количество, шт
"""
_PRICE = """
    Price; Unit price; Price each; Rate; Price per unit; Price per piece; Цена; Цена за единицу; Цена за шт.;
    Цена за ед.; Цена за 1; Единична цена; Ед. цена; Цена за брой; Цена, руб.; Цена за ед. (EUR)
"""


def test_so_many_at_a_price() -> None:
    for many in (word.strip() for word in _QUANTITY.split(";")):
        assert line_fields(["Номер", many, "Цена"]) == {many: "quantity", "Цена": "price"}
    for price in (word.strip() for word in _PRICE.split(";")):
        assert line_fields([price, "Qty", "Сумма"]) == {price: "price", "Qty": "quantity"}
    assert [line_fields(headers) for headers in (["Qty"], ["Цена", "Сумма"], [])] == [{}, {}, {}]
    assert line_fields(["Price", "Price each", "Units"]) == {"Price": "price", "Units": "quantity"}


def test_columns_as_address_books_number_them() -> None:
    plain = {
        "E-mail 2 - Value": "E-mail 2",
        " Phone 1 - Value ": "Phone 1",
        "Organization 1 - Title": "Organization Title",
        "Organization 2 - Title": "Organization 2 - Title",
        "_embedded.name": "name",
        "Phone 0 - Value": "Phone 0 - Value",
        "Имя": "Имя",
    }
    assert {header: plain_header(header) for header in plain} == plain


def test_which_of_several_columns_fills_a_field() -> None:
    # Without a unit before one with, with its tax before one without, a day before a time, Mr. Kim last.
    for kind, headers, fields in (
        ("revenue", "Сумма без НДС|Сумма с НДС", {"Сумма с НДС": "amount"}),
        ("revenue", "Сумма, EUR|Сумма", {"Сумма": "amount"}),
        ("client", "Title|Name", {"Name": "name"}),
        ("contact", "Title|Job title", {"Job title": "role"}),
        ("request", "Дата и время|Создано", {"Создано": "opened_at"}),
        ("touch", "Время|Дата", {"Дата": "at"}),
        ("client", "Телефон (рабочий)", {"Телефон (рабочий)": "phone"}),
        ("request", "Даты / Создания", {"Даты / Создания": "opened_at"}),
        ("document", "Документ / Номер", {"Документ / Номер": "number"}),
        ("contact", "Контакт / Имя", {}),
    ):
        found = match_headers(headers.split("|"), kind).fields
        assert {header: found.get(header) for header in fields} == fields, headers
        assert fields or found == {}


def test_what_is_mapped_may_fill_several_fields_or_be_named_by_any_name_of_a_column() -> None:
    mapped = parse_map(["Имя=client_id", "Имя=title"])
    assert mapped == {"Имя": "client_id+title"}
    match = match_headers(["Имя", "Дата"], "request", {"имя": "клиент+тема", "ДАТА": "opened_at"})
    assert (match.fields, match.more) == ({"Имя": "client_id", "Дата": "opened_at"}, (("Имя", "title"),))
    assert [field_named("request", word) for word in ("client", "client_id", "quantity", "Тема")] == [
        *("client_id", "client_id", "quantity", "title"),
    ]
    with pytest.raises(MapProblem, match=r"^a client has no field цвет; the fields are name, .*client_class"):
        field_named("client", "цвет")


@pytest.mark.parametrize(
    ("pairs", "sentence"),
    [
        (["x"], "--map x: write it as HEADER=FIELD, with the column name of the file first."),
        (["A=city", "A=city"], "--map A=city: the column A is mapped twice; leave one of them."),
        (["A=city", "A="], "--map A=: the column A is mapped twice; leave one of them."),
    ],
)
def test_a_map_that_cannot_be_followed_is_one_sentence(pairs: list[str], sentence: str) -> None:
    with pytest.raises(MapProblem) as refused:
        parse_map(pairs)
    assert str(refused.value) == sentence
