"""Screens name the zone of their times when the office works by another one."""

from __future__ import annotations

from screen_host import until
from screen_text import screen_text
from textual.pilot import Pilot

from onewindow.app import OneWindowApp
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client


def shown(app: OneWindowApp) -> str:
    return "\n".join(screen_text(app))


async def waits(pilot: Pilot[None], app: OneWindowApp, text: str) -> None:
    await until(pilot, lambda: text in shown(app))


async def test_a_window_on_a_server_names_the_zone_of_its_times_on_every_screen_of_times(
    demo: Session, romashka: Client
) -> None:
    demo.zone = "Etc/UTC"
    app = OneWindowApp(demo, romashka.id)
    async with app.run_test(size=(120, 40)) as pilot:
        await waits(pilot, app, f"{demo.clock():%H:%M} UTC")
        await pilot.press("T")
        await waits(pilot, app, "times in UTC")
        await pilot.press("W")
        await waits(pilot, app, "team")
        assert "times in UTC" in shown(app)


async def test_where_the_office_works_by_the_same_zone_nothing_is_said(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await waits(pilot, app, "14:32")
        await pilot.press("T")
        await waits(pilot, app, "today")
        assert "times in" not in shown(app)
        assert "Moscow" not in shown(app)
