"""The telephone rings: what one does is put aside, whole, and gone on with, whatever it was."""

from __future__ import annotations

import pytest
from screen_host import until
from screen_text import screen_text
from textual.pilot import Pilot

from onewindow.app import OneWindowApp
from onewindow.desk.queue import interruptions
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.requests import Request
from onewindow.screens.editing.catalogue import Catalogue
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.action_box import ActionBox
from onewindow.screens.frame.finder_screen import ClientFinder
from onewindow.screens.queue.today import TodayScreen
from onewindow.screens.requests.capture import CaptureScreen
from onewindow.screens.requests.request_screen import RequestScreen
from onewindow.screens.window.card_screen import CardScreen
from onewindow.screens.window.client_window import WindowScreen
from onewindow.store.requests import threads


def text(app: OneWindowApp) -> str:
    return "\n".join(screen_text(app))


async def shows(pilot: Pilot[None], app: OneWindowApp, kind: type) -> None:
    await until(pilot, lambda: isinstance(app.screen, kind))


async def take_a_call(pilot: Pilot[None], app: OneWindowApp, who: str) -> None:
    """Find the caller, and leave the screen of the call again."""
    await shows(pilot, app, ClientFinder)
    await pilot.press(*who)
    finder = app.screen
    assert isinstance(finder, ClientFinder)
    await until(pilot, lambda: finder.finder.rows.count == 1)
    await pilot.press("enter")
    await until(pilot, lambda: not isinstance(app.screen, ClientFinder))
    if not isinstance(app.screen, WindowScreen):
        await pilot.press("escape")
        await shows(pilot, app, WindowScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_the_cursor_comes_back(
    app: OneWindowApp, demo: Session, romashka: Client, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press("1", "g", "p")
        await take_a_call(pilot, app, "вектор")
        assert app.shown_client != romashka.id
        if size[0] > 100:
            assert "1 waiting: Ромашка ООО R-1042" in screen_text(app)[0]
        await pilot.press("6", "b")
        await until(pilot, lambda: app.shown_client == romashka.id)
        window = app.screen
        assert isinstance(window, WindowScreen)
        key = window.selected_key()
        request = threads.by_number(demo.store, 1042)
        assert key is not None
        assert request is not None
        assert key.id == request.id
        assert interruptions.waiting(demo) == []


async def test_a_form_comes_back_as_it_was_and_letters_stay_text(app: OneWindowApp, demo: Session) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("4", "n")
        await shows(pilot, app, RecordForm)
        await pilot.press(*"pbp", "tab", "2", "f8")
        await take_a_call(pilot, app, "вектор")
        await pilot.press("b")
        await shows(pilot, app, RecordForm)
        form = app.screen
        assert isinstance(form, RecordForm)
        values = form.form.values()
        assert "pbp" in values["quote"]
        await until(pilot, lambda: form.form.focused_name not in (None, "quote"))
    assert interruptions.waiting(demo) == []


async def test_a_half_typed_line_two_calls_deep(app: OneWindowApp, demo: Session, romashka: Client) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "n", *"нет дост", "f8")
        await take_a_call(pilot, app, "вектор")
        await pilot.press("1", "n", *"вторая", "f8")
        await take_a_call(pilot, app, "сигма")
        assert "2 waiting, last Вектор вторая" in screen_text(app)[0]
        await pilot.press("b")
        await shows(pilot, app, CaptureScreen)
        assert "вторая" in text(app)
        await pilot.press("f9")
        await until(pilot, lambda: "нет дост" in text(app))
        assert app.shown_client == romashka.id
        assert interruptions.waiting(demo) == []


async def test_a_false_alarm_comes_back_at_once(app: OneWindowApp, demo: Session) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "n", *"нет дост", "f8")
        await shows(pilot, app, ClientFinder)
        await pilot.press("f8", "escape")
        await shows(pilot, app, CaptureScreen)
        assert "нет дост" in text(app)
        assert interruptions.waiting(demo) == []


async def test_nothing_waits(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("b")
        await until(pilot, lambda: "Nothing was put aside." in text(app))


async def test_a_letter_that_narrows_a_choice_is_no_telephone(app: OneWindowApp, demo: Session) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "g", "e")
        await shows(pilot, app, RecordForm)
        await pilot.press("tab", *"comp")
        await until(pilot, lambda: "‹ complaint ›" in text(app))
        assert interruptions.waiting(demo) == []


async def test_a_screen_comes_back_with_what_lies_on_it(
    app: OneWindowApp, demo: Session, romashka: Client
) -> None:
    """Today, the request opened from it, and the half-written answer on that."""
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("T")
        await shows(pilot, app, TodayScreen)
        today = app.screen
        assert isinstance(today, TodayScreen)
        await pilot.press("f", "j")
        row = today.row
        assert row is not None
        assert isinstance(row.item.record, Request)
        await pilot.press("enter")
        await shows(pilot, app, RequestScreen)
        await pilot.press("r", *"почти готово", "f8")
        await take_a_call(pilot, app, "вектор")
        await pilot.press("b")
        await shows(pilot, app, ActionBox)
        assert "почти готово" in text(app)
        assert [type(screen) for screen in app.screen_stack[-3:]] == [TodayScreen, RequestScreen, ActionBox]
        await pilot.press("escape")
        request = app.screen
        assert isinstance(request, RequestScreen)
        assert request.snapshot.request.id == row.item.record.id
        await pilot.press("q")
        await shows(pilot, app, TodayScreen)
        again = app.screen
        assert isinstance(again, TodayScreen)
        assert again.row is not None
        assert again.row.key == row.key
        assert again.filter == today.filter
        await pilot.press("q")
        assert app.shown_client == romashka.id
    assert interruptions.waiting(demo) == []


async def test_the_request_gone_on_to_comes_back(app: OneWindowApp, demo: Session) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "g", "enter")
        await shows(pilot, app, RequestScreen)
        await pilot.press("]")
        first = app.screen
        assert isinstance(first, RequestScreen)
        shown = first.snapshot.request
        await pilot.press("p")
        assert interruptions.waiting(demo)[-1].title.startswith(f"Ромашка ООО R-{shown.number}")
        await take_a_call(pilot, app, "вектор")
        await pilot.press("b")
        await shows(pilot, app, RequestScreen)
        second = app.screen
        assert isinstance(second, RequestScreen)
        await until(pilot, lambda: second.snapshot.request.id == shown.id)


async def test_rows_that_are_read_slowly_are_found_again(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        window = app.screen
        assert isinstance(window, WindowScreen)
        window.actions.do("all.contact")
        await shows(pilot, app, Catalogue)
        rows = app.screen
        assert isinstance(rows, Catalogue)
        await until(pilot, lambda: rows.is_complete)
        await pilot.press("end", "up")
        await pilot.pause()
        key = rows.table.cursor_key
        await pilot.press("p")
        await take_a_call(pilot, app, "вектор")
        await pilot.press("b")
        await shows(pilot, app, Catalogue)
        again = app.screen
        assert isinstance(again, Catalogue)
        await until(pilot, lambda: again.table.cursor_key == key)


async def test_a_card_comes_back(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("0", "enter")
        await shows(pilot, app, CardScreen)
        await pilot.press("f8")
        await take_a_call(pilot, app, "вектор")
        await pilot.press("b")
        await shows(pilot, app, CardScreen)
