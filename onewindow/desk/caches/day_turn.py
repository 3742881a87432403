"""What the day alone changes: a version of a policy or a rhythm begins, an absence begins or is over.

The next such instant stands in the file. Whoever opens the file, or has it open, when it has come brings the
caches after it once (`turn_of_day.py`); that costs a look at one row otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from onewindow.desk.people.absence_cover import AHEAD_DAYS
from onewindow.desk.reference.policy_book import read_policies
from onewindow.desk.reference.record_entries import Cache
from onewindow.records.organization import Staff
from onewindow.store.cadence import due_inputs
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store
from onewindow.store.people import organization
from onewindow.text.dates import utc_text


def has_come(store: Store, now: datetime) -> bool:
    """Whether something began or ended of which the caches do not know yet."""
    kept = organization.turns_at(store)
    return kept is None or kept <= utc_text(now)


def follow(transaction: Transaction, now: datetime, touched: Collection[Cache]) -> None:
    """After a change of the rules, or of requests: keep what comes next; inside the write.

    `touched` is what follows the kinds of records that changed.

    What has come and was not taken yet stays noted, or nobody would ever take it. Whoever's clock is slow
    counts by what had begun when it shows: the others look again at what has begun since.
    """
    store = transaction.store
    if "turn" not in touched and "clock" not in touched:
        return
    at, kept = utc_text(now), organization.turns_at(store)
    if kept is not None and kept <= at:
        return
    if "turn" in touched:
        note_next(store, now)
    elif kept is not None and (begins := read_policies(store).next_beginning(at)) and begins < kept:
        organization.keep_turn(store, begins, at)


def note_next(store: Store, now: datetime) -> None:
    """Keep when something begins or ends next; inside a write."""
    at = utc_text(now)
    version = read_policies(store).next_beginning(at)
    days = (instant for person in organization.away_some_day(store) for instant in _days(person))
    organization.keep_turn(
        store,
        min(
            (instant for instant in (version, *days, *rhythms(store)) if instant > at),
            default=organization.NO_TURN,
        ),
        at,
    )


def turned(store: Store, since: str, now: datetime) -> set[int]:
    """The colleagues whose absence began, was near or ended between two instants."""
    at = utc_text(now)
    return {
        person.id
        for person in organization.away_some_day(store)
        if any(since <= instant <= at for instant in _days(person))
    }


def rhythms(store: Store) -> list[str]:
    """When the rhythms of touches begin."""
    return [
        _start(date.fromisoformat(cadence.valid_from))
        for cadence in due_inputs.cadences(store)
        if cadence.archived_at is None
    ]


def _days(person: Staff) -> Iterator[str]:
    """The instants at which the cover of a colleague's clients is another: days begin in UTC for all."""
    if person.away_from:
        first = date.fromisoformat(person.away_from)
        for back in range(AHEAD_DAYS + 1):
            yield _start(first - timedelta(days=back))
    if person.away_till:
        yield _start(date.fromisoformat(person.away_till) + timedelta(days=1))


def _start(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
