"""Which records a list asks for: fields that have one of some values, words in texts, a span of days."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from onewindow.desk.session.context import Session
from onewindow.records.fields import Record
from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Value
from onewindow.store.listing import STATES
from onewindow.text.dates import to_local, week_monday
from onewindow.text.fold import fold

WHEN: Mapping[str, str] = {
    "client": "since",
    "promise": "due_on",
    "request": "opened_at",
    "document": "issued_on",
    "task": "due_on",
    "touch": "at",
    "licence": "ends_on",
    "training": "planned_on",
    "plan": "started_on",
    "plan_step": "due_on",
    "release": "released_on",
    "usage": "week",
    "announcement": "sent_on",
    "delivery": "at",
    "session": "starts_at",
    "attendance": "at",
    "feedback": "said_on",
    "survey_response": "at",
    "opportunity": "expected_on",
    "revenue": "on_date",
    "handover": "sent_on",
    "observation": "observed_on",
}
"""The field that says when a record of a kind was, or is to be; of other kinds it is when they were made."""


@frozen_struct
class RecordFilter:
    """What a list asks for; conditions add up."""

    equal: Mapping[str, Value]
    """Fields that have one value: the store asks for these itself."""
    fits: Callable[[Record], bool] | None
    """Whether a record also fits the rest; None if there is no rest."""
    any_state: bool = False
    """Whether states are asked for by name, so that closed ones may be among them."""


def when_field(kind: str) -> str:
    """The field whose day `since` and `till` mean."""
    return WHEN.get(kind, "created_at")


def record_filter(
    session: Session,
    kind: str,
    values: Mapping[str, Sequence[Value]],
    words: Mapping[str, Sequence[str]],
    days: tuple[date | None, date | None],
) -> RecordFilter:
    """What fields must be: one of `values`, with one of the `words` in it, between the two `days`.

    Words are compared as search compares them, in any alphabet and case.
    """
    equal = {name: wanted[0] for name, wanted in values.items() if len(wanted) == 1}
    tests: list[Callable[[Record], bool]] = [
        _is_one_of(name, frozenset(wanted)) for name, wanted in values.items() if len(wanted) > 1
    ]
    tests += [_has_words(name, [fold(text) for text in wanted]) for name, wanted in words.items()]
    if any(days):
        tests.append(_is_between(session, when_field(kind), *days))

    def fits(record: Record) -> bool:
        return all(test(record) for test in tests)

    return RecordFilter(equal, fits if tests else None, any_state=bool(values.keys() & STATES))


def _is_one_of(name: str, values: frozenset[Value]) -> Callable[[Record], bool]:
    return lambda record: getattr(record, name) in values


def _has_words(name: str, wanted: Sequence[str]) -> Callable[[Record], bool]:
    def test(record: Record) -> bool:
        text = fold(str(getattr(record, name) or ""))
        return any(all(word in text for word in phrase.split()) if phrase else not text for phrase in wanted)

    return test


def _is_between(
    session: Session, name: str, first: date | None, last: date | None
) -> Callable[[Record], bool]:
    def test(record: Record) -> bool:
        day = _day_of(session, name, getattr(record, name))
        return day is not None and (first or day) <= day <= (last or day)

    return test


def _day_of(session: Session, name: str, value: object) -> date | None:
    if value in (None, ""):
        return None
    if name == "week":
        return week_monday(int(str(value)))
    text = str(value)
    return to_local(text, session.zone).date() if text.endswith("Z") else date.fromisoformat(text)
