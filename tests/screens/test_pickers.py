"""Boxes that offer records: the one whose surname was typed is taken by enter."""

from __future__ import annotations

import pytest
from screen_host import HostApp, until
from screen_text import screen_text

from onewindow.app import OneWindowApp
from onewindow.desk import editing
from onewindow.desk.session import Session
from onewindow.records.clients import Client
from onewindow.records.department import Staff
from onewindow.screens.chooser import Chooser
from onewindow.store import rows


@pytest.mark.parametrize("typed", ["петров", "petrov", "gtnhjd"])
async def test_assigning_takes_who_has_the_surname(session: Session, client: Client, typed: str) -> None:
    editing.insert(session, Staff(login="gusev", name="Гусев Роман Петрович"))
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
