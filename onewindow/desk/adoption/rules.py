"""What must hold for licences and lessons."""

from __future__ import annotations

from onewindow.desk.editing.done_words import of_client, quoted
from onewindow.desk.reference.record_entries import (
    Concerned,
    Context,
    Display,
    Done,
    RecordEntry,
    RecordRules,
)
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.adoption import Licence, Product, Training, Usage
from onewindow.store.adoption import alarm_inputs
from onewindow.store.engine import Value


def _licence_problems(_context: Context, record: Licence) -> dict[str, str]:
    return {name: "this cannot be negative." for name in ("bought", "active") if getattr(record, name) < 0}


def _typed_training(session: Session, record: Training) -> Training:
    """Refuse a day that is over as the day on which a lesson is planned."""
    is_open = record.state == "planned" and not record.held_on
    if is_open and record.planned_on and record.planned_on < session.today().isoformat():
        raise FieldProblems(
            {"planned_on": "what is planned lies ahead; write a day that is over into “held on”."}
        )
    return record


def _held(session: Session, _record: Training) -> dict[str, Value]:
    return {"state": "done", "held_on": session.today().isoformat()}


def _held_text(session: Session, record: Training) -> str:
    return f"training {quoted(naming.called(session, record))}{of_client(session, record)} was held"


LICENCE = RecordEntry[Session, Licence](
    RecordRules(problems=_licence_problems), caches=frozenset({"row", "row_at_once"})
)
TRAINING = RecordEntry[Session, Training](
    RecordRules(completed_when_typed=_typed_training),
    done=Done(_held, is_done=lambda record: record.state in ("done", "passed")),
    caches=frozenset({"row"}),
    display=Display(done=_held_text),
)
USAGE = RecordEntry[Session, Usage](caches=frozenset({"row"}))
# Alarms have the names of products.
PRODUCT = RecordEntry[Session, Product](concerned=Concerned(alarm_inputs.owners, by_new_ones=False))
