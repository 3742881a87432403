"""A day in a real terminal: ten requests solved, a hand-off, a complaint, a merge undone, a call between."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing, suppress
from pathlib import Path

import pytest
from terminal import Terminal, onewindow

ORDINARY = (
    "принтер этикеток не печатает",
    "не сходится остаток по складу",
    "нужен доступ кладовщику",
    "прислать акт за октябрь",
    "как закрыть смену",
    "касса не видит сканер",
    "выгрузка в 1С встала",
)
HANDED_OFF, COMPLAINT, TWICE = "накладная потерялась", "третий раз одно и то же", "этикетки опять не печатает"


@pytest.fixture
def window(demo: Path) -> Terminal:
    """The window of Иванова on Ромашка, the cursor in the panel of requests."""
    terminal = Terminal(onewindow("--db", str(demo), "--as", "ivanova"), columns=120, rows=40)
    terminal.wait_for("? help")
    terminal.press("/")
    terminal.type("C-17")
    terminal.wait_for(" C-17   ")
    terminal.press("enter")
    terminal.wait_for("Ромашка ООО  C-17")
    terminal.press("1")
    return terminal


def ask(terminal: Terminal, title: str) -> str:
    """Write a request down as the client tells it, and give back its number; the cursor stands on it."""
    terminal.press("n")
    terminal.wait_for("new request for Ромашка ООО")
    terminal.type(title)
    terminal.press("ctrl+s")
    terminal.wait_gone("new request for Ромашка ООО")
    for _ in range(100):
        terminal.read(0.1)
        row = next((line for line in terminal.lines if "│▌" in line and title[:8] in line), "")
        if row:
            return next(word for word in row.split() if word.startswith("R-"))
    raise AssertionError(terminal.text)


def stand_on(terminal: Terminal, number: str) -> None:
    """Move the cursor to the row of a request."""
    terminal.press("home")
    for _ in range(10):
        terminal.read(0.1)
        if any("│▌" in line and number in line for line in terminal.lines):
            return
        terminal.press("down")
    raise AssertionError(terminal.text)


def answer(terminal: Terminal, number: str, text: str) -> None:
    """Answer the client from the row under the cursor."""
    terminal.press("r")
    terminal.wait_for(f"{number}: answer")
    terminal.wait_for("▌answer")
    terminal.type(text)
    terminal.press("ctrl+s")
    terminal.wait_gone(f"{number}: answer")


def _tab_to(terminal: Terminal, field: str) -> None:
    """Go on to a field; on a busy machine a key may come before the field that it leaves is settled."""
    for seconds in (6, 20):
        terminal.press("tab")
        with suppress(AssertionError):
            return terminal.wait_for(field, seconds)
    raise AssertionError(terminal.text)


def resolve(terminal: Terminal, number: str, result: str, cause: str = "") -> None:
    """Close the request under the cursor with its result, and with a cause where it needs one."""
    terminal.press("x")
    terminal.wait_for(f"{number}: resolve")
    terminal.wait_for("▌what the client got")
    terminal.type(result)
    _tab_to(terminal, "▌minutes spent now")  # keys sent at once would still go to the field before
    terminal.type("10")
    if cause:
        _tab_to(terminal, "▌cause")
        terminal.type(cause)
    terminal.press("ctrl+s")
    terminal.wait_gone(f"{number}: resolve")


def hand_off_and_back(terminal: Terminal, number: str) -> None:
    """Give a part to the store, be refused to close, and confirm when the store has found it."""
    terminal.press("D")
    terminal.wait_for(f"{number}: hand off")
    terminal.wait_for("▌what is to be done")
    terminal.type("найти накладную 17")
    for field in ("▌to ", "▌department"):
        terminal.press("tab")
        terminal.wait_for(field)
    terminal.type("склад")
    terminal.press("ctrl+s")
    terminal.wait_gone(f"{number}: hand off")
    terminal.press("x")
    terminal.wait_for(f"{number}: resolve")
    terminal.press("ctrl+s")
    terminal.wait_for("Склад has not settled")
    terminal.press("escape")
    terminal.wait_gone(f"{number}: resolve")
    terminal.press("enter")
    terminal.wait_for("belongs to it")
    terminal.press("tab")
    terminal.wait_for("▌belongs to it")
    terminal.press("enter")
    terminal.wait_for("what now?")
    terminal.type("confirmed")
    terminal.press("enter")
    terminal.wait_for("▌what they said")
    terminal.type("нашли в папке 3")
    terminal.press("ctrl+s")
    terminal.wait_for("Склад confirmed: нашли в папке 3")
    terminal.press("escape")
    terminal.wait_for("1 requests")


def interrupted(terminal: Terminal, number: str) -> None:
    """The phone rings in between: another client is on the line, then the work goes on where it was."""
    terminal.press("p")
    terminal.wait_for("The phone rings")
    terminal.type("вектор")
    terminal.wait_for(" C-1   ")
    terminal.press("enter")
    terminal.wait_for("call with Вектор")
    terminal.wait_for("▌need heard")
    terminal.press("escape")
    terminal.wait_for("Вектор  C-1 ")
    terminal.wait_for("1 waiting: Ромашка")
    terminal.press("b")
    terminal.wait_for("Ромашка ООО  C-17")
    stand_on(terminal, number)


def test_ten_requests_from_the_call_to_the_result(demo: Path, window: Terminal) -> None:
    with window:
        done = [ask_and_solve(window, title) for title in ORDINARY]

        number = ask(window, HANDED_OFF)
        answer(window, number, "ищем на складе")
        hand_off_and_back(window, number)
        resolve(window, number, "накладная найдена")
        done.append(number)

        number = ask(window, COMPLAINT)
        interrupted(window, number)
        window.press("e")
        window.wait_for(f"edit request {number}")
        window.press("tab")
        window.wait_for("▌kind")
        window.type("complaint")
        window.press("ctrl+s")
        window.wait_gone(f"edit request {number}")
        answer(window, number, "приносим извинения, разберёмся сегодня")
        resolve(window, number, "позвонил руководитель", "никто не записал первый звонок")
        done.append(number)

        first = ask(window, ORDINARY[0])
        second = ask(window, TWICE)
        window.press("J")
        window.wait_for(f"{second}: join")
        window.wait_for("▌other request")
        window.type(first)
        window.press("ctrl+s")
        window.wait_gone(f"{second}: join")
        window.wait_gone(f"{second}  ")
        window.press("u")
        window.wait_for(f"{second}  ")
        stand_on(window, second)
        answer(window, second, "это другой принтер, смотрим")
        resolve(window, second, "заменили ленту")
        done.append(second)
        window.press("Q")
        assert window.wait_end() == 0
    assert len(done) == 10
    told = _rows(
        demo, "SELECT 'R-' || number, status, minutes, cause FROM request WHERE merged_into_id IS NULL"
    )
    stands = {number: (status, minutes, cause) for number, status, minutes, cause in told if number in done}
    assert {status for status, _, _ in stands.values()} == {"resolved"}
    assert {minutes for _, minutes, _ in stands.values()} == {10}
    assert stands[done[8]][2] == "никто не записал первый звонок"
    assert _rows(demo, "SELECT state FROM hand_off WHERE what = 'найти накладную 17'") == [("confirmed",)]
    checked = subprocess.run(
        onewindow("--db", str(demo), "db", "check"), capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def ask_and_solve(terminal: Terminal, title: str) -> str:
    """One ordinary request, from the call to the result."""
    number = ask(terminal, title)
    answer(terminal, number, "смотрим, ответим сегодня")
    resolve(terminal, number, "сделано")
    return number


def _rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()
