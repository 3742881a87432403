"""What must hold for cadences, occasions, days to congratulate on, and meetings."""

from __future__ import annotations

from onewindow.desk.editing.done_words import of_client, quoted
from onewindow.desk.policies.year_days import year_day
from onewindow.desk.reference.record_entries import Context, Display, RecordEntry, RecordRules
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.records.cadence import Holiday, Occasion, TouchCadence, TouchMark
from onewindow.records.meetings import Meeting
from onewindow.records.organization import Segment
from onewindow.store import rows
from onewindow.store.engine import Store

_LONGEST_MEETING = 7 * 24 * 60


def _segment_problems(record: TouchCadence | Occasion, store: Store) -> dict[str, str]:
    """What keeps a segment from choosing touches: it must hold until a card changes, as for clocks."""
    segment = rows.find(store, Segment, record.segment_id) if record.segment_id else None
    if segment is None:
        return {}
    from onewindow.desk.segments.membership import moving_problem  # filters: not before a segment is named

    problem = moving_problem(store, segment)
    return {"segment_id": problem} if problem else {}


def cadence_problems(record: TouchCadence) -> dict[str, str]:
    """What keeps a cadence from being saved, by field."""
    errors: dict[str, str] = {}
    if not 1 <= record.every_days <= 400:
        errors["every_days"] = "write 1 to 400 working days."
    for name in ("alarm_days", "review_days"):
        if getattr(record, name) < 0:
            errors[name] = "this cannot be negative; 0 means never."
    if record.tier and record.segment_id:
        errors["tier"] = "a cadence is for a tier or for a segment, not for both."
    return errors


def occasion_problems(record: Occasion) -> dict[str, str]:
    """What keeps an occasion from being saved, by field."""
    names = ("after_months", "after_days")
    errors = {name: "this cannot be negative." for name in names if getattr(record, name) < 0}
    if record.after_months > 36:
        errors["after_months"] = "three years (36) are the most."
    if record.after_days > 366:
        errors["after_days"] = "a year (366) is the most."
    return errors


def holiday_problems(record: Holiday) -> dict[str, str]:
    """What keeps a day from being saved, by field."""
    try:
        year_day(record.day)
    except ValueError as error:
        return {"day": str(error)}
    return {} if 0 <= record.days_before <= 60 else {"days_before": "write 0 to 60 days."}


def meeting_problems(record: Meeting) -> dict[str, str]:
    """What keeps a meeting from being saved, by field."""
    if not 1 <= record.minutes <= _LONGEST_MEETING:
        return {"minutes": "a meeting lasts from 1 minute to a week."}
    if record.state == "held" and not record.result:
        return {"result": "say what came of it."}
    if record.state in ("postponed", "cancelled") and not record.reason:
        return {"reason": f"say why it was {record.state}."}
    return {}


def _cadence(context: Context, record: TouchCadence) -> dict[str, str]:
    return cadence_problems(record) or _segment_problems(record, context.store)


def _occasion(context: Context, record: Occasion) -> dict[str, str]:
    return occasion_problems(record) or _segment_problems(record, context.store)


def _holiday(_context: Context, record: Holiday) -> dict[str, str]:
    return holiday_problems(record)


def _meeting(_context: Context, record: Meeting) -> dict[str, str]:
    return meeting_problems(record)


def _held_words(session: Session, record: Meeting) -> str:
    return f"meeting {quoted(naming.called(session, record))}{of_client(session, record)} was held"


CADENCE = RecordEntry[Session, TouchCadence](
    RecordRules(problems=_cadence), caches=frozenset({"every_row", "turn"})
)
OCCASION = RecordEntry[Session, Occasion](RecordRules(problems=_occasion), caches=frozenset({"every_row"}))
HOLIDAY = RecordEntry[Session, Holiday](RecordRules(problems=_holiday), caches=frozenset({"every_row"}))
MEETING = RecordEntry[Session, Meeting](RecordRules(problems=_meeting), display=Display(done=_held_words))
TOUCH_MARK = RecordEntry[Session, TouchMark](caches=frozenset({"row"}))
