"""Who gave a low mark: a task in two working days of the client's calendar, until somebody answered."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from rich_client import Clock, RichClient

from onewindow.desk.editing import changing
from onewindow.desk.policies.calendars import CalendarChange, changed
from onewindow.desk.queue.today import read_today
from onewindow.desk.session.context import Session
from onewindow.desk.surveys import detractors
from onewindow.desk.validation.calendar_hours import stored_calendar
from onewindow.metrics.policies.calendar_json import calendar_to_dict
from onewindow.records.feedback import Survey, SurveyResponse
from onewindow.records.organization import WorkingCalendar
from onewindow.records.requests import Task, Touch
from onewindow.store import rows, surveys
from onewindow.store.problems import StoreProblem


@pytest.fixture
def nps(session: Session) -> Survey:
    made = changing.add(
        session, "survey", {"title": "NPS", "metric": "csat", "questions": "Довольны?\nПорекомендуете? | nps"}
    )
    assert isinstance(made, Survey)
    return made


def _mark(session: Session, survey: Survey, client: RichClient, mark: str, **typed: str) -> SurveyResponse:
    values = {"survey_id": str(survey.id), "answer_2": mark, **typed}
    made = changing.add(session, "survey_response", values, client.id)
    assert isinstance(made, SurveyResponse)
    return made


def _task(session: Session, response: SurveyResponse) -> Task | None:
    return rows.find(session.store, Task, response.task_id) if response.task_id else None


@pytest.mark.parametrize(
    ("at", "due_on"),
    [
        ("23.11.2026 14:00", "2026-11-25"),
        ("20.11.2026 18:00", "2026-11-24"),
        ("21.11.2026 12:00", "2026-11-24"),
        ("03.11.2026 12:00", "2026-11-06"),  # the 4th is closed
    ],
)
def test_a_low_mark_is_due_in_two_working_days(
    session: Session, nps: Survey, rich_client: RichClient, at: str, due_on: str
) -> None:
    (calendar,) = rows.fetch(session.store, WorkingCalendar, "")
    hours = changed(
        stored_calendar(calendar.hours), CalendarChange(close=["2026-11-04"]), "UTC", session.today()
    )
    changing.change(session, calendar, {"hours": json.dumps(calendar_to_dict(hours))})
    task = _task(session, _mark(session, nps, rich_client, "6", at=at, comment="долго"))
    assert task is not None
    assert (task.due_on, task.status, task.task_kind) == (due_on, "open", "detractor")
    assert (task.title, task.assignee_id) == ("answer to a mark of 6: «долго»", rich_client.client.owner_id)


@pytest.mark.parametrize("mark", ["7", "10"])
def test_a_better_mark_opens_no_task(
    session: Session, nps: Survey, rich_client: RichClient, mark: str
) -> None:
    assert _mark(session, nps, rich_client, mark).task_id is None


def test_an_old_answer_opens_no_task(session: Session, nps: Survey, rich_client: RichClient) -> None:
    assert _mark(session, nps, rich_client, "0", at="01.08.2026 12:00").task_id is None


def test_one_undo_takes_the_task_back_too(session: Session, nps: Survey, rich_client: RichClient) -> None:
    made = _mark(session, nps, rich_client, "2")
    session.undo()
    task = _task(session, made)
    assert task is not None
    assert task.archived_at is not None


def test_it_stands_in_the_day_once_and_is_closed_by_who_answered(
    session: Session, nps: Survey, rich_client: RichClient, clock: Clock
) -> None:
    changing.change(session, rich_client.client, {"owner_id": session.me.id})
    made = _mark(session, nps, rich_client, "3")
    clock.now += timedelta(days=1)
    (row,) = [row for row in read_today(session).rows if row.item.record.id == made.task_id]
    assert (row.item.group, row.item.client_waits) == ("detractors", True)
    task = _task(session, made)
    assert task is not None
    detractors.close(session, task, "Позвонила, исправим к пятнице")
    closed = rows.get(session.store, Task, task.id)
    assert (closed.status, closed.assignee_id, surveys.closer_of(session.store, task.id)) == (
        *("done", session.me.id),
        "ivanova",
    )
    touches = rows.fetch(session.store, Touch, "WHERE client_id = :client", client=rich_client.id)
    assert "Позвонила, исправим к пятнице" in {touch.text for touch in touches}
    with pytest.raises(StoreProblem, match="followed up already"):
        detractors.answer(session, rows.get(session.store, SurveyResponse, made.id), "ещё раз")
    session.undo()
    again = rows.get(session.store, Task, task.id)
    assert again.status == "open"


def test_words_are_needed(session: Session, nps: Survey, rich_client: RichClient) -> None:
    with pytest.raises(StoreProblem, match="what the client was told"):
        detractors.answer(session, _mark(session, nps, rich_client, "3"), " ")


def test_a_corrected_mark_opens_a_task_or_drops_it(
    session: Session, nps: Survey, rich_client: RichClient
) -> None:
    made = _mark(session, nps, rich_client, "9")
    low = changing.edit(session, made, {"answer_2": "1"})
    task = _task(session, low)
    assert task is not None
    high = changing.edit(session, low, {"answer_2": "8"})
    dropped = _task(session, high)
    assert dropped is not None
    assert dropped.status == "dropped"


def test_an_archived_answer_takes_its_open_task_along(
    session: Session, nps: Survey, rich_client: RichClient
) -> None:
    made = _mark(session, nps, rich_client, "0")
    changing.archive(session, made)
    task = _task(session, made)
    assert task is not None
    assert task.archived_at is not None
