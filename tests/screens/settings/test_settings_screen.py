"""The Settings screen: calendars and policies listed, edited as text, explained, and the past replayed."""

from __future__ import annotations

import pytest
from screen_host import HostApp, until
from screen_text import screen_text

from onewindow.desk.cadence import settings as touch_settings
from onewindow.desk.session.context import Session
from onewindow.desk.validation.calendar_hours import calendar_text, stored_calendar
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.chooser import Prompt
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.settings.settings_screen import SettingsScreen
from onewindow.screens.settings.weights_form import WeightsForm
from onewindow.store.people import organization


def text_of(app: HostApp) -> str:
    view = app.screen
    assert isinstance(view, TextView)
    return view.text_lines.text


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_calendars_and_policies_are_listed_with_what_they_say(
    demo: Session, size: tuple[int, int]
) -> None:
    app = HostApp(demo, SettingsScreen(demo))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        shown = "\n".join(screen_text(app))
        assert "Москва 9–18" in shown
        assert "mon-fri 9:00-13:00" in shown
        assert "first 15m" in shown
        assert "= replay" in shown


async def test_a_calendar_is_edited_as_text_with_the_error_beside_its_field(demo: Session) -> None:
    app = HostApp(demo, SettingsScreen(demo))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter")
        form = app.screen
        assert isinstance(form, RecordForm)
        assert form.form.values()["hours"].startswith("Europe/Moscow\nmon-fri 9:00-13:00 14:00-18:00")
        form.form.set_values({**form.form.values(), "hours": "Europe/Moscow\nпн–пт 22–6"})
        await pilot.press("ctrl+s")
        assert "closes before it opens" in "\n".join(screen_text(app))
        form.form.set_values(
            {**form.form.values(), "hours": "Europe/Moscow\nпн–пт 9–13, 14–18:30\nholidays RU"}
        )
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
    (first, *_) = organization.calendars(demo.store)
    assert calendar_text(stored_calendar(first.hours)).splitlines()[1] == "mon-fri 9:00-13:00 14:00-18:30"


async def test_w_shows_the_coming_two_weeks_of_a_calendar(demo: Session) -> None:
    app = HostApp(demo, SettingsScreen(demo))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("w")
        lines = text_of(app).splitlines()
        assert lines[lines.index("The coming two weeks:") + 1].startswith("Mo 23.11  9:00-13:00")
        assert len(lines) - lines.index("The coming two weeks:") == 15


async def test_e_on_a_policy_makes_a_version_from_tomorrow(demo: Session) -> None:
    app = HostApp(demo, SettingsScreen(demo))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("j", "j", "e")
        form = app.screen
        assert isinstance(form, RecordForm)
        values = form.form.values()
        assert (values["first_response_min"], values["valid_from"]) == ("10m", "2026-11-24")
        form.form.set_values({**values, "first_response_min": "5m"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        await pilot.press("w")
        shown = text_of(app)
        assert "from 2026-11-24: first 5m" in shown
        assert "first 10m" in shown


async def test_equals_replays_the_past_under_another_target(demo: Session) -> None:
    app = HostApp(demo, SettingsScreen(demo))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("j", "j", "equals_sign")
        assert isinstance(app.screen, Prompt)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, TextView))
        assert "requests replayed; nothing is changed by this." in text_of(app)
        assert "no evidence of change" in text_of(app)


async def test_your_own_file_is_shown_and_cannot_be_edited_here(demo: Session) -> None:
    app = HostApp(demo, SettingsScreen(demo))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("G", "e")
        assert "edit it with any editor" in "\n".join(screen_text(app))
        await pilot.press("enter")
        assert "Settings file:" in text_of(app)


async def test_other_weights_show_while_typed_what_becomes_of_the_clients(demo: Session) -> None:
    app = HostApp(demo, SettingsScreen(demo))
    async with app.run_test(size=(120, 40)) as pilot:
        shown = "\n".join(screen_text(app))
        assert "built in, active" in shown
        assert shown.count("adoption 35 %, support 20 %") == 3
        below = len(touch_settings.rules_of(demo.store))
        await pilot.press("G", *"kkkkk", *["k"] * below, "enter")
        assert isinstance(app.screen, WeightsForm)
        await until(pilot, lambda: "none would change" in "\n".join(screen_text(app)))
        await pilot.press("tab", "tab", "tab", "end", "0", "0")
        await until(pilot, lambda: "→" in "\n".join(screen_text(app)))
        shown = "\n".join(screen_text(app))
        assert "adoption 98 %" in shown
        assert "all clients: red" in shown
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        assert "adoption 98 %" in "\n".join(screen_text(app))
        await pilot.press("u")
        await until(pilot, lambda: "adoption 98 %" not in "\n".join(screen_text(app)))


async def test_rules_to_stay_in_touch_are_listed_and_say_whom_they_make_due(demo: Session) -> None:
    app = HostApp(demo, SettingsScreen(demo))
    async with app.run_test(size=(140, 50)) as pilot:
        await pilot.press("G", "k")
        shown = "\n".join(screen_text(app))
        assert "3 months after: start; call" in shown
        assert "2 sun 8; RU; строй" in shown
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, TextView))
        assert "for Fr 25.12" in text_of(app)
