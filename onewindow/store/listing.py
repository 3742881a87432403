"""Lists of records of one kind that are open or current, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from onewindow.records.fields import Record, columns
from onewindow.records.kinds import KINDS
from onewindow.store.engine import Store, Value
from onewindow.store.rows import fetch, in_chunks

R = TypeVar("R", bound=Record)

_PAGE = 500

CURRENT: Mapping[str, str] = {
    "client": "stage <> 'lost'",
    "contact": "left_on IS NULL",
    "request": "status NOT IN ('resolved', 'declined')",
    "promise": "status IN ('new', 'acknowledged')",
    "task": "status = 'open'",
    "document": "state NOT IN ('expired', 'cancelled')",
    "opportunity": "state NOT IN ('won', 'lost', 'dismissed')",
    "plan": "status = 'running'",
    "plan_step": "status = 'open'",
    "executor": "state = 'asked'",
    "training": "state = 'planned'",
    "feature": "status NOT IN ('released', 'declined')",
    "product": "is_sold = 1",
    "announcement": "state <> 'sent'",
    "delivery": "state = 'queued'",
    "session": "state = 'planned'",
    "attendance": "state IN ('invited', 'accepted')",
    "handover": "state = 'sent'",
    "handover_item": "state IN ('open', 'missing', 'asked')",
}
"""What makes a record open or current, by kind; a kind that is not here is always current."""


STATES = frozenset({"status", "state", "stage"})
"""The columns that CURRENT speaks of: who asks for one of their values means it."""


def listed(
    store: Store,
    record: type[R],
    *,
    current: bool = True,
    client_id: int | None = None,
    equal: Mapping[str, Value] | None = None,
    any_state: bool = False,
    limit: int | None = None,
) -> Iterator[R]:
    """Records in the order in which they were made, read a page at a time.

    `equal` asks for values of columns; archived ones come only without `current`, closed ones also with
    `any_state` or where `equal` asks for a state.
    """
    parameters: dict[str, Value] = dict(equal or {})
    if client_id is not None:
        parameters["client_id"] = client_id
    conditions = ["id > :after", *_conditions(record, parameters, any_state=any_state, current=current)]
    clauses = f"WHERE {' AND '.join(conditions)} ORDER BY id LIMIT :limit"
    after, left = 0, limit
    while left is None or left > 0:
        size = _PAGE if left is None else min(_PAGE, left)
        page = fetch(store, record, clauses, **parameters, after=after, limit=size)
        yield from page
        if len(page) < size:
            return
        after = page[-1].id
        left = None if left is None else left - len(page)


def count_left_out(
    store: Store, record: type[Record], equal: Mapping[str, Value] | None = None, *, any_state: bool = False
) -> int:
    """How many records `listed` passes over only because they are closed or archived."""
    parameters: dict[str, Value] = dict(equal or {})
    asked = _conditions(record, parameters, any_state=any_state, current=False)
    current = _conditions(record, parameters, any_state=any_state, current=True)
    left_out = store.scalar(
        f"SELECT COUNT(*) FROM {KINDS[record.kind].table}"
        f" WHERE {' AND '.join(['1 = 1', *asked])} AND NOT ({' AND '.join(current)})",
        **parameters,
    )
    return int(left_out)


def _conditions(
    record: type[Record], equal: Mapping[str, Value], *, any_state: bool, current: bool
) -> list[str]:
    conditions = [f"{name} = :{name}" for name in equal if name in columns(record)]
    if current:
        conditions.append("archived_at IS NULL")
        if record.kind in CURRENT and not any_state and not equal.keys() & STATES:
            conditions.append(CURRENT[record.kind])
    return conditions


def by_ids(store: Store, record: type[R], ids: Iterable[int]) -> dict[int, R]:
    """Records by id, archived ones too; ids that nothing has are left out."""
    records: dict[int, R] = {}
    for names, parameters in in_chunks(ids, _PAGE):
        page = fetch(store, record, f"WHERE id IN ({names})", **parameters)
        records.update((one.id, one) for one in page)
    return records


def count_current(store: Store, kind: str) -> int:
    """How many records of a kind are current and not archived; of all if the kind knows no other state."""
    current = f" AND {CURRENT[kind]}" if kind in CURRENT else ""
    return store.scalar(f"SELECT COUNT(*) FROM {KINDS[kind].table} WHERE archived_at IS NULL{current}")
