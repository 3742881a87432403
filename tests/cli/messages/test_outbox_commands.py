"""Messages on the command line: written, queued, sent, and what is told when they cannot be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from command_line import CommandLine


@pytest.fixture
def daytime(tmp_path: Path) -> None:
    """Settings without quiet hours: tests run at any time of the day."""
    Path(os.environ["ONEWINDOW_CONFIG"]).write_text(
        'quiet_from = "00:00"\nquiet_till = "00:00"\noutbox_folder = "out"\n', encoding="utf-8"
    )
    assert tmp_path.exists()


@pytest.fixture
def firm(romashka: CommandLine, daytime: None) -> CommandLine:
    """Ромашка with a request of Анна Ким, who has an address."""
    del daytime
    romashka.run("contact", "edit", "Анна Ким", "--email", "kim@romashka.ru")
    romashka.run("request", "add", "romashka", "не печатает", "--contact", "Анна Ким")
    return romashka


def test_a_message_is_written_sent_and_logged(firm: CommandLine, tmp_path: Path) -> None:
    written = firm.out("message", "write", "--request", "R-1", "--text", "-", "--send", stdin="Проверяем\n")
    (mail,) = (tmp_path / "out").iterdir()
    assert b"To: kim@romashka.ru" in mail.read_bytes()
    assert firm.data("message", "show", written)["state"] == "sent"
    (one,) = firm.data("outbox", "log", written)
    assert (one["outcome"], one["carrier"]) == ("sent", "folder")
    assert firm.data("request", "show", "R-1")["responded_at"]
    assert "sent already" in firm.refusal("message", "send", written)
    assert "sent already" in firm.refusal("message", "cancel", written)


def test_a_draft_is_queued_and_sent_by_a_run(firm: CommandLine) -> None:
    firm.run("template", "add", "Принято", "--text", "{contact}: {result}", "--subject", "{request}")
    result = firm.run("message", "write", "--request", "R-1", "--template", "принято")
    assert result.stderr == "Fill in ⟨result⟩ first.\n"
    draft = result.stdout.strip()
    assert "⟨result⟩" in firm.refusal("message", "queue", draft)
    firm.run("message", "edit", draft, "--text", "Анна Ким: готово")
    firm.run("message", "queue", draft)
    assert [message["state"] for message in firm.data("outbox", "list")] == ["queued"]
    assert firm.out("outbox", "send") == f"{draft} sent"
    assert firm.run("outbox", "send").stderr == "Nothing waits to be sent now.\n"


def test_advertising_without_consent_is_refused_and_nothing_is_stored(firm: CommandLine) -> None:
    words = ("message", "write", "--client", "romashka", "--text", "Акция", "--subject", "x")
    message = firm.refusal(*words, "--purpose", "marketing", "--send")
    assert (
        message
        == "Анна Ким gave no consent to marketing by email; record one with its source before sending."
    )
    assert firm.data("outbox", "list") == []


def test_a_run_that_fails_says_so_and_ends_with_one(firm: CommandLine) -> None:
    written = firm.out(
        *("message", "write", "--client", "romashka", "--text", "x", "--subject", "x", "--channel", "email")
    )
    firm.run("message", "queue", written)
    firm.run("message", "edit", written, "--recipient", "nobody")
    result = firm.run("outbox", "send", code=1)
    assert result.stdout == f"{written} failed\n"
    assert "“nobody” is no e-mail address: it has no @." in result.stderr
    assert "is no e-mail address" in firm.refusal("outbox", "retry", written)
    firm.run("message", "edit", written, "--recipient", "kim@romashka.ru")
    assert "only failed" not in firm.out("outbox", "retry", written)
    firm.run("outbox", "cancel", written)
    assert "Only a message" in firm.refusal("outbox", "confirm", written)


def test_the_state_is_not_typed(firm: CommandLine) -> None:
    written = firm.out("message", "write", "--client", "romashka", "--text", "x")
    firm.run("message", "edit", written, "--state", "sent", code=2)
    firm.run("message", "write", "--client", "romashka", code=2)
    firm.run("message", "write", "--text", "x", code=2)
