"""`onewindow metrics` for people and for programs."""

from __future__ import annotations

import csv
import io
import json

from command_line import CommandLine


def answered(romashka: CommandLine) -> None:
    romashka.run("request", "add", "romashka", "не печатает", "--priority", "high")
    romashka.run("request", "reply", "R-1", "смотрим")
    romashka.run("request", "resolve", "R-1", "обновили драйвер")


def test_the_year_is_reported_with_n_and_definitions(romashka: CommandLine) -> None:
    answered(romashka)
    text = romashka.out("metrics")
    assert "first response" in text
    assert "resolution" in text
    assert "all *" in text
    assert "fewer than ten" in text
    assert "Working time from the opening" in text


def test_machine_formats_have_plain_fields(romashka: CommandLine) -> None:
    answered(romashka)
    (row,) = csv.DictReader(
        io.StringIO(romashka.out("metrics", "response", "--by", "tier", "--format", "csv"))
    )
    assert (row["measure"], row["group"], row["n"], row["in_target"]) == ("response", "A", "1", "1.0")
    (same,) = json.loads(romashka.out("metrics", "response", "--by", "priority", "--format", "json"))
    assert same["group"] == "high"
    assert same["is_few"] is True


def test_losses_are_told_in_words(romashka: CommandLine) -> None:
    assert "There is nothing to compare." in romashka.out("metrics", "loss")
    assert "no rows" in romashka.run("metrics", "loss", "--format", "csv", code=2).stderr


def test_mistakes_are_one_sentence(romashka: CommandLine) -> None:
    assert "did you mean response" in romashka.run("metrics", "respons", code=2).stderr
    assert "--from" in romashka.run("metrics", "--from", "когда-то", code=2).stderr
    wrong = romashka.run("metrics", "--from", "2026-05-01", "--to", "2026-04-01", code=2)
    assert "later day" in wrong.stderr
    assert "nothing to report" in romashka.out("metrics", "--from", "2020-01-01", "--to", "2020-02-01")
