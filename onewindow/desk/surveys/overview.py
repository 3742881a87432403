"""All surveys in short, and aspects over all of them: how hard it is to order, to help oneself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from onewindow.desk.session.context import Session
from onewindow.desk.surveys import scores
from onewindow.desk.surveys.as_text import score_text
from onewindow.desk.surveys.results import QuestionResult, begin_of, end_of
from onewindow.metrics.feedback.question_score import QuestionScore
from onewindow.records.feedback import Survey
from onewindow.records.structs import frozen_struct
from onewindow.records.survey_questions import Question
from onewindow.text.clean import clean

OVERVIEW_COLUMNS = (
    *("survey_id", "survey", "question", "text", "aspect", "metric", "lowest", "highest", "direction", "n"),
    *("value", "value_low", "value_high", "share", "share_low", "share_high", "is_few", "is_paid_for"),
)
"""The field names of `overview_rows`."""


@frozen_struct
class ScoredQuestion:
    """A question of a survey, or an aspect over several surveys (`survey` is None), with its score."""

    survey: Survey | None
    question: Question
    score: QuestionScore
    is_paid_for: bool


@frozen_struct
class Overview:
    """The scored questions of all surveys, and the aspects that they ask about."""

    questions: tuple[ScoredQuestion, ...]
    aspects: tuple[ScoredQuestion, ...]


def overview(session: Session, since: date | None = None, till: date | None = None) -> Overview:
    """All surveys that were answered between two days, both counted; questions without answers are left out.

    Marks on one aspect are counted together where metric and scale are the same; scales never mix.
    """
    by_question: dict[tuple[int, int], list[scores.Mark]] = {}
    by_aspect: dict[tuple[str, tuple[str, int, int, str]], list[scores.Mark]] = {}
    with session.store.read():
        for mark in scores.marks(session, begin_of(session, since), end_of(session, till)):
            by_question.setdefault((mark.survey.id, mark.question.number), []).append(mark)
            if mark.question.aspect:
                by_aspect.setdefault((mark.question.aspect, mark.scale), []).append(mark)
    return Overview(
        tuple(_scored(marks[0].survey, marks) for marks in by_question.values()),
        tuple(_scored(None, marks) for _, marks in sorted(by_aspect.items())),
    )


def _scored(survey: Survey | None, marks: list[scores.Mark]) -> ScoredQuestion:
    paid = any(mark.is_paid_for for mark in marks)
    return ScoredQuestion(survey, marks[0].question, scores.score(marks), paid)


def overview_lines(shown: Overview) -> list[str]:
    """All surveys in lines, a warning beside what was paid for; then the aspects."""
    if not shown.questions:
        return ["No survey was answered in this period."]
    lines: list[str] = []
    title = ""
    for asked in shown.questions:
        survey = asked.survey
        if survey is not None and survey.title != title:
            title = survey.title
            lines += [*([""] if lines else []), clean(title)]
        lines.append(f"  {asked.question.number}  {clean(asked.question.text)}")
        lines.append(f"     {_told(asked)}")
    if shown.aspects:
        lines += ["", "by aspect, over all surveys"]
        for asked in shown.aspects:
            lines.append(f"  {clean(asked.question.aspect)} ({asked.question.scale}): {_told(asked)}")
    if any(asked.is_paid_for for asked in shown.questions):
        lines += ["", "! Something was given for these answers: such marks run high."]
    return lines


def _told(asked: ScoredQuestion) -> str:
    mark = " !" if asked.is_paid_for else ""
    return score_text(QuestionResult(asked.question, asked.score)) + mark


def overview_rows(shown: Overview) -> Iterator[dict[str, object]]:
    """A row for each question and each aspect with stable field names; those of aspects name no survey."""
    for asked in (*shown.questions, *shown.aspects):
        question, score = asked.question, asked.score
        is_aspect = asked.survey is None
        value, share = score.value, score.share
        values = (
            *((asked.survey.id, asked.survey.title) if asked.survey else (None, "")),
            *((None, "") if is_aspect else (question.number, question.text)),
            *(question.aspect, question.metric, question.lowest, question.highest, question.direction),
            score.n,
            *((round(value.value, 4), round(value.low, 4), round(value.high, 4)) if value else (None,) * 3),
            *((round(share.value, 4), round(share.low, 4), round(share.high, 4)) if share else (None,) * 3),
            *(score.is_few, asked.is_paid_for),
        )
        yield dict(zip(OVERVIEW_COLUMNS, values, strict=True))
