"""Exports of address books, and of the interfaces of other programs."""

from __future__ import annotations

import json

import pytest
from test_imported_values import bring, on_file

from onewindow.desk.imports.explanation import short_lines
from onewindow.desk.session.context import Session
from onewindow.records.clients import BillingDetails, Client, Contact, ContactNote

_WAYS = ("name", "role", "phone", "phone_2", "email", "email_2")


@pytest.mark.parametrize(
    ("headers", "cells"),
    [
        (
            "Name,Given Name,Family Name,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Value,"
            "Phone 1 - Type,Phone 1 - Value,Organization 1 - Name,Organization 1 - Title",
            "Анна Ким,Анна,Ким,Work,a@x.ru,b@x.ru,Mobile,+7 912 345-67-89 ::: 8 495 123-45-67,Лютик,Директор",
        ),
        (
            "First Name,Last Name,Organization Name,Organization Title,Labels,E-mail 1 - Label,"
            "E-mail 1 - Value,E-mail 2 - Value,Phone 1 - Value,Phone 2 - Value",
            "Анна,Ким,Лютик,Директор,* myContacts,Work,a@x.ru,b@x.ru,+7 912 345-67-89,84951234567",
        ),
        (
            "Title,First Name,Last Name,Company,Job Title,Mobile Phone,Business Phone,"
            "E-mail Address,E-mail Type,E-mail 2 Address,E-mail 3 Address",
            "Ms.,Анна,Ким,Лютик,Директор,+79123456789,84951234567,/o=ExchangeLabs/cn=kim,EX,a@x.ru,b@x.ru",
        ),
        (
            "Имя,Фамилия,Организация,Должность,Телефон переносной,Телефон раб. 2,"
            "Адрес эл. почты,Адрес 2 эл. почты",
            "Анна,Ким,Лютик,Директор,+7 912 345-67-89,84951234567,a@x.ru,b@x.ru",
        ),
        (
            "Собствено име,Фамилно име,Фирма,Длъжност,Мобилен телефон,Служебен телефон 2,"
            "Имейл адрес,Имейл адрес 2",
            "Анна,Ким,Лютик,Директор,+7 912 345-67-89,+7 495 123-45-67,a@x.ru,b@x.ru",
        ),
    ],
    ids=["google", "google-new", "outlook", "outlook-ru", "outlook-bg"],
)
def test_people_of_address_books(session: Session, headers: str, cells: str) -> None:
    report = bring(session, "contact", f"{headers}\n{cells}\n")
    ((name, *ways),) = on_file(session, Contact, *_WAYS)
    assert set(str(name).split()) == {"Анна", "Ким"}
    assert ways == ["Директор", "+79123456789", "+74951234567", "a@x.ru", "b@x.ru"]
    assert on_file(session, Client, "name") == [("Лютик",)]
    assert on_file(session, Contact, "flags") == [("",)]
    assert [row.reason for row in report.rows] == [""]


def test_what_there_is_no_room_for_stays_in_the_note_and_is_told(session: Session) -> None:
    report = bring(
        session,
        "contact",
        "client,name,phone,phone 3,email\n"
        'Лютик,Ким,"89161234567; 84951234567",89036555557,"a@x.ru; b@x.ru; c@x.ru"\n',
    )
    assert on_file(session, ContactNote, "text") == [("phone_3: +79036555557",), ("email: c@x.ru",)]
    assert "phone_3: “+79036555557” is kept in the note" in report.rows[0].reason
    assert on_file(session, Contact, "flags") == [("",)]
    bring(session, "client", "name,phone,phone 2\nВасилёк,89161234567,89035555556\n")
    assert on_file(session, BillingDetails, "phone") == [("+79161234567",)]
    assert "+79035555556" in str(on_file(session, Client, "note")[-1])


def test_interfaces_of_other_programs(session: Session) -> None:
    phone = [{"ID": "1", "VALUE_TYPE": "WORK", "VALUE": "+7 495 123-45-67", "TYPE_ID": "PHONE"}]
    companies = {"result": [{"ID": "12", "TITLE": "Лютик", "COMPANY_TYPE": "CUSTOMER", "PHONE": phone}]}
    bring(session, "client", json.dumps(companies), "c.json", source="crm")
    assert on_file(session, Client, "name", "external_id") == [("Лютик", "12")]
    links: dict[str, object] = {"tags": [], "companies": [{"id": 12, "_links": {"self": "x"}}]}
    person: dict[str, object] = {"id": 5, "name": "Ким Анна", "_embedded": links}
    bring(session, "contact", json.dumps({"_embedded": {"contacts": [person]}}), "p.json", source="crm")
    bring(session, "contact", "Record ID - Contact,First Name,Company\n77,Вера,Лютик\n")
    assert on_file(session, Contact, "name", "external_id") == [("Ким Анна", "5"), ("Вера", "77")]
    assert on_file(session, Client, "id") == [(on_file(session, Contact, "client_id")[0][0],)]


def test_cards_of_firms_and_birthdays_without_a_year(session: Session) -> None:
    cards = (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Лютик АО\nKIND:org\nORG:Лютик АО\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:4.0\nFN:Анна Ким\nORG:Лютик\nBDAY:--0512\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:Вера Ли\nORG:Лютик\nBDAY:1604-05-13\nEND:VCARD\n"
    )
    report = bring(session, "contact", cards, "c.vcf")
    assert on_file(session, Contact, "name", "birthday") == [("Анна Ким", None), ("Вера Ли", None)]
    assert on_file(session, ContactNote, "text") == [("birthday: --05-12",), ("birthday: 1604-05-13",)]
    told = " ".join(short_lines(report))
    assert "“Лютик АО” is a firm, no person" in told
    assert "“--05-12” has no year, so it is kept as a note" in told
