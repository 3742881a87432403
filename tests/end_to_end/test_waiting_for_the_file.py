"""Another program holds the file: the window says that it waits, and impatient keys do nothing afterwards."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from terminal import Terminal, onewindow


def test_a_save_that_waits_says_so_and_runs_no_impatient_key(demo: Path) -> None:
    with Terminal(onewindow("--db", str(demo), "--as", "ivanova"), columns=120, rows=40) as terminal:
        terminal.wait_for("? help")
        terminal.press("1")
        terminal.type("n")
        terminal.wait_for("new request")
        terminal.type("замок")
        terminal.wait_for("замок")
        terminal.read(1.5)  # the draft is kept
        with closing(sqlite3.connect(demo, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            began = time.monotonic()
            terminal.press("enter")
            terminal.wait_for("Waiting for the file")
            assert time.monotonic() - began > 0.4, "a wait that nobody notices is not told"
            terminal.press("enter")
            terminal.type("x")
            other.execute("ROLLBACK")
        terminal.wait_for("Saved R-")
        terminal.wait_gone("Waiting for the file")
        terminal.read(0.7)
        assert "Resolve" not in terminal.text
        assert "new request" not in terminal.text
    with closing(sqlite3.connect(demo)) as connection:
        assert connection.execute("SELECT COUNT(*) FROM request WHERE title = 'замок'").fetchone() == (1,)
