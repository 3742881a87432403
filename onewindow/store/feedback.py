"""What a client said and may buy again: feedback, features, opportunities, survey responses."""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.records.adoption import Feature
from onewindow.records.feedback import Feedback, Opportunity, Revenue
from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Row, Store
from onewindow.store.rows import fetch, in_chunks

_PAGE = 500
_SAID = (
    "SELECT id, client_id, feedback_kind, quote, importance, contact_id, said_on, product_id, feature_id,"
    " release_id, competitor, staff_id, told_on, reaction, told_status, outcome, archived_at FROM feedback"
)


def feedback(store: Store, client_id: int, limit: int = 200) -> list[Feedback]:
    """A client's quotes, newest first."""
    return fetch(
        store,
        Feedback,
        "WHERE client_id = :client AND archived_at IS NULL ORDER BY said_on DESC, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )


class Said(NamedTuple):
    """A quote with all that its weight and its chain need."""

    id: int
    client_id: int
    feedback_kind: str
    quote: str
    importance: int
    contact_id: int | None
    said_on: str
    product_id: int | None
    feature_id: int | None
    release_id: int | None
    competitor: str
    staff_id: int | None
    told_on: str | None
    reaction: str
    told_status: str
    outcome: str
    archived_at: str | None


class Speaker(NamedTuple):
    """A client as exports of quotes name it."""

    id: int
    number: int
    slug: str
    name: str
    tier: str
    stage: str
    owner_id: int | None


def said_between(store: Store, since: str, till: str) -> list[Said]:
    """All clients' quotes of the days from `since` to `till`, in the order in which they were recorded."""
    rows = store.rows(
        f"{_SAID} WHERE archived_at IS NULL AND said_on >= :since AND said_on <= :till ORDER BY id",
        since=since,
        till=till,
    )
    return list(map(Said._make, rows))


def said_ever(store: Store) -> list[Said]:
    """All quotes that are on file, archived ones too, in the order in which they were recorded."""
    return list(map(Said._make, store.rows(f"{_SAID} ORDER BY id")))


def speakers(store: Store, client_ids: Iterable[int]) -> dict[int, Speaker]:
    """Clients by id, archived ones too."""
    found: dict[int, Speaker] = {}
    for names, parameters in in_chunks(client_ids, _PAGE):
        sql = f"SELECT {', '.join(Speaker._fields)} FROM client WHERE id IN ({names})"
        found.update((row[0], Speaker._make(row)) for row in store.rows(sql, **parameters))
    return found


def names_of_people(store: Store, contact_ids: Iterable[int]) -> dict[int, str]:
    """The names of contacts by id, archived ones too."""
    found: dict[int, str] = {}
    for names, parameters in in_chunks(contact_ids, _PAGE):
        found.update(store.rows(f"SELECT id, name FROM contact WHERE id IN ({names})", **parameters))
    return found


def bands(store: Store, client_ids: Iterable[int]) -> dict[int, str]:
    """The bands of health in which clients are now, by id."""
    found: dict[int, str] = {}
    for names, parameters in in_chunks(client_ids, _PAGE):
        found.update(
            store.rows(f"SELECT client_id, band FROM client_stat WHERE client_id IN ({names})", **parameters)
        )
    return found


def bands_at(store: Store, client_ids: Iterable[int], at: str) -> dict[int, str]:
    """The bands of the newest snapshots that were taken of clients until an instant (UTC text), by id."""
    found: dict[int, str] = {}
    for names, parameters in in_chunks(client_ids, _PAGE):
        # In the order of the key: the last one of a client is the newest.
        sql = (
            f"SELECT client_id, band FROM health_snapshot WHERE client_id IN ({names})"
            " AND taken_at <= :at ORDER BY client_id, week"
        )
        found.update(store.rows(sql, **parameters, at=at))
    return found


PAID = "CASE WHEN {0}revenue_kind = 'discount' THEN -ABS({0}amount) ELSE {0}amount END"
"""SQL: what a row of revenue adds to the value of a client; `{0}` is the name of the table with its dot.

Rows of costs and archived ones are left out before, by `IS_PAID`.
"""
IS_PAID = "{0}revenue_kind <> 'cost' AND {0}archived_at IS NULL"


def income(store: Store, after: str, till: str) -> dict[int, dict[str, int]]:
    """What each client paid behind the day `after` and until `till`, less discounts, by currency.

    Costs are not in it. Amounts are minor units.
    """
    return _by_client(
        store.rows(
            "SELECT client_id, currency,"
            f" SUM({PAID.format('')}) FROM revenue WHERE on_date > :after AND on_date <= :till"
            f" AND {IS_PAID.format('')} GROUP BY client_id, currency",
            after=after,
            till=till,
        )
    )


def paid_by(row: Revenue) -> int:
    """What a row of revenue adds to the value of its client, in minor units, as `PAID` and `IS_PAID` say."""
    if row.revenue_kind == "cost" or row.archived_at is not None:
        return 0
    return -abs(row.amount) if row.revenue_kind == "discount" else row.amount


def _by_client(sums: Iterable[Row]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for client_id, currency, amount in sums:
        found.setdefault(client_id, {})[currency] = amount
    return found


def features(store: Store) -> list[Feature]:
    """All features that are not archived, in the order in which they were made."""
    return fetch(store, Feature, "WHERE archived_at IS NULL ORDER BY id")


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


def on_feature(store: Store, feature_id: int, client_id: int | None = None) -> list[Feedback]:
    """The quotes on a feature, of one client or of all, the newest first."""
    of_client = "" if client_id is None else " AND client_id = :client"
    return fetch(
        store,
        Feedback,
        f"WHERE feature_id = :feature{of_client} AND archived_at IS NULL ORDER BY said_on DESC, id",
        feature=feature_id,
        **({} if client_id is None else {"client": client_id}),
    )
