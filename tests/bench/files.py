"""The files that are measured: the demo firm in each size, and clients with many rows in every panel."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from onewindow.desk.opening import at_work, prepare_new_file, system_clock
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Plan, PlanStep
from onewindow.records.clients import Client, Promise
from onewindow.records.feedback import Feedback, Opportunity
from onewindow.records.fields import Record
from onewindow.records.organization import Staff
from onewindow.records.requests import Document, Request, Touch
from onewindow.settings import Settings
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store, open_store
from onewindow.text.dates import utc_text
from seed.build import build
from tests.bench.program import ROOT

ZONE = "Europe/Moscow"
_SHAPING = ("seed", "onewindow/records", "onewindow/store", "tests/bench/files.py")
"""What decides how a file looks; where it has changed, files are built anew."""
_LARGE = 200_000
"""From so many clients on a file takes a quarter of an hour, and is kept when the code has changed."""


class Files:
    """Files that are built on first use and kept in a folder for the next run.

    A small one belongs to one state of the code and one week. A large one is only brought to the newest
    schema when it is opened, until `rebuild` is asked for.
    """

    def __init__(self, folder: Path, *, rebuild: bool = False) -> None:
        """Use a folder; small files of older states in it are deleted, and large ones to `rebuild` too."""
        self._folder, self._state = folder, _state(system_clock())
        self._current = folder / self._state
        self.configuration = self._current / "configuration"
        self.configuration.mkdir(parents=True, exist_ok=True)
        for stale in (*folder.glob("*/*.db*"), *(folder.glob("*.db*") if rebuild else ())):
            if stale.parent != self._current:
                stale.unlink()

    def demo(self, clients: int) -> Path:
        """The demo firm with that many clients."""
        is_large = clients >= _LARGE
        path = (self._folder if is_large else self._current) / f"demo-{clients}.db"
        if not path.exists():
            with _Unfinished(path) as store:
                build(store, system_clock(), clients)
            if is_large:
                _note_of(path).write_text(self._state, "ascii")
        return path

    def is_of_now(self, clients: int) -> bool:
        """Whether the demo firm of that size was built by the code as it is now."""
        note = _note_of(self.demo(clients))
        return clients < _LARGE or (note.exists() and note.read_text("ascii") == self._state)

    def with_rows(self, rows: int) -> Path:
        """Two clients with that many rows in each of the six panels and among the promises."""
        path = self._current / f"rows-{rows}.db"
        if not path.exists():
            with _Unfinished(path) as store:
                _fill(store, rows)
        return path


class _Unfinished:
    """A store under another name, which gets its own name when all is in it."""

    def __init__(self, path: Path) -> None:
        self._path, self._draft = path, path.with_suffix(".draft.db")

    def __enter__(self) -> Store:
        for left in self._draft.parent.glob(self._draft.name + "*"):
            left.unlink()
        self._store = open_store(self._draft, create=True)
        return self._store

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._store.close()
        if kind is None:
            self._draft.rename(self._path)


def open_session(path: Path) -> Session:
    """Somebody of the firm who has clients, at work on a file."""
    store = open_store(path)
    login = store.scalar("SELECT value FROM setting WHERE name = 'demo_login' LIMIT 1") or "reader"
    return session_on(store, login)


def session_on(store: Store, login: str) -> Session:
    """A session of a colleague; where there is none of that name, of the first one."""
    from onewindow.store.people import organization

    me = organization.staff_by_login(store, login) or next(iter(organization.staff(store)))
    return at_work(store, me, Settings(), system_clock, ZONE)


def _note_of(path: Path) -> Path:
    return path.with_suffix(".state")


def _state(now: datetime) -> str:
    digest = hashlib.sha256("-".join(map(str, now.isocalendar()[:2])).encode())
    for part in _SHAPING:
        place = ROOT / part
        found = sorted(place.rglob("*")) if place.is_dir() else [place]
        for path in found:
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _fill(store: Store, rows: int) -> None:
    now = system_clock()
    me = prepare_new_file(store, Staff(login="reader", name="Иванова Мария"), ZONE, utc_text(now))
    session = at_work(store, me, Settings(), lambda: now, ZONE)

    def work(transaction: Transaction) -> None:
        for name in ("Аврора", "Байкал"):
            client = transaction.insert(
                Client(name=f"{name} {rows}", owner_id=me.id, tier="A", stage="active")
            )
            plan = transaction.insert(
                Plan(title="запуск", client_id=client.id, started_on=_day(now, 60), status="running")
            )
            for number in range(rows):
                for record in _one_of_each(client.id, plan.id, me.id, number, now):
                    transaction.insert(record)

    session.change("rows to measure", work)


def _one_of_each(client_id: int, plan_id: int, me: int, number: int, now: datetime) -> Iterator[Record]:
    at = utc_text(now - timedelta(hours=3 * number + 1))
    day = _day(now, number)
    words = f"строка {number} того, что видно в окне целиком"
    yield Request(client_id=client_id, title=words, opened_at=at, assignee_id=me, status="open")
    yield Document(
        client_id=client_id, document_kind="invoice", number=f"{number}-А", title=words, issued_on=day
    )
    yield PlanStep(client_id=client_id, plan_id=plan_id, position=number, title=words, due_on=day)
    yield Feedback(client_id=client_id, quote=words, said_on=day)
    yield Opportunity(
        client_id=client_id, title=words, window_till=_day(now, -number), amount=100_000 + number
    )
    yield Touch(client_id=client_id, at=at, text=words, staff_id=me)
    yield Promise(client_id=client_id, text=words, due_on=_day(now, -number))


def _day(now: datetime, days_ago: int) -> str:
    return (now.astimezone(UTC).date() - timedelta(days=days_ago)).isoformat()
