"""The search box over the window: results as one types, from a thread, hostile names harmless."""

from __future__ import annotations

from screen_host import HostApp, until
from screen_text import screen_text

from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client, Contact
from onewindow.screens.frame.finder_screen import ClientFinder

HOSTILE = "[/] \x1b]0;x\x07"


def text(app: HostApp) -> str:
    return "\n".join(line.strip(" │") for line in screen_text(app))


async def test_own_clients_first_then_what_is_typed(
    session: Session, contact: Contact, other: Session
) -> None:
    theirs = changing.add(other, "client", {"name": f"Вектор {HOSTILE}"})
    app = HostApp(session, ClientFinder(session))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Ромашка ООО" in text(app))
        assert "Вектор" not in text(app)
        await pilot.press(*"vekt")
        await until(pilot, lambda: "Вектор [/] \ufffd]0;x\ufffd" in text(app))
        assert "Петров" in text(app)
        await pilot.press("ctrl+u", *"9123456")
        await until(pilot, lambda: "Ромашка ООО" in text(app) and "6789" in text(app))
        await pilot.press("ctrl+u", *"qqqqqq")
        await until(pilot, lambda: "No client is found." in text(app))
        await pilot.press("enter")
        await pilot.pause()
        assert app.is_open
        await pilot.press("ctrl+u", *"вект")
        await pilot.press("enter")
        await until(pilot, lambda: not app.is_open)
    assert app.result == theirs.id
    assert contact.client_id != theirs.id


async def test_escape_gives_nothing(session: Session, client: Client) -> None:
    app = HostApp(session, ClientFinder(session))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: client.name in text(app))
        await pilot.press("escape")
        await until(pilot, lambda: not app.is_open)
    assert app.result is None
