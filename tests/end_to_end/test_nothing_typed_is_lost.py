"""In a real terminal: kill -9, a dropped line, a paste without brackets, keys typed ahead, two windows."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from terminal import Terminal, onewindow

_COLUMNS, _ROWS = 120, 40


def _window(demo: Path) -> Terminal:
    return Terminal(onewindow("--db", str(demo), "--as", "ivanova"), columns=_COLUMNS, rows=_ROWS)


def _rows(demo: Path, sql: str) -> list[str]:
    with closing(sqlite3.connect(demo)) as connection:
        return [str(row[0]) for row in connection.execute(sql)]


def _wait_for_draft(terminal: Terminal, demo: Path, text: str) -> None:
    terminal.wait_until(
        lambda: any(text in typed for typed in _rows(demo, "SELECT typed FROM draft")),
        f"no draft of “{text}”",
    )


def _to_romashka(terminal: Terminal) -> None:
    terminal.wait_for("? help")
    terminal.press("/")
    terminal.wait_for("Find a client")
    terminal.type("C-17")
    terminal.wait_for(" C-17   ")
    terminal.press("enter")
    terminal.wait_for("Ромашка ООО  C-17")


def test_a_form_that_came_from_a_line_outlives_kill_9(demo: Path) -> None:
    with _window(demo) as terminal:
        _to_romashka(terminal)
        terminal.press("1", "n")
        terminal.wait_for("new request for")
        terminal.type("не успел")
        terminal.type("\x0e")
        terminal.wait_for("what is asked")
        terminal.type(" дописать")
        time.sleep(1.0)
        terminal.kill()
    assert len(_rows(demo, "SELECT 1 FROM draft")) == 1
    with _window(demo) as terminal:
        terminal.wait_for("Typed, but never saved")
        terminal.wait_for("не успел дописать")
        terminal.press("enter")
        terminal.wait_for("what is asked")
        terminal.wait_for("не успел дописать")
        terminal.press("ctrl+s")
        terminal.wait_gone("what is asked")
    assert _rows(demo, "SELECT title FROM request WHERE title LIKE 'не успел%'") == ["не успел дописать"]
    assert _rows(demo, "SELECT 1 FROM draft") == []


def test_a_dropped_line_keeps_what_was_typed_last(demo: Path) -> None:
    with _window(demo) as terminal:
        _to_romashka(terminal)
        terminal.press("1", "n")
        terminal.wait_for("new request for")
        terminal.type("связь оборвалась")
        terminal.wait_for("связь оборвалась")
        _wait_for_draft(terminal, demo, "связь оборвалась")
        os.kill(terminal.process.pid, signal.SIGHUP)
        terminal.wait_end()
    assert "связь оборвалась" in _rows(demo, "SELECT typed FROM draft")[0]


def test_a_second_window_has_its_own_texts(demo: Path) -> None:
    with _window(demo) as first:
        _to_romashka(first)
        first.press("1", "n")
        first.wait_for("new request for")
        first.type("из первого окна")
        _wait_for_draft(first, demo, "из первого окна")
        with _window(demo) as second:
            second.wait_for("Ромашка ООО  C-17")
            second.read(0.5)
            assert "Typed, but never saved" not in second.text
            second.press("1", "n")
            second.wait_for("new request for")
            second.read(0.5)
            assert "из первого" not in second.text
            second.type("из второго окна\r")
            second.wait_for("Saved R-")
        first.kill()
    assert _rows(demo, "SELECT title FROM request WHERE title LIKE 'из %'") == ["из второго окна"]
    with _window(demo) as third:
        third.wait_for("Typed, but never saved")
        third.wait_for("из первого окна")


def test_a_paste_without_brackets_runs_nothing_and_keys_typed_ahead_arrive(demo: Path) -> None:
    with _window(demo) as terminal:
        _to_romashka(terminal)
        terminal.press("1")
        before = _rows(demo, "SELECT COUNT(*) FROM event")
        terminal.type("\r".join(f"x строка {number} Q" for number in range(400)) + "\r")
        terminal.wait_for("400 pasted lines")
        assert _rows(demo, "SELECT COUNT(*) FROM event") == before
        terminal.press("n")
        terminal.wait_for("399 lines")
        terminal.press("enter")
        terminal.wait_for("Saved R-")
        terminal.type("nведомость\r")
        terminal.wait_for("ведомость")
        terminal.wait_gone("399 lines")
        last_two = "SELECT title FROM request ORDER BY id DESC LIMIT 2"
        terminal.wait_until(lambda: _rows(demo, last_two) == ["ведомость", "x строка 0 Q"], "no two requests")
    [text] = _rows(demo, "SELECT text FROM request WHERE title = 'x строка 0 Q'")
    assert text.splitlines() == [f"x строка {number} Q" for number in range(1, 400)]


def test_a_megabyte_in_brackets_is_whole(demo: Path) -> None:
    pasted = "\r".join(f"строка {number} {'x' * 80}" for number in range(10_000))
    with _window(demo) as terminal:
        _to_romashka(terminal)
        terminal.press("1", "n")
        terminal.wait_for("new request for")
        terminal.type_all(f"\x1b[200~{pasted}\x1b[201~")
        terminal.wait_for("9999 lines")
        terminal.press("enter")
        terminal.wait_for("Saved R-")
    [text] = _rows(demo, "SELECT title || char(10) || text FROM request WHERE title LIKE 'строка 0 %'")
    assert text == pasted.replace("\r", "\n")


def test_keys_typed_before_the_window_is_there_do_what_they_mean(demo: Path) -> None:
    with _window(demo) as terminal:
        terminal.type("1nдо окна\r")
        terminal.wait_for("Saved R-")
    assert _rows(demo, "SELECT COUNT(*) FROM request WHERE title = 'до окна'") == ["1"]
