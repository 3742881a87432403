"""Suggestions on panel 5 and on screens over all clients: taken, declined, offered, undone, explained."""

from __future__ import annotations

from datetime import timedelta

import pytest
from growing_client import GrowingClient, day, growing_client, healthy, seats
from screen_host import Clock, HostApp, until
from screen_text import screen_text

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.records.feedback import Opportunity
from onewindow.records.requests import Request
from onewindow.screens.frame.questions import Questions
from onewindow.screens.opportunities.rates import RatesScreen
from onewindow.screens.opportunities.renewals import RenewalsScreen
from onewindow.screens.opportunities.suggestions import SuggestionsScreen
from onewindow.screens.opportunities.whitespace import WhitespaceScreen
from onewindow.store import feedback as feedback_store
from onewindow.store.opportunities import outcomes


@pytest.fixture
def grown(session: Session) -> GrowingClient:
    return growing_client(session)


def shown(app: OneWindowApp | HostApp) -> str:
    return "\n".join(screen_text(app))


def on_file(session: Session, grown: GrowingClient) -> list[Opportunity]:
    return feedback_store.opportunities(session.store, grown.client.id)


async def test_panel_5_suggests_takes_and_undoes(session: Session, grown: GrowingClient) -> None:
    app = OneWindowApp(session, grown.client.id)
    async with app.run_test(size=(140, 40)) as pilot:
        await until(pilot, lambda: "2 more licences of Склад" in shown(app))
        await pilot.press("5")
        await until(pilot, lambda: bool(outcomes.trigger_counts(session.store)))
        assert outcomes.trigger_counts(session.store)["seats_busy"].seen == 1
        await pilot.press("w")
        await until(pilot, lambda: "suggested by the rule “seats are busy”" in shown(app))
        assert "9 of 10 paid seats of Склад are in use" in shown(app)
        await pilot.press("escape", "e")
        await until(pilot, lambda: "A suggestion is not on file yet: m takes it" in shown(app))
        await pilot.press("m")
        await until(pilot, lambda: bool(on_file(session, grown)))
        (taken,) = on_file(session, grown)
        assert (taken.state, taken.trigger, taken.assignee_id) == ("accepted", "seats_busy", session.me.id)
        await until(pilot, lambda: "held back" in shown(app))
        await pilot.press("u")
        await until(pilot, lambda: not on_file(session, grown))
        await until(pilot, lambda: "suggested" in shown(app) and "held back" not in shown(app))


async def test_panel_5_declines_with_a_reason_and_says_when_it_comes_again(
    session: Session, grown: GrowingClient
) -> None:
    app = OneWindowApp(session, grown.client.id)
    async with app.run_test(size=(160, 40)) as pilot:
        await until(pilot, lambda: "2 more licences of Склад" in shown(app))
        await pilot.press("5", "X")
        await until(pilot, lambda: isinstance(app.screen, Questions))
        await pilot.press(*"no money", "ctrl+s")
        await until(pilot, lambda: bool(on_file(session, grown)))
        assert [one.state for one in on_file(session, grown)] == ["dismissed"]
        await until(pilot, lambda: "not offered" in shown(app))
        await pilot.press(">")
        await until(pilot, lambda: "it is not offered now: dismissed on 23.11.2026" in shown(app))
        await pilot.press("v", "v")
        await until(pilot, lambda: "opportunities: not offered" in shown(app))


async def test_what_is_not_offered_shows_its_reason(
    session: Session, grown: GrowingClient, clock: Clock
) -> None:
    changing.insert(session, Request(client_id=grown.client.id, title="не печатает"))
    clock.now += timedelta(days=3)
    app = OneWindowApp(session, grown.client.id)
    async with app.run_test(size=(230, 40)) as pilot:
        await until(pilot, lambda: "1 open request past the due time" in shown(app))


async def test_the_screen_of_suggestions_ranks_mine_and_everybodys(
    session: Session, grown: GrowingClient
) -> None:
    petrov = next(one for one in session.directory.staff.values() if one.login == "petrov")
    seats(session, healthy(session, "Мята", petrov.id), grown.portal, (10, 10))
    screen = SuggestionsScreen(session)
    app = HostApp(session, screen)
    async with app.run_test(size=(140, 30)) as pilot:
        await until(pilot, lambda: "all rules, my clients: 1" in shown(app))
        assert "Мята" not in shown(app)
        await pilot.press("v")
        await until(pilot, lambda: "all rules, all clients: 2" in shown(app))
        await pilot.press("f")
        await until(pilot, lambda: "seats are busy, all clients: 2" in shown(app))
        await pilot.press("f", "v")
        await until(
            pilot, lambda: "not offered, and why ─ volume meets its limit, my clients: 0" in shown(app)
        )


