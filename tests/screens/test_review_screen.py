"""The review in the window: one key decides, the next client is shown, undo brings one back."""

from __future__ import annotations

import pytest
from golden import assert_looks_like
from screen_host import HostApp, until
from screen_text import screen_text

from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client, Contact
from onewindow.records.organization import Staff
from onewindow.screens.review import ReviewScreen
from onewindow.store import reviews


def shown(app: HostApp) -> str:
    return "\n".join(screen_text(app))


@pytest.fixture
def portfolio(session: Session, client: Client, contact: Contact) -> list[Client]:
    """Ромашка with a contact, and two more clients of mine; Петров leads."""
    assert contact.client_id == client.id
    petrov = next(colleague for colleague in session.directory.staff.values() if colleague.login == "petrov")
    assert isinstance(petrov, Staff)
    changing.change(session, petrov, {"role": "lead"})
    goal = {"goal": "закрывать месяц за 2 дня [b]", "owner_id": session.me.id}
    first = changing.change(session, client, goal)
    vector = changing.insert(session, Client(name="Вектор", owner_id=session.me.id, tier="A"))
    jupiter = changing.insert(session, Client(name="Юпитер", owner_id=session.me.id, tier="B"))
    return [first, vector, jupiter]


@pytest.mark.usefixtures("portfolio")
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (180, 50)], ids=["80x24", "120x40", "180x50"])
async def test_pictures(session: Session, size: tuple[int, int]) -> None:
    app = HostApp(session, ReviewScreen(session))
    async with app.run_test(size=size) as pilot:
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("v")
        await pilot.pause()
        assert_looks_like(app, f"review-{size[0]}x{size[1]}")


@pytest.mark.usefixtures("portfolio")
async def test_one_key_decides_and_shows_the_next(session: Session) -> None:
    app = HostApp(session, ReviewScreen(session))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Вектор · C-" in shown(app))
        await pilot.press("x")
        await until(pilot, lambda: "1 of 3 reviewed" in shown(app))
        assert "Юпитер · C-" in shown(app)
        assert "takes it back" in shown(app)
        await pilot.press("D")
        await until(pilot, lambda: "2 of 3 reviewed" in shown(app))
        assert "закрывать месяц за 2 дня [b]" in shown(app)
        await pilot.press("u")
        await until(pilot, lambda: "1 of 3 reviewed" in shown(app))
        await pilot.press("w")
        await until(pilot, lambda: "never reviewed" in shown(app) and "in all" in shown(app))


@pytest.mark.usefixtures("portfolio")
async def test_an_own_reason_with_a_date_and_the_end_of_the_round(session: Session) -> None:
    app = HostApp(session, ReviewScreen(session))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("z")
        await until(pilot, lambda: "1 of 3 reviewed" in shown(app))
        await pilot.press("e", *"other", "enter")
        await pilot.pause()
        await pilot.press(*"holiday", "tab", *"+2w", "ctrl+s")
        await until(pilot, lambda: "1 of 3 reviewed" in shown(app))
        await pilot.press("x")
        await until(pilot, lambda: "2 of 3" in shown(app))
        await pilot.press("x")
        await until(pilot, lambda: "All 3 are reviewed" in shown(app))
        await pilot.press("x")
        await until(pilot, lambda: "Agenda for the lead" in shown(app))
        assert "holiday" in shown(app)
    (walk,) = reviews.rounds(session.store, session.me.id)
    assert walk.ended_at
    snoozed = [
        decision for decision in reviews.decisions(session.store, walk.id) if decision.decision == "snooze"
    ]
    assert [(decision.reason, decision.till) for decision in snoozed] == [("holiday", "2026-12-07")]


async def test_whose_clients_is_chosen(session: Session, portfolio: list[Client]) -> None:
    petrov = next(colleague for colleague in session.directory.staff.values() if colleague.login == "petrov")
    changing.change(session, portfolio[2], {"owner_id": petrov.id})
    app = HostApp(session, ReviewScreen(session))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "0 of 2 reviewed" in shown(app))
        await pilot.press("f", *"Петров", "enter")
        await until(pilot, lambda: "0 of 1 reviewed" in shown(app))
        assert "Юпитер · C-" in shown(app)
