"""The day in the window: rows with reasons at every size, put off, done, warned, opened, and alive."""

from __future__ import annotations

from datetime import timedelta

import pytest
from screen_host import Clock, HostApp, until
from screen_text import screen_text

from onewindow.app import OneWindowApp
from onewindow.desk.caches import client_caches
from onewindow.desk.editing import changing
from onewindow.desk.editing.done_words import done_text
from onewindow.desk.queue.rows import moment_of, term, tone_of
from onewindow.desk.queue.today import FILTERS, read_today
from onewindow.desk.requests import replies
from onewindow.desk.session.context import Session
from onewindow.desk.session.presence import Presence
from onewindow.records.adoption import Feature
from onewindow.records.cadence import TouchCadence
from onewindow.records.clients import Client, Promise
from onewindow.records.feedback import Feedback
from onewindow.records.requests import Document, Request, Task
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.queue.today import TodayScreen
from onewindow.screens.requests.request_screen import RequestScreen
from onewindow.store import rows


def shown(app: HostApp | OneWindowApp) -> str:
    return "\n".join(screen_text(app))


@pytest.fixture
def request_of(session: Session, client: Client) -> Request:
    """A request of Ромашка with a date that is near, and a task for today."""
    near = (session.now() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    me, today = session.me.id, session.today().isoformat()
    changing.insert(session, Task(client_id=client.id, title="позвонить", due_on=today, assignee_id=me))
    return changing.insert(
        session,
        Request(client_id=client.id, title="[/] вход", assignee_id=me, promised_at=near),
    )


@pytest.mark.usefixtures("request_of")
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (180, 50)])
async def test_the_day_fits_with_its_reasons(session: Session, size: tuple[int, int]) -> None:
    app = HostApp(session, TodayScreen(session))
    async with app.run_test(size=size):
        text = shown(app)
        assert "late 0 · due today 1 · new 1" in text
        assert "R-1 [/] вход" in text
        assert "Ромашка ООО" in text
        assert "no answer yet, warn them: promised for 23.11 16:32 · R-1 [/] вход" in text


