"""What came from clients and what was spent on them in a period, added up by client and kind of work.

Money is added up by day, as rates of exchange go by the day, and time by month.
Days and moments are limits within: `since` and `till` are days (YYYY-MM-DD) and `began`, `ended` the same as
moments (UTC text), the last one outside. Money is in minor units, archived records and clients are left out.
"""

from __future__ import annotations

from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store, Value


class Period(NamedTuple):
    """The first and the last day, and the moments at which they begin and end."""

    since: str
    till: str
    began: str
    ended: str


class MoneyRow(NamedTuple):
    """Revenue of one kind of a client on a day (YYYY-MM-DD); discounts and costs have no minus."""

    client_id: int
    day: str
    work_kind: str
    revenue_kind: str
    currency: str
    amount: int


class MinutesRow(NamedTuple):
    """Minutes that a colleague (None: nobody is named) spent on a client in a month."""

    client_id: int
    month: str
    work_kind: str
    staff_id: int | None
    minutes: int


class GiftRow(NamedTuple):
    """What gifts and goodwill for a client cost on a day (YYYY-MM-DD)."""

    client_id: int
    day: str
    work_kind: str
    currency: str
    amount: int


class PersonRate(NamedTuple):
    """What an hour of a colleague costs; None where that is not on file."""

    staff_id: int
    hour_rate: int | None
    currency: str


def money(store: Store, period: Period, client_id: int | None = None) -> list[MoneyRow]:
    """What came in, what was taken off and what was bought for clients."""
    of_client, parameters = _of_client("r", client_id)
    return [
        MoneyRow(*row)
        for row in store.rows(
            "SELECT r.client_id, r.on_date, r.work_kind, r.revenue_kind, r.currency,"
            " SUM(CASE WHEN r.revenue_kind IN ('discount', 'cost') THEN ABS(r.amount) ELSE r.amount END)"
            " FROM revenue r JOIN client c ON c.id = r.client_id"
            " WHERE r.on_date >= :since AND r.on_date <= :till AND r.archived_at IS NULL"
            f" AND c.archived_at IS NULL{of_client} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5",
            since=period.since,
            till=period.till,
            **parameters,
        )
    ]


def request_minutes(store: Store, period: Period, client_id: int | None = None) -> list[MinutesRow]:
    """The time noted on requests, in the month in which each was resolved, or opened while it is not."""
    of_client, parameters = _of_client("r", client_id)
    return [
        MinutesRow(*row)
        for row in store.rows(
            "SELECT r.client_id, substr(COALESCE(r.resolved_at, r.opened_at), 1, 7), r.work_kind,"
            " r.assignee_id, SUM(r.minutes) FROM request r JOIN client c ON c.id = r.client_id"
            " WHERE r.minutes > 0 AND COALESCE(r.resolved_at, r.opened_at) >= :began"
            " AND COALESCE(r.resolved_at, r.opened_at) < :ended AND r.archived_at IS NULL"
            f" AND c.archived_at IS NULL{of_client} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
            began=period.began,
            ended=period.ended,
            **parameters,
        )
    ]


def talk_minutes(store: Store, period: Period, client_id: int | None = None) -> list[MinutesRow]:
    """The time of talks and visits; one about a request is work of the request's kind."""
    of_client, parameters = _of_client("t", client_id)
    return [
        MinutesRow(*row)
        for row in store.rows(
            "SELECT t.client_id, substr(t.at, 1, 7), COALESCE(r.work_kind, ''), t.staff_id, SUM(t.minutes)"
            " FROM touch t JOIN client c ON c.id = t.client_id LEFT JOIN request r ON r.id = t.request_id"
            " WHERE t.minutes > 0 AND t.at >= :began AND t.at < :ended AND t.archived_at IS NULL"
            f" AND c.archived_at IS NULL{of_client} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
            began=period.began,
            ended=period.ended,
            **parameters,
        )
    ]


def gifts(store: Store, period: Period, client_id: int | None = None) -> list[GiftRow]:
    """What gifts and goodwill cost, as it is noted on talks and visits."""
    of_client, parameters = _of_client("t", client_id)
    return [
        GiftRow(*row)
        for row in store.rows(
            "SELECT t.client_id, substr(t.at, 1, 10), COALESCE(r.work_kind, ''), t.currency, SUM(t.cost)"
            " FROM touch t JOIN client c ON c.id = t.client_id LEFT JOIN request r ON r.id = t.request_id"
            " WHERE t.cost > 0 AND t.at >= :began AND t.at < :ended AND t.archived_at IS NULL"
            f" AND c.archived_at IS NULL{of_client} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
            began=period.began,
            ended=period.ended,
            **parameters,
        )
    ]


def hour_rates(store: Store) -> list[PersonRate]:
    """What an hour of each colleague costs, also of those who have left."""
    return [PersonRate(*row) for row in store.rows("SELECT id, hour_rate, currency FROM staff ORDER BY id")]


def _of_client(alias: str, client_id: int | None) -> tuple[str, dict[str, Value]]:
    if client_id is None:
        return "", {}
    return f" AND {alias}.client_id = :client", {"client": client_id}
