"""What must hold for what clients say, and what telling them of it means."""

from __future__ import annotations

from onewindow.desk.feedback import notifying
from onewindow.desk.reference.record_entries import Context, Display, Done, RecordEntry, RecordRules
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Feature
from onewindow.records.feedback import Feedback
from onewindow.store import rows
from onewindow.store.engine import Value


def _problems(_context: Context, record: Feedback) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not 0 <= record.importance <= 3:
        errors["importance"] = "write 0 (idle wish) to 3 (cannot work without it)."
    if record.feedback_kind == "competitor" and not record.competitor:
        errors["competitor"] = "name the competitor they speak of."
    return errors


def _filled(context: Context, record: Feedback) -> dict[str, Value]:
    """Of what state of the feature the client was told, and what came of it, as the other fields say it."""
    before = rows.find(context.store, Feedback, record.id) if record.id else None
    values: dict[str, Value] = {}
    was_told = before.told_on if before else None
    told_status, outcome = record.told_status, record.outcome
    if record.told_on is None:
        told_status = told_status if record.outcome == "declined" else ""
    elif record.told_on != was_told and told_status == (before.told_status if before else ""):
        feature = rows.find(context.store, Feature, record.feature_id) if record.feature_id else None
        told_status = feature.status if feature else ""
    if outcome != "declined":
        outcome = "open" if record.told_on is None else "reacted" if record.reaction.strip() else "told"
    if told_status != record.told_status:
        values["told_status"] = told_status
    if outcome != record.outcome:
        values["outcome"] = outcome
    return values


def _filled_feature(context: Context, record: Feature) -> dict[str, Value]:
    before = rows.find(context.store, Feature, record.id) if record.id else None
    if before is None or before.status == record.status:
        return {}
    return {"status_on": context.today}


def _notified_values(session: Session, _record: Feedback) -> dict[str, Value]:
    return {"told_on": session.today().isoformat()}


FEEDBACK = RecordEntry[Session, Feedback](
    RecordRules(problems=_problems, filled=_filled),
    done=Done(_notified_values, mark=notifying.notify),
    display=Display(done=notifying.notified),
)
FEATURE = RecordEntry[Session, Feature](RecordRules(filled=_filled_feature))
