"""What became of a record by `x`, in a few words: the message and the label of undo say the same."""

from __future__ import annotations

from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.metrics.promises import is_standing, tally
from onewindow.records.adoption import Delivery, Training, TrainingSession
from onewindow.records.clients import Promise
from onewindow.records.fields import Record
from onewindow.records.meetings import Meeting
from onewindow.records.voice import Feedback
from onewindow.records.work import Document, Request, Task


def done_told(session: Session, record: Record) -> str:
    """The kind, number or title, client and what became of it: `act 17 of Ромашка ООО is here`.

    A clause without a capital and an end; a standing promise tells how often it was kept, as it is given.
    """
    whose = naming.label(session, "client", getattr(record, "client_id", None))
    of = f" of {whose}" if whose else ""
    match record:
        case Request():
            return f"R-{record.number} {record.title}{of} is resolved"
        case Document():
            kind = record.document_kind.replace("_", " ")
            return f"{kind} {record.number or quoted(record.title)}{of} is here"
        case Promise():
            return f"promise {quoted(record.text)}{of} is kept{_how_often(record)}"
        case Feedback():
            return f"{whose or 'the client'} was told of {quoted(_wish(session, record))}"
        case Delivery():
            return f"{whose or 'the client'} was told of {quoted(_announced(session, record))}"
        case TrainingSession() | Training() | Meeting():
            what = "meeting" if isinstance(record, Meeting) else "training"
            return f"{what} {quoted(naming.called(session, record))}{of} was held"
        case Task():
            return f"task {quoted(record.title)}{of} is done"
        case _:
            return f"{naming.called(session, record)}{of} is done"


def quoted(text: str) -> str:
    """The first line of a text, in quotes."""
    lines = text.splitlines()
    return f"“{lines[0] if lines else ''}”"


def _how_often(promise: Promise) -> str:
    if not is_standing(promise):
        return ""
    kept, broken = tally(promise)
    return f", {kept}/{kept + broken}"


def _wish(session: Session, wish: Feedback) -> str:
    """What came out, as the row of the day calls it; of what is tied to nothing, the client's own words."""
    return naming.label(session, "feature", wish.feature_id) or wish.quote


def _announced(session: Session, delivery: Delivery) -> str:
    return naming.label(session, "announcement", delivery.announcement_id)
