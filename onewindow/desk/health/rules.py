"""What must hold for the weights of health."""

from __future__ import annotations

from onewindow.desk.reference.health_weights import SIGNALS, read_weights
from onewindow.desk.reference.record_entries import Context, RecordEntry, RecordRules
from onewindow.desk.segments import rules as segment_rules
from onewindow.desk.session.context import Session
from onewindow.records.health import HealthWeights


def _problems(context: Context, record: HealthWeights) -> dict[str, str]:
    errors = {name: "a weight cannot be negative." for name in SIGNALS if getattr(record, name) < 0}
    if not errors and not any(getattr(record, name) for name in SIGNALS):
        errors["adoption"] = "at least one weight must be above 0."
    if problem := segment_rules.choosing_problem(context.store, record.segment_id):
        errors["segment_id"] = problem
    twin = read_weights(context.store).sets.get((record.segment_id, record.tier, record.life))
    if twin is not None and twin.id != record.id and record.archived_at is None:
        errors["tier"] = f"“{twin.name}” has the weights of this tier and time of life already; edit those."
    return errors


WEIGHTS = RecordEntry[Session, HealthWeights](
    RecordRules(problems=_problems), caches=frozenset({"every_row"})
)
