"""What was done at clients and what they bought, for the report on which action works."""

from __future__ import annotations

from onewindow.store.announcements.effects import REPEAT_KINDS
from onewindow.store.engine import Row, Store
from onewindow.store.revenue.facts import Period

_SALES = ", ".join(f"'{kind}'" for kind in REPEAT_KINDS)


def first_touches(store: Store, period: Period) -> list[Row]:
    """Client, kind and first day of what we did ourselves in a period; what machines sent is left out."""
    return store.rows(
        "SELECT client_id, touch_kind, MIN(substr(at, 1, 10)) FROM touch WHERE at >= :began AND at < :ended"
        " AND direction = 'out' AND is_automatic = 0 AND archived_at IS NULL GROUP BY client_id, touch_kind",
        began=period.began,
        ended=period.ended,
    )


def first_trainings(store: Store, period: Period) -> list[Row]:
    """Client and first day of a lesson that was held."""
    return store.rows(
        "SELECT client_id, MIN(held_on) FROM training WHERE held_on >= :since AND held_on <= :till"
        " AND state IN ('done', 'passed') AND archived_at IS NULL GROUP BY client_id",
        since=period.since,
        till=period.till,
    )


def first_offers(store: Store, period: Period) -> list[Row]:
    """Client and first day of a written offer that went out."""
    return store.rows(
        "SELECT client_id, MIN(issued_on) FROM document WHERE document_kind = 'offer'"
        " AND issued_on >= :since AND issued_on <= :till AND state NOT IN ('draft', 'missing', 'cancelled')"
        " AND archived_at IS NULL GROUP BY client_id",
        since=period.since,
        till=period.till,
    )


def first_announcements(store: Store, period: Period) -> list[Row]:
    """Client and first day of an announcement that reached it."""
    return store.rows(
        "SELECT client_id, MIN(substr(told_at, 1, 10)) FROM delivery WHERE told_at >= :began"
        " AND told_at < :ended AND archived_at IS NULL GROUP BY client_id",
        began=period.began,
        ended=period.ended,
    )


def sales(store: Store, since: str) -> list[Row]:
    """Client and day of each sale since a day; subscriptions go on by themselves and are left out."""
    return store.rows(
        f"SELECT client_id, on_date FROM revenue WHERE on_date >= :since AND revenue_kind IN ({_SALES})"
        " AND archived_at IS NULL ORDER BY client_id, on_date",
        since=since,
    )


def won(store: Store, since: str) -> list[Row]:
    """Client and day of each opportunity won since a day."""
    return store.rows(
        "SELECT client_id, closed_on FROM opportunity WHERE closed_on >= :since AND state = 'won'"
        " AND archived_at IS NULL ORDER BY client_id, closed_on",
        since=since,
    )


def campaign_sales(store: Store, announcement_id: int) -> list[Row]:
    """Of each client told of an announcement: day told (UTC); day, kind, work, currency, amount of money.

    Only money behind the day of telling; costs are left out, discounts have no minus.
    """
    return store.rows(
        "SELECT d.client_id, substr(d.told_at, 1, 10), r.on_date, r.revenue_kind, r.work_kind, r.currency,"
        " r.amount FROM delivery d JOIN revenue r ON r.client_id = d.client_id"
        " WHERE d.announcement_id = :announcement AND d.told_at IS NOT NULL AND d.archived_at IS NULL"
        " AND r.on_date > substr(d.told_at, 1, 10) AND r.revenue_kind <> 'cost' AND r.archived_at IS NULL"
        " ORDER BY d.client_id, r.on_date, r.id",
        announcement=announcement_id,
    )
