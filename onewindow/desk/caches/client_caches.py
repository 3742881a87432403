"""The caches that lists and search read: written with their cause, rebuilt for a whole file, and checked.

What depends on the clock (health, its band and coverage, alarms) is as old as `computed_at`; `catch_up`
renews it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from onewindow.desk.alarms.sources import alarms_of
from onewindow.desk.caches import day_turn
from onewindow.desk.caches.client_rows import NO_INPUTS, UNKNOWN, ranges_of, stat_of, stats_between
from onewindow.desk.cadence import due_cache
from onewindow.desk.health.alarm import Alarm, Batch, pack
from onewindow.desk.reference.policy_book import read_policies
from onewindow.desk.reference.record_entries import Cache, Registry
from onewindow.desk.sla import due_times, event_log, settled_lateness
from onewindow.metrics.health.completeness import completeness
from onewindow.metrics.health.signals import HealthInputs
from onewindow.records.clients import BillingDetails, Client, Contact
from onewindow.store import behind
from onewindow.store.changes import Transaction
from onewindow.store.clients import cards as clients
from onewindow.store.clients import client_stats
from onewindow.store.clients.client_stats import OUT_OF_DATE, ClientStat
from onewindow.store.engine import Store
from onewindow.store.search import docs as search_docs
from onewindow.text.dates import parse_utc, utc_text

_RULED_AT_ONCE = 500
"""In a file of so many clients all rows follow a rule at once, in a larger one whoever reads them next
works them out."""
_LEFT_AT_MOST = 50

HEALTH_KEEPS = timedelta(hours=20)
"""Health moves by days; older than this it is renewed."""

_AT_ONCE = 500
_WORKED_OUT_LATER = frozenset(
    {"health", "band", "coverage", "calm", "is_silent", "is_uncovered", "alarms", "last_touch_at"}
)
"""What a row that is behind does not know; its last touch is that of another moment than the row's."""
_MOVED_AT_ONCE = 300
"""So many clients whose requests a rule moved are renewed whole with it, of more only their due times."""
_NAMED_AT_MOST = 100
_LISTS = "health and lists of clients"


def refresh(transaction: Transaction, now: datetime, registry: Registry[Any]) -> None:
    """Write the caches of the clients that a transaction touched; the `finish` of every write."""
    # Undo writes records back and leaves due times alone: they follow from the events that count now.
    if transaction.undoes is not None:
        event_log.keep_times(transaction)
    followed = {change.entity: registry.of(change.entity).caches for change in transaction.changes}
    followers: defaultdict[int, set[Cache]] = defaultdict(set)
    for change in transaction.changes:
        if change.client_id is not None:
            followers[change.client_id] |= followed[change.entity]
    # A client to whom a record moved is touched without a change of its own.
    transaction.touched_clients.update(moved := due_cache.moved_by(transaction))
    touched = set(transaction.touched_clients)
    moved |= transaction.received_by
    searched = [
        client_id
        for client_id in touched
        if client_id in transaction.received_by
        or client_id not in followers
        or "search" in followers[client_id]
    ]
    # Before the rows, which show the next due time of their client.
    due_moved = due_times.follow(transaction, now)
    # A rule may move requests of thousands of clients; the rows of most are left to whoever reads them.
    later = sorted(due_moved - touched)
    moved.update(due_moved & touched, later[:_MOVED_AT_ONCE])
    behind.note(transaction.store, later[_MOVED_AT_ONCE:], transaction.last_seq, utc_text(now))
    touched.update(moved)
    counted = [
        client_id
        for client_id in touched
        if client_id in moved
        or client_id in transaction.due_moved
        or client_id not in followers
        or "row" in followers[client_id]
    ]
    left = _left_for_later(transaction, counted, followers)
    behind.note(transaction.store, left, transaction.last_seq, utc_text(now))
    renew(transaction.store, [client_id for client_id in counted if client_id not in left], now)
    _renew_concerned(transaction, now, registry)
    every = frozenset[Cache]().union(*followed.values())
    if "every_row" in every:
        follow_rules(transaction.store, now, transaction.last_seq)
    day_turn.follow(transaction, now, every)
    if searched:
        search_docs.refresh(transaction.store, searched)


def _left_for_later(
    transaction: Transaction, client_ids: Collection[int], followers: Mapping[int, set[Cache]]
) -> list[int]:
    """The clients whose rows are worked out by whoever reads them first, since others wait for this write.

    What else than that is kept of a client, or told by its row at once, must not have changed.
    """
    if len(client_ids) > _LEFT_AT_MOST or not transaction.is_waited_for:
        return []
    return [
        client_id
        for client_id in sorted(client_ids)
        if client_id not in transaction.received_by
        and client_id in followers
        and "row_at_once" not in followers[client_id]
    ]


