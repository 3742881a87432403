"""One question of a survey as it is asked, with its own scale: what the text of a survey is read into."""

from __future__ import annotations

from typing import Literal

from onewindow.records.feedback import SurveyDirection
from onewindow.records.structs import frozen_struct

QuestionMetric = Literal["nps", "csat", "ces", "other", "words"]
"""How a question is answered: on the scale of a metric, on any other scale, or in the client's own words."""

ANSWERS = ("score", "answer_2", "answer_3", "answer_4", "answer_5")
"""The fields of a response that hold the answers, in the order of the questions."""


@frozen_struct
class Question:
    """A question of a survey. One that is answered in words has no scale: both ends are 0."""

    number: int
    text: str
    metric: QuestionMetric
    lowest: int
    highest: int
    direction: SurveyDirection
    aspect: str = ""
    """What it is about, so that the same aspect is compared over surveys: speed, ordering, self-service."""
    reasons: tuple[str, ...] = ()
    """The codes that an answer in words may get."""
    translations: tuple[tuple[str, str], ...] = ()
    """The question in other languages: two letters of the language, the text."""

    def text_in(self, language: str) -> str:
        """The question in a language, as it is typed where it has no translation."""
        return dict(self.translations).get(language, self.text)

    @property
    def is_scored(self) -> bool:
        """Whether it is answered by a mark."""
        return self.metric != "words"

    @property
    def field(self) -> str:
        """The field of a response with its answer; words to the first question are the comment."""
        return ANSWERS[self.number - 1] if self.is_scored or self.number > 1 else "comment"

    @property
    def scale(self) -> str:
        """Its scale in words: `nps 0–10`, `ces 0–5, lower is better`, `in words`."""
        if not self.is_scored:
            return "in words"
        lower = ", lower is better" if self.direction == "lower_is_better" else ""
        return f"{self.metric} {self.lowest}–{self.highest}{lower}"
