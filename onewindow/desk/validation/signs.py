"""Which sign an amount or a count has; its kind says what is taken off."""

from __future__ import annotations

from functools import cache

from onewindow.records.feedback import Revenue
from onewindow.records.fields import Attribute, Record, attributes
from onewindow.records.requests import Document, Touch

_MAY_BE_NEGATIVE = frozenset(
    {
        ("survey", "scale_min"),
        ("survey", "scale_max"),
        ("survey_response", "score"),
        ("playbook_step", "due_after_days"),
        ("plan_step", "due_after_days"),
    }
)
_MAY_BE_CREDITED = frozenset({"invoice", "act", "other"})
"""Kinds of document that exist with a minus too: a credit note, a corrective act."""
_REVENUE = {
    "discount": "a discount or a refund is taken off by itself: write it without a minus.",
    "cost": "a cost is taken off by itself: write it without a minus.",
}
_INCOME = "what came in has no minus; money given back is of the kind discount, without a minus too."
_GOODWILL = "what a gift or goodwill cost is written without a minus."


def sign_problems(record: Record) -> dict[str, str]:
    """One sentence for each field with the wrong sign."""
    values = vars(record)
    wrong = [a for a in _unsigned(type(record)) if isinstance(values[a.name], int) and values[a.name] < 0]
    if not wrong:
        return {}
    return {a.name: sentence for a in wrong if (sentence := _sentence(record, a))}


@cache
def _unsigned(record: type[Record]) -> tuple[Attribute, ...]:
    return tuple(
        a
        for a in attributes(record)
        if a.kind in ("money", "number") and (record.kind, a.name) not in _MAY_BE_NEGATIVE
    )


def _sentence(record: Record, described: Attribute) -> str:
    if isinstance(record, Revenue):
        return _REVENUE.get(record.revenue_kind, _INCOME)
    if isinstance(record, Touch) and described.name == "cost":
        return _GOODWILL
    if isinstance(record, Document):
        if record.document_kind in _MAY_BE_CREDITED:
            return ""
        return (
            f"the amount of this {record.document_kind} has no minus; a credit note is an invoice with one."
        )
    return (
        "this cannot be negative." if described.kind == "number" else "an amount is written without a minus."
    )
