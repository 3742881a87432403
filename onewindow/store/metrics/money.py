"""Money and time of a period: what clients paid, what was spent on them, the minutes of whom."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Row, Store

AT_ONCE = 5000


class MoneyRow(NamedTuple):
    """One row of revenue; the amount is minor units as they are stored."""

    id: int
    on_date: str
    client_id: int
    revenue_kind: str
    amount: int
    currency: str
    product_id: int | None


def money(store: Store, since: str, till: str) -> Iterator[list[MoneyRow]]:
    """The revenue rows of the days from `since` to `till`, by day, in pages."""
    after_on, after_id = since, 0
    while rows := store.rows(
        "SELECT id, on_date, client_id, revenue_kind, amount, currency, product_id FROM revenue"
        " WHERE (on_date, id) > (:after_on, :after_id) AND on_date <= :till AND archived_at IS NULL"
        " ORDER BY on_date, id LIMIT :limit",
        after_on=after_on,
        after_id=after_id,
        till=till,
        limit=AT_ONCE,
    ):
        yield [MoneyRow(*row) for row in rows]
        after_id, after_on = rows[-1][0], rows[-1][1]


def first_bought(store: Store) -> dict[int, str]:
    """The first day on which each client bought anything; an invoice of nothing is a purchase too."""
    rows = store.rows(
        "SELECT client_id, MIN(on_date) FROM revenue WHERE amount >= 0"
        " AND revenue_kind NOT IN ('discount', 'cost') AND archived_at IS NULL GROUP BY client_id"
    )
    return {row[0]: row[1] for row in rows}


class SpentRow(NamedTuple):
    """Minutes of a colleague, or a gift, that went into a client; at is UTC text."""

    id: int
    at: str
    client_id: int
    staff_id: int | None
    minutes: int
    cost: int | None
    currency: str
    kind: str


def touches(store: Store, since: str, till: str) -> Iterator[list[SpentRow]]:
    """The touches that cost minutes or money, from one instant until before another, in pages."""
    return _spent(
        store,
        "SELECT id, at, client_id, staff_id, minutes, cost, currency, 'touch' FROM touch"
        " WHERE (at, id) > (:after_at, :after_id) AND at < :till AND (minutes > 0 OR cost > 0)"
        " AND archived_at IS NULL ORDER BY at, id LIMIT :limit",
        since,
        till,
    )


def requests(store: Store, since: str, till: str) -> Iterator[list[SpentRow]]:
    """The requests that took minutes and were opened from one instant until before another, in pages."""
    return _spent(
        store,
        "SELECT id, opened_at, client_id, assignee_id, minutes, NULL, '', 'request' FROM request"
        " WHERE (opened_at, id) > (:after_at, :after_id) AND opened_at < :till AND minutes > 0"
        " AND archived_at IS NULL AND merged_into_id IS NULL ORDER BY opened_at, id LIMIT :limit",
        since,
        till,
    )


def _spent(store: Store, sql: str, since: str, till: str) -> Iterator[list[SpentRow]]:
    after_at, after_id = since, 0
    while rows := store.rows(sql, after_at=after_at, after_id=after_id, till=till, limit=AT_ONCE):
        yield [SpentRow(*row) for row in rows]
        after_id, after_at = rows[-1][0], rows[-1][1]


def hour_rates(store: Store) -> dict[int, tuple[int, str]]:
    """What an hour of each colleague costs, in minor units, with the currency; without those untold."""
    rows: list[Row] = store.rows("SELECT id, hour_rate, currency FROM staff WHERE hour_rate IS NOT NULL")
    return {row[0]: (row[1], row[2]) for row in rows}
