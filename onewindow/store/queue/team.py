"""What a lead looks at: the load of each person, and the queues of the whole department, along indexes."""

from __future__ import annotations

from onewindow.records.named_tuples import NamedTuple
from onewindow.records.requests import Request
from onewindow.store.engine import Store
from onewindow.store.requests.threads import OPEN
from onewindow.store.rows import fetch

LIMIT = 200


class Load(NamedTuple):
    """Open requests of one person: all, late, due till an instant, without an answer, the oldest opening."""

    open: int
    late: int
    due_today: int
    unanswered: int
    oldest_at: str | None


def load_of(store: Store, staff_id: int | None, now: str, till: str) -> Load:
    """The load of a person (None: what nobody has taken); `till` ends their today. UTC texts."""
    whose = "assignee_id IS NULL" if staff_id is None else "assignee_id = :staff"
    row = store.one(
        "SELECT COUNT(*), COUNT(*) FILTER (WHERE due_at < :now),"
        " COUNT(*) FILTER (WHERE due_at >= :now AND due_at < :till),"
        " COUNT(*) FILTER (WHERE responded_at IS NULL), MIN(opened_at)"
        f" FROM request WHERE {whose} AND {OPEN} AND archived_at IS NULL",
        now=now,
        till=till,
        **({} if staff_id is None else {"staff": staff_id}),
    )
    return Load(*row) if row else Load(0, 0, 0, 0, None)


def late(store: Store, now: str, limit: int = LIMIT) -> list[Request]:
    """Everybody's late requests, the longest late first."""
    return fetch(
        store,
        Request,
        f"WHERE {OPEN} AND due_at < :now AND archived_at IS NULL ORDER BY due_at, id LIMIT :limit",
        now=now,
        limit=limit,
    )


def unanswered(store: Store, limit: int = LIMIT) -> list[Request]:
    """Everybody's open requests that no human has answered yet, those due first first."""
    return fetch(
        store,
        Request,
        f"WHERE {OPEN} AND due_at > '' AND responded_at IS NULL AND archived_at IS NULL"
        " ORDER BY due_at, id LIMIT :limit",
        limit=limit,
    )


def for_a_lead(store: Store, limit: int = LIMIT) -> list[Request]:
    """Open requests about which a lead is asked, the oldest first."""
    return fetch(
        store,
        Request,
        f"WHERE needs_lead = 1 AND opened_at > '' AND {OPEN} AND archived_at IS NULL"
        " ORDER BY opened_at, id LIMIT :limit",
        limit=limit,
    )


def open_of(store: Store, staff_id: int | None, limit: int = LIMIT) -> list[Request]:
    """A person's open requests (None: nobody's) by due time; those without one, as paused ones, last."""
    whose = "assignee_id IS NULL" if staff_id is None else "assignee_id = :staff"
    given = {} if staff_id is None else {"staff": staff_id}
    requests: list[Request] = []
    # Two walks along one index: an order that puts the empty times last would sort all rows.
    for due in ("due_at > ''", "due_at IS NULL"):
        requests += fetch(
            store,
            Request,
            f"WHERE {whose} AND {OPEN} AND {due} AND archived_at IS NULL ORDER BY due_at, id LIMIT :limit",
            **given,
            limit=limit - len(requests),
        )
    return requests


def clients_with_deputy(store: Store, owner_id: int, deputy_id: int | None) -> int:
    """How many clients of an owner have that deputy on their card (None: no deputy)."""
    deputy = "deputy_id IS NULL" if deputy_id is None else "deputy_id = :deputy"
    return store.scalar(
        f"SELECT COUNT(*) FROM client WHERE owner_id = :owner AND {deputy} AND archived_at IS NULL",
        owner=owner_id,
        **({} if deputy_id is None else {"deputy": deputy_id}),
    )
