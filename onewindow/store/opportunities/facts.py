"""What the rules of repeat sales look at, of a range of clients: few columns, the client first in each row.

One client and a whole file take the same way: a range of client ids, read along the index that begins with
the client.
"""

from __future__ import annotations

from collections.abc import Collection

from onewindow.store.announcements.effects import REPEAT_KINDS
from onewindow.store.engine import Row, Store
from onewindow.store.rows import in_chunks

_ORDERS = ", ".join(f"'{kind}'" for kind in REPEAT_KINDS)
_AT_ONCE = 200
_RANGE = "client_id BETWEEN :low AND :high"


def licences(store: Store, low: int, high: int, since: str) -> list[Row]:
    """Licences that have no end, or one after a day.

    (client, product, bought, active, volume limit, begin, end, amount, currency, last written, document)
    """
    return store.rows(
        "SELECT client_id, product_id, bought, active, volume_limit, starts_on, ends_on, amount, currency,"
        f" substr(updated_at, 1, 10), document_id FROM licence WHERE {_RANGE} AND archived_at IS NULL"
        " AND (ends_on IS NULL OR ends_on >= :since) ORDER BY client_id, product_id, id",
        low=low,
        high=high,
        since=since,
    )


def weeks(store: Store, low: int, high: int, since_week: int) -> list[Row]:
    """Reported weeks of use since a week: (client, product, week, users, volume), by product and week."""
    return store.rows(
        f"SELECT client_id, product_id, week, active_users, volume FROM usage WHERE {_RANGE}"
        " AND week >= :since AND archived_at IS NULL ORDER BY client_id, product_id, week",
        low=low,
        high=high,
        since=since_week,
    )


def function_weeks(store: Store, client_ids: Collection[int], since_week: int) -> list[Row]:
    """Weeks since a week in which some function was used: (client, product, week)."""
    return [
        row
        for names, parameters in in_chunks(client_ids, _AT_ONCE)
        for row in store.rows(
            f"SELECT DISTINCT client_id, product_id, week FROM feature_use WHERE client_id IN ({names})"
            " AND week >= :since AND (users > 0 OR uses > 0) AND archived_at IS NULL",
            since=since_week,
            **parameters,
        )
    ]


def requests(store: Store, low: int, high: int, since: str) -> list[Row]:
    """What was asked for since a day: (client, product, day, title); merged duplicates are left out."""
    return store.rows(
        f"SELECT client_id, product_id, substr(opened_at, 1, 10), title FROM request WHERE {_RANGE}"
        " AND opened_at >= :since AND archived_at IS NULL AND merged_into_id IS NULL"
        " ORDER BY client_id, opened_at DESC",
        low=low,
        high=high,
        since=since,
    )


def wishes(store: Store, low: int, high: int) -> list[Row]:
    """Wishes: (client, product, day, quote, feature, its state, the day on which that came out)."""
    return store.rows(
        "SELECT f.client_id, COALESCE(f.product_id, w.product_id), f.said_on, f.quote, w.title, w.status,"
        " r.released_on FROM feedback f LEFT JOIN feature w ON w.id = f.feature_id AND w.archived_at IS NULL"
        " LEFT JOIN release r ON r.id = w.release_id"
        " WHERE f.client_id BETWEEN :low AND :high AND f.feedback_kind = 'wish' AND f.archived_at IS NULL"
        " ORDER BY f.client_id, f.said_on DESC",
        low=low,
        high=high,
    )


def needs(store: Store, low: int, high: int, since: str) -> list[Row]:
    """Needs that were heard in talks since a day: (client, day, need)."""
    return store.rows(
        f"SELECT client_id, substr(at, 1, 10), need FROM touch WHERE {_RANGE} AND at >= :since"
        " AND need <> '' AND archived_at IS NULL ORDER BY client_id, at DESC",
        low=low,
        high=high,
        since=since,
    )


