"""The cache row of a client: what the lists show of him and are ordered by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from onewindow.records.clients import Stage
from onewindow.store import bulk
from onewindow.store.engine import Row, Store, Value

Band = Literal["red", "amber", "green", "unknown"]

UNKNOWN_HEALTH = 101
"""Stands behind every known score in an order, as a NULL would on one engine and not on the other."""
NOTHING_DUE = "~"
"""Stands behind every time."""
NEVER = ""
"""Stands before every time."""


class ClientStat(NamedTuple):
    """One cache row. `health`, `next_due_at` and `last_touch_at` are None where there is none."""

    client_id: int
    owner_id: int | None
    stage: Stage
    health: int | None
    band: Band
    coverage: int
    """Percent of the weight that is covered by fresh signals."""
    open_count: int
    next_due_at: str | None
    last_touch_at: str | None
    completeness: int
    """Percent of what should be known of a client."""
    computed_at: str
    """When the health was worked out; it ages, the rest does not."""


def save(store: Store, stats: Iterable[ClientStat]) -> None:
    """Write cache rows, new or known; inside a write."""
    store.execute_many(_UPSERT, [_stored(stat) for stat in stats])


def add(store: Store, stats: Sequence[ClientStat]) -> None:
    """Write the cache rows of clients who have none yet, at least one; inside a write."""
    bulk.insert_rows(store, "client_stat", ClientStat._fields, [_stored(stat) for stat in stats])


def forget(store: Store, client_ids: Iterable[int]) -> None:
    """Take clients off all lists, as archived ones are; inside a write."""
    store.execute_many("DELETE FROM client_stat WHERE client_id = ?", [(each,) for each in client_ids])


def find(store: Store, client_id: int) -> ClientStat | None:
    """The cache row of a client, None for an archived one."""
    row = store.one(f"SELECT {_COLUMNS} FROM client_stat WHERE client_id = :client", client=client_id)
    return _read(row) if row else None


def between(store: Store, low: int, high: int) -> dict[int, ClientStat]:
    """The cache rows of the clients with an id from `low` to `high`."""
    found = store.rows(
        f"SELECT {_COLUMNS} FROM client_stat WHERE client_id BETWEEN :low AND :high", low=low, high=high
    )
    return {row[0]: _read(row) for row in found}


def count(store: Store) -> int:
    """How many clients are on the lists."""
    return store.scalar("SELECT COUNT(*) FROM client_stat")


def outdated(store: Store, before: str, after: int, limit: int) -> tuple[list[int], int | None]:
    """Clients behind the id `after` whose health is older than a time, and where to go on (None: the end).

    Looks at `limit` clients at most, so that it can be asked again and again between two keys.
    """
    found = store.rows(
        "SELECT client_id, computed_at FROM client_stat WHERE client_id > :after"
        " ORDER BY client_id LIMIT :limit",
        after=after,
        limit=limit,
    )
    end = found[-1][0] if len(found) == limit else None
    return [client_id for client_id, at in found if at < before], end


_COLUMNS = ", ".join(ClientStat._fields)
_UPSERT = (
    f"INSERT INTO client_stat ({_COLUMNS}) VALUES ({', '.join('?' * len(ClientStat._fields))})"
    " ON CONFLICT (client_id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in ClientStat._fields[1:])
)


def _stored(stat: ClientStat) -> tuple[Value, ...]:
    return stat._replace(
        health=UNKNOWN_HEALTH if stat.health is None else stat.health,
        next_due_at=stat.next_due_at or NOTHING_DUE,
        last_touch_at=stat.last_touch_at or NEVER,
    )


def _read(row: Row) -> ClientStat:
    stat = ClientStat(*row)
    return stat._replace(
        health=None if stat.health == UNKNOWN_HEALTH else stat.health,
        next_due_at=None if stat.next_due_at == NOTHING_DUE else stat.next_due_at,
        last_touch_at=stat.last_touch_at or None,
    )
