"""The day on the command line: the same rows as in the window, put off, brought back, and a client warned."""

from __future__ import annotations

from command_line import CommandLine


def test_the_day_has_what_is_to_do_in_every_format(romashka: CommandLine) -> None:
    romashka.run("request", "add", "romashka", "не печатает", "--priority", "high")
    romashka.run("task", "add", "romashka", "позвонить", "--due-on", "сегодня")
    shown = romashka.out("today")
    assert shown.splitlines()[0].startswith("requests: late 0 · due today ")
    assert "R-1 не печатает" in shown
    rows = romashka.data("today")
    assert [row["title"] for row in rows if row["kind"] == "request"] == ["не печатает"]
    assert rows[0]["client"] == "Ромашка"
    assert all(row["is_late"] is False for row in rows)
    assert [row["title"] for row in romashka.data("today", "--only", "tasks")] == ["позвонить"]
    limited = romashka.run("today", "--limit", "1")
    assert "1 more; --limit 2" in limited.stderr


def test_an_empty_day_says_well_done(cli: CommandLine) -> None:
    cli.run("client", "add", "Вектор")
    assert "Well done" in cli.out("today")
    assert cli.data("today") == []
    assert "Nothing of that kind." in cli.out("today", "--only", "documents")


def test_a_row_is_put_off_and_brought_back(romashka: CommandLine) -> None:
    romashka.run("request", "add", "romashka", "не печатает")
    assert "till when" in romashka.refusal("today", "put-off", "request", "R-1", "когда-нибудь", "ждём")
    romashka.run("today", "put-off", "request", "R-1", "+3d", "ждём склад")
    assert romashka.data("today") == []
    (row,) = romashka.data("today", "--only", "put-off")
    assert row["put_off_reason"] == "ждём склад"
    romashka.run("today", "bring-back", "request", "1")
    assert len(romashka.data("today")) == 1
    assert "is not put off" in romashka.refusal("today", "bring-back", "request", "R-1")


def test_a_client_is_warned_in_words_that_are_drafted(romashka: CommandLine) -> None:
    romashka.run("request", "add", "romashka", "отчёт")
    assert "No date was promised" in romashka.refusal("today", "warn", "R-1")
    romashka.run("request", "edit", "R-1", "--promised-at", "+3h")
    words = romashka.out("today", "warn", "R-1", "--till", "+2d", "--because", "нет поставки", "--draft")
    assert words.startswith("Анна Ким, по обращению R-1 «отчёт»")
    assert "нет поставки" in words
    assert "say why" in romashka.refusal("today", "warn", "R-1", "--till", "+2d")
    romashka.run("today", "warn", "R-1", "--till", "+2d", "--because", "нет поставки")
    assert romashka.data("today", "--only", "warn") == []
