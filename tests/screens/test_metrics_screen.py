"""The metrics: every figure in a list, the one under the cursor with its chart, groups, change and rows."""

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
from onewindow.records.baselines import Baseline
from onewindow.records.clients import Client
from onewindow.records.feedback import Survey, SurveyResponse
from onewindow.records.requests import Request
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.metric_rows import MetricRows
from onewindow.screens.metrics import MetricsScreen
from onewindow.store.changes import Transaction


def shown(app: HostApp) -> str:
    return "\n".join(screen_text(app))


@pytest.fixture
def heard(session: Session, clock: Clock) -> Client:
    """Fifteen answers to an NPS survey of two clients within the last ninety days, ten of long ago."""
    first = changing.insert(session, Client(name="[/] Ромашка", tier="A", owner_id=session.me.id))
    second = changing.insert(session, Client(name="Сигма", tier="B"))
    survey = changing.insert(
        session, Survey(title="Готовы рекомендовать?", metric="nps", questions="Готовы?")
    )

    def answers(transaction: Transaction) -> None:
        for days, client, scores in (
            (5, first, [10] * 10 + [7, 3]),
            (40, second, [0, 3, 6]),
            (400, second, [0] * 9 + [7]),
        ):
            at = f"{(clock.now - timedelta(days=days)):%Y-%m-%dT%H:%M:%SZ}"
            for score in scores:
                transaction.insert(
                    SurveyResponse(client_id=client.id, survey_id=survey.id, score=score, at=at)
                )

    session.change("answers", answers)
    return first


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


async def choose(screen: MetricsScreen, pilot: Pilot[None], name: str) -> None:
    """Bring the cursor of the list on a metric."""
    assert screen.table.move_to_key(name)
    await pilot.pause()
    await until(pilot, lambda: screen.is_complete)


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (180, 50)])
async def test_figure_chart_and_table_fit(session: Session, size: tuple[int, int]) -> None:
    app = HostApp(session, MetricsScreen(session))
    async with app.run_test(size=size) as pilot:
        await opened(app, pilot)
        await until(pilot, lambda: "40.0" in shown(app))
        text = shown(app)
        assert "NPS: groups" in text
        assert "NPS by who did it" in text
        assert "├" in text
        assert "●" in text
        assert session.me.name.split()[0] in text
        assert "15 answers" in text or size[0] == 80


@pytest.mark.usefixtures("heard")
async def test_keys_change_chart_grouping_period_and_comparison(session: Session) -> None:
    app = HostApp(session, MetricsScreen(session))
    async with app.run_test(size=(140, 40)) as pilot:
        screen = await opened(app, pilot)
        await pilot.press("v")
        assert "month by month" in shown(app)
        await pilot.press("v")
        assert "how the cases lie" in shown(app)
        assert "10 │" in shown(app)
        await pilot.press("v", "s", "s")
        await until(pilot, lambda: screen.is_complete)
        await until(pilot, lambda: "NPS by tier" in shown(app))
        await pilot.press("f", "f")
        await until(pilot, lambda: screen.is_complete)
        await until(pilot, lambda: "24.10 – 23.11" in shown(app))
        await pilot.press("f", "f", "equals_sign")
        await until(pilot, lambda: screen.is_complete and "compared with the period before" in shown(app))
        assert "nothing to compare with" in shown(app)
        await pilot.press("equals_sign")
        await until(pilot, lambda: screen.is_complete and "compared with a year ago" in shown(app))


@pytest.mark.usefixtures("heard")
async def test_the_list_shows_every_figure_and_moving_shows_another(session: Session) -> None:
    app = HostApp(session, MetricsScreen(session))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(app, pilot)
        await choose(screen, pilot, "churn")
        text = shown(app)
        assert "churn: " in text
        for name in (
            "CSAT",
            "lifetime",
            "GRR",
            "win rate",
            "terms kept",
            "first response",
            "seconds to register",
        ):
            assert name in text
        await pilot.press("down")
        await until(pilot, lambda: screen.is_complete and "lifetime by" in shown(app))


