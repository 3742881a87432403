"""A command line on a file of its own, in this process."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import CommandLine


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
    """A file with one client, C-1 Ромашка, and his Анна Ким."""
    cli.run("client", "add", "Ромашка", "--tier", "A", "--city", "Казань")
    cli.run("contact", "add", "romashka", "Анна Ким", "--phone", "8 912 345-67-89", "--main", "yes")
    return cli
