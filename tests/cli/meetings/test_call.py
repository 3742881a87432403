"""`call` and `interruptions`."""

from __future__ import annotations

from command_line import CommandLine


def test_a_call_stores_everything_and_undo_takes_it_back(romashka: CommandLine) -> None:
    said = ("--need", "быстрее", "--mood", "angry", "--request", "нет доступа !!", "--needs-lead")
    heard = ("--feedback", "дорого", "--opportunity", "5 licences", "--amount", "120 000", "--minutes", "7")

    made = romashka.data("call", "romashka", *said, *heard)

    request = romashka.data("request", "show", made["request"])
    assert (request["title"], request["priority"], request["needs_lead"]) == ("нет доступа", "urgent", 1)
    assert romashka.data("touch", "list")[0]["minutes"] == 7
    assert romashka.data("opportunity", "list")[0]["amount"] == 12_000_000
    romashka.run("undo")
    for noun in ("request", "touch", "feedback", "opportunity"):
        assert romashka.data(noun, "list") == []


def test_a_debt_that_is_heard_is_proposed(romashka: CommandLine) -> None:
    result = romashka.run("call", "romashka", "--need", "вопрос про задолженность")

    assert "--hand-off finance" in result.stderr
    assert romashka.data("hand-off", "list") == []
    assert (
        "hand-off" not in romashka.run("call", "romashka", "--need", "долг", "--hand-off", "finance").stderr
    )
    assert romashka.data("hand-off", "list")[0]["target"] == "finance"


def test_what_is_wrong_is_one_sentence(romashka: CommandLine) -> None:
    assert "say what they need" in romashka.refusal("call", "romashka", code=2)
    assert "no client" in romashka.refusal("call", "nobody", "--need", "x")


def test_nothing_was_put_aside(romashka: CommandLine) -> None:
    assert romashka.out("interruptions") == "Nothing was put aside."
    assert romashka.data("interruptions") == []
