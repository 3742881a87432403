"""What must hold for licences and lessons."""

from __future__ import annotations

from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.desk.validation.record_rules import Context, RecordRules
from onewindow.records.adoption import Licence, Training


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


LICENCE = RecordRules[Licence](problems=_licence_problems)
TRAINING = RecordRules[Training](completed_when_typed=_typed_training)
