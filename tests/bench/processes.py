"""Whole processes: the window from its start to its first content, its memory, and one command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from onewindow.desk.clients.last_client import first_client
from onewindow.records.clients import Client
from onewindow.store import rows
from tests.bench.files import Files, open_session
from tests.bench.floor_app import GREETING
from tests.bench.program import ROOT, Program, floor_program, neutral, window_program
from tests.bench.samples import Line, Samples, milliseconds, ratio_line
from tests.terminal import onewindow

_SETTLE_SECONDS = 0.6
_FLOOR = "floor"
_EMPTY_APP = "an empty Textual app"


def start_and_memory(files: Files, sizes: list[int], rounds: int) -> Iterator[Line]:
    """Start to first content and memory after opening, against the empty app and the smallest size."""
    starts: dict[str, list[float]] = {}
    memory: dict[str, list[float]] = {}
    runs = _runs(files, sizes)
    for number in range(rounds + 1):
        for name, (begin, wanted) in runs.items():
            with begin() as program:
                started = program.wait_for_bytes(*wanted)
                program.read(_SETTLE_SECONDS)
                if number:  # the first round compiles and fills the page cache
                    starts.setdefault(name, []).append(started)
                    memory.setdefault(name, []).append(program.resident_mb)
    floor, floor_memory = Samples.of(starts.pop(_FLOOR)), Samples.of(memory.pop(_FLOOR))
    smallest = Samples.of(memory[_name(sizes[0])])
    for name, values in starts.items():
        yield ratio_line(
            "start to first content", name, Samples.of(values), floor, limit=1.25, floor_name=_EMPTY_APP
        )
    for name, values in memory.items():
        ours = Samples.of(values)
        yield ratio_line(
            "memory after opening", name, ours, floor_memory, limit=1.5, floor_name=_EMPTY_APP, unit="MB"
        )
        if name != _name(sizes[0]):
            floor_name = f"ours at {_name(sizes[0])}"
            yield ratio_line(
                "memory after opening", name, ours, smallest, limit=1.1, floor_name=floor_name, unit="MB"
            )


def show(files: Files, sizes: list[int], rounds: int) -> Iterator[Line]:
    """`onewindow client show` against a process that imports what it cannot do without."""
    environ = {**os.environ, **neutral(files.configuration)}
    commands = {_FLOOR: [sys.executable, "-c", "import click, sqlite3"]}
    commands |= {
        _name(size): onewindow("--db", str(files.demo(size)), "client", "show", "C-1") for size in sizes
    }
    taken: dict[str, list[float]] = {}
    for number in range(rounds + 1):
        for name, command in commands.items():
            spent = milliseconds(lambda command=command: _run(command, environ))
            if number:
                taken.setdefault(name, []).append(spent)
    floor = Samples.of(taken.pop(_FLOOR))
    for name, values in taken.items():
        yield ratio_line(
            "`onewindow client show`",
            name,
            Samples.of(values),
            floor,
            limit=2,
            floor_name="a process that imports click and sqlite3",
        )


def _run(command: list[str], environ: dict[str, str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT, env=environ)


def _runs(files: Files, sizes: list[int]) -> dict[str, tuple[Callable[[], Program], tuple[str, ...]]]:
    """What to start under each name, and which texts are its first content."""
    found: dict[str, tuple[Callable[[], Program], tuple[str, ...]]] = {
        _FLOOR: (lambda: floor_program(files.configuration), (GREETING,))
    }
    for size in sizes:
        database = files.demo(size)
        begin: Callable[[], Program] = lambda path=database: window_program(path, files.configuration)  # noqa: E731
        found[_name(size)] = begin, ("1 requests", _name_of_first(database))
    return found


def _name_of_first(database: Path) -> str:
    """The client whom the window shows first."""
    session = open_session(database)
    with session.store as store:
        client_id = first_client(session)
        return rows.get(store, Client, client_id).name if client_id is not None else ""


def _name(size: int) -> str:
    return f"{size:,} clients".replace(",", " ")
