"""Import of clients and contacts: tricky files, matching, what is kept of bad values, taking back."""

from __future__ import annotations

import io
import json
from dataclasses import asdict

import pytest
from openpyxl import Workbook

from onewindow.desk.caches import client_caches
from onewindow.desk.editing import changing
from onewindow.desk.imports.reporting.run_report import ImportReport
from onewindow.desk.imports.running import import_file
from onewindow.desk.imports.undo import named_run, undo_import
from onewindow.desk.session.context import Session
from onewindow.exchange.problems import FileProblem
from onewindow.records.clients import BillingDetails, Client, Contact, ContactNote
from onewindow.records.fields import Record
from onewindow.store import rows
from onewindow.store.changes import changes_since
from onewindow.store.people import organization
from onewindow.store.problems import StoreProblem
from onewindow.store.search.finding import find_clients

_INN, _OTHER_INN, _WRONG_INN = "7707083893", "7736050003", "7707083894"


def _import(session: Session, text: str | bytes, kind: str = "client", **more: object) -> ImportReport:
    data = text.encode() if isinstance(text, str) else text
    return import_file(session, kind, data, "file", **more)  # pyright: ignore[reportArgumentType]


def _all(session: Session, record: type[Record]) -> list[Record]:
    return rows.fetch(session.store, record, "ORDER BY id")


def _clients(session: Session) -> list[Client]:
    return rows.fetch(session.store, Client, "WHERE archived_at IS NULL ORDER BY id")


def _contents(session: Session) -> dict[str, list[dict[str, object]]]:
    """Everything in daily view, without what every write moves."""
    kinds = (Client, Contact, BillingDetails, ContactNote)
    moving = ("version", "updated_at")
    return {
        kind.kind: [
            {name: value for name, value in asdict(each).items() if name not in moving}
            for each in _all(session, kind)
            if each.archived_at is None
        ]
        for kind in kinds
    }


def _verdicts(report: ImportReport) -> list[str]:
    return [row.verdict for row in report.rows]


def test_a_1c_file_in_windows_1251_brings_clients_requisites_and_people(session: Session) -> None:
    text = (
        "Код;Наименование;ИНН;КПП;Телефон;Клиент с;Менеджер;Контактное лицо;Должность\n"
        f"001;ООО «Ромашка»;{_INN};770701001;8 (495) 123-45-67;01.03.2019;Петров Олег;Ким Анна;директор\n"
    )

    _import(session, text.encode("cp1251"))

    (client,), (billing_details,), (contact,) = (
        rows.fetch(session.store, kind, "") for kind in (Client, BillingDetails, Contact)
    )
    petrov = organization.staff_by_login(session.store, "petrov")
    assert isinstance(client, Client)
    assert (client.name, client.slug, client.number) == ("ООО «Ромашка»", "ooo-romashka", 1)
    assert (client.external_id, client.since) == ("001", "2019-03-01")
    assert petrov is not None
    assert client.owner_id == petrov.id
    assert isinstance(billing_details, BillingDetails)
    assert (billing_details.tax_id, billing_details.kpp, billing_details.legal_name) == (
        _INN,
        "770701001",
        client.name,
    )
    assert isinstance(contact, Contact)
    assert (contact.name, contact.role, contact.phone, contact.is_main) == (
        "Ким Анна",
        "директор",
        "+74951234567",
        1,
    )


def test_a_workbook_is_read_like_a_text_file(session: Session) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Company", "VAT number", "Country"])
    sheet.append(["Vector", "BG175074752", "България"])
    stream = io.BytesIO()
    book.save(stream)

    _import(session, stream.getvalue())

    client = _clients(session)[0]
    assert (client.name, client.country, client.language) == ("Vector", "BG", "bg")


def test_bad_values_are_kept_as_typed_and_flagged(session: Session) -> None:
    text = f"name;tax id;phone;tier;since;owner\nВектор;{_WRONG_INN};тел нет;платина;весной;Никто\n"

    report = _import(session, text)

    client = _clients(session)[0]
    billing_details = rows.fetch(session.store, BillingDetails, "")[0]
    assert (billing_details.tax_id, billing_details.phone) == (_WRONG_INN, "тел нет")
    assert set(json.loads(billing_details.flags)) == {"tax_id", "phone"}
    assert set(json.loads(client.flags)) == {"tier", "since", "owner_id"}
    assert client.note.splitlines() == ["tier: платина", "owner: Никто", "since: весной"]
    assert "tax_id" in report.rows[0].reason


@pytest.mark.parametrize("kept", ["name", "tax_id", "external_id"])
def test_a_second_import_of_the_same_file_changes_nothing(session: Session, kept: str) -> None:
    columns = {"name": "name", "tax_id": "name;tax id", "external_id": "name;tax id;code"}[kept]
    lines = [f"Ромашка;{_INN};1", f"Вектор;{_OTHER_INN};2", "Лютик;;3"]
    width = columns.count(";") + 1
    cut = "\n".join(";".join(line.split(";")[:width]) for line in lines)
    _import(session, f"{columns};tier\n" + "\n".join(f"{line};Z" for line in cut.splitlines()) + "\n")
    before = _contents(session)

    again = _import(session, f"{columns};tier\n" + "\n".join(f"{line};Z" for line in cut.splitlines()) + "\n")

    assert _verdicts(again) == ["skip"] * 3
    assert _contents(session) == before


