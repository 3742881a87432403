"""`onewindow adoption`: one client whole, lists, the report, and lessons and places by the typed face."""

from __future__ import annotations

import json

import pytest
from command_line import CommandLine


@pytest.fixture
def firm(romashka: CommandLine) -> CommandLine:
    """Ромашка with two people and twenty licences, half of them in use."""
    romashka.run("contact", "add", "romashka", "Пётр Зуев")
    romashka.run("product", "add", "Склад+")
    licence = ("licence", "add", "romashka", "--product", "Склад+", "--bought", "20", "--active", "10")
    romashka.run(*licence, "--starts-on", "2024-01-01", "--last-used-on", "2024-05-01")
    return romashka


def people(firm: CommandLine) -> dict[str, str]:
    shown = firm.data("adoption", "show", "romashka")
    return {person["name"]: person["standing"] for person in shown["people"]}


def test_a_lesson_is_planned_and_settled_for_several_people_at_once(firm: CommandLine) -> None:
    training = firm.out("adoption", "book", "romashka", "склад", "--on", "2026-01-10", "--people", "все")
    assert set(people(firm).values()) == {"planned"}

    result = ("--passed", "Ким", "--missed", "Зуев", "--on", "2026-01-12")
    assert firm.out("adoption", "held", "romashka", "склад", *result) == training

    assert people(firm) == {"Анна Ким": "passed", "Пётр Зуев": "missed"}
    (stored,) = firm.data("training", "list", "--all")
    assert (stored["state"], stored["held_on"], stored["people"]) == ("passed", "2026-01-12", 2)
    firm.run("undo")
    assert set(people(firm).values()) == {"planned"}


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (("--passed", "Ким", "--missed", "ким"), "Анна Ким stands in two lists; name each person in one."),
        (("--came", "Сидоров"), "Nobody there is “Сидоров”"),
    ],
)
def test_names_that_cannot_be_leave_the_lesson_as_it_was(
    firm: CommandLine, result: tuple[str, ...], message: str
) -> None:
    firm.run("adoption", "book", "romashka", "склад", "--people", "all")

    assert message in firm.refusal("adoption", "held", "romashka", "склад", *result)
    assert set(people(firm).values()) == {"planned"}


def test_a_version_is_noted_at_a_workplace(firm: CommandLine) -> None:
    firm.run("workplace", "add", "romashka", "Касса", "--product", "Склад+")
    before = firm.data("adoption", "show", "romashka")["products"][0]
    firm.run("adoption", "install", "romashka", "Касса", "5.2", "--on", "2026-01-12")
    after = firm.data("adoption", "show", "romashka")["products"][0]

    assert (before["workplaces_installed"], before["workplaces"]) == (0, 1)
    assert (after["workplaces_installed"], after["workplaces"]) == (1, 1)


def test_lists_name_who_is_unused_and_who_was_never_taught(firm: CommandLine) -> None:
    def kinds(*options: str) -> list[str]:
        return [alarm["kind"] for alarm in firm.data("adoption", "list", *options)]

    assert kinds("--unused") == ["unused"]
    assert kinds("--declining") == []
    assert kinds("--untrained") == ["untrained"]
    assert kinds() == ["unused", "untrained"]
    firm.run("adoption", "book", "romashka", "склад")
    assert kinds("--untrained") == []


@pytest.mark.parametrize("by", ["product", "tier", "owner"])
def test_the_report_has_shares_with_n_and_an_interval(firm: CommandLine, by: str) -> None:
    firm.run("client", "edit", "romashka", "--stage", "active")
    group, total = firm.data("adoption", "report", "--by", by)

    assert group["group"] in ("Склад+", "A", "nobody") or by == "owner"
    assert (total["group"], total["bought"], total["active"], total["unused"]) == ("all", 20, 10, 10)
    assert (total["share"], total["n"], total["clients"], total["idle_clients"]) == (0.5, 20, 1, 0)
    assert round(total["low"], 4) == 0.2993


def test_the_text_tells_products_people_and_lessons(firm: CommandLine) -> None:
    firm.run("adoption", "book", "romashka", "склад", "--people", "Зуев")
    text = firm.out("adoption", "show", "romashka")

    assert text.startswith("Ромашка: licences 10/20, trained 0/1")
    assert "no lesson yet" in text
    rows = firm.out("adoption", "show", "romashka", "--format", "csv").splitlines()
    assert rows[0].startswith("product_id,product,bought,active,last_used_on")
    assert json.loads(firm.out("adoption", "show", "romashka", "--format", "json"))["lessons"][0]["title"]
