"""Reports on money in the window: one after the other by one key, a row read whole, its client opened."""

from __future__ import annotations

import pytest
from golden import assert_looks_like
from screen_host import Clock, HostApp, until
from screen_text import screen_text
from textual.pilot import Pilot

from onewindow.desk.editing import changing
from onewindow.desk.revenue.report_tables import REPORTS
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.feedback import Revenue
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.revenue.reports import RevenueReportsScreen


def shown(app: HostApp) -> str:
    return "\n".join(screen_text(app))


@pytest.fixture
def clients(session: Session, clock: Clock) -> list[Client]:
    """One who pays less each month than a year before, and one who was brought by it and is lost."""
    falling = changing.insert(session, Client(name="[/] Ромашка", tier="A"))
    lost = changing.insert(
        session,
        Client(name="Вектор", stage="lost", loss_reason="дорого", referrer_id=falling.id),
    )
    for place in range(24):
        month = clock.now.year * 12 + clock.now.month - 25 + place
        day = f"{month // 12}-{month % 12 + 1:02}-10"
        amount = 1_000_00 if place < 12 else 500_00
        changing.insert(session, Revenue(client_id=falling.id, on_date=day, amount=amount))
    changing.insert(session, Revenue(client_id=lost.id, on_date="2026-01-10", amount=70_00))
    return [falling, lost]


async def opened(app: HostApp, pilot: Pilot[None]) -> RevenueReportsScreen:
    screen = app.shown
    assert isinstance(screen, RevenueReportsScreen)
    await until(pilot, lambda: screen.report is not None and "reading" not in shown(app))
    return screen


@pytest.mark.usefixtures("clients")
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (180, 50)], ids=["80x24", "120x40", "180x50"])
async def test_who_buys_less(session: Session, size: tuple[int, int]) -> None:
    app = HostApp(session, RevenueReportsScreen(session))
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        assert_looks_like(app, f"revenue-reports-{size[0]}x{size[1]}")


@pytest.mark.usefixtures("clients")
async def test_v_steps_through_all_reports_and_round(session: Session) -> None:
    app = HostApp(session, RevenueReportsScreen(session))
    async with app.run_test(size=(180, 30)) as pilot:
        screen = await opened(app, pilot)
        seen: list[str] = []
        for _ in range(len(REPORTS) + 1):
            seen.append(screen_text(app)[0].split(" ─ ")[0].strip("▌ "))
            await pilot.press("v")
            await opened(app, pilot)
        assert seen == [*REPORTS, next(iter(REPORTS))]
        assert screen.report is not None


@pytest.mark.usefixtures("clients")
async def test_losses_and_referrals_have_their_rows(session: Session) -> None:
    app = HostApp(session, RevenueReportsScreen(session))
    async with app.run_test(size=(180, 30)) as pilot:
        await opened(app, pilot)
        await pilot.press("v")
        await opened(app, pilot)
        assert "дорого" in shown(app)
        assert "100 % (21–100)" in shown(app)
        await pilot.press("O")
        assert "of no client" in shown(app)
        await pilot.press("w")
        await pilot.pause()
        assert "Fewer than 10 clients are lost" in shown(app)
        await pilot.press("q", "v")
        await opened(app, pilot)
        assert "[/] Ромашка" in shown(app)
        assert "Вектор" in shown(app)


async def test_a_row_is_read_whole_and_its_client_opened(session: Session, clients: list[Client]) -> None:
    app = HostApp(session, RevenueReportsScreen(session))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, TextView)
        assert "trend           falling" in shown(app) or "trend           new" in shown(app)
        await pilot.press("q", "home", "O")
        await until(pilot, lambda: not app.is_open)
    assert isinstance(app.result, Chosen)
    assert app.result.client_id == clients[0].id


async def test_an_empty_file_says_what_is_not_there(session: Session) -> None:
    app = HostApp(session, RevenueReportsScreen(session))
    async with app.run_test(size=(120, 24)) as pilot:
        await opened(app, pilot)
        assert "Nobody bought anything in two years." in shown(app)
        await pilot.press("enter")
        assert "no row is under the cursor" in shown(app)


@pytest.mark.usefixtures("clients")
async def test_a_report_with_days_of_its_own_says_them_and_not_those_of_f(
    session: Session, clock: Clock
) -> None:
    month = clock.now.year * 12 + clock.now.month - 1
    first, last = (f"{at // 12}-{at % 12 + 1:02}" for at in (month - 12, month - 1))
    app = HostApp(session, RevenueReportsScreen(session))
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        assert f"who buys less ─ whole months {first} – {last}, " in shown(app)
        await pilot.press("f")
        await pilot.pause()
        assert f"this report has days of its own: whole months {first} – {last}" in shown(app)
        await pilot.press("v")
        await opened(app, pilot)
        assert "why clients left ─ of all time, 1 rows" in shown(app)
        await pilot.press("v")
        await opened(app, pilot)
        assert "of all time" not in shown(app)


@pytest.mark.usefixtures("clients")
async def test_the_change_and_its_interval_are_read_whole_at_120_columns(session: Session) -> None:
    app = HostApp(session, RevenueReportsScreen(session))
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        assert "-500 ₽ (-500 ₽ … -500 ₽)" in shown(app)
        assert "falling" in shown(app)
