"""One engine reads files of every kind: words, dates, colleagues, too long texts and flags mean the same."""

from __future__ import annotations

import json

import pytest

from onewindow.desk.editing import changing
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.reporting.run_report import ImportReport
from onewindow.desk.imports.running import import_file
from onewindow.desk.session.context import Session
from onewindow.records.clients import BillingDetails, Client, Contact, ContactNote
from onewindow.records.requests import Task
from onewindow.store import rows
from onewindow.store.people import organization

_LONG = "очень " * 50 + "длинный"


def _bring(session: Session, kind: str, text: str) -> ImportReport:
    return import_file(session, kind, text.encode(), "file.csv", ImportOptions(create_clients=True))


def test_a_surname_names_a_colleague_in_files_of_every_kind(session: Session) -> None:
    changing.add(session, "staff", {"login": "olga", "name": "Ольга Вершинина"})
    found = organization.staff_by_login(session.store, "olga")
    assert found is not None

    _bring(session, "client", "name,owner\nВектор,Вершинина\n")
    _bring(session, "task", "client,title,assignee\nВектор,позвонить,Вершинина\n")

    assert [each.owner_id for each in rows.fetch(session.store, Client, "")] == [found.id]
    assert [each.assignee_id for each in rows.fetch(session.store, Task, "")] == [found.id]


def test_the_flag_of_an_owner_whom_nobody_knows_goes_with_the_next_file_that_names_one(
    session: Session,
) -> None:
    report = _bring(session, "client", "name,owner\nВектор,Никто\n")
    (client,) = rows.fetch(session.store, Client, "")
    assert report.rows[0].reason == "owner: there is no colleague “Никто”"
    assert list(json.loads(client.flags)) == ["owner_id"]

    _bring(session, "client", f"name,owner\nВектор,{session.me.login}\n")

    (client,) = rows.fetch(session.store, Client, "")
    assert (client.flags, client.owner_id) == ("", session.me.id)
    assert client.note == "owner: Никто"


@pytest.mark.parametrize(
    ("kind", "text", "field"),
    [
        ("client", f"name,city\nВектор,{_LONG}\n", "city"),
        ("contact", f"client,name,role\nВектор,Ким Анна,{_LONG}\n", "role"),
        ("contact", f"client,name\nВектор,{_LONG}\n", "name"),
        ("task", f"client,title\nВектор,{_LONG}\n", "title"),
    ],
)
def test_a_text_too_long_for_its_field_is_cut_there_and_kept_whole_elsewhere(
    session: Session, kind: str, text: str, field: str
) -> None:
    report = _bring(session, kind, text)

    assert report.rows[0].verdict == "create"
    assert f"{field}: {len(_LONG)} characters are too many" in report.rows[0].reason
    record = {"client": Client, "contact": Contact, "task": Task}[kind]
    (found,) = rows.fetch(session.store, record, "")
    assert getattr(found, field).endswith("…")
    assert getattr(found, field)[:100] == _LONG[:100]
    kept = {
        "client": lambda: getattr(found, "note", ""),
        "contact": lambda: rows.fetch(session.store, ContactNote, "")[0].text,
        "task": lambda: getattr(found, "text", ""),
    }[kind]()
    assert kept == f"{field}: {_LONG}"


def test_a_word_that_is_no_choice_is_kept_for_a_person_as_for_a_client(session: Session) -> None:
    _bring(session, "client", "name,tier,contact person,preferred channel\nВектор,платина,Ким Анна,голубь\n")
    report = _bring(session, "contact", "client,name,preferred channel\nВектор,Орлов Пётр,голубь\n")

    (client,) = rows.fetch(session.store, Client, "")
    assert client.note.splitlines() == ["tier: платина", "preferred_channel: голубь"]
    assert sorted(json.loads(client.flags)) == ["contact.preferred_channel", "tier"]
    assert report.rows[0].reason.startswith("preferred_channel: “голубь” is not one of phone, ")
    assert [each.text for each in rows.fetch(session.store, ContactNote, "")] == ["preferred_channel: голубь"]


def test_the_order_of_dates_of_the_contact_person_is_that_of_its_column(session: Session) -> None:
    _bring(
        session,
        "client",
        "name,contact person,birthday\nВектор,Ким Анна,03/25/1980\nБета,Ким Яна,04/05/1981\n",
    )

    assert [each.birthday for each in rows.fetch(session.store, Contact, "ORDER BY name")] == [
        "1980-03-25",
        "1981-04-05",
    ]


def test_two_rows_of_one_client_in_one_file_are_one_with_requisites_and_both_people(session: Session) -> None:
    report = _bring(
        session,
        "client",
        "name,city,contact person,phone,bank\n"
        "Вектор,Казань,Ким Анна,+79123456789,\nВектор,,Орлов Пётр,+79123456780,Свой\n",
    )

    assert [row.verdict for row in report.rows] == ["create", "update"]
    assert len(rows.fetch(session.store, Client, "")) == 1
    assert [each.bank for each in rows.fetch(session.store, BillingDetails, "")] == ["Свой"]
    people = rows.fetch(session.store, Contact, "ORDER BY id")
    assert [(each.name, each.is_main) for each in people] == [("Ким Анна", 1), ("Орлов Пётр", 0)]