async def test_the_rows_behind_lead_to_the_client(session: Session, heard: Client) -> None:
    app = HostApp(session, MetricsScreen(session))
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot)
        await pilot.press("enter")
        rows = app.screen
        assert isinstance(rows, MetricRows)
        await until(pilot, lambda: rows.is_complete)
        assert "behind NPS" in shown(app)
        assert "0 detractor" in shown(app)
        await pilot.press("q", "tab", "enter")
        of_mine = app.screen
        assert isinstance(of_mine, MetricRows)
        await until(pilot, lambda: of_mine.is_complete)
        assert f"behind NPS of {session.me.name}" in shown(app)
        assert "0 detractor" not in shown(app)
        assert "3 detractor" in shown(app)
        assert "[/] Ромашка" in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: not app.is_open)
    assert isinstance(app.result, Chosen)
    assert (app.result.client_id, app.result.key.kind) == (heard.id, "survey_response")


@pytest.mark.usefixtures("heard")
async def test_why_defines_the_number_and_copying_has_tabs(session: Session) -> None:
    app = HostApp(session, MetricsScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await opened(app, pilot)
        await pilot.press("Y")
        assert "Copied 2 rows" in shown(app)
        await pilot.press("w")
        await pilot.pause()
        assert isinstance(app.screen, TextView)
        text = " ".join(shown(app).split())
        assert "adjusted Wald" in text
        assert "From: survey responses" in text
        assert "promoters 10, passives 1, detractors 1" in text


@pytest.mark.usefixtures("heard")
async def test_a_figure_is_frozen_and_compared_with_later(session: Session) -> None:
    app = HostApp(session, MetricsScreen(session))
    async with app.run_test(size=(140, 40)) as pilot:
        screen = await opened(app, pilot)
        screen.action_do("metrics.freeze")
        await pilot.pause()
        form = app.screen
        assert isinstance(form, RecordForm)
        await pilot.press(*"before", "ctrl+s")
        await until(pilot, lambda: app.screen is screen)
        await until(pilot, lambda: screen.is_complete)
        await pilot.press("equals_sign", "equals_sign", "equals_sign")
        await until(pilot, lambda: screen.is_complete and "compared with before" in shown(app))
        assert "no evidence of change" in shown(app)
    (name,) = session.store.rows("SELECT name FROM baseline")[0]
    assert name == "before"
    assert Baseline.kind == "baseline"


@pytest.mark.usefixtures("answered")
async def test_a_request_measure_has_median_share_and_losses(session: Session) -> None:
    app = HostApp(session, MetricsScreen(session))
    async with app.run_test(size=(160, 40)) as pilot:
        screen = await opened(app, pilot)
        await choose(screen, pilot, "response")
        text = shown(app)
        assert "first response by who did it" in text
        assert "3 requests that have one" in text
        assert "in target, % 100" in text
        assert "from % 44" in text
        await pilot.press("w")
        await pilot.pause()
        text = " ".join(shown(app).split())
        assert "Working time from the opening to the first human answer" in text
        assert "There is nothing to compare." in text


async def test_an_empty_file_says_what_to_do(session: Session) -> None:
    app = HostApp(session, MetricsScreen(session))
    async with app.run_test(size=(120, 24)) as pilot:
        await opened(app, pilot)
        assert "f takes another one" in shown(app)


async def test_a_new_answer_is_counted_at_once(session: Session, clock: Clock) -> None:
    client = changing.insert(session, Client(name="Ромашка"))
    request = changing.insert(session, Request(client_id=client.id, title="вход"))
    app = HostApp(session, MetricsScreen(session))
    async with app.run_test(size=(140, 30)) as pilot:
        screen = await opened(app, pilot)
        await choose(screen, pilot, "response")
        assert "f takes another one" in shown(app)
        clock.now += timedelta(minutes=1)
        replies.reply_to(session, request, "да")
        await until(pilot, lambda: screen.is_complete and "1 m" in shown(app))


@pytest.mark.usefixtures("answered")
async def test_a_measure_added_to_the_table_is_in_the_list(
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
    async with app.run_test(size=(160, 40)) as pilot:
        screen = await opened(app, pilot)
        await choose(screen, pilot, "events")
        assert "events of a request by who did it" in shown(app)
        assert "calm, % 100" in shown(app)
