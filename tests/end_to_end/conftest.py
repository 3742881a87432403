"""A demo firm on a real file, as `onewindow demo` makes it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_once import made_once
from terminal import Terminal, onewindow


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo firm, built once a run by the command itself; tests take copies."""
    return made_once(tmp_path_factory, "demo-of-the-command", _build)


def _build(path: Path) -> None:
    built = subprocess.run(
        onewindow("demo", "--no-open", "--db", str(path)), capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Path:
    """A copy of the demo firm for one test."""
    return Path(shutil.copy(demo_file, tmp_path / "demo.db"))


@pytest.fixture
def opened() -> Iterator[list[Terminal]]:
    """Terminals that a test opened; they are closed after it."""
    terminals: list[Terminal] = []
    yield terminals
    for terminal in terminals:
        terminal.kill()
