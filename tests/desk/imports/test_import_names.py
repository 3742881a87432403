"""Whom a name in a file means: one answer for files of clients and of every other kind."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich_client import NOW

from onewindow.desk.editing import changing
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.reporting.run_report import ImportReport
from onewindow.desk.imports.running import import_file
from onewindow.desk.imports.undo import named_run, undo_import
from onewindow.desk.opening import at_work, prepare_new_file
from onewindow.desk.session.context import Session
from onewindow.records.clients import BillingDetails, Client
from onewindow.records.organization import Staff
from onewindow.records.requests import Request
from onewindow.settings import Settings
from onewindow.store import rows
from onewindow.store.engine import open_store
from onewindow.text.dates import utc_text

_INN, _OTHER_INN = "7707083893", "7736050003"


@contextmanager
def new_file() -> Generator[Session]:
    with tempfile.TemporaryDirectory() as place, open_store(Path(place) / "t.db", create=True) as store:
        me = Staff(login="ivanova", name="Иванова Мария")
        stored = prepare_new_file(store, me, "Europe/Moscow", utc_text(NOW - timedelta(days=9)))
        yield at_work(store, stored, Settings(), lambda: NOW, "Europe/Moscow")


def take(session: Session, text: str, kind: str = "client", *, creates: bool = False) -> ImportReport:
    return import_file(session, kind, text.encode(), "file.csv", ImportOptions(create_clients=creates))


def names(session: Session) -> list[str]:
    return [
        each.name for each in rows.fetch(session.store, Client, "WHERE archived_at IS NULL ORDER BY number")
    ]


def verdicts(report: ImportReport) -> list[str]:
    return [each.verdict for each in report.rows]


@pytest.mark.parametrize(
    ("card", "typed"),
    [
        ("Кедр", "ООО Кедр"),
        ("Кедр", 'Общество с ограниченной ответственностью "КЕДР"'),
        ("Альтаир Логистик", "ООО «Альтаир Логистик»"),
        ("Альтаир Логистик", "Альтаир Логистик ООО"),
        ("Альтаир Логистик", "Альтаир логистик"),
        ("ООО «Вектор»", "О.О.О. Вектор"),
        ("Вектор ООО", "Vektor LLC"),
        ("Публичное акционерное общество «Маяк»", "ПАО Маяк"),
        ("ИП Лапин Олег", "Индивидуальный предприниматель Лапин Олег"),
        ("Роза ЕООД", "Еднолично дружество с ограничена отговорност „Роза“"),
        ("Роза", "Роза ЕТ"),
        ("Bosch GmbH", "Bosch"),
        ("Щит и меч", "щит  и МЕЧ"),
        ("Альфа", "Альфа Limited"),
    ],
)
def test_a_legal_form_case_quotes_and_spaces_make_no_other_client(
    session: Session, card: str, typed: str
) -> None:
    client = changing.add(session, "client", {"name": card})
    quoted = typed.replace('"', '""')

    report = take(session, f'name;city\n"{quoted}";Омск\n')
    told = take(session, f'client;subject\n"{quoted}";Печать\n', "request", creates=True)

    assert (verdicts(report), verdicts(told)) == (["update"], ["create"])
    (now,) = rows.fetch(session.store, Client, "")
    assert (now.id, now.name, now.city) == (client.id, card, "Омск")
    assert rows.fetch(session.store, Request, "")[0].client_id == client.id


def test_another_name_a_legal_name_and_a_former_name_are_the_client_and_overwrite_nothing(
    session: Session,
) -> None:
    client = changing.add(session, "client", {"name": "Ромашка", "aliases": "Daisy\nЦветы Юга"})
    changing.add(session, "requisites", {"legal_name": "АО «Луговые травы»"}, client.id)
    renamed = changing.add(session, "client", {"name": "Василёк"})
    changing.change(session, renamed, {"name": "Незабудка"})

    for typed in ("Daisy", "ООО Цветы Юга", "Луговые травы", "ООО Василёк"):
        assert verdicts(take(session, f"name\n{typed}\n")) == ["skip"]
        assert verdicts(take(session, f"client;subject\n{typed};Печать {typed}\n", "request")) == ["create"]
    assert names(session) == ["Ромашка", "Незабудка"]
    assert [each.client_id for each in rows.fetch(session.store, Request, "ORDER BY id")] == [
        *[client.id] * 3,
        renamed.id,
    ]


def test_a_name_in_use_goes_before_a_former_one(session: Session) -> None:
    renamed = changing.add(session, "client", {"name": "Василёк"})
    changing.change(session, renamed, {"name": "Незабудка"})
    changing.add(session, "client", {"name": "ИП Василёк"})

    take(session, "name;city\nВасилёк;Тула\n")

    assert [each.city for each in rows.fetch(session.store, Client, "ORDER BY number")] == ["", "Тула"]


@pytest.mark.parametrize("kind", ["client", "request"])
def test_two_clients_that_differ_in_legal_form_only_stay_two(session: Session, kind: str) -> None:
    for name in ("ООО Кедр", "ИП Кедр"):
        changing.add(session, "client", {"name": name})

    text = "name\n{}\n" if kind == "client" else "client;subject\n{};Печать\n"
    known = [take(session, text.format(name), kind) for name in ("ИП «Кедр»", "Кедр, ООО")]
    unclear = take(session, text.format("Кедр"), kind, creates=True)
    other = take(session, text.format("ЗАО Кедр"), kind, creates=True)

    assert [verdicts(each) for each in known] == [["skip" if kind == "client" else "create"]] * 2
    assert verdicts(unclear) == ["error"]
    assert all(each in unclear.rows[0].reason for each in ("C-1", "C-2"))
    assert verdicts(other) == ["create"]
    assert names(session) == ["ООО Кедр", "ИП Кедр", "ЗАО Кедр"]


@pytest.mark.parametrize("typed", ["ИП Кедр", "Ромашка ИП", "АО «Ромашка»"])
def test_another_legal_form_is_somebody_else_whatever_else_a_client_is_called(
    session: Session, typed: str
) -> None:
    cedar = changing.add(session, "client", {"name": "Кедр"})
    changing.add(session, "requisites", {"legal_name": "ООО «Кедр»"}, cedar.id)
    changing.add(session, "client", {"name": "Ромашка ООО", "aliases": "Ромашка\nRomashka"})

    text = f"client;subject\n{typed};Печать\n"
    assert verdicts(take(session, text, "request")) == ["error"]
    assert verdicts(take(session, text, "request", creates=True)) == ["create"]
    assert names(session) == ["Кедр", "Ромашка ООО", typed]
    (row,) = take(session, f"name\n{typed}\n").rows
    assert list(row.differences) == ["flags"]
    changing.archive(session, rows.fetch(session.store, Client, "ORDER BY number")[2])
    other = take(session, "name\n" + typed.replace("ИП", "ПАО").replace("АО ", "ЗАО ") + "\n")
    assert verdicts(other) == ["create"]
    for known in ("Кедр", "ООО Кедр", "Ромашка", "ООО Ромашка"):
        assert verdicts(take(session, f"client;subject\n{known};{known}\n", "request")) == ["create"]


def test_the_order_of_rows_makes_no_double(session: Session) -> None:
    client = changing.add(session, "client", {"name": "Ромашка ООО"})
    changing.add(session, "requisites", {"legal_name": "Ромашка", "tax_id": _INN}, client.id)

    for lines in itertools.permutations([f"Ромашка;{_INN}", "Ромашка ООО;", "«Ромашка»;"]):
        assert verdicts(take(session, "name;inn\n" + "\n".join(lines) + "\n")) == ["skip"] * 3
    assert names(session) == ["Ромашка ООО"]


def test_a_name_without_a_form_is_refused_where_the_file_has_it_with_several(session: Session) -> None:
    for lines in itertools.permutations(["Кедр", "ООО Кедр", "ИП Кедр"]):
        report = take(session, "name\n" + "\n".join(lines) + "\n")
        refused = [each for each in report.rows if each.verdict == "error"]
        assert [each.name for each in refused] == ["Кедр"]
        assert "several legal forms" in refused[0].reason or "may be meant" in refused[0].reason
    assert sorted(names(session)) == ["ИП Кедр", "ООО Кедр"]


def test_namesakes_with_ids_that_contradict_stay_two(session: Session) -> None:
    take(session, f"name;inn\nВектор;{_INN}\n")

    report = take(session, f"name;inn\nООО «Вектор»;{_OTHER_INN}\n")

    assert verdicts(report) == ["create"]
    assert f"with the tax id {_INN}" in report.rows[0].reason
    assert verdicts(take(session, "name\nВектор ООО\n")) == ["skip"]
    assert len(rows.fetch(session.store, BillingDetails, "")) == 2


def test_names_that_are_spelled_alike_are_no_form_of_each_other(session: Session) -> None:
    take(session, "name\nРусь\nСклад\nВектор 1\n")

    assert verdicts(take(session, "name\nРус\nСклад+\nВектор 2\nВектор\n")) == ["create"] * 4


def _cards(session: Session) -> list[tuple[str, str]]:
    papers = {each.client_id: each.tax_id for each in rows.fetch(session.store, BillingDetails, "")}
    made = rows.fetch(session.store, Client, "WHERE archived_at IS NULL ORDER BY number")
    return [(each.name, papers.get(each.id, "")) for each in made]


def test_clients_made_of_a_file_are_one_whatever_their_legal_form_and_have_its_tax_ids(
    session: Session,
) -> None:
    text = (
        "ИНН,Клиент,date,amount\n"
        f"{_INN},ООО «Кедр»,02.11.2026,100\n,Кедр ООО,03.11.2026,100\n,ИП Кедр,04.11.2026,100\n"
        ",Сосна,05.11.2026,100\n,АО «СОСНА»,06.11.2026,100\n"
    )

    assert verdicts(take(session, text, "revenue", creates=True)) == ["create"] * 5
    assert _cards(session) == [("ООО «Кедр»", _INN), ("ИП Кедр", ""), ("Сосна", "")]
    assert verdicts(take(session, text, "revenue", creates=True)) == ["skip"] * 5
    (row,) = take(session, f"name;inn\nООО Кедр;{_INN}\n").rows
    assert list(row.differences) == ["flags"]


def test_a_made_client_whose_name_the_file_has_with_several_forms_is_none(session: Session) -> None:
    for lines in itertools.permutations(["Кедр", "ООО Кедр", "ИП Кедр"]):
        text = "Клиент,subject\n" + "".join(f"{each},Печать\n" for each in lines)
        report = take(session, text, "request", creates=True)
        assert [each.row - 2 for each in report.rows if each.verdict == "error"] == [lines.index("Кедр")]
    assert sorted(names(session)) == ["ИП Кедр", "ООО Кедр"]


@pytest.mark.parametrize("header", ["organization_id", "company_id", "accountId"])
def test_an_id_is_no_name_of_a_client(session: Session, header: str) -> None:
    report = take(session, f"{header},subject\n11,Печать\nC-7A,Сканер\n", "request", creates=True)

    assert verdicts(report) == ["error", "error"]
    assert names(session) == []


def test_a_client_is_made_only_if_a_row_of_it_comes_in(session: Session) -> None:
    text = (
        "client;kind;number;date;amount\nОтветственный: Иванова;invoice;;;\n"
        "Альфа;invoice;1;01.11.2026;-5\nБета;contract;2;01.11.2026;-5\nГамма;contract;3;01.11.2026;7\n"
    )

    report = take(session, text, "document", creates=True)

    taken = [row.verdict == "create" for row in report.rows]
    assert taken == [False, True, False, True]
    assert names(session) == ["Альфа", "Гамма"]


_FORMED = st.sampled_from(["Кедр", "ООО Кедр", "Кедр ООО", "ИП Кедр", "КЕДР", "Kedr", "Кедр Плюс", "Ель"])
_ROWS = st.lists(st.tuples(_FORMED, st.sampled_from(["", "", _INN, _OTHER_INN])), unique=True, max_size=5)


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(lines=_ROWS, data=st.data())
def test_names_come_in_again_in_another_order_and_go_as_they_came(
    lines: list[tuple[str, str]], data: st.DataObject
) -> None:
    shuffled: list[tuple[str, str]] = data.draw(st.permutations(lines))
    with new_file() as session, new_file() as other:
        text, turned = (
            "name;inn\n" + "".join(f"{name};{tax_id}\n" for name, tax_id in each)
            for each in (lines, shuffled)
        )
        report = take(session, text)
        first = verdicts(report)
        take(other, turned)

        assert len(names(other)) == len(names(session))
        again = verdicts(take(session, text))
        assert [each == "error" for each in again] == [each == "error" for each in first]
        assert set(again) <= {"skip", "error"}
        if report.run_id:
            undo_import(session, named_run(session, str(report.run_id)))
            assert names(session) == []
