"""When kept times are renewed: whatever moves a request's due or late time, they follow in its transaction.

What moves them: an event of the request, a policy, a calendar, the tier of the client and the segments that
the client is in. Terms that changed are written down as an event, so that the past stays as it was counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from onewindow.desk.reference import policy_segments
from onewindow.desk.reference.policy_book import Line, PolicyBook, read_policies, whom
from onewindow.desk.sla import event_details, settled_lateness
from onewindow.desk.sla.kept_times import keep, kept_times
from onewindow.records.event_order import in_order
from onewindow.records.organization import SlaPolicy
from onewindow.records.requests import RequestEvent
from onewindow.store import rows
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store
from onewindow.store.requests import open_requests
from onewindow.store.requests.reports import ReportedRequest
from onewindow.store.requests.threads import KeptTimes

_CLIENTS_AT_ONCE = 500
_TERMS = frozenset({"opened", "policy"})
"""The events that say by which terms a policy is found."""
_CARDS = frozenset({"client", "promise"})
"""The kinds of records by which a client gets into a segment that chooses policies, and out of it."""
_RULES = frozenset({"policy", "calendar"})


def follow(transaction: Transaction, now: datetime) -> set[int]:
    """Bring due times after all that a transaction changed; gives the clients for whom some moved."""
    store = transaction.store
    kinds = {change.entity for change in transaction.changes}
    if not kinds & (_RULES | _CARDS | {"request", "request_event", "segment", "staff"}):
        return set()
    book = read_policies(store)
    if not book.knows_any:
        return set()
    changed = {change.entity for change in transaction.changes if change.op != "insert"}
    chosen = policy_segments.used(store)
    # A filter of a segment may ask for the office of the owner, so colleagues count as rules there.
    if kinds & _RULES or (chosen and changed & {"segment", "staff"}):
        moved = _follow_all(transaction, book, now, chosen)
        return moved | settled_lateness.look_again(store, book, now) if kinds & _RULES else moved
    clients = {
        change.client_id
        for change in transaction.changes
        if change.client_id and _moves_terms(change.entity, change.op, has_segments=bool(chosen))
    }
    moved: set[int] = set()
    for low, high in _ranges(sorted(clients)):
        requests = [
            reported
            for reported in open_requests.of_clients(store, low, high)
            if reported.request.client_id in clients
        ]
        segments = _segments(store, chosen, low, high)
        others = [
            reported
            for reported in requests
            if _new_terms(reported, segments.get(reported.request.client_id, ""))
        ]
        moved |= _settle(transaction, book, now, others, segments)
    # Whoever logs an event settles its request at once; only what nobody settled is left.
    stale = _stale(transaction)
    if stale:
        moved |= _settle(transaction, book, now, open_requests.by_ids(store, stale), None)
    return moved


def renew(store: Store, low: int, high: int, now: datetime) -> set[int]:
    """Write the times of a range of clients that differ; gives the clients for whom some moved."""
    book = read_policies(store)
    if not book.knows_any:
        return set()
    requests = open_requests.of_clients(store, low, high)
    return keep(store, [(reported, kept_times(book, reported, now)) for reported in requests])


def renew_all(store: Store, now: datetime) -> set[int]:
    """Write all times of open requests that differ, inside a write; gives the clients for whom some moved."""
    moved: set[int] = set()
    for low, high in _all_ranges(store):
        moved |= renew(store, low, high, now)
    return moved


def truth_between(
    store: Store, low: int, high: int, now: datetime
) -> Iterator[tuple[ReportedRequest, KeptTimes]]:
    """The requests of a range of clients, each with the times that its history gives.

    Settled ones are given as far as they have been looked at since the rules changed.
    """
    book = read_policies(store)
    if not book.knows_any:
        return
    known_to = settled_lateness.known_to(store)
    requests = open_requests.of_clients(store, low, high)
    requests += open_requests.closed_of_clients(store, low, high if known_to is None else min(high, known_to))
    for reported in requests:
        yield reported, kept_times(book, reported, now)


def _follow_all(
    transaction: Transaction, book: PolicyBook, now: datetime, chosen: frozenset[int]
) -> set[int]:
    """Follow a change of the rules, which may concern any open request."""
    moved: set[int] = set()
    lines = None if chosen else _changed_lines(transaction, book)
    for low, high in _all_ranges(transaction.store):
        requests = open_requests.of_clients(transaction.store, low, high)
        if lines is not None:
            requests = [reported for reported in requests if _is_for(lines, reported)]
        # Terms follow too, where segments choose: the policy may be the first one for its segment.
        segments = _segments(transaction.store, chosen, low, high) if chosen else None
        moved |= _settle(transaction, book, now, requests, segments)
    return moved


def _changed_lines(transaction: Transaction, book: PolicyBook) -> set[Line] | None:
    """Whom the policies are and were for that changed; None where other rules changed too."""
    if any(change.entity in ("calendar", "segment", "staff") for change in transaction.changes):
        return None
    ids = {change.entity_id for change in transaction.changes if change.entity == "policy"}
    stored = [rows.get(transaction.store, SlaPolicy, policy_id) for policy_id in ids]
    # A policy that is for others now was for those before, who lose it.
    past = (policy for rules in book.rules for policy in rules.policies if policy.id in ids)
    return {whom(policy) for policy in (*stored, *past)}


def _is_for(lines: set[Line], reported: ReportedRequest) -> bool:
    """Whether a policy for one of these counts, or ever counted, for a request."""
    events = [event for event in reported.events if event.event_kind in _TERMS]
    asked = [event_details.terms_at(reported.request, reported.tier, event) for event in events or (None,)]
    return any(
        all(wanted in ("", given) for wanted, given in zip(line[:3], terms[:3], strict=True))
        for line in lines
        for terms in asked
    )


def _moves_terms(kind: str, op: str, *, has_segments: bool) -> bool:
    """Whether a change of a record may move the terms of its client's requests."""
    if kind == "client":
        return op != "insert"
    return has_segments and kind in _CARDS


