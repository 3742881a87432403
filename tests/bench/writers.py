"""Many processes that write into one file, against bare SQLite writing the same rows. Linux only.

`python -m tests.bench.writers BARE OURS WRITERS SECONDS` is one crowd: it loads the program once, forks its
writers, lets them write into both files, a while into one and a while into the other, so that both meet one
disk, and prints as JSON what each write took.

A bare writer knows the statements of one of our writes and does nothing but run them: the same rows of the
request, its event, the log, the counters and the client's line in the lists, about as many clients, under ids
that rise with time as ours do. Search has no rows of a request, whose number leads to it.
"""

from __future__ import annotations

import json
import multiprocessing
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from random import Random

from onewindow.desk.requests.intake import Intake, ParsedLine
from onewindow.desk.requests.registering import register
from onewindow.store.engine import Store, Value
from onewindow.store.problems import Busy
from onewindow.store.sqlite_library import sqlite
from tests.bench.files import Files, open_session
from tests.bench.program import ROOT
from tests.bench.samples import Line, Samples, milliseconds

_THINK_SECONDS = 1.0
_READY_SECONDS = 120.0
_TYPED = "не печатает счёт !высокий"
_BEHIND_ALL_IDS = 1 << 62
_LEFT_BEHIND = "UPDATE client_stat SET behind"
_CLIENTS = 100
"""So many clients are written about, each writer about all of them."""
_BARE_TIMEOUT_SECONDS = 600.0
"""Bare SQLite is never refused, however long it waits."""
_REFUSED = -1.0
_LIMIT = 2.0
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16384")
_WRITES = ("INSERT", "UPDATE", "DELETE")

_ROUND_SECONDS = 15.0
"""So long at most one kind of writers goes on before the other kind does."""

_Write = Callable[[int], object]


def crowds(files: Files, clients: int, crowd_sizes: tuple[int, ...], seconds: float) -> Iterator[Line]:
    """What a write takes while so many others write, each after a second of thought, ours and bare."""
    for writers in crowd_sizes:
        taken = _crowd(files, clients, writers, seconds)
        refused = sum(1 for spent in taken["ours"] if spent == _REFUSED)
        bare = Samples.of(taken["bare"])
        ours = Samples.of(spent for spent in taken["ours"] if spent != _REFUSED)
        ratio = ours.p99 / bare.p99
        at = f"{writers} open sessions"
        yield Line("writes refused", at, "none", f"{refused} of {len(taken['ours'])}", refused, 0)
        measured = f"p99 {ratio:.2f} ×: {ours.spoken('ms')} against {bare.spoken('ms')}"
        budget = f"p99 ≤ {_LIMIT:g} × bare SQLite writers of the same rows"
        yield Line("a new request among many writers", at, budget, measured, ratio, _LIMIT)


def _crowd(files: Files, clients: int, writers: int, seconds: float) -> dict[str, list[float]]:
    """Milliseconds of every write of a crowd by kind, each in a fresh copy of the demo firm."""
    paths = [files.configuration / f"{kind}-writers.db" for kind in ("bare", "ours")]
    for path in paths:
        shutil.copyfile(files.demo(clients), path)
    command = [sys.executable, "-m", "tests.bench.writers", *map(str, (*paths, writers, seconds))]
    try:
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    finally:
        for path in paths:
            for left in path.parent.glob(path.name + "*"):
                left.unlink()
    return json.loads(done.stdout)


def _run_crowd(bare: Path, ours: Path, writers: int, seconds: float) -> dict[str, list[float]]:
    rounds = max(1, round(seconds / _ROUND_SECONDS))
    template = _template(bare)  # which also loads what a first write loads, before there are many processes
    work = _Work(bare, ours, template, _lines(ours), rounds, seconds / rounds)
    context = multiprocessing.get_context("fork")
    start = context.Barrier(writers)
    pipes = [context.Pipe(duplex=False) for _ in range(writers)]
    crowd = [
        context.Process(target=work.do, args=(number, start, answer))
        for number, (_, answer) in enumerate(pipes)
    ]
    for process in crowd:
        process.start()
    taken: dict[str, list[float]] = {"bare": [], "ours": []}
    for receiver, _ in pipes:
        for kind, spent in receiver.recv().items():
            taken[kind] += spent
    for process in crowd:
        process.join()
    return taken


@dataclass(frozen=True)
class _Work:
    """What all writers of a crowd do."""

    bare: Path
    ours: Path
    template: list[tuple[str, int]]
    lines: list[ParsedLine]
    rounds: int
    seconds: float

    def do(self, number: int, start: Barrier, answer: Connection) -> None:
        """Be one writer, of both kinds in turns."""
        chance = Random(number)
        writes = {
            "bare": _bare_writer(
                self.bare, self.template, [each.client.id for each in self.lines if each.client]
            ),
            "ours": _our_writer(self.ours, self.lines),
        }
        taken: dict[str, list[float]] = {kind: [] for kind in writes}
        for write in writes.values():
            write(number)  # what a process loads and compiles once is no part of the queue
        for _ in range(self.rounds):
            for kind, write in writes.items():
                start.wait(_READY_SECONDS)
                taken[kind] += _written(write, chance, self.seconds)
        answer.send(taken)


