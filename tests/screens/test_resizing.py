"""After a resize nothing stays cut: every screen and box looks as if it had been opened in that size."""

from __future__ import annotations

import pytest
from screen_text import screen_text
from textual.pilot import Pilot

from onewindow.app import OneWindowApp
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client

_SMALL, _LARGE = (102, 26), (180, 50)
_PLACES = {
    "window": (),
    "line": ("1", "n"),
    "form": ("4", "n"),
    "why": ("0", "w"),
    "palette": ("colon",),
    "question": ("1", "D"),
    "request": ("1", "enter"),
    "call": ("1", "A"),
}


async def _opened(pilot: Pilot[None], app: OneWindowApp, keys: tuple[str, ...]) -> None:
    await pilot.pause()
    for key in keys:
        await pilot.press(key)
    await _still(pilot, app)


async def _still(pilot: Pilot[None], app: OneWindowApp) -> None:
    before: list[str] = []
    for _ in range(100):
        await pilot.pause(0.02)
        now = screen_text(app)
        if now == before and "Reading" not in "\n".join(now):
            return
        before = now


@pytest.mark.parametrize("place", _PLACES)
async def test_a_resized_screen_is_a_fresh_one(
    app: OneWindowApp, demo: Session, romashka: Client, place: str
) -> None:
    async with app.run_test(size=_SMALL) as pilot:
        await _opened(pilot, app, _PLACES[place])
        await pilot.resize_terminal(*_LARGE)
        await _still(pilot, app)
        resized = screen_text(app)
    fresh = OneWindowApp(demo, romashka.id)
    async with fresh.run_test(size=_LARGE) as pilot:
        await _opened(pilot, fresh, _PLACES[place])
        expected = screen_text(fresh)
    assert resized == expected


async def test_the_field_that_has_the_keys_stays_in_sight_when_the_terminal_grows(app: OneWindowApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await _opened(pilot, app, ("1", "n", *"abc", "ctrl+n", "ctrl+n"))
        for size in ((120, 40), (80, 24), (102, 26)):
            await pilot.press(*["tab"] * 9)
            await _still(pilot, app)
            await pilot.resize_terminal(*size)
            await _still(pilot, app)
            form = [line for line in screen_text(app) if "│▌" in line]
            assert form, "the sign of the focused field is on the screen"


def _of_client(app: OneWindowApp) -> list[str]:
    """What stands right of the list of clients, which may have scrolled, and the keys that work."""
    return [line.partition("│")[2] or line for line in screen_text(app)]


@pytest.mark.parametrize("keys", [(), ("1",), ("6",)])
async def test_a_window_that_was_tiny_is_itself_again(app: OneWindowApp, keys: tuple[str, ...]) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await _opened(pilot, app, keys)
        before = _of_client(app)
        await pilot.press("colon")
        await _still(pilot, app)
        await pilot.resize_terminal(80, 24)
        await _still(pilot, app)
        await pilot.press("escape")
        await _still(pilot, app)
        await pilot.resize_terminal(30, 8)
        await _still(pilot, app)
        await pilot.resize_terminal(120, 40)
        await _still(pilot, app)
        assert _of_client(app) == before