def ending_contracts(store: Store, low: int, high: int, since: str, till: str) -> list[Row]:
    """Signed contracts that end in a span: (client, document, number, title, end, amount, currency)."""
    return store.rows(
        "SELECT client_id, id, number, title, expires_on, amount, currency FROM document"
        f" WHERE {_RANGE} AND document_kind = 'contract' AND state IN ('signed', 'received')"
        " AND expires_on BETWEEN :since AND :till AND archived_at IS NULL ORDER BY client_id, expires_on",
        low=low,
        high=high,
        since=since,
        till=till,
    )


def nps_marks(store: Store, low: int, high: int, since: str) -> list[Row]:
    """NPS answers since a day: (client, day, mark)."""
    return store.rows(
        "SELECT r.client_id, substr(r.at, 1, 10), r.score FROM survey_response r"
        " JOIN survey s ON s.id = r.survey_id WHERE r.client_id BETWEEN :low AND :high AND r.at >= :since"
        " AND s.metric = 'nps' AND r.archived_at IS NULL ORDER BY r.client_id, r.at DESC",
        low=low,
        high=high,
        since=since,
    )


def orders(store: Store, low: int, high: int) -> list[Row]:
    """What was bought, subscriptions left out: (client, day, amount, currency), the newest first."""
    return store.rows(
        f"SELECT client_id, on_date, amount, currency FROM revenue WHERE {_RANGE}"
        f" AND revenue_kind IN ({_ORDERS}) AND amount > 0 AND archived_at IS NULL"
        " ORDER BY client_id, on_date DESC",
        low=low,
        high=high,
    )


def lessons(store: Store, low: int, high: int, since: str) -> list[Row]:
    """Trainings on a product that clients came to since a day: (client, product, title, day)."""
    given = {"low": low, "high": high, "since": since}
    came = store.rows(
        "SELECT a.client_id, COALESCE(s.product_id, n.product_id), s.title, substr(s.starts_at, 1, 10)"
        " FROM attendance a JOIN training_session s ON s.id = a.session_id"
        " LEFT JOIN announcement n ON n.id = s.announcement_id"
        " WHERE a.client_id BETWEEN :low AND :high AND a.state = 'attended' AND a.archived_at IS NULL"
        " AND s.starts_at >= :since",
        **given,
    )
    taught = store.rows(
        f"SELECT client_id, product_id, title, held_on FROM training WHERE {_RANGE}"
        " AND state IN ('done', 'passed') AND held_on >= :since AND archived_at IS NULL",
        **given,
    )
    return [row for row in came + taught if row[1] is not None]


def past(store: Store, low: int, high: int, since: str) -> list[Row]:
    """Opportunities that are open, or were closed since a day.

    (client, title, trigger, kind, product, state, closed on, reason)
    """
    return store.rows(
        "SELECT client_id, title, trigger, opportunity_kind, product_id, state, closed_on, reason"
        f" FROM opportunity WHERE {_RANGE} AND archived_at IS NULL"
        " AND (closed_on IS NULL OR closed_on >= :since)",
        low=low,
        high=high,
        since=since,
    )


def onboardings(store: Store, low: int, high: int) -> list[Row]:
    """Clients whose onboarding plan is not finished: (client, title of the plan)."""
    return store.rows(
        f"SELECT client_id, title FROM plan WHERE {_RANGE} AND plan_kind = 'onboarding'"
        " AND status = 'running' AND archived_at IS NULL",
        low=low,
        high=high,
    )


def owned_products(store: Store, today: str) -> list[tuple[int, int]]:
    """Client and product of every licence in force on a day, of clients who are not archived."""
    rows = store.rows(
        "SELECT DISTINCT l.client_id, l.product_id FROM licence l JOIN client c ON c.id = l.client_id"
        " WHERE l.archived_at IS NULL AND (l.starts_on IS NULL OR l.starts_on <= :today)"
        " AND (l.ends_on IS NULL OR l.ends_on >= :today) AND c.archived_at IS NULL AND c.stage <> 'lost'",
        today=today,
    )
    return [(row[0], row[1]) for row in rows]


def lost_clients(store: Store) -> frozenset[int]:
    """The ids of all clients who are lost."""
    return frozenset(row[0] for row in store.rows("SELECT id FROM client WHERE stage = 'lost'"))
