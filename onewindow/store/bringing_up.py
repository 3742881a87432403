"""Bringing up cache rows that are behind their records, before a query reads them.

`store/behind.py` says which rows are behind and why. The engine asks this module before each query, so it
knows a store only by what it needs of one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

from onewindow.records.named_tuples import NamedTuple
from onewindow.store.problems import StoreProblem

_AT_ONCE = 200
_PATIENCE_SECONDS = 0.3
"""So long a reader waits for others who do it already."""
_PAUSE_SECONDS = 1.0
"""So long it is not tried again after somebody held the file too long."""
SECONDS_AT_MOST = 5.0
"""So long a reader works at rows that are behind; a rule of a large file leaves more of them."""
_FOUND = "SELECT client_id, behind, computed_at FROM client_stat WHERE behind > 0"


class BringsUp(Protocol):
    """What a store is for whoever brings its cache rows up."""

    bring_up: Callable[[Any, int | None], None] | None
    bring_up_after: float
    bring_up_seconds: float
    is_behind: bool

    @property
    def is_inside(self) -> bool:
        """Whether a read or a write is under way."""
        ...

    def rows(self, sql: str, /, **parameters: Any) -> list[Any]:
        """All rows of a query."""
        ...

    def alone_in_bringing_up(self, seconds: float) -> AbstractContextManager[None]:
        """Keep others from bringing up rows meanwhile; raises Busy where somebody does for so long."""
        ...


class Behind(NamedTuple):
    """A row that is behind: of which client, the change it does not know of, and its time."""

    client_id: int
    seq: int
    computed_at: str


def found(store: BringsUp, client_id: int | None = None) -> list[Behind]:
    """The row of a client if it is behind, or some that are, those that have been so for longest first."""
    if client_id is not None:
        rows = store.rows(f"{_FOUND} AND client_id = :client", client=client_id)
    else:
        rows = store.rows(f"{_FOUND} ORDER BY behind, client_id LIMIT :limit", limit=_AT_ONCE)
    return [Behind(*row) for row in rows]


def concerns(sql: str) -> bool:
    """Whether a query may read cache rows that can be behind."""
    return "client_stat" in sql or "touch_due" in sql


def asked_of(sql: str, parameters: Mapping[str, object]) -> int | None:
    """The only client whose rows a query reads, None where it reads others too."""
    client = parameters.get("client") if "client_id = :client" in sql else None
    return client if isinstance(client, int) else None


def bring_up(store: BringsUp, client_id: int | None = None) -> None:
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
            rows = found(store, client_id)  # again: whoever had the side door before us may have done it
            while rows:
                work(store, client_id)
                before, rows = rows, found(store) if len(rows) == _AT_ONCE else []
                # The same rows again: others keep writing to them, or they cannot be worked out.
                if rows == before or time.monotonic() > until:
                    break
            if client_id is None:
                store.is_behind = bool(rows)
    except StoreProblem:
        store.bring_up_after = time.monotonic() + _PAUSE_SECONDS
    finally:
        store.bring_up = work
