"""Other processes for tests of sharing: `start` runs one of the parts below in an interpreter of its own.

A part prints a line for each thing it has done, so that a test knows what was acknowledged before it goes on.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from store_samples import change, new_client

from onewindow.records.clients import Client
from onewindow.store.changes import Transaction
from onewindow.store.engine import open_store
from onewindow.store.rows import get


def start(part: str, path: Path, *words: str) -> subprocess.Popen[str]:
    """A process that plays a part on a file; its standard output has one line for each thing done."""
    return subprocess.Popen(
        [sys.executable, __file__, part, str(path), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )


def line(process: subprocess.Popen[str]) -> str:
    """The next line of a process, waited for."""
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


def finish(process: subprocess.Popen[str]) -> str:
    """Let a process end by itself, which it must do well, and give back what it still printed."""
    printed, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return printed


def _tell(*words: object) -> None:
    print(*words, flush=True)  # noqa: T201  the test reads it


def _open(path: Path) -> None:
    """Be one of several that start on a file that is not there yet, when told."""
    _tell("ready")
    sys.stdin.readline()
    open_store(path, create=True).close()


def _stay(path: Path) -> None:
    """Have the file open until told to go."""
    with open_store(path):
        _tell("open")
        sys.stdin.readline()


def _hold(path: Path) -> None:
    """Be in the middle of a write until told to go on."""
    with open_store(path) as store, store.exclusive():
        _tell("holding")
        sys.stdin.readline()


def _queue_up(path: Path, who: str, seconds: str) -> None:
    """Queue up when told, write one client, and stay in the turn for some time."""
    with open_store(path) as store:
        _tell("ready")
        sys.stdin.readline()

        def work(transaction: Transaction) -> None:
            transaction.insert(Client(name=who))
            time.sleep(float(seconds))

        change(store, work, actor=who)
        _tell("written")


def _write(path: Path, who: str, count: str) -> None:
    """Insert clients one by one and count in one that all share."""
    with open_store(path) as store:
        shared = store.scalar("SELECT MIN(id) FROM client")

        def work(transaction: Transaction) -> None:
            transaction.insert(Client(name=who))
            before = get(store, Client, shared)
            transaction.update(before, {"note": str(int(before.note or "0") + 1)})

        for i in range(int(count)):
            change(store, work, actor=who)
            _tell(i)


def _write_on(path: Path, who: str) -> None:
    """Insert clients until killed, and tell the id of each as soon as it is saved."""
    with open_store(path) as store:
        while True:
            _tell(new_client(store, who, actor=who).id)


_PARTS: dict[str, Callable[..., None]] = {
    "open": _open,
    "stay": _stay,
    "hold": _hold,
    "queue up": _queue_up,
    "write": _write,
    "write on": _write_on,
}

if __name__ == "__main__":
    _PARTS[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
