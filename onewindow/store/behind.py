"""Cache rows that are behind their records: others were waiting when those changed, or too many rows moved.

Such a write says in the row which change it does not know of, and keeps only what is counted in a moment.
Whoever reads cache rows brings them up first: what is worked out from a snapshot is written if the row still
waits for the same change, so that nobody waits while it is worked out.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from onewindow.store.problems import StoreProblem

if TYPE_CHECKING:
    from onewindow.store.engine import Store, Value

_AT_ONCE = 200
_PATIENCE_SECONDS = 0.3
"""So long a reader waits for others who do it already."""
_PAUSE_SECONDS = 1.0
"""So long it is not tried again after somebody held the file too long."""
SECONDS_AT_MOST = 5.0
"""So long a reader works at rows that are behind; a rule of a large file leaves more of them."""


class Behind(NamedTuple):
    """A row that is behind: of which client, the change it does not know of, and its time."""

    client_id: int
    seq: int
    computed_at: str


def note(store: Store, client_ids: Iterable[int], seq: int, now: str) -> None:
    """Say that the rows of clients are behind a change, and count what is counted at once; inside a write."""
    for client_id in client_ids:
        store.execute(_NOTE, client=client_id, seq=seq, now=now)


def mark(store: Store, client_ids: Iterable[int], seq: int = 1) -> None:
    """Say that rows are behind a change that moves nothing of what is counted at once; inside a write.

    `seq` is that of the change, where one on file is the cause.
    """
    store.execute_many(f"{_MARK} WHERE client_id = ?", [(seq, each) for each in client_ids])


def mark_all(store: Store, seq: int = 1) -> None:
    """Say that the rows of all clients are behind a change; inside a write, 4 µs a client."""
    store.execute_many(_MARK, [(seq,)])


def count(store: Store) -> int:
    """How many rows are behind, as they stand: nothing is brought up for it."""
    with store.as_it_stands():
        return store.scalar("SELECT COUNT(*) FROM client_stat WHERE behind > 0")


def found(store: Store, client_id: int | None = None) -> list[Behind]:
    """The row of a client if it is behind, or some that are, those that have been so for longest first."""
    if client_id is not None:
        rows = store.rows(f"{_FOUND} AND client_id = :client", client=client_id)
    else:
        rows = store.rows(f"{_FOUND} ORDER BY behind, client_id LIMIT :limit", limit=_AT_ONCE)
    return [Behind(*row) for row in rows]


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


def concerns(sql: str) -> bool:
    """Whether a query may read cache rows that can be behind."""
    return "client_stat" in sql or "touch_due" in sql


def asked_of(sql: str, parameters: Mapping[str, Value]) -> int | None:
    """The only client whose rows a query reads, None where it reads others too."""
    client = parameters.get("client") if "client_id = :client" in sql else None
    return client if isinstance(client, int) else None


def bring_up(store: Store, client_id: int | None = None) -> None:
    """Bring up rows that are behind before they, or those of one client, are read.

    Inside a read or a write they stay as they are. Where many read at once one does it for all; where
    somebody holds the file for long they stay behind, and are tried again later. So do those for which the
    time of this store (`bring_up_seconds`) is too short: `store.is_behind` says then that some are left.
    """
    work = store.bring_up
    if work is None or store.is_inside or time.monotonic() < store.bring_up_after:
        return
    store.bring_up = None  # which itself reads
    until = time.monotonic() + store.bring_up_seconds
    try:
        rows = found(store, client_id)
        if client_id is None:
            store.is_behind = len(rows) == _AT_ONCE
            if store.is_behind and not store.bring_up_seconds:
                return
        if not rows:
            return
        with store.alone_in_bringing_up(_PATIENCE_SECONDS):
            rows = found(store, client_id)
            while rows:
                work(store, client_id)
                before, rows = rows, found(store) if len(rows) == _AT_ONCE else []
                if rows == before or time.monotonic() > until:
                    break
            if client_id is None:
                store.is_behind = bool(rows)
    except StoreProblem:
        store.bring_up_after = time.monotonic() + _PAUSE_SECONDS
    finally:
        store.bring_up = work


def bring_up_all(store: Store) -> None:
    """Bring up all rows however long it takes, as far as nobody holds the file; between reads and writes."""
    kept, store.bring_up_seconds = store.bring_up_seconds, math.inf
    try:
        bring_up(store)
    finally:
        store.bring_up_seconds = kept


_MARK = "UPDATE client_stat SET behind = MAX(behind + 1, ?)"
"""Another number each time, so that a row which is being worked out is seen to wait again."""
_FOUND = "SELECT client_id, behind, computed_at FROM client_stat WHERE behind > 0"
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
