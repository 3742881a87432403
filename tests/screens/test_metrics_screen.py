"""The metrics: read beside the keys, another measure, grouping and period by one key each, a row by month."""

from __future__ import annotations

from datetime import timedelta

import pytest
from screen_host import Clock, HostApp, until
from screen_text import screen_text
from textual.pilot import Pilot

from onewindow.desk.editing import changing
from onewindow.desk.reports.amounts import COUNT
from onewindow.desk.reports.measures import MEASURES, Judged, Measure
from onewindow.desk.requests import replies
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.requests import Request
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.metrics import MetricsScreen


def shown(app: HostApp) -> str:
    return "\n".join(screen_text(app))


@pytest.fixture
def answered(session: Session, clock: Clock) -> None:
    """Three answered requests of a client, one of them two months ago."""
    client = changing.insert(session, Client(name="[/] Ромашка", tier="A"))
    now = clock.now
    for days in (70, 3, 2):
        clock.now = now - timedelta(days=days)
        request = changing.insert(
            session, Request(client_id=client.id, title="вход", assignee_id=session.me.id)
        )
        clock.now += timedelta(minutes=5)
        replies.reply_to(session, request, "да")
    clock.now = now


async def opened(app: HostApp, pilot: Pilot[None]) -> MetricsScreen:
    assert isinstance(app.shown, MetricsScreen)
    screen = app.shown
    await until(pilot, lambda: screen.is_complete)
    return screen


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (180, 50)])
async def test_a_year_by_person_fits(session: Session, size: tuple[int, int]) -> None:
    app = HostApp(session, MetricsScreen(session))
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        text = shown(app)
        assert "first response by person" in text
        assert "3 requests" in text
        assert "100 % (44–100)" in text
        assert "in target" in text


@pytest.mark.usefixtures("answered")
async def test_keys_change_measure_grouping_and_period(session: Session) -> None:
    app = HostApp(session, MetricsScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await opened(app, pilot)
        await pilot.press("v")
        assert "resolution by person" in shown(app)
        await pilot.press("v", "v", "s")
        assert "passes from hand to hand by tier" in shown(app)
        await pilot.press("f", "f")
        await until(pilot, lambda: screen.is_complete)
        await pilot.pause()
        assert "24.10 – 23.11, 2 requests" in shown(app)


@pytest.mark.usefixtures("answered")
async def test_a_row_is_looked_into_by_month_and_left_again(session: Session) -> None:
    app = HostApp(session, MetricsScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await opened(app, pilot)
        await pilot.press("enter")
        text = shown(app)
        assert "by month" in text
        assert "2026-09" in text
        assert "2026-11" in text
        await pilot.press("enter")
        assert "months already" in shown(app)
        await pilot.press("q")
        assert "first response by person" in shown(app)
        await pilot.press("q")
        assert not app.is_open


@pytest.mark.usefixtures("answered")
async def test_why_defines_the_number_and_y_copies_the_rows(session: Session) -> None:
    app = HostApp(session, MetricsScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await opened(app, pilot)
        await pilot.press("Y")
        assert "Copied 1 rows" in shown(app)
        await pilot.press("w")
        await pilot.pause()
        assert isinstance(app.screen, TextView)
        assert "Working time from the opening to the first human answer" in shown(app)


async def test_an_empty_file_says_what_to_do(session: Session) -> None:
    app = HostApp(session, MetricsScreen(session))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        assert "f takes another period" in shown(app)


async def test_a_new_answer_is_counted_at_once(session: Session, clock: Clock) -> None:
    client = changing.insert(session, Client(name="Ромашка"))
    request = changing.insert(session, Request(client_id=client.id, title="вход"))
    app = HostApp(session, MetricsScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await opened(app, pilot)
        assert "f takes another period" in shown(app)
        clock.now += timedelta(minutes=1)
        replies.reply_to(session, request, "да")
        await until(pilot, lambda: screen.is_complete and "1 m" in shown(app))


@pytest.mark.usefixtures("answered")
async def test_a_measure_added_to_the_table_is_the_next_view(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    measure = Measure(
        name="events",
        label="events of a request",
        definition="How many events a request has.",
        unit=COUNT,
        read=lambda measured: Judged(len(measured.reported.events), is_met=True),
        share="calm (95 %)",
    )
    monkeypatch.setitem(MEASURES, measure.name, measure)
    app = HostApp(session, MetricsScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await opened(app, pilot)
        await pilot.press("v", "v", "v", "v")
        assert "events of a request by person" in shown(app)
        assert "calm (95 %)" in shown(app)
        await pilot.press("v")
        assert "first response by person" in shown(app)
