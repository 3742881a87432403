"""What filters of clients look at: some columns of a range of clients, and who of them owns, uses, agreed.

Every query walks a range of client ids along an index that begins with the client, so that one client and a
whole file take the same way and memory stays that of one page.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from onewindow.records.named_tuples import NamedTuple
from onewindow.records.organization import Segment
from onewindow.store.engine import Row, Store, Value
from onewindow.store.rows import fetch

CLIENTS_AT_ONCE = 2000

_LIVE = "archived_at IS NULL"


class ConsentLine(NamedTuple):
    """One decision of a client or of a person of theirs who is still there."""

    client_id: int
    contact_id: int | None
    purpose: str
    channel: str
    state: str
    decided_on: str


def page(store: Store, columns: Sequence[str], after: int, last: int, *, with_health: bool) -> list[Row]:
    """The clients behind one id up to another, some thousand at most: id, the columns, health and band.

    Archived clients are left out. Without `with_health` its two columns are missing.
    """
    chosen = ", ".join(["c.id", *(f"c.{name}" for name in columns)])
    source = "client c"
    if with_health:
        chosen += ", s.health, s.band"
        source += " JOIN client_stat s ON s.client_id = c.id"
    return store.rows(
        f"SELECT {chosen} FROM {source} WHERE c.id > :after AND c.id <= :last AND c.archived_at IS NULL"
        " ORDER BY c.id LIMIT :limit",
        after=after,
        last=last,
        limit=CLIENTS_AT_ONCE,
    )


def owners_of(store: Store, low: int, high: int, products: Collection[int], today: str) -> set[int]:
    """Those of a range of clients who own a licence of one of the products on a day."""
    names, parameters = _listed(products)
    rows = store.rows(
        f"SELECT client_id FROM licence WHERE client_id BETWEEN :low AND :high AND {_LIVE}"
        f" AND product_id IN ({names}) AND (starts_on IS NULL OR starts_on <= :today)"
        " AND (ends_on IS NULL OR ends_on >= :today)",
        low=low,
        high=high,
        today=today,
        **parameters,
    )
    return {row[0] for row in rows}


def last_used(
    store: Store, low: int, high: int, products: Collection[int] | None
) -> list[tuple[int, str | None, int | None]]:
    """Client, last day and last week of use of each licence of a range of clients, of some products or any.

    A week counts where somebody was active or something was done in it.
    """
    names, parameters = _listed(products or ())
    of_products = "" if products is None else f" AND l.product_id IN ({names})"
    rows = store.rows(
        "SELECT l.client_id, l.last_used_on, (SELECT u.week FROM usage u WHERE u.client_id = l.client_id"
        " AND u.product_id = l.product_id AND (u.active_users > 0 OR u.volume > 0) AND u.archived_at IS NULL"
        " ORDER BY u.week DESC LIMIT 1)"
        f" FROM licence l WHERE l.client_id BETWEEN :low AND :high AND l.archived_at IS NULL{of_products}",
        low=low,
        high=high,
        **parameters,
    )
    return [(row[0], row[1], row[2]) for row in rows]


def consents_of(store: Store, low: int, high: int) -> list[ConsentLine]:
    """What a range of clients and their people decided; people who left are passed over."""
    rows = store.rows(
        "SELECT d.client_id, d.contact_id, d.purpose, d.channel, d.state, d.decided_on"
        " FROM consent d LEFT JOIN contact p ON p.id = d.contact_id"
        " WHERE d.client_id BETWEEN :low AND :high AND d.archived_at IS NULL"
        " AND (d.contact_id IS NULL OR p.left_on IS NULL AND p.archived_at IS NULL)",
        low=low,
        high=high,
    )
    return [ConsentLine(*row) for row in rows]


def segments(store: Store) -> list[Segment]:
    """All saved filters that are not archived, by name."""
    return fetch(store, Segment, f"WHERE {_LIVE} ORDER BY name, id LIMIT 1000")


def choosing_ids(store: Store) -> set[int]:
    """The ids of the segments that choose policies, weights of health, cadences or occasions of touches."""
    chosen: set[int] = set()
    for table in ("policy", "health_weights", "touch_cadence", "occasion"):
        rows = store.rows(f"SELECT segment_id FROM {table} WHERE segment_id IS NOT NULL AND {_LIVE}")
        chosen |= {row[0] for row in rows}
    return chosen


def _listed(ids: Collection[int]) -> tuple[str, dict[str, Value]]:
    parameters: dict[str, Value] = {f"id_{place}": client_id for place, client_id in enumerate(sorted(ids))}
    return ", ".join(f":{name}" for name in parameters) or "NULL", parameters
