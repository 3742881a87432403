"""What must hold of a file after any change: its check is content, and what is shown late is kept as late."""

from __future__ import annotations

from collections import Counter

from onewindow.desk.caches import client_caches
from onewindow.desk.health.scoring import health_inputs
from onewindow.desk.session.context import Session
from onewindow.desk.sla import clocks, lateness
from onewindow.records.clients import Client
from onewindow.records.requests import Request
from onewindow.store import rows
from onewindow.store.doctor import checking
from onewindow.store.queue import team
from onewindow.store.requests import threads
from onewindow.text.dates import utc_text


def assert_sound(session: Session) -> None:
    """Hold the caches against the records of now, and the queues against what each request itself says."""
    store, now = session.store, session.now_text()
    found = client_caches.differences(store, session.now())
    assert not found, found
    assert checking.check(store) == []
    open_ones = rows.fetch(
        store, Request, "WHERE status NOT IN ('resolved', 'declined') AND archived_at IS NULL ORDER BY id"
    )
    shown = lateness.read_lateness(session, open_ones)
    late: set[int] = set()
    for request in open_ones:
        found = shown[request.id]
        if found is not None and found.due_at is not None:
            assert request.due_at == utc_text(found.due_at), f"R-{request.number}"
        if found is not None and found.is_late:
            late.add(request.number)
    assert {each.number for each in team.late(store, now)} == late
    _assert_breaches_are_counted(session)


def _assert_breaches_are_counted(session: Session) -> None:
    """Health must count as late whatever one of the clocks, read with its whole history, says it missed."""
    store, book = session.store, session.directory.policies
    found = rows.fetch(store, Request, "WHERE archived_at IS NULL AND merged_into_id IS NULL ORDER BY id")
    missed: Counter[int] = Counter()
    unclear: set[int] = set()
    for request in found:
        client = rows.get(store, Client, request.client_id)
        events = threads.events(store, request.id)
        read_at = clocks.at_least(session.now(), events, book)
        known = clocks.request_clocks(book, request, client.tier, events, read_at)
        if known is None:
            unclear.add(client.id)  # without a policy only the promised date counts, which is no clock
        missed[client.id] += known is not None and any(each.breached for each in known)
    kept = {
        each.client_id: each.recent_breaches
        for each in health_inputs(store, 0, 1 << 62, session.now_text())
        if each.recent_requests and each.client_id not in unclear
    }
    assert kept == {client_id: missed[client_id] for client_id in kept}
