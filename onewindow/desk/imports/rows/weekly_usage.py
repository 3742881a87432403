"""Rows of use by day, by person or by function, gathered into weeks.

| of one week | comes from the rows as |
|---|---|
| active users | the number of different people, where rows name them; else the most that one row tells |
| volume | the sum of the rows that name no function |
| users of a function | the number of different people, else the most of one row |
| uses of a function | the sum of its rows |

A row that names a function tells of the function. Of the product's week it tells only that it has at least
as many users, and nothing of its volume.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from onewindow.desk.imports.rows.row import ReadRow
from onewindow.records.structs import frozen_struct
from onewindow.text.fold import fold

WeekKey = tuple[int, int, int]
"""Client, product and week."""


@dataclass(slots=True)
class _Gathered:
    """What the rows of one week, of a product or of a function, came to so far."""

    row: ReadRow
    most_users: int | None = None
    people: set[str] = field(default_factory=set[str])
    amount: int | None = None
    """Volume of a product, uses of a function."""

    @property
    def users(self) -> int | None:
        """How many used it; None where no row tells."""
        if not self.people:
            return self.most_users
        return max(len(self.people), self.most_users or 0)

    def take(self, row: ReadRow, amount: int | None) -> None:
        """Add what a row tells."""
        users = row.values.get("active_users")
        person = str(row.extras.get("user") or "")
        if person and (users is None or int(users) > 0):
            self.people.add(fold(person) or person)
        elif not person and users is not None:
            self.most_users = max(self.most_users or 0, int(users))
        if amount is not None:
            self.amount = (self.amount or 0) + amount


@frozen_struct
class Weeks:
    """The weeks of a file."""

    products: tuple[ReadRow, ...]
    """Weeks of products, ready to be stored as usage."""
    functions: tuple[ReadRow, ...]
    """Weeks of functions, ready to be stored as feature use."""
    at_least: tuple[ReadRow, ...]
    """Weeks of products of which only functions tell: so many users at least."""
    added: dict[int, tuple[int, str]]
    """Row number → number of the row that it was added to, and the title of the added one."""
    last_used: dict[WeekKey, str]
    """The latest day with use that rows of a week name."""


def gathered(rows: Iterable[ReadRow], *, tells_days: bool) -> Weeks:
    """Gather rows of use, whose figures are not negative, into one row a week; rows are changed in place.

    `tells_days`: whether the rows of the file are dated by day.
    """
    products: dict[WeekKey, _Gathered] = {}
    functions: dict[tuple[WeekKey, str], _Gathered] = {}
    added: dict[int, tuple[int, str]] = {}
    last_used: dict[WeekKey, str] = {}
    for row in rows:
        key = week_of(row)
        name = str(row.extras.get("feature") or "")
        if name:
            into = functions.setdefault((key, fold(name) or name), _Gathered(row))
            uses = row.extras.get("uses")
            amount = row.values.get("volume") if uses is None else uses
        else:
            into = products.setdefault(key, _Gathered(row))
            amount = row.values.get("volume")
        into.take(row, None if amount is None else int(amount))
        if into.row is not row:
            added[row.number] = (into.row.number, row.title)
        day = _last_day(row, tells_days)
        if day and day > last_used.get(key, ""):
            last_used[key] = day
    least = _least_users(functions)
    for key, into in products.items():
        _put(into.row, "active_users", _larger(into.users, least.pop(key, None)))
        _put(into.row, "volume", into.amount)
    floors = [_floor(functions_row, least) for functions_row in functions.values()]
    return Weeks(
        products=tuple(into.row for into in products.values()),
        functions=tuple(_function_row(into) for into in functions.values()),
        at_least=tuple(row for row in floors if row is not None),
        added=added,
        last_used=last_used,
    )


def week_of(row: ReadRow) -> WeekKey:
    """The client, the product and the week of a row."""
    values = row.values
    return int(values["client_id"] or 0), int(values["product_id"] or 0), int(values["week"] or 0)


class DaysOfWeek:
    """Tells whether rows are dated by day: those of a file by week all have the same day of the week."""

    def __init__(self) -> None:
        """Have seen no rows yet."""
        self._seen: set[int] = set()

    def see(self, row: ReadRow) -> None:
        """Look at the day of a row."""
        if day := row.extras.get("date"):
            self._seen.add(date.fromisoformat(str(day)).weekday())

    @property
    def are_given(self) -> bool:
        """Whether there was more than one."""
        return len(self._seen) > 1


def _last_day(row: ReadRow, tells_days: bool) -> str:
    """The day of last use that a row names: its own column, else the day of a row with use."""
    named = row.extras.get("last_used_on")
    if named or not tells_days:
        return str(named or "")
    counts = (row.values.get("active_users"), row.values.get("volume"), row.extras.get("uses"))
    is_used = any(int(count) for count in counts if count is not None) or (
        bool(row.extras.get("user")) and all(count is None for count in counts)
    )
    return str(row.extras.get("date") or "") if is_used else ""


def _least_users(functions: dict[tuple[WeekKey, str], _Gathered]) -> dict[WeekKey, int]:
    """How many users a product has at least, since one of its functions has so many."""
    least: dict[WeekKey, int] = {}
    for (key, _), into in functions.items():
        users = into.users
        if users is None and into.amount:
            users = 1
        if users is not None:
            least[key] = max(least.get(key, 0), users)
    return least


def _floor(into: _Gathered, least: dict[WeekKey, int]) -> ReadRow | None:
    """The week of a product of which only functions tell, once."""
    key = week_of(into.row)
    users = least.pop(key, None)
    if users is None:
        return None
    client_id, product_id, week = key
    values = {"client_id": client_id, "product_id": product_id, "week": week, "active_users": users}
    return ReadRow(into.row.number, into.row.title, 0, None, into.row.client, dict(values))


def _function_row(into: _Gathered) -> ReadRow:
    row = into.row
    client_id, product_id, week = week_of(row)
    read = ReadRow(row.number, row.title, 0, None, row.client, {})
    read.values |= {"client_id": client_id, "product_id": product_id, "week": week}
    read.values["name"] = str(row.extras["feature"])
    _put(read, "users", into.users)
    _put(read, "uses", into.amount)
    return read


def _larger(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else max(one, other)


def _put(row: ReadRow, name: str, value: int | None) -> None:
    if value is not None:
        row.values[name] = value