def _renew_concerned(transaction: Transaction, now: datetime, registry: Registry[Any]) -> None:
    """Bring up the rows of clients to whom a record that changed does not belong, but whom it concerns."""
    changed: defaultdict[str, set[int]] = defaultdict(set)
    for change in transaction.changes:
        concerned = registry.of(change.entity).concerned
        if concerned is not None and (concerned.by_new_ones or change.op != "insert"):
            changed[change.entity].add(change.entity_id)
    for entity, ids in changed.items():
        concerned = registry.of(entity).concerned
        if concerned is not None:
            client_ids = sorted(concerned.clients(transaction.store, ids))
            renew(transaction.store, client_ids[: concerned.at_once], now)
            behind.mark(transaction.store, client_ids[concerned.at_once :], transaction.last_seq)


def write_new(
    transaction: Transaction,
    added: Sequence[Client],
    billing_details: Mapping[int, BillingDetails],
    contacts: Mapping[int, Contact],
) -> None:
    """Write the caches of clients stored in this transaction, of whom nothing else is on file yet.

    `refresh` would read them all again to find the same. Requisites and contacts are those of each client id.
    """
    stats: list[ClientStat] = []
    docs: list[search_docs.SearchDoc] = []
    packed: dict[tuple[Alarm, ...], str] = {}
    made = sorted(added, key=lambda client: client.id)
    nothing = {client.id: HealthInputs(client.id) for client in made}
    alarms = alarms_of(Batch(transaction.store, made, nothing, parse_utc(transaction.at))) if made else {}
    for client in made:
        client_id = client.id
        papers = [billing_details[client_id]] if client_id in billing_details else []
        people = [contacts[client_id]] if client_id in contacts else []
        known = completeness(client, papers[0] if papers else None, people, 0)
        alarms_now = tuple(alarms.get(client_id, ()))
        # Most new clients have the same alarms, which are packed once for all of them.
        if alarms_now not in packed:
            packed[alarms_now] = pack(alarms_now)
        stats.append(
            stat_of(client, NO_INPUTS, known, UNKNOWN, alarms_now, transaction.at, packed=packed[alarms_now])
        )
        docs.append(search_docs.document_of(client, people, papers))
    client_stats.add(transaction.store, stats)
    due_cache.add_new(transaction.store, added, contacts, parse_utc(transaction.at))
    search_docs.add(transaction.store, docs)
    transaction.touched_clients.difference_update(stat.client_id for stat in stats)


def renew(store: Store, client_ids: Iterable[int], now: datetime) -> None:
    """Work out the cache rows of some clients and write them; inside a write."""
    ids = sorted(client_ids)
    for start in range(0, len(ids), _AT_ONCE):
        chunk = ids[start : start + _AT_ONCE]
        for low, high in ranges_of(store, chunk):
            _renew_range(store, low, high, now, frozenset(chunk))
        store.on_progress(_LISTS, start + len(chunk), len(ids))


def follow_rules(store: Store, now: datetime, seq: int = 1) -> None:
    """Let all clients follow rules that changed, or began, inside that write.

    In a small file at once; in a large one their rows are behind the change until somebody reads them.
    """
    # One more than the limit tells that there are more, and a large file need not be counted.
    client_ids = client_stats.first_ids(store, _RULED_AT_ONCE + 1)
    if len(client_ids) <= _RULED_AT_ONCE:
        renew(store, client_ids, now)
    else:
        behind.mark_all(store, seq)


def rebuild(store: Store, now: datetime) -> int:
    """Rebuild all cache rows and the search and return how many clients there are.

    Clients are written a few hundred at a time, so that others can write in between.
    """
    done, total = 0, clients.count_all(store)
    for low, high, number in _chunks(store):
        with store.exclusive():
            due_times.renew(store, low, high, now)
            settled_lateness.renew(store, read_policies(store), low, high, now)
            _renew_range(store, low, high, now)
        done += number
        store.on_progress(_LISTS, done, total)
    search_docs.rebuild(store)
    with store.exclusive():
        settled_lateness.all_are_known(store)
        day_turn.note_next(store, now)
    return done


