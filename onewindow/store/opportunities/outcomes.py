"""What came of suggestions: how often each rule was shown and won, what is open, which rules are retired."""

from __future__ import annotations

from collections.abc import Collection

from onewindow.records.clients import Client
from onewindow.records.feedback import Opportunity
from onewindow.records.named_tuples import NamedTuple
from onewindow.records.opportunities import RetiredTrigger
from onewindow.store.engine import Row, Store, Value
from onewindow.store.rows import fetch

CLIENTS_AT_ONCE = 1000


class TriggerCounts(NamedTuple):
    """What came of one rule: opportunities on file by state, and suggestions that were only shown."""

    trigger: str
    noted: int
    """Opportunities on file that the rule suggested, of any state."""
    seen: int
    """Suggestions that were shown and that nobody decided about."""
    won: int
    lost: int
    dismissed: int
    open: int


def client_page(store: Store, owner_id: int | None, after: int) -> list[Client]:
    """The next clients behind an id, of an owner or of everybody, by id; empty at the end."""
    if owner_id is None:
        return fetch(
            store,
            Client,
            "WHERE id > :after AND archived_at IS NULL ORDER BY id LIMIT :limit",
            after=after,
            limit=CLIENTS_AT_ONCE,
        )
    return fetch(
        store,
        Client,
        "WHERE id > :after AND owner_id = :owner AND archived_at IS NULL ORDER BY id LIMIT :limit",
        owner=owner_id,
        after=after,
        limit=CLIENTS_AT_ONCE,
    )


def count_between(store: Store, low: int, high: int) -> int:
    """How many clients have an id from `low` to `high`."""
    return store.scalar("SELECT COUNT(*) FROM client WHERE id BETWEEN :low AND :high", low=low, high=high)


def count_clients(store: Store, owner_id: int | None = None) -> int:
    """How many clients are not archived, of an owner or in all."""
    if owner_id is None:
        return store.scalar("SELECT COUNT(*) FROM client WHERE archived_at IS NULL")
    return store.scalar(
        "SELECT COUNT(*) FROM client WHERE owner_id = :owner AND archived_at IS NULL", owner=owner_id
    )


def trigger_counts(store: Store) -> dict[str, TriggerCounts]:
    """What came of each rule so far, by its name; '' are the opportunities that no rule suggested."""
    noted = store.rows(
        "SELECT trigger, COUNT(*), COUNT(*) FILTER (WHERE state = 'won'),"
        " COUNT(*) FILTER (WHERE state = 'lost'), COUNT(*) FILTER (WHERE state = 'dismissed')"
        " FROM opportunity WHERE archived_at IS NULL GROUP BY trigger ORDER BY trigger"
    )
    seen = dict(
        store.rows(
            "SELECT m.trigger, COUNT(*) FROM suggestion_mark m WHERE m.archived_at IS NULL AND NOT EXISTS ("
            "SELECT 1 FROM opportunity o WHERE o.client_id = m.client_id AND o.trigger = m.trigger"
            " AND o.archived_at IS NULL AND COALESCE(o.product_id, 0) = COALESCE(m.product_id, 0)"
            " AND substr(o.created_at, 1, 10) >= m.shown_on) GROUP BY m.trigger"
        )
    )
    counts = {
        trigger: TriggerCounts(
            trigger, all_, seen.get(trigger, 0), won, lost, dismissed, all_ - won - lost - dismissed
        )
        for trigger, all_, won, lost, dismissed in noted
    }
    for trigger, number in seen.items():
        counts.setdefault(trigger, TriggerCounts(trigger, 0, number, 0, 0, 0, 0))
    return counts


def retired(store: Store) -> list[RetiredTrigger]:
    """The rules that are retired, by name."""
    return fetch(store, RetiredTrigger, "WHERE archived_at IS NULL ORDER BY trigger, id")


