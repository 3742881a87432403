"""A review in a real terminal that is killed half way and goes on where it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from terminal import Terminal, onewindow


def test_a_review_goes_on_where_the_program_was_killed(demo: Path) -> None:
    command = onewindow("--db", str(demo), "--as", "ivanova")
    with Terminal(command, columns=110, rows=36) as terminal:
        terminal.wait_for("? help")
        terminal.press("R")
        terminal.wait_for("18 of 38 reviewed")
        terminal.press("t")
        terminal.wait_for("19 of 38 reviewed")
        terminal.press("e")
        terminal.wait_for("Why?")
        terminal.kill()
    with Terminal(command, columns=110, rows=36) as terminal:
        terminal.wait_for("? help")
        terminal.press("R")
        terminal.wait_for("19 of 38 reviewed")
        terminal.press("u")
        terminal.wait_for("18 of 38 reviewed")
        terminal.press("q", "Q")
        assert terminal.wait_end() == 0
    with closing(sqlite3.connect(demo)) as file:
        kept = file.execute("SELECT count(*) FROM task WHERE task_kind = 'touch from review'").fetchone()
        undone = file.execute(
            "SELECT count(*) FROM task WHERE task_kind = 'touch from review' AND archived_at IS NULL"
        ).fetchone()
    assert (kept, undone) == ((1,), (0,))
