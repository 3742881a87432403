"""`onewindow offer`: drafted, decided by a lead beyond the class, written out, sent, answered, taken back."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine

OFFER = "Склад, Портал"
TODAY = date.today().isoformat()  # noqa: DTZ011  the day of the machine, as the command takes it


@pytest.fixture
def manager(romashka: CommandLine) -> CommandLine:
    """An account manager on a file with two products, a lead, and terms of the class."""
    romashka.run(
        "product", "add", "Склад", "--price", "24000", "--description", "Учёт <b>склада</b> | и *точка*"
    )
    romashka.run("product", "add", "Портал", "--price", "36000")
    romashka.run("product", "add", "Без цены")
    romashka.run(
        "class-terms", "add", "--client-class", "regular", "--discount-percent", "5", "--payment-days", "14"
    )
    romashka.run("staff", "add", "Петров Олег", "--login", "petrov", "--role", "account_manager")
    return CommandLine(romashka.database, "petrov")


@pytest.fixture
def lead(romashka: CommandLine, manager: CommandLine) -> CommandLine:
    romashka.run("staff", "add", "Орлова Вера", "--login", "orlova", "--role", "lead")
    return CommandLine(manager.database, "orlova")


@pytest.fixture
def drafted(manager: CommandLine) -> CommandLine:
    manager.run("offer", "draft", "romashka", "--product", "sklad:5", "--product", "портал")
    return manager


def look(cli: CommandLine) -> dict[str, Any]:
    return json.loads(cli.out("offer", "look", OFFER, "--format", "json"))


def test_a_draft_has_prices_and_the_days_to_pay_of_the_class(drafted: CommandLine) -> None:
    found = look(drafted)
    assert [(line["title"], line["quantity"], line["price"]) for line in found["lines"]] == [
        ("Склад", 5, 2_400_000),
        ("Портал", 1, 3_600_000),
    ]
    assert (found["sum"], found["total"], found["deviations"]) == (15_600_000, 15_600_000, [])
    assert (found["state"], found["next"]) == ("draft", "send it")
    assert "14 days to pay" in drafted.out("offer", "look", OFFER)
    drafted.run("undo")
    assert json.loads(drafted.out("offer", "list", "--format", "json")) == []
    assert json.loads(drafted.out("offer-line", "list", "--format", "json")) == []


def test_what_goes_beyond_the_class_waits_for_a_lead(drafted: CommandLine, lead: CommandLine) -> None:
    drafted.run("offer", "edit", OFFER, "--discount-percent", "10", "--instalments", "2")
    assert look(drafted)["deviations"] == [
        "discount 10 %, the class has 5 % at most",
        "2 instalments, the class has 1 at most",
    ]
    assert look(drafted)["next"] == "submit it to a lead"
    assert "A lead decides first: discount 10 %" in drafted.run("offer", "send", OFFER, code=1).stderr
    drafted.run("offer", "submit", OFFER)
    assert look(drafted)["next"] == "a lead approves or refuses it"
    assert "Only a lead decides" in drafted.run("offer", "approve", OFFER, code=1).stderr
    lead.run("offer", "refuse", OFFER, "--reason", "выше маржи")
    assert "refused by Орлова Вера: выше маржи" in drafted.out("offer", "look", OFFER)
    drafted.run("offer", "submit", OFFER)
    lead.run("offer", "approve", OFFER)
    assert look(drafted)["next"] == "send it"
    # Approved is what the lead saw: other terms are a draft again, other words are not.
    drafted.run("offer", "edit", OFFER, "--text", "Здравствуйте")
    assert look(drafted)["state"] == "approved"
    drafted.run("offer", "edit", OFFER, "--discount-percent", "11")
    assert look(drafted)["state"] == "draft"


def test_a_lead_is_not_asked_about_what_keeps_to_the_class(drafted: CommandLine) -> None:
    drafted.run("offer", "edit", OFFER, "--discount-percent", "5")
    assert "Nothing to approve" in drafted.run("offer", "submit", OFFER, code=1).stderr
    drafted.run("offer", "send", OFFER)
    assert look(drafted)["state"] == "sent"


def test_what_was_sent_is_registered_and_stays(drafted: CommandLine) -> None:
    drafted.run("offer", "send", OFFER, "--location", "offers/1.html")
    (paper,) = json.loads(drafted.out("document", "list", "--client", "romashka", "--format", "json"))
    assert (paper["document_kind"], paper["state"], paper["amount"]) == ("offer", "sent", 15_600_000)
    assert paper["location"] == "offers/1.html"
    assert "the offer is sent" in drafted.run("offer", "edit", OFFER, "--bonus", "x", code=2).stderr
    refused = drafted.run("offer", "line", OFFER, "--product", "sklad", code=2).stderr
    assert "its lines stay" in refused
    drafted.run("undo")
    assert look(drafted)["state"] == "draft"
    assert json.loads(drafted.out("document", "list", "--client", "romashka", "--format", "json")) == []


@pytest.mark.parametrize(
    ("outcome", "opportunity", "paper"), [("accepted", "won", "signed"), ("declined", "lost", "cancelled")]
)
def test_an_answer_settles_the_opportunity_and_the_document(
    manager: CommandLine, outcome: str, opportunity: str, paper: str
) -> None:
    manager.run(
        "opportunity",
        "add",
        "Вторая смена",
        "--client",
        "romashka",
        "--product",
        "sklad",
        "--state",
        "accepted",
    )
    manager.run("offer", "draft", "romashka", "--opportunity", "Вторая смена")
    manager.run("offer", "send", "Вторая смена")
    states = ("opportunity", "list", "--all", "--format", "json")
    assert json.loads(manager.out(*states))[0]["state"] == "offered"
    if outcome == "declined":
        needed = manager.run("offer", "answer", "Вторая смена", "declined", code=2).stderr
        assert "say why the client declined" in needed
    manager.run("offer", "answer", "Вторая смена", outcome, "--words", "решили на совете")
    (won,) = json.loads(manager.out(*states))
    assert (won["state"], won["reason"]) == (opportunity, "решили на совете")
    (document,) = json.loads(manager.out("document", "list", "--all", "--format", "json"))
    assert document["state"] == paper
    manager.run("undo")
    assert json.loads(manager.out(*states))[0]["state"] == "offered"


def test_it_is_written_in_the_clients_language_and_texts_stay_texts(
    drafted: CommandLine, tmp_path: Path
) -> None:
    drafted.run("licence", "add", "--client", "romashka", "--product", "sklad", "--bought", "50")
    drafted.run(
        *(
            "promise",
            "add",
            "--client",
            "romashka",
            "--text",
            "отгрузка до [10:00](x)",
            "--promise-kind",
            "term",
        )
    )
    text = drafted.out("offer", "write", OFFER)
    assert "# Склад, Портал" in text
    assert "это предложение для компании «Ромашка»" in text
    assert "Учёт \\<b\\>склада\\</b\\> \\| и \\*точка\\*" in text
    assert "**Что у вас уже есть:** Склад × 50" in text
    assert "отгрузка до \\[10:00\\](x)" in text
    assert "| Склад | 5 | 24 000 ₽ | 120 000 ₽ |" in text
    assert "**Итого: 156 000 ₽**" in text
    page = tmp_path / "offer.html"
    drafted.run("offer", "write", OFFER, "-o", str(page))
    content = page.read_text(encoding="utf-8")
    assert "<td>Склад</td>" in content
    assert "&lt;b&gt;склада&lt;/b&gt; | и *точка*" in content
    assert "<b>" not in content
    assert "http" not in content
    assert "exists" in drafted.run("offer", "write", OFFER, "-o", str(page), code=1).stderr.replace(
        "there is", "exists"
    )


def test_paragraphs_that_would_say_nothing_are_left_out(drafted: CommandLine) -> None:
    text = drafted.out("offer", "write", OFFER)
    assert "Что у вас уже есть" not in text
    assert "договорённости" not in text
    assert "\n\n\n" not in text


def test_a_template_of_ones_own_fills_its_places(drafted: CommandLine, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text("Для {client}: {total}. {{скобки}}", encoding="utf-8")
    assert (
        drafted.out("offer", "write", OFFER, "--template", str(own)).strip()
        == "Для Ромашка: 156 000 ₽. {скобки}"
    )
    own.write_text("Для {кого}", encoding="utf-8")
    refused = drafted.run("offer", "write", OFFER, "--template", str(own), code=1).stderr
    assert "a place that nothing fills: {кого}" in refused
    missing = drafted.run("offer", "write", OFFER, "--template", str(tmp_path / "no.md"), code=1).stderr
    assert "cannot be read" in missing
    own.write_bytes(b"\xff\xfe\x00")
    assert "no text in UTF-8" in drafted.run("offer", "write", OFFER, "--template", str(own), code=1).stderr


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("draft", "romashka"), 1, "Say what is offered"),
        (("draft", "romashka", "--product", "sklad:0"), 2, "sklad:5"),
        (("draft", "romashka", "--product", "sklad:много"), 2, "sklad:5"),
        (("line", OFFER, "--product", "Без цены"), 1, "Say the price of a piece"),
        (("line", OFFER, "--product", "sklad", "--price", "5 EUR"), 2, "write an amount in RUB"),
        (("edit", OFFER, "--discount-percent", "101"), 2, "0 to 100 percent"),
        (("edit", OFFER, "--instalments", "0"), 2, "1 to 60 instalments"),
        (("edit", OFFER, "--payment-days", "731"), 2, "0 to 730 days"),
        (("answer", OFFER, "accepted"), 1, "that is for one that is sent"),
        (("withdraw", OFFER), 2, "--reason"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    drafted: CommandLine, words: tuple[str, ...], code: int, told: str
) -> None:
    assert told in drafted.run("offer", *words, code=code).stderr


def test_nothing_without_lines_or_prices_or_after_its_day_is_sent(manager: CommandLine) -> None:
    manager.run("offer", "draft", "romashka", "--title", "Пусто")
    assert "has no lines yet" in manager.run("offer", "send", "Пусто", code=1).stderr
    warned = manager.run("offer", "draft", "romashka", "--product", "Без цены", "--title", "Даром").stderr
    assert "has no price in RUB" in warned
    assert "“Без цены” has no price yet" in manager.run("offer", "send", "Даром", code=1).stderr
    manager.run("offer", "draft", "romashka", "--product", "sklad", "--title", "Старое")
    manager.run("offer", "edit", "Старое", "--valid-till", "2026-01-01")
    assert "was valid till" in manager.run("offer", "send", "Старое", code=1).stderr


def test_an_offer_is_taken_back_with_its_document(drafted: CommandLine) -> None:
    drafted.run("offer", "send", OFFER)
    drafted.run("offer", "withdraw", OFFER, "--reason", "цены изменились")
    assert "withdrawn: цены изменились" in drafted.out("offer", "look", OFFER)
    (paper,) = json.loads(drafted.out("document", "list", "--all", "--format", "json"))
    assert paper["state"] == "cancelled"
    assert "withdrawn already" in drafted.run("offer", "withdraw", OFFER, "--reason", "ещё", code=1).stderr


def test_a_class_has_its_terms_once(manager: CommandLine) -> None:
    again = manager.run("class-terms", "add", "--client-class", "regular", code=2).stderr
    assert "this class has its terms already" in again
    manager.run("class-terms", "add", "--client-class", "reseller")


def test_the_best_offer_to_the_most_profitable_clients(manager: CommandLine) -> None:
    manager.run("client", "add", "Вектор")
    manager.run("class-terms", "edit", "regular", "--loyalty", "1 % за год")
    for client, amount in (("romashka", "100"), ("vektor", "900")):
        manager.run(
            *(
                "revenue",
                "add",
                "--client",
                client,
                "--on-date",
                TODAY,
                "--amount",
                amount,
            ),
        )
    rows = json.loads(manager.out("offer", "best", "--format", "json"))
    assert [(row["name"], row["contribution"], row["loyalty"]) for row in rows] == [
        ("Вектор", 90_000, "1 % за год"),
        ("Ромашка", 10_000, "1 % за год"),
    ]
    assert len(json.loads(manager.out("offer", "best", "--limit", "1", "--format", "json"))) == 1
    assert "nothing is suggested" in manager.out("offer", "best")


def first_line(cli: CommandLine) -> str:
    return json.loads(cli.out("offer-line", "list", "--format", "json"))[0]["id"]


@pytest.mark.parametrize("state", ["to_approve", "approved", "refused"])
@pytest.mark.parametrize("change", ["price", "added", "taken out"])
def test_another_line_than_the_lead_saw_is_a_draft_again(
    drafted: CommandLine, lead: CommandLine, state: str, change: str
) -> None:
    drafted.run("offer", "edit", OFFER, "--discount-percent", "10")
    drafted.run("offer", "submit", OFFER)
    if state != "to_approve":
        lead.run("offer", "approve" if state == "approved" else "refuse", OFFER, "--reason", "так")
    line = first_line(drafted)
    assert look(drafted)["state"] == state
    if change == "price":
        drafted.run("offer-line", "edit", line, "--price", "1")
    elif change == "added":
        drafted.run("offer", "line", OFFER, "--title", "Выезд", "--price", "15000")
    else:
        drafted.run("offer-line", "archive", line)
    assert look(drafted)["next"] == "submit it to a lead"
    assert "A lead decides first" in drafted.run("offer", "send", OFFER, code=1).stderr
    # One step back, and what the lead saw is as it was.
    drafted.run("undo")
    assert look(drafted)["state"] == state
    assert look(drafted)["sum"] == 15_600_000


def test_the_lines_of_a_sent_offer_can_be_neither_taken_out_nor_brought_back(drafted: CommandLine) -> None:
    line, other = (row["id"] for row in json.loads(drafted.out("offer-line", "list", "--format", "json")))
    drafted.run("offer-line", "archive", other)
    drafted.run("offer", "send", OFFER)
    assert "its lines stay" in drafted.run("offer-line", "archive", line, code=1).stderr
    assert "its lines stay" in drafted.run("offer-line", "restore", other, code=1).stderr
    drafted.run("offer", "answer", OFFER, "accepted")
    assert "its lines stay" in drafted.run("offer-line", "archive", line, code=1).stderr
    assert look(drafted)["total"] == 12_000_000


def test_an_offer_stays_with_the_client_it_was_made_for(drafted: CommandLine) -> None:
    drafted.run("client", "add", "Вектор")
    refused = drafted.run("offer", "edit", OFFER, "--client", "vektor", code=2).stderr
    assert "draft one for this client" in refused
    drafted.run("offer", "send", OFFER)
    drafted.run("offer", "edit", OFFER, "--client", "vektor", code=2)
    assert look(drafted)["client"] == "Ромашка"


def test_why_a_lead_approved_is_not_told_as_words_of_the_client(
    drafted: CommandLine, lead: CommandLine
) -> None:
    drafted.run("offer", "edit", OFFER, "--discount-percent", "10")
    drafted.run("offer", "submit", OFFER)
    lead.run("offer", "approve", OFFER, "--reason", "ключевой клиент")
    assert "approved by Орлова Вера: ключевой клиент" in drafted.out("offer", "look", OFFER)
    drafted.run("offer", "send", OFFER)
    assert "ключевой клиент" not in drafted.out("offer", "look", OFFER)
    drafted.run("offer", "answer", OFFER, "accepted", "--words", "с января")
    found = drafted.out("offer", "look", OFFER)
    assert "с января" in found
    assert "ключевой клиент" not in found


def test_a_sent_offer_is_written_out_with_the_day_on_which_it_was_sent(drafted: CommandLine) -> None:
    drafted.run("offer", "send", OFFER)
    with closing(sqlite3.connect(drafted.database)) as file, file:
        file.execute("UPDATE offer SET sent_on = '2026-02-28'")
    assert "28.02.2026" in drafted.out("offer", "write", OFFER)


def test_a_file_of_another_form_is_not_written_as_markdown(drafted: CommandLine, tmp_path: Path) -> None:
    paper = tmp_path / "offer.pdf"
    refused = drafted.run("offer", "write", OFFER, "-o", str(paper), code=2).stderr
    assert ".md or .html" in refused
    assert not paper.exists()
    drafted.run("offer", "write", OFFER, "-o", str(paper), "--as", "html")
    assert paper.read_text("utf-8").startswith("<!DOCTYPE html>")
