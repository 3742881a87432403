"""The text of a survey as questions, each with its scale, direction, aspect, reasons and translations."""

from __future__ import annotations

import pytest

from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.desk.surveys.preview import preview_lines, question_rows
from onewindow.desk.surveys.questions import questions_of, text_problem
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.feedback import Survey
from onewindow.records.survey_questions import Question

FIVE = """Насколько вы довольны? | скорость
Were we polite? | csat 1-5 | politeness
Как трудно было заказать? | усилия 1–7 | заказ
Порекомендуете? | NPS
Почему вы выбрали нас? | причины: цена, совет знакомых; люди | en: Why us?"""


def _csat(questions: str) -> Survey:
    return Survey(title="опрос", metric="csat", scale_min=0, scale_max=5, questions=questions)


def test_each_question_has_its_own_scale() -> None:
    first, second, third, fourth, fifth = questions_of(_csat(FIVE))
    assert first == Question(1, "Насколько вы довольны?", "csat", 0, 5, "higher_is_better", "скорость")
    assert (second.lowest, second.highest, second.aspect) == (1, 5, "politeness")
    assert (third.metric, third.lowest, third.highest, third.direction, third.aspect) == (
        *("ces", 1, 7, "lower_is_better"),
        "ordering",
    )
    assert (fourth.metric, fourth.lowest, fourth.highest) == ("nps", 0, 10)
    assert (fifth.is_scored, fifth.reasons) == (False, ("цена", "совет знакомых", "люди"))
    assert (fifth.text_in("en"), fifth.text_in("ru")) == ("Why us?", "Почему вы выбрали нас?")
    assert [q.field for q in questions_of(_csat(FIVE))] == [
        *("score", "answer_2", "answer_3", "answer_4", "answer_5")
    ]


def test_a_further_question_without_a_scale_is_answered_in_words() -> None:
    _, second = questions_of(_csat("Довольны?\nЧто исправить?"))
    assert (second.text, second.metric, second.scale) == ("Что исправить?", "words", "in words")


@pytest.mark.parametrize(
    ("line", "scale"),
    [
        ("b? | 1-10", "other 1–10"),
        ("b? | 1..10 | lower is better", "other 1–10, lower is better"),
        ("b? | other 1-10 меньше лучше", "other 1–10, lower is better"),
        ("b? | csat", "csat 0–5"),
        ("b? | csat 1 - 5", "csat 1–5"),
        ("b? | ces", "ces 0–5, lower is better"),
        ("b? | нпс", "nps 0–10"),
        ("b? | words", "in words"),
    ],
)
def test_scales_are_read_as_people_write_them(line: str, scale: str) -> None:
    survey = _csat(f"a?\n{line}")
    assert text_problem(survey) == ""
    assert questions_of(survey)[1].scale == scale


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a?\nb?\nc?\nd?\ne?\nf?", "6 questions are too many: people answer five at most."),
        ("a?\nb? | cst 0-5", "question 2: “cst” is none of nps, csat, ces, other"),
        ("a?\nb? | speed", "question 2: “speed” is no scale"),
        ("a?\nb? | csat 0-9", "question 2: CSAT is asked from 0 to 5"),
        ("a?\nb? | nps higher is better 1-10", "question 2: NPS is asked from 0 to 10"),
        ("a?\nb? | ces higher is better", "question 2: CES is asked from 0 to 5"),
        ("a?\nb? | other", "question 2: write the marks of its scale too"),
        ("a?\nb? | 5-5", "question 2: the highest mark must be above the lowest."),
        ("a?\nb? | nps | words", "question 2: it is answered in words or by a mark"),
        ("a?\nb? | nps | reasons: x, y", "question 2: coded reasons belong"),
        ("a?\nb? | reasons: x", "question 2: name two coded reasons"),
        ("a?\nb? | reasons: x, y\nc? | reasons: x, y", "only one question of a survey has coded reasons"),
        ("a? | nps", "question 1: the first question has the metric and the marks of the survey"),
        ("a? | words", "question 1: CSAT is asked first, by a mark"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(session: Session, text: str, problem: str) -> None:
    typed = {"title": "опрос", "metric": "csat", "questions": text}
    with pytest.raises(FieldProblems) as refused:
        changing.add(session, "survey", typed)
    assert refused.value.errors["questions"].startswith(problem)


def test_a_first_line_says_the_scale_of_the_survey(session: Session) -> None:
    made = changing.add(session, "survey", {"title": "a", "questions": "Трудно? | ces 1-7 | ordering"})
    assert isinstance(made, Survey)
    assert (made.metric, made.scale_min, made.scale_max, made.direction, made.survey_kind) == (
        *("ces", 1, 7, "lower_is_better"),
        "event",
    )
    words = changing.add(session, "survey", {"title": "b", "questions": "Why us? | reasons: a, b"})
    assert isinstance(words, Survey)
    assert (words.metric, [q.field for q in questions_of(words)]) == ("other", ["comment"])


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ({}, "relationship"),
        ({"metric": "nps"}, "relationship"),
        ({"metric": "csat"}, "event"),
        ({"metric": "csat", "survey_kind": "relationship"}, "relationship"),
    ],
)
def test_nps_is_asked_of_the_whole_relationship(session: Session, typed: dict[str, str], kind: str) -> None:
    made = changing.add(session, "survey", {"title": "a", "questions": "q?", **typed})
    assert isinstance(made, Survey)
    assert made.survey_kind == kind


def test_the_preview_is_what_a_client_sees_in_each_language() -> None:
    survey = _csat(FIVE).with_changes({"incentive": "кружка"})
    english, russian = (preview_lines(survey, language) for language in ("en", "ru"))
    assert english[:3] == ["── English ──", "опрос", "1. Насколько вы довольны?"]
    assert "   1 – very easy … 7 – very hard" in english
    assert "5. Why us?" in english
    assert "5. Почему вы выбрали нас?" in russian
    assert "   1 – совсем легко … 7 – очень трудно" in russian
    assert "   цена · совет знакомых · люди" in russian
    assert "За ваш ответ: кружка" in russian
    assert [line for line in preview_lines(survey) if line.startswith("──")] == [
        *("── English ──", "── Russian ──", "── Bulgarian ──")
    ]


def test_the_preview_cleans_what_others_typed() -> None:
    assert "\x1b" not in "\n".join(preview_lines(_csat("Дов\x1b[31mольны\u202e?")))


def test_questions_as_fields() -> None:
    rows = list(question_rows(_csat(FIVE)))
    assert [row["metric"] for row in rows] == ["csat", "csat", "ces", "nps", "words"]
    assert (rows[4]["reasons"], rows[4]["lowest"], rows[4]["text_en"]) == (
        "цена; совет знакомых; люди",
        None,
        "Why us?",
    )
