"""What a client said and may buy again: feedback, features, opportunities, survey responses."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.records.adoption import Feature
from onewindow.records.feedback import Feedback, Opportunity
from onewindow.store.engine import Row, Store
from onewindow.store.rows import fetch

_PAGE = 500


def feedback(store: Store, client_id: int, limit: int = 200) -> list[Feedback]:
    """A client's quotes, newest first."""
    return fetch(
        store,
        Feedback,
        "WHERE client_id = :client AND archived_at IS NULL ORDER BY said_on DESC, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def said_between(store: Store, since: str, till: str) -> Iterator[Feedback]:
    """All clients' quotes of the days from `since` to `till`, in the order in which they were recorded."""
    after = 0
    while page := fetch(
        store,
        Feedback,
        "WHERE id > :after AND said_on >= :since AND said_on <= :till AND archived_at IS NULL"
        " ORDER BY id LIMIT :limit",
        after=after,
        since=since,
        till=till,
        limit=_PAGE,
    ):
        yield from page
        after = page[-1].id


PAID = "CASE WHEN {0}revenue_kind = 'discount' THEN -ABS({0}amount) ELSE {0}amount END"
"""SQL: what a row of revenue adds to the value of a client; `{0}` is the name of the table with its dot.

Rows of costs and archived ones are left out before, by `IS_PAID`.
"""
IS_PAID = "{0}revenue_kind <> 'cost' AND {0}archived_at IS NULL"


def income(store: Store, after: str, till: str) -> dict[int, dict[str, int]]:
    """What each client paid behind the day `after` and until `till`, less discounts, by currency.

    Costs are not in it. Amounts are minor units.
    """
    sums: dict[int, dict[str, int]] = {}
    for client_id, currency, amount in store.rows(
        "SELECT client_id, currency,"
        f" SUM({PAID.format('')}) FROM revenue WHERE on_date > :after AND on_date <= :till"
        f" AND {IS_PAID.format('')} GROUP BY client_id, currency",
        after=after,
        till=till,
    ):
        sums.setdefault(client_id, {})[currency] = amount
    return sums


def features_asked_by(store: Store, client_id: int) -> dict[int, Feature]:
    """The features that a client's quotes are linked to, by id."""
    features = fetch(
        store,
        Feature,
        "WHERE id IN (SELECT feature_id FROM feedback WHERE client_id = :client"
        " AND feature_id IS NOT NULL AND archived_at IS NULL) LIMIT 200",
        client=client_id,
    )
    return {feature.id: feature for feature in features}


def opportunities(store: Store, client_id: int, limit: int = 200) -> list[Opportunity]:
    """Repeat sales of a client by the end of their window."""
    return fetch(
        store,
        Opportunity,
        "WHERE client_id = :client AND archived_at IS NULL ORDER BY window_till, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def answers(store: Store, client_id: int, limit: int = 50) -> list[Row]:
    """Survey answers, newest first.

    (id, at, metric, score, scale max, comment, contact id, title, followed up); the last is 1 when the task
    that the answer led to is settled, and 0 otherwise.
    """
    return store.rows(
        "SELECT r.id, r.at, s.metric, r.score, s.scale_max, r.comment, r.contact_id, s.title,"
        " CASE WHEN t.status <> 'open' THEN 1 ELSE 0 END"
        " FROM survey_response r JOIN survey s ON s.id = r.survey_id LEFT JOIN task t ON t.id = r.task_id"
        " WHERE r.client_id = :client AND r.archived_at IS NULL ORDER BY r.at DESC, r.id LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def count_answers(store: Store, survey_id: int) -> int:
    """How many answers to a survey stand."""
    return store.scalar(
        "SELECT COUNT(*) FROM survey_response WHERE survey_id = :survey AND archived_at IS NULL",
        survey=survey_id,
    )


def untold(store: Store, quote: Feedback) -> list[Feedback]:
    """The quotes of a client about the same feature of which the client was told nothing yet."""
    return fetch(
        store,
        Feedback,
        "WHERE client_id = :client AND feature_id = :feature AND told_on IS NULL AND archived_at IS NULL"
        " ORDER BY id",
        client=quote.client_id,
        feature=quote.feature_id,
    )
