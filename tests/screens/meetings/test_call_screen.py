"""A call: what is known of the caller, the script, an angry caller, and the outcome saved at once."""

from __future__ import annotations

import pytest
from golden import assert_looks_like
from screen_host import HostApp, until
from screen_text import screen_text

from onewindow.app import OneWindowApp
from onewindow.desk.meetings.calls import Called
from onewindow.desk.queue import interruptions
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.screens.frame.finder_screen import ClientFinder
from onewindow.screens.meetings.call import CallScreen
from onewindow.screens.window.client_window import WindowScreen


def text(app: HostApp | OneWindowApp) -> str:
    return "\n".join(screen_text(app))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_looks(demo: Session, romashka: Client, size: tuple[int, int]) -> None:
    app = HostApp(demo, CallScreen(demo, romashka.id))
    async with app.run_test(size=size) as pilot:
        await pilot.press("f2", *"спрашивает про задолженность")
        await until(pilot, lambda: "a debt is heard" in text(app))
        assert "по имени; не звонить до 10" in text(app)
        assert_looks_like(app, f"call-{size[0]}x{size[1]}")


async def test_the_outcome_is_saved_at_once(demo: Session, romashka: Client) -> None:
    app = HostApp(demo, CallScreen(demo, romashka.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(*"быстрее", "tab", *"новый бухгалтер", "tab", "tab", *"нет доступа !!", "ctrl+s")
        await until(pilot, lambda: not app.is_open)
    called = app.result
    assert isinstance(called, Called)
    assert (called.touch.need, called.touch.fact) == ("быстрее", "новый бухгалтер")
    assert called.request is not None
    assert called.request.priority == "urgent"


async def test_an_angry_caller_is_one_key(demo: Session, romashka: Client) -> None:
    app = HostApp(demo, CallScreen(demo, romashka.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f4")
        await until(pilot, lambda: "Трудный разговор" in text(app))
        await pilot.press(*"верните деньги", "ctrl+s")
        await until(pilot, lambda: "a lead looks at requests" in text(app))
        await pilot.press(*"деньги за март", "ctrl+s")
        await until(pilot, lambda: not app.is_open)
    called = app.result
    assert isinstance(called, Called)
    assert called.touch.mood == "angry"
    assert called.request is not None
    assert called.request.needs_lead == 1


async def test_a_step_that_must_not_be_skipped_asks_why(demo: Session, romashka: Client) -> None:
    app = HostApp(demo, CallScreen(demo, romashka.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "0/4" in text(app))
        await pilot.press("f3", "enter")
        await until(pilot, lambda: "must not be skipped" in text(app))
        await pilot.press("f3", *"спешил", "enter")
        await until(pilot, lambda: "1/4" in text(app))


async def test_a_call_rings_in_the_middle_and_the_work_comes_back(
    app: OneWindowApp, demo: Session, romashka: Client
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("A", *"быстр", "f2", "f8")
        await until(pilot, lambda: isinstance(app.screen, ClientFinder))
        await pilot.press(*"вектор")
        finder = app.screen
        assert isinstance(finder, ClientFinder)
        await until(pilot, lambda: finder.finder.rows.count == 1)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CallScreen))
        await pilot.press(*"другое", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, WindowScreen))
        assert "b goes on where you were" in text(app)
        await pilot.press("b")
        await until(pilot, lambda: "быстр" in text(app) and "1/4" in text(app))
        assert app.shown_client == romashka.id
        assert interruptions.waiting(demo) == []
