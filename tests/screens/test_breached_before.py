"""Panel 1 tells of a request that was late and has time again, also where its cell is cut short."""

from __future__ import annotations

from screen_host import until
from screen_text import screen_text

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client


async def test_it_is_counted_and_marked_and_keeps_its_due_moment(demo: Session, romashka: Client) -> None:
    late = changing.change(demo, romashka, {"tier": "D"})
    app = OneWindowApp(demo, late.id)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: any("R-1042" in line for line in screen_text(app)))
        shown = screen_text(app)
    assert any("1 requests" in line and "1 breached before" in line for line in shown)
    place = next(at for at, line in enumerate(shown) if "R-1042" in line)
    assert "? R-1042" in shown[place]
    assert " left, " in shown[place + 1]
