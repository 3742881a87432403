"""What the desk reads inside one process: the picture of a client, a search, a page of the list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from onewindow.desk.clients.client_list import ClientListSource
from onewindow.desk.session.context import Session
from onewindow.desk.window.snapshot import load_snapshot
from onewindow.store.clients.client_list import ListFilter
from onewindow.store.engine import Row, Store, Value
from onewindow.store.search.finding import find_clients
from tests.bench.files import Files, open_session, session_on
from tests.bench.samples import Line, Samples, milliseconds, ratio_line

_CHANCE = 20
_PAGE = 200
_REPLAY = "plain SQLite with the same queries"
_TYPED_NAMES = 12


class Recorder(Store):
    """A store that remembers which queries it was asked."""

    def __init__(self, store: Store) -> None:
        """Ask through the connection of another store."""
        self.asked: list[tuple[str, dict[str, Value]]] = []  # first: a store asks while it is made
        super().__init__(store.path, store.connection)

    def rows(self, sql: str, /, **parameters: Value) -> list[Row]:
        """Remember and ask."""
        self.asked.append((sql, parameters))
        return super().rows(sql, **parameters)

    def one(self, sql: str, /, **parameters: Value) -> Row | None:
        """Remember and ask; `scalar` comes here too."""
        self.asked.append((sql, parameters))
        return super().one(sql, **parameters)

    def queries_of(self, work: Callable[[], Any]) -> list[tuple[str, dict[str, Value]]]:
        """The queries that some work asks."""
        self.asked = []
        work()
        return list(self.asked)


def snapshots(files: Files, sizes: list[int], clients: int) -> Iterator[Line]:
    """One client's whole picture, of clients by chance, against its bare queries and the smallest file."""
    smallest: Samples | None = None
    for size in sizes:
        ours, floor = _pictures(files.demo(size), clients)
        at = _at(size)
        yield ratio_line("read one client's whole picture", at, ours, floor, limit=3, floor_name=_REPLAY)
        if smallest is None:
            smallest = ours
            continue
        floor_name = f"ours at {_at(sizes[0])}"
        yield ratio_line(
            "read one client's whole picture", at, ours, smallest, limit=1.3, floor_name=floor_name
        )


def search(files: Files, sizes: list[int], rounds: int) -> Iterator[Line]:
    """One key in the search: what people type, letter by letter."""
    for size in sizes:
        taken = _searches(files.demo(size), rounds)
        limit = 16 if size <= 100_000 else 50
        yield Line("a search key", _at(size), f"p99 ≤ {limit} ms", taken.spoken("ms"), taken.p99, limit)


def paging(files: Files, sizes: list[int], rounds: int) -> Iterator[Line]:
    """The first, a middle and the last page of the list of all clients, read anew each time."""
    for size in sizes:
        for what, place, limit in (("first", 0.0, 16), ("middle", 0.5, 50), ("last", 1.0, 16)):
            ours, floor = _pages(files.demo(size), place, rounds)
            measured = f"{ours.spoken('ms')} against {floor.spoken('ms')} of {_REPLAY}"
            yield Line(
                f"the {what} page of the list", _at(size), f"p99 ≤ {limit} ms", measured, ours.p99, limit
            )


def _searches(database: Path, rounds: int) -> Samples:
    session = open_session(database)
    with session.store as store:
        typed = [query[:end] for query in _queries(store) for end in range(1, len(query) + 1)]
        return Samples.of(
            milliseconds(lambda text=text: find_clients(store, text, session.me.id))
            for _ in range(rounds)
            for text in typed
        )


def _pages(database: Path, place: float, rounds: int) -> tuple[Samples, Samples]:
    session = open_session(database)
    with session.store as store:
        recording = session_on(Recorder(store), session.me.login)
        return _compared(recording, [lambda: _read_page(recording, place)] * rounds)


def _pictures(database: Path, clients: int) -> tuple[Samples, Samples]:
    session = open_session(database)
    with session.store as store:
        recording = session_on(Recorder(store), session.me.login)
        ids = [row[0] for row in store.rows("SELECT id FROM client WHERE archived_at IS NULL")]
        chosen = Random(_CHANCE).sample(ids, min(clients, len(ids)))
        load_snapshot(recording, chosen[0])  # the directory is read once for all
        return _compared(recording, [lambda c=client_id: load_snapshot(recording, c) for client_id in chosen])


def _compared(session: Session, works: list[Callable[[], Any]]) -> tuple[Samples, Samples]:
    """Milliseconds of each work, and of its bare queries right after it."""
    recorder = session.store
    if not isinstance(recorder, Recorder):
        raise TypeError("only a recorder knows what was asked")
    connection = recorder.connection
    ours: list[float] = []
    floor: list[float] = []
    for work in works:
        queries = recorder.queries_of(work)  # also warms the pages for both
        ours.append(milliseconds(work))

        def replay(queries: list[tuple[str, dict[str, Value]]] = queries) -> None:
            connection.execute("BEGIN")
            for sql, parameters in queries:
                connection.execute(sql, parameters).fetchall()
            connection.execute("COMMIT")

        floor.append(milliseconds(replay))
    return Samples.of(ours), Samples.of(floor)


def _read_page(session: Session, place: float) -> None:
    source = ClientListSource(session.store, ListFilter("all"), now=session.now_text())
    start = int(place * (source.count - 1)) // _PAGE * _PAGE
    source.rows(start, min(start + _PAGE, source.count))


def _queries(store: Store) -> list[str]:
    """What people type: names whole and in part, in both alphabets, phones, numbers, slips and nonsense."""
    found = store.rows(
        "SELECT name FROM client WHERE archived_at IS NULL ORDER BY id DESC LIMIT :limit", limit=_TYPED_NAMES
    )
    names = [row[0] for row in found]
    phones = store.rows("SELECT phone FROM contact WHERE phone <> '' ORDER BY id DESC LIMIT 3")
    people = store.rows("SELECT name FROM contact ORDER BY id DESC LIMIT 4")
    return [
        *names,
        *(name.casefold()[1:] for name in names[:3]),
        *(row[0] for row in phones),
        *(row[0].lstrip("+")[-7:] for row in phones),
        *(row[0] for row in people),
        "romashka",
        "ромашка",
        "hjvfirf",
        "ромшака",
        "ооо снаб",
        "C-17",
        "R-1042",
        "7701",
        "zzzzzz",
        "info@",
    ]


def _at(size: int) -> str:
    return f"{size:,} clients".replace(",", " ")
