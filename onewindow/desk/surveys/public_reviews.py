"""What is said of us in public: who reacts by when, and what was answered there."""

from __future__ import annotations

from datetime import date

from onewindow.desk.editing import changing
from onewindow.desk.reference.record_entries import Context, Done, RecordEntry, RecordRules
from onewindow.desk.session.context import Session
from onewindow.desk.sla.lateness import general_calendar
from onewindow.metrics.policies.working_days import add_working_days
from onewindow.records.clients import Client
from onewindow.records.feedback import PublicReview
from onewindow.store import rows
from onewindow.store.engine import Value
from onewindow.store.problems import StoreProblem

REACT_WORKING_DAYS = 1
"""A negative review is read by others at once: somebody reacts by the next working day."""
_SCHEMES = ("http://", "https://")


def react(session: Session, review: PublicReview, text: str) -> PublicReview:
    """Note what was answered to a review in public; raises StoreProblem without words, or if it was done."""
    if review.reacted_on:
        raise StoreProblem(f"It was answered on {review.reacted_on} already.")
    if not text.strip():
        raise StoreProblem("Write what was answered there.")
    values: dict[str, Value] = {"reacted_on": session.today().isoformat(), "reaction": text}
    return changing.change(session, review, values, f"answered the review “{review.quote[:60]}”")


def _problems(_context: Context, record: PublicReview) -> dict[str, str]:
    errors: dict[str, str] = {}
    # A link is opened by whoever reads it here: only pages are.
    if record.link and not record.link.casefold().startswith(_SCHEMES):
        errors["link"] = "a link to a review begins with https:// or http://."
    if record.reaction and not record.reacted_on:
        errors["reacted_on"] = "say on which day that was answered."
    if record.reacted_on and record.reacted_on < record.seen_on:
        errors["reacted_on"] = f"it was seen on {record.seen_on} only."
    return errors


def _begun(context: Context, record: PublicReview, _seconds: int) -> PublicReview:
    """A new one with who reacts: the owner of the client, else who noted it."""
    client = rows.find(context.store, Client, record.client_id) if record.client_id else None
    values: dict[str, Value] = {}
    if client is not None and client.owner_id and record.assignee_id in (None, _me(context)):
        values["assignee_id"] = client.owner_id
    if record.assignee_id is None and "assignee_id" not in values:
        values["assignee_id"] = _me(context)
    return record.with_changes(values)


def _me(context: Context) -> int | None:
    return context.me.id if context.me else None


def _due_on(session: Session) -> date:
    calendar = general_calendar(session.directory.policies)
    return add_working_days(calendar, session.today(), REACT_WORKING_DAYS)


def _likely(session: Session) -> dict[str, Value]:
    return {"seen_on": session.today().isoformat(), "due_on": _due_on(session).isoformat()}


def _done(session: Session, record: PublicReview) -> dict[str, Value]:
    if record.reacted_on:
        raise StoreProblem(f"It was answered on {record.reacted_on} already.")
    return {"reacted_on": session.today().isoformat()}


PUBLIC_REVIEW = RecordEntry[Session, PublicReview](
    RecordRules(problems=_problems, likely=_likely, begun=_begun), done=Done(_done)
)
