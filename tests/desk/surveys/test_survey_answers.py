"""Answers to several questions: each on its own scale, in words, with coded reasons."""

from __future__ import annotations

import pytest
from rich_client import RichClient

from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.desk.surveys.answers import answers_of, read_mark
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.feedback import Survey, SurveyResponse
from onewindow.store import rows

QUESTIONS = "Довольны? | скорость\nТрудно? | ces\nПочему мы? | reasons: цена, совет, люди"


@pytest.fixture
def survey(session: Session) -> Survey:
    made = changing.add(session, "survey", {"title": "q", "metric": "csat", "questions": QUESTIONS})
    assert isinstance(made, Survey)
    return made


def _answer(session: Session, survey: Survey, client: RichClient, **typed: str) -> SurveyResponse:
    made = changing.add(session, "survey_response", {"survey_id": str(survey.id), **typed}, client.id)
    assert isinstance(made, SurveyResponse)
    return made


def test_answers_are_kept_by_question(session: Session, survey: Survey, rich_client: RichClient) -> None:
    made = _answer(
        session, survey, rich_client, score="4", answer_2="1/5", answer_3="дёшево", reasons="ЦЕНА, люди"
    )
    stored = rows.get(session.store, SurveyResponse, made.id)
    assert (stored.score, stored.answer_2, stored.answer_3, stored.reasons) == (
        *(4, "1", "дёшево"),
        "цена; люди",
    )
    speed, effort, why = answers_of(survey, stored)
    assert (speed.mark, effort.mark, why.words, why.reasons) == (4, 1, "дёшево", ("цена", "люди"))


def test_a_question_may_stay_without_an_answer(
    session: Session, survey: Survey, rich_client: RichClient
) -> None:
    made = _answer(session, survey, rich_client, answer_2="0")
    assert (made.score, [answer.is_given for answer in answers_of(survey, made)]) == (
        None,
        [False, True, False],
    )
    session.undo()
    assert rows.get(session.store, SurveyResponse, made.id).archived_at is not None


@pytest.mark.parametrize(
    ("typed", "field", "problem"),
    [
        ({"score": "6"}, "score", "the scale of this survey is 0 to 5."),
        ({"answer_2": "6"}, "answer_2", "question 2 is answered by a mark from 0 to 5."),
        ({"answer_2": "-1"}, "answer_2", "question 2 is answered by a mark from 0 to 5."),
        ({"answer_2": "легко"}, "answer_2", "question 2 is answered by a mark from 0 to 5."),
        ({"score": "5", "answer_4": "3"}, "answer_4", "this survey has 3 questions only."),
        ({"score": "5", "reasons": "вкус"}, "reasons", "“вкус” is none of the reasons of this survey"),
        ({}, "score", "an answer to one question at least is needed."),
    ],
)
def test_wrong_answers_are_refused(
    session: Session,
    survey: Survey,
    rich_client: RichClient,
    typed: dict[str, str],
    field: str,
    problem: str,
) -> None:
    with pytest.raises(FieldProblems) as refused:
        _answer(session, survey, rich_client, **typed)
    assert refused.value.errors[field].startswith(problem)


def test_words_to_the_first_question_are_the_comment(session: Session, rich_client: RichClient) -> None:
    survey = changing.add(session, "survey", {"title": "why", "questions": "Why us? | reasons: a, b"})
    assert isinstance(survey, Survey)
    made = _answer(session, survey, rich_client, comment="cheap", reasons="a")
    (why,) = answers_of(survey, made)
    assert (why.words, why.reasons) == ("cheap", ("a",))
    with pytest.raises(FieldProblems, match="the first question is answered in words"):
        _answer(session, survey, rich_client, score="4")


@pytest.mark.parametrize(
    ("text", "mark"),
    [("4", 4), (" 4.0 ", 4), ("4/5", 4), ("4 из 5", 4), ("0", 0), ("", None), ("4.5", None), ("да", None)],
)
def test_marks_are_read_as_people_write_them(text: str, mark: int | None) -> None:
    assert read_mark(text) == mark
