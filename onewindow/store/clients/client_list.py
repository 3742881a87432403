"""The list of clients under a filter and in an order, a page at a time from any row on, never by OFFSET.

Every order that is offered runs along an index that begins with what the filter fixes. Of several owners
each has a branch of their own, and the engine merges the branches as it reads.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, get_args

from onewindow.records.clients import Stage, Tier
from onewindow.records.named_tuples import NamedTuple
from onewindow.records.structs import frozen_struct
from onewindow.store.clients.client_stats import NOTHING_DUE, UNKNOWN_HEALTH, Band
from onewindow.store.engine import Row, Store, Value

FilterName = Literal["my", "team", "risk", "alarm", "onboarding", "silent", "all"]
Order = Literal["name", "health", "due", "touch", "alarm"]
Key = tuple[str | int, int]
"""Where a row stands: its value in the order, and the client's id."""

FILTERS = get_args(FilterName)
ORDERS: dict[FilterName, tuple[Order, ...]] = {
    "my": ("name", "health", "due", "touch"),
    "team": ("name", "health", "due", "touch"),
    "risk": ("health",),
    "alarm": ("alarm",),
    "onboarding": ("name",),
    "silent": ("touch",),
    "all": ("name", "health", "due", "touch"),
}
"""The orders that a filter offers, its usual one first: by name; worst, gravest, longest silent first."""


@frozen_struct
class ListFilter:
    """Which clients: `my` those of `owner_id`, `team` those of `team`, `all` everybody's.

    `risk` (red), `alarm` (any alarm), `onboarding` and `silent` (fewer signs of life than their own history
    predicts) are of the team if there is one, else of the owner if there is one, else everybody's. Archived
    clients are in no list.
    """

    name: FilterName
    owner_id: int | None = None
    team: tuple[int, ...] = ()

    @property
    def owners(self) -> tuple[int, ...] | None:
        """The ids of the staff whose clients are listed; None for everybody's."""
        mine = () if self.owner_id is None else (self.owner_id,)
        if self.name == "my":
            return mine
        if self.name == "team":
            return self.team
        return None if self.name == "all" else self.team or mine or None


class ClientLine(NamedTuple):
    """One client as the list shows them."""

    client_id: int
    number: int
    name: str
    tier: Tier
    stage: Stage
    owner_id: int | None
    deputy_id: int | None
    health: int | None
    band: Band
    open_count: int
    late_count: int
    next_due_at: str | None
    last_touch_at: str | None
    calm: int
    """100 less the weight of the gravest alarm, 100 without any."""
    sort_key: str | int

    @property
    def key(self) -> Key:
        """Where this line stands."""
        return self.sort_key, self.client_id


def count(store: Store, listed: ListFilter) -> int:
    """How many clients the filter lets through."""
    if listed.owners == ():
        return 0
    return store.scalar(_count_sql(listed.name, _number(listed)), **_parameters(listed))


def page(
    store: Store,
    listed: ListFilter,
    order: Order,
    now: str,
    *,
    after: Key | None = None,
    before: Key | None = None,
    limit: int = 200,
) -> list[ClientLine]:
    """The lines right after a key, or right before one, always in the order of the list.

    Without a key the first lines. `now` decides which requests are late. Raises ValueError for an order that
    the filter does not offer.
    """
    rows = _page(store, listed, order, after, before, limit, backward=before is not None, now=now)
    return [_line(row) for row in rows]


def keys(
    store: Store,
    listed: ListFilter,
    order: Order,
    *,
    from_key: Key | None,
    limit: int,
    backward: bool = False,
) -> list[Key]:
    """The keys next to a key, the nearest first: what a jump needs. Without a key from an end on."""
    after, before = (None, from_key) if backward else (from_key, None)
    rows = _page(store, listed, order, after, before, limit, backward=backward)
    return [(row[0], row[1]) for row in (reversed(rows) if backward else rows)]


def key_of(
    store: Store,
    listed: ListFilter,
    order: Order,
    client_id: int,
) -> Key | None:
    """Where a client stands in the list, None if the filter does not let them through."""
    if listed.owners == ():
        return None
    sql = _key_sql(listed.name, order, _number(listed))
    row = store.one(sql, client=client_id, **_parameters(listed))
    return (row[0], client_id) if row else None


def rank_of(
    store: Store,
    listed: ListFilter,
    order: Order,
    key: Key,
) -> int:
    """How many lines stand before a key; the key itself need not be in the list."""
    if listed.owners == ():
        return 0
    sql = _rank_sql(listed.name, order, _number(listed))
    return store.scalar(sql, sort_key=key[0], key_id=key[1], **_parameters(listed))


def _page(
    store: Store,
    listed: ListFilter,
    order: Order,
    after: Key | None,
    before: Key | None,
    limit: int,
    *,
    backward: bool,
    now: str | None = None,
) -> list[Row]:
    if order not in ORDERS[listed.name]:
        raise ValueError(f"The list {listed.name} has no order by {order}.")
    if listed.owners == ():
        return []
    sort_key, key_id = (before or _last(order)) if backward else (after or _first(order))
    parameters = _parameters(listed) | {"limit": limit, "sort_key": sort_key, "key_id": key_id}
    if now is not None:
        parameters["now"] = now
    sql = _page_sql(listed.name, order, _number(listed), backward, now is not None)
    rows = store.rows(sql, **parameters)
    return rows[::-1] if backward else rows


def _first(order: Order) -> Key:
    """A key before all rows: with it the first page is a range like any other."""
    return (-1, -1) if order in _NUMBERED else ("", -1)


