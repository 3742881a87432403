"""The clients of a segment: chosen in the palette, counted, opened by one key, its filter mended in place."""

from __future__ import annotations

from screen_host import HostApp, until
from screen_text import screen_text

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.segments import membership
from onewindow.desk.session.context import Session
from onewindow.records.organization import Segment
from onewindow.screens.segment import SegmentScreen
from onewindow.store import rows


def shown(app: HostApp | OneWindowApp) -> str:
    return "\n".join(screen_text(app))


async def test_the_palette_leads_to_a_segment_and_enter_to_a_client(demo: Session, app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(":", *"clients of a saved segment", "enter")
        await until(pilot, lambda: "Which segment?" in shown(app))
        await pilot.press(*"болгария", "enter")
        count = membership.count(demo, "country:BG")
        await until(pilot, lambda: f"Болгария: country:BG ─ {count} clients" in shown(app))
        first = membership.members(demo, "country:BG", limit=1)[0]
        assert first.name in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: f"{first.name}  C-" in shown(app))


async def test_a_filter_that_names_nothing_is_told_and_mended_in_place(demo: Session) -> None:
    part = changing.insert(demo, Segment(name="Часть", filter="tier:A"))
    whole = changing.insert(demo, Segment(name="Целое", filter="segment:Часть"))
    changing.archive(demo, part)
    app = HostApp(demo, SegmentScreen(demo, whole))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "there is no segment “Часть”" in shown(app))
        await pilot.press("e", "end", "ctrl+u", *"tier:A,B", "ctrl+s")
        await until(pilot, lambda: f"{membership.count(demo, 'tier:A,B')} clients" in shown(app))
        assert rows.get(demo.store, Segment, whole.id).filter == "tier:A,B"
