"""What must hold for standards: a check closes a state of the cycle, a review comes within six months."""

from __future__ import annotations

from datetime import date, timedelta

from onewindow.desk.validation.record_rules import Context, RecordRules
from onewindow.records.fields import Record
from onewindow.records.standards import Standard, StandardCheck
from onewindow.store import rows
from onewindow.store.engine import Value
from onewindow.store.plans import standards

REVIEW_DAYS = 182
"""Quality that nobody looks at decays in about half a year."""


def problems(context: Context, record: Record) -> dict[str, str]:
    """What keeps a record from being saved: one sentence by field."""
    if isinstance(record, StandardCheck):
        late = record.checked_on > context.today
        day = f"{date.fromisoformat(record.checked_on):%d.%m.%Y}"
        return {"checked_on": f"{day} has not come yet."} if late else {}
    if not isinstance(record, Standard):
        return {}
    stored = rows.find(context.store, Standard, record.id) if record.id else None
    errors: dict[str, str] = {}
    if not record.text and not record.location:
        errors["text"] = "write what holds, or where the file is."
    last = latest_review(context.today)
    moved = stored is None or stored.review_on != record.review_on
    if moved and record.review_on and record.review_on > last:
        errors["review_on"] = f"a standard is looked at within six months: {last} at the latest."
    if stored is not None and stored.cycle != record.cycle:
        passed = standards.last_check(context.store, stored.id, stored.cycle)
        if passed is None or passed.outcome != "passed":
            errors["cycle"] = f"“{stored.cycle}” is not closed by a check yet: check the standard first."
    return errors


def filled(context: Context, record: Record) -> dict[str, Value]:
    """A standard without a date is looked at in six months."""
    if isinstance(record, Standard) and not record.review_on:
        return {"review_on": latest_review(context.today)}
    return {}


def latest_review(today: str) -> str:
    """The latest date for the next review of what was looked at on a date."""
    return (date.fromisoformat(today) + timedelta(days=REVIEW_DAYS)).isoformat()


STANDARDS = RecordRules[Record](problems=problems, filled=filled)
