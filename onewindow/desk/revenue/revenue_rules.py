"""What must hold for money that is typed: an amount is said, since no money of nothing came in."""

from __future__ import annotations

from onewindow.desk.reference.record_entries import RecordEntry, RecordRules
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.feedback import Revenue


def _typed(_session: Session, record: Revenue) -> Revenue:
    """Refuse an amount that was left at nothing; a file may tell of an invoice of zero."""
    if not record.amount:
        raise FieldProblems({"amount": "amount is needed."})
    return record


REVENUE = RecordEntry[Session, Revenue](RecordRules(completed_when_typed=_typed), caches=frozenset({"row"}))
