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

_LONGEST_WAY_SECONDS = 20.0
"""So long a process of a busy machine may take to the end of the queue."""
_A_MOMENT_SECONDS = 0.01
_LOCKS = Path("/proc/locks")


def _go(process: subprocess.Popen[str], store: Store) -> None:
    """Let a process queue up, and wait until it stands there: who came first is certain then."""
    assert process.stdin is not None
    before = _in_queue(store)
    process.stdin.write("\n")
    process.stdin.flush()
    end = time.monotonic() + _LONGEST_WAY_SECONDS
    while _in_queue(store) <= before and time.monotonic() < end:
        time.sleep(_A_MOMENT_SECONDS)


def _in_queue(store: Store) -> int:
    """How many have or want a turn: one has the inner door, one the outer one, and the others wait there."""
    file = f":{store.path.with_name(store.path.name + '.lock').stat().st_ino} "
    return sum(1 for line in _LOCKS.read_text("ascii").splitlines() if file in line)


def _until_somebody_is_next(store: Store) -> None:
    """Wait until somebody has the outer door again: who was woken for it may take a moment to come."""
    file = f":{store.path.with_name(store.path.name + '.lock').stat().st_ino} "
    end = time.monotonic() + _LONGEST_WAY_SECONDS
    while time.monotonic() < end:
        lines = [line for line in _LOCKS.read_text("ascii").splitlines() if file in line]
        if any("FLOCK" not in line and "->" not in line for line in lines):
            return
        time.sleep(_A_MOMENT_SECONDS)


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
                _go(process, store)
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
        with store.exclusive():
            for process in queue:
                _go(process, store)
        started = time.monotonic()
        new_client(store, "z")
        for process in queue:
            finish(process)
        # Whoever was the last of them waited longer than anybody may while nothing moves.
        assert time.monotonic() - started > 2 * engine.BUSY_SECONDS
        assert sorted(_written(store)) == list("abcdefz")


def test_who_dies_in_the_queue_holds_nobody_up(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        queue = _queue_of(store, "abcd")
        with store.exclusive():
            for process in queue:
                _go(process, store)
            for process in (queue[0], queue[2]):
                process.send_signal(signal.SIGKILL)
                process.communicate()
                _until_somebody_is_next(store)
        for process in (queue[1], queue[3]):
            finish(process)
        assert _written(store) == "bd"


def test_who_is_stopped_in_the_queue_holds_nobody_up(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        queue = _queue_of(store, "abcd")
        with store.exclusive():
            for process in queue:
                _go(process, store)
            queue[0].send_signal(signal.SIGSTOP)
        for process in queue[1:]:
            finish(process)
        assert sorted(_written(store)) == list("bcd")
        begun = time.monotonic()
        new_client(store, "z")
        assert time.monotonic() - begun < engine.BUSY_SECONDS / 2
        queue[0].send_signal(signal.SIGCONT)
        finish(queue[0])
        assert sorted(_written(store)) == list("abcdz")
        assert _in_queue(store) == 0


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
