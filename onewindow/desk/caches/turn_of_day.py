"""Bringing the caches after what the day alone changed, once for everybody who has the file open."""

from __future__ import annotations

from datetime import datetime

from onewindow.desk.caches import client_caches
from onewindow.desk.caches.day_turn import has_come, note_next, rhythms, turned
from onewindow.desk.reference.policy_book import read_policies
from onewindow.desk.sla import due_times, settled_lateness
from onewindow.store import behind
from onewindow.store.clients import client_stats
from onewindow.store.engine import Store
from onewindow.store.people import absence_cover, organization
from onewindow.text.dates import utc_text

_RENEWED_AT_ONCE = 300
_SMALL_FILE = 2000
"""So many clients of a file that an older program wrote are renewed at once, of more one after another."""


def take(store: Store, now: datetime) -> bool:
    """Bring the caches after what began or ended, once for everybody, and say whether there was anything.

    A file that never was looked at so, because an older program wrote it, is looked at as a whole.
    """
    if not has_come(store, now):
        return False
    with store.exclusive():
        # Asked again with the file in hand: another process may have taken the turn meanwhile.
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
            moved |= absence_cover.client_ids(store, turned(store, since, now))
            if any(since <= begins <= utc_text(now) for begins in rhythms(store)):
                client_caches.follow_rules(store, now)
        ids = sorted(moved)
        client_caches.renew(store, ids[:at_once], now)
        behind.note(store, ids[at_once:], 1, utc_text(now))
        note_next(store, now)
    return True
