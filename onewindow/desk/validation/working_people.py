"""Colleagues who work here no more are given nothing to do, as each field would that does not lie behind."""

from __future__ import annotations

from onewindow.records.fields import Attribute, Record, attributes
from onewindow.store import rows
from onewindow.store.engine import Store
from onewindow.store.people import organization

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


def _forward(record: Record) -> list[Attribute]:
    forward = [a for a in attributes(type(record)) if a.refers == "staff" and a.when != "behind"]
    is_held = getattr(record, "state", "") in _HELD
    return [a for a in forward if not (a.name == "trainer_id" and is_held)]
