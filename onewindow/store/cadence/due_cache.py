"""The cache of the next touch due with each client, in the order in which a person works it off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onewindow.records.clients import Client
from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store
from onewindow.store.rows import build, column_list, in_chunks


class TouchDue(NamedTuple):
    """One row: with whom, whose client, on which date, how, and why in words."""

    client_id: int
    owner_id: int | None
    due_on: str
    touch_kind: str
    reason: str


_COLUMNS = ", ".join(TouchDue._fields)
_NAMES = len(TouchDue._fields)
_ASKED_AT_ONCE = 500


def save(store: Store, rows: Iterable[TouchDue]) -> None:
    """Write rows, new or known; inside a write."""
    store.execute_many(
        f"INSERT INTO touch_due ({_COLUMNS}) VALUES ({', '.join('?' * _NAMES)})"
        " ON CONFLICT (client_id) DO UPDATE SET "
        + ", ".join(f"{name} = excluded.{name}" for name in TouchDue._fields[1:]),
        list(rows),
    )


def forget(store: Store, client_ids: Iterable[int]) -> None:
    """Take rows away; inside a write."""
    store.execute_many("DELETE FROM touch_due WHERE client_id = ?", [(one,) for one in client_ids])


def find(store: Store, client_id: int) -> TouchDue | None:
    """The row of a client, None without a touch that is due soon."""
    row = store.one(f"SELECT {_COLUMNS} FROM touch_due WHERE client_id = :client", client=client_id)
    return TouchDue(*row) if row else None


def between(store: Store, low: int, high: int) -> dict[int, TouchDue]:
    """The rows of a range of ids, by client."""
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM touch_due WHERE client_id BETWEEN :low AND :high", low=low, high=high
    )
    return {row[0]: TouchDue(*row) for row in rows}


def ids_between(store: Store, low: int, high: int) -> set[int]:
    """The clients of a range of ids that have a row."""
    rows = store.rows(
        "SELECT client_id FROM touch_due WHERE client_id BETWEEN :low AND :high", low=low, high=high
    )
    return {row[0] for row in rows}


def due_of(store: Store, owner_id: int, till: str, limit: int) -> list[tuple[TouchDue, Client]]:
    """The touches due with an owner's clients until a date, those due first before, each with its client."""
    names = column_list(Client, "c")
    kept = ", ".join(f"t.{name}" for name in TouchDue._fields)
    rows = store.rows(
        f"SELECT {kept}, {names} FROM touch_due t CROSS JOIN client c"
        " WHERE t.owner_id = :owner AND t.due_on <= :till AND c.id = t.client_id"
        " ORDER BY t.due_on, t.client_id LIMIT :limit",
        owner=owner_id,
        till=till,
        limit=limit,
    )
    return [(TouchDue(*row[:_NAMES]), build(Client, row[_NAMES:])) for row in rows]


def referrers_of(store: Store, client_ids: Sequence[int]) -> set[int]:
    """Who recommended us to some clients."""
    referrers: set[int] = set()
    for names, parameters in in_chunks(client_ids, _ASKED_AT_ONCE):
        rows = store.rows(
            f"SELECT referrer_id FROM client WHERE id IN ({names}) AND referrer_id IS NOT NULL", **parameters
        )
        referrers |= {row[0] for row in rows}
    return referrers


def owned_ids(store: Store, owner_id: int, after: tuple[str, int], limit: int) -> list[tuple[str, int]]:
    """Sort name and id of an owner's clients behind one, by name."""
    rows = store.rows(
        "SELECT name_sort, id FROM client WHERE owner_id = :owner AND archived_at IS NULL"
        " AND (name_sort, id) > (:name, :id) ORDER BY name_sort, id LIMIT :limit",
        owner=owner_id,
        name=after[0],
        id=after[1],
        limit=limit,
    )
    return [(row[0], row[1]) for row in rows]
