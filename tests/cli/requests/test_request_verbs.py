"""The daily work with requests on the command line: the same rules, one sentence where they refuse."""

from __future__ import annotations

import pytest
from command_line import CommandLine


@pytest.fixture
def asked(romashka: CommandLine) -> CommandLine:
    """Ромашка has asked for one thing, and there is a colleague."""
    romashka.run("staff", "add", "Петров Олег", "--login", "petrov")
    romashka.run("request", "add", "romashka", "нет накладной", "--priority", "high")
    return romashka


def shown(cli: CommandLine, request: str = "R-1") -> dict[str, object]:
    return cli.data("request", "show", request)


def test_who_has_it_and_how_often_it_was_passed_on(asked: CommandLine) -> None:
    asked.run("request", "take", "R-1")
    asked.run("request", "assign", "R-1", "petrov", "--reason", "он знает склад")
    assert "already" in asked.refusal("request", "assign", "R-1", "petrov")
    assert shown(asked)["passes"] == {"people": 1, "departments": 0}
    assert asked.data("client", "show", "romashka")["passes"] == {"people": 1, "departments": 0}
    text = asked.out("request", "show", "R-1")
    assert "gave it to Петров: он знает склад" in text
    assert "passed on once" in text


def test_what_is_said_and_a_thank_you_that_opens_nothing(asked: CommandLine) -> None:
    asked.run("request", "note", "R-1", "звонил", "трижды")
    asked.run("request", "reply", "1", "ищем", "--next", "us")
    assert shown(asked)["next_actor"] == "us"
    asked.run("request", "client-wrote", "R-1", "нашли?")
    asked.run("request", "no-answer", "R-1", "ответили голосом")
    asked.run("request", "resolve", "R-1", "нашли на складе", "--minutes", "5")
    asked.run("request", "client-wrote", "R-1", "Спасибо!")
    assert shown(asked)["status"] == "resolved"
    asked.run("request", "client-wrote", "R-1", "Спасибо!", "--no-thanks")
    assert shown(asked)["status"] == "open"
    kinds = [event["event_kind"] for event in asked.data("request", "show", "R-1")["events"]]
    assert kinds == [
        *("opened", "note", "reply", "client_message", "no_answer_needed"),
        *("resolve", "thanks", "reopen", "client_message"),
    ]
    assert "internal note: звонил трижды" in asked.out("request", "show", "R-1")


def test_dates_are_typed_as_people_do_and_their_log_is_kept(asked: CommandLine) -> None:
    asked.run("request", "promise", "R-1", "+3d")
    assert "say why" in asked.refusal("request", "promise", "R-1", "+4d")
    asked.run("request", "promise", "R-1", "+4d 15:00", "--reason", "ждём выгрузку")
    values = shown(asked)
    assert values["times_moved"] == 1
    assert [term["reason"] for term in asked.data("request", "show", "R-1")["promised_dates"]] == [
        "",
        "ждём выгрузку",
    ]
    text = asked.out("request", "show", "R-1")
    assert "moved once" in text
    assert "ждём выгрузку" in text.partition("DATES GIVEN TO THE CLIENT")[2]
    assert "write" in asked.refusal("request", "promise", "R-1", "когда-нибудь", code=2)


def test_a_hand_off_from_asking_to_confirming(asked: CommandLine) -> None:
    asked.run("request", "hand-off", "R-1", "найти накладную", "--to", "склад", "--within", "60")
    message = asked.refusal("request", "resolve", "R-1", "нашли")
    assert "склад has not settled “найти накладную” (asked)" in message
    asked.run("hand-off", "accept", "R-1")
    assert "Say why" in asked.refusal("hand-off", "return", "R-1")
    asked.run("hand-off", "ready", "R-1", "лежит в папке 3")
    part = asked.data("request", "show", "R-1")["hand_offs"][0]
    assert (part["state"], part["answer"], part["clock"]["target_seconds"]) == (
        "ready",
        "лежит в папке 3",
        3600,
    )
    asked.run("hand-off", "confirm", str(part["id"]))
    asked.run("request", "resolve", "R-1", "нашли")
    assert "no open hand-off" in asked.refusal("hand-off", "confirm", "R-1")


def test_a_lead_goes_to_sales_and_the_client_hears_who_answers(asked: CommandLine) -> None:
    asked.run("request", "hand-off", "R-1", "новая точка", "--target", "sales")
    assert "! tell the client that sales answers them now" in asked.out("request", "show", "R-1")
    assert "Tell the client first" in asked.refusal("hand-off", "confirm", "R-1")
    asked.run("hand-off", "told", "R-1", "Вам ответит Сидоров")
    asked.run("hand-off", "confirm", "R-1", "договорились")
    assert shown(asked)["status"] == "open"


def test_parts_links_and_a_merge_that_undo_takes_apart(asked: CommandLine) -> None:
    asked.run("request", "split", "R-1", "отчёт", "за", "октябрь")
    assert "R-2 отчёт за октябрь" in asked.out("request", "show", "R-1")
    asked.run("request", "add", "romashka", "накладная пропала")
    asked.run("request", "link", "R-3", "R-2", "--as", "caused_by")
    asked.run("request", "merge", "R-3", "R-1")
    assert [merged["number"] for merged in asked.data("request", "show", "R-1")["merged"]] == [3]
    assert "R-3 opened: накладная пропала" in asked.out("request", "show", "R-1")
    assert "is merged into; R-1" in asked.out("request", "show", "R-3")
    asked.run("undo")
    assert (shown(asked, "R-3")["status"], shown(asked, "R-1")["merged"]) == ("new", [])
    assert "one request" in asked.refusal("request", "merge", "R-1", "R-1")


def test_complaints_have_a_cause_an_action_and_their_repeats(asked: CommandLine) -> None:
    asked.run("request", "add", "romashka", "грубый оператор", "--request-kind", "complaint")
    asked.run("request", "add", "romashka", "опять грубый оператор", "--request-kind", "complaint")
    assert "cause" in asked.refusal("request", "resolve", "R-2", "извинились", code=2)
    asked.run("request", "resolve", "R-2", "извинились", "--cause", "нет обучения")
    asked.run("request", "correct", "R-2", "обучить смену", "--due", "+7d", "--assignee", "petrov")
    rows = asked.data("request", "complaints")
    assert [(row["number"], row["cause"], row["corrective_action"], row["repeats"]) for row in rows] == [
        ("R-2", "нет обучения", "обучить смену", ""),
        ("R-3", "", "", "R-2"),
    ]
    assert rows[0]["action_status"] == "open"
    assert asked.data("request", "complaints", "--since", "завтра") == []


def test_a_no_has_a_reason_and_a_lead_can_be_asked(asked: CommandLine) -> None:
    asked.run("request", "lead", "R-1", "можно ли скидку?")
    assert "a lead must look" in asked.out("request", "show", "R-1")
    asked.run("request", "lead", "R-1", "нет", "--done")
    asked.run("request", "decline", "R-1", "договор этого не даёт")
    assert (shown(asked)["status"], shown(asked)["result"]) == ("declined", "договор этого не даёт")
    assert "it is declined" in asked.refusal("request", "wait", "R-1")
