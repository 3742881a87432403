"""Another process that has a request open and writes an answer in it, until it is told to go or killed."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from onewindow.desk.opening import at_work
from onewindow.desk.session.presence import Presence
from onewindow.settings import Settings
from onewindow.store.engine import open_store
from onewindow.store.people import organization
from onewindow.store.session import presence

NOW = datetime(2026, 11, 23, 11, 32, tzinfo=UTC)


def start(path: Path, login: str, record_id: int) -> subprocess.Popen[str]:
    """A process of that person with that request open; its first line says that all is noted."""
    return subprocess.Popen(
        [sys.executable, __file__, str(path), login, str(record_id)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )


def line(process: subprocess.Popen[str]) -> str:
    """The next line of a process, waited for."""
    assert process.stdout is not None
    return process.stdout.readline().rstrip("\n")


def finish(process: subprocess.Popen[str]) -> None:
    """Let it go by itself, which it must do well."""
    process.communicate("", timeout=60)
    assert process.returncode == 0


def _look(path: Path, login: str, record_id: int) -> None:
    with open_store(path) as store:
        me = organization.staff_by_login(store, login)
        assert me is not None
        here = Presence(at_work(store, me, Settings(), lambda: NOW, "Europe/Moscow"))
        here.open("request", record_id)
        here.claim(True)
        while not any(each.is_claimed for each in presence.onlookers(store, "request", record_id, "", "")):
            pass
        print("open", flush=True)  # noqa: T201  the test reads it
        sys.stdin.readline()
        here.close()


if __name__ == "__main__":
    _look(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
