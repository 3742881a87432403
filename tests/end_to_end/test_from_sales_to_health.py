"""One client in a real terminal: a package from sales accepted, an onboarding begun, the health explained."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from terminal import Terminal, onewindow

HEADERS = (
    "Раздел;Сделка;Продавец;Название;ИНН;КПП;Адрес;Номер;Дата;Телефон;Почта;Согласия;"
    "Подтверждение;Мера;Количество;Форма;Кто вёл;Что обсудили"
)
PACKAGE = f"""\
{HEADERS}
сделка;Сделка 501;Морозов
клиент;;;Василёк ООО
реквизиты;;;ООО «Василёк»;7707083893;770701001;Казань, Баумана, 3
договор;;;;;;;В-77/26;01.11.2026
счёт;;;;;;;551;03.11.2026
акт;;;;;;;12;03.11.2026
контакт;;;Анна Ким;;;;;;+7 912 345-67-80;kim@vasilek.example;персональные данные
условие;;;Акт до пятого числа;;;;;;;;;договор п. 4.2
цель;;;Сократить пересорт;;;;;;;;;;до 1 % к марту
продукт;;;Склад+;;;;;;;;;;;12
встреча;;;;;;;;04.11.2026;;;;;;;онлайн;Иванова;Кто за что отвечает
"""


def said(demo: Path, *words: str) -> str:
    """What a command prints that Иванова gives."""
    done = subprocess.run(
        onewindow("--db", str(demo), "--as", "ivanova", *words), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The package as a spreadsheet of the salesperson saves it."""
    path = tmp_path / "василёк.csv"
    path.write_bytes(PACKAGE.encode("cp1251"))
    return path


def accept(terminal: Terminal) -> None:
    """Open the package on the Handover screen, accept it, and acknowledge its special term."""
    terminal.press("H")
    terminal.wait_for("handovers: waiting")
    for _ in range(10):
        terminal.read(0.2)
        if "▌  Василёк ООО" in terminal.text:
            break
        terminal.press("down")
    terminal.wait_for("▌  Василёк ООО")
    terminal.press("enter")
    terminal.wait_for("100 % complete")
    terminal.press("x")
    terminal.wait_for("Tell the client whom to turn to?")
    terminal.type("later")
    terminal.press("enter")
    terminal.wait_gone("Tell the client whom to turn to?")
    terminal.press("tab")
    terminal.wait_for("▌? term")
    terminal.press("m")
    terminal.wait_gone("to acknowledge")
    terminal.press("O")
    terminal.wait_for("Василёк ООО  C-121")
    terminal.wait_for("onboarding")


def tick(terminal: Terminal, step: str, result: str) -> None:
    """Tick the step under the cursor of panel 3, with what it ends in."""
    terminal.press("x")
    terminal.wait_for(step)
    terminal.wait_for("▌date")
    terminal.type(result)
    terminal.press("ctrl+s")
    terminal.wait_for("takes it back")


def weeks(demo: Path) -> str:
    """Four weeks of use as a monitoring job pipes them."""
    today = datetime.now(UTC).date()
    lines = ["client,product,week,active_users,volume"]
    lines += [f"7707083893,Склад+,{today - timedelta(days=7 * ago)},{12 - ago},300" for ago in range(4)]
    done = subprocess.run(
        onewindow("--db", str(demo), "usage", "import", "-"),
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_from_an_imported_handover_to_an_explained_health(demo: Path, package: Path) -> None:
    assert "new client" in said(demo, "handover", "import", str(package))
    with Terminal(onewindow("--db", str(demo), "--as", "ivanova"), columns=120, rows=40) as window:
        window.wait_for("? help")
        accept(window)
        window.wait_for("health unknown")
        window.press("3")
        window.wait_for("▌3 adoption ─ step 0/8")
        window.press("down", "down")
        window.wait_for("▌  1. Звонок")
        tick(window, "Звонок", "2026-12-15")
        window.wait_for("▌3 adoption ─ step 1/8")
        assert "created    4" in weeks(demo)
        window.wait_for("12/12")
        window.wait_for("health 100 green")
        window.press("0", "w")
        window.wait_for("Why: health")
        for line in (
            "adoption: 38.5 of 38.5 points, value 1.00, weight 25, 12 of 12 licences in use",
            "onboarding: 61.5 of 61.5 points, value 1.00, weight 40, 1 of 8 steps done, 0 overdue",
            "coverage 65 %",
        ):
            window.wait_for(line)
        window.press("q")
        window.wait_gone("Why: health")
        window.press("Q")
        assert window.wait_end() == 0
    assert _rows(demo, "SELECT state FROM handover WHERE deal = 'Сделка 501'") == [("accepted",)]
    assert _rows(demo, "SELECT status FROM promise WHERE text = 'Акт до пятого числа'") == [("acknowledged",)]
    assert "health 100" in said(demo, "client", "show", "Василёк")
    said(demo, "db", "check")


def _rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()
