"""An opening that stands in a file and cannot be read is not one that the file does not tell."""

from __future__ import annotations

from test_imported_values import bring, on_file

from onewindow.desk.session.context import Session
from onewindow.records.requests import Request
from onewindow.store import rows
from onewindow.store.requests import threads


def test_what_cannot_be_read_of_an_opening_is_said_by_its_words(session: Session) -> None:
    report = bring(session, "request", "Клиент;Тема;Создана\nА;б;вчерась\nА;в;\nА;г;01.01.2035 10:00\n")
    unreadable, untold, ahead = [row.reason for row in report.rows]
    assert "“вчерась”" in unreadable
    assert "does not tell" not in unreadable
    assert unreadable.endswith("; metrics leave it out")
    assert untold == "opened_at: the file does not tell when it was opened; metrics leave it out"
    assert ahead == "opened_at: 2035-01-01 lies ahead, so it did not happen then; metrics leave it out"
    first, *_ = rows.fetch(session.store, Request, "ORDER BY id")
    opening, *_ = threads.events(session.store, first.id)
    assert "вчерась" in opening.detail
    assert "metrics" not in opening.detail
    assert on_file(session, Request, "due_at") == [(None,), (None,), (None,)]
