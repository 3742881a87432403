"""A real file with one rich client, and a person at work on it whose clock only the tests move."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from rich_client import NOW, Clock, RichClient, make_rich_client

from onewindow.desk.editing import changing
from onewindow.desk.opening import at_work, prepare_new_file
from onewindow.desk.session.context import Session
from onewindow.records.organization import Staff
from onewindow.settings import Settings
from onewindow.store.engine import open_store
from onewindow.text.dates import utc_text


@pytest.fixture
def clock() -> Clock:
    """The clock of `session`; set its `now` to move."""
    return Clock(NOW)


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    """Иванова at work on a new file with a colleague, Петров, in Moscow."""
    with open_store(tmp_path / "test.db", create=True) as store:
        me = Staff(login="ivanova", name="Иванова Мария")
        stored = prepare_new_file(store, me, "Europe/Moscow", utc_text(NOW - timedelta(days=400)))
        work = at_work(store, stored, Settings(), clock, "Europe/Moscow")
        changing.insert(work, Staff(login="petrov", name="Петров Олег"))
        yield work


@pytest.fixture
def rich_client(session: Session, clock: Clock) -> RichClient:
    """Ромашка ООО: something of everything, on 2026-11-23 at 14:32 Moscow time."""
    return make_rich_client(session, clock)
