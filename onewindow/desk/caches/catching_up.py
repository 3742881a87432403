"""Cache rows that a write among many left behind: worked out from a snapshot, written in a moment.

`store/behind.py` tells when. A row is written only if it still waits for the change that it waited for in the
snapshot, and no rule has changed since; else the next reader tries again.
"""

from __future__ import annotations

from datetime import datetime

from onewindow.desk.caches import client_rows
from onewindow.store import behind, bringing_up, rule_cache
from onewindow.store.engine import Store

_PATIENCE_SECONDS = 0.1
"""A reader waits no longer for one who holds the file; in a queue that moves the turn comes."""


def catch_up(store: Store, now: datetime, client_id: int | None = None) -> None:
    """Write the rows of one client or of some hundred; raises Busy where somebody holds the file."""
    with store.read():
        # In the same snapshot as the rows: a rule that changes meanwhile is noticed below.
        token = rule_cache.token(store)
        waiting = {row.client_id: row for row in bringing_up.found(store, client_id)}
        worked = client_rows.worked_out(store, waiting, now)
    with store.exclusive(patience=_PATIENCE_SECONDS):
        # A rule that changed in the same second would not show in the time of the row.
        if rule_cache.token(store) == token:
            client_rows.save(
                store, [row for row in worked if behind.is_as_found(store, waiting[row.client_id])]
            )
