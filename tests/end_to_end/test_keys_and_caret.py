"""Keys of a Cyrillic keyboard and the terminal's own cursor, in a real terminal."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from terminal import Terminal, onewindow


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A new file with one client."""
    path = tmp_path / "small.db"
    subprocess.run(
        onewindow("--db", str(path), "client", "add", "Ромашка", "--owner", "me"),
        check=True,
        capture_output=True,
    )
    return path


def _caret(terminal: Terminal) -> tuple[str, int]:
    """What stands left of the terminal's cursor in its line, and its column."""
    cursor = terminal.screen.cursor
    return terminal.screen.display[cursor.y][: cursor.x].strip(), cursor.x


def test_a_form_is_filled_and_saved_by_kitty_keys_of_a_cyrillic_layout(small: Path) -> None:
    with Terminal(onewindow("--db", str(small)), columns=100, rows=30) as terminal:
        terminal.wait_for("Ромашка")
        terminal.press("0")
        terminal.type("\x1b[1090::110;;1090u")  # т stands where n is: a new contact
        terminal.wait_for("ctrl+s")
        for letter in "Ыла":
            code = ord(letter.lower())
            terminal.type(f"\x1b[{code};{2 if letter.isupper() else 1};{ord(letter)}u")
            terminal.type(f"\x1b[{code};1:3u")
        terminal.wait_until(
            lambda: _caret(terminal)[0].endswith("Ыла"), "the cursor is not behind what was typed"
        )
        before = _caret(terminal)
        terminal.press("tab")
        terminal.wait_until(lambda: _caret(terminal) != before, "the cursor did not go to the next field")
        assert terminal.screen.cursor.x > 0
        terminal.type("\x1b[1099::115;5u")  # ctrl+ы
        terminal.wait_for("Saved")
        terminal.press("c")
        terminal.wait_until(
            lambda: "Ромашка" in terminal.screen.display[terminal.screen.cursor.y],
            "in a list the cursor is not on the row",
        )
        terminal.press("1", "n")
        terminal.wait_for("new request for")
        terminal.type("нужен отчёт")
        terminal.wait_until(
            lambda: _caret(terminal)[0].endswith("нужен отчёт"), "the cursor is not behind the text"
        )
