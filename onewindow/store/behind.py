"""Cache rows that are behind their records: others were waiting when those changed, or too many rows moved.

Such a write says in the row which change it does not know of, and keeps only what is counted in a moment.
Whoever reads cache rows brings them up first (`bringing_up.py`): what is worked out from a snapshot is
written if the row still waits for the same change, so that nobody waits while it is worked out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from onewindow.store.bringing_up import Behind, bring_up
from onewindow.store.engine import Store


def note(store: Store, client_ids: Iterable[int], seq: int, now: str) -> None:
    """Say that the rows of clients are behind a change, and count what is counted at once; inside a write."""
    for client_id in client_ids:
        store.execute(_NOTE, client=client_id, seq=seq, now=now)


def mark(store: Store, client_ids: Iterable[int], seq: int = 1) -> None:
    """Say that rows are behind a change that moves nothing of what is counted at once; inside a write.

    `seq` is that of the change, where one on file is the cause.
    """
    store.execute_many(f"{_MARK} WHERE client_id = ?", [(seq, one) for one in client_ids])


def mark_all(store: Store, seq: int = 1) -> None:
    """Say that the rows of all clients are behind a change; inside a write, 4 µs a client."""
    store.execute_many(_MARK, [(seq,)])


def count(store: Store) -> int:
    """How many rows are behind, as they stand: nothing is brought up for it."""
    with store.as_it_stands():
        return store.scalar("SELECT COUNT(*) FROM client_stat WHERE behind > 0")


def is_as_found(store: Store, row: Behind) -> bool:
    """Whether nobody has written a row since it was found; inside a write."""
    now = store.one("SELECT behind, computed_at FROM client_stat WHERE client_id = :id", id=row.client_id)
    return now == (row.seq, row.computed_at)


def ids_between(store: Store, low: int, high: int) -> set[int]:
    """The clients of a range of ids whose rows are behind."""
    rows = store.rows(
        "SELECT client_id FROM client_stat WHERE behind > 0 AND client_id BETWEEN :low AND :high",
        low=low,
        high=high,
    )
    return {row[0] for row in rows}


def bring_up_all(store: Store) -> None:
    """Bring up all rows however long it takes, as far as nobody holds the file; between reads and writes."""
    kept, store.bring_up_seconds = store.bring_up_seconds, math.inf
    try:
        bring_up(store)
    finally:
        store.bring_up_seconds = kept


_MARK = "UPDATE client_stat SET behind = MAX(behind + 1, ?)"
"""Another number each time, so that a row which is being worked out is seen to wait again."""
_OPEN = (
    "FROM request r WHERE r.client_id = client_stat.client_id AND r.status NOT IN ('resolved', 'declined')"
    " AND r.archived_at IS NULL"
)
_NOTE = (
    "UPDATE client_stat SET behind = :seq,"
    f" open_count = (SELECT COUNT(*) {_OPEN}), next_due_at = COALESCE((SELECT MIN(r.due_at) {_OPEN}), '~'),"
    " last_touch_at = COALESCE((SELECT MAX(t.at) FROM touch t WHERE t.client_id = client_stat.client_id"
    " AND t.direction <> 'internal' AND t.touch_kind <> 'note' AND t.is_automatic = 0 AND t.at <= :now"
    " AND t.archived_at IS NULL), '') WHERE client_id = :client"
)
