"""What must hold for segments, for audiences, and for what segments choose."""

from __future__ import annotations

from onewindow.desk.reference.record_entries import Context, RecordEntry, RecordRules
from onewindow.desk.segments.membership import chosen_problem, moving_problem, problem_of
from onewindow.desk.session.context import Session
from onewindow.records.organization import Segment
from onewindow.store import rows
from onewindow.store.clients import segment_inputs
from onewindow.store.engine import Store
from onewindow.text.fold import fold


def problems(store: Store, segment: Segment) -> dict[str, str]:
    """What keeps a segment from being saved: another of its name, or a filter that cannot be."""
    twins = [other for other in segment_inputs.segments(store) if fold(other.name) == fold(segment.name)]
    if segment.archived_at is None and any(twin.id != segment.id for twin in twins):
        return {"name": f"there is a segment “{twins[0].name}” already; name this one differently."}
    problem = problem_of(store, segment)
    problem = problem or (chosen_problem(store, segment) if segment.id else "")
    return {"filter": problem} if problem else {}


def audience_problems(store: Store, audience: str) -> dict[str, str]:
    """What is wrong with a filter that says who is notified or invited."""
    if not audience.strip():
        return {}
    problem = problem_of(store, Segment(name="", filter=audience))
    return {"audience": problem} if problem else {}


def choosing_problem(store: Store, segment_id: int | None) -> str:
    """Why a segment cannot choose policies and weights, '' if it can or is none."""
    if segment_id is None:
        return ""
    segment = rows.find(store, Segment, segment_id)
    return moving_problem(store, segment) if segment is not None else "there is no such segment."


def _problems(context: Context, record: Segment) -> dict[str, str]:
    return problems(context.store, record)


SEGMENT = RecordEntry[Session, Segment](RecordRules(problems=_problems), caches=frozenset({"every_row"}))
