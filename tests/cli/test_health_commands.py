"""`onewindow health` on the command line."""

from __future__ import annotations

import json

from command_line import CommandLine


def test_health_is_explained_as_text_and_as_values(romashka: CommandLine) -> None:
    romashka.run("touch", "add", "romashka", "говорили о складе", "--mood", "glad")
    text = romashka.out("health", "show", "C-1")
    assert "sentiment:" in text
    assert "the weights are the program's own" in text
    health = json.loads(romashka.out("health", "show", "romashka", "--format", "json"))
    assert {signal["name"] for signal in health["signals"]} >= {"adoption", "support"}
    assert health["band"] == "unknown"


def test_weeks_are_kept_once(romashka: CommandLine) -> None:
    assert "No week of Ромашка is kept yet" in romashka.run("health", "history", "romashka").stderr
    assert "of 1 client" in romashka.out("health", "snapshot")
    assert "of 0 clients" in romashka.out("health", "snapshot")
    (row,) = json.loads(romashka.out("health", "history", "romashka", "--format", "json"))
    assert row["band"] == "unknown"


def test_weights_are_records_like_others(romashka: CommandLine) -> None:
    romashka.run("health-weights", "add", "Ключевые", "--tier", "A", "--adoption", "60")
    assert "“Ключевые”" in romashka.out("health", "show", "romashka")
    result = romashka.run("health-weights", "add", "Ещё", "--tier", "A", code=2)
    assert "edit those" in result.stderr


def test_a_request_whose_opening_no_file_tells_counts_neither_late_nor_in_time(romashka: CommandLine) -> None:
    rows = (
        "client,title,status,First Response Time,Time of Resolution\n"
        "Ромашка,вопрос,resolved,2026-11-20 10:00,2026-11-20 12:00\n"
    )
    romashka.run("import", "requests", "-", stdin=rows)
    assert "support: no data, weight 20, no requests in 90 days" in romashka.out("health", "show", "C-1")
    romashka.run("request", "add", "C-1", "другой вопрос")
    assert "0 of 1 late in 90 days" in romashka.out("health", "show", "C-1")
