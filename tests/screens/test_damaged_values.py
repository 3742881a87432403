"""A file with values that cannot be read: the window opens, says so, and what can be read is there."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from screen_host import until
from screen_text import screen_text

from onewindow.app import OneWindowApp
from onewindow.desk.opening import at_work
from onewindow.desk.session.context import Session
from onewindow.fault_guard import FaultGuard
from onewindow.fault_reports import FaultReports
from onewindow.records.clients import Client
from onewindow.store.engine import open_store


@contextmanager
def opened(demo: Session, client: Client, folder: Path, damage: str) -> Generator[OneWindowApp]:
    """The window on a file that was damaged before it was opened."""
    demo.store.execute(damage)
    with open_store(demo.store.path) as store:
        app = OneWindowApp(at_work(store, demo.me, demo.settings, demo.clock, demo.zone), client.id)
        app.guard = FaultGuard(app, store.path, FaultReports(folder / "log"))
        yield app


async def test_a_panel_that_cannot_be_read_leaves_the_others(
    demo: Session, romashka: Client, tmp_path: Path
) -> None:
    damage = "UPDATE policy SET valid_from = '20x0-01-01'"
    with opened(demo, romashka, tmp_path, damage) as app:
        async with app.run_test(size=(120, 40)) as pilot:
            await until(pilot, lambda: "cannot be read" in "\n".join(screen_text(app)))
            shown = "\n".join(screen_text(app))
            assert "1 requests ─ cannot be read" in shown
            assert "отгрузка до 10:00" in shown
            await pilot.press("2")
            assert app.focused is not None
            assert app.focused.id == "documents"


@pytest.mark.parametrize("hours", ['{"zone": "Europe', "[]"])
async def test_the_window_opens_though_its_client_cannot_be_shown(
    demo: Session, romashka: Client, tmp_path: Path, hours: str
) -> None:
    damage = f"UPDATE calendar SET hours = '{hours}'"
    with opened(demo, romashka, tmp_path, damage) as app:
        async with app.run_test(size=(120, 40)) as pilot:
            await until(pilot, lambda: "This client cannot be read" in "\n".join(screen_text(app)))
            assert app.end is None
            assert "Вектор" in "\n".join(screen_text(app))
            bar = app.screen.query_one("#hints")
            await until(pilot, lambda: "onewindow db check" in str(getattr(bar, "said", "")))
