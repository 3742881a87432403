"""What the records say of when to get in touch with clients: few rows a client, by ranges of client ids."""

from __future__ import annotations

from collections import defaultdict

from onewindow.records.cadence import Holiday, Occasion, TouchCadence, TouchMark
from onewindow.records.named_tuples import NamedTuple
from onewindow.records.requests import Touch
from onewindow.store.engine import Store, Value
from onewindow.store.rows import build, column_list, fetch

PERSONAL = "direction <> 'internal' AND touch_kind NOT IN ('note', 'review', 'survey') AND is_automatic = 0"
"""A touch by one of us or by the client, not by a machine, and not a word among ourselves."""


class Fact(NamedTuple):
    """One thing to get in touch about: `reason` of an occasion, what tells it apart, its name, its date."""

    reason: str
    subject: str
    name: str
    on: str


class ClientCadenceInputs(NamedTuple):
    """The rows of one client; dates and times as stored."""

    last_touch_at: str | None
    birthdays: list[tuple[int, str, str]]
    """Contact, name, date of birth, of those who have not left."""
    facts: list[Fact]
    marks: list[TouchMark]
    """Oldest first."""


def cadences(store: Store) -> list[TouchCadence]:
    """All cadences, archived ones too, the newest first."""
    return fetch(store, TouchCadence, "ORDER BY valid_from DESC, id DESC LIMIT 500")


def occasions(store: Store) -> list[Occasion]:
    """All occasions, archived ones too."""
    return fetch(store, Occasion, "ORDER BY id LIMIT 500")


def holidays(store: Store) -> list[Holiday]:
    """All days to congratulate on, archived ones too."""
    return fetch(store, Holiday, "ORDER BY id LIMIT 1000")


def facts(store: Store, low: int, high: int, since: str, now: str) -> dict[int, ClientCadenceInputs]:
    """The facts of the clients of a range of ids by id; those without any are left out.

    `since` (a date) is how far back happenings are looked for, `now` (UTC text) where they end.
    """
    by_client: defaultdict[int, ClientCadenceInputs] = defaultdict(
        lambda: ClientCadenceInputs(None, [], [], [])
    )
    parameters: dict[str, Value] = {
        "low": low,
        "high": high,
        "since": since,
        # The first payment of a year is meant, so that a year is read from its beginning.
        "new_year": f"{since[:4]}-01-01",
        "now": now,
        "today": now[:10],
    }
    for client_id, at in store.rows(LAST_TOUCHES, low=low, high=high, now=now):
        by_client[client_id] = ClientCadenceInputs(at, [], [], [])
    for client_id, contact, name, born in store.rows(BIRTHDAYS, low=low, high=high, today=now[:10]):
        by_client[client_id].birthdays.append((contact, name, born))
    for sql in HAPPENINGS.values():
        # Twice in one query is the same thing: of a year's payments the first counts, and those come last.
        once = {(row[0], row[2]): row for row in store.rows(sql, **parameters)}
        for client_id, *values in once.values():
            by_client[client_id].facts.append(Fact(*values))
    marks = store.rows(
        f"SELECT {column_list(TouchMark)} FROM touch_mark WHERE client_id BETWEEN :low AND :high"
        " AND archived_at IS NULL ORDER BY client_id, at DESC, id DESC",
        low=low,
        high=high,
    )
    for row in reversed(marks):
        mark = build(TouchMark, row)
        by_client[mark.client_id].marks.append(mark)
    return by_client


LAST_TOUCHES = f"""
    SELECT client_id, MAX(at) FROM touch
    WHERE client_id BETWEEN :low AND :high AND at <= :now AND {PERSONAL} AND archived_at IS NULL
    GROUP BY client_id ORDER BY client_id"""
BIRTHDAYS = """
    SELECT client_id, id, name, birthday FROM contact
    WHERE client_id BETWEEN :low AND :high AND birthday IS NOT NULL
        AND (left_on IS NULL OR left_on > :today) AND archived_at IS NULL
    ORDER BY client_id, is_main DESC, name, id"""
