"""The metric of a survey fixes its scale, five questions are the most, and answered surveys stay."""

from __future__ import annotations

import pytest
from rich_client import RichClient

from onewindow.desk.editing import changing
from onewindow.desk.editing.entries import Entry
from onewindow.desk.session.context import Session
from onewindow.desk.surveys.questions import typed_questions
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.feedback import Survey


def _survey(session: Session, **typed: str) -> Survey:
    made = changing.add(session, "survey", {"title": "опрос", "questions": "Порекомендуете?", **typed})
    assert isinstance(made, Survey)
    return made


@pytest.mark.parametrize(
    ("metric", "scale"),
    [
        ("nps", (0, 10, "higher_is_better")),
        ("csat", (0, 5, "higher_is_better")),
        ("ces", (0, 5, "lower_is_better")),
        ("other", (0, 10, "higher_is_better")),
    ],
)
def test_a_metric_brings_its_scale(session: Session, metric: str, scale: tuple[int, int, str]) -> None:
    made = _survey(session, metric=metric)
    assert (made.scale_min, made.scale_max, made.direction) == scale


def test_the_form_brings_the_scale_too(session: Session) -> None:
    entry = Entry(session, "survey")
    saved = entry.save({**entry.first, "title": "усилие", "metric": "ces", "questions": "Трудно?"})
    assert isinstance(saved, Survey)
    assert (saved.scale_max, saved.direction) == (5, "lower_is_better")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"metric": "nps", "scale_max": "5"}, "scale_max"),
        ({"metric": "nps", "scale_max": "9"}, "scale_max"),
        ({"metric": "nps", "scale_max": "11"}, "scale_max"),
        ({"metric": "nps", "scale_min": "1"}, "scale_min"),
        ({"metric": "nps", "direction": "lower_is_better"}, "direction"),
        ({"metric": "csat", "scale_max": "10"}, "scale_max"),
        ({"metric": "ces", "direction": "higher_is_better"}, "direction"),
        ({"metric": "ces", "scale_min": "0", "scale_max": "7"}, "scale_max"),
        ({"metric": "other", "scale_min": "5", "scale_max": "5"}, "scale_max"),
    ],
)
def test_another_scale_is_refused(session: Session, typed: dict[str, str], field: str) -> None:
    with pytest.raises(FieldProblems) as refused:
        _survey(session, **typed)
    assert field in refused.value.errors


def test_customer_effort_goes_from_one_to_seven_too(session: Session) -> None:
    made = _survey(session, metric="ces", scale_min="1")
    assert (made.scale_min, made.scale_max) == (1, 7)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Порекомендуете?", 1),
        ("Порекомендуете нас\nПочему", 2),
        ("Как вам? Что мешает? Кого знаете?", 3),
        ("1. Как вам 2. Что мешает 3. Кто 4. Где 5. Когда 6. Зачем", 6),
        ("1) как; 2) где; 3) что; 4) кто; 5) зачем; 6) почём", 6),
        ("a?b?c?d?e?f?", 6),
        ("один; два; три", 3),
        ("Как вам?\r\nЧто мешает?\u2028Кого знаете?", 3),
        ("Сколько дней в 2026 году", 1),
        ("Оценка версии 2.0?", 1),
        ("Как вам? (0–10)\n\n", 1),
    ],
)
def test_questions_are_counted_however_they_are_typed(text: str, count: int) -> None:
    assert len(typed_questions(text)) == count


def test_five_questions_pass_and_six_do_not(session: Session) -> None:
    assert _survey(session, questions="a? b? c? d? e?").id
    with pytest.raises(FieldProblems, match="6 questions are too many"):
        _survey(session, questions="a? b? c? d? e? f?")


def test_an_answered_survey_stays_as_it_was_asked(session: Session, rich_client: RichClient) -> None:
    survey = _survey(session, metric="csat")
    edited = changing.edit(session, survey, {"questions": "Довольны?"})
    answer = {"survey_id": str(survey.id), "score": "5", "at": "23.11.2026 10:00"}
    changing.add(session, "survey_response", answer, rich_client.id)
    for typed in (
        {"scale_max": "10", "metric": "other"},
        {"metric": "nps"},
        {"direction": "lower_is_better"},
        {"questions": "Очень довольны?"},
    ):
        with pytest.raises(FieldProblems, match="a new version is a new survey"):
            changing.edit(session, edited, typed)
    assert changing.edit(session, edited, {"title": "другое имя"}).title == "другое имя"
