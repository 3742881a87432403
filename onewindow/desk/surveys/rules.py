"""What must hold for surveys: the metric fixes the scale, and what was answered stays as it was asked."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.desk.reference.record_entries import Consequences, Context, RecordEntry, RecordRules
from onewindow.desk.session.context import Session
from onewindow.desk.surveys import detractors
from onewindow.desk.surveys.answers import answer_problems, as_stored
from onewindow.desk.surveys.questions import SCALES, scale_problem, text_problem, typed_questions
from onewindow.records.feedback import Survey, SurveyResponse
from onewindow.records.fields import attributes
from onewindow.store import feedback as feedback_store
from onewindow.store import rows
from onewindow.store.engine import Value

_ASKED = ("metric", "scale_min", "scale_max", "direction", "questions")
"""What an answer is an answer to; another of these makes another survey."""


def implied(given: Mapping[str, Value]) -> dict[str, Value]:
    """The metric of a first line, and the scale and kind that a metric brings, where they were not given."""
    typed = typed_questions(str(given.get("questions") or ""))[:1]
    brought: dict[str, Value] = {}
    if typed and typed[0].has_scale:
        ends = typed[0].span
        said = {"metric": typed[0].metric, "direction": typed[0].direction}
        said |= {"scale_min": ends[0], "scale_max": ends[1]} if ends else {}
        brought |= {name: value for name, value in said.items() if value is not None and name not in given}
    elif typed and (typed[0].in_words or typed[0].reasons) and "metric" not in given:
        brought["metric"] = "other"
    known = {**brought, **given}
    metric = str(known.get("metric", ""))
    if metric and "survey_kind" not in given:
        brought["survey_kind"] = "relationship" if metric == "nps" else "event"
    scale = SCALES.get(metric)
    if scale is None:
        return brought
    lowest, highest = next(
        (span for span in scale.spans if span[0] == known.get("scale_min", span[0])), scale.spans[0]
    )
    fixed: dict[str, Value] = {"scale_min": lowest, "scale_max": highest, "direction": scale.direction}
    return {**{name: value for name, value in fixed.items() if name not in known}, **brought}


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
    if before is None or changed:
        field, problem = scale_problem(record.metric, record.scale_min, record.scale_max, record.direction)
        if problem:
            errors[field] = problem
        elif problem := text_problem(record):
            errors["questions"] = problem
    return errors


def _asked(context: Context, record: SurveyResponse) -> Survey | None:
    return rows.find(context.store, Survey, record.survey_id)


def _response(context: Context, record: SurveyResponse) -> dict[str, str]:
    survey = _asked(context, record)
    return answer_problems(survey, record) if survey else {"survey_id": "there is no such survey."}


def _filled_response(context: Context, record: SurveyResponse) -> dict[str, Value]:
    survey = _asked(context, record)
    return as_stored(survey, record) if survey else {}


SURVEY = RecordEntry[Session, Survey](RecordRules(problems=_survey, implied=implied))
RESPONSE = RecordEntry[Session, SurveyResponse](
    RecordRules(problems=_response, filled=_filled_response),
    Consequences(
        stored=detractors.after_answer,
        changed=detractors.after_change,
        also_archived=detractors.open_task_of,
        follow_ups=(detractors.after_import,),
    ),
    caches=frozenset({"row"}),
)
