"""Surveys and what people answered: whole surveys for their results, marks of a period for reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from onewindow.records.feedback import Survey, SurveyResponse
from onewindow.records.requests import Task
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.engine import Store

_PAGE = 2000


@frozen_struct
class ResponseLine:
    """A response with what results name and group by; of a task that follows it state, due day and end."""

    response: SurveyResponse
    client: str
    tier: str
    client_class: str
    owner_id: int | None
    contact: str
    language: str
    task_status: str | None
    task_due_on: str | None
    task_done_at: str | None


def surveys(store: Store) -> list[Survey]:
    """All surveys that are not archived, the newest first."""
    return rows.fetch(store, Survey, "WHERE archived_at IS NULL ORDER BY id DESC")


def response_lines(store: Store, survey_id: int, since: str, till: str) -> Iterator[ResponseLine]:
    """The responses to a survey from an instant until before another, by time, read a page at a time."""
    after_at, after_id = since, 0
    while page := _page(store, survey_id, after_at, after_id, till):
        yield from page
        after_at, after_id = page[-1].response.at, page[-1].response.id


def _page(store: Store, survey_id: int, at: str, after: int, till: str) -> list[ResponseLine]:
    found = store.rows(
        f"SELECT c.name, c.tier, c.client_class, c.owner_id, COALESCE(p.name, ''),"
        f" COALESCE(p.language, c.language), t.status, t.due_on, t.done_at,"
        f" {rows.column_list(SurveyResponse, 'r')}"
        " FROM survey_response r JOIN client c ON c.id = r.client_id"
        " LEFT JOIN contact p ON p.id = r.contact_id LEFT JOIN task t ON t.id = r.task_id"
        " WHERE r.survey_id = :survey AND (r.at, r.id) > (:at, :after) AND r.at < :till"
        " AND r.archived_at IS NULL ORDER BY r.at, r.id LIMIT :limit",
        survey=survey_id,
        at=at,
        after=after,
        till=till,
        limit=_PAGE,
    )
    return [ResponseLine(rows.build(SurveyResponse, row[9:]), *row[:9]) for row in found]


class AnswerRow(NamedTuple):
    """The answers of one client to the questions of a survey; `at` is UTC text."""

    client_id: int
    at: str
    score: int | None
    answer_2: str
    answer_3: str
    answer_4: str
    answer_5: str


def answers_between(store: Store, survey_id: int, since: str, till: str) -> list[AnswerRow]:
    """The answers to a survey from an instant until before another, by time."""
    found = store.rows(
        "SELECT client_id, at, score, answer_2, answer_3, answer_4, answer_5 FROM survey_response"
        " WHERE survey_id = :survey AND at >= :since AND at < :till AND archived_at IS NULL ORDER BY at, id",
        survey=survey_id,
        since=since,
        till=till,
    )
    return [AnswerRow(*row) for row in found]


def response_of_task(store: Store, task_id: int) -> SurveyResponse | None:
    """The response that a task follows."""
    found = rows.fetch(store, SurveyResponse, "WHERE task_id = :task ORDER BY id LIMIT 1", task=task_id)
    return found[0] if found else None


def closer_of(store: Store, task_id: int) -> str:
    """The login of whoever finished a task last, '' where the log does not say."""
    found = store.one(
        "SELECT actor FROM event WHERE entity = :kind AND entity_id = :task AND op = 'update'"
        " AND new LIKE '%\"status\"%' ORDER BY seq DESC LIMIT 1",
        kind=Task.kind,
        task=task_id,
    )
    return found[0] if found else ""
