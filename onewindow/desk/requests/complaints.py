"""Complaints: what they came from, how it is put right by when, and which ones come again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from onewindow.desk.editing.changing import change_in, insert_in
from onewindow.desk.people.absences import who_works_here
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.sla import event_log, repeats
from onewindow.records.clients import Client
from onewindow.records.requests import Request, Task
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.changes import Transaction
from onewindow.store.problems import StoreProblem
from onewindow.store.requests import links as request_links

CORRECTIVE = "corrective action"
"""The kind of task that puts right what a request has shown."""


@frozen_struct
class Complaint:
    """One line of the register."""

    request: Request
    client: Client
    actions: tuple[Task, ...]
    """What is done so that it does not happen again."""
    repeats: tuple[Request, ...]
    """The client's earlier complaints that it repeats, the newest first."""


def correct(
    session: Session, request: Request, what: str, due_on: str, assignee_id: int | None = None
) -> Task:
    """Promise a corrective action by a date (ISO), done by somebody or by the request's assignee.

    Closed requests take one too: what they have shown is often put right later. Raises StoreProblem without
    words or for a date that is over.
    """
    if not what.strip():
        raise StoreProblem("Write what is done so that it does not happen again.")
    if due_on < session.today().isoformat():
        raise StoreProblem("That day is over; name one that lies ahead.")
    task = Task(
        client_id=request.client_id,
        request_id=request.id,
        title=what.strip(),
        task_kind=CORRECTIVE,
        due_on=due_on,
        assignee_id=assignee_id or who_works_here(session, request.assignee_id),
    )

    def work(transaction: Transaction) -> Task:
        stored = insert_in(session, transaction, task)
        noted = event_log.add_event(
            session,
            transaction,
            request,
            "note",
            f"Corrective action by {date.fromisoformat(due_on):%d.%m.%Y}: {stored.title}",
        )
        # The first action stands in the field; further ones are tasks beside it.
        if not noted.corrective_action:
            change_in(session, transaction, noted, {"corrective_action": stored.title})
        return stored

    return session.change(f"corrective action for {naming.title_of(request)}", work).result


def register(session: Session, since: str) -> Iterator[Complaint]:
    """All complaints opened from an instant (UTC text) on, the oldest first."""
    store = session.store
    for request in request_links.complaints_since(store, since):
        tasks = request_links.tasks_of(store, request.id)
        yield Complaint(
            request=request,
            client=rows.get(store, Client, request.client_id),
            actions=tuple(task for task in tasks if task.task_kind == CORRECTIVE),
            repeats=tuple(repeats.earlier(store, request)),
        )