HAPPENINGS = {
    "first order": """
        SELECT client_id, 'first_order', 'first', 'first order', MIN(on_date) FROM revenue
        WHERE client_id BETWEEN :low AND :high AND amount > 0 AND revenue_kind NOT IN ('discount', 'cost')
            AND archived_at IS NULL
        GROUP BY client_id HAVING MIN(on_date) BETWEEN :since AND :today ORDER BY client_id""",
    "paid invoices": """
        SELECT client_id, 'paid_invoice', substr(on_date, 1, 4), 'paid invoice', on_date FROM revenue
        WHERE client_id BETWEEN :low AND :high AND amount > 0 AND revenue_kind NOT IN ('discount', 'cost')
            AND document_id IS NOT NULL AND on_date BETWEEN :new_year AND :today AND archived_at IS NULL
        ORDER BY client_id, on_date DESC, id""",
    "referrals": """
        SELECT referrer_id, 'referral', CAST(id AS TEXT), 'recommended us to ' || name,
            COALESCE(since, substr(created_at, 1, 10))
        FROM client
        WHERE referrer_id BETWEEN :low AND :high AND referrer_id IS NOT NULL
            AND COALESCE(since, substr(created_at, 1, 10)) BETWEEN :since AND :today
            AND archived_at IS NULL
        ORDER BY referrer_id, id""",
    "promoters": """
        SELECT r.client_id, 'promoter', CAST(r.id AS TEXT), 'gave ' || r.score || ' of 10',
            substr(r.at, 1, 10)
        FROM survey_response r JOIN survey s ON s.id = r.survey_id
        WHERE r.client_id BETWEEN :low AND :high AND s.metric = 'nps' AND r.score >= 9 AND r.at >= :since
            AND r.at <= :now AND r.archived_at IS NULL
        ORDER BY r.client_id, r.at DESC, r.id""",
    "trainings": """
        SELECT client_id, 'training', CAST(id AS TEXT), 'training: ' || title, held_on FROM training
        WHERE client_id BETWEEN :low AND :high AND state IN ('done', 'passed')
            AND held_on BETWEEN :since AND :today AND archived_at IS NULL
        ORDER BY client_id, planned_on DESC, id""",
    "releases": """
        SELECT l.client_id, 'release', CAST(r.id AS TEXT), 'release ' || r.version_name, r.released_on
        FROM licence l JOIN release r ON r.product_id = l.product_id
        WHERE l.client_id BETWEEN :low AND :high AND r.released_on BETWEEN :since AND :today
            AND (l.starts_on IS NULL OR l.starts_on <= r.released_on)
            AND (l.ends_on IS NULL OR l.ends_on >= r.released_on)
            AND r.archived_at IS NULL AND l.archived_at IS NULL
        ORDER BY l.client_id, l.product_id, l.id""",
    "complaints": """
        SELECT client_id, 'complaint', CAST(id AS TEXT), 'complaint R-' || number || ' settled',
            substr(resolved_at, 1, 10)
        FROM request
        WHERE client_id BETWEEN :low AND :high AND request_kind = 'complaint' AND resolved_at IS NOT NULL
            AND resolved_at >= :since AND resolved_at <= :now AND archived_at IS NULL
        ORDER BY client_id, resolved_at, id""",
}
"""One query a reason: client, reason, what tells it apart, its name, its date."""


def last_personal(store: Store, client_id: int, now: str) -> Touch | None:
    """The last touch of a client by a person, or None."""
    touchpoints = fetch(
        store,
        Touch,
        f"WHERE client_id = :client AND at <= :now AND {PERSONAL} AND archived_at IS NULL"
        " ORDER BY at DESC, id LIMIT 1",
        client=client_id,
        now=now,
    )
    return touchpoints[0] if touchpoints else None