def test_the_tax_id_finds_a_client_under_another_name_and_tells_the_differences(session: Session) -> None:
    _import(session, f"name;tax id;city\nРомашка;{_INN};Казань\n")

    report = _import(session, f"name;tax id;city\nРомашка Юг;{_INN};Уфа\n")

    assert _verdicts(report) == ["update"]
    differences = report.rows[0].differences
    assert (differences["name"], differences["city"]) == (("Ромашка", "Ромашка Юг"), ("Казань", "Уфа"))
    assert [(c.name, c.city) for c in _clients(session)] == [("Ромашка Юг", "Уфа")]


def test_one_name_with_two_tax_ids_is_two_clients_and_without_any_is_ambiguous(session: Session) -> None:
    first = _import(session, f"name;tax id\nВектор;{_INN}\nВектор;{_OTHER_INN}\nВектор;{_INN}\n")
    second = _import(session, "name;city\nВектор;Уфа\n")

    assert _verdicts(first) == ["create", "create", "skip"]
    assert [c.slug for c in _clients(session)] == ["vektor", "vektor-2"]
    assert _verdicts(second) == ["error"]
    assert "2 clients" in second.rows[0].reason


def test_an_empty_cell_erases_nothing_and_people_keep_their_notes(session: Session) -> None:
    _import(session, "name;city;note\nРомашка;Казань;из базы\n")
    client = changing.change(session, _clients(session)[0], {"note": "из базы\nлюбит чай"})

    report = _import(session, "name;city;note\nРомашка;;из базы\n")

    assert _verdicts(report) == ["skip"]
    assert rows.get(session.store, Client, client.id).note == "из базы\nлюбит чай"


def test_a_dry_run_leaves_no_trace(session: Session) -> None:
    log = session.store.scalar("SELECT COUNT(*) FROM event")
    number = session.store.scalar("SELECT n FROM counter WHERE name = 'client'")

    report = _import(session, "name\nРомашка\n", dry_run=True)

    assert (_verdicts(report), report.run_id) == (["create"], None)
    assert _clients(session) == []
    assert session.store.scalar("SELECT COUNT(*) FROM event") == log
    assert session.store.scalar("SELECT n FROM counter WHERE name = 'client'") == number


def test_a_broken_file_imports_nothing(session: Session) -> None:
    with pytest.raises(FileProblem, match="row 2: it has 4 cells but there are 2 column names"):
        _import(session, "name;city\nВектор;Уфа;лишнее;ещё\nРомашка;Казань;420;да\n")

    assert _clients(session) == []


def test_one_row_with_a_cell_too_many_is_refused_alone(session: Session) -> None:
    report = _import(session, "name;city\nРомашка;Казань\nВектор;Уфа;лишнее;ещё\nКедр;Тула;\n")

    assert [(row.row, row.verdict) for row in report.rows] == [(2, "create"), (3, "error"), (4, "create")]
    assert report.rows[1].reason == (
        "it has 4 cells but there are 2 column names; “лишнее”, “ещё” stands behind the last one"
    )
    assert [row.values for row in report.rejected] == [{"name": "Вектор", "city": "Уфа"}]
    assert [client.name for client in _clients(session)] == ["Ромашка", "Кедр"]


def test_every_change_carries_the_run_and_taking_back_restores_the_rows(session: Session) -> None:
    _import(session, f"name;tax id;city;contact person\nРомашка;{_INN};Казань;Ким Анна\n")
    before = _contents(session)

    report = _import(
        session,
        f"name;tax id;city;phone;contact person\nРомашка;{_INN};Уфа;+7 912 345-67-89;Ким Анна\n"
        f"Вектор;{_OTHER_INN};Пермь;;Лом Пётр\n",
    )
    assert report.run_id is not None
    assert _contents(session) != before
    undone = undo_import(session, named_run(session, str(report.run_id)))

    assert _contents(session) == before
    assert (undone.archived, undone.kept) == (3, ())
    with pytest.raises(StoreProblem, match="already"):
        undo_import(session, named_run(session, str(report.run_id)))


