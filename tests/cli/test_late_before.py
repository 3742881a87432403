"""A request that was late and has time again: one word for it on every side, and no alarm of a breach."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.command_line import CommandLine


def _noon() -> str:
    """A zone in which it is about noon: five hours ago is today there, whenever the tests run."""
    ahead = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+d}"


@pytest.fixture
def breached(romashka: CommandLine, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """R-1 of Ромашка, urgent, answered, and an hour after its four hours of solution."""
    monkeypatch.setenv("TZ", _noon())
    romashka.run("calendar", "edit", "working week", "--hours", "пн-вс 0-24")
    opened = datetime.now(UTC) - timedelta(hours=5)
    answered = opened + timedelta(minutes=5)
    rows = (
        "client,title,opened_at,responded_at,priority\n"
        f"Ромашка,опоздали,{opened:%Y-%m-%dT%H:%M:%SZ},{answered:%Y-%m-%dT%H:%M:%SZ},urgent\n"
    )
    romashka.run("import", "requests", "-", stdin=rows)
    return romashka


def test_a_clock_that_runs_again_warns_by_its_own_level_and_says_breached_before(
    breached: CommandLine,
) -> None:
    (late,) = breached.data("warnings", "--team")
    assert (late["level"], late["breached_before"]) == (100, False)
    breached.run("request", "edit", "R-1", "--priority", "normal")
    assert breached.out("warnings", "--team") == "Nothing comes near its term."
    shown = breached.data("request", "show", "R-1")
    clock = shown["clocks"]["resolution"]
    assert (clock["state"], clock["breached"], clock["breached_before"]) == ("running", True, True)
    assert clock["remaining_seconds"] > 0
    assert (shown["lateness"]["is_late"], shown["lateness"]["breached_before"]) == (False, True)
    for said in (
        breached.out("request", "show", "R-1"),
        breached.out("request", "why", "R-1"),
        breached.out("request", "list"),
        breached.out("client", "show", "Ромашка"),
        breached.out("today"),
        breached.out("team", "queue", "nobody"),
    ):
        assert "breached before" in said


def test_near_its_new_end_it_warns_again(breached: CommandLine) -> None:
    breached.run("policy", "change", "normal requests", "--solution", "6h")
    breached.run("request", "edit", "R-1", "--priority", "normal")
    (warning,) = breached.data("warnings", "--team")
    assert (warning["level"], warning["breached_before"]) == (75, True)
    assert "breached before" in breached.out("warnings", "--team")


def test_a_queued_answer_is_told_by_why_list_and_warnings(romashka: CommandLine) -> None:
    romashka.run("calendar", "edit", "working week", "--hours", "пн-вс 0-24")
    opened = datetime.now(UTC) - timedelta(minutes=110)
    rows = f"client,title,opened_at\nРомашка,вопрос,{opened:%Y-%m-%dT%H:%M:%SZ}\n"
    romashka.run("import", "requests", "-", stdin=rows)
    romashka.run("contact", "add", "Ромашка", "Ким Анна", "--email", "kim@romashka.ru", "--main", "yes")
    assert "answer queued" not in romashka.out("request", "why", "R-1")
    romashka.run("message", "write", "--request", "R-1", "--text", "Смотрим.", "--queue")
    assert "answer queued" in romashka.out("request", "list")
    assert "answer queued" in romashka.out("warnings", "--team")
    assert "An answer is queued for" in romashka.out("request", "why", "R-1")
    (warned,) = romashka.data("warnings", "--team")
    assert warned["answer_queued_at"]
