"""Every screen that a command of the window opens is read to its end on the demo firm, untouched."""

from __future__ import annotations

from screen_host import until
from screen_text import screen_text
from textual.pilot import Pilot

from onewindow.actions import for_scope
from onewindow.app import OneWindowApp
from onewindow.screens.window.client_window import WindowScreen

PLACES = ("requests", "documents", "adoption", "feedback", "opportunities", "timeline")
STAYS = {*(f"go.{place}" for place in PLACES), "go.card", "go.promises", "go.list", "go.find"}
"""Commands that move inside the window, and the search."""
GOES = sorted({action.id for action in for_scope("window") if action.id.startswith("go.")} - STAYS)
UNREAD = ("Reading…", "counting …", ", reading")


def is_read(app: OneWindowApp) -> bool:
    text = "\n".join(screen_text(app))
    return not any(word in text for word in UNREAD)


async def opened(pilot: Pilot[None], app: OneWindowApp, action_id: str) -> None:
    window = app.screen
    assert isinstance(window, WindowScreen), action_id
    window.actions.do(action_id)
    await until(pilot, lambda: app.screen is not window and is_read(app))


async def test_the_metrics_of_the_demo_have_rows(app: OneWindowApp) -> None:
    """It has merged requests, which a report leaves out of its rows and must leave out of its count."""
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, "go.metrics")
        await until(pilot, lambda: any("Иванова" in line and "%" in line for line in screen_text(app)))


async def test_every_screen_is_read_to_its_end(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        assert len(GOES) > 12
        for action_id in GOES:
            await opened(pilot, app, action_id)
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, WindowScreen))