async def test_the_screen_of_suggestions_decides_and_lists_what_is_held_back(
    session: Session, grown: GrowingClient
) -> None:
    screen = SuggestionsScreen(session)
    app = HostApp(session, screen)
    async with app.run_test(size=(140, 30)) as pilot:
        await until(pilot, lambda: "2 more licences of Склад" in shown(app))
        await pilot.press("X")
        await until(pilot, lambda: isinstance(app.screen, Questions))
        await pilot.press(*"later", "ctrl+s")
        await until(pilot, lambda: "There is nothing to suggest now." in shown(app))
        await pilot.press("v", "v")
        await until(pilot, lambda: "dismissed on 23.11: later" in shown(app))
        await pilot.press("u", "v", "v")
        await until(pilot, lambda: "suggestions ─ all rules, my clients: 1" in shown(app))
        await pilot.press(">")
        await until(pilot, lambda: bool(on_file(session, grown)))
        assert [one.state for one in on_file(session, grown)] == ["offered"]


async def test_enter_on_a_suggestion_opens_the_client_at_panel_5(
    session: Session, grown: GrowingClient
) -> None:
    healthy(session, "Астра")
    other = healthy(session, "Берёза")
    app = OneWindowApp(session, other.id)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press(":", *"что предложить", "enter")
        await until(pilot, lambda: "2 more licences of Склад" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.shown_client == grown.client.id)
        assert app._window.scope == "opportunities"  # pyright: ignore[reportPrivateUsage]


async def test_the_calendar_of_renewals(session: Session, grown: GrowingClient) -> None:
    changing.change(session, grown.licence, {"ends_on": day(session, -40), "amount": 500_000})
    app = HostApp(session, RenewalsScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: "within 90 days, my clients: 1, 1 with nothing done" in shown(app))
        assert "in 40 d" in shown(app)
        assert "5 000 ₽" in shown(app)
        await pilot.press("f")
        await until(pilot, lambda: "within 60 days, my clients: 1" in shown(app))
        await pilot.press("f")
        await until(pilot, lambda: "within 30 days, my clients: 0" in shown(app))


@pytest.mark.usefixtures("grown")
async def test_behind_a_cell_of_the_whitespace_stand_its_clients(session: Session) -> None:
    healthy(session, "Астра")
    app = HostApp(session, WhitespaceScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: "2 products in 3 segments" in shown(app))
        lines = [line for line in screen_text(app) if "regular" in line and "Склад" in line]
        assert "50 % (9–91) of 2" in lines[0]
        place = next(at for at, cell in enumerate(_cells(app)) if cell == ("regular", "Склад"))
        await pilot.press(*["down"] * place, "enter")
        await until(pilot, lambda: "without Склад" in shown(app))
        assert "Астра" in shown(app)
        assert "Ромашка" not in shown(app)
        await pilot.press("escape")
        await until(pilot, lambda: "2 products in 3 segments" in shown(app))


def _cells(app: HostApp) -> list[tuple[str, str]]:
    screen = app.shown
    assert isinstance(screen, WhitespaceScreen)
    products = screen.session.directory.product
    return [(cell.segment, products(cell.product_id)) for cell in screen.cells]


async def test_a_rule_is_retired_by_a_key_and_wakes_again(session: Session, grown: GrowingClient) -> None:
    changing.insert(
        session,
        Opportunity(client_id=grown.client.id, title="5 licences", state="offered", amount=100_000),
    )
    app = HostApp(session, RatesScreen(session))
    async with app.run_test(size=(140, 30)) as pilot:
        await until(pilot, lambda: "expected 500 ₽" in shown(app))
        await pilot.press("X")
        await until(pilot, lambda: "retired 23.11" in shown(app))
        assert [one.trigger for one in outcomes.retired(session.store)] == ["seats_busy"]
        await pilot.press("enter")
        await until(pilot, lambda: "retired on 2026-11-23: nothing was shown yet" in shown(app))
        await pilot.press("escape", "X")
        await until(pilot, lambda: not outcomes.retired(session.store))
        await pilot.press("end")
        await until(pilot, lambda: "by hand" in shown(app))
        await pilot.press("X")
        await until(pilot, lambda: "this is no rule of the program" in shown(app))
