"""Units in the names of columns: currencies, thousands, taxes, lengths of time, zones, counts."""

from __future__ import annotations

import pytest
from test_imported_values import bring, on_file

from onewindow.desk.imports.explanation import column_lines
from onewindow.desk.session.context import Session
from onewindow.exchange.columns.durations import read_length
from onewindow.exchange.headers.units import split_unit
from onewindow.records.adoption import Licence
from onewindow.records.feedback import Revenue
from onewindow.records.requests import Document, Request


@pytest.mark.parametrize(
    ("header", "amount", "currency"),
    [
        ("Сумма, руб.", "1 200,50", "RUB"),
        ("Сумма (₽)", "1 200,50", "RUB"),
        ("Сумма с НДС, €", "1 200,50", "EUR"),
        ("Сума с ДДС (лв.)", "1 200,50", "BGN"),
        ("Выручка без НДС", "1 200,50", "RUB"),
        ("Amount, EUR", "1200.50", "EUR"),
        ("amountUsd", "1200.50", "USD"),
        ("Total in euros (incl. VAT)", "1200.50", "EUR"),
        ("Сумма, тыс. руб.", "1,2005", "RUB"),
    ],
)
def test_the_unit_of_an_amount_is_no_part_of_its_word(
    session: Session, header: str, amount: str, currency: str
) -> None:
    bring(session, "revenue", f"Дата\tКлиент\t{header}\n01.11.2026\tАльфа\t{amount}\n")
    assert on_file(session, Revenue, "amount", "currency") == [(120_050, currency)]


def test_the_sign_in_a_cell_goes_before_the_unit_of_its_column(session: Session) -> None:
    bring(session, "revenue", "Дата;Клиент;Сумма, руб.\n01.11.2026;Альфа;100\n02.11.2026;Бета;12,50 лв.\n")
    assert on_file(session, Revenue, "amount", "currency") == [(10_000, "RUB"), (1250, "BGN")]


def test_of_two_amounts_the_one_with_its_tax_is_read_and_a_tax_is_none(session: Session) -> None:
    report = bring(
        session,
        "revenue",
        "Дата;Клиент;Сумма НДС;Сумма без НДС;Сумма с НДС\n01.11.2026;Альфа;20;100;120\n",
    )
    assert on_file(session, Revenue, "amount") == [(12_000,)]
    assert report.left_out == ("Сумма НДС", "Сумма без НДС")


@pytest.mark.parametrize("header", ["Сумма НДС", "Phone (work)", "Minutes", "Дата", "Total ALL (old)"])
def test_words_that_are_no_unit_stay(header: str) -> None:
    assert split_unit(header)[0] == header


def test_a_length_of_time_counts_from_the_opening(session: Session) -> None:
    report = bring(
        session,
        "request",
        "id,client,subject,status,Created at,First reply time in minutes,Time to resolution (hours)\n"
        "1,Alfa,a,Solved,2026-11-10 09:00,45,3.5\n"
        "2,Alfa,b,Pending,2026-11-10 09:00,,\n"
        "3,Alfa,c,Solved,2026-11-10 09:00,00:20:00,1 day 2 hours\n"
        "4,Alfa,d,Solved,2026-11-10 09:00,2026-11-10 10:00,PT5H\n",
    )
    assert on_file(session, Request, "responded_at", "resolved_at") == [
        ("2026-11-10T06:45:00Z", "2026-11-10T09:30:00Z"),
        (None, None),
        ("2026-11-10T06:20:00Z", "2026-11-11T08:00:00Z"),
        ("2026-11-10T07:00:00Z", "2026-11-10T11:00:00Z"),
    ]
    assert "First reply time in minutes has lengths of time; they count from Created at." in report.notes


