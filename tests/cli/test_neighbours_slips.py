"""Slips that people who use other programs of this kind reported, with inputs of our own."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command_line import CommandLine

from onewindow.store.engine import open_store


def test_somebody_born_on_a_29_february_has_a_birthday_every_year(romashka: CommandLine) -> None:
    romashka.run("contact", "edit", "Анна Ким", "--birthday", "29.02.2000")
    romashka.run("occasion", "add", "ДР", "--reason", "birthday", "--touch-kind", "call")
    output = romashka.out("touch-plan", "list", "--all", "--days", "366", "--format", "csv")
    assert any(f"-{day}," in output for day in ("02-28", "02-29", "03-01"))


@pytest.mark.skipif(sys.platform == "win32", reason="these signs are in no file name there")
@pytest.mark.parametrize(
    "name",
    ["a?b.db", "a#b.db", "a%20b.db", "a?mode=ro.db", "с пробелом.db", "file:x.db", ":memory:", "-d.db"],
)
def test_a_path_is_a_path_whatever_signs_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    firm = CommandLine(Path(name))
    firm.run("client", "add", "Тест")
    with open_store(tmp_path / name) as store:
        assert store.scalar("SELECT name FROM client") == "Тест"
    assert firm.out("db", "check") == "The file is sound."
    copy = firm.out("db", "backup", str(tmp_path / "copies") + "/")
    assert firm.out("db", "verify", copy) == "The file is good."


def test_a_lowered_priority_forgets_neither_the_breach_nor_the_time_used(romashka: CommandLine) -> None:
    romashka.run("calendar", "edit", "working week", "--hours", "пн-вс 0-24")
    opened = datetime.now(UTC) - timedelta(minutes=70)
    rows = f"client,title,opened_at,priority\nРомашка,опоздали,{opened:%Y-%m-%dT%H:%M:%SZ},urgent\n"
    romashka.run("import", "requests", "-", stdin=rows)
    romashka.run("request", "edit", "R-1", "--priority", "normal")
    why = romashka.out("request", "why", "R-1")
    assert "breached before" in why
    assert "1 h 10 m used already" in why
    romashka.run("request", "reply", "R-1", "вот")
    (overall,) = romashka.data("metrics", "response")
    assert overall["in_target"] == 0


@pytest.mark.skipif(sys.platform == "win32", reason="the command that sends is a shell script")
def test_three_senders_at_once_send_a_message_once(romashka: CommandLine, tmp_path: Path) -> None:
    sent, script = tmp_path / "sent.txt", tmp_path / "send.sh"
    script.write_text(f'#!/bin/sh\nsleep 0.5\necho "$1 $(cat)" >> {sent}\n', "utf-8")
    script.chmod(0o700)
    settings = tmp_path / "settings.toml"
    settings.write_text(
        f'sms_command = ["{script}", "{{recipient}}"]\nquiet_from = "00:00"\nquiet_till = "00:00"\n', "utf-8"
    )
    romashka.run("message", "write", "--client", "C-1", "--text", "Готово", "--channel", "sms", "--queue")
    command = [sys.executable, "-m", "onewindow", "--db", str(romashka.database), "--as", romashka.login]
    environ = {**os.environ, "ONEWINDOW_CONFIG": str(settings)}
    root = Path(__file__).parents[2]
    senders = [subprocess.Popen([*command, "outbox", "send"], cwd=root, env=environ) for _ in range(3)]
    for sender in senders:
        sender.wait(60)
    assert sent.read_text("utf-8").splitlines() == ["+79123456789 Готово"]
    today = datetime.now(UTC).date().isoformat()
    assert today in romashka.out("message", "list", "--all", "--format", "csv")