def _stale(transaction: Transaction) -> set[int]:
    """The requests that changed without anybody having worked out their due times since."""
    settled = transaction.settled
    changes = transaction.changes
    request_ids = {
        change.entity_id
        for change in changes
        if change.entity == "request" and settled.get(change.entity_id, 0) < change.seq
    }
    events = [
        change.entity_id
        for change in changes
        if change.entity == "request_event" and change.entity_id not in settled
    ]
    return (
        request_ids | open_requests.requests_of_events(transaction.store, events) if events else request_ids
    )


def _settle(
    transaction: Transaction,
    book: PolicyBook,
    now: datetime,
    requests: Sequence[ReportedRequest],
    segments: Mapping[int, str] | None,
) -> set[int]:
    """Write down the terms that changed (not looked at without `segments`), and the times that did."""
    logged: list[RequestEvent] = []
    times: list[tuple[ReportedRequest, KeptTimes]] = []
    for on_file in requests:
        reported = on_file
        event = None if segments is None else _new_terms(on_file, segments.get(on_file.request.client_id, ""))
        if event is not None:
            # By a slow clock it would stand before what it follows, and be told again with every change.
            at = max(transaction.at, *(known.at for known in on_file.events if known.event_kind in _TERMS))
            logged.append(event.with_changes({"id": transaction.store.ids.new_id(), "at": at}))
            events = in_order((*on_file.events, logged[-1]))
            reported = ReportedRequest(on_file.request, on_file.tier, tuple(events))
        times.append((on_file, kept_times(book, reported, now)))
    stored = transaction.insert_many(logged)
    transaction.settled |= dict.fromkeys((event.id for event in stored), transaction.last_seq)
    return keep(transaction.store, times)


def _new_terms(reported: ReportedRequest, segments: str) -> RequestEvent | None:
    """The event of terms that are not those written down last; None if they are."""
    request = reported.request
    last = next((event for event in reversed(reported.events) if event.event_kind in _TERMS), None)
    known: dict[str, str] = json.loads(last.detail) if last is not None and last.detail else {}
    if "tier" not in known or (known["tier"], known.get("segments", "")) == (reported.tier, segments):
        return None
    terms = {**known, "tier": reported.tier, "segments": segments}
    if not segments:
        del terms["segments"]
    tiers = f"tier {known['tier'] or '-'} → {reported.tier or '-'}"
    return RequestEvent(
        client_id=request.client_id,
        request_id=request.id,
        event_kind="policy",
        text=tiers if known["tier"] != reported.tier else "the client's segments changed",
        detail=json.dumps(terms, ensure_ascii=False),
    )


def _segments(store: Store, chosen: frozenset[int], low: int, high: int) -> Mapping[int, str]:
    """The segments that choose policies, as terms have them, of the clients of a range of ids."""
    by_client = policy_segments.between(store, chosen, low, high) if chosen else {}
    return {client_id: policy_segments.as_term(ids) for client_id, ids in by_client.items()}


def _all_ranges(store: Store) -> Iterator[tuple[int, int]]:
    """The clients with open requests in ranges of ids."""
    after = 0
    while ids := open_requests.clients_after(store, after, _CLIENTS_AT_ONCE):
        yield ids[0], ids[-1]
        after = ids[-1]


def _ranges(ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ranges that cover ids: each its own for a few, else hundreds at a time."""
    size = 1 if len(ids) < _CLIENTS_AT_ONCE else _CLIENTS_AT_ONCE
    for start in range(0, len(ids), size):
        yield ids[start], ids[min(start + size, len(ids)) - 1]
