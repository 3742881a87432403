"""A real file with one rich client, and a person at work on it whose clock only the tests move."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from begun_files import Begun, keep
from rich_client import NOW, Clock, RichClient, make_rich_client

from onewindow.desk.editing import changing
from onewindow.desk.opening import at_work, prepare_new_file
from onewindow.desk.session.context import Session
from onewindow.records.organization import Staff
from onewindow.settings import Settings
from onewindow.store.engine import open_store
from onewindow.store.people.organization import staff_by_login
from onewindow.text.dates import utc_text

_begun: dict[bool, Begun] = {}
"""The file that a session begins with, without and with a rich client, since it was first needed."""
_with_client: set[Path] = set()


@pytest.fixture
def clock() -> Clock:
    """The clock of `session`; set its `now` to move."""
    return Clock(NOW)


@pytest.fixture
def session(tmp_path: Path, clock: Clock, request: pytest.FixtureRequest) -> Iterator[Session]:
    """Иванова at work on a new file with a colleague, Петров, in Moscow."""
    path, has_client = tmp_path / "test.db", "rich_client" in request.fixturenames
    begun = _begun.get(has_client)
    if begun is not None:
        begun.copy_to(path)
    with open_store(path, create=begun is None) as store:
        if begun is None:
            me = Staff(login="ivanova", name="Иванова Мария")
            stored = prepare_new_file(store, me, "Europe/Moscow", utc_text(NOW - timedelta(days=400)))
        else:
            stored = staff_by_login(store, "ivanova")
            assert stored is not None
        work = at_work(store, stored, Settings(), clock, "Europe/Moscow")
        if begun is None:
            changing.insert(work, Staff(login="petrov", name="Петров Олег"))
            _begun[has_client] = keep(work, make_rich_client(work, clock) if has_client else None)
        if has_client:
            _with_client.add(store.path)
        yield work


@pytest.fixture
def rich_client(session: Session, clock: Clock) -> RichClient:
    """Ромашка ООО: something of everything, on 2026-11-23 at 14:32 Moscow time."""
    if session.store.path in _with_client and (rich := _begun[True].rich_client(session, clock)):
        return rich
    return make_rich_client(session, clock)  # a test has a file of its own
