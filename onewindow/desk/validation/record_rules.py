"""What must hold for a record beyond its fields' own shapes, and what the program fills in itself.

Each feature says that of its own kinds, in the `RecordRules` of their entries. Here stands what holds for
every kind, and how a record is asked about; nothing here knows a feature.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TypeVar

from onewindow.desk.reference.record_entries import Context
from onewindow.desk.session.context import Session
from onewindow.desk.validation.facts_ahead import due_behind
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.desk.validation.signs import sign_problems
from onewindow.desk.validation.working_people import gone_people
from onewindow.records.fields import Attribute, Record, attributes, columns
from onewindow.store.engine import Value
from onewindow.text.clean import says_nothing
from onewindow.text.dates import day_in_full

R = TypeVar("R", bound=Record)


def context_of(session: Session, *, is_import: bool = False) -> Context:
    """The present of a session."""
    return Context(
        session.store,
        session.registry,
        session.now_text(),
        session.today().isoformat(),
        session.settings.region,
        session.is_lead,
        session.me,
        is_import,
    )


def problems(context: Context, record: Record) -> dict[str, str]:
    """Everything that keeps a record from being saved: one sentence by field."""
    errors = {
        a.name: f"{a.label} {_is_or_are(a.label)} needed."
        for a in _needed(type(record))
        if _is_missing(getattr(record, a.name))
    }
    errors.update(_backwards(record))
    for name, text in context.registry.of_record(record).rules.problems(context, record).items():
        errors.setdefault(name, text)
    for name, text in sign_problems(record).items():
        errors.setdefault(name, text)
    if not context.is_import:
        for name, text in gone_people(context.store, record).items():
            errors.setdefault(name, text)
    return errors


def filled(context: Context, record: Record) -> dict[str, Value]:
    """What the program itself writes into a record: sort names, slugs, check marks, settling times."""
    return context.registry.of_record(record).rules.filled(context, record)


def implied(session: Session, kind: str, given: Mapping[str, Value]) -> dict[str, Value]:
    """What fields that were typed say of others that were not: a survey's metric fixes its scale."""
    return session.registry.of(kind).rules.implied(given)


def completed_when_typed(session: Session, record: R) -> R:
    """A record that is typed into a form, with what its own words say of a field left empty.

    Raises FieldProblems for what a form asks for though a record without it can be stored, from a file for
    example.
    """
    completed = session.registry.of_record(record).rules.completed_when_typed(session, record)
    if over := due_behind(completed, session.today().isoformat()):
        raise FieldProblems(over)
    return completed


def validate_moving(context: Context, record: Record) -> None:
    """Raise StoreProblem where a record may not be archived or brought back by this person."""
    context.registry.of_record(record).rules.validate_moving(context, record)


@cache
def _needed(record: type[Record]) -> tuple[Attribute, ...]:
    return tuple(a for a in attributes(record) if a.required and not a.derived)


def _is_missing(value: object) -> bool:
    return value is None or (isinstance(value, str) and says_nothing(value))


_SPANS = (
    ("starts_on", "ends_on"),
    ("valid_from", "valid_till"),
    ("away_from", "away_till"),
    ("issued_on", "expires_on"),
    ("started_on", "due_on"),
)


@cache
def _spans(record: type[Record]) -> tuple[tuple[str, str], ...]:
    return tuple(span for span in _SPANS if set(span) <= set(columns(record)))


def _backwards(record: Record) -> dict[str, str]:
    """Spans that end before they begin."""
    errors: dict[str, str] = {}
    for begin, end in _spans(type(record)):
        first, last = getattr(record, begin), getattr(record, end)
        if first and last and last < first:
            days = f"{day_in_full(last)}, before it begins on {day_in_full(first)}"
            errors[end] = f"it ends on {days}."
    return errors


def _is_or_are(label: str) -> str:
    return "are" if label.endswith("s") and not label.endswith(("ss", "us")) else "is"
