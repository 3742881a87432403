"""`onewindow metrics` for people and for programs."""

from __future__ import annotations

import csv
import io
import json

import pytest
from command_line import CommandLine

from onewindow.desk.reports.amounts import COUNT
from onewindow.desk.reports.measures import MEASURES, Judged, Measure


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


def test_a_measure_added_to_the_table_is_one_of_the_command(
    romashka: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(romashka)
    assert "no metric “events”" in romashka.run("metrics", "events", code=2).stderr
    monkeypatch.setitem(
        MEASURES,
        "events",
        Measure(
            name="events",
            label="events of a request",
            definition="How many events a request has.",
            unit=COUNT,
            read=lambda measured: Judged(len(measured.reported.events), is_met=True),
            share="calm (95 %)",
            is_usual=True,
        ),
    )
    title, headings, values, _, definition = romashka.out("metrics", "events").splitlines()[2:]
    assert title == "events of a request"
    assert headings.split("  ")[-1] == "calm (95 %)"
    assert values.split()[:4] == ["all", "*", "1", "3"]
    assert definition == "How many events a request has."
    (row,) = romashka.data("metrics", "events")
    assert (row["measure"], row["n"], row["median"], row["in_target"]) == ("events", 1, 3.0, 1.0)
    assert "events of a request" in romashka.out("metrics")  # a usual one needs no name
    assert "did you mean events" in romashka.run("metrics", "event", code=2).stderr
