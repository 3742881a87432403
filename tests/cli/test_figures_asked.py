"""`onewindow metrics nps …`: figures as text and for programs, compared, and the rows behind them."""

from __future__ import annotations

import csv
import io

import pytest
from command_line import CommandLine

YEARS = ("--from", "2026-01-01", "--to", "2026-11-20")


@pytest.fixture
def answered(romashka: CommandLine) -> CommandLine:
    """Twelve answers of this year, ten of last year."""
    romashka.run("survey", "add", "Готовы рекомендовать?", "--metric", "nps", "--questions", "Готовы?")
    now = [10] * 8 + [7] * 2 + [0] * 2
    then = [0] * 9 + [7]
    lines = ["client,survey,score,at"]
    for year, scores in ((2026, now), (2025, then)):
        lines += [
            f"Ромашка,Готовы рекомендовать?,{score},{year}-05-{day:02}T10:00:00Z"
            for day, score in enumerate(scores, 1)
        ]
    romashka.run("import", "survey_response", "-", stdin="\n".join(lines))
    return romashka


def test_a_figure_stands_with_n_interval_definition_and_source(answered: CommandLine) -> None:
    text = answered.out("metrics", "nps", *YEARS)
    title, headings, values, definition, source = text.splitlines()
    assert title == "NPS, 01.01 – 20.11"
    assert headings.split()[:3] == ["group", "n", "NPS"]
    assert "50.0" in values
    assert "promoters 8, passives 2, detractors 2" in values
    assert "adjusted Wald" in definition
    assert source.startswith("n: answers. From: survey responses")
    assert answered.out("metrics", "nps", *YEARS, "--format", "table") == text


def test_periods_are_compared_by_the_interval_of_the_difference(answered: CommandLine) -> None:
    assert "better" in answered.out("metrics", "nps", *YEARS, "--compare", "year")
    assert "better" in answered.out("metrics", "nps", *YEARS, "--compare", "2025-01-01..2025-12-31")
    halves = answered.out(
        "metrics", "nps", "--from", "2026-05-07", "--to", "2026-05-12", "--compare", "before"
    )
    assert "there is no number now" in halves
    (row,) = answered.data("metrics", "nps", *YEARS, "--compare", "year")
    assert (row["n"], row["value"], row["before_n"], row["before_value"]) == (12, 50.0, 10, -90.0)
    assert (row["difference"], row["changed"], row["is_few"], row["unit"]) == (140.0, True, False, "points")
    assert row["beside"] == "promoters = 8; passives = 2; detractors = 2"


def test_machine_formats_have_plain_fields(answered: CommandLine) -> None:
    out = answered.out("metrics", "nps", "churn", *YEARS, "--by", "tier", "--format", "csv")
    first, second = csv.DictReader(io.StringIO(out))
    assert (first["metric"], first["by"], first["group"], first["n"]) == ("nps", "tier", "A", "12")
    assert (second["metric"], second["value"], second["version"]) == ("churn", "", "1")


def test_the_rows_behind_a_number_name_the_detractors(answered: CommandLine) -> None:
    rows = answered.data("metrics", "nps", *YEARS, "--behind")
    assert [row["counted_as"] for row in rows[-2:]] == ["0 detractor", "0 detractor"]
    assert rows[0]["client"] == "Ромашка"
    assert rows[0]["kind"] == "survey_response"
    assert answered.data("survey-response", "show", str(rows[0]["id"]))["score"] == 10


def test_few_cases_say_so_and_none_too(answered: CommandLine) -> None:
    assert "* fewer than ten cases" in answered.out("metrics", "churn")
    assert "nothing to report in this period" in answered.out("metrics", "win-rate")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nsp",), "did you mean nps"),
        (("nps", "--by", "trigger"), "nps is grouped by all, month, manager"),
        (("response", "--by", "segment"), "requests are grouped by all, month, person"),
        (("nps", "response", "--by", "segment"), "requests are grouped by all, month, person"),
        (("nps", "--from", "2100-01-01"), "--from is a later day than today; name --to"),
        (("nps", "--compare", "2026-05-02..2026-05-01"), "later day than it ends"),
        (("nps", "response", "--format", "csv"), "different columns"),
        (("response", "--compare", "before"), "--compare and --behind are for nps"),
        (("nps", "--from", "2026-05-02", "--to", "2026-05-01"), "--from is a later day"),
    ],
)
def test_mistakes_are_one_sentence(romashka: CommandLine, words: tuple[str, ...], sentence: str) -> None:
    refused = romashka.run("metrics", *words, code=2)
    assert sentence in refused.stderr
    assert refused.stdout == "", "what is refused prints no half of itself"


def test_a_chart_is_drawn_in_what_the_terminal_can_show(answered: CommandLine) -> None:
    drawn = answered.out("metrics", "nps", *YEARS, "--chart")
    assert any(
        "●" in line or "o" in line.split("all")[-1]
        for line in drawn.splitlines()
        if "├" in line or "[" in line
    )
    assert "2026-01" in answered.out("metrics", "nps", *YEARS, "--by", "month", "--chart")