def _last(order: Order) -> Key:
    """A key behind all rows."""
    return (UNKNOWN_HEALTH + 1, 0) if order in _NUMBERED else ("\U0010ffff", 0)


def _number(listed: ListFilter) -> int | None:
    return None if listed.owners is None else len(listed.owners)


def _parameters(listed: ListFilter) -> dict[str, Value]:
    return {f"owner_{at}": owner for at, owner in enumerate(listed.owners or ())}


def _line(row: Row) -> ClientLine:
    line = ClientLine(*row)
    return line._replace(
        health=None if line.health == UNKNOWN_HEALTH else line.health,
        next_due_at=None if line.next_due_at == NOTHING_DUE else line.next_due_at,
        last_touch_at=line.last_touch_at or None,
    )


class _Path(NamedTuple):
    """Which table an order runs along: its source, the sort column, and the columns of client and owner."""

    table: str
    other: str
    sort: str
    client: str
    owner: str


_BY_CLIENT = _Path(
    "client c", "JOIN client_stat s ON s.client_id = c.id", "c.name_sort", "c.id", "c.owner_id"
)
_BY_STAT = _Path("client_stat s", "JOIN client c ON c.id = s.client_id", "", "s.client_id", "s.owner_id")
_PATHS: dict[Order, _Path] = {
    "name": _BY_CLIENT,
    "health": _BY_STAT._replace(sort="s.health"),
    "due": _BY_STAT._replace(sort="s.next_due_at"),
    "touch": _BY_STAT._replace(sort="s.last_touch_at"),
    "alarm": _BY_STAT._replace(sort="s.calm"),
}
_NUMBERED: frozenset[Order] = frozenset({"health", "alarm"})
"""The orders by a number from 0 to 101; the others are by text."""
_CONDITIONS: dict[FilterName, str] = {
    "risk": "s.band = 'red'",
    "onboarding": "c.stage = 'onboarding'",
    "alarm": "s.calm < 100",
    "silent": "s.is_silent = 1",
}
# The same, said so that an engine takes the index of an owner's few clients and not that of the condition.
_CONDITIONS_OF_OWNERS: dict[FilterName, str] = {
    **_CONDITIONS,
    "risk": "s.band NOT IN ('amber', 'green', 'unknown')",
    "onboarding": "c.stage NOT IN ('handover', 'active', 'leaving', 'lost')",
}
# Late requests are counted only where the cache says that one may be: the nearest due time is over.
_LINE_COLUMNS = """c.number, c.name, c.tier, c.stage, c.owner_id, c.deputy_id,
    s.health, s.band, s.open_count,
    CASE WHEN s.next_due_at < :now THEN (
        SELECT COUNT(*) FROM request r
        WHERE r.client_id = s.client_id AND r.status NOT IN ('resolved', 'declined') AND r.due_at < :now
            AND r.archived_at IS NULL
    ) ELSE 0 END AS late_count,
    s.next_due_at, s.last_touch_at, s.calm"""


def _conditions(name: FilterName, path: _Path, owners: int | None) -> list[str]:
    known = _CONDITIONS if owners is None else _CONDITIONS_OF_OWNERS
    conditions = [known[name]] if name in known else []
    return [*conditions, "c.archived_at IS NULL"] if path is _BY_CLIENT else conditions


def _of_owners(path: _Path, owners: int | None) -> list[str]:
    if owners is None:
        return []
    return [f"{path.owner} IN ({', '.join(f':owner_{at}' for at in range(owners))})"]


def _where(conditions: list[str]) -> str:
    given = [condition for condition in conditions if condition]
    return f" WHERE {' AND '.join(given)}" if given else ""


@cache
def _page_sql(name: FilterName, order: Order, owners: int | None, backward: bool, whole_lines: bool) -> str:
    path = _PATHS[order]
    beyond = f"({path.sort}, {path.client}) {'<' if backward else '>'} (:sort_key, :key_id)"
    conditions = [*_conditions(name, path, owners), beyond]
    source, columns = path.table, f"{path.sort} AS sort_key, {path.client} AS client_id"
    if whole_lines:
        source, columns = (
            f"{path.table} {path.other}",
            f"{path.client} AS client_id, {_LINE_COLUMNS}, {path.sort} AS sort_key",
        )
    each_owner = [""] if owners is None else [f"{path.owner} = :owner_{at}" for at in range(owners)]
    branches = [f"SELECT {columns} FROM {source}{_where([owner, *conditions])}" for owner in each_owner]
    direction = " DESC" if backward else ""
    return f"{' UNION ALL '.join(branches)} ORDER BY sort_key{direction}, client_id{direction} LIMIT :limit"


@cache
def _count_sql(name: FilterName, owners: int | None) -> str:
    path = _BY_CLIENT if name == "onboarding" else _BY_STAT
    conditions = [*_of_owners(path, owners), *_conditions(name, path, owners)]
    return f"SELECT COUNT(*) FROM {path.table}{_where(conditions)}"


@cache
def _rank_sql(name: FilterName, order: Order, owners: int | None) -> str:
    path = _PATHS[order]
    before = f"({path.sort}, {path.client}) < (:sort_key, :key_id)"
    conditions = [*_of_owners(path, owners), *_conditions(name, path, owners), before]
    return f"SELECT COUNT(*) FROM {path.table}{_where(conditions)}"


@cache
def _key_sql(name: FilterName, order: Order, owners: int | None) -> str:
    path = _PATHS[order]
    conditions = [f"{path.client} = :client", *_of_owners(path, owners), *_conditions(name, path, owners)]
    return f"SELECT {path.sort} FROM {path.table}{_where(conditions)}"
