"""What is suggested to all clients, and to one of them once the shares of ownership are counted."""

from __future__ import annotations

import time
from collections.abc import Iterator

from onewindow.desk.opening import at_work, system_clock
from onewindow.desk.opportunities import suggesting
from onewindow.desk.session.context import Session
from onewindow.settings import Settings
from onewindow.store.engine import open_store
from onewindow.store.people import organization
from tests.bench.files import Files
from tests.bench.samples import Line, Samples

_ALL_LIMIT = 60.0
_ONE_LIMIT = 5.0


def suggested(files: Files, size: int, clients: int) -> Iterator[Line]:
    """Work out the suggestions of everybody once, and those of some clients one by one."""
    at = f"{size:,} clients".replace(",", " ")
    with open_store(files.demo(size)) as store:
        me = organization.staff(store)[0]
        session = at_work(store, me, Settings(), system_clock, "Europe/Moscow")
        begun, burnt = time.perf_counter(), time.process_time()
        suggesting.for_everybody(session)
        wall, cpu = time.perf_counter() - begun, time.process_time() - burnt
        book = suggesting.read_book(session)
        ids = [row[0] for row in store.rows("SELECT id FROM client ORDER BY id LIMIT :limit", limit=clients)]
        one = Samples.of(_seconds(session, client_id, book) * 1000 for client_id in ids)
    told = f"{wall:.1f} s, {cpu:.1f} s of them processor time"
    yield Line("suggestions of all", at, f"≤ {_ALL_LIMIT:.0f} s", told, wall, _ALL_LIMIT)
    limit = f"median ≤ {_ONE_LIMIT:.0f} ms"
    yield Line("suggestions of one client", at, limit, one.spoken("ms"), one.median, _ONE_LIMIT)


def _seconds(session: Session, client_id: int, book: suggesting.Book) -> float:
    begun = time.perf_counter()
    suggesting.for_client(session, client_id, book)
    return time.perf_counter() - begun
