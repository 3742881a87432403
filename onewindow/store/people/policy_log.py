"""How policies and calendars stood before: every state that the log tells of, the oldest first.

A change that was undone never was, nor was the undoing of it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from onewindow.records.named_tuples import NamedTuple
from onewindow.records.organization import SlaPolicy, WorkingCalendar
from onewindow.store.engine import Store
from onewindow.store.rows import fetch

Moment = tuple[str, int]
"""When something came on file: UTC text, and an id of then, which tells apart what one second brought."""

_RULES = {"policy": SlaPolicy, "calendar": WorkingCalendar}
_AT_MOST = 1000


class RulesOnFile(NamedTuple):
    """The policies and calendars as they were on file from a moment on until the next one."""

    since: Moment
    policies: tuple[SlaPolicy, ...]
    """The live ones, the newest first."""
    calendars: tuple[WorkingCalendar, ...]
    """Archived ones too, because old policies name them."""


class _Step(NamedTuple):
    """What one change set did to a policy or a calendar: `old` is empty for a record that it made."""

    kind: str
    record_id: int
    old: dict[str, object] | None


def states(store: Store) -> list[RulesOnFile]:
    """Every state of policies and calendars, the one of now last; one empty state in an empty file."""
    records = {kind: {record.id: record for record in _all(store, kind)} for kind in _RULES}
    logged = {kind: _events(store, kind) for kind in _RULES}
    steps: dict[Moment, list[_Step]] = {}
    made: set[tuple[str, int]] = set()
    for kind, events in logged.items():
        for record_id, op, old, at, change_set, is_undone in events:
            record = records[kind].get(record_id)
            if record is None:
                continue
            if op == "insert":
                made.add((kind, record_id))
                if is_undone and record.archived_at:
                    del records[kind][record_id]
                else:
                    # A file of another One Window brings its policies with the times of that one; what one
                    # second brought there was there together.
                    moment = (record.created_at, 0) if record.created_at < at else (at, change_set)
                    steps.setdefault(moment, []).append(_Step(kind, record_id, None))
            elif not is_undone and old is not None:
                steps.setdefault((at, change_set), []).append(_Step(kind, record_id, json.loads(old)))
    for kind, known in records.items():
        for record_id, record in known.items():
            if (kind, record_id) not in made:  # a file that another tool filled has no log of it
                steps.setdefault((record.created_at, 0), []).append(_Step(kind, record_id, None))
    return _walked_back(records, steps)


def _walked_back(
    records: dict[str, dict[int, SlaPolicy | WorkingCalendar]], steps: dict[Moment, list[_Step]]
) -> list[RulesOnFile]:
    """The states between the steps, found from now backwards; steps that change no rule make none."""
    versions: list[RulesOnFile] = []
    for moment in sorted(steps, reverse=True):
        versions.append(_state(moment, records))
        for kind, record_id, old in reversed(steps[moment]):
            known = records[kind].get(record_id)
            if known is None:
                continue
            if old is not None:
                records[kind][record_id] = known.with_changes(old)
            elif kind == "policy":  # a calendar means nothing without a policy: it may stand from the first
                del records[kind][record_id]
    return versions[::-1] or [RulesOnFile(("", 0), (), ())]


def _state(moment: Moment, records: dict[str, dict[int, SlaPolicy | WorkingCalendar]]) -> RulesOnFile:
    policies = [
        record
        for record in records["policy"].values()
        if isinstance(record, SlaPolicy) and not record.archived_at
    ]
    policies.sort(key=lambda policy: (policy.valid_from, policy.id), reverse=True)
    calendars = [record for record in records["calendar"].values() if isinstance(record, WorkingCalendar)]
    return RulesOnFile(moment, tuple(policies), tuple(calendars))


def _all(store: Store, kind: str) -> Sequence[SlaPolicy | WorkingCalendar]:
    return fetch(store, _RULES[kind], f"ORDER BY id DESC LIMIT {_AT_MOST}")


def _events(store: Store, kind: str) -> list[tuple[int, str, str | None, str, int, bool]]:
    rows = store.rows(
        "SELECT e.entity_id, e.op, e.old, e.at, e.change_set_id, c.undoes, c.undone_by"
        " FROM event e JOIN change_set c ON c.id = e.change_set_id WHERE e.entity = :kind"
        " ORDER BY e.entity_id, e.seq",
        kind=kind,
    )
    return [(*row[:5], row[5] is not None or row[6] is not None) for row in rows]
