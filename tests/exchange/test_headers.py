"""Columns of other programs, and the user's own mapping."""

from __future__ import annotations

from itertools import chain

import pytest

from onewindow.exchange.headers import (
    CLIENT_FIELDS,
    CONTACT_FIELDS,
    MapProblem,
    match_headers,
    normalise_header,
    parse_map,
)
from onewindow.exchange.headers_client import CLIENT_HEADERS
from onewindow.exchange.headers_contact import CONTACT_HEADERS


@pytest.mark.parametrize("table", [CLIENT_HEADERS, CONTACT_HEADERS], ids=["client", "contact"])
def test_no_name_stands_for_two_fields(table: dict[str, str]) -> None:
    names = list(chain.from_iterable(map(normalise_header, known.split(";")) for known in table.values()))
    assert all(names)
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (
            "Company name|Company Domain Name|Company owner|Record ID|Country/Region",
            "name website owner external_id country",
        ),
        (
            "Account Name|Billing City|Shipping Street|Type|Industry",
            "name city postal_address client_class industry",
        ),
        ("name|billingAddressCity|emailAddress|assignedUserName|phoneNumber", "name city email owner phone"),
        ("Название компании|Ответственный|Теги|Рабочий телефон|Web", "name owner tags phone website"),
        ("Реквизит: ИНН|Реквизит: КПП|Реквизит: ОГРН|Корпоративный сайт", "tax_id kpp ogrn website"),
        (
            "Наименование|Полное наименование|Код|ИНН|Юр. адрес|Р/с|К/с|БИК",
            "name legal_name external_id tax_id legal_address account corr_account bik",
        ),
        ("Расчётный счёт|Грузополучатель|Ф.И.О. руководителя", "account consignee head_name"),
        (
            "Име на фирмата|ЕИК/БУЛСТАТ|МОЛ|Седалище и адрес на управление|Град|BIC код",
            "name tax_id head_name legal_address city swift",
        ),
    ],
)
def test_client_columns_of_known_programs(headers: str, fields: str) -> None:
    match = match_headers(headers.split("|"), "client")
    assert list(match.fields.values()) == fields.split()
    assert match.unmatched == []


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ("First Name|Last Name|Job Title|Associated Company|Email", "first_name last_name role client email"),
        (
            "Фамилия|Имя|Отчество|Должность|Компания|Рабочий e-mail",
            "last_name first_name middle_name role client email",
        ),
        ("Дата рождения (дд.мм.гггг)|Как обращаться|Телеграм", "birthday address_as messenger"),
        ("Име и фамилия|Длъжност|Служебен телефон|Фирма|Рожден ден", "name role phone client birthday"),
    ],
)
def test_contact_columns_of_known_programs(headers: str, fields: str) -> None:
    match = match_headers(headers.split("|"), "contact")
    assert list(match.fields.values()) == fields.split()
    assert match.unmatched == []


def test_our_own_field_names_always_match() -> None:
    assert list(match_headers(CLIENT_FIELDS, "client").fields.values()) == list(CLIENT_FIELDS)
    assert list(match_headers(CONTACT_FIELDS, "contact").fields.values()) == list(CONTACT_FIELDS)


def test_unknown_and_second_columns_are_reported() -> None:
    match = match_headers(["Клиент", "Компания", "Любимый цвет"], "client")
    assert match.fields == {"Клиент": "name"}
    assert match.ambiguous == {"Компания": "name"}
    assert match.unmatched == ["Любимый цвет"]


def test_second_phone_of_a_contact_finds_the_spare_place_unless_it_is_taken() -> None:
    match = match_headers(["Имя", "Мобильный телефон", "Рабочий телефон"], "contact")
    assert match.fields["Рабочий телефон"] == "phone_2"
    match = match_headers(["Мобильный телефон", "Рабочий телефон", "Телефон 2"], "contact")
    assert match.fields["Телефон 2"] == "phone_2"
    assert match.ambiguous == {"Рабочий телефон": "phone"}


def test_users_map_goes_first_and_may_leave_a_column_out() -> None:
    mapped = parse_map(["наименование = legal_name", "Город="])
    match = match_headers(["Клиент", "Наименование", "Город"], "client", mapped)
    assert match.fields == {"Клиент": "name", "Наименование": "legal_name"}
    assert (match.unmatched, match.ambiguous) == ([], {})


def test_header_with_equals_sign_can_be_mapped() -> None:
    assert parse_map(["a=b=name"]) == {"a=b": "name"}


@pytest.mark.parametrize("pairs", [["name"], ["=name"], ["A=name", "A=city"]])
def test_bad_map_is_told(pairs: list[str]) -> None:
    with pytest.raises(MapProblem, match="--map"):
        parse_map(pairs)


@pytest.mark.parametrize(
    ("mapped", "reason"),
    [
        ({"Цвет": "name"}, "the file has no column Цвет"),
        ({"A": "colour"}, "a client has no field colour"),
        ({"A": "name", "B": "name"}, "another column is already mapped"),
    ],
)
def test_map_to_what_is_not_there_is_told(mapped: dict[str, str], reason: str) -> None:
    with pytest.raises(MapProblem, match=reason):
        match_headers(["A", "B"], "client", mapped)
