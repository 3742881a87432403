"""Columns of other programs, and the user's own mapping."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from onewindow.exchange.headers.matching import (
    MapProblem,
    fields_of,
    match_headers,
    names_of_columns,
    normalise_header,
    parse_map,
)
from onewindow.records.choice_words import words_of
from onewindow.records.column_words.likely import LIKELY_WORDS
from onewindow.records.column_words.tables import COLUMN_WORDS
from onewindow.records.fields import attributes
from onewindow.records.kinds import KINDS

_TABLES = {kind: names_of_columns(kind) for kind in COLUMN_WORDS}


@pytest.mark.parametrize("table", list(_TABLES.values()), ids=list(_TABLES))
def test_no_name_stands_for_two_fields(table: dict[str, str]) -> None:
    names = list(chain.from_iterable(map(normalise_header, known.split(";")) for known in table.values()))
    assert all(names)
    assert sorted(names) == sorted(set(names))


_LATIN, _CYRILLIC = re.compile("[a-z]"), re.compile("[а-я]")


def test_no_word_has_letters_of_two_alphabets() -> None:
    names = {*chain.from_iterable(table.values() for table in (*_TABLES.values(), *LIKELY_WORDS.values()))}
    choices = {
        words
        for kind in KINDS.values()
        for described in attributes(kind.record)
        for words in words_of(described.record, described.name).values()
    }
    words = re.findall(r"[^\W\d_]+", " ".join(names | choices))
    assert len(words) > 5000
    assert {word for word in words if _LATIN.search(word) and _CYRILLIC.search(word)} == set()


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
    for kind in KINDS:
        known = fields_of(kind)
        assert list(match_headers(known, kind).fields.values()) == list(known)


_ONLY_READ = {"changed_at", "date", "user", "feature", "uses", "last_used_on"}
"""What a reader makes something else of."""


@pytest.mark.parametrize("kind", [kind for kind in _TABLES if kind not in ("client", "contact")])
def test_columns_fill_fields_of_the_record_or_of_its_own_reader(kind: str) -> None:
    own = {a.name for a in attributes(KINDS[kind].record)} | {"external_id"}
    assert set(_TABLES[kind]) - own <= _ONLY_READ


@pytest.mark.parametrize(
    ("kind", "headers", "fields"),
    [
        (
            "opportunity",
            "opportunity_id|sales_agent|product|account|deal_stage|engage_date|close_date|close_value",
            "external_id assignee_id product_id client_id state begun_on expected_on amount",
        ),
        (
            "opportunity",
            "Record ID|Deal Name|Deal Stage|Amount|Deal owner|Close Date|Associated Company",
            "external_id title state amount assignee_id expected_on client_id",
        ),
        (
            "opportunity",
            "ID|Название сделки|Компания|Бюджет|Этап сделки|Ответственный|Дата создания",
            "external_id title client_id amount state assignee_id begun_on",
        ),
        (
            "request",
            "Ticket ID|Organization|Subject|Body|Status|Priority|Assignee|Created at|Solved at|Requester",
            "external_id client_id title text status priority assignee_id opened_at resolved_at contact_id",
        ),
        (
            "document",
            "Номер|Дата|Контрагент|Сумма|Валюта|Вид документа|Комментарий",
            "number issued_on client_id amount currency document_kind note",
        ),
        ("document", "Фактура №|Дата на фактура|Клиент|Обща сума", "number issued_on client_id amount"),
        (
            "touch",
            "Note body|Create date|Activity type|Company name|Owner",
            "text at touch_kind client_id staff_id",
        ),
        ("revenue", "Клиент|Месяц|Выручка|Номенклатура", "client_id on_date amount product_id"),
        (
            "usage",
            "Company|Product|Week of|Active users|Events",
            "client_id product_id date active_users volume",
        ),
        (
            "licence",
            "Account Name|SKU|Seats|Start Date|End Date",
            "client_id product_id bought starts_on ends_on",
        ),
    ],
)
def test_columns_of_other_kinds_in_known_programs(kind: str, headers: str, fields: str) -> None:
    match = match_headers(headers.split("|"), kind)
    assert list(match.fields.values()) == fields.split()
    assert (match.unmatched, match.ambiguous) == ([], {})


def test_a_second_word_for_the_client_is_kept_beside_the_first() -> None:
    match = match_headers(["Company id", "Company name", "Company number"], "request")
    assert list(match.fields.values()) == ["client_id", "client_id_also"]
    assert match.unmatched == ["Company number"]


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
    assert match.fields["Рабочий телефон"] == "phone_3"
    assert match.ambiguous == {}


def test_users_map_goes_first_and_may_leave_a_column_out() -> None:
    mapped = parse_map(["наименование = legal_name", "Город="])
    match = match_headers(["Клиент", "Наименование", "Город"], "client", mapped)
    assert match.fields == {"Клиент": "name", "Наименование": "legal_name"}
    assert (match.unmatched, match.ambiguous) == ([], {})


def test_header_with_equals_sign_can_be_mapped() -> None:
    assert parse_map(["a=b=name"]) == {"a=b": "name"}


@pytest.mark.parametrize("pairs", [["name"], ["=name"], ["A=name", "A=name"], ["A=city", "A="]])
def test_bad_map_is_told(pairs: list[str]) -> None:
    with pytest.raises(MapProblem, match="--map"):
        parse_map(pairs)


@pytest.mark.parametrize(
    ("mapped", "reason"),
    [
        ({"Цвет": "name"}, "the file has no column Цвет"),
        ({"A": "colour"}, "a client has no field colour"),
        ({"A": "since", "B": "since"}, "another column is already mapped"),
    ],
)
def test_map_to_what_is_not_there_is_told(mapped: dict[str, str], reason: str) -> None:
    with pytest.raises(MapProblem, match=reason):
        match_headers(["A", "B"], "client", mapped)


def test_a_map_that_names_a_column_for_nothing_leaves_it_out() -> None:
    assert parse_map(["Город=", " Имя = name "]) == {"Город": "", "Имя": "name"}
    for pair in ("name", "=name", " =name", "", "="):
        with pytest.raises(MapProblem, match="write it as HEADER=FIELD"):
            parse_map([pair])
