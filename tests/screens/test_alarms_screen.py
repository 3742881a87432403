"""The screen of alarms: kinds, whose, why, and the way to the client."""

from __future__ import annotations

from screen_host import HostApp, until
from screen_text import screen_text

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.screens.alarms import AlarmsScreen


def shown(app: OneWindowApp | HostApp) -> str:
    return "\n".join(screen_text(app))


async def test_kinds_whose_and_why(demo: Session) -> None:
    changing.insert(demo, Client(name="Ничей [/] клиент", owner_id=None))
    app = HostApp(demo, AlarmsScreen(demo, "uncovered"))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Ничей [/] клиент" in shown(app))
        assert "nobody is there, all clients" in shown(app)
        await pilot.press("G")
        await pilot.press("w")
        await until(pilot, lambda: "Why: " in shown(app))
        assert "owner: nobody" in shown(app)
        await pilot.press("escape")
        await pilot.press("v")
        await until(pilot, lambda: "my clients" in shown(app))
        await pilot.press("f")
        await until(pilot, lambda: "silent, my clients" in shown(app))


async def test_enter_leads_to_the_client(demo: Session, romashka: Client) -> None:
    client = changing.insert(demo, Client(name="Ничей клиент", owner_id=None))
    app = OneWindowApp(demo, romashka.id)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(":", *"alarms", "enter")
        await until(pilot, lambda: isinstance(app.screen, AlarmsScreen))
        screen = app.screen
        assert isinstance(screen, AlarmsScreen)
        if "all clients" not in shown(app):
            await pilot.press("v")
        await until(pilot, lambda: "all kinds, all clients" in shown(app))
        assert screen.table.move_to_key((client.id, "uncovered"))
        await pilot.press("enter")
        await until(pilot, lambda: app.shown_client == client.id)
        assert "? nobody is there: there is no owner" in shown(app)
