"""Checks of the cards find what is wrong and nothing else; their list stays right while one mends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich_client import Clock

from onewindow.desk.clients.checks import findings, of_clients, pages
from onewindow.desk.clients.finding_rows import FindingTable
from onewindow.desk.clients.findings import CHECKS, Finding, fix_command
from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.desk.window.client_compare import compared
from onewindow.records.clients import BillingDetails, Client, Contact
from onewindow.records.requests import Touch
from onewindow.store import rows

RIGHT_INN, WRONG_INN = "7707083893", "7707083894"


def sound(session: Session, name: str, inn: str = RIGHT_INN) -> Client:
    """A client with whom nothing is wrong."""
    client = changing.insert(session, Client(name=name, owner_id=session.me.id, country="RU"))
    changing.insert(
        session,
        BillingDetails(
            client_id=client.id,
            legal_name=f"ООО {name}",
            tax_id=inn,
            kpp="770701001",
            legal_address="Москва",
        ),
    )
    return client


def found(session: Session, *checks: str) -> list[tuple[int, str, str, str]]:
    return [(f.number, f.check, f.record, f.field) for f in findings(session, checks or tuple(CHECKS))]


def messages(session: Session, check: str) -> list[str]:
    return [f.message for f in findings(session, (check,))]


def test_a_sound_card_gives_nothing(session: Session) -> None:
    sound(session, "Ромашка")
    assert found(session) == []


def test_what_an_invoice_needs_is_one_finding_of_the_requisites_in_force(session: Session) -> None:
    bare = changing.insert(session, Client(name="Вектор", owner_id=session.me.id))
    assert found(session, "invoice") == [(1, "invoice", "requisites", "legal_name")]
    assert messages(session, "invoice") == [
        "no requisites; an invoice needs legal name, tax id, legal address"
    ]
    changing.insert(session, BillingDetails(client_id=bare.id, legal_name="ООО Вектор", tax_id=WRONG_INN))
    one = next(findings(session, ("invoice",)))
    assert (one.field, one.message) == ("tax_id", "an invoice needs another tax id, КПП, legal address")
    assert rows.get(session.store, BillingDetails, one.record_id).client_id == bare.id


def test_wrong_identifiers_name_the_record_that_has_them(session: Session) -> None:
    client = sound(session, "Ромашка", WRONG_INN)
    person = changing.insert(session, Contact(client_id=client.id, name="Анна Ким", phone="12", email="anna"))
    by_field = {f.field: f for f in findings(session, ("identifier",))}
    assert set(by_field) == {"tax_id", "phone", "email"}
    assert by_field["tax_id"].message == f"tax id {WRONG_INN}: the check digits of the INN do not match"
    assert by_field["phone"].record_id == person.id
    assert by_field["phone"].message.startswith("Анна Ким: phone 12: ")


def test_letters_of_two_scripts_come_with_the_name_that_was_meant(session: Session) -> None:
    client = sound(session, "Рoмашка")  # with a Latin o
    changing.insert(session, Contact(client_id=client.id, name="Анна Kим"))  # with a Latin K
    proposals = {(f.record, f.field): f.proposal for f in findings(session, ("look_alike",))}
    assert proposals == {
        ("client", "name"): "Ромашка",
        ("requisites", "legal_name"): "ООО Ромашка",
        ("contact", "name"): "Анна Ким",
    }


def test_a_card_is_stale_when_nobody_was_in_touch_nor_edited_it(session: Session, clock: Clock) -> None:
    client = sound(session, "Ромашка")
    days = session.settings.stale_after_days
    clock.now += timedelta(days=days)
    assert found(session, "stale") == []
    clock.now += timedelta(days=1)
    assert messages(session, "stale") == [
        f"nobody was ever in touch, and nobody edited the card for {days + 1} days"
    ]
    changing.insert(session, Touch(client_id=client.id, text="созвонились"))
    assert found(session, "stale") == []
    clock.now += timedelta(days=days + 1)
    assert messages(session, "stale")[0].startswith("nobody was in touch, ")
    changing.change(session, client, {"city": "Казань"})
    assert found(session, "stale") == []


def test_a_client_is_uncovered_when_nobody_can_answer_for_him(session: Session, clock: Clock) -> None:
    client = sound(session, "Ромашка")
    petrov = next(p for p in session.directory.staff.values() if p.login == "petrov")
    client = changing.change(session, client, {"owner_id": petrov.id})
    assert found(session, "uncovered") == []

    today = session.today().isoformat()
    petrov = changing.change(session, petrov, {"away_from": today, "away_till": today})
    assert found(session, "uncovered") == [(1, "uncovered", "client", "deputy_id")]
    assert messages(session, "uncovered") == [
        f"the owner, Петров Олег, is away till {session.today():%d.%m} and nobody stands in"
    ]
    client = changing.change(session, client, {"deputy_id": session.me.id})
    assert found(session, "uncovered") == []
    client = changing.change(session, client, {"deputy_id": petrov.id})
    assert found(session, "uncovered") == [(1, "uncovered", "client", "deputy_id")]
    petrov = changing.change(session, petrov, {"deputy_id": session.me.id})
    assert found(session, "uncovered") == []
    petrov = changing.change(session, petrov, {"deputy_id": None})
    clock.now += timedelta(days=1)
    assert found(session, "uncovered") == []

    changing.archive(session, petrov)
    assert messages(session, "uncovered") == ["the owner, Петров Олег, works here no more"]
    changing.change(session, client, {"owner_id": None})
    assert messages(session, "uncovered") == ["there is no owner"]


def test_doubles_share_what_only_one_client_can_have(session: Session) -> None:
    first = sound(session, "Ромашка")
    second = sound(session, "Бета")
    third = changing.insert(session, Client(name="ROMASHKA LLC", owner_id=session.me.id))
    changing.insert(
        session, Contact(client_id=first.id, name="Анна", email="Anna@x.ru", phone="+79123456789")
    )
    changing.insert(session, Contact(client_id=second.id, name="Анна", email="anna@X.ru"))
    changing.insert(session, Contact(client_id=second.id, name="Пётр", phone_2="+79123456789"))
    same = {(f.number, f.members): (f.field, f.message) for f in findings(session, ("duplicate",))}
    pair, alike = (first.id, second.id), (first.id, third.id)
    what = f"the same tax id {RIGHT_INN} and phone +79123456789 and e-mail anna@x.ru as"
    assert same == {
        (1, pair): ("tax_id", f"{what} C-2 Бета"),
        (2, pair): ("tax_id", f"{what} C-1 Ромашка"),
        (1, alike): ("name", "the same name as C-3 ROMASHKA LLC"),
        (3, alike): ("name", "the same name as C-1 Ромашка"),
    }
    changing.archive(session, third)
    assert {f.number for f in findings(session, ("duplicate",))} == {1, 2}
    assert [f.number for f in findings(session, ("duplicate",), second.id)] == [2]


def test_many_doubles_are_counted_and_one_person_twice_is_none(session: Session) -> None:
    for _ in range(6):
        changing.insert(session, Client(name="Ромашка", owner_id=session.me.id))
    assert messages(session, "duplicate")[0].endswith("as C-2 Ромашка, C-3 Ромашка, C-4 Ромашка and 2 more")
    lonely = sound(session, "Вектор")
    for name in ("Анна", "Пётр"):
        changing.insert(session, Contact(client_id=lonely.id, name=name, phone="+79123456789"))
    assert lonely.number not in {f.number for f in findings(session, ("duplicate",))}


def test_lost_and_archived_clients_are_left_alone(session: Session) -> None:
    lost = changing.insert(session, Client(name="Вектор"))
    changing.change(session, lost, {"stage": "lost", "loss_reason": "закрылся"})
    gone = changing.insert(session, Client(name="Бета"))
    changing.archive(session, gone)
    assert found(session) == []
    assert of_clients(session, [lost.id, gone.id, 5]) == []


def test_pages_follow_each_other_and_tell_how_far_they_are(session: Session) -> None:
    session.change("many", lambda t: t.insert_many(Client(name=f"Клиент {n}") for n in range(600)))
    with session.store.another() as store:
        read = list(pages(session, store))
    assert [page.done for page in read] == [250, 500, 600, 600]
    assert {page.total for page in read} == {600}
    assert [page.is_last for page in read] == [False, False, False, True]
    ids = [f.client_id for page in read[:-1] for f in page.findings]
    assert ids == sorted(ids)
    assert max(f.client_id for f in read[0].findings) == read[0].upto
    assert sum(len(page.findings) for page in read) >= 1200


@pytest.mark.parametrize(
    ("values", "command"),
    [
        ({"check": "identifier", "field": "tax_id"}, "onewindow requisites edit 5 --tax-id VALUE"),
        ({"check": "invoice", "record_id": 0}, "onewindow requisites add C-7 NAME"),
        (
            {"check": "look_alike", "record": "client", "field": "name", "proposal": "A' B"},
            """onewindow client edit C-7 --name 'A'"'"' B'""",
        ),
        ({"check": "stale", "record": "touch"}, "onewindow touch add C-7 TEXT"),
        (
            {"check": "uncovered", "record": "client", "field": "owner_id"},
            "onewindow client edit C-7 --owner-id LOGIN",
        ),
        ({"check": "duplicate", "record": "client"}, "onewindow show C-7"),
    ],
)
def test_every_finding_has_a_command_that_mends_it(values: dict[str, object], command: str) -> None:
    plain = {"check": "", "record": "requisites", "record_id": 5, "field": "", "message": ""}
    finding = Finding(client_id=1, number=7, name="x", owner_id=None, **(plain | values))  # pyright: ignore[reportArgumentType]
    assert fix_command(finding) == command


def test_the_list_of_findings_is_filtered_and_mended_in_place(session: Session) -> None:
    for name in ("Альфа", "Бета", "Гамма"):
        changing.insert(session, Client(name=name, owner_id=session.me.id if name == "Бета" else None))
    table = FindingTable()
    for page in pages(session, session.store):
        table.take(page.findings)
    assert table.count == table.known == 5
    table.show("uncovered", None)
    assert [row.cells[1].text for row in table.rows(0, table.count)] == ["Альфа", "Гамма"]
    table.show("", session.me.id)
    assert [row.cells[2].text for row in table.rows(0, 9)] == ["invoice"]
    assert table.counts() == dict.fromkeys(CHECKS, 0) | {"invoice": 1}

    table.show("uncovered", None)
    alpha = table.finding(0)
    assert alpha is not None
    gamma = table.rows(1, 2)[0].key
    assert table.index_of(gamma, 0) == table.index_of(gamma, 1) == 1
    client = rows.get(session.store, Client, alpha.client_id)
    changing.change(session, client, {"owner_id": session.me.id})
    table.replace_cards([client.id], of_clients(session, [client.id]))
    assert [row.cells[1].text for row in table.rows(0, table.count)] == ["Гамма"]
    assert (table.known, table.index_of(gamma, 1), table.index_of(alpha.key, 0)) == (4, 0, None)
    table.clear()
    assert (table.count, table.finding(0)) == (0, None)


def test_two_cards_stand_side_by_side(session: Session) -> None:
    first, second = sound(session, "Ромашка"), sound(session, "Бета \x1b[31m")
    changing.insert(session, Contact(client_id=second.id, name="Анна Ким", phone="+79123456789"))
    lines = compared(session, first.id, second.id, 90)
    assert lines[0].split() == ["client", "C-1", "C-2"]
    assert any(line.startswith("= tax id") and line.count(RIGHT_INN) == 2 for line in lines)
    assert any("contact 1" in line and "Анна Ким" in line for line in lines)
    assert "\x1b" not in "".join(lines)
    assert all(len(line) <= 90 for line in lines)
