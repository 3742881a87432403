"""What followed an announcement or a training: requests, opportunities and payments of clients, by client."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onewindow.store.engine import Store, Value

AT_ONCE = 200
_NAMES = ", ".join(f":id_{place}" for place in range(AT_ONCE))
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


def told(store: Store, announcement_id: int) -> list[tuple[int, str]]:
    """The clients who were told of an announcement, and when (UTC text)."""
    found = store.rows(
        "SELECT client_id, told_at FROM delivery WHERE announcement_id = :announcement"
        " AND told_at IS NOT NULL AND archived_at IS NULL ORDER BY client_id",
        announcement=announcement_id,
    )
    return [(row[0], row[1]) for row in found]


def chances(store: Store, client_ids: Sequence[int]) -> list[Chance]:
    """The opportunities of some clients, dismissed ones left out."""
    return [
        Chance(*row)
        for names in _chunks(client_ids)
        for row in store.rows(
            "SELECT client_id, substr(created_at, 1, 10), state, closed_on, amount, currency FROM opportunity"
            f" WHERE client_id IN ({_NAMES}) AND state <> 'dismissed' AND archived_at IS NULL",
            **names,
        )
    ]


def payments(store: Store, client_ids: Sequence[int], since: str) -> list[Payment]:
    """What some clients bought since a day, subscriptions left out."""
    return [
        Payment(*row)
        for names in _chunks(client_ids)
        for row in store.rows(
            f"SELECT client_id, on_date, amount, currency FROM revenue WHERE client_id IN ({_NAMES})"
            f" AND on_date >= :since AND revenue_kind IN ({_KINDS}) AND archived_at IS NULL",
            since=since,
            **names,
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
        for names in _chunks(client_ids)
        for row in store.rows(
            f"SELECT client_id, substr(opened_at, 1, 10) FROM request WHERE client_id IN ({_NAMES})"
            f" AND opened_at >= :since{of_product} AND archived_at IS NULL",
            since=since,
            **names,
            **asked,
        )
    ]


def _chunks(ids: Sequence[int]) -> Iterator[dict[str, Value]]:
    """Ids as the parameters of one query each, filled up with an id that nothing has."""
    for start in range(0, len(ids), AT_ONCE):
        chunk = ids[start : start + AT_ONCE]
        yield {f"id_{place}": chunk[place] if place < len(chunk) else 0 for place in range(AT_ONCE)}
