"""The queue of writers: who came first writes first, nobody is refused while it moves, the dead are gone."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path
from statistics import median

import pytest
from store_processes import finish, line, start
from store_samples import new_client, new_store

from onewindow.store import engine
from onewindow.store.engine import Store, open_store
from onewindow.store.problems import Busy

_APART_SECONDS = 0.05
"""Between two who queue up, so that the order in which they came is certain."""


def _go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
    time.sleep(_APART_SECONDS)


def _queue_of(store: Store, names: str, seconds: float = 0.0) -> list[subprocess.Popen[str]]:
    """Processes that have the file open and queue up when told, each for a turn of that length."""
    processes = [start("queue up", store.path, name, str(seconds)) for name in names]
    assert [line(process) for process in processes] == ["ready"] * len(names)
    return processes


def _written(store: Store) -> str:
    return "".join(name for (name,) in store.rows("SELECT name FROM client ORDER BY number"))


def test_who_came_first_writes_first(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        queue = _queue_of(store, "abcdefgh")
        with store.exclusive():
            for process in queue:
                _go(process)
        for process in queue:
            finish(process)
        assert _written(store) == "abcdefgh"


def test_who_writes_on_and_on_lets_each_who_waits_in_between(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        new_client(store, "shared")
        busy = start("write on", store.path, "busy")
        for _ in range(5):
            line(busy)
        ahead: list[int] = []
        for _ in range(20):
            newest = store.scalar("SELECT MAX(number) FROM client")
            ahead.append(new_client(store, "mine").number - newest - 1)
        busy.kill()
        busy.communicate()
        # The one that is being written when I come, and at times one that came just before me.
        assert median(ahead) <= 2


def test_a_queue_that_moves_refuses_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.5)
    with new_store(tmp_path) as store:
        queue = _queue_of(store, "abcdef", 0.3)
        for process in queue:
            _go(process)
        started = time.monotonic()
        new_client(store, "last")
        assert time.monotonic() - started > 2 * engine.BUSY_SECONDS
        for process in queue:
            finish(process)
        assert _written(store) == "abcdeflast"


def test_who_dies_in_the_queue_holds_nobody_up(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        queue = _queue_of(store, "abcd")
        with store.exclusive():
            for process in queue:
                _go(process)
            for process in (queue[0], queue[2]):
                process.send_signal(signal.SIGKILL)
                process.communicate()
        for process in (queue[1], queue[3]):
            finish(process)
        assert _written(store) == "bd"


def test_a_writer_who_gave_up_waits_no_more_and_may_write_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    with new_store(tmp_path) as store, open_store(store.path) as second:
        holder = start("hold", store.path)
        assert line(holder) == "holding"
        for _ in range(3):
            with pytest.raises(Busy, match="nothing was saved"):
                new_client(store)
        with pytest.raises(Busy, match="nothing was saved"):
            new_client(second)
        finish(holder)
        assert [new_client(store).number, new_client(second).number, new_client(store).number] == [1, 2, 3]
