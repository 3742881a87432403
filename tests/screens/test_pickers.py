"""Boxes that offer records: the one whose surname was typed is taken by enter."""

from __future__ import annotations

import pytest
from screen_host import HostApp, until
from screen_text import screen_text

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.organization import Staff
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.chooser import Chooser
from onewindow.store import rows


@pytest.mark.parametrize("typed", ["петров", "petrov", "gtnhjd"])
async def test_assigning_takes_who_has_the_surname(session: Session, client: Client, typed: str) -> None:
    changing.insert(session, Staff(login="gusev", name="Гусев Роман Петрович"))
    app = OneWindowApp(session, client.id)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("c", "a", *typed, "enter")

        def owner() -> str:
            return session.directory.name(rows.get(session.store, Client, client.id).owner_id)

        await until(pilot, lambda: owner() == "Петров Олег")


async def test_a_box_of_people_is_as_wide_as_their_numbers_need(session: Session) -> None:
    label = "Гурьев-Преображенский Константин Ильич  +7 925 417-22-33  начальник склада"
    app = HostApp(session, Chooser("People of Ромашка", [("1", label)], people=True))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: label in "\n".join(screen_text(app)))


async def test_the_choices_of_a_field_begin_on_the_one_that_stands(session: Session, client: Client) -> None:
    request = changing.add(session, "request", {"title": "нет входа", "request_kind": "access"}, client.id)
    form = RecordForm(session, "request", request)
    app = HostApp(session, form)
    async with app.run_test(size=(100, 30)) as pilot:
        form.form.focus_field("request_kind")
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(app.screen, Chooser))
        chooser = app.screen
        assert isinstance(chooser, Chooser)
        assert chooser.finder.rows.cursor_key == "access"
        assert any("= access" in line for line in screen_text(app))
        await pilot.press("p")
        await until(pilot, lambda: chooser.finder.rows.cursor_key != "access")
        await pilot.press("backspace")
        await until(pilot, lambda: chooser.finder.rows.cursor_key == "access")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is form)
        assert form.form.values()["request_kind"] == "access", "enter at once changes nothing"


async def test_help_in_a_list_of_choices_names_its_own_keys(session: Session) -> None:
    app = HostApp(session, Chooser("What is it?", [("a", "Альфа"), ("b", "Бета")]))
    async with app.run_test(size=(100, 40)) as pilot:
        await until(pilot, lambda: "Альфа" in "\n".join(screen_text(app)))
        await pilot.press("f1")
        await until(pilot, lambda: "Keys: List of choices" in "\n".join(screen_text(app)))
        told = "\n".join(screen_text(app))
    assert "Take the row under the cursor." in told
    assert "unknown number" not in told