def test_taking_back_keeps_what_people_changed_since_and_lists_it(session: Session) -> None:
    _import(session, "name;city;segment\nРомашка;Казань;опт\nЛютик;Омск;опт\n")
    _import(session, "name;city;segment\nРомашка;Уфа;розница\nВектор;Пермь;опт\nДуб;Тверь;опт\n")
    romashka, _, vektor, oak = _clients(session)
    changing.change(session, romashka, {"city": "Москва"})
    changing.add(session, "request", {"title": "Не печатает"}, vektor.id)

    report = undo_import(session, named_run(session, "last"))

    kept = {(each.title, each.fields) for each in report.kept}
    assert kept == {("C-1 Ромашка", ("city",)), ("C-3 Вектор", ("record",))}
    after = {client.name: client for client in _clients(session)}
    assert (after["Ромашка"].city, after["Ромашка"].segment) == ("Москва", "опт")
    assert set(after) == {"Ромашка", "Лютик", "Вектор"}
    assert oak.name == "Дуб"


def test_an_undo_and_its_redo_are_no_work_that_keeps_records(session: Session) -> None:
    _import(session, f"name;tax id\nРомашка;{_INN}\n")
    session.undo()
    assert _clients(session) == []
    session.redo()

    report = undo_import(session, named_run(session, "last"))

    assert (report.archived, report.kept) == (2, ())
    assert _clients(session) == []


def test_after_taking_back_the_file_can_come_again(session: Session) -> None:
    _import(session, f"name;tax id\nРомашка;{_INN}\n")
    undo_import(session, named_run(session, "last"))

    assert _verdicts(_import(session, f"name;tax id\nРомашка;{_INN}\n")) == ["create"]


def test_contacts_find_their_clients_by_anything_that_names_them(session: Session) -> None:
    _import(session, f"name;tax id;code\nООО Ромашка;{_INN};1C-7\n")
    names = ["1C-7", _INN, "C-1", "ooo-romashka", "ООО Ромашка", "ромашка"]

    text = "client;name\n" + "".join(f"{name};Человек {at}\n" for at, name in enumerate(names))
    report = _import(session, text + "Нет такого;Анна\n", "contact")

    assert _verdicts(report) == ["create"] * 6 + ["error"]
    assert "import the clients first" in report.rows[-1].reason


def test_a_shared_phone_makes_nobody_the_same_and_a_mail_with_a_name_does(session: Session) -> None:
    _import(session, "name\nРомашка\n")
    text = "client;name;phone;email\nромашка;Анна Ким;84951234567;kim@r.ru\nромашка;Пётр Лом;84951234567;\n"
    first = _import(session, text, "contact")

    again = _import(session, text, "contact")
    renamed = _import(session, "client;name;email\nромашка;Анна Сергеевна Ким;kim@r.ru\n", "contact")

    assert (_verdicts(first), _verdicts(again)) == (["create"] * 2, ["skip"] * 2)
    assert renamed.rows[0].differences["name"] == ("Анна Ким", "Анна Сергеевна Ким")


def test_cards_belong_to_their_organization_and_keep_unreadable_birthdays_in_a_note(session: Session) -> None:
    _import(session, "name\nРомашка\n")
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Анна Ким\nORG:Ромашка\nBDAY:--03-05\nNOTE:любит чай\nEND:VCARD\n"

    report = _import(session, card, "contact")
    again = _import(session, card, "contact")

    assert (_verdicts(report), _verdicts(again)) == (["create"], ["skip"])
    notes = [note.text for note in rows.fetch(session.store, ContactNote, "ORDER BY id")]
    assert notes == ["любит чай", "birthday: --03-05"]


def test_many_rows_share_names_and_still_get_slugs_and_numbers_of_their_own(session: Session) -> None:
    text = "name;code\n" + "".join(f"Вектор;{number}\n" for number in range(1, 301))

    _import(session, text)

    clients = _clients(session)
    assert len({client.slug for client in clients}) == 300
    assert sorted(client.number for client in clients) == list(range(1, 301))
    assert session.store.scalar("SELECT COUNT(*) FROM client_stat") == 300


def test_an_import_leaves_lists_and_search_as_a_rebuild_would_make_them(session: Session) -> None:
    _import(session, f"name;inn\nСтарый Вектор;{_OTHER_INN}\n")
    text = (
        "code;name;aliases;inn;phone;e-mail;contact person;stage;goal\n"
        f"1;ООО «Ромашка»;Daisy;{_INN};8 (495) 123-45-67;info@r.example;Ким Анна;active;расти\n"
        f"2;О'Нил & сыновья;;{_WRONG_INN};;;;lost;\n"
        f"3;Вектор;;{_OTHER_INN};;;Юлия Ё;;\n"
        f"1;Ромашка;Цветы;{_INN};;;Пак Юрий;;больше\n"
        ";только имя;;;;;;;\n"
    )

    report = _import(session, text)

    assert _verdicts(report) == ["create", "create", "update", "update", "create"]
    assert client_caches.differences(session.store) == []
    found = {hit.name for hit in find_clients(session.store, "цветы")}
    assert found == {"ООО «Ромашка»"}
    made = [(change.entity, change.entity_id) for change in changes_since(session.store, 0)]
    stored = {
        (kind.kind, each.id) for kind in (Client, Contact, BillingDetails) for each in _all(session, kind)
    }
    assert stored <= set(made)
