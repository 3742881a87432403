"""Profit: the most and the least profitable clients, any grouping by one key, a row taken apart."""

from __future__ import annotations

import pytest
from golden import assert_looks_like
from screen_host import Clock, HostApp, until
from screen_text import screen_text
from textual.pilot import Pilot

from onewindow.desk.editing import changing
from onewindow.desk.requests import replies
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.feedback import Revenue
from onewindow.records.organization import Staff
from onewindow.records.requests import Request
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.revenue.profit import ProfitScreen
from onewindow.store import rows


def shown(app: HostApp) -> str:
    return "\n".join(screen_text(app))


@pytest.fixture
def firm(session: Session, clock: Clock) -> list[Client]:
    """A client who pays for what is done, and one who only costs; an hour of mine costs 1 200 ₽."""
    me = rows.get(session.store, Staff, session.me.id)
    changing.edit(session, me, {"hour_rate": "1200"})
    pays = changing.insert(session, Client(name="[/] Ромашка", tier="A"))
    costs = changing.insert(session, Client(name="Вектор", tier="B"))
    day = clock.now.date().isoformat()
    for kind, amount in (("licence", 10_000_00), ("discount", 500_00), ("cost", 300_00)):
        changing.insert(
            session,
            Revenue(client_id=pays.id, on_date=day, revenue_kind=kind, amount=amount),  # pyright: ignore[reportArgumentType]
        )
    for client, minutes in ((pays, 90), (costs, 30)):
        request = changing.insert(
            session, Request(client_id=client.id, title="вход", assignee_id=session.me.id)
        )
        replies.resolve_with(session, request, "да", minutes=minutes)
    return [pays, costs]


async def opened(app: HostApp, pilot: Pilot[None]) -> ProfitScreen:
    assert isinstance(app.shown, ProfitScreen)
    screen = app.shown
    await until(pilot, lambda: screen.is_complete and "reading" not in shown(app))
    return screen


@pytest.mark.usefixtures("firm")
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (180, 50)], ids=["80x24", "120x40", "180x50"])
async def test_the_clients_of_a_year(session: Session, size: tuple[int, int]) -> None:
    app = HostApp(session, ProfitScreen(session))
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        assert_looks_like(app, f"profit-{size[0]}x{size[1]}")


@pytest.mark.usefixtures("firm")
async def test_keys_turn_the_order_and_change_grouping_and_period(session: Session) -> None:
    app = HostApp(session, ProfitScreen(session))
    async with app.run_test(size=(180, 30)) as pilot:
        screen = await opened(app, pilot)
        await pilot.press("v")
        text = shown(app)
        assert text.index("Вектор") < text.index("[/] Ромашка")
        assert "least first" in text
        assert screen.table.cursor == 0
        await pilot.press("v", "s", "s")
        text = shown(app)
        assert "profit by tier" in text
        assert "A *" in text
        await pilot.press("f")
        await until(pilot, lambda: "25.08 – 23.11" in shown(app))


async def test_a_group_opens_its_clients_and_a_client_the_window(
    session: Session, firm: list[Client]
) -> None:
    app = HostApp(session, ProfitScreen(session))
    async with app.run_test(size=(180, 30)) as pilot:
        await opened(app, pilot)
        await pilot.press("s", "s", "down", "enter")
        text = shown(app)
        assert "profit by client of B" in text
        assert "Вектор" in text
        assert "Ромашка" not in text
        await pilot.press("q")
        assert "profit by tier" in shown(app)
        await pilot.press("down", "enter", "enter")
        await until(pilot, lambda: not app.is_open)
    assert isinstance(app.result, Chosen)
    assert app.result.client_id == firm[1].id


@pytest.mark.usefixtures("firm")
async def test_kinds_of_work_and_months_have_no_clients_to_open(session: Session) -> None:
    app = HostApp(session, ProfitScreen(session))
    async with app.run_test(size=(180, 30)) as pilot:
        await opened(app, pilot)
        await pilot.press(*"sssssssss")
        assert "profit by kind of work" in shown(app)
        await pilot.press("enter")
        assert "has no clients of its own" in shown(app)


@pytest.mark.usefixtures("firm")
async def test_why_takes_a_row_apart_to_the_unit(session: Session) -> None:
    app = HostApp(session, ProfitScreen(session))
    async with app.run_test(size=(180, 30)) as pilot:
        await opened(app, pilot)
        await pilot.press("w")
        await pilot.pause()
        assert isinstance(app.screen, TextView)
        lines = [line.strip(" │") for line in shown(app).splitlines()]
        assert "10 000 ₽  revenue: licences, subscriptions, services, goods" in lines
        assert "-            1 800 ₽  work, 1 h 30 m at the cost of an hour of who did it" in lines
        assert "=            7 400 ₽  left" in lines
        assert "margin 74.0 % of the revenue" in lines


async def test_new_money_is_counted_at_once(session: Session, firm: list[Client], clock: Clock) -> None:
    app = HostApp(session, ProfitScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await opened(app, pilot)
        changing.insert(
            session,
            Revenue(client_id=firm[1].id, on_date=clock.now.date().isoformat(), amount=90_000_00),
        )
        await until(pilot, lambda: "89 400 ₽" in shown(app))
        text = shown(app)
        assert text.index("Вектор") < text.index("[/] Ромашка")


async def test_an_empty_file_says_what_to_do(session: Session) -> None:
    app = HostApp(session, ProfitScreen(session))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        assert "f takes another one" in shown(app)
