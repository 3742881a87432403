"""An import whose process is killed: the file is as it was before, and the import can come again."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import CommandLine

from onewindow.desk.caches import client_caches
from onewindow.store.engine import Store, open_store
from onewindow.store.sqlite_library import sqlite

_ROWS = 4000


@pytest.mark.parametrize("moment", ["rows are read", "the log is written"])
def test_a_killed_import_leaves_nothing_or_all(romashka: CommandLine, tmp_path: Path, moment: str) -> None:
    source = tmp_path / "clients.csv"
    lines = (f"{number};Вектор {number};контакт {number}\n" for number in range(_ROWS))
    source.write_text("code;name;contact person\n" + "".join(lines), "utf-8")
    log = romashka.database.with_name(romashka.database.name + "-wal")

    with open_store(romashka.database) as store:  # keeps the log, which the last to leave would empty
        before = _contents(store)
        size = log.stat().st_size
        words = ("--db", str(romashka.database), "--as", "anna", "import", "clients", str(source))
        process = subprocess.Popen([sys.executable, "-m", "onewindow", *words])
        if moment == "rows are read":
            _wait(lambda: _somebody_writes(store))
        else:
            _wait(lambda: log.stat().st_size > size + 100_000)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL

        after = _contents(store)
        if moment == "rows are read" or after["import_run"] == before["import_run"]:
            assert after == before
        else:
            assert after["client"] == before["client"] + _ROWS
        assert store.rows("PRAGMA quick_check") == [("ok",)]
        assert client_caches.differences(store) == []

    romashka.run("import", "clients", str(source))
    with open_store(romashka.database) as store:
        assert _contents(store)["client"] == before["client"] + _ROWS


def _contents(store: Store) -> dict[str, int]:
    tables = ("client", "contact", "requisites", "event", "change_set", "import_run", "client_stat")
    return {
        table: store.scalar(f"SELECT COUNT(*) FROM {table}") for table in (*tables, "search_doc", "counter")
    }


def _somebody_writes(store: Store) -> bool:
    store.rows("PRAGMA busy_timeout = 0")
    try:
        store.connection.execute("BEGIN IMMEDIATE")
    except sqlite.OperationalError:
        return True
    store.connection.execute("ROLLBACK")
    return False


def _wait(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.0005)