def _written(write: _Write, chance: Random, seconds: float) -> list[float]:
    """Think, write, and so on for a while; of other lengths each time, so that none march in step."""
    taken: list[float] = []
    end = time.monotonic() + seconds
    pause = chance.uniform(0, _THINK_SECONDS)
    while time.monotonic() + pause < end:
        time.sleep(pause)
        about = chance.randrange(_CLIENTS)
        try:
            taken.append(milliseconds(lambda about=about: write(about)))
        except Busy:
            taken.append(_REFUSED)
        pause = chance.uniform(0.5, 1.5) * _THINK_SECONDS
    return taken


def _lines(path: Path) -> list[ParsedLine]:
    """What is understood of the line that each write registers, one for each client."""
    session = open_session(path)
    with session.store as store:
        found = store.rows("SELECT id FROM client WHERE archived_at IS NULL ORDER BY id LIMIT :n", n=_CLIENTS)
        return [Intake(session, client_id).understand(_TYPED) for (client_id,) in found]


def _our_writer(path: Path, lines: list[ParsedLine]) -> _Write:
    session = open_session(path)
    return lambda about: register(session, lines[about % len(lines)])


def _bare_writer(path: Path, template: list[tuple[str, int]], clients: list[int]) -> _Write:
    connection = sqlite.connect(path, isolation_level=None, timeout=_BARE_TIMEOUT_SECONDS)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")

    def write(about: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        newest = _BEHIND_ALL_IDS + time.time_ns()
        names: dict[str, Value] = {"client": clients[about % len(clients)]}
        for sql, ids in template:
            for place in range(ids):
                names.setdefault(f"id{place}", newest + place)
            if "seq" not in names and ":seq" in sql:
                names["seq"] = connection.execute("SELECT MAX(seq) FROM event").fetchone()[0]
            row = connection.execute(sql, names).fetchall()
            if "RETURNING" in sql:
                names["number"] = row[0][0]
        connection.execute("COMMIT")

    return write


def _template(path: Path) -> list[tuple[str, int]]:
    """The statements of one of our writes that change something, with names for what is new in each write.

    With each comes the number of new ids that are known by then. The write is one among others, as those that
    it is compared with.
    """
    session, other = open_session(path), open_session(path)
    with other.store, session.store as store:
        line = Intake(session, store.scalar("SELECT MIN(id) FROM client")).understand(_TYPED)
        assert line.client is not None
        register(session, line)
        register(other, line)
        newest = store.scalar("SELECT MAX(id) FROM change_set")
        seq = store.scalar("SELECT MAX(seq) FROM event")
        last_number = store.scalar("SELECT n FROM counter WHERE name = 'request'")
        found: list[str] = []
        store.connection.set_trace_callback(found.append)
        register(session, line)
        store.connection.set_trace_callback(None)
        statements = [sql for sql in found if sql.lstrip().startswith(_WRITES)]
        ids: list[str] = []
        template: list[tuple[str, int]] = []
        for sql in statements:
            if sql.startswith(_LEFT_BEHIND):
                sql = _line_in_lists(store, line.client.id)
            ids += [
                word for word in re.findall(r"\b\d{15,19}\b", sql) if int(word) > newest and word not in ids
            ]
            for place, word in enumerate(ids):
                sql = re.sub(rf"\b{word}\b", f":id{place}", sql)
            for offset in range(1, 10):
                sql = re.sub(rf"VALUES \({seq + offset}, ", f"VALUES (:seq + {offset}, ", sql)
            if sql.startswith("INSERT INTO request "):
                sql = re.sub(rf"\b{last_number + 1}\b", ":number", sql, count=1)
            template.append((re.sub(rf"\b{line.client.id}\b", ":client", sql), len(ids)))
        return template


def _line_in_lists(store: Store, client_id: int) -> str:
    """What our write among others keeps in the line of its client, as values that nobody has to look for."""
    due, touched = store.connection.execute(
        "SELECT next_due_at, last_touch_at FROM client_stat WHERE client_id = ?", (client_id,)
    ).fetchone()
    return (
        f"UPDATE client_stat SET behind = :seq + 2, open_count = open_count + 1, next_due_at = '{due}',"
        f" last_touch_at = '{touched}' WHERE client_id = :client"
    )


if __name__ == "__main__":
    bare_file, our_file, size, duration = sys.argv[1:]
    taken_by_kind = _run_crowd(Path(bare_file), Path(our_file), int(size), float(duration))
    print(json.dumps(taken_by_kind))  # noqa: T201