@pytest.mark.usefixtures("request_of")
async def test_a_filter_shows_one_kind_and_why_its_arithmetic(session: Session) -> None:
    app = HostApp(session, TodayScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("f", "f")
        assert "Nothing of that kind; f takes the next filter." in shown(app)
        await pilot.press("f", "f")
        assert "today: tasks" in shown(app)
        assert "вход" not in shown(app)
        await pilot.press("w")
        await pilot.pause()
        assert "Place 2 of 2." in shown(app)
        assert "Due on Mo 23.11 23:59, Europe/Moscow." in shown(app)


async def test_a_row_is_put_off_with_a_reason_and_brought_back(session: Session, request_of: Request) -> None:
    app = HostApp(session, TodayScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("z")
        await pilot.press(*"tomorrow 10:00", "tab", "ctrl+s")
        await pilot.pause()
        assert "Say why it can wait" in shown(app)
        await pilot.press(*"stock", "ctrl+s")
        await pilot.pause()
        assert "1 put off" in shown(app)
        assert "вход" not in shown(app).replace("Put off: R-1 [/] вход", "")
        for _ in FILTERS:
            if "today: put off" not in shown(app):
                await pilot.press("f")
        assert "till 24.11 10:00: stock" in shown(app)
        await pilot.press("z")
        assert "Back in the day" in shown(app)
    assert rows.get(session.store, Request, request_of.id).status == request_of.status


async def test_done_asks_for_the_result_and_undo_takes_it_back(session: Session, request_of: Request) -> None:
    app = HostApp(session, TodayScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("x")
        await pilot.press(*"new key", "ctrl+s")
        await pilot.pause()
        done = rows.get(session.store, Request, request_of.id)
        assert (done.status, done.result) == ("resolved", "new key")
        await pilot.press("u")
        assert "вход" in shown(app)
        await pilot.press("j", "x")
        assert "Task “позвонить” of Ромашка ООО is done; u takes it back." in shown(app)


async def test_what_x_did_is_told_by_its_kind_name_and_client(session: Session, client: Client) -> None:
    today = session.today().isoformat()
    wish = Feature(title="выгрузка в 1С", status="released")
    wish = changing.insert(session, wish)
    for record, told in (
        (
            Document(client_id=client.id, title="акт", document_kind="act", state="missing", due_on=today),
            "act “акт” of Ромашка ООО is here",
        ),
        (
            Promise(client_id=client.id, text="отгрузка до 10:00", promise_kind="term"),
            "promise “отгрузка до 10:00” of Ромашка ООО is kept, 1/1",
        ),
        (
            Feedback(client_id=client.id, quote="хотим каждый день", feature_id=wish.id, said_on=today),
            "Ромашка ООО was told of “выгрузка в 1С”",
        ),
        (Task(title="инвентаризация"), "task “инвентаризация” is done"),
    ):
        stored = changing.insert(session, record)
        assert done_text(session, changing.mark_done(session, stored)) == told
    changing.insert(session, Document(client_id=client.id, title="акт", state="missing", due_on=today))
    app = HostApp(session, TodayScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("x")
        assert "Contract “акт” of Ромашка ООО is here; u takes it back." in shown(app)
        await pilot.press("u")
        assert "Undone: contract “акт” of Ромашка ООО is here" in shown(app)


async def test_the_client_is_warned_and_the_date_moved(session: Session, request_of: Request) -> None:
    app = HostApp(session, TodayScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("t")
        await pilot.press(*"tomorrow 15:00", "tab", *"no stock", "ctrl+s")
        await pilot.pause()
        assert "the client is told" in shown(app)
        moved = rows.get(session.store, Request, request_of.id)
        assert moved.promised_at == "2026-11-24T12:00:00Z"
        assert "warn them" not in shown(app)


async def test_what_others_do_is_seen_and_the_clock_runs(
    session: Session, other: Session, request_of: Request, clock: Clock
) -> None:
    screen = TodayScreen(session)
    app = HostApp(session, screen)
    async with app.run_test(size=(120, 30)) as pilot:
        replies.take_over(other, rows.get(other.store, Request, request_of.id))
        session.poll()
        await until(pilot, lambda: "вход" not in shown(app))
        clock.now += timedelta(days=1)
        screen.reread()
        await pilot.pause()
        assert "1 d late" in shown(app)


async def test_an_empty_day_says_well_done(session: Session) -> None:
    app = HostApp(session, TodayScreen(session))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Well done: nothing waits for you now." in shown(app)
        await pilot.press("x")
        assert "no row is under the cursor" in shown(app)
        await pilot.press("escape")
        assert app.result is None


async def test_enter_opens_a_request_where_the_queue_goes_on_and_comes_back(
    session: Session, request_of: Request
) -> None:
    second = changing.insert(
        session, Request(client_id=request_of.client_id, title="печать", assignee_id=session.me.id)
    )
    app = HostApp(session, TodayScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, RequestScreen)
        assert screen.snapshot.request.id == request_of.id
        await pilot.press("right_square_bracket")
        assert screen.snapshot.request.id == second.id
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("end", "enter")
        await pilot.pause()
    assert isinstance(app.result, Chosen)
    assert app.result.client_id == request_of.client_id
    assert app.result.key.kind == "task"


async def test_the_window_opens_a_row_of_the_day_at_its_client(app: OneWindowApp, demo: Session) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("T")
        await pilot.pause()
        assert "today ─ 38 late · requests: late 6" in shown(app)
        screen = app.screen
        assert isinstance(screen, TodayScreen)
        places = [row.item.kind for row in screen.today.rows]
        top = screen.today.rows[places.index("promise")]
        screen.table.cursor = places.index("promise")
        await pilot.press("enter")
        await pilot.pause()
        assert top.client is not None
        assert app.shown_client == top.client.id
        assert app.focused is not None
        assert getattr(app.focused, "cursor_key", None) == top.key
        counts = screen.today.counts
        assert f"late {counts.late} · due today {counts.due_today} · new {counts.new}" in shown(app)
        assert screen.today.shown("documents")
        assert screen.today.put_off
        assert any(row.item.whose_id != demo.me.id for row in screen.today.rows)


async def test_a_request_says_who_else_has_it_open_and_who_writes(
    session: Session, other: Session, request_of: Request
) -> None:
    theirs = Presence(other)
    app = HostApp(session, RequestScreen(session, request_of.id))
    async with app.run_test(size=(120, 30)) as pilot:
        theirs.open("request", request_of.id)
        await until(pilot, lambda: "Петров looks at it since 14:32" in shown(app))
        theirs.claim(True)
        await until(pilot, lambda: "Петров is writing an answer" in shown(app))
        await pilot.press("r")
        await until(pilot, lambda: any(other.is_claimed for other in theirs.others()))
        await pilot.press("escape")
        await until(pilot, lambda: not any(other.is_claimed for other in theirs.others()))
        theirs.close()
        await until(pilot, lambda: "Петров" not in shown(app))


async def test_a_request_is_taken_in_one_line_without_leaving_the_day(session: Session) -> None:
    changing.insert(session, Client(name="Ромашка", owner_id=session.me.id))
    app = HostApp(session, TodayScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("n")
        await pilot.pause()
        await pilot.press(*"ромашка не печатает", "enter")
        await until(pilot, lambda: isinstance(app.screen, TodayScreen))
        await pilot.pause()
        text = "\n".join(screen_text(app))
        assert "не печатает" in text
        assert "Saved R-1" in text


async def test_a_touch_that_is_due_is_logged_and_an_alarm_is_not(session: Session, client: Client) -> None:
    changing.change(session, client, {"owner_id": session.me.id, "since": "2020-01-01"})
    changing.insert(session, TouchCadence(name="всем", every_days=5, valid_from="2026-01-01"))
    client_caches.rebuild(session.store, session.now())
    app = HostApp(session, TodayScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        assert "call: every 5 working days" in shown(app)
        await pilot.press("x")
        await pilot.press(*"all is well", "ctrl+s")
        await pilot.pause()
        assert "Touch of Ромашка ООО (call) is noted; u takes it back." in shown(app)
        assert read_today(session).shown("touches") == ()


async def test_red_is_what_burns_now_and_amber_what_is_owed_for_longer(demo: Session) -> None:
    rows_of = read_today(demo).rows
    tones = {row.key: tone_of(row.item) for row in rows_of}
    late = [row for row in rows_of if row.item.is_late]
    assert len(late) > 20
    red = [row for row in late if tones[row.key] == "late"]
    assert all(row.item.kind == "request" or not row.item.is_debt for row in red)
    assert {tones[row.key] for row in late if row.item.kind == "request"} == {"late"}
    old = [row for row in late if row.item.is_dated and (row.item.slack_s or 0) < -24 * 3600]
    assert {tones[row.key] for row in old} == {"warn"}
    assert 0 < len(red) < len(late)
    moment = moment_of(demo, read_today(demo))
    assert all("late" in term(moment, row) for row in late), "words stay"
