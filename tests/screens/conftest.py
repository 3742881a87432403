"""A real file with one client, a person at work on it, and an app that has nothing but a hint line."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from made_once import copy_of_demo
from screen_host import Clock

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.opening import at_work, prepare_new_file
from onewindow.desk.session.context import Session
from onewindow.desk.session.naming import resolve_client
from onewindow.records.clients import Client, Contact
from onewindow.records.organization import Staff
from onewindow.settings import Settings
from onewindow.store.engine import open_store
from onewindow.store.people import organization
from onewindow.text.dates import utc_text

NOW = datetime(2026, 11, 23, 11, 32, tzinfo=UTC)
"""A Monday, 14:32 in Moscow."""


@pytest.fixture
def clock() -> Clock:
    """The clock of `session`; set its `now` to move."""
    return Clock(NOW)


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    """Иванова at work on a new file, with a colleague."""
    with open_store(tmp_path / "test.db", create=True) as store:
        me = prepare_new_file(
            store,
            Staff(login="ivanova", name="Иванова Мария"),
            "Europe/Moscow",
            utc_text(NOW - timedelta(days=400)),
        )
        work = at_work(store, me, Settings(), clock, "Europe/Moscow")
        changing.insert(work, Staff(login="petrov", name="Петров Олег"))
        yield work


@pytest.fixture
def other(session: Session, clock: Clock) -> Iterator[Session]:
    """Петров at work on the same file in another process."""
    with session.store.another() as store:
        petrov = next(p for p in session.directory.staff.values() if p.login == "petrov")
        yield at_work(store, petrov, Settings(), clock, "Europe/Moscow")


@pytest.fixture
def client(session: Session) -> Client:
    """Ромашка."""
    return changing.insert(session, Client(name="Ромашка ООО", owner_id=session.me.id, city="Казань"))


@pytest.fixture
def contact(session: Session, client: Client) -> Contact:
    """Анна Ким of Ромашка."""
    return changing.insert(session, Contact(client_id=client.id, name="Анна Ким", phone="+79123456789"))


@pytest.fixture(scope="session")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo firm as it stands at NOW; tests take copies."""
    return copy_of_demo(tmp_path_factory, tmp_path_factory.mktemp("firm") / "demo.db", NOW)


@pytest.fixture
def demo(firm: Path, tmp_path: Path) -> Iterator[Session]:
    """Иванова of the demo firm, at a moment that stands still."""
    path = Path(shutil.copy(firm, tmp_path / "demo.db"))
    with open_store(path) as store:
        me = organization.staff_by_login(store, "ivanova")
        assert me is not None
        yield at_work(store, me, Settings(), Clock(NOW), "Europe/Moscow")


@pytest.fixture
def romashka(demo: Session) -> Client:
    """The demo firm's client with everything to see."""
    return resolve_client(demo, "C-17")


@pytest.fixture
def app(demo: Session, romashka: Client) -> OneWindowApp:
    """The window on that client."""
    return OneWindowApp(demo, romashka.id)
