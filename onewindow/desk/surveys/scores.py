"""The marks that clients gave in a period, for reports over all surveys: each with its question's scale."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from onewindow.desk.session.context import Session
from onewindow.desk.surveys.answers import given_mark
from onewindow.desk.surveys.questions import questions_of
from onewindow.metrics.feedback.question_score import QuestionScore, score_of
from onewindow.records.feedback import Survey
from onewindow.records.structs import frozen_struct
from onewindow.records.survey_questions import Question
from onewindow.store import surveys as survey_store

ALWAYS = ("", "9999-12-31T23:59:59Z")
"""From when till when for all answers there are."""


@frozen_struct
class Mark:
    """One mark of a client for one question of a survey; `at` is UTC text."""

    client_id: int
    at: str
    mark: int
    survey: Survey
    question: Question

    @property
    def is_paid_for(self) -> bool:
        """Whether something was given for the answer."""
        return bool(self.survey.incentive.strip())

    @property
    def scale(self) -> tuple[str, int, int, str]:
        """What marks must have in common to be counted together: metric, lowest, highest, direction."""
        return self.question.metric, self.question.lowest, self.question.highest, self.question.direction


def marks(session: Session, since: str, till: str, metrics: Collection[str] = ()) -> Iterator[Mark]:
    """Every mark from an instant until before another, survey by survey, question by question, by time.

    `since` and `till` are UTC text. With `metrics` (nps, csat, ces, other) only those; surveys that are
    archived are left out.
    """
    for survey in survey_store.surveys(session.store):
        asked = [q for q in questions_of(survey) if q.is_scored and (not metrics or q.metric in metrics)]
        rows = survey_store.answers_between(session.store, survey.id, since, till) if asked else []
        for question in asked:
            for row in rows:
                mark = given_mark(question, row)
                if mark is not None:
                    yield Mark(row.client_id, row.at, mark, survey, question)


def by_scale(given: Iterable[Mark]) -> dict[tuple[str, int, int, str], list[Mark]]:
    """Marks by metric and scale (lowest, highest, direction): scales never mix."""
    parted: dict[tuple[str, int, int, str], list[Mark]] = {}
    for mark in given:
        parted.setdefault(mark.scale, []).append(mark)
    return parted


def score(given: list[Mark]) -> QuestionScore:
    """The score of marks of one metric and scale; raises ValueError without marks or for a mixture."""
    if len(by_scale(given)) != 1:
        raise ValueError("Marks of one metric and one scale are needed; scales never mix.")
    return score_of(given[0].question, [mark.mark for mark in given])
