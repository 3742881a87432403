"""Colleagues who work here no more are given nothing to do: which fields name who is to do something."""

from __future__ import annotations

from onewindow.records.fields import Attribute, Record, attributes
from onewindow.store import rows
from onewindow.store.engine import Store
from onewindow.store.people import organization

_OF_THE_PAST = frozenset(
    {"given_by_id", "acknowledged_by_id", "asked_by_id", "decided_by_id", "sales_id", "observer_id"}
)
"""Who did something once; such people may have left since."""
_STAFF_TO_COME = frozenset({"meeting", "meeting_person", "executor"})
"""Kinds whose `staff_id` is somebody who is still to come; in others it is who did something."""
_HELD = frozenset({"done", "held"})


def gone_people(store: Store, record: Record) -> dict[str, str]:
    """The fields that newly name somebody who works here no more, where somebody is to do something.

    One sentence by field.
    """
    chosen = [(a, getattr(record, a.name)) for a in _forward(record) if getattr(record, a.name)]
    if not chosen:
        return {}
    before = rows.find(store, type(record), record.id) if record.id else None
    errors: dict[str, str] = {}
    for described, staff_id in chosen:
        # Who was named when they still worked here may stand there on.
        if before is not None and getattr(before, described.name) == staff_id:
            continue
        name = organization.name_of_gone(store, staff_id)
        if name is not None:
            errors[described.name] = f"{name} works here no more; choose somebody else."
    return errors


def is_forward(kind: str, name: str) -> bool:
    """Whether a field of a kind names a colleague who is still to do something."""
    if name in _OF_THE_PAST or kind == "review_round":  # clients of somebody who left are walked too
        return False
    return name != "staff_id" or kind in _STAFF_TO_COME


def _forward(record: Record) -> list[Attribute]:
    forward = [a for a in attributes(type(record)) if a.refers == "staff" and is_forward(record.kind, a.name)]
    is_held = getattr(record, "state", "") in _HELD
    return [a for a in forward if not (a.name == "trainer_id" and is_held)]
