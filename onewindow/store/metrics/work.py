"""How work went in a period: deals, promises, handovers, onboardings, licences in use."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store

AT_ONCE = 2000


class DealRow(NamedTuple):
    """An opportunity that ended."""

    id: int
    closed_on: str
    client_id: int
    state: str
    begun_on: str | None
    assignee_id: int | None
    product_id: int | None
    trigger: str
    opportunity_kind: str
    title: str


def deals(store: Store, since: str, till: str) -> Iterator[list[DealRow]]:
    """The opportunities won or lost on the days from `since` to `till`, by day, in pages."""
    after_on, after_id = since, 0
    while rows := store.rows(
        "SELECT id, closed_on, client_id, state, begun_on, assignee_id, product_id, trigger,"
        " opportunity_kind, title FROM opportunity WHERE (closed_on, id) > (:after_on, :after_id)"
        " AND closed_on <= :till AND state IN ('won', 'lost') AND archived_at IS NULL"
        " ORDER BY closed_on, id LIMIT :limit",
        after_on=after_on,
        after_id=after_id,
        till=till,
        limit=AT_ONCE,
    ):
        yield [DealRow(*row) for row in rows]
        after_id, after_on = rows[-1][0], rows[-1][1]


class OutcomeRow(NamedTuple):
    """A promise that was kept or broken on a day; of the event if there is one, else of the promise."""

    id: int
    on: str
    client_id: int
    outcome: str
    owner_id: int | None
    text: str
    kind: str


def outcomes(store: Store, since: str, till: str) -> Iterator[list[OutcomeRow]]:
    """Each keeping or breaking of a promise from `since` to `till`, by day, in pages.

    Promises that files brought as settled have no event; they count by the day on which they were settled.
    """
    after_on, after_id = since, 0
    while rows := store.rows(
        "SELECT e.id, e.happened_on, e.client_id, e.outcome, p.owner_id, p.text, 'promise_event'"
        " FROM promise_event e JOIN promise p ON p.id = e.promise_id"
        " WHERE (e.happened_on, e.id) > (:after_on, :after_id) AND e.happened_on <= :till"
        " AND e.archived_at IS NULL AND p.archived_at IS NULL ORDER BY e.happened_on, e.id LIMIT :limit",
        after_on=after_on,
        after_id=after_id,
        till=till,
        limit=AT_ONCE,
    ):
        yield [OutcomeRow(*row) for row in rows]
        after_id, after_on = rows[-1][0], rows[-1][1]
    yield [
        OutcomeRow(*row)
        for row in store.rows(
            "SELECT p.id, COALESCE(SUBSTR(p.settled_at, 1, 10), p.due_on), p.client_id, p.status, p.owner_id,"
            " p.text, 'promise' FROM promise p WHERE p.status IN ('kept', 'broken') AND p.archived_at IS NULL"
            " AND COALESCE(SUBSTR(p.settled_at, 1, 10), p.due_on) BETWEEN :since AND :till"
            " AND NOT EXISTS (SELECT 1 FROM promise_event e WHERE e.promise_id = p.id AND e.archived_at IS "
            "NULL) ORDER BY p.id",
            since=since,
            till=till,
        )
    ]


class OverdueRow(NamedTuple):
    """A promise whose day is over and which nobody settled."""

    id: int
    due_on: str
    client_id: int
    owner_id: int | None
    text: str


def overdue(store: Store, since: str, till: str, today: str) -> list[OverdueRow]:
    """Open promises that were due from `since` to `till` and before today."""
    return [
        OverdueRow(*row)
        for row in store.rows(
            "SELECT id, due_on, client_id, owner_id, text FROM promise WHERE status IN ('new', "
            "'acknowledged') AND due_on IS NOT NULL AND due_on >= :since AND due_on <= :till AND due_on < "
            ":today AND archived_at IS NULL ORDER BY due_on, id",
            since=since,
            till=till,
            today=today,
        )
    ]


class HandoverRow(NamedTuple):
    """A handover that the service decided."""

    id: int
    decided_at: str
    client_id: int
    state: str
    returns: int
    items_present: int | None
    items_needed: int | None
    satisfaction: int | None
    receiver_id: int | None
    deal: str


def handovers(store: Store, since: str, till: str) -> Iterator[list[HandoverRow]]:
    """The handovers decided from one instant until before another (UTC text), in pages."""
    after_at, after_id = since, 0
    while rows := store.rows(
        "SELECT id, decided_at, client_id, state, returns, items_present, items_needed, satisfaction,"
        " receiver_id, deal FROM handover WHERE (decided_at, id) > (:after_at, :after_id)"
        " AND decided_at < :till AND state <> 'sent' AND archived_at IS NULL"
        " ORDER BY decided_at, id LIMIT :limit",
        after_at=after_at,
        after_id=after_id,
        till=till,
        limit=AT_ONCE,
    ):
        yield [HandoverRow(*row) for row in rows]
        after_id, after_at = rows[-1][0], rows[-1][1]


class PlanRow(NamedTuple):
    """An onboarding, with the day on which the client's first contract was signed."""

    id: int
    started_on: str
    client_id: int | None
    status: str
    closed_on: str | None
    owner_id: int | None
    signed_on: str | None
    title: str


