"""What must hold for announcements, their deliveries, and lessons for many."""

from __future__ import annotations

from onewindow.desk.announcements import deliveries, training_sessions
from onewindow.desk.editing.done_words import quoted
from onewindow.desk.reference.record_entries import Context, Display, Done, RecordEntry, RecordRules
from onewindow.desk.segments import rules as segment_rules
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Announcement, Delivery, Release, TrainingSession
from onewindow.store.engine import Value


def _problems(context: Context, record: Announcement) -> dict[str, str]:
    return segment_rules.audience_problems(context.store, record.audience)


def _session_problems(context: Context, record: TrainingSession) -> dict[str, str]:
    if (record.capacity or 0) < 0:
        return {"capacity": "this cannot be negative."}
    return segment_rules.audience_problems(context.store, record.audience)


def _delivery_problems(context: Context, record: Delivery) -> dict[str, str]:
    return deliveries.problems(context.store, record)


def _filled_delivery(context: Context, record: Delivery) -> dict[str, Value]:
    return deliveries.settled_values(context.store, record, context.at)


def _delivery_values(_session: Session, _record: Delivery) -> dict[str, Value]:
    return {"state": "told"}


def _notify(session: Session, record: Delivery) -> Delivery:
    return deliveries.move(session, record, "told")


def _delivery_words(session: Session, record: Delivery) -> str:
    whom = naming.label(session, "client", record.client_id) or "the client"
    return f"{whom} was told of {quoted(naming.label(session, 'announcement', record.announcement_id))}"


def _session_values(_session: Session, _record: TrainingSession) -> dict[str, Value]:
    return {"state": "held"}


def _session_words(session: Session, record: TrainingSession) -> str:
    return f"training {quoted(naming.called(session, record))} was held"


ANNOUNCEMENT = RecordEntry[Session, Announcement](RecordRules(problems=_problems))
SESSION = RecordEntry[Session, TrainingSession](
    RecordRules(problems=_session_problems),
    done=Done(_session_values, mark=training_sessions.close),
    display=Display(done=_session_words),
)
DELIVERY = RecordEntry[Session, Delivery](
    RecordRules(problems=_delivery_problems, filled=_filled_delivery),
    done=Done(_delivery_values, mark=_notify),
    display=Display(done=_delivery_words),
)
RELEASE = RecordEntry[Session, Release](caches=frozenset({"every_row"}))
