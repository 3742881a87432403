"""The command line takes the words that files have: choices, countries, currencies, yes and no."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import CommandLine


@pytest.fixture
def cli(tmp_path: Path) -> CommandLine:
    command_line = CommandLine(tmp_path / "onewindow.db")
    command_line.run("client", "add", "Ромашка")
    return command_line


def test_choices_and_countries_are_typed_in_any_of_three_languages(cli: CommandLine) -> None:
    cli.run(
        *("client", "edit", "romashka", "--country", "Болгария", "--tier", "золото"),
        *("--class", "дилър", "--payment-state", "просрочено", "--language", "български"),
    )

    (shown,) = cli.data("client", "list")
    assert [shown[name] for name in ("country", "tier", "client_class", "payment_state", "language")] == [
        *("BG", "A", "reseller", "overdue", "bg")
    ]
    for word in ("bulgaria", "България", "BG", "bgr", "100"):
        assert [client["name"] for client in cli.data("client", "list", "--country", word)] == ["Ромашка"]
    assert cli.data("client", "list", "--country", "Россия") == []
    assert cli.data("client", "list", "--tier", "серебро") == []


def test_a_country_that_is_none_is_refused_in_one_sentence(cli: CommandLine) -> None:
    said = cli.refusal("client", "edit", "romashka", "--country", "Нарния", code=2)

    assert "“Нарния” is no country; write its name or its two letters, Bulgaria or BG." in said


def test_a_request_is_entered_and_found_by_the_same_words(cli: CommandLine) -> None:
    cli.run("request", "add", "romashka", "Не входит", "--priority", "срочно", "--kind", "доступ")

    (request,) = cli.data("request", "list", "--priority", "спешно")
    assert (request["request_kind"], request["priority"]) == ("access", "urgent")
    assert cli.data("request", "list", "--kind", "жалоба") == []


def test_money_and_flags(cli: CommandLine) -> None:
    cli.run("document", "add", "romashka", "С-1", "--kind", "счёт", "--currency", "евро", "--amount", "12,50")
    cli.run("contact", "add", "romashka", "Анна", "--main", "да")

    (document,) = cli.data("document", "list")
    assert (document["document_kind"], document["currency"], document["amount"]) == ("invoice", "EUR", 1250)
    (contact,) = cli.data("contact", "list")
    assert contact["is_main"] in (1, True)
    assert "neither yes nor no" in cli.refusal(
        "contact", "add", "romashka", "Ян", "--main", "возможно", code=2
    )


def test_options_with_a_few_choices_take_the_words_too(cli: CommandLine) -> None:
    cli.run("call", "romashka", "--mood", "доволен", "--direction", "исходящий", "--fact", "поговорили")

    (touch,) = cli.data("touch", "list")
    assert (touch["mood"], touch["direction"]) == ("glad", "out")
    assert "did you mean angry?" in cli.refusal("call", "romashka", "--mood", "angri", code=2)
