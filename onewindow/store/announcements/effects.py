"""What followed an announcement or a training: requests, opportunities and payments of clients, by client."""

from __future__ import annotations

from collections.abc import Sequence

from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store, Value
from onewindow.store.rows import in_chunks

AT_ONCE = 200
REPEAT_KINDS = ("licence", "service", "goods")
"""Revenue that is a sale of its own; subscriptions go on by themselves."""
_KINDS = ", ".join(f"'{kind}'" for kind in REPEAT_KINDS)


class Chance(NamedTuple):
    """An opportunity: when it was noted, how it stands, since when, and what it is worth."""

    client_id: int
    noted_on: str
    state: str
    closed_on: str | None
    amount: int | None
    currency: str


class Payment(NamedTuple):
    """Revenue of a client, in minor units."""

    client_id: int
    on_date: str
    amount: int
    currency: str


def notified(store: Store, announcement_id: int) -> list[tuple[int, str]]:
    """The clients who were told of an announcement, and when (UTC text)."""
    rows = store.rows(
        "SELECT client_id, told_at FROM delivery WHERE announcement_id = :announcement"
        " AND told_at IS NOT NULL AND archived_at IS NULL ORDER BY client_id",
        announcement=announcement_id,
    )
    return [(row[0], row[1]) for row in rows]


def chances(store: Store, client_ids: Sequence[int]) -> list[Chance]:
    """The opportunities of some clients, dismissed ones left out."""
    return [
        Chance(*row)
        for names, parameters in in_chunks(client_ids, AT_ONCE)
        for row in store.rows(
            "SELECT client_id, substr(created_at, 1, 10), state, closed_on, amount, currency FROM opportunity"
            f" WHERE client_id IN ({names}) AND state <> 'dismissed' AND archived_at IS NULL",
            **parameters,
        )
    ]


def payments(store: Store, client_ids: Sequence[int], since: str) -> list[Payment]:
    """What some clients bought since a day, subscriptions left out."""
    return [
        Payment(*row)
        for names, parameters in in_chunks(client_ids, AT_ONCE)
        for row in store.rows(
            f"SELECT client_id, on_date, amount, currency FROM revenue WHERE client_id IN ({names})"
            f" AND on_date >= :since AND revenue_kind IN ({_KINDS}) AND archived_at IS NULL",
            since=since,
            **parameters,
        )
    ]


def requests(
    store: Store, client_ids: Sequence[int], since: str, product_id: int | None
) -> list[tuple[int, str]]:
    """Client and day of the requests of some clients since a day, about a product or any."""
    of_product = "" if product_id is None else " AND product_id = :product"
    asked: dict[str, Value] = {} if product_id is None else {"product": product_id}
    return [
        (row[0], row[1])
        for names, parameters in in_chunks(client_ids, AT_ONCE)
        for row in store.rows(
            f"SELECT client_id, substr(opened_at, 1, 10) FROM request WHERE client_id IN ({names})"
            f" AND opened_at >= :since{of_product} AND archived_at IS NULL",
            since=since,
            **parameters,
            **asked,
        )
    ]
