"""What must hold for surveys: the metric fixes the scale, and what was answered stays as it was asked."""

from __future__ import annotations

import re
from collections.abc import Mapping

from onewindow.desk.reference.record_entries import Context, RecordEntry, RecordRules
from onewindow.desk.session.context import Session
from onewindow.records.feedback import Survey, SurveyResponse
from onewindow.records.fields import attributes
from onewindow.records.structs import frozen_struct
from onewindow.store import feedback as feedback_store
from onewindow.store import rows
from onewindow.store.engine import Value

MOST_QUESTIONS = 5
"""People answer so many questions at most."""
_ASKED = ("metric", "scale_min", "scale_max", "direction", "questions")
"""What an answer is an answer to; another of these makes another survey."""
_LINE = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
# A letter has to follow: "1.5" and "10." at the end of a sentence begin no question.
_NUMBERED = re.compile(r"(?:^|[\s;])\(?\d{1,2}[.)](?=\s*[^\W\d])")
_LETTER = re.compile(r"[^\W\d_]")


@frozen_struct
class Scale:
    """The scales that a metric may have, the usual one first, and which end of them is good."""

    spans: tuple[tuple[int, int], ...]
    direction: str
    why: str


SCALES = {
    "nps": Scale(((0, 10),), "higher_is_better", "NPS is asked from 0 to 10, higher is better"),
    "csat": Scale(((0, 5), (1, 5)), "higher_is_better", "CSAT is asked from 0 to 5, higher is better"),
    "ces": Scale(
        ((0, 5), (1, 7)), "lower_is_better", "CES is asked from 0 to 5 or from 1 to 7, lower is better"
    ),
}
"""What each metric fixes; `other` has any scale."""


def count_questions(text: str) -> int:
    """How many questions a text asks, whether they stand a line each, in one line, or under numbers."""
    return sum(_count_in_line(line) for line in _LINE.split(text) if _LETTER.search(line))


def implied(given: Mapping[str, Value]) -> dict[str, Value]:
    """The scale and direction that a metric brings along where they were not given themselves."""
    scale = SCALES.get(str(given.get("metric", "")))
    if scale is None:
        return {}
    lowest, highest = next(
        (span for span in scale.spans if span[0] == given.get("scale_min", span[0])), scale.spans[0]
    )
    brought: dict[str, Value] = {"scale_min": lowest, "scale_max": highest, "direction": scale.direction}
    return {name: value for name, value in brought.items() if name not in given}


def _count_in_line(line: str) -> int:
    asked = len([part for part in re.split(r"[?？؟;；]+", line) if _LETTER.search(part)])
    # The larger count, never the sum: a numbered question has its question mark too.
    return max(1, asked, len(_NUMBERED.findall(line)))


def _stored(context: Context, record: Survey) -> Survey | None:
    return rows.find(context.store, Survey, record.id) if record.id else None


def _survey(context: Context, record: Survey) -> dict[str, str]:
    before = _stored(context, record)
    changed = [name for name in _ASKED if before and getattr(before, name) != getattr(record, name)]
    errors: dict[str, str] = {}
    if changed and (answers := feedback_store.count_answers(context.store, record.id)):
        labels = {a.name: a.label for a in attributes(Survey)}
        for name in changed:
            errors[name] = (
                f"{answers} answered it already, so its {labels[name]} stays; a new version is a new survey."
            )
        return errors
    if before is None or "questions" in changed:
        count = count_questions(record.questions)
        if count > MOST_QUESTIONS:
            errors["questions"] = f"{count} questions are too many: people answer five at most."
    if before is None or changed:
        errors |= _scale(record)
    return errors


def _scale(record: Survey) -> dict[str, str]:
    scale = SCALES.get(record.metric)
    if scale is None:
        low_high = record.scale_max > record.scale_min
        return {} if low_high else {"scale_max": "the highest mark must be above the lowest."}
    errors: dict[str, str] = {}
    if (record.scale_min, record.scale_max) not in scale.spans:
        lowest = {low for low, _ in scale.spans}
        field = "scale_max" if record.scale_min in lowest else "scale_min"
        errors[field] = f"{scale.why}; another scale is of the metric “other”."
    if record.direction != scale.direction:
        errors["direction"] = f"{scale.why}."
    return errors


def _response(context: Context, record: SurveyResponse) -> dict[str, str]:
    survey = rows.find(context.store, Survey, record.survey_id)
    if survey is None:
        return {"survey_id": "there is no such survey."}
    if not survey.scale_min <= record.score <= survey.scale_max:
        return {"score": f"the scale of this survey is {survey.scale_min} to {survey.scale_max}."}
    return {}


SURVEY = RecordEntry[Session, Survey](RecordRules(problems=_survey, implied=implied))
RESPONSE = RecordEntry[Session, SurveyResponse](RecordRules(problems=_response), caches=frozenset({"row"}))
