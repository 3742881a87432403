"""Who gave a low mark: the task that follows it, due in two working days, and what they were told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from onewindow.desk.editing.changing import change_in, insert_in
from onewindow.desk.reference import policy_segments
from onewindow.desk.reference.record_entries import Changed
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.surveys.answers import detractor_mark
from onewindow.metrics.policies.working_days import add_working_days
from onewindow.metrics.policies.working_time import Calendar
from onewindow.records.clients import Client
from onewindow.records.feedback import Survey, SurveyResponse
from onewindow.records.requests import Task, Touch
from onewindow.store import rows, surveys
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import parse_utc, utc_text

TASK_KIND = "detractor"
ANSWER_WORKING_DAYS = 2
"""A detractor is answered within so many working days of the client's calendar."""
PAST_MENDING_DAYS = 90
"""An older answer opens no task any more."""
_TITLE = 200


def client_calendar(session: Session, client: Client) -> Calendar | None:
    """The calendar by which a client is served: that of their ordinary requests; None where there is none."""
    book = session.directory.policies
    segments = policy_segments.of_client(session.store, client.id)
    policy = book.record_for(client.tier, "normal", "question", session.now_text(), segments)
    if policy is not None:
        return book.calendars.get(policy.calendar_id)
    return next(iter(book.calendars.values()), None)


def due_on(session: Session, client: Client, at: str) -> date:
    """By which day a low mark that was given at an instant (UTC text) is answered."""
    calendar = client_calendar(session, client)
    zone = calendar.zone if calendar is not None else session.zone
    return add_working_days(calendar, parse_utc(at).astimezone(ZoneInfo(zone)).date(), ANSWER_WORKING_DAYS)


def after_answer(session: Session, transaction: Transaction, stored: SurveyResponse) -> SurveyResponse:
    """Open the task that follows a low mark; gives the response with it."""
    survey = rows.get(transaction.store, Survey, stored.survey_id)
    mark = detractor_mark(survey, stored)
    since = utc_text(session.now() - timedelta(days=PAST_MENDING_DAYS))
    if mark is None or stored.task_id is not None or stored.at < since:
        return stored
    client = transaction.client(stored.client_id)
    said = f": «{stored.comment}»" if stored.comment else ""
    task = Task(
        client_id=client.id,
        title=" ".join(f"answer to a mark of {mark}{said}".split())[:_TITLE],
        assignee_id=client.owner_id or session.me.id,
        due_on=due_on(session, client, stored.at).isoformat(),
        task_kind=TASK_KIND,
    )
    return transaction.update(stored, {"task_id": insert_in(session, transaction, task).id})


def after_change(
    session: Session, transaction: Transaction, change: Changed[SurveyResponse]
) -> SurveyResponse:
    """Open a task when a mark became low, and drop an open one when it is low no more."""
    after = change.after
    survey = rows.get(transaction.store, Survey, after.survey_id)
    if detractor_mark(survey, after) is not None:
        return after_answer(session, transaction, after)
    for task in open_task_of(session, transaction, after):
        change_in(session, transaction, task, {"status": "dropped"})
    return after


def after_import(
    session: Session, transaction: Transaction, before: SurveyResponse | None, stored: SurveyResponse
) -> str:
    """Open the task of a response that a file brought; one that was typed has its own already."""
    if before is not None or stored.task_id is not None:
        return ""
    return "a task follows" if after_answer(session, transaction, stored).task_id else ""


def open_task_of(_session: Session, transaction: Transaction, record: SurveyResponse) -> Sequence[Task]:
    """The open task that follows a response, if there is one."""
    task = rows.find(transaction.store, Task, record.task_id) if record.task_id else None
    return [task] if task is not None and task.status == "open" and task.archived_at is None else []


def mark_of_task(store: Store, task: Task) -> int | None:
    """The low mark that a task follows, None where its answer is gone."""
    response = surveys.response_of_task(store, task.id)
    survey = rows.find(store, Survey, response.survey_id) if response is not None else None
    return detractor_mark(survey, response) if survey is not None and response is not None else None


def answer(session: Session, response: SurveyResponse, text: str) -> SurveyResponse:
    """Log what was said to somebody who gave a low mark, which then no longer holds the health down.

    The task that follows the mark is done with it, by me. Raises StoreProblem if it is done already, or if
    the words are missing.
    """
    task = rows.find(session.store, Task, response.task_id) if response.task_id else None
    if task is not None and task.status != "open":
        raise StoreProblem("This answer was followed up already.")
    return _answer(session, response, task, text)


def close(session: Session, task: Task, text: str) -> SurveyResponse:
    """Log what was said to the one whose low mark a task follows, and finish it; raises StoreProblem."""
    response = surveys.response_of_task(session.store, task.id)
    if response is None:
        raise StoreProblem("The answer that this task follows is not on file any more; finish it with `x`.")
    return answer(session, response, text)


def _answer(session: Session, response: SurveyResponse, task: Task | None, text: str) -> SurveyResponse:
    if not text.strip():
        raise StoreProblem("Write what the client was told.")
    survey = rows.get(session.store, Survey, response.survey_id)
    low = detractor_mark(survey, response)
    mark = response.score if low is None else low

    def work(transaction: Transaction) -> SurveyResponse:
        client_id, contact_id, me = response.client_id, response.contact_id, session.me.id
        touch = Touch(client_id=client_id, contact_id=contact_id, staff_id=me, direction="out", text=text)
        insert_in(session, transaction, touch)
        if task is not None:
            change_in(session, transaction, task, {"status": "done", "assignee_id": me, "text": text})
            return rows.get(transaction.store, SurveyResponse, response.id)
        made = Task(
            client_id=client_id,
            title=f"answer to a mark of {mark}",
            assignee_id=me,
            due_on=session.today().isoformat(),
            status="done",
            task_kind=TASK_KIND,
            text=text,
        )
        stored = insert_in(session, transaction, made)
        return transaction.update(response, {"task_id": stored.id})

    client = naming.label(session, "client", response.client_id)
    return session.change(f"answered a mark of {mark}: {client}", work).result
