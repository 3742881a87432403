"""The cache row of a client: what the lists show of a client and are ordered by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from onewindow.records.clients import Stage
from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Row, Store, Value

Band = Literal["red", "amber", "green", "unknown"]

UNKNOWN_HEALTH = 101
"""Stands behind every known score in an order, as a NULL would on one engine and not on the other."""
NOTHING_DUE = "~"
"""Stands behind every time."""
NEVER = ""
"""Stands before every time."""
CALM = 100
"""Stands behind every alarm in an order: the client has none."""
OUT_OF_DATE = "1970-01-01T00:00:00Z"
"""Stands for the time of a row that a migration left behind; it waits to be renewed."""


Place = tuple[int, int]
"""Where a client stands by alarms: the alarm rank, and the client's id."""
FIRST: Place = (-1, -1)
"""Before every place."""


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
    """When health and alarms were worked out; they age, the rest does not."""
    calm: int = CALM
    """100 less the weight of the gravest alarm."""
    is_silent: int = 0
    is_uncovered: int = 0
    alarms: str = ""
    """All alarms, as `desk/health/alarm.py` packs them."""


def save(store: Store, stats: Iterable[ClientStat]) -> None:
    """Write cache rows, new or known; inside a write."""
    store.execute_many(_UPSERT, [_stored(stat) for stat in stats])


def add(store: Store, stats: Sequence[ClientStat]) -> None:
    """Write the cache rows of clients who have none yet, at least one; inside a write."""
    from onewindow.store import bulk  # a start adds nobody

    bulk.insert_rows(store, "client_stat", ClientStat._fields, [_stored(stat) for stat in stats])


def forget(store: Store, client_ids: Iterable[int]) -> None:
    """Take clients off all lists, as archived ones are; inside a write."""
    store.execute_many("DELETE FROM client_stat WHERE client_id = ?", [(one,) for one in client_ids])


def first_ids(store: Store, limit: int) -> list[int]:
    """The ids of clients on the lists, a few at most."""
    rows = store.rows("SELECT client_id FROM client_stat ORDER BY client_id LIMIT :limit", limit=limit)
    return [row[0] for row in rows]


def ids_between(store: Store, low: int, high: int, limit: int) -> list[int]:
    """The ids of clients on the lists from `low` to `high`, ascending, `limit` at most."""
    rows = store.rows(
        "SELECT client_id FROM client_stat WHERE client_id BETWEEN :low AND :high"
        " ORDER BY client_id LIMIT :limit",
        low=low,
        high=high,
        limit=limit,
    )
    return [row[0] for row in rows]


def find(store: Store, client_id: int) -> ClientStat | None:
    """The cache row of a client, None for an archived one."""
    row = store.one(f"SELECT {_COLUMNS} FROM client_stat WHERE client_id = :client", client=client_id)
    return _read(row) if row else None


def alarms(store: Store, client_id: int) -> str:
    """The packed alarms of a client, '' for none and for an archived one."""
    return store.scalar("SELECT alarms FROM client_stat WHERE client_id = :client", client=client_id) or ""


def between(store: Store, low: int, high: int) -> dict[int, ClientStat]:
    """The cache rows of the clients with an id from `low` to `high`."""
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM client_stat WHERE client_id BETWEEN :low AND :high", low=low, high=high
    )
    return {row[0]: _read(row) for row in rows}


def alarmed(store: Store, owner_id: int | None, after: Place, limit: int) -> list[ClientStat]:
    """Clients behind a place who have an alarm, of one owner or of all, the gravest first."""
    return _placed(store, "calm < 100", owner_id, after, limit)


def uncovered(store: Store, after: Place, limit: int) -> list[ClientStat]:
    """Clients behind a place for whom nobody is there, the gravest first."""
    return _placed(store, "is_uncovered = 1", None, after, limit)


def _placed(store: Store, condition: str, owner_id: int | None, after: Place, limit: int) -> list[ClientStat]:
    owner, given = ("", {}) if owner_id is None else ("owner_id = :owner AND ", {"owner": owner_id})
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM client_stat"
        f" WHERE {owner}{condition} AND (calm, client_id) > (:calm, :client)"
        " ORDER BY calm, client_id LIMIT :limit",
        **given,
        calm=after[0],
        client=after[1],
        limit=limit,
    )
    return [_read(row) for row in rows]


def count(store: Store) -> int:
    """How many clients are on the lists."""
    return store.scalar("SELECT COUNT(*) FROM client_stat")


def outdated(store: Store, before: str, after: int, limit: int) -> tuple[list[int], int | None]:
    """Clients after an id whose health is older than a time or waits for a change, and where to go on.

    None there: the end. Looks at `limit` clients at most, so that it can be asked again between two keys.
    """
    rows = store.rows(
        "SELECT client_id, computed_at, behind FROM client_stat WHERE client_id > :after"
        " ORDER BY client_id LIMIT :limit",
        after=after,
        limit=limit,
    )
    end = rows[-1][0] if len(rows) == limit else None
    return [client_id for client_id, at, waits in rows if at < before or waits], end


_COLUMNS = ", ".join(ClientStat._fields)
_UPSERT = (
    f"INSERT INTO client_stat ({_COLUMNS}) VALUES ({', '.join('?' * len(ClientStat._fields))})"
    " ON CONFLICT (client_id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in ClientStat._fields[1:])
    + ", behind = 0"
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
