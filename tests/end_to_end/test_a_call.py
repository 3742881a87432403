"""A call in a real terminal: find the client, write the request down, take it back, leave."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from terminal import Terminal, onewindow

ASKED = "принтер этикеток не печатает"


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (140, 45)])
def test_find_by_phone_add_a_request_undo_quit(demo: Path, columns: int, rows: int) -> None:
    with Terminal(onewindow("demo", "--db", str(demo)), columns=columns, rows=rows) as terminal:
        terminal.wait_for("? help")
        terminal.press("/")
        terminal.wait_for("Find a client")
        terminal.type("345-67-89")
        terminal.wait_for("phone …6789")
        terminal.press("enter")
        terminal.wait_for("Ромашка ООО  C-17")
        terminal.press("1", "n")
        terminal.wait_for("new request for Ромашка ООО")
        terminal.type(ASKED)
        terminal.press("ctrl+s")
        terminal.wait_for("takes it back")
        assert any("R-" in line and ASKED[:14] in line for line in terminal.lines[:-1]), terminal.text
        terminal.press("u")
        terminal.wait_for("Undone: new request: R-")
        assert not any(ASKED[:14] in line for line in terminal.lines[:-1]), terminal.text
        terminal.press("Q")
        assert terminal.wait_end() == 0
    kept = _column(demo, "SELECT archived_at IS NOT NULL FROM request WHERE title = :asked")
    assert kept == [1], "the request is taken back, and still on file"


def test_the_russian_layout_reaches_the_same_keys(demo: Path) -> None:
    with Terminal(onewindow("--db", str(demo), "--as", "ivanova"), columns=120, rows=40) as terminal:
        terminal.wait_for("? help")
        terminal.type("т")  # the key of n
        terminal.wait_for("new client")
        terminal.press("escape")
        terminal.wait_gone("new client")
        terminal.type("Й")  # the key of Q
        assert terminal.wait_end() == 0


def test_another_process_shows_within_a_second(demo: Path, opened: list[Terminal]) -> None:
    window = Terminal(onewindow("--db", str(demo), "--as", "ivanova", "show"), columns=80, rows=24)
    window.kill()
    window = Terminal(onewindow("--db", str(demo), "--as", "ivanova"), columns=120, rows=40)
    opened.append(window)
    window.wait_for("? help")
    window.press("/")
    window.type("ромашка")
    window.wait_for(" C-17   ")
    window.press("enter")
    window.wait_for("Ромашка ООО  C-17")
    other = Terminal(
        onewindow("--db", str(demo), "--as", "petrov", "request", "add", "C-17", "сверка из другого окна"),
        columns=100,
        rows=10,
    )
    opened.append(other)
    assert other.wait_end() == 0, other.text
    window.wait_for("сверка из", seconds=3)


def test_the_killed_program_keeps_what_was_saved_and_offers_the_draft(demo: Path) -> None:
    arguments = onewindow("--db", str(demo), "--as", "ivanova")
    with Terminal(arguments, columns=120, rows=40) as terminal:
        terminal.wait_for("? help")
        terminal.press("/")
        terminal.type("C-17")
        terminal.wait_for(" C-17   ")
        terminal.press("enter")
        terminal.wait_for("Ромашка ООО  C-17")
        terminal.press("1", "n")
        terminal.wait_for("new request for")
        terminal.type("сохранено до гибели")
        terminal.press("ctrl+s")
        terminal.wait_for("Saved R-")
        terminal.press("n")
        terminal.wait_for("new request for")
        terminal.type("не успел сохранить")
        terminal.wait_until(
            lambda: any(
                "не успел сохранить" in str(typed) for typed in _column(demo, "SELECT typed FROM draft")
            ),
            "no draft was kept",
        )
        terminal.kill()
    assert len(_column(demo, "SELECT 1 FROM request WHERE title = 'сохранено до гибели'")) == 1
    with Terminal(arguments, columns=120, rows=40) as terminal:
        terminal.wait_for("Typed, but never saved")
        terminal.press("enter")
        terminal.wait_for("не успел сохранить")
        terminal.press("ctrl+s")
        terminal.wait_gone("Typed, but never saved")
        terminal.press("Q")
        assert terminal.wait_end() == 0
    assert len(_column(demo, "SELECT 1 FROM request WHERE title = 'не успел сохранить'")) == 1
    assert _column(demo, "SELECT 1 FROM draft") == []


def test_work_put_aside_for_a_call_outlives_a_killed_program(demo: Path) -> None:
    arguments = onewindow("--db", str(demo), "--as", "ivanova")
    with Terminal(arguments, columns=120, rows=40) as terminal:
        terminal.wait_for("? help")
        terminal.press("/")
        terminal.type("C-17")
        terminal.wait_for(" C-17   ")
        terminal.press("enter")
        terminal.wait_for("Ромашка ООО  C-17")
        terminal.press("1", "n")
        terminal.wait_for("new request for")
        terminal.type("нет доступа !!")
        terminal.type("\x1b[19~")  # F8
        terminal.wait_for("The phone rings")
        terminal.wait_for("1 waiting: Ромашка ООО нет досту")
        terminal.kill()
    with Terminal(arguments, columns=120, rows=40) as terminal:
        terminal.wait_for("Typed, but never saved")
        terminal.type("\x1b[20~")  # F9
        terminal.wait_for("new request for Ромашка ООО")
        terminal.wait_for("urgent")
        assert any("нет доступа !!" in line for line in terminal.lines), terminal.text
        terminal.wait_gone("1 waiting")
        terminal.press("enter")
        terminal.wait_for("Saved R-")
    assert _column(demo, "SELECT priority FROM request WHERE title = 'нет доступа'") == ["urgent"]
    assert _column(demo, "SELECT 1 FROM interruption") == []
    assert _column(demo, "SELECT 1 FROM draft") == []


def test_without_a_terminal_the_client_is_printed(demo: Path) -> None:
    with Terminal(
        onewindow("--db", str(demo), "--as", "ivanova"), columns=80, rows=60, environ={"TERM": "dumb"}
    ) as terminal:
        assert terminal.wait_end() == 0
        printed = terminal.sent.decode()
    assert "\x1b" not in printed
    assert "promises" in printed.casefold()
    assert "There is no terminal here to draw the window on" in printed


def _column(path: Path, sql: str) -> list[object]:
    connection = sqlite3.connect(path)
    try:
        return [row[0] for row in connection.execute(sql, {"asked": ASKED} if ":asked" in sql else {})]
    finally:
        connection.close()
