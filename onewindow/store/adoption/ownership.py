"""What a client owns, how they use it, and the plans and trainings that bring them there."""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.records.adoption import Licence, Plan, PlanStep, Product, Training, Workplace
from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Row, Store
from onewindow.store.rows import fetch

_USED = "AND (active_users > 0 OR volume > 0)"


class NewestWeeks(NamedTuple):
    """The last week that was reported of a product at a client, and the last one with use."""

    week: int
    users: int | None
    """Active users of that week; None where they were not told."""
    used_week: int | None


def licences(store: Store, client_id: int, limit: int = 200) -> list[Licence]:
    """Everything the client owns."""
    return fetch(
        store,
        Licence,
        "WHERE client_id = :client AND archived_at IS NULL ORDER BY product_id, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def licence_counts(store: Store, low: int, high: int) -> dict[int, int]:
    """How many licences in daily view the clients with an id from `low` to `high` have; none: left out."""
    return dict(
        store.rows(
            "SELECT client_id, COUNT(*) FROM licence"
            " WHERE client_id BETWEEN :low AND :high AND archived_at IS NULL"
            " GROUP BY client_id ORDER BY client_id",
            low=low,
            high=high,
        )
    )


def usage(store: Store, client_id: int, since_week: int) -> list[tuple[int, int, int, int]]:
    """Weekly use since a week number: (product id, week, active users, volume), by product and week."""
    rows = store.rows(
        "SELECT product_id, week, active_users, volume FROM usage"
        " WHERE client_id = :client AND week >= :since AND archived_at IS NULL ORDER BY product_id, week",
        client=client_id,
        since=since_week,
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def newest_weeks(store: Store, pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], NewestWeeks]:
    """The newest week of use on file by client and product, for those of whom any is on file."""
    weeks: dict[tuple[int, int], NewestWeeks] = {}
    for client_id, product_id in pairs:
        newest = _newest(store, client_id, product_id, "")
        if newest is None:
            continue
        used = newest if newest[1] or newest[2] else _newest(store, client_id, product_id, _USED)
        # A week with a volume and no users is one whose users nobody told.
        users = newest[1] if newest[1] or not newest[2] else None
        weeks[client_id, product_id] = NewestWeeks(newest[0], users, used[0] if used else None)
    return weeks


def _newest(store: Store, client_id: int, product_id: int, condition: str) -> Row | None:
    return store.one(
        "SELECT week, active_users, volume FROM usage"
        f" WHERE client_id = :client AND product_id = :product AND archived_at IS NULL {condition}"
        " ORDER BY week DESC LIMIT 1",
        client=client_id,
        product=product_id,
    )


def running_plans(store: Store, client_id: int, limit: int = 20) -> list[Plan]:
    """Plans that are not finished, newest first."""
    return fetch(
        store,
        Plan,
        "WHERE client_id = :client AND status = 'running' AND archived_at IS NULL"
        " ORDER BY started_on DESC, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def steps(store: Store, plan_id: int) -> list[PlanStep]:
    """The steps of a plan in their order."""
    return fetch(
        store,
        PlanStep,
        "WHERE plan_id = :plan AND archived_at IS NULL ORDER BY position, id LIMIT 200",
        plan=plan_id,
    )


def trainings(store: Store, client_id: int, limit: int = 100) -> list[Training]:
    """Lessons planned and held, the latest first."""
    return fetch(
        store,
        Training,
        "WHERE client_id = :client AND archived_at IS NULL ORDER BY planned_on DESC, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def workplaces(store: Store, client_id: int, limit: int = 200) -> list[Workplace]:
    """Where products are installed at the client."""
    return fetch(
        store,
        Workplace,
        "WHERE client_id = :client AND archived_at IS NULL ORDER BY name, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def places(store: Store, client_id: int) -> tuple[int, int]:
    """How many workplaces of a client have their product installed, and how many there are."""
    row = store.one(
        "SELECT COUNT(installed_on), COUNT(*) FROM workplace"
        " WHERE client_id = :client AND archived_at IS NULL",
        client=client_id,
    )
    return (row[0], row[1]) if row else (0, 0)


def newest_version(store: Store, product_id: int) -> str:
    """The version of a product that came out last, '' for none."""
    row = store.one(
        "SELECT version_name FROM release WHERE product_id = :product AND released_on IS NOT NULL"
        " AND archived_at IS NULL ORDER BY released_on DESC, id LIMIT 1",
        product=product_id,
    )
    return row[0] if row else ""


def products(store: Store) -> list[Product]:
    """The price list: all products, archived ones too, because old licences name them."""
    return fetch(store, Product, "ORDER BY name, id LIMIT 2000")
