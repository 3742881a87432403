"""Organizations of a help desk and its tickets: ids of one file are those that the other file names."""

from __future__ import annotations

import pytest
from test_imported_values import bring, on_file

from onewindow.desk.imports.explanation import short_lines
from onewindow.desk.session.context import Session
from onewindow.exchange.headers.matching import match_headers
from onewindow.records.clients import Client, Contact
from onewindow.records.requests import Request
from onewindow.store import rows

_ORGANIZATIONS = (
    "organization_id,organization_name,domain_names,deleted,created_at\n"
    "5001,Acme & Sons,acme.com,false,2025-01-02T03:04:05Z\n"
    "5002,Acme & Sons,acme.de,false,2025-01-02T03:04:05Z\n"
    "5003,Gone Ltd,gone.com,true,2025-01-02T03:04:05Z\n"
)
_TICKETS = (
    "ticket_id,organization_id,subject,status,created_at\n"
    "1,5001,Login,open,2026-11-10T09:00:00Z\n2,5002,Logout,open,2026-11-10T09:00:00Z\n"
    "3,5003,X,open,2026-11-10T09:00:00Z\n"
)


def test_two_organizations_of_one_name_stay_two_and_each_has_its_tickets(session: Session) -> None:
    first = bring(session, "client", _ORGANIZATIONS)
    again = bring(session, "client", _ORGANIZATIONS)
    tickets = bring(session, "request", _TICKETS)

    assert [row.verdict for row in first.rows] == ["create", "create", "skip"]
    assert [row.verdict for row in again.rows] == ["skip", "skip", "skip"]
    assert on_file(session, Client, "external_id", "name") == [
        ("5001", "Acme & Sons"),
        ("5002", "Acme & Sons"),
    ]
    assert [row.verdict for row in tickets.rows] == ["create", "create", "error"]
    empty = bring(session, "request", f"{_TICKETS}4,,W,open,2026-11-10T09:00:00Z\n").rows[3]
    assert empty.reason == "it does not say which client it belongs to; name it with --client"
    by_id = {each.id: each.external_id for each in rows.fetch(session.store, Client, "")}
    told = [(each.title, by_id[each.client_id]) for each in rows.fetch(session.store, Request, "ORDER BY id")]
    assert told == [("Login", "5001"), ("Logout", "5002")]


@pytest.mark.parametrize(
    "header", ["organization_id", "organisationId", "org_id", "company_id", "ID организации"]
)
def test_the_id_column_of_a_file_of_clients_is_their_id(header: str) -> None:
    assert match_headers([header, "name"], "client").fields == {header: "external_id", "name": "name"}


def test_a_list_with_a_row_for_each_person_is_one_client_with_several(session: Session) -> None:
    text = (
        "Организация;Контактное лицо;Телефон;E-mail;ИНН\n"
        "Клевер;Петров Пётр;+7 916 000-11-22;p@p.ru;\nКлевер;Сидоров С.;+7 916 000-11-23;s@p.ru;\n"
        "Клён;Иван;+7 916 000-11-24;;7707083893\nКлён;Олег;+7 916 000-11-25;;7707083893\n"
    )
    report = bring(session, "client", text)
    again = bring(session, "client", text)

    assert on_file(session, Client, "name") == [("Клевер",), ("Клён",)]
    assert on_file(session, Contact, "name", "phone", "email", "is_main") == [
        ("Петров Пётр", "+79160001122", "p@p.ru", 1),
        ("Сидоров С.", "+79160001123", "s@p.ru", 0),
        ("Иван", "+79160001124", "", 1),
        ("Олег", "+79160001125", "", 0),
    ]
    assert short_lines(report) == ["Added person in 2: Клевер: Сидоров С.; Клён: Олег."]
    assert {row.verdict for row in again.rows} == {"skip"}
