"""The team in the window: load, absences, and work given away singly, in bulk, and back by one undo."""

from __future__ import annotations

import pytest
from screen_host import HostApp, until
from screen_text import screen_text
from textual.pilot import Pilot

from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.organization import Staff
from onewindow.records.requests import Request
from onewindow.screens.queue.team import TeamScreen
from onewindow.store.queue import team


def shown(app: HostApp) -> str:
    return "\n".join(screen_text(app))


def petrov_of(session: Session) -> Staff:
    return next(person for person in session.directory.staff.values() if person.login == "petrov")


@pytest.fixture
def busy(session: Session, client: Client) -> Staff:
    """Петров, with three requests and a limit of two."""
    petrov = changing.change(session, petrov_of(session), {"open_limit": 2})
    for title in ("вход", "[/] печать", "отчёт"):
        changing.insert(session, Request(client_id=client.id, title=title, assignee_id=petrov.id))
    return petrov


def lead(session: Session) -> None:
    session.me = changing.change(session, session.me, {"role": "lead"})


async def read(app: HostApp, pilot: Pilot[None]) -> TeamScreen:
    screen = app.shown
    assert isinstance(screen, TeamScreen)
    await until(pilot, lambda: screen.team.is_complete)
    return screen


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (180, 50)])
async def test_the_load_stands_against_the_limit_in_a_bar_and_a_word(
    session: Session, size: tuple[int, int]
) -> None:
    app = HostApp(session, TeamScreen(session))
    async with app.run_test(size=size) as pilot:
        await read(app, pilot)
        line = next(line for line in shown(app).splitlines() if "Петров" in line)
        assert " 3 " in line
        assert "over" in line
        assert "nobody yet" in shown(app)


@pytest.mark.usefixtures("busy")
async def test_only_a_lead_gives_away_the_work_of_others(session: Session) -> None:
    app = HostApp(session, TeamScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await read(app, pilot)
        await pilot.press("j", "enter", "a")
        await pilot.press(*"Иванова", "enter")
        await pilot.pause()
        await pilot.press(*"x", "ctrl+s")
        await pilot.pause()
        assert "which a lead gives away" in shown(app)
    assert len(team.open_of(session.store, petrov_of(session).id)) == 3


async def test_marked_requests_move_in_one_change_and_one_undo_takes_them_back(
    session: Session, busy: Staff
) -> None:
    lead(session)
    app = HostApp(session, TeamScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await read(app, pilot)
        await pilot.press("j", "enter")
        assert "team: requests of Петров Олег" in shown(app)
        assert "[/] печать" in shown(app)
        await pilot.press("space", "space", "a")
        await pilot.press(*"Иванова", "enter")
        await pilot.pause()
        await pilot.press(*"vacation", "ctrl+s")
        await pilot.pause()
        assert "2 requests to Иванова Мария." in shown(app)
        assert len(team.open_of(session.store, busy.id)) == 1
        await pilot.press("u")
        assert len(team.open_of(session.store, busy.id)) == 3


@pytest.mark.usefixtures("busy")
async def test_going_over_the_limit_is_warned_of(session: Session, client: Client) -> None:
    changing.insert(session, Request(client_id=client.id, title="моё", assignee_id=session.me.id))
    app = HostApp(session, TeamScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await read(app, pilot)
        at = [member.staff.login if member.staff else "" for member in screen.team.members].index("ivanova")
        await pilot.press(*["j"] * at, "a")
        await pilot.press(*"Петров", "enter")
        await pilot.pause()
        await pilot.press(*"x", "ctrl+s")
        await pilot.pause()
        assert "That makes 4 open, 2 over the limit of 2." in shown(app)


async def test_an_absence_is_noted_in_one_line_and_shown(session: Session, busy: Staff) -> None:
    lead(session)
    app = HostApp(session, TeamScreen(session))
    async with app.run_test(size=(140, 30)) as pilot:
        screen = await read(app, pilot)
        await pilot.press("j", "E", *"23.11 - 30.11 Иванова", "enter")
        await pilot.pause()
        assert "Петров Олег is away 23.11 – 30.11; Иванова stands in." in shown(app)
        await until(pilot, lambda: screen.team.is_complete and "away till 30.11, Иванова" in shown(app))
        await pilot.press("E", *"когда-то", "enter")
        await pilot.pause()
        assert "does not begin with a date" in shown(app)
        # What was refused stays where it was typed, and is a draft.
        assert "Absence of Петров Олег" in shown(app)
        assert "когда-то" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("E")
        await until(pilot, lambda: "когда-то" in shown(app))
    assert session.directory.staff[busy.id].deputy_id == session.me.id


@pytest.mark.usefixtures("busy")
async def test_the_queues_of_the_department_are_views(session: Session, client: Client) -> None:
    changing.insert(session, Request(client_id=client.id, title="скидка", needs_lead=1))
    app = HostApp(session, TeamScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await read(app, pilot)
        await pilot.press("f", "f")
        assert "team: unanswered" in shown(app)
        assert "вход" in shown(app)
        await pilot.press("f")
        assert "скидка" in shown(app)
        assert "вход" not in shown(app)
        await pilot.press("q")
        assert app.result is None
