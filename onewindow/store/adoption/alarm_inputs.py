"""What alarms about use and lessons are made of: ranges of clients, read by one query a table."""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store


class Owned(NamedTuple):
    """A licence in force, as far as alarms need it."""

    client_id: int
    product_id: int
    bought: int
    active: int
    starts_on: str | None
    last_used_on: str | None


class PlannedTraining(NamedTuple):
    """A training, as far as alarms need it."""

    client_id: int
    title: str
    planned_on: str | None
    state: str


def licences(store: Store, low: int, high: int, today: str) -> list[Owned]:
    """The licences in force of the clients with an id from `low` to `high`, by client and product."""
    rows = store.rows(
        "SELECT client_id, product_id, bought, active, starts_on, last_used_on FROM licence"
        " WHERE client_id BETWEEN :low AND :high AND archived_at IS NULL AND bought > 0"
        " AND (starts_on IS NULL OR starts_on <= :today) AND (ends_on IS NULL OR ends_on >= :today)"
        " ORDER BY client_id, product_id, id",
        low=low,
        high=high,
        today=today,
    )
    return [Owned(*row) for row in rows]


def weeks(store: Store, low: int, high: int, first: int, last: int) -> list[tuple[int, int, int, int]]:
    """(client, product, week, active users) of owned products in some weeks, in that order.

    A client who owns a product twice comes twice.
    """
    rows = store.rows(
        "SELECT u.client_id, u.product_id, u.week, u.active_users"
        " FROM licence l JOIN usage u ON u.client_id = l.client_id AND u.product_id = l.product_id"
        " WHERE l.client_id BETWEEN :low AND :high AND l.archived_at IS NULL"
        " AND u.week BETWEEN :first AND :last AND u.archived_at IS NULL"
        " ORDER BY l.client_id, l.product_id, l.id, u.week",
        low=low,
        high=high,
        first=first,
        last=last,
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def weeks_of(store: Store, client_id: int, product_id: int, first: int, last: int) -> dict[int, int]:
    """Active users of one product at one client by week."""
    rows = store.rows(
        "SELECT week, active_users FROM usage WHERE client_id = :client AND product_id = :product"
        " AND week BETWEEN :first AND :last AND archived_at IS NULL ORDER BY week",
        client=client_id,
        product=product_id,
        first=first,
        last=last,
    )
    return {row[0]: row[1] for row in rows}


def planned_trainings(store: Store, low: int, high: int, since: str) -> list[PlannedTraining]:
    """The lessons planned for a day or later, of the clients with an id from `low` to `high`."""
    rows = store.rows(
        "SELECT client_id, title, planned_on, state FROM training"
        " WHERE client_id BETWEEN :low AND :high AND planned_on >= :since AND archived_at IS NULL"
        " ORDER BY client_id, planned_on DESC, id",
        low=low,
        high=high,
        since=since,
    )
    return [PlannedTraining(*row) for row in rows]


def owners(store: Store, product_ids: Iterable[int]) -> set[int]:
    """The clients who own one of some products."""
    owner_ids: set[int] = set()
    for product_id in product_ids:
        rows = store.rows("SELECT client_id FROM licence WHERE product_id = :product", product=product_id)
        owner_ids |= {row[0] for row in rows}
    return owner_ids


def product_names(store: Store, product_ids: Iterable[int]) -> dict[int, str]:
    """The names of some products by id."""
    names: dict[int, str] = {}
    for product_id in set(product_ids):
        row = store.one("SELECT name FROM product WHERE id = :id", id=product_id)
        if row:
            names[product_id] = row[0]
    return names
