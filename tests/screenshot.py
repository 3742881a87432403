"""The picture of the README: the window on the demo firm, drawn by the program itself."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import seed
from onewindow.app import OneWindowApp
from onewindow.desk.opening import at_work
from onewindow.desk.session.naming import resolve_client
from onewindow.settings import Settings
from onewindow.store.engine import open_store
from onewindow.store.people import organization

NOW = datetime(2026, 11, 23, 11, 32, tzinfo=UTC)
SIZE = (120, 40)

_WEB_FONT = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_FONTS = '"Fira Code", "Cascadia Code", "DejaVu Sans Mono", Menlo, Consolas, monospace'


async def draw(folder: Path) -> str:
    """The window on Ромашка with the requests in focus, as SVG; `folder` takes the demo's file."""
    with open_store(folder / "demo.db", create=True) as store:
        seed.build(store, now=NOW)
        me = organization.staff_by_login(store, "ivanova")
        if me is None:
            raise LookupError("The demo firm has no ivanova.")
        session = at_work(store, me, Settings(), lambda: NOW, "Europe/Moscow")
        app = OneWindowApp(session, resolve_client(session, "C-17").id)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.press("1")
            await pilot.pause()
            return self_contained(app.export_screenshot(title="One Window"))


def self_contained(svg: str) -> str:
    """The picture without fonts from the web, to look the same offline and to tell nobody who reads it.

    Some viewers drop spaces at the beginning of a text unless they are told to keep them.
    """
    local = _WEB_FONT.sub("", svg).replace("font-family: Fira Code, monospace;", f"font-family: {_FONTS};")
    return local.replace("<svg ", '<svg xml:space="preserve" ', 1)
