"""Which functions of products clients use, who came to their lessons, and how widely licences are in use."""

from __future__ import annotations

from onewindow.records.adoption import Release, Trainee
from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store
from onewindow.store.rows import fetch


class Used(NamedTuple):
    """One week of a function at a client."""

    product_id: int
    name: str
    week: int
    users: int
    uses: int


def used_by(store: Store, client_id: int, since_week: int) -> list[Used]:
    """The reported weeks of all functions of a client since a week, by product, function and week."""
    rows = store.rows(
        "SELECT product_id, name, week, users, uses FROM feature_use"
        " WHERE client_id = :client AND week >= :since AND archived_at IS NULL"
        " ORDER BY product_id, name, week",
        client=client_id,
        since=since_week,
    )
    return [Used(*row) for row in rows]


def known_functions(store: Store, product_id: int, limit: int = 200) -> list[str]:
    """The functions of a product that any client ever used, by name: one step along the index for each."""
    functions: list[str] = []
    after = ""
    while len(functions) < limit:
        row = store.one(
            "SELECT name FROM feature_use WHERE product_id = :product AND name > :after"
            " ORDER BY name LIMIT 1",
            product=product_id,
            after=after,
        )
        if row is None:
            break
        after = row[0]
        functions.append(after)
    return functions


def trainees(store: Store, client_id: int, limit: int = 1000) -> list[Trainee]:
    """Who of a client was asked to which lesson."""
    return fetch(
        store,
        Trainee,
        "WHERE client_id = :client AND archived_at IS NULL ORDER BY training_id, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def newest_release(store: Store, product_id: int, today: str) -> Release | None:
    """The version of a product that came out last."""
    releases = fetch(
        store,
        Release,
        "WHERE product_id = :product AND released_on <= :today AND archived_at IS NULL"
        " ORDER BY released_on DESC, id LIMIT 1",
        product=product_id,
        today=today,
    )
    return releases[0] if releases else None


class Sold(NamedTuple):
    """Licences in force of one product, of clients of one tier and owner."""

    product_id: int
    tier: str
    owner_id: int | None
    clients: int
    idle_clients: int
    """Those of whom nobody uses it."""
    bought: int
    active: int
    """Licences in use; users beyond what was bought do not count."""


def sold(store: Store, today: str) -> list[Sold]:
    """Licences in force and in use by product, tier and owner; reads all licences once."""
    rows = store.rows(
        "SELECT l.product_id, c.tier, c.owner_id, COUNT(*), COUNT(*) FILTER (WHERE l.active = 0),"
        " CAST(SUM(l.bought) AS BIGINT),"
        " CAST(SUM(CASE WHEN l.active > l.bought THEN l.bought ELSE l.active END) AS BIGINT)"
        " FROM (SELECT client_id, product_id, SUM(bought) AS bought, SUM(active) AS active FROM licence"
        " WHERE archived_at IS NULL AND bought > 0 AND (starts_on IS NULL OR starts_on <= :today)"
        " AND (ends_on IS NULL OR ends_on >= :today) GROUP BY client_id, product_id) l"
        " JOIN client c ON c.id = l.client_id"
        " WHERE c.archived_at IS NULL AND c.stage NOT IN ('handover', 'lost')"
        " GROUP BY l.product_id, c.tier, c.owner_id ORDER BY l.product_id, c.tier, c.owner_id",
        today=today,
    )
    return [Sold(*row) for row in rows]


def untaught(store: Store, after: int, limit: int) -> list[tuple[int, str, int | None, int]]:
    """(id, name, owner, people) of clients behind an id who own licences and never had a lesson, by id."""
    rows = store.rows(
        "SELECT c.id, c.name, c.owner_id,"
        " (SELECT COUNT(*) FROM contact p WHERE p.client_id = c.id AND p.left_on IS NULL"
        " AND p.archived_at IS NULL)"
        " FROM client c WHERE c.id > :after AND c.archived_at IS NULL AND c.stage IN ('onboarding', 'active')"
        " AND EXISTS (SELECT 1 FROM licence l WHERE l.client_id = c.id AND l.archived_at IS NULL)"
        " AND NOT EXISTS (SELECT 1 FROM training t WHERE t.client_id = c.id"
        " AND t.state IN ('planned', 'done', 'passed') AND t.archived_at IS NULL)"
        " ORDER BY c.id LIMIT :limit",
        after=after,
        limit=limit,
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]
