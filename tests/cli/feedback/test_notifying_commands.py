"""`onewindow feedback draft`, `tell`, `react` and `decline`."""

from __future__ import annotations

import pytest
from command_line import CommandLine


@pytest.fixture
def asked(romashka: CommandLine) -> CommandLine:
    """Ромашка asked for a feature that came out."""
    romashka.run("feature", "add", "Печать")
    romashka.run(
        "feedback", "add", "romashka", "нужна печать", "--feature", "Печать", "--said-on", "2026-11-01"
    )
    romashka.run("feature", "edit", "Печать", "--status", "planned")
    return romashka


def _quote(cli: CommandLine) -> dict[str, object]:
    return cli.data("feedback", "list")[0]


def test_today_tells_of_the_change_until_the_client_was_told(asked: CommandLine) -> None:
    assert "tell of Печать" in asked.out("today")
    asked.run("feedback", "tell", "нужна печать")
    assert (_quote(asked)["outcome"], _quote(asked)["told_status"]) == ("told", "planned")
    assert "tell of Печать" not in asked.out("today")
    assert "already" in asked.refusal("feedback", "tell", "нужна печать")
    asked.run("feature", "edit", "Печать", "--status", "released")
    assert "tell of Печать" in asked.out("today")


def test_a_draft_waits_in_the_outbox(asked: CommandLine) -> None:
    result = asked.run("feedback", "draft", "нужна печать")
    message = asked.data("message", "show", result.stdout.strip())
    assert message["state"] == "draft"
    assert "Мы это запланировали: «Печать»" in message["text"]
    assert "Мы это запланировали: «Печать»" in result.stderr


def test_a_second_draft_of_the_same_news_is_the_first_one(asked: CommandLine) -> None:
    first = asked.out("feedback", "draft", "нужна печать")
    assert asked.out("feedback", "draft", "нужна печать") == first
    assert len(asked.data("message", "list")) == 1
    asked.run("feature", "edit", "Печать", "--status", "released")
    assert asked.out("feedback", "draft", "нужна печать") != first, "other news is another message"


def test_news_that_is_queued_is_not_drafted_again(asked: CommandLine) -> None:
    asked.run("contact", "edit", "Анна Ким", "--email", "kim@romashka.example")
    message = asked.out("feedback", "draft", "нужна печать").strip()
    asked.run("message", "queue", message)
    assert "waits to be sent" in asked.refusal("feedback", "draft", "нужна печать")


def test_a_reaction_and_a_refusal_keep_the_words(asked: CommandLine) -> None:
    asked.run("feedback", "react", "нужна печать", "очень", "ждут")
    assert (_quote(asked)["outcome"], _quote(asked)["reaction"]) == ("reacted", "очень ждут")
    asked.run("feedback", "decline", "нужна печать", "ушли к другим")
    assert (_quote(asked)["outcome"], _quote(asked)["reaction"]) == ("declined", "ушли к другим")
    asked.run("feature", "edit", "Печать", "--status", "released")
    assert "tell of Печать" not in asked.out("today")


def test_who_was_left_untold_may_be_told_after_all(asked: CommandLine) -> None:
    asked.run("feedback", "decline", "нужна печать", "ушли к другим")
    asked.run("feedback", "tell", "нужна печать")
    assert (_quote(asked)["outcome"], _quote(asked)["reaction"]) == ("told", "")
    assert "already" in asked.refusal("feedback", "tell", "нужна печать")