def onboardings(store: Store, since: str, till: str) -> Iterator[list[PlanRow]]:
    """The onboarding plans that were begun on the days from `since` to `till`, by day, in pages."""
    after_on, after_id = since, 0
    while rows := store.rows(
        "SELECT p.id, p.started_on, p.client_id, p.status, p.closed_on, p.owner_id,"
        " (SELECT MIN(d.signed_on) FROM document d WHERE d.client_id = p.client_id"
        " AND d.document_kind = 'contract' AND d.signed_on > '' AND d.archived_at IS NULL), p.title"
        " FROM plan p WHERE p.plan_kind = 'onboarding' AND (p.started_on, p.id) > (:after_on, :after_id)"
        " AND p.started_on <= :till AND p.archived_at IS NULL ORDER BY p.started_on, p.id LIMIT :limit",
        after_on=after_on,
        after_id=after_id,
        till=till,
        limit=AT_ONCE,
    ):
        yield [PlanRow(*row) for row in rows]
        after_id, after_on = rows[-1][0], rows[-1][1]


class UseRow(NamedTuple):
    """What one client owns of one product on a day, and how much of it was in use."""

    client_id: int
    product_id: int
    bought: int
    active: int


def licences(store: Store, low: int, high: int, day: str) -> list[UseRow]:
    """The licences in force on a day of the clients with ids from `low` to `high`, as they stand now."""
    return [
        UseRow(*row)
        for row in store.rows(
            "SELECT client_id, product_id, SUM(bought), SUM(active) FROM licence"
            " WHERE client_id BETWEEN :low AND :high AND archived_at IS NULL AND bought > 0"
            " AND (starts_on IS NULL OR starts_on <= :day) AND (ends_on IS NULL OR ends_on >= :day)"
            " GROUP BY client_id, product_id ORDER BY client_id, product_id",
            low=low,
            high=high,
            day=day,
        )
    ]


def used(store: Store, low: int, high: int, first: int, last: int) -> dict[tuple[int, int], int]:
    """Active users by client and product in the newest of some weeks that tells of them."""
    rows = store.rows(
        "SELECT client_id, product_id, week, active_users FROM usage"
        " WHERE client_id BETWEEN :low AND :high AND week BETWEEN :first AND :last"
        " ORDER BY client_id, product_id, week",
        low=low,
        high=high,
        first=first,
        last=last,
    )
    return {(row[0], row[1]): row[3] for row in rows}


def undated_deals(store: Store) -> int:
    """How many opportunities were won or lost on a day that nobody told."""
    return store.scalar(
        "SELECT COUNT(*) FROM opportunity WHERE state IN ('won', 'lost') AND closed_on IS NULL"
        " AND archived_at IS NULL"
    )
