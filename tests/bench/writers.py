"""Many processes that write into one file, against bare SQLite writing the same rows. Linux only.

`python -m tests.bench.writers KIND FILE WRITERS SECONDS` is one crowd: it loads the program once, forks its
writers, lets them write for so long, and prints what each write took as JSON.
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
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from random import Random

from onewindow.desk.intake import Intake, register
from onewindow.store.engine import Value
from onewindow.store.problems import Busy
from onewindow.store.sqlite_library import sqlite
from tests.bench.files import Files, open_session
from tests.bench.program import ROOT
from tests.bench.samples import Line, Samples, milliseconds

_THINK_SECONDS = 1.0
_READY_SECONDS = 120.0
_CLIENTS = 100
"""So many clients are written about, each writer about all of them."""
_BARE_TIMEOUT_SECONDS = 600.0
"""Bare SQLite is never refused, however long it waits."""
_REFUSED = -1.0
_LIMIT = 2.0
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16384")
_WRITES = ("INSERT", "UPDATE", "DELETE")

_Write = Callable[[int], object]


def crowds(files: Files, clients: int, crowd_sizes: tuple[int, ...], seconds: float) -> Iterator[Line]:
    """What a write takes while so many others write, each after a second of thought, ours and bare."""
    for writers in crowd_sizes:
        taken = {kind: _crowd(files, clients, kind, writers, seconds) for kind in ("bare", "ours")}
        refused = sum(1 for spent in taken["ours"] if spent == _REFUSED)
        bare = Samples.of(taken["bare"])
        ours = Samples.of(spent for spent in taken["ours"] if spent != _REFUSED)
        ratio = ours.p99 / bare.p99
        at = f"{writers} open sessions"
        yield Line("writes refused", at, "none", f"{refused} of {len(taken['ours'])}", refused, 0)
        measured = f"p99 {ratio:.2f} ×: {ours.spoken('ms')} against {bare.spoken('ms')}"
        budget = f"p99 ≤ {_LIMIT:g} × bare SQLite writers of the same rows"
        yield Line("a new request among many writers", at, budget, measured, ratio, _LIMIT)


def _crowd(files: Files, clients: int, kind: str, writers: int, seconds: float) -> list[float]:
    """Milliseconds of every write of a crowd, in a fresh copy of the demo firm."""
    path = files.configuration / "writers.db"
    shutil.copyfile(files.demo(clients), path)
    command = [sys.executable, "-m", "tests.bench.writers", kind, str(path), str(writers), str(seconds)]
    try:
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    finally:
        for left in path.parent.glob(path.name + "*"):
            left.unlink()
    return json.loads(done.stdout)


def _run_crowd(kind: str, path: Path, writers: int, seconds: float) -> list[float]:
    template = _template(path)  # which also loads what a first write loads, before there are many processes
    context = multiprocessing.get_context("fork")
    start = context.Barrier(writers)
    pipes = [context.Pipe(duplex=False) for _ in range(writers)]
    crowd = [
        context.Process(
            target=_work, args=(path, template if kind == "bare" else None, number, seconds, start, answer)
        )
        for number, (_, answer) in enumerate(pipes)
    ]
    for process in crowd:
        process.start()
    taken = [spent for receiver, _ in pipes for spent in receiver.recv()]
    for process in crowd:
        process.join()
    return taken


def _work(
    path: Path,
    template: list[tuple[str, int]] | None,
    number: int,
    seconds: float,
    start: Barrier,
    answer: Connection,
) -> None:
    """Be one writer: think, write, and so on; of other lengths each time, so that none march in step."""
    chance = Random(number)
    write = _our_writer(path) if template is None else _bare_writer(path, template, number)
    write(number % _CLIENTS)  # what a process loads and compiles once is no part of the queue
    taken: list[float] = []
    start.wait(_READY_SECONDS)
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
    answer.send(taken)


def _our_writer(path: Path) -> _Write:
    session = open_session(path)
    found = session.store.rows("SELECT id FROM client WHERE archived_at IS NULL ORDER BY id LIMIT 100")
    lines = [Intake(session, client_id).understand("не печатает счёт !высокий") for (client_id,) in found]
    return lambda about: register(session, lines[about % len(lines)])


def _bare_writer(path: Path, template: list[tuple[str, int]], number: int) -> _Write:
    connection = sqlite.connect(path, isolation_level=None, timeout=_BARE_TIMEOUT_SECONDS)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    last_id = (1 << 62) + (number << 40)  # behind all that there are

    def write(_: int) -> None:
        nonlocal last_id
        connection.execute("BEGIN IMMEDIATE")
        names: dict[str, Value] = {}
        for sql, ids in template:
            for place in range(ids):
                names.setdefault(f"id{place}", last_id + place)
            if "seq" not in names and ":seq" in sql:
                names["seq"] = connection.execute("SELECT MAX(seq) FROM event").fetchone()[0]
            row = connection.execute(sql, names).fetchall()
            if "RETURNING" in sql:
                names["number"] = row[0][0]
        connection.execute("COMMIT")
        last_id += len(names)

    return write


def _template(path: Path) -> list[tuple[str, int]]:
    """The statements of one of our writes that change something, with names for what is new in each write.

    With each comes the number of new ids that are known by then.
    """
    session = open_session(path)
    with session.store as store:
        line = Intake(session, store.scalar("SELECT MIN(id) FROM client")).understand("не печатает счёт")
        register(session, line)
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
            ids += [
                word for word in re.findall(r"\b\d{15,19}\b", sql) if int(word) > newest and word not in ids
            ]
            for place, word in enumerate(ids):
                sql = re.sub(rf"\b{word}\b", f":id{place}", sql)
            for offset in range(1, 10):
                sql = re.sub(rf"VALUES \({seq + offset}, ", f"VALUES (:seq + {offset}, ", sql)
            if sql.startswith("INSERT INTO request "):
                sql = re.sub(rf"\b{last_number + 1}\b", ":number", sql, count=1)
            template.append((sql, len(ids)))
        return template


if __name__ == "__main__":
    what, database, size, duration = sys.argv[1:]
    print(json.dumps(_run_crowd(what, Path(database), int(size), float(duration))))  # noqa: T201
