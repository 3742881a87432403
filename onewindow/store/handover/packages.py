"""Handovers from sales with their lines, packages and observations."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.records.clients import Promise
from onewindow.records.handover import Handover, HandoverItem, HandoverPackage, Observation
from onewindow.store.engine import Store
from onewindow.store.rows import fetch

_PAGE = 500


def of_client(store: Store, client_id: int, limit: int = 50) -> list[Handover]:
    """The handovers of a client, the newest first."""
    return fetch(
        store,
        Handover,
        "WHERE client_id = :client AND archived_at IS NULL ORDER BY sent_on DESC, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def by_external_id(store: Store, external_id: str) -> list[Handover]:
    """The handovers with the id of a deal in another program, archived ones left out."""
    return fetch(
        store,
        Handover,
        "WHERE external_id = :external AND archived_at IS NULL LIMIT 10",
        external=external_id,
    )


def in_state(store: Store, state: str, limit: int = 500) -> list[Handover]:
    """Handovers in a state, those sent last first."""
    return fetch(
        store,
        Handover,
        "WHERE state = :state AND archived_at IS NULL ORDER BY sent_at DESC, id LIMIT :limit",
        state=state,
        limit=limit,
    )


def waiting_for(store: Store, receiver_id: int, limit: int = 50) -> list[Handover]:
    """Handovers that wait for somebody's decision, those sent first first."""
    return fetch(
        store,
        Handover,
        "WHERE receiver_id = :receiver AND state = 'sent' AND archived_at IS NULL"
        " ORDER BY sent_at, id LIMIT :limit",
        receiver=receiver_id,
        limit=limit,
    )


def decided_between(store: Store, since: str, till: str) -> Iterator[Handover]:
    """Handovers decided from an instant on and before another (UTC text), by that time."""
    after, after_id = since, 0
    while True:
        page = fetch(
            store,
            Handover,
            "WHERE (decided_at, id) > (:after, :after_id) AND decided_at < :till AND archived_at IS NULL"
            " ORDER BY decided_at, id LIMIT :limit",
            after=after,
            after_id=after_id,
            till=till,
            limit=_PAGE,
        )
        yield from page
        if len(page) < _PAGE:
            return
        after, after_id = page[-1].decided_at or "", page[-1].id


def items(store: Store, handover_id: int, limit: int = 500) -> list[HandoverItem]:
    """The lines, questions and terms of a handover in the order in which they came."""
    return fetch(
        store,
        HandoverItem,
        "WHERE handover_id = :handover AND archived_at IS NULL ORDER BY id LIMIT :limit",
        handover=handover_id,
        limit=limit,
    )


def asked_of(store: Store, staff_id: int, limit: int = 50) -> list[HandoverItem]:
    """Questions that somebody has to answer, those asked first first."""
    return fetch(
        store,
        HandoverItem,
        "WHERE asked_of_id = :staff AND state = 'asked' AND archived_at IS NULL"
        " ORDER BY asked_at, id LIMIT :limit",
        staff=staff_id,
        limit=limit,
    )


def answered_for(store: Store, staff_id: int, limit: int = 50) -> list[HandoverItem]:
    """Answers to questions of somebody that they have not settled yet, the oldest first."""
    return fetch(
        store,
        HandoverItem,
        "WHERE asked_by_id = :staff AND state = 'answered' AND archived_at IS NULL"
        " ORDER BY answered_at, id LIMIT :limit",
        staff=staff_id,
        limit=limit,
    )


def unread_terms(store: Store, staff_id: int, limit: int = 50) -> list[Promise]:
    """Special terms that somebody keeps from a handover and has not acknowledged, those due first."""
    return fetch(
        store,
        Promise,
        "WHERE owner_id = :staff AND status IN ('new', 'acknowledged') AND status = 'new'"
        " AND archived_at IS NULL AND EXISTS"
        " (SELECT 1 FROM handover_item i WHERE i.promise_id = promise.id AND i.promise_id IS NOT NULL)"
        " ORDER BY due_on, id LIMIT :limit",
        staff=staff_id,
        limit=limit,
    )


def packages(store: Store, handover_id: int, limit: int = 50) -> list[HandoverPackage]:
    """What was sent for a handover, the last sending first."""
    return fetch(
        store,
        HandoverPackage,
        "WHERE handover_id = :handover AND archived_at IS NULL ORDER BY attempt DESC, id LIMIT :limit",
        handover=handover_id,
        limit=limit,
    )


def packages_of_client(store: Store, client_id: int, limit: int = 10) -> list[HandoverPackage]:
    """What was sent of a client for any handover, the newest first."""
    return fetch(
        store,
        HandoverPackage,
        "WHERE client_id = :client AND archived_at IS NULL ORDER BY client_id, id DESC LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def last_package(store: Store, handover_id: int) -> HandoverPackage | None:
    """What was sent last for a handover; None for one that was typed."""
    return next(iter(packages(store, handover_id, 1)), None)


def observations(store: Store, handover_id: int, limit: int = 100) -> list[Observation]:
    """How a handover was observed, in the order in which that was written."""
    return fetch(
        store,
        Observation,
        "WHERE handover_id = :handover AND archived_at IS NULL ORDER BY id LIMIT :limit",
        handover=handover_id,
        limit=limit,
    )


def observed_between(store: Store, since: str, till: str, limit: int = 5000) -> list[Observation]:
    """Observations of days from the first to the last (dates), by day."""
    return fetch(
        store,
        Observation,
        "WHERE observed_on >= :since AND observed_on <= :till AND archived_at IS NULL"
        " ORDER BY observed_on, id LIMIT :limit",
        since=since,
        till=till,
        limit=limit,
    )
