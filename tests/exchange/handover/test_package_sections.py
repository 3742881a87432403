"""Which section of a package from sales a word means, and which field a column of that section fills."""

from __future__ import annotations

from pathlib import Path

from onewindow.exchange.handover.sections import (
    SECTION_KINDS,
    field_of,
    flat_field_of,
    is_deal_header,
    is_section_header,
    section_of,
)

_LISTED = (Path(__file__).parent / "words_of_packages.txt").read_text(encoding="utf-8").splitlines()
_LINES = [line.partition(": ") for line in _LISTED if not line.startswith("#")]
_SECTIONS = {place: words.split(", ") for place, _, words in _LINES if "." not in place}
_FIELDS = {place: words.split(", ") for place, _, words in _LINES if "." in place}


def test_words_of_sections() -> None:
    assert set(_SECTIONS) == set(SECTION_KINDS)
    read = {
        section: [word for word in words if section_of(word) == section]
        for section, words in _SECTIONS.items()
    }
    assert read == _SECTIONS
    assert (section_of("погода"), section_of("")) == (None, None)


def test_columns_of_each_section() -> None:
    listed = {
        (section, word): field
        for place, words in _FIELDS.items()
        for section, _, field in [place.partition(".")]
        for word in (*words, field)
    }
    assert {place: field_of(*place) for place in listed} == listed


_SHARED: list[tuple[str, str, str | None]] = [
    # A section shares the columns of files of its kind …
    *(
        ("contact", "Телефон", "phone"),
        ("contact", "Job Title", "role"),
        ("contact", "Имя", "first_name"),
    ),
    *(("document", "Название", "title"), ("contract", "Действует до", "expires_on")),
    *(("invoice", "Сумма", "amount"), ("act", "Дата", "issued_on"), ("product", "Кол-во", "bought")),
    *(("term", "Действует с", "valid_from"), ("client", "ИНН", "tax_id"), ("client", "Город", "city")),
    *(("client", "Название", "name"), ("client", "Р/с", "account"), ("requisites", "КПП", "kpp")),
    *(("consent", "Контакт", "contact"), ("product", "Product code", "product")),
    # … but never the client or what does not travel.
    *(("product", "Договор", None), ("document", "Клиент", None), ("term", "Статус", None)),
    # Requisites are those of a client, of which only the name goes over as the legal one.
    *(
        ("requisites", "Название", "legal_name"),
        ("requisites", "Город", None),
        ("requisites", "ID", None),
    ),
    *(("requisites", "ИНН", "tax_id"), ("requisites", "Стадия", None), ("client", "Статус", None)),
    # The one thing that a section is about is known by a column for any value.
    *(("term", "Значение", "text"), ("goal", "Value", "goal"), ("product", "Стойност", "amount")),
    *(
        ("document", "Value", "amount"),
        ("contact", "Значение", "name"),
        ("meeting", "Value", "meeting_notes"),
    ),
    *(
        ("deal", "Значение", "deal"),
        ("consent", "Стойност", "purpose"),
        ("requisites", "Value", "legal_name"),
    ),
    *(("deal", "Цвет", None), ("meeting", "Цвет", None), ("deal", "Сумма", None)),
]


def test_columns_shared_with_files_of_the_kind() -> None:
    assert [(section, header, field_of(section, header)) for section, header, _ in _SHARED] == _SHARED


def test_columns_that_say_the_section_and_the_deal() -> None:
    sections = "Section; Part; Раздел; Секция; Часть; Раздел пакета; Част"
    deals = "Deal; Deal name; Сделка; Название сделки; Deal ID; ID сделки; Номер сделки"
    both = f"{sections}; {deals}; Клиент; Имя".split("; ")
    assert [word for word in both if is_section_header(word)] == sections.split("; ")
    assert [word for word in both if is_deal_header(word)] == deals.split("; ")


_FLAT = {
    "contact.name": "Контакт; Контактное лицо; Contact; Contact name; Contact person; Лице за контакт; ФИО",
    "contact.role": "Должность; Job title; Длъжност",
    "contact.consents": "Согласия; Consents; Съгласия; Consent",
    "contact.consent_on": "Consent date",
    "term.text": "Особые условия; Special terms; Специални условия; Что обещано; Term",
    "product.product": "Продукт; Product; Продукты; Тариф; Лицензия",
    "product.bought": "Количество лицензий; Licences; Лицензий",
    "deal.deal": "Сделка; Deal name; Номер сделки",
    "deal.external_id": "ID; CRM ID; Внешний ID; Ид",
    "deal.sales": "Продавец; Sold by; Търговец",
    "deal.sent_on": "Дата передачи; Sent on; Дата",
    "deal.contract_number": "Договор; Contract number",
    "client.name": "Клиент; Название; Company",
    "client.city": "Город",
    "requisites.tax_id": "ИНН",
    "requisites.legal_name": "Полное наименование",
    "requisites.phone": "Телефон",
    "requisites.email": "Email",
    "goal.goal": "Цель; Goal; Цел",
    "goal.goal_measure": "Мера цели; Показатель",
    "meeting.meeting_on": "Дата встречи; Meeting on; Когда",
    "meeting.meeting_people": "Участники; Who took part",
    "term.due_on": "Срок; Deadline; До",
}


def test_columns_of_a_file_with_a_whole_package_in_each_row() -> None:
    words = {word: tuple(place.split(".")) for place, listed in _FLAT.items() for word in listed.split("; ")}
    assert {word: flat_field_of(word) for word in words} == words
    assert [flat_field_of(word) for word in ("Погода", "", "Значение")] == [None, None, None]
