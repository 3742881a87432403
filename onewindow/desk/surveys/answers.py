"""What a response says to each question of its survey: marks read from texts, words, coded reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from onewindow.desk.surveys.questions import questions_of
from onewindow.metrics.feedback.nps import nps_group
from onewindow.records.feedback import Survey, SurveyResponse
from onewindow.records.structs import frozen_struct
from onewindow.records.survey_questions import ANSWERS, Question
from onewindow.store.engine import Value
from onewindow.text.fold import fold

_MARK = re.compile(r"\s*(-?\d{1,3})(?:[.,]0+)?(?:\s*(?:/|of|из|от)\s*\d{1,3})?\s*")
"""4, 4.0, 4/5, 4 из 5."""


class Answered(Protocol):
    """Whatever holds the answers to the questions of a survey: a response, or a row of one."""

    @property
    def score(self) -> int | None: ...  # noqa: D102
    @property
    def answer_2(self) -> str: ...  # noqa: D102
    @property
    def answer_3(self) -> str: ...  # noqa: D102
    @property
    def answer_4(self) -> str: ...  # noqa: D102
    @property
    def answer_5(self) -> str: ...  # noqa: D102


@frozen_struct
class Answer:
    """One answer: a mark or words, of a question with a scale or without; neither where nothing was said."""

    question: Question
    mark: int | None
    words: str
    reasons: tuple[str, ...] = ()

    @property
    def is_given(self) -> bool:
        """Whether anything was answered."""
        return self.mark is not None or bool(self.words or self.reasons)


def answers_of(survey: Survey, response: SurveyResponse) -> list[Answer]:
    """What a response says to each question, in their order."""
    return [answer_to(question, response) for question in questions_of(survey)]


def answer_to(question: Question, response: SurveyResponse) -> Answer:
    """What a response says to one question."""
    text = _text(response, question.field)
    if question.is_scored:
        return Answer(question, read_mark(text), "")
    return Answer(question, None, text, split_reasons(response.reasons) if question.reasons else ())


def marks_of(survey: Survey, response: SurveyResponse, metric: str) -> Iterator[int]:
    """The marks that a response gave to the questions of a metric."""
    for answer in answers_of(survey, response):
        if answer.question.metric == metric and answer.mark is not None:
            yield answer.mark


def detractor_mark(survey: Survey, response: SurveyResponse) -> int | None:
    """The lowest mark by which somebody would not recommend us, None if they gave none such."""
    low = [mark for mark in marks_of(survey, response, "nps") if nps_group(mark) == "detractor"]
    return min(low, default=None)


def given_mark(question: Question, answered: Answered) -> int | None:
    """The mark that a row of answers gives to a scored question; None for none or one beyond its scale."""
    given = (answered.score, answered.answer_2, answered.answer_3, answered.answer_4, answered.answer_5)
    mark = read_mark(str(given[question.number - 1]))
    return mark if mark is not None and question.lowest <= mark <= question.highest else None


def read_mark(text: str) -> int | None:
    """The mark that a text is: 4, 4.0, 4/5, 4 из 5; None for any other."""
    match = _MARK.fullmatch(text)
    return int(match[1]) if match else None


def split_reasons(text: str) -> tuple[str, ...]:
    """The coded reasons that a field holds, with `;` between."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def as_stored(survey: Survey, response: SurveyResponse) -> dict[str, Value]:
    """Answers as they are kept, where they are typed otherwise: 4/5 as 4, reasons as the survey has them."""
    values: dict[str, Value] = {}
    for question in questions_of(survey):
        if question.is_scored and question.number > 1:
            mark = read_mark(_text(response, question.field))
            values |= {} if mark is None else {question.field: str(mark)}
        if question.reasons and response.reasons:
            known = {fold(code): code for code in question.reasons}
            said = response.reasons.split(";" if ";" in response.reasons else ",")
            codes = dict.fromkeys(known.get(fold(code), code.strip()) for code in said if code.strip())
            values["reasons"] = "; ".join(codes)
    return {name: value for name, value in values.items() if value != getattr(response, name)}


def answer_problems(survey: Survey, response: SurveyResponse) -> dict[str, str]:
    """What is wrong with the answers of a response: one sentence by field."""
    questions = questions_of(survey)
    errors: dict[str, str] = {}
    for question in questions:
        if problem := _mark_problem(question, _text(response, question.field)):
            errors[question.field] = problem
    fields = {question.field for question in questions}
    for name in ANSWERS:
        if name not in fields and _text(response, name):
            errors[name] = _not_asked(name, len(questions))
    if problem := _reasons_problem(questions, response):
        errors["reasons"] = problem
    if not errors and not any(_text(response, name) for name in (*ANSWERS, "comment", "reasons")):
        scored = next((question for question in questions if question.is_scored), None)
        errors[scored.field if scored else "comment"] = "an answer to one question at least is needed."
    return errors


def _mark_problem(question: Question, text: str) -> str:
    if not text or not question.is_scored:
        return ""
    mark = read_mark(text)
    if mark is not None and question.lowest <= mark <= question.highest:
        return ""
    if question.number == 1:
        return f"the scale of this survey is {question.lowest} to {question.highest}."
    return f"question {question.number} is answered by a mark from {question.lowest} to {question.highest}."


def _not_asked(name: str, count: int) -> str:
    if name == "score":
        return "the first question is answered in words; they are the comment."
    return f"this survey has {count} question{'s' if count > 1 else ''} only."


def _reasons_problem(questions: Sequence[Question], response: SurveyResponse) -> str:
    if not response.reasons:
        return ""
    codes = next((question.reasons for question in questions if question.reasons), ())
    if not codes:
        return "no question of this survey has coded reasons."
    unknown = [code for code in split_reasons(response.reasons) if code not in codes]
    return f"“{unknown[0]}” is none of the reasons of this survey: {', '.join(codes)}." if unknown else ""


def _text(response: SurveyResponse, field: str) -> str:
    if field == "score":
        return "" if response.score is None else str(response.score)
    texts = {
        "answer_2": response.answer_2,
        "answer_3": response.answer_3,
        "answer_4": response.answer_4,
        "answer_5": response.answer_5,
        "comment": response.comment,
        "reasons": response.reasons,
    }
    return texts[field]
