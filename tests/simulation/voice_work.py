"""What is written to clients and what they answer: messages before they go, and marks that were given."""

from __future__ import annotations

from onewindow.desk.outbox import drafting
from onewindow.desk.surveys import detractors
from onewindow.records.feedback import SurveyResponse
from onewindow.records.messages import Message
from tests.simulation.model import Draft, Refused
from tests.simulation.record_work import likely, save
from tests.simulation.step import Step, Work, seen


def draft_message(work: Work) -> Step | None:
    """A mail to a person of a client is written, and kept to be looked at."""
    row = work.pick("client")
    if row is None:
        return None
    client, session = work.look("client", row["id"]), work.person.session
    person = work.pick("contact", lambda each: each["client_id"] == row["id"])
    if person is None:
        return None
    contact = work.look("contact", person["id"], stale=0.3)
    text, subject = work.word(), work.one_of("", work.word(), work.word())
    message = drafting.drafted(session, client, text, subject=subject, contact=contact, channel="email")

    def foretell(draft: Draft) -> None:
        to = {"client_id": row["id"], "contact_id": contact.id, "recipient": contact.email}
        said = {"staff_id": session.me.id, "channel": "email", "subject": subject, "text": text}
        draft.insert("message", {**to, **said})

    return Step(f"draft message {text}", lambda: drafting.draft(session, message), foretell)


def send_or_cancel(work: Work) -> Step | None:
    """A message is put into the outbox, or kept from going."""
    row = work.pick("message")
    if row is None:
        return None
    message: Message = work.look("message", row["id"], stale=0.3)
    session = work.person.session
    if work.chance(0.3):

        def cancelled(draft: Draft) -> None:
            if message.state == "cancelled":
                raise Refused("it is so already")
            save(draft, "message", seen(message), {"state": "cancelled"})

        return Step(f"cancel {message.text}", lambda: drafting.cancel(session, message), cancelled)

    def queued(draft: Draft) -> None:
        if message.state == "queued" or not (message.subject and message.recipient):
            raise Refused("it is so already, or somebody is to write more")
        if message.contact_id and draft.get("contact", message.contact_id)["archived_at"]:
            raise Refused("nobody is there to read it")
        values = {"state": "queued", "queued_at": draft.at, "error": ""}
        save(draft, "message", seen(message), values)

    return Step(
        f"queue {message.text}",
        lambda: drafting.queue(session, message, at_night=True),
        queued,
    )


def answer_mark(work: Work) -> Step | None:
    """Somebody who gave a mark was called; that is a touch, and a task that is done."""
    row = work.pick("survey_response")
    if row is None:
        return None
    response: SurveyResponse = work.look("survey_response", row["id"], stale=0.3)
    session, said = work.person.session, work.one_of("", work.word(), work.word())

    def foretell(draft: Draft) -> None:
        task = draft.get("task", response.task_id) if response.task_id else None
        if (task and task["status"] != "open") or not said:
            raise Refused("it was followed up, or nothing was said")
        of_client = likely(work, "touch", response.client_id)
        talk = {"contact_id": response.contact_id, "direction": "out", "text": said}
        draft.insert("touch", {**of_client, **talk})
        if task:
            save(draft, "task", task, {"status": "done", "assignee_id": session.me.id, "text": said})
            return
        done = {"status": "done", "done_at": draft.at, "due_on": draft.today, "text": said}
        named = {"title": f"answer to a mark of {response.score}", "task_kind": "detractor"}
        task = draft.insert("task", {**likely(work, "task", response.client_id), **named, **done})
        save(draft, "survey_response", seen(response), {"task_id": task["id"]})

    return Step(
        f"answer the mark {response.score}", lambda: detractors.answer(session, response, said), foretell
    )
