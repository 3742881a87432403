"""`onewindow survey`: questions, previews and results by command line."""

from __future__ import annotations

import pytest
from command_line import CommandLine

QUESTIONS = "Довольны?\nТрудно заказать? | ces | заказ"


@pytest.fixture
def surveyed(romashka: CommandLine) -> CommandLine:
    romashka.run("survey", "add", "Оценка", "--metric", "csat", "--questions", QUESTIONS)
    for mark in ("5", "4", "2"):
        romashka.run(
            *("survey-response", "add", "romashka", "--survey", "Оценка", "--score", mark),
            *("--answer-2", "1", "--channel", "phone"),
        )
    return romashka


def test_the_sixth_question_is_refused(romashka: CommandLine) -> None:
    said = romashka.refusal("survey", "add", "x", "--questions", "a?\nb?\nc?\nd?\ne?\nf?", code=2)
    assert "6 questions are too many: people answer five at most." in said


def test_results_of_a_survey(surveyed: CommandLine) -> None:
    text = surveyed.out("survey", "results", "оценка")
    assert "n 3, too few for a number: 1 × 5, 1 × 4, 1 × 2" in text
    rows = surveyed.data("survey", "results", "Оценка", "--by", "channel")
    assert [(row["question"], row["part"], row["n"], row["metric"]) for row in rows] == [
        (1, "", 3, "csat"),
        (1, "phone", 3, "csat"),
        (2, "", 3, "ces"),
        (2, "phone", 3, "ces"),
    ]


def test_all_surveys_in_short(surveyed: CommandLine) -> None:
    assert "by aspect, over all surveys" in surveyed.out("survey", "results")
    rows = surveyed.data("survey", "results")
    assert [(row["survey"], row["aspect"], row["n"]) for row in rows] == [
        ("Оценка", "", 3),
        ("Оценка", "ordering", 3),
        ("", "ordering", 3),
    ]
    assert "No survey was answered" in surveyed.out("survey", "results", "--to", "2001-01-01")


def test_the_preview(surveyed: CommandLine) -> None:
    text = surveyed.out("survey", "preview", "Оценка", "--lang", "bg")
    assert "0 – съвсем недоволен … 5 – напълно доволен" in text
    rows = surveyed.data("survey", "preview", "Оценка")
    assert [(row["number"], row["metric"], row["aspect"]) for row in rows] == [
        (1, "csat", ""),
        (2, "ces", "ordering"),
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("results", "нет такого"), 1, "нет такого"),
        (("results", "--names"), 2, "name a survey for --by and --names"),
        (("results", "Оценка", "--from", "2026-02-01", "--to", "2026-01-01"), 2, "later day than --to"),
        (("preview", "Оценка", "--lang", "fr"), 2, "fr"),
    ],
)
def test_what_is_wrong_is_said(surveyed: CommandLine, words: tuple[str, ...], code: int, said: str) -> None:
    assert said in surveyed.refusal("survey", *words, code=code)


def test_people_of_a_survey(surveyed: CommandLine) -> None:
    surveyed.run("survey", "add", "NPS", "--questions", "Порекомендуете?")
    surveyed.run("survey-response", "add", "romashka", "--survey", "NPS", "--score", "3")
    (row,) = surveyed.data("survey", "results", "NPS", "--names")
    assert (row["group"], row["client"], row["mark"]) == ("detractor", "Ромашка", 3)