def marks(store: Store, client_ids: Collection[int], since: str) -> set[tuple[int, str, int]]:
    """What was shown to some clients since a day: client, rule, product (0: none)."""
    found: set[tuple[int, str, int]] = set()
    for client_id in client_ids:
        rows = store.rows(
            "SELECT trigger, COALESCE(product_id, 0) FROM suggestion_mark WHERE client_id = :client"
            " AND shown_on > :since AND archived_at IS NULL",
            client=client_id,
            since=since,
        )
        found |= {(client_id, row[0], row[1]) for row in rows}
    return found


def open_of_rule(store: Store, client_id: int, trigger: str) -> list[Opportunity]:
    """What a rule made for a client that is not over yet, the oldest first."""
    return fetch(
        store,
        Opportunity,
        "WHERE client_id = :client AND trigger = :trigger AND archived_at IS NULL"
        " AND state IN ('suggested', 'accepted', 'offered') ORDER BY id",
        client=client_id,
        trigger=trigger,
    )


def open_amounts(store: Store, owner_id: int | None) -> list[Row]:
    """What was taken or offered and is not over: (state, amount, currency, expected on, good till).

    Of the clients of an owner, or of all; those without an amount are left out.
    """
    owned = "" if owner_id is None else " AND c.owner_id = :owner"
    given: dict[str, Value] = {} if owner_id is None else {"owner": owner_id}
    return store.rows(
        "SELECT o.state, o.amount, o.currency, o.expected_on, o.window_till FROM opportunity o"
        " JOIN client c ON c.id = o.client_id WHERE o.state IN ('accepted', 'offered')"
        f" AND o.amount > 0 AND o.archived_at IS NULL AND c.archived_at IS NULL{owned}",
        **given,
    )


def ending_licences(store: Store, since: str, till: str) -> list[Row]:
    """Licences that end within a span, of clients who are not lost, by their end.

    (client, product, bought, begin, end, amount, currency, document)
    """
    return store.rows(
        "SELECT l.client_id, l.product_id, l.bought, l.starts_on, l.ends_on, l.amount, l.currency,"
        " l.document_id FROM licence l JOIN client c ON c.id = l.client_id"
        " WHERE l.ends_on BETWEEN :since AND :till AND l.archived_at IS NULL AND c.archived_at IS NULL"
        " AND c.stage <> 'lost' AND NOT EXISTS (SELECT 1 FROM licence n WHERE n.client_id = l.client_id"
        " AND n.product_id = l.product_id AND n.id <> l.id AND n.archived_at IS NULL"
        " AND (n.ends_on IS NULL OR n.ends_on > l.ends_on)"
        " AND COALESCE(n.starts_on, '') > COALESCE(l.starts_on, ''))"
        " ORDER BY l.ends_on, l.id",
        since=since,
        till=till,
    )


def ending_contracts(store: Store, since: str, till: str) -> list[Row]:
    """Signed contracts that end within a span and that no licence hangs on, of clients who are not lost.

    (client, number, title, end, amount, currency), by their end.
    """
    return store.rows(
        "SELECT d.client_id, d.number, d.title, d.expires_on, d.amount, d.currency FROM document d"
        " JOIN client c ON c.id = d.client_id WHERE d.document_kind = 'contract'"
        " AND d.state IN ('signed', 'received') AND d.expires_on BETWEEN :since AND :till"
        " AND d.archived_at IS NULL AND c.archived_at IS NULL AND c.stage <> 'lost'"
        " AND NOT EXISTS (SELECT 1 FROM licence l WHERE l.client_id = d.client_id AND l.document_id = d.id"
        " AND l.ends_on IS NOT NULL AND l.archived_at IS NULL)"
        " ORDER BY d.expires_on, d.id",
        since=since,
        till=till,
    )


def renewals_on_file(store: Store, since: str) -> list[Row]:
    """Renewals that are open or were closed since a day: (client, product, state, closed on, title, id)."""
    return store.rows(
        "SELECT client_id, product_id, state, closed_on, title, id FROM opportunity"
        " WHERE opportunity_kind = 'renewal' AND archived_at IS NULL"
        " AND (closed_on IS NULL OR closed_on >= :since) ORDER BY id",
        since=since,
    )
