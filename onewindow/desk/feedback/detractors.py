"""Answering somebody who gave a low mark: what they were told, as a call on file and a task that is done."""

from __future__ import annotations

from onewindow.desk.editing.changing import change_in, insert_in
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.records.feedback import SurveyResponse
from onewindow.records.requests import Task, Touch
from onewindow.store.changes import Transaction
from onewindow.store.problems import StoreProblem

TASK_KIND = "detractor"


def answer(session: Session, response: SurveyResponse, text: str) -> SurveyResponse:
    """Log what was said to somebody who gave a low mark, which then no longer holds the health down.

    Raises StoreProblem if somebody follows up already, or if the words are missing.
    """
    if response.task_id is not None:
        raise StoreProblem("Somebody follows up this answer already.")
    if not text.strip():
        raise StoreProblem("Write what the client was told.")

    def work(transaction: Transaction) -> SurveyResponse:
        client_id, contact_id, me = response.client_id, response.contact_id, session.me.id
        touch = Touch(client_id=client_id, contact_id=contact_id, staff_id=me, direction="out", text=text)
        insert_in(session, transaction, touch)
        task = Task(
            client_id=client_id,
            title=f"answer to a mark of {response.score}",
            assignee_id=me,
            due_on=session.today().isoformat(),
            status="done",
            task_kind=TASK_KIND,
            text=text,
        )
        stored = insert_in(session, transaction, task)
        return change_in(session, transaction, response, {"task_id": stored.id})

    client = naming.label(session, "client", response.client_id)
    return session.change(f"answered a mark of {response.score}: {client}", work).result
