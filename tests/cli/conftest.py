"""A command line on a file of its own, in this process."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from command_line import CommandLine

from onewindow.desk import opening
from onewindow.store.sqlite_library import sqlite

_FRESH_SECONDS = 10.0
"""A file with one client is copied for so long: to every test it is as if it had been made just now."""
_made: dict[tuple[str, Callable[[], datetime]], tuple[float, bytes]] = {}
"""When that file was made and what is in it, by the zone and clock that were in force."""


@pytest.fixture(autouse=True)
def _own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    monkeypatch.setenv("ONEWINDOW_CONFIG", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("TZ", "Europe/Moscow")
    for name in ("ONEWINDOW_DB", "ONEWINDOW_USER", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def cli(tmp_path: Path) -> CommandLine:
    """An empty file."""
    return CommandLine(tmp_path / "onewindow.db")


@pytest.fixture
def romashka(cli: CommandLine) -> CommandLine:
    """A file with one client, C-1 Ромашка, and their Анна Ким."""
    surroundings = (os.environ.get("TZ", ""), opening.system_clock)
    made_at, content = _made.get(surroundings, (-_FRESH_SECONDS, b""))
    if time.monotonic() - made_at < _FRESH_SECONDS:
        cli.database.write_bytes(content)
        with closing(sqlite.connect(str(cli.database), isolation_level=None)) as own:
            own.execute("UPDATE file_identity SET id = lower(hex(randomblob(8)))")
        return cli
    cli.run("client", "add", "Ромашка", "--tier", "A", "--city", "Казань")
    cli.run("contact", "add", "romashka", "Анна Ким", "--phone", "8 912 345-67-89", "--main", "yes")
    _made[surroundings] = (time.monotonic(), cli.database.read_bytes())
    return cli
