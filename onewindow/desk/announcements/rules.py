"""What must hold for announcements, their deliveries, and lessons for many."""

from __future__ import annotations

from onewindow.desk.announcements import deliveries
from onewindow.desk.segments import rules as segment_rules
from onewindow.desk.validation.record_rules import Context, RecordRules
from onewindow.records.adoption import Announcement, Delivery, TrainingSession
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


ANNOUNCEMENT = RecordRules[Announcement](problems=_problems)
SESSION = RecordRules[TrainingSession](problems=_session_problems)
DELIVERY = RecordRules[Delivery](problems=_delivery_problems, filled=_filled_delivery)
