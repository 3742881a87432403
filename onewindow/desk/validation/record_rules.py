"""What must hold for a record beyond its fields' own shapes, and what the program fills in itself.

Each feature says that of its own kinds in a `RecordRules` beside itself; `desk/registry.py` lists them.
Here stands what holds for every kind, and how a record is asked about; nothing here knows a feature.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Generic, TypeVar

from onewindow.desk.session.context import Session
from onewindow.desk.validation.facts_ahead import due_behind
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.desk.validation.signs import sign_problems
from onewindow.desk.validation.working_people import gone_people
from onewindow.records.department import Staff
from onewindow.records.fields import Attribute, Record, attributes, columns
from onewindow.records.values import value_class
from onewindow.store.engine import Store, Value
from onewindow.text.clean import says_nothing
from onewindow.text.dates import day_in_full

R = TypeVar("R", bound=Record)


@value_class
class Context:
    """What a rule may look at: the store inside the write, the present as stored, today's date, my region."""

    store: Store
    at: str
    today: str
    region: str
    is_lead: bool = False
    """Whether the person may pass over what holds others up."""
    me: Staff | None = None
    """Who writes; None where the program does."""
    is_import: bool = False
    """Whether a file brings the record; its reader looks at what the rows name itself."""


def context_of(session: Session, *, is_import: bool = False) -> Context:
    """The present of a session."""
    return Context(
        session.store,
        session.now_text(),
        session.today().isoformat(),
        session.settings.region,
        session.me.role in ("lead", "admin"),
        session.me,
        is_import,
    )


def _no_values(_context: Context, _record: Any) -> dict[str, Any]:
    return {}


def _nothing_implied(_given: Mapping[str, Value]) -> dict[str, Value]:
    return {}


def _as_typed(_session: Session, record: Any) -> Any:
    return record


def _may_move(_context: Context, _record: Any) -> None:
    return None


@value_class
class RecordRules(Generic[R]):
    """What a feature says of a kind of record; a part that it does not give says nothing."""

    problems: Callable[[Context, R], dict[str, str]] = _no_values
    """What keeps a record from being saved: one sentence by field."""
    filled: Callable[[Context, R], dict[str, Value]] = _no_values
    """What the program writes into a record itself."""
    implied: Callable[[Mapping[str, Value]], dict[str, Value]] = _nothing_implied
    """What fields that were typed say of others that were not."""
    completed_when_typed: Callable[[Session, R], R] = _as_typed
    """A record that is typed into a form with what its own words say; raises FieldProblems."""
    validate_moving: Callable[[Context, R], None] = _may_move
    """Raises StoreProblem where a record may not be archived or brought back by this person."""
    is_judged_alone: bool = False
    """Whether of all that is on file only people may be in the way of a new one: it can be checked ahead."""


NO_RULES: RecordRules[Any] = RecordRules()
_LOADERS: dict[str, Callable[[], RecordRules[Any]]] = {}


def register(loaders: Mapping[str, Callable[[], RecordRules[Any]]]) -> None:
    """Take over who gives the rules of which kind; they are loaded when the first such record is written."""
    _LOADERS.update(loaders)


def rules_of(kind: str) -> RecordRules[Any]:
    """The rules of a kind, `NO_RULES` for one of which no feature says anything."""
    loader = _LOADERS.get(kind)
    return NO_RULES if loader is None else loader()


def problems(context: Context, record: Record) -> dict[str, str]:
    """Everything that keeps a record from being saved: one sentence by field."""
    errors = {
        a.name: f"{a.label} {_is_or_are(a.label)} needed."
        for a in _needed(type(record))
        if _is_missing(getattr(record, a.name))
    }
    errors.update(_backwards(record))
    for name, text in rules_of(record.kind).problems(context, record).items():
        errors.setdefault(name, text)
    for name, text in sign_problems(record).items():
        errors.setdefault(name, text)
    if not context.is_import:
        for name, text in gone_people(context.store, record).items():
            errors.setdefault(name, text)
    return errors


def filled(context: Context, record: Record) -> dict[str, Value]:
    """What the program itself writes into a record: sort names, slugs, check marks, settling times."""
    return rules_of(record.kind).filled(context, record)


def implied(kind: str, given: Mapping[str, Value]) -> dict[str, Value]:
    """What fields that were typed say of others that were not: a survey's metric fixes its scale."""
    return rules_of(kind).implied(given)


def completed_when_typed(session: Session, record: R) -> R:
    """A record that is typed into a form, with what its own words say of a field left empty.

    Raises FieldProblems for what a form asks for though a record without it can be stored, from a file for
    example.
    """
    rules: RecordRules[R] = rules_of(record.kind)
    completed = rules.completed_when_typed(session, record)
    if over := due_behind(completed, session.today().isoformat()):
        raise FieldProblems(over)
    return completed


def validate_moving(context: Context, record: Record) -> None:
    """Raise StoreProblem where a record may not be archived or brought back by this person."""
    rules_of(record.kind).validate_moving(context, record)


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
    return tuple(each for each in _SPANS if set(each) <= set(columns(record)))


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