def test_a_length_that_counts_from_nothing_or_of_no_unit_is_flagged(session: Session) -> None:
    report = bring(
        session,
        "request",
        "id;клиент;тема;статус;создано;время ответа;решено\n"
        "1;Альфа;а;решена;;0:30;10.11.2026 12:00\n2;Альфа;б;решена;10.11.2026 09:00;45;10.11.2026 12:00\n",
    )
    assert on_file(session, Request, "responded_at") == [(None,), (None,)]
    reasons = [row.reason for row in report.rows]
    assert "responded_at: it is so long after opened_at, which the file does not tell" in reasons[0]
    assert "responded_at: “45” of what? name the unit in the column" in reasons[1]


def test_days_to_pay_count_from_the_date_of_a_document(session: Session) -> None:
    bring(
        session,
        "document",
        "Номер;Клиент;Дата;Срок оплаты, дней\n17;Альфа;10.11.2026;14\n18;Альфа;10.11.2026;1.12.2026\n",
    )
    assert on_file(session, Document, "due_on") == [("2026-11-24",), ("2026-12-01",)]


def test_a_zone_behind_a_header_is_that_of_its_times(session: Session) -> None:
    report = bring(
        session, "request", "id,client,subject,Created (UTC),Time spent (h)\n1,Alfa,a,2026-11-10 09:00,1.5\n"
    )
    assert on_file(session, Request, "opened_at", "minutes") == [("2026-11-10T09:00:00Z", 90)]
    assert not [note for note in report.notes if "without a zone" in note]


def test_bulgarian_columns_of_requests(session: Session) -> None:
    bring(
        session,
        "request",
        "Номер;Клиент;Тема;Получена на;Спешност;Време за отговор (мин)\n"
        "1;Алфа;т;10.11.2026 09:00;Спешен;15\n",
    )
    assert on_file(session, Request, "opened_at", "priority", "responded_at") == [
        ("2026-11-10T06:00:00Z", "urgent", "2026-11-10T06:15:00Z")
    ]


def test_an_empty_amount_is_so_many_at_a_price(session: Session) -> None:
    bring(
        session,
        "revenue",
        "Дата;Клиент;Кол-во, шт;Цена за ед., руб.;Сумма\n"
        "01.11.2026;Альфа;2 шт;100,50;\n01.11.2026;Бета;2;100,50;300\n",
    )
    assert on_file(session, Revenue, "amount") == [(20_100,), (30_000,)]


def test_the_seats_of_a_licence_are_counted_and_multiplied(session: Session) -> None:
    bring(session, "product", "name\nСклад\n")
    report = bring(
        session,
        "licence",
        "Клиент;Продукт;Количество;Цена;Действует до\nАльфа;Склад;50 шт.;100 000 руб.;бессрочно\n",
    )
    assert on_file(session, Licence, "bought", "amount", "ends_on") == [(50, 500_000_000, None)]
    assert "Количество → bought" in column_lines(report)[0]


def test_a_wrong_amount_is_quoted_as_it_was_typed(session: Session) -> None:
    report = bring(
        session, "revenue", 'Date,Client,Amount\n2026-11-01,Alfa,"12,345"\n2026-11-02,Alfa,"12,3"\n'
    )
    assert "“12,345” is finer than RUB goes" in report.rows[0].reason


@pytest.mark.parametrize(
    ("text", "unit", "minutes"),
    [
        ("45", "minute", 45),
        ("1,5", "hour", 90),
        ("45", "", None),
        ("1:30", "", 90),
        ("2 days, 0:10:00", "", 2890),
        ("1 ч 20 мин", "", 80),
        ("P1DT2H", "", 1560),
        ("2026-11-10", "minute", None),
        ("12:75", "", None),
        ("soon", "minute", None),
        ("99999999", "day", None),
    ],
)
def test_lengths_of_time_in_cells(text: str, unit: str, minutes: int | None) -> None:
    found = read_length(text, unit)
    assert (found is None and minutes is None) or (
        found is not None and found.total_seconds() / 60 == minutes
    )
