"""A line that writes down what a client said, taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.text.capture.feedback_line import read_feedback_line, words_left


def test_every_mark_is_understood() -> None:
    marks = read_feedback_line(
        'ромашка «выгрузка в 1С раз в месяц» #пожелание #Склад+ !3 @Ким %"Балкан Софт" v5.2 =1'
    )
    assert marks.quote == "выгрузка в 1С раз в месяц"
    assert list(words_left(marks.rest)) == ["ромашка"]
    assert (marks.kind, marks.products, marks.importance) == ("wish", ("Склад+",), 3)
    assert (marks.contact, marks.competitor, marks.release) == ("Ким", "Балкан Софт", "5.2")
    assert (marks.feature, marks.problems) == ("1", ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [("!0", 0), ("!1", 1), ("!3", 3), ("!", 1), ("!!", 2), ("!!!", 3), ("", None), ("да!", None)],
)
def test_importance_is_a_number_or_as_many_marks(text: str, expected: int | None) -> None:
    assert read_feedback_line(f"ромашка «x» {text}").importance == expected


def test_more_importance_than_there_is_is_a_problem() -> None:
    assert "not !4" in read_feedback_line("ромашка «x» !4").problems[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("#замечание", "remark"), ("№конкурент", "competitor"), ("#идея", "wish"), ("#usage", "usage")],
)
def test_kinds_are_named_in_any_language_and_layout(text: str, kind: str) -> None:
    assert read_feedback_line(f"ромашка «x» {text}").kind == kind


@pytest.mark.parametrize("text", ["v5.2", "V5.2", "в5.2", "v.5.2"])
def test_a_release_is_typed_in_either_alphabet(text: str) -> None:
    assert read_feedback_line(f"«x» {text}").release == "5.2"


@pytest.mark.parametrize("text", ["“слова”", "„слова“", '"слова"', "«слова»"])
def test_any_quotation_marks_do(text: str) -> None:
    assert read_feedback_line(f"ромашка {text}").quote == "слова"


def test_what_stands_in_the_quote_is_no_mark_of_the_line() -> None:
    marks = read_feedback_line("ромашка «жалуются на 100 % и v-образные полки»")
    assert marks.quote == "жалуются на 100 % и v-образные полки"
    assert (marks.competitor, marks.release) == ("", "")


@given(st.text(max_size=80))
def test_no_line_raises_and_the_rest_is_as_long_as_the_line(text: str) -> None:
    assert len(read_feedback_line(text).rest) == len(text)
