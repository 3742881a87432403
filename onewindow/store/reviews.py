"""Reviews: rounds, their decisions, and what the order of a portfolio is made of."""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.records.named_tuples import NamedTuple
from onewindow.records.reviews import ReviewDecision, ReviewRound
from onewindow.store.clients.client_stats import UNKNOWN_HEALTH
from onewindow.store.engine import Row, Store
from onewindow.store.feedback import IS_PAID, PAID
from onewindow.store.rows import fetch, in_chunks

LIMIT = 1000
"""Clients of one round at most."""
_TOGETHER = 50


class ReviewedClient(NamedTuple):
    """What is known of one client before a review; `health` and `before` are None where unknown."""

    client_id: int
    number: int
    name: str
    name_sort: str
    tier: str
    stage: str
    band: str
    health: int | None
    alarms: str
    next_due_at: str
    before: int | None
    """The client's health some weeks ago."""
    value: int
    reviewed_at: str | None


def of_owner(store: Store, owner_id: int, week: int, year: tuple[str, str]) -> list[ReviewedClient]:
    """The clients of an owner; `week` is that of the health before.

    Money counts behind the first day of `year` and until its last.
    """
    rows = store.rows(
        f"{_SELECT} WHERE c.owner_id = :owner AND c.archived_at IS NULL AND s.client_id = c.id"
        " AND c.stage <> 'lost' LIMIT :limit",
        owner=owner_id,
        week=week,
        after=year[0],
        till=year[1],
        limit=LIMIT,
    )
    return [_facts(row) for row in rows]


def of_clients(store: Store, ids: Iterable[int], week: int, year: tuple[str, str]) -> list[ReviewedClient]:
    """The same of some clients."""
    lines: list[ReviewedClient] = []
    for names, parameters in in_chunks(sorted(set(ids))[:LIMIT], _TOGETHER):
        rows = store.rows(
            f"{_SELECT} WHERE c.id IN ({names}) AND c.archived_at IS NULL AND s.client_id = c.id"
            " AND c.stage <> 'lost'",
            week=week,
            after=year[0],
            till=year[1],
            **parameters,
        )
        lines += [_facts(row) for row in rows]
    return lines


def open_rounds(store: Store, staff_id: int) -> list[ReviewRound]:
    """The rounds of a person that have not ended, the newest first."""
    return [meeting for meeting in rounds(store, staff_id) if meeting.ended_at is None]


def rounds(store: Store, staff_id: int, limit: int = 50) -> list[ReviewRound]:
    """The rounds of a person, the newest first."""
    return fetch(
        store,
        ReviewRound,
        "WHERE staff_id = :staff AND archived_at IS NULL ORDER BY started_at DESC, id DESC LIMIT :limit",
        staff=staff_id,
        limit=limit,
    )


def decisions(store: Store, round_id: int) -> list[ReviewDecision]:
    """What was decided in a round, in order."""
    return fetch(
        store,
        ReviewDecision,
        "WHERE review_round_id = :round AND archived_at IS NULL ORDER BY at, id LIMIT 5000",
        round=round_id,
    )


def of_client(store: Store, client_id: int, limit: int = 5) -> list[ReviewDecision]:
    """The last decisions about a client, the newest first."""
    return fetch(
        store,
        ReviewDecision,
        "WHERE client_id = :client AND archived_at IS NULL ORDER BY at DESC, id DESC LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def strictest_standard(store: Store, today: str) -> int:
    """The least number of days between reviews that a cadence in force asks for, 0 for none."""
    return (
        store.scalar(
            "SELECT MIN(review_days) FROM touch_cadence"
            " WHERE review_days > 0 AND valid_from <= :today AND archived_at IS NULL",
            today=today,
        )
        or 0
    )


def owns_clients(store: Store, staff_id: int) -> bool:
    """Whether anybody is looked after by a person."""
    return bool(
        store.rows(
            "SELECT id FROM client WHERE owner_id = :staff AND archived_at IS NULL LIMIT 1", staff=staff_id
        )
    )


_SELECT = f"""
    SELECT c.id, c.number, c.name, c.name_sort, c.tier, c.stage, s.band, s.health, s.alarms, s.next_due_at,
        (SELECT h.score FROM health_snapshot h WHERE h.client_id = c.id AND h.week = :week),
        (SELECT CAST(COALESCE(SUM({PAID.format("r.")}), 0) AS BIGINT) FROM revenue r
            WHERE r.client_id = c.id AND r.on_date > :after AND r.on_date <= :till
            AND {IS_PAID.format("r.")}),
        (SELECT MAX(d.at) FROM review_decision d WHERE d.client_id = c.id AND d.archived_at IS NULL)
    FROM client c CROSS JOIN client_stat s"""


def _facts(row: Row) -> ReviewedClient:
    review = ReviewedClient(*row)
    return review._replace(health=None if review.health == UNKNOWN_HEALTH else review.health)
