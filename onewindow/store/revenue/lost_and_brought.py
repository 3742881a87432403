"""Clients who were lost with the reason and their money, and clients whom others brought."""

from __future__ import annotations

from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store
from onewindow.store.feedback import IS_PAID, PAID


class LostClient(NamedTuple):
    """A client who left, and why; '' where nobody noted it."""

    client_id: int
    number: int
    name: str
    reason: str


class DayPaid(NamedTuple):
    """What a client paid on a day (YYYY-MM-DD) less discounts, in minor units."""

    client_id: int
    day: str
    currency: str
    amount: int


class Referral(NamedTuple):
    """A client who came through another one."""

    referrer_id: int
    referrer_number: int
    referrer: str
    client_id: int
    number: int
    name: str
    stage: str


def lost(store: Store) -> list[LostClient]:
    """Every lost client that is not archived, by name."""
    return [
        LostClient(*row)
        for row in store.rows(
            "SELECT id, number, name, loss_reason FROM client WHERE stage = 'lost' AND archived_at IS NULL"
            " ORDER BY name_sort, id"
        )
    ]


def paid_by_lost(store: Store) -> list[DayPaid]:
    """What lost clients ever paid, client by client, the latest day first."""
    return [
        DayPaid(*row)
        for row in store.rows(
            f"SELECT r.client_id, r.on_date, r.currency, SUM({PAID.format('r.')})"
            " FROM revenue r JOIN client c ON c.id = r.client_id"
            f" WHERE c.stage = 'lost' AND c.archived_at IS NULL AND {IS_PAID.format('r.')}"
            " GROUP BY 1, 2, 3 ORDER BY 1, 2 DESC, 3"
        )
    ]


def referrals(store: Store) -> list[Referral]:
    """Every client who came through another one, the referrer's name first."""
    return [
        Referral(*row)
        for row in store.rows(
            "SELECT f.id, f.number, f.name, c.id, c.number, c.name, c.stage"
            " FROM client c JOIN client f ON f.id = c.referrer_id WHERE c.archived_at IS NULL"
            " ORDER BY f.name_sort, f.id, c.name_sort, c.id"
        )
    ]
