"""The window's keys on screens over it: to other screens and places, and what they say otherwise."""

from __future__ import annotations

import pytest
from screen_host import until
from screen_text import screen_text

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.clients import Client
from onewindow.records.requests import Request
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.chooser import Chooser
from onewindow.screens.metrics import MetricsScreen
from onewindow.screens.queue.team import TeamScreen
from onewindow.screens.queue.today import TodayScreen
from onewindow.screens.review import ReviewScreen
from onewindow.screens.window.client_window import WindowScreen


async def test_go_keys_work_inside_other_screens(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("W")
        await until(pilot, lambda: isinstance(app.screen, TeamScreen))
        for key, kind in (("M", MetricsScreen), ("T", TodayScreen), ("R", ReviewScreen)):
            await pilot.press(key)
            await until(pilot, lambda kind=kind: isinstance(app.screen, kind))
        await pilot.press("W")
        await until(pilot, lambda: isinstance(app.screen, TeamScreen))
        assert len(app.screen_stack) == 2, "Team lay open below: what was over it is closed"
        await pilot.press("М")  # the Russian letter at the place of V has no meaning here; Ь is at that of m
        await pilot.press("q")
        await until(pilot, lambda: isinstance(app.screen, WindowScreen))


async def test_back_leads_to_the_screen_one_came_from(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("W", "M")
        await until(pilot, lambda: isinstance(app.screen, MetricsScreen))
        await pilot.press("q")
        await until(pilot, lambda: isinstance(app.screen, TeamScreen))
        await pilot.press("3")
        await until(pilot, lambda: isinstance(app.screen, WindowScreen))
        assert app.focused is not None
        assert app.focused.id == "adoption"


@pytest.mark.parametrize(("size", "on_the_way"), [((120, 40), ()), ((80, 24), ("W",))])
async def test_back_from_a_client_leads_to_the_row_one_came_from(
    app: OneWindowApp, size: tuple[int, int], on_the_way: tuple[str, ...]
) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press(*on_the_way, "T")
        await until(pilot, lambda: isinstance(app.screen, TodayScreen))
        await pilot.press("f", "f", "j")
        today = app.screen
        assert isinstance(today, TodayScreen)
        stood = today.position()
        assert stood["row"]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WindowScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, TodayScreen))
        back = app.screen
        assert isinstance(back, TodayScreen)
        await until(pilot, lambda: back.position() == stood)
        await pilot.press("escape")
        kind = TeamScreen if on_the_way else WindowScreen
        await until(pilot, lambda: isinstance(app.screen, kind))


async def test_who_went_on_to_another_client_comes_to_the_list(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("T", "f", "f", "enter")
        await until(pilot, lambda: isinstance(app.screen, WindowScreen))
        await pilot.press("slash", *"кедр")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WindowScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "clients")
        assert isinstance(app.screen, WindowScreen)


async def test_a_client_found_from_another_screen_is_shown(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("W", "M", "slash", *"кедр")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WindowScreen))
        snapshot = app._window.snapshot  # pyright: ignore[reportPrivateUsage]
        assert snapshot is not None
        assert "Кедр" in snapshot.client.name


@pytest.mark.parametrize("key", ["T", "M", "R", "W"])
async def test_going_on_with_nothing_says_so_on_any_screen(app: OneWindowApp, key: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(key)
        await until(pilot, lambda: not isinstance(app.screen, WindowScreen))
        await pilot.press("b")
        await until(pilot, lambda: "Nothing was put aside." in "\n".join(screen_text(app)))
        assert not isinstance(app.screen, WindowScreen)


async def test_a_key_of_the_window_that_does_nothing_says_so(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("W")
        await until(pilot, lambda: isinstance(app.screen, TeamScreen))
        await pilot.press("n")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, TeamScreen)
        assert screen.hint_bar.said == "That belongs to the window: q, then n."


async def test_marked_requests_are_counted(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("W", "f")
        await until(pilot, lambda: isinstance(app.screen, TeamScreen) and app.screen.table.count > 2)
        await pilot.press("space", "space")
        await pilot.pause()
        shown = "\n".join(strip.text for strip in app.screen._compositor.render_strips())  # pyright: ignore[reportPrivateUsage]
        assert "2 marked" in shown


async def test_after_undo_the_cursor_is_on_its_record_again(session: Session, client: Client) -> None:
    made = [
        changing.insert(session, Request(client_id=client.id, title=title))
        for title in ("один", "два", "три")
    ]
    app = OneWindowApp(session, client.id)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "down")
        panel = app._window.panels["requests"]  # pyright: ignore[reportPrivateUsage]
        here = panel.cursor_key
        assert isinstance(here, RecordKey)
        await pilot.press("d")
        await until(pilot, lambda: panel.count == len(made) - 1)
        assert panel.cursor_key != here
        await pilot.press("u")
        await until(pilot, lambda: panel.count == len(made))
        assert panel.cursor_key == here


async def test_ctrl_o_lists_what_fits_or_says_that_it_is_text(session: Session, client: Client) -> None:
    app = OneWindowApp(session, client.id)
    async with app.run_test(size=(120, 40)) as pilot:
        app._window.actions.do("new.document")  # pyright: ignore[reportPrivateUsage]
        await until(pilot, lambda: isinstance(app.screen, RecordForm))
        form = app.screen
        assert isinstance(form, RecordForm)
        form.form.focus_field("title")
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert "plain text" in form.hint_bar.said
        form.form.focus_field("document_kind")
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(app.screen, Chooser))
        await pilot.press(*"inv", "enter")
        await until(pilot, lambda: app.screen is form)
        assert form.form.values()["document_kind"] == "invoice"


async def test_a_list_of_choices_begins_on_the_value_that_stands(session: Session, client: Client) -> None:
    app = OneWindowApp(session, client.id)
    async with app.run_test(size=(120, 40)) as pilot:
        app._window.actions.do("new.document")  # pyright: ignore[reportPrivateUsage]
        await until(pilot, lambda: isinstance(app.screen, RecordForm))
        form = app.screen
        assert isinstance(form, RecordForm)
        form.form.focus_field("document_kind")
        await pilot.press("i", "n", "v")
        assert form.form.values()["document_kind"] == "invoice"
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(app.screen, Chooser))
        chooser = app.screen
        assert isinstance(chooser, Chooser)
        assert chooser.finder.rows.cursor_key == "invoice"
        row = chooser.finder.rows.cursor_row
        assert row is not None
        assert row.mark == "="
        assert not chooser.works("caller.contact")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is form)
        assert form.form.values()["document_kind"] == "invoice"
