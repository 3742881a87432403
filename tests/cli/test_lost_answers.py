"""Answers that cannot be written: what is stored is said to be stored, and nothing ends in a traceback."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

_PROGRAM = f"{sys.executable} -m onewindow"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a file of one client."""
    done = shell("client add Первый", tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path


def shell(words: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run the program in a shell that may redirect its streams."""
    environ = {**os.environ, "ONEWINDOW_DB": str(home / "t.db"), "HOME": str(home), "LC_ALL": "C.UTF-8"}
    environ.pop("XDG_CONFIG_HOME", None)
    return subprocess.run(
        ["bash", "-c", f"{_PROGRAM} {words}"],
        capture_output=True, text=True, env=environ, cwd=home, check=False, timeout=60,
    )  # fmt: skip


def clients(home: Path) -> int:
    with closing(sqlite3.connect(home / "t.db")) as file:
        return file.execute("SELECT count(*) FROM client").fetchone()[0]


@pytest.mark.parametrize(
    ("lost", "reason"), [(">/dev/full", "no space left on device"), (">&-", "bad file descriptor")]
)
def test_what_is_stored_is_said_to_be_stored(lost: str, reason: str, home: Path) -> None:
    done = shell(f"client add Второй {lost}", home)
    assert done.returncode == 0
    assert done.stderr == (
        f"Stored: new client: C-2 Второй. Only the answer could not be written ({reason}).\n"
    )
    assert clients(home) == 2


@pytest.mark.parametrize("lost", [">/dev/full 2>/dev/full", ">&- 2>&-", "<&- >&- 2>&-", "<&-"])
def test_a_command_that_nobody_hears_does_its_work(lost: str, home: Path) -> None:
    assert shell(f"client add Второй {lost}", home).returncode == 0
    assert clients(home) == 2
    with closing(sqlite3.connect(home / "t.db")) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_question_without_an_answer_could_not_be_done(home: Path) -> None:
    done = shell("client list >/dev/full", home)
    assert (done.returncode, done.stderr) == (
        1,
        "The answer cannot be written (no space left on device); nothing was stored.\n",
    )


def test_a_reader_who_leaves_is_no_mistake(home: Path) -> None:
    done = shell("manual | head -1; exit ${PIPESTATUS[0]}", home)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_copy_that_was_made_is_told_too(home: Path) -> None:
    done = shell("db backup copy.db >/dev/full", home)
    assert done.returncode == 0
    assert done.stderr.startswith(f"Stored: a copy, {home / 'copy.db'}.")
    assert (home / "copy.db").exists()


def test_a_window_without_a_terminal_prints_the_client(home: Path) -> None:
    done = shell("<&-", home)
    assert done.returncode == 0
    assert "Первый" in done.stdout
    assert done.stderr.startswith("There is no terminal here")


def test_no_command_of_the_program_breaks_without_its_streams(home: Path) -> None:
    script = Path(__file__).with_name("lost_streams.py")
    done = subprocess.run(
        [sys.executable, str(script), str(home / "t.db"), str(home)],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    tried = [json.loads(line) for line in done.stderr.splitlines()]
    assert len(tried) > 150
    for attempt in tried:
        assert attempt["code"] in (0, 1, 2), attempt
        assert not any(
            word in attempt["said"] for word in ("Traceback", "went wrong", "Exception ignored")
        ), attempt
        assert attempt["said"].count("\n") <= 2, attempt
