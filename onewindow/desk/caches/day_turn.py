"""What the day alone changes: a version of a policy or a rhythm begins, an absence begins or is over.

The next such instant stands in the file. Whoever opens the file, or has it open, when it has come brings the
caches after it once; that costs a look at one row otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from onewindow.desk.people.coverage import AHEAD_DAYS
from onewindow.desk.sla.policy_book import read_policies
from onewindow.records.department import Staff
from onewindow.store import behind
from onewindow.store.cadence import due_inputs
from onewindow.store.changes import Transaction
from onewindow.store.clients import client_stats
from onewindow.store.engine import Store
from onewindow.store.people import absence_cover, organization
from onewindow.text.dates import utc_text

_RULES = frozenset({"policy", "calendar", "staff", "touch_cadence"})
"""The kinds of records that begin or end on a day."""
_REQUESTS = frozenset({"request", "request_event"})
_RENEWED_AT_ONCE = 300
_SMALL_FILE = 2000
"""So many clients of a file that an older program wrote are renewed at once, of more one after another."""


def has_come(store: Store, now: datetime) -> bool:
    """Whether something began or ended of which the caches do not know yet."""
    kept = organization.turns_at(store)
    return kept is None or kept <= utc_text(now)


def take(store: Store, now: datetime) -> bool:
    """Bring the caches after what began or ended, once for everybody, and say whether there was anything.

    A file that never was looked at so, because an older program wrote it, is looked at as a whole.
    """
    if not has_come(store, now):
        return False
    from onewindow.desk.caches import client_caches  # hardly any start needs them
    from onewindow.desk.sla import due_times, settled_lateness

    with store.exclusive():
        since = organization.turns_at(store)
        if since is not None and since > utc_text(now):
            return False
        moved = due_times.renew_all(store, now)
        at_once = _RENEWED_AT_ONCE
        if since is None:
            moved |= settled_lateness.look_again(store, read_policies(store), now)
            behind.mark_all(store)
            known = client_stats.first_ids(store, _SMALL_FILE + 1)
            if len(known) <= _SMALL_FILE:
                moved, at_once = set(known), _SMALL_FILE
        else:
            moved |= absence_cover.client_ids(store, _turned(store, since, now))
            if any(since <= each <= utc_text(now) for each in _rhythms(store)):
                client_caches.follow_rules(store, now)
        ids = sorted(moved)
        client_caches.renew(store, ids[:at_once], now)
        behind.note(store, ids[at_once:], 1, utc_text(now))
        note_next(store, now)
    return True


def follow(transaction: Transaction, now: datetime) -> None:
    """After a change of the rules, or of requests: keep what comes next; inside the write.

    What has come and was not taken yet stays noted, or nobody would ever take it. Whoever's clock is slow
    counts by what had begun when it shows: the others look again at what has begun since.
    """
    store = transaction.store
    kinds = {change.entity for change in transaction.changes}
    if not kinds & (_RULES | _REQUESTS):
        return
    at, kept = utc_text(now), organization.turns_at(store)
    if kept is not None and kept <= at:
        return
    if kinds & _RULES:
        note_next(store, now)
    elif kept is not None and (begins := read_policies(store).next_beginning(at)) and begins < kept:
        organization.keep_turn(store, begins, at)


def note_next(store: Store, now: datetime) -> None:
    """Keep when something begins or ends next; inside a write."""
    at = utc_text(now)
    version = read_policies(store).next_beginning(at)
    days = (each for person in organization.away_some_day(store) for each in _days(person))
    organization.keep_turn(
        store,
        min((each for each in (version, *days, *_rhythms(store)) if each > at), default=organization.NO_TURN),
        at,
    )


def _turned(store: Store, since: str, now: datetime) -> set[int]:
    """The colleagues whose absence began, was near or ended between two instants."""
    at = utc_text(now)
    return {
        person.id
        for person in organization.away_some_day(store)
        if any(since <= each <= at for each in _days(person))
    }


def _rhythms(store: Store) -> list[str]:
    """When the rhythms of touches begin."""
    return [
        _start(date.fromisoformat(each.valid_from))
        for each in due_inputs.cadences(store)
        if each.archived_at is None
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
