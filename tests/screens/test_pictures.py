"""What the screens look like in the smallest and in a usual window."""

from __future__ import annotations

from datetime import timedelta

import pytest
from golden import assert_looks_like
from screen_host import Clock, HostApp, until
from screen_text import screen_text

from onewindow.desk.editing import changing
from onewindow.desk.editing.history_text import history_lines
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client, Contact
from onewindow.screens.editing.catalogue import Catalogue
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.finder_screen import ClientFinder
from onewindow.screens.frame.help import HelpScreen
from onewindow.screens.frame.palette import CommandPalette
from onewindow.screens.frame.text_view import TextView
from onewindow.store import rows
from onewindow.store.history import client_history

pytestmark = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
PROMISES = ("! 25.11  отчёт по внедрению   in 3 days", "always  отгрузка до 10:00")


async def test_form_with_errors(session: Session, client: Client, size: tuple[int, int]) -> None:
    app = HostApp(session, RecordForm(session, "request", None, client.id, promises=PROMISES))
    async with app.run_test(size=size) as pilot:
        await pilot.press(*["tab"] * 8, *"someday", "ctrl+s")
        await until(pilot, lambda: "marked fields" in "".join(screen_text(app)))
        assert_looks_like(app, f"form-{size[0]}x{size[1]}")


async def test_conflict(session: Session, contact: Contact, other: Session, size: tuple[int, int]) -> None:
    app = HostApp(session, RecordForm(session, "contact", contact, contact.client_id, focus="role"))
    async with app.run_test(size=size) as pilot:
        now = rows.get(other.store, Contact, contact.id)
        changing.edit(other, now, {"role": "директор", "manner": "по имени; не звонить до 10"})
        await pilot.press(*"CEO", "tab", *"by name", "ctrl+s")
        await until(pilot, lambda: "Somebody else" in "".join(screen_text(app)))
        assert_looks_like(app, f"conflict-{size[0]}x{size[1]}")


async def test_catalogue(session: Session, client: Client, size: tuple[int, int]) -> None:
    for title, priority in (("отчёт не открывается", "urgent"), ("доступ сотруднику", "normal")):
        changing.add(session, "request", {"title": title, "priority": priority}, client.id)
    app = HostApp(session, Catalogue(session, "request"))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "R-2" in "".join(screen_text(app)))
        assert_looks_like(app, f"catalogue-{size[0]}x{size[1]}")


async def test_finder(session: Session, contact: Contact, size: tuple[int, int]) -> None:
    app = HostApp(session, ClientFinder(session))
    async with app.run_test(size=size) as pilot:
        await pilot.press(*"345-67")
        await until(pilot, lambda: "phone" in "".join(screen_text(app)[4:]))
        assert contact.phone
        assert_looks_like(app, f"finder-{size[0]}x{size[1]}")


async def test_palette_and_help(size: tuple[int, int]) -> None:
    def reason(action_id: str) -> str:
        return "there is no client yet" if action_id == "record.edit" else ""

    app = HostApp(None, CommandPalette("requests", {}, reason))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert_looks_like(app, f"palette-{size[0]}x{size[1]}")
        await pilot.press("escape")
        app.open(HelpScreen("promises", {}))
        await pilot.pause()
        await pilot.pause()
        assert_looks_like(app, f"help-{size[0]}x{size[1]}")


async def test_history(session: Session, contact: Contact, clock: Clock, size: tuple[int, int]) -> None:
    clock.now += timedelta(hours=1)
    changed = changing.edit(session, contact, {"role": "директор", "is_main": "yes", "birthday": "1.5.1980"})
    changing.archive(session, changed)
    lines = history_lines(session, client_history(session.store, contact.client_id))
    app = HostApp(session, TextView("History: Ромашка ООО", lines))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        assert_looks_like(app, f"history-{size[0]}x{size[1]}")
