"""What licences show of the newest week of use: active users and the day of last use.

Of several licences of one product the one that began first is filled first, and what is too much is shown
on the last, so that it can be seen. Ended licences and those that have not begun keep what they had.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from onewindow.desk.session.context import Session
from onewindow.records.adoption import Licence, is_in_force
from onewindow.store.adoption import ownership
from onewindow.store.adoption.ownership import NewestWeeks
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.imports import matches
from onewindow.text.dates import week_monday, week_sunday

Pair = tuple[int, int]
"""Client and product."""
Week = tuple[int, int, int]
"""Client, product and week."""


def update_licences(
    session: Session,
    transaction: Transaction,
    weeks: Iterable[Week],
    changed: set[Week],
    last_used: Mapping[Week, str],
) -> list[Pair]:
    """Bring the licences of some weeks' clients and products to the newest week on file, in this transaction.

    `changed` are those of `weeks` that this transaction wrote, `last_used` the days of use that it names.
    Gives back the clients and products of which no licence is in force.
    """
    pairs = sorted({(client_id, product_id) for client_id, product_id, _ in weeks})
    clients = sorted({client_id for client_id, _ in pairs})
    today = session.today().isoformat()
    newest = ownership.newest_weeks(transaction.store, pairs)
    days = _latest_days(last_used, today)
    owned: dict[Pair, list[Licence]] = {}
    for licence in matches.of_clients(transaction.store, Licence, clients):
        if is_in_force(licence, today):
            owned.setdefault((licence.client_id, licence.product_id), []).append(licence)
    for pair in pairs:
        week_of_use = newest.get(pair)
        licences = sorted(owned.get(pair, ()), key=lambda licence: (licence.starts_on or "", licence.id))
        if week_of_use is None or not licences:
            continue
        day = _last_used_on(licences, pair, week_of_use, changed, days.get(pair, ""), today)
        for licence, active in zip(licences, _spread(licences, week_of_use.users), strict=True):
            changes: dict[str, Value] = {} if active is None else {"active": active}
            if day:
                changes["last_used_on"] = day
            if any(getattr(licence, name) != value for name, value in changes.items()):
                transaction.update(licence, changes)
    return [pair for pair in pairs if pair not in owned]


def _latest_days(last_used: Mapping[Week, str], today: str) -> dict[Pair, str]:
    latest: dict[Pair, str] = {}
    for (client_id, product_id, _), day in last_used.items():
        if latest.get((client_id, product_id), "") < day <= today:
            latest[client_id, product_id] = day
    return latest


def _last_used_on(
    licences: Sequence[Licence], pair: Pair, newest: NewestWeeks, changed: set[Week], named: str, today: str
) -> str:
    """The day of last use to write, '' to leave it: a day that was named, else the end of the last used week.

    It never goes back. A week that was known before says nothing new, so that the same file changes nothing
    on another day either.
    """
    before = max((licence.last_used_on or "" for licence in licences), default="")
    day = named
    if newest.used_week is not None:
        is_older = max(before, named) < week_monday(newest.used_week).isoformat()
        if is_older or (not named and (*pair, newest.used_week) in changed):
            day = min(week_sunday(newest.used_week).isoformat(), today)
    # A file of older weeks, read late, must not make a licence look unused again.
    return max(day, before) if day else ""


def _spread(licences: Sequence[Licence], users: int | None) -> list[int | None]:
    """How many users each licence shows; None where the newest week does not tell."""
    if users is None:
        return [None] * len(licences)
    shares: list[int | None] = []
    left = users
    for licence in licences[:-1]:
        taken = min(left, max(0, licence.bought))
        shares.append(taken)
        left -= taken
    return [*shares, left]
