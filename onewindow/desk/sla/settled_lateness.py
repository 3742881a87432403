"""The late-from of settled requests alone, looked at again after rules of the past have changed.

Nothing that happens later changes it but the rules of that time: policies that a file of another One Window
brings, or that count for days before they came on file. In a small file all are looked at in the same
transaction; in a large one it is noted how far they are known, and `caches.catch_up` goes on from there.
"""

from __future__ import annotations

from datetime import datetime

from onewindow.desk.reference.policy_book import PolicyBook, read_policies
from onewindow.desk.sla.kept_times import keep, kept_times
from onewindow.store import behind
from onewindow.store.engine import Store
from onewindow.store.people import organization
from onewindow.store.requests import open_requests
from onewindow.text.dates import utc_text

_AT_ONCE = 2000
"""Up to so many requests all are looked at with the change itself: a seventh of a second."""
_CLIENTS_AT_ONCE = 100


def look_again(store: Store, book: PolicyBook, now: datetime) -> set[int]:
    """Look at all settled requests, or note that it is to be done; gives the clients for whom times moved."""
    if open_requests.are_more_than(store, _AT_ONCE):
        organization.keep_lateness_known(store, 0, utc_text(now))
        return set()
    moved, after = set[int](), 0
    while ids := open_requests.clients_with_closed(store, after, _CLIENTS_AT_ONCE):
        moved |= renew(store, book, ids[0], ids[-1], now)
        after = ids[-1]
    all_are_known(store)
    return moved


def renew(store: Store, book: PolicyBook, low: int, high: int, now: datetime) -> set[int]:
    """Write the times of settled requests of a range of clients that differ; gives the clients of those."""
    if not book.knows_any:
        return set()
    requests = open_requests.closed_of_clients(store, low, high)
    return keep(store, [(reported, kept_times(book, reported, now)) for reported in requests])


def known_to(store: Store) -> int | None:
    """The client id up to which settled requests are right, None where all of them are."""
    return organization.lateness_known(store)


def all_are_known(store: Store) -> None:
    """Note that nothing is left to be looked at; inside a write."""
    if organization.lateness_known(store) is not None:
        organization.forget_lateness_known(store)


def go_on(store: Store, now: datetime) -> bool:
    """Look at the settled requests of some more clients, and say whether there were any left to look at."""
    if known_to(store) is None:
        return False
    with store.exclusive():
        after = known_to(store)
        if after is None:
            return False
        ids = open_requests.clients_with_closed(store, after, _CLIENTS_AT_ONCE)
        if not ids:
            all_are_known(store)
            return False
        behind.mark(store, renew(store, read_policies(store), ids[0], ids[-1], now))
        organization.keep_lateness_known(store, ids[-1], utc_text(now))
    return True
