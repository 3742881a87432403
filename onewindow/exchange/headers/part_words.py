"""Columns that fill no field of a record: parts of names, second phones, days that become weeks.

What is read of them is put together before a record is made, so no record declares them and this table is
kept by hand; `desk/imports/matching/kinds.py` says of which kind their values are.
"""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.records.column_words.adoption import OF_FUNCTION, TIMES_USED

_DAYS = """
    date; day; week start; week of; week starting; week beginning; period; as of; timestamp; at;
    дата; день; неделя; неделя с; начало недели; период; ден; седмица; седмица от; начало на седмица
"""
CELLS: Mapping[str, Mapping[str, str]] = {
    "client": {
        "vat_id": """
            vat; vat number; vat id; vat no; vat reg no; vat registration number; vat code; ust id; ust idnr;
            eu vat; eu vat number;
            номер ндс; vat номер;
            ддс; ддс номер; ддс no; ддс код; номер по ддс; ин по ддс; идентификационен номер по ддс;
            зддс номер
        """,
        "phone_2": """
            phone 2; second phone; other phone; home phone; additional phone; alternative phone;
            business phone 2;
            телефон 2; второй телефон; дополнительный телефон; другой телефон; доп телефон; телефон раб 2;
            втори телефон; друг телефон; допълнителен телефон; служебен телефон 2
        """,
        "phone_3": "phone 3; third phone; телефон 3; третий телефон; трети телефон",
        "phone_4": "phone 4; телефон 4",
        "email_2": """
            email 2; second email; other email; additional email; email 2 address; почта 2; вторая почта;
            адрес 2 эл почты; другой email; дополнительный email; втори имейл; имейл 2; имейл адрес 2
        """,
        "email_3": "email 3; email 3 address; third email; почта 3; адрес 3 эл почты; имейл 3; имейл адрес 3",
    },
    "contact": {
        "last_name": """
            last name; surname; family name; second name;
            фамилия; фамилия контакта;
            фамилно име; презиме и фамилия
        """,
        "first_name": """
            first name; given name; forename;
            имя; имя сотрудника;
            име; собствено име; първо име
        """,
        "middle_name": """
            middle name; patronymic; additional name;
            отчество;
            презиме; бащино име
        """,
        "phone_3": "phone 3; third phone; телефон 3; третий телефон; трети телефон",
        "phone_4": "phone 4; телефон 4",
        "phone_5": "phone 5; телефон 5",
        "email_3": """
            email 3; email 3 address; email address 3; third email; адрес 3 эл почты; почта 3; имейл адрес 3;
            имейл 3
        """,
        "email_4": "email 4; email 4 address; почта 4; имейл 4",
        "note": """
            note; notes; comment; comments; description; remarks; memo; additional info;
            примечание; примечание 1; заметка; заметки; комментарий; комментарии; описание; доп информация;
            дополнительная информация;
            бележка; бележки; забележка; коментар; коментари; допълнителна информация
        """,
        "country": """
            country; country region; mailing country; country code; contact country;
            страна; код страны; страна контакта;
            държава; код на държава; държава на контакта
        """,
    },
    "request": {
        "changed_at": """
            changed at; updated at; updated; last modified; last modified date; last updated; modified;
            last activity date; last update; дата изменения; обновлено; изменено; дата обновления;
            последнее изменение; последна промяна; променена на; обновена на
        """,
    },
    "usage": {
        "date": _DAYS,
        "user": """
            user; user name; login; user id; user email; employee; пользователь; имя пользователя;
            логин; сотрудник; потребител; потребителско име; служител
        """,
        "feature": OF_FUNCTION,
        "uses": TIMES_USED,
        "last_used_on": """
            last used on; last used; last use; last login; last activity; last seen; last active;
            последнее использование; последний вход; последняя активность; последна употреба;
            последно влизане; последна активност
        """,
    },
    "feature_use": {
        "date": _DAYS,
    },
}
"""Kind of record → cell → names of its columns, with `;` between."""
