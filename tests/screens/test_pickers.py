"""Boxes that offer records: the one whose surname was typed is taken by enter."""

from __future__ import annotations

import pytest
from screen_host import until

from onewindow.app import OneWindowApp
from onewindow.desk import editing
from onewindow.desk.session import Session
from onewindow.records.clients import Client
from onewindow.records.department import Staff
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
