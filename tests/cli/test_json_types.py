"""`--json`: a value of another type than the field, or one of two, is refused by the field's name."""

from __future__ import annotations

import json

import pytest
from command_line import CommandLine


@pytest.mark.parametrize(
    ("kind", "given", "named"),
    [
        ("client", '{"name": 1}', "name: 1 is a number"),
        ("client", '{"name": true}', "name: true and false"),
        ("client", '{"name": "a", "name": "b"}', "“name” is given twice"),
        ("client", '{"name": "\\ud800"}', "name is needed"),
        ("client", '{"name": ["a"]}', "name: write a text"),
        ("client", '{"name": {"a": 1}}', "name: write a text"),
        ("client", '{"name": "a", "since": 20200101}', "since: 20200101 is a number"),
        ("client", '{"name": "a", "tier": 1}', "tier: 1 is a number"),
        ("client", '{"name": "a", "owner_id": true}', "owner: true and false"),
        ("client", '{"name": "a", "external_id": {"b": 1}}', "external_id: write a text"),
        ("request", '{"client_id": "C-1", "title": true}', "title: true and false"),
        ("request", '{"client_id": true, "title": "x"}', "client: true and false"),
        ("request", '{"client_id": "C-1", "title": "x", "promised_at": 5}', "promised_at: 5 is a number"),
        (
            "contact",
            '{"client_id": "C-1", "name": "x", "phone": 79123456789}',
            "phone: 79123456789 is a number",
        ),
        ("revenue", '{"client_id": "C-1", "amount": 1.5}', "amount: write a text or a whole number"),
        ("client", "[]", "holds no record"),
    ],
)
def test_a_value_of_another_type_is_refused(romashka: CommandLine, kind: str, given: str, named: str) -> None:
    before = romashka.data(kind, "list", "--all")
    message = romashka.run(kind, "add", "--json", "-", stdin=given, code=1).stderr
    assert named in message
    assert romashka.data(kind, "list", "--all") == before


def test_a_number_stays_the_stored_value_of_a_number_of_money_and_of_an_id(romashka: CommandLine) -> None:
    client = int(romashka.data("client", "list")[0]["id"])
    amount = {"client_id": client, "amount": 150050, "currency": "EUR", "on_date": "2026-01-15"}
    romashka.run("revenue", "add", "--json", "-", stdin=json.dumps(amount))
    assert romashka.data("revenue", "list", "--all")[0]["amount"] == 150050
    person = {"client_id": client, "name": "Олег", "is_main": True, "external_id": 17}
    romashka.run("contact", "add", "--json", "-", stdin=json.dumps(person))
    (oleg,) = [contact for contact in romashka.data("contact", "list") if contact["name"] == "Олег"]
    assert (oleg["is_main"], oleg["external_id"]) == (1, "17")


def test_a_printed_record_is_taken_back_as_it_is(romashka: CommandLine) -> None:
    printed = romashka.out("contact", "show", "Анна Ким", "--format", "json")
    romashka.run("contact", "edit", "Анна Ким", "--json", "-", stdin=printed)


@pytest.mark.parametrize("name", ["\u200b", "\u2060\ufeff", "\u3164", "\u00ad \u200d", "\ufe0f", "\u2800"])
def test_a_name_with_nothing_to_see_is_no_name(romashka: CommandLine, name: str) -> None:
    assert "name is needed" in romashka.refusal("client", "edit", "C-1", "--name", name, code=2)
    assert romashka.data("client", "list")[0]["name"] == "Ромашка"
    romashka.run("client", "edit", "C-1", "--name", f"Ро{name}машка")
