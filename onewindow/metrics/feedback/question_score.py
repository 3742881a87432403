"""What the answers to one question of a survey come to, by the metric of the question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from onewindow.metrics.feedback.ces import EffortScale, ces
from onewindow.metrics.feedback.csat import csat
from onewindow.metrics.feedback.nps import MIN_ANSWERS, Group, nps, nps_group
from onewindow.metrics.intervals import Estimate, mean, wilson
from onewindow.records.structs import frozen_struct
from onewindow.records.survey_questions import Question


@frozen_struct
class QuestionScore:
    """The answers to one scored question: counts by mark, and numbers once there are ten of them.

    `value` is what the metric is read by: points of NPS from -100 to 100, the share of 4 and 5 for CSAT, the
    mean for CES and other scales. `share` is the share of CES on its two easiest marks, of CSAT the same as
    `value`; None for other metrics.
    """

    n: int
    counts: Mapping[int, int]
    value: Estimate | None = None
    share: Estimate | None = None
    average: Estimate | None = None
    groups: Mapping[Group, int] = {}
    """Of NPS how many are promoters, passives and detractors."""

    @property
    def is_few(self) -> bool:
        """Whether there are too few answers for any number but the counts."""
        return self.n < MIN_ANSWERS


@frozen_struct
class ClosedLoop:
    """How many low marks were answered: of all, and of those within their two working days."""

    n: int
    closed: int
    in_time: int

    @property
    def rate(self) -> Estimate | None:
        """The share that was followed up, None where nobody gave a low mark."""
        return wilson(self.closed, self.n) if self.n else None

    @property
    def in_time_rate(self) -> Estimate | None:
        """The share that was followed up in time, None where nobody gave a low mark."""
        return wilson(self.in_time, self.n) if self.n else None


def score_of(question: Question, marks: Iterable[int]) -> QuestionScore:
    """The score of the answers to a question; raises ValueError for a mark beyond its scale."""
    given = list(marks)
    beyond = [mark for mark in given if not question.lowest <= mark <= question.highest]
    if beyond:
        raise ValueError(f"The scale is {question.lowest} to {question.highest}, and an answer {beyond[0]}.")
    counts = dict(sorted(Counter(given).items()))
    groups: dict[Group, int] = {}
    if question.metric == "nps":
        for mark in given:
            group = nps_group(mark)
            groups[group] = groups.get(group, 0) + 1
    if len(given) < MIN_ANSWERS:
        return QuestionScore(len(given), counts, groups=groups)
    average = mean(given, question.lowest, question.highest)
    if question.metric == "nps":
        return QuestionScore(len(given), counts, nps(given).score, None, average, groups)
    if question.metric == "csat":
        satisfied = csat(given)
        return QuestionScore(len(given), counts, satisfied, satisfied, average)
    if question.metric == "ces":
        scale = EffortScale(question.lowest, question.highest, question.direction == "lower_is_better")
        effort = ces(given, scale)
        return QuestionScore(len(given), counts, average, effort.easy if effort else None, average)
    return QuestionScore(len(given), counts, average, None, average)
