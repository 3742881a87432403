"""What must hold of a file after any change: its check is content, and what is shown late is kept as late."""

from __future__ import annotations

from onewindow.desk import caches, lateness
from onewindow.desk.session import Session
from onewindow.records.work import Request
from onewindow.store import checking, rows, team
from onewindow.text.dates import utc_text


def assert_sound(session: Session) -> None:
    """Hold the caches against the records of now, and the queues against what each request itself says."""
    store, now = session.store, session.now_text()
    found = caches.differences(store, session.now())
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
