"""Of which country the numbers of a row are: by its cell, its tax id, the names of columns, other rows."""

from __future__ import annotations

import json

import pytest
from test_imported_values import bring, on_file

from onewindow.desk.session.context import Session
from onewindow.records.clients import BillingDetails, Client, Contact
from onewindow.text.identifiers.tax_ids import country_in, is_same_tax_id, tidy_tax_id


def test_the_name_of_the_column_of_tax_ids_tells_their_country(session: Session) -> None:
    report = bring(session, "client", "Фирма;ЕИК;Телефон;Град\nРоза АД;000694037;0888 123 456;Пловдив\n")
    assert [row.reason for row in report.rows] == [""]
    assert on_file(session, Client, "country", "language") == [("BG", "bg")]
    assert on_file(session, BillingDetails, "tax_id", "phone", "flags") == [
        ("000694037", "+359888123456", "")
    ]


def test_a_number_of_belarus_under_unp(session: Session) -> None:
    bring(session, "client", "Название;УНП;Телефон\nБелка;100582333;8 017 218-84-31\n")
    assert on_file(session, Client, "country") == [("BY",)]
    assert on_file(session, BillingDetails, "phone", "flags") == [("+375172188431", "")]


def test_rows_that_name_no_country_are_of_that_of_all_others(session: Session) -> None:
    bring(session, "client", "name;country;phone\nАлфа;България;02 987 65 43\nБета;;0888 123 456\n")
    assert on_file(session, BillingDetails, "phone") == [("+35929876543",), ("+359888123456",)]
    bring(
        session, "contact", "client;name;country;phone\nГама;Иван;;0888 123 457\nГама;Петър;BG;0888 123 458\n"
    )
    assert on_file(session, Contact, "phone") == [("+359888123457",), ("+359888123458",)]


def test_a_number_that_does_not_fit_the_country_of_its_row_stays_as_typed(session: Session) -> None:
    report = bring(
        session,
        "client",
        "name,country,phone\nAlfa,Djibouti,5153435776\nBeta,Narnia,(496)978-3969x58947\nGamma,Djibouti,359888123456\n",
    )
    assert on_file(session, BillingDetails, "phone") == [
        ("5153435776",),
        ("(496)978-3969x58947",),
        ("+359888123456",),
    ]
    assert ["phone" in row.reason for row in report.rows] == [True, True, False]


def test_a_tax_id_with_its_country_before_it_is_the_same(session: Session) -> None:
    bring(session, "client", "Фирма;ЕИК\nЛавандула ЕООД;831650349\n")
    report = bring(session, "client", "Фирма;ДДС номер;Град\nЛавандула ЕООД;BG831650349;София\n")
    assert [(row.verdict, row.reason) for row in report.rows] == [("update", "")]
    assert on_file(session, Client, "name", "city") == [("Лавандула ЕООД", "София")]
    assert on_file(session, BillingDetails, "tax_id") == [("831650349",)]
    report = bring(session, "revenue", "Дата;ЕИК;Сума\n01.11.2026;BG831650349;10\n")
    assert report.count("create") == 1
    assert len(on_file(session, Client, "id")) == 1


def test_a_prefix_of_another_country_is_another_firm(session: Session) -> None:
    bring(session, "client", "name;vat\nAlfa;BG811907980\nAlfa;DE811907980\n")
    assert on_file(session, BillingDetails, "tax_id") == [("BG811907980",), ("DE811907980",)]


def test_a_vat_number_beside_a_tax_id_fills_it_or_is_told(session: Session) -> None:
    report = bring(
        session,
        "client",
        "Фирма;ЕИК;ДДС номер\nРоза;000694037;BG000694037\nМак;;BG175074752\nЛен;831650349;BG000694037\n",
    )
    assert on_file(session, BillingDetails, "tax_id") == [("000694037",), ("BG175074752",), ("831650349",)]
    assert [bool(row.reason) for row in report.rows][::2] == [False, True]
    assert "VAT number: BG000694037" in str(on_file(session, Client, "note")[2])
    assert "vat_id" in json.loads(str(on_file(session, Client, "flags")[2][0]))


@pytest.mark.parametrize(
    ("typed", "tidy", "country"),
    [
        ("ИНН 7707083893", "7707083893", ""),
        ("ЕИК: BG831650349", "BG831650349", "BG"),
        ("7 707 083 893.0", "7707083893", ""),
        ("DE 811 907 980", "DE811907980", "DE"),
        ("не знаем", "не знаем", ""),
        ("XX123456789", "XX123456789", ""),
    ],
)
def test_tax_ids_as_people_write_them(typed: str, tidy: str, country: str) -> None:
    assert (tidy_tax_id(typed), country_in(tidy)) == (tidy, country)


def test_one_number_in_two_spellings() -> None:
    assert is_same_tax_id("BG831650349", "831 650 349")
    assert not is_same_tax_id("BG811907980", "DE811907980")
