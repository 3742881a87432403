"""Whom a file means that calls a client otherwise than its card does."""

from __future__ import annotations

import pytest

from onewindow.desk.editing import changing
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.reporting.run_report import ImportReport
from onewindow.desk.imports.running import import_file
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.requests import Request
from onewindow.store import rows


def ask(session: Session, client: str, *, creates: bool = False) -> ImportReport:
    text = f"client;subject\n{client};Печать\n"
    told = ImportOptions(create_clients=creates)
    return import_file(session, "request", text.encode(), "requests.csv", told)


@pytest.mark.parametrize("creates", [False, True])
@pytest.mark.parametrize(
    "name", ["Ромашка", "ООО «Ромашка»", "Daisy", "«Ромашка»", "ромашка, ООО", "Лютик АО"]
)
def test_other_names_and_legal_forms_name_the_one_client_that_fits(
    session: Session, name: str, creates: bool
) -> None:
    values = {"name": "Ромашка ООО", "aliases": "ООО «Ромашка»\nDaisy"}
    client = changing.add(session, "client", values)
    changing.add(session, "requisites", {"legal_name": "АО «Лютик»"}, client.id)

    report = ask(session, name, creates=creates)

    assert [(row.verdict, row.reason) for row in report.rows] == [("create", "")]
    assert [each.client_id for each in rows.fetch(session.store, Request, "")] == [client.id]
    assert len(rows.fetch(session.store, Client, "")) == 1


def test_a_name_of_several_clients_is_unclear_and_their_numbers_are_told(session: Session) -> None:
    for name in ("Ромашка ООО", "Ромашка АО"):
        changing.add(session, "client", {"name": name})

    report = ask(session, "Ромашка", creates=True)

    assert [(row.verdict, row.reason) for row in report.rows] == [
        ("error", "“Ромашка” may mean several clients (C-1, C-2); use their ids or tax ids")
    ]
    assert ask(session, "АО «Ромашка»").rows[0].verdict == "create"
    assert [each.client_id for each in rows.fetch(session.store, Request, "")] == [
        rows.fetch(session.store, Client, "WHERE number = 2")[0].id
    ]


@pytest.mark.parametrize("name", ["ИП Ромашка", "Рамашка", "Ромашки"])
def test_a_near_name_is_told_instead_of_the_advice_to_make_another(session: Session, name: str) -> None:
    changing.add(session, "client", {"name": "Ромашка ООО", "aliases": "Рамажка"})

    (row,) = ask(session, name).rows

    assert row.verdict == "error"
    assert "but C-1 Ромашка ООО; if that is meant" in row.reason
    assert "--create-clients" not in row.reason


def test_a_stranger_is_still_advised_to_be_made(session: Session) -> None:
    changing.add(session, "client", {"name": "Ромашка ООО"})

    assert ask(session, "Василёк").rows[0].reason.endswith("or add --create-clients")


@pytest.mark.parametrize("source", ["", "shop"])
@pytest.mark.parametrize(
    "header", ["Customer ID,Customer Name", "CustomerID,Customer Name", "Код клиента,Клиент"]
)
def test_clients_made_of_a_file_have_its_names_and_its_ids(
    session: Session, header: str, source: str
) -> None:
    text = f"{header},date,amount\nC1,Alfa,2026-11-02,100\nC2,Beta,2026-11-03,100\nC1,Alfa,2026-11-04,100\n"
    told = ImportOptions(create_clients=True, source=source)

    report = import_file(session, "revenue", text.encode(), "sales.csv", told)

    assert [row.verdict for row in report.rows] == ["create"] * 3
    made = rows.fetch(session.store, Client, "ORDER BY number")
    assert [(each.name, each.external_id) for each in made] == [("Alfa", "C1"), ("Beta", "C2")]
    more = f"{header.split(',')[0]},date,amount\nC2,2026-11-05,100\n"
    told = ImportOptions(source=source)
    assert import_file(session, "revenue", more.encode(), "more.csv", told).rows[0].verdict == "create"


def test_namesakes_with_ids_are_two_and_a_tax_id_is_no_id_of_a_program(session: Session) -> None:
    told = ImportOptions(create_clients=True)
    text = "client name,client code,date,amount\nAlfa,A-1,2026-11-02,100\nAlfa,A-2,2026-11-02,100\n"
    import_file(session, "revenue", text.encode(), "a.csv", told)
    text = "ИНН,Клиент,date,amount\n7707083893,Бета,2026-11-02,100\n"
    import_file(session, "revenue", text.encode(), "b.csv", told)

    made = rows.fetch(session.store, Client, "ORDER BY number")
    assert [(each.name, each.external_id) for each in made] == [
        ("Alfa", "A-1"),
        ("Alfa", "A-2"),
        ("Бета", None),
    ]
