"""What must hold for standards: a check closes a state of the cycle, a review comes within six months."""

from __future__ import annotations

from datetime import date, timedelta

from onewindow.desk.reference.record_entries import Context, RecordEntry, RecordRules
from onewindow.desk.session.context import Session
from onewindow.records.standards import Standard, StandardCheck
from onewindow.store import rows
from onewindow.store.engine import Value
from onewindow.store.plans import standards

REVIEW_DAYS = 182
"""Quality that nobody looks at decays in about half a year."""


def _check_problems(context: Context, record: StandardCheck) -> dict[str, str]:
    late = record.checked_on > context.today
    day = f"{date.fromisoformat(record.checked_on):%d.%m.%Y}"
    return {"checked_on": f"{day} has not come yet."} if late else {}


def _problems(context: Context, record: Standard) -> dict[str, str]:
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


def _filled(context: Context, record: Standard) -> dict[str, Value]:
    """A standard without a date is looked at in six months."""
    return {} if record.review_on else {"review_on": latest_review(context.today)}


def latest_review(today: str) -> str:
    """The latest date for the next review of what was looked at on a date."""
    return (date.fromisoformat(today) + timedelta(days=REVIEW_DAYS)).isoformat()


STANDARD = RecordEntry[Session, Standard](RecordRules(problems=_problems, filled=_filled))
STANDARD_CHECK = RecordEntry[Session, StandardCheck](RecordRules(problems=_check_problems))