def catch_up(store: Store, now: datetime, after: int = 0) -> int | None:
    """Renew some health scores that have aged, from the client id `after` on; None when the end is reached.

    A call costs about a tenth of a second; a screen makes one between two keys or in a worker.
    """
    if settled_lateness.go_on(store, now):
        return after
    aged, going_on = client_stats.outdated(store, utc_text(now - HEALTH_KEEPS), after, _AT_ONCE)
    if aged:
        with store.exclusive():
            renew(store, aged, now)
    return going_on


def differences(store: Store, now: datetime | None = None) -> list[str]:
    """Where the caches differ from the records, one sentence each, the first hundred; for `db check`.

    `differences_of` tells it of one client.

    Due times and lateness are compared with what the history of each request says now (the system's now if
    none is given).

    Health and alarms are worked out as of the moment at which the row was written, since they age. Rows that
    are behind a change are brought up first, as for any reader; where somebody else holds the file for long,
    what is worked out later is not compared in them.
    """
    sentences: list[str] = []
    behind.bring_up_all(store)
    for low, high, _ in _chunks(store):
        with store.read():
            sentences += _due_differences(store, low, high, now or datetime.now(UTC))
            sentences += _differences_between(store, low, high)
        if len(sentences) >= _NAMED_AT_MOST:
            break
    return (sentences + search_docs.check(store))[:_NAMED_AT_MOST]


def differences_of(store: Store, client_id: int, now: datetime) -> list[str]:
    """Where the lists and due times of one client differ from the records; what search knows is left out."""
    with store.read(about=client_id):
        return [
            *_due_differences(store, client_id, client_id, now),
            *_differences_between(store, client_id, client_id),
        ]


def _due_differences(store: Store, low: int, high: int, now: datetime) -> Iterator[str]:
    """Requests that are kept with other times than they have."""
    for reported, true in due_times.truth_between(store, low, high, now):
        request = reported.request
        for name, kept, expected in (
            ("due", request.due_at, true.due_at),
            ("late from", request.late_from, true.late_from),
        ):
            if kept != expected:
                yield (
                    f"R-{request.number}: kept as {name} {kept or 'never'},"
                    f" its history says {expected or 'never'}."
                )


def _differences_between(store: Store, low: int, high: int) -> Iterator[str]:
    kept = client_stats.between(store, low, high)
    moments = sorted({stat.computed_at for stat in kept.values()})
    truth: dict[int, ClientStat] = {}
    # Rows of one rebuild share their moment and are read at once; those written since are few.
    for moment in moments:
        ids = [stat.client_id for stat in kept.values() if stat.computed_at == moment]
        for first, last in ranges_of(store, ids):
            truth |= {
                stat.client_id: stat
                for stat in stats_between(store, first, last, parse_utc(moment))
                if stat.client_id in kept and kept[stat.client_id].computed_at == moment
            }
    for client_id in clients.ids_between(store, low, high):
        if client_id not in kept:
            yield f"The client with the id {client_id} is missing in the lists."
    waiting = behind.ids_between(store, low, high)
    waiting |= {stat.client_id for stat in kept.values() if stat.computed_at == OUT_OF_DATE}
    dated = {stat.client_id: stat.computed_at for stat in kept.values() if stat.client_id not in waiting}
    yield from due_cache.differences(store, low, high, dated)
    for client_id, stat in kept.items():
        if client_id not in truth:
            yield f"The archived client with the id {client_id} is still in the lists."
        else:
            for name, cached, true in zip(ClientStat._fields, stat, truth[client_id], strict=True):
                if cached == true or (client_id in waiting and name in _WORKED_OUT_LATER):
                    continue
                yield f"Client {client_id}: the lists say {name} {cached}, the records say {true}."


def _renew_range(
    store: Store,
    low: int,
    high: int,
    now: datetime,
    only: frozenset[int] | None = None,
) -> None:
    kept = client_stats.between(store, low, high)
    fresh = stats_between(store, low, high, now)
    stats = [stat for stat in fresh if only is None or stat.client_id in only]
    gone = kept.keys() - {stat.client_id for stat in stats}
    client_stats.forget(store, gone if only is None else gone & only)
    client_stats.save(store, stats)
    due_cache.renew(store, low, high, now, only)


def _chunks(store: Store) -> Iterator[tuple[int, int, int]]:
    """The whole file in ranges of ids, each with the number of its clients, archived ones too."""
    after = 0
    while True:
        ids = clients.all_ids_after(store, after, _AT_ONCE)
        if not ids:
            return
        yield ids[0], ids[-1], len(ids)
        after = ids[-1]
