"""Nothing typed is lost: one draft from line to form and back, held by its window, offered again, undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from screen_host import Clock, HostApp, until
from screen_text import screen_text
from textual.pilot import Pilot
from textual.screen import Screen

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.editing.drafting import pending_drafts
from onewindow.desk.opening import at_work
from onewindow.desk.queue import interruptions
from onewindow.desk.session import open_windows
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.action_box import ActionBox
from onewindow.screens.frame.chooser import Prompt
from onewindow.screens.requests.capture import CaptureScreen
from onewindow.screens.requests.request_screen import RequestScreen
from onewindow.screens.window.client_window import WindowScreen
from onewindow.screens.window.drafts import DraftsScreen
from onewindow.store.requests import threads
from onewindow.store.session import drafts


def text(app: OneWindowApp | HostApp) -> str:
    return "\n".join(screen_text(app))


async def shows(pilot: Pilot[None], app: OneWindowApp, kind: type[Screen[Any]]) -> None:
    await until(pilot, lambda: isinstance(app.screen, kind))


def typed(app: OneWindowApp) -> dict[str, str]:
    screen = app.screen
    assert isinstance(screen, RecordForm)
    return screen.form.values()


@pytest.fixture
def second(demo: Session) -> Iterator[Session]:
    """The same person in a second window on the same file."""
    with demo.store.another() as store:
        yield at_work(store, demo.me, demo.settings, demo.clock, demo.zone)


async def test_one_draft_goes_from_the_line_to_the_form_and_back(app: OneWindowApp, demo: Session) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "n", *"нет доступа !!", "ctrl+n")
        await shows(pilot, app, RecordForm)
        await pilot.press("escape")
        await until(pilot, lambda: "Draft kept" in text(app))
        await pilot.press("n")
        await shows(pilot, app, CaptureScreen)
        await until(pilot, lambda: "нет доступа !!" in text(app) and "urgent" in text(app))
        await pilot.press("ctrl+n")
        await shows(pilot, app, RecordForm)
        assert (typed(app)["title"], typed(app)["priority"]) == ("нет доступа", "urgent")
        await pilot.press(*" в архив", "escape")
        await shows(pilot, app, WindowScreen)
        # The form says more than the line, so the form goes on.
        await pilot.press("n")
        await shows(pilot, app, RecordForm)
        assert (typed(app)["title"], typed(app)["priority"]) == ("нет доступа в архив", "urgent")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Saved" in text(app))
    assert pending_drafts(demo) == []
    made = threads.open_of_client(
        demo.store, app.session.store.scalar("SELECT id FROM client WHERE number = 17")
    )
    assert max(made, key=lambda request: request.number).title == "нет доступа в архив"


async def test_a_form_that_came_from_a_line_is_kept_while_one_types(app: OneWindowApp, demo: Session) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "n", *"нет доступа", "ctrl+n")
        await shows(pilot, app, RecordForm)
        assert [draft.typed["text"] for draft in pending_drafts(demo)] == ["нет доступа"]
        await pilot.press(*" в архив")
        await until(pilot, lambda: pending_drafts(demo)[0].typed.get("title") == "нет доступа в архив")
        assert len(pending_drafts(demo)) == 1


async def test_what_is_typed_without_a_rest_is_kept_all_the_same(session: Session, client: Client) -> None:
    screen = CaptureScreen(session, client.id)
    app = HostApp(session, screen)
    async with app.run_test(size=(80, 24)) as pilot:
        number = 0
        while not pending_drafts(session) and number < 60:
            number += 1
            screen.input.insert_text_at_cursor("а")
            await pilot.pause(0.05)
        assert 2 < number < 45


async def test_a_line_emptied_by_hand_and_left_comes_back_with_undo(app: OneWindowApp, demo: Session) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "n", *"нет доступа", "escape")
        await shows(pilot, app, WindowScreen)
        await pilot.press("n")
        await shows(pilot, app, CaptureScreen)
        await pilot.press("ctrl+u", "escape")
        await shows(pilot, app, WindowScreen)
        assert pending_drafts(demo) == []
        await pilot.press("u")
        await until(pilot, lambda: "Undone: thrown away: нет доступа" in text(app))
    assert [draft.typed["text"] for draft in pending_drafts(demo)] == ["нет доступа"]


@pytest.mark.parametrize(
    ("keys", "kind", "field"),
    [
        (("1", "n"), CaptureScreen, "text"),
        (("4", "n"), RecordForm, "quote"),
        (("1", "r"), ActionBox, "text"),
        (("1", "A"), None, "need"),
    ],
    ids=["line", "form", "answer", "call"],
)
async def test_throwing_away_closes_says_so_and_is_undone(
    app: OneWindowApp, demo: Session, keys: tuple[str, ...], kind: type | None, field: str
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(*keys)
        await until(pilot, lambda: not isinstance(app.screen, WindowScreen) and app.focused is not None)
        assert kind is None or isinstance(app.screen, kind)
        await pilot.press(*"uuu", "ctrl+g")
        await until(pilot, lambda: "Thrown away; u brings it back." in text(app))
        assert pending_drafts(demo) == []
        await pilot.press("u")
        await until(pilot, lambda: "Undone: thrown away: uuu" in text(app))
        assert [draft.typed[field] for draft in pending_drafts(demo)] == ["uuu"]
        await pilot.press(*keys[1:])
        await until(pilot, lambda: "uuu" in text(app) and not isinstance(app.screen, WindowScreen))
        await pilot.press("ctrl+g")
        await shows(pilot, app, WindowScreen)


async def test_undo_takes_back_what_was_done_last(app: OneWindowApp, demo: Session, romashka: Client) -> None:
    changing.edit(demo, romashka, {"city": "Казань"})
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "n", *"сначала", "ctrl+g")
        await shows(pilot, app, WindowScreen)
        changing.add(demo, "request", {"title": "потом"}, romashka.id)
        await pilot.press("u")
        await until(pilot, lambda: "Undone: new request" in text(app))
        await pilot.press("u")
        await until(pilot, lambda: "Undone: thrown away: сначала" in text(app))
        await pilot.press("u")
        await until(pilot, lambda: "Undone: " in text(app) and "Ромашка" in text(app).split("Undone: ")[1])


async def test_a_draft_stays_with_its_window_until_that_is_gone(
    demo: Session, second: Session, romashka: Client
) -> None:
    request = threads.open_of_client(demo.store, romashka.id)[0]
    mine = HostApp(demo, RecordForm(demo, "request", request, romashka.id))
    async with mine.run_test(size=(80, 24)) as pilot:
        await pilot.press(*" недописано")
        await until(pilot, lambda: [d.typed["title"][-5:] for d in pending_drafts(demo)] == ["исано"])
        assert pending_drafts(second) == []
        theirs = RecordForm(second, "request", request, romashka.id)
        assert theirs.form.values()["title"] == request.title
        theirs._entry.keep(theirs.form.values() | {"title": "из второго окна"})  # pyright: ignore[reportPrivateUsage]
        assert [draft.typed["title"] for draft in pending_drafts(second)] == ["из второго окна"]
        assert [draft.typed["title"] for draft in pending_drafts(demo)] == [f"{request.title} недописано"]
    third = at_work(second.store, demo.me, demo.settings, demo.clock, demo.zone)
    assert pending_drafts(third) == []
    # As a killed program leaves it: the process that is named there has ended.
    demo.store.execute("UPDATE draft SET holder = :gone", gone=f"{demo.window.name.split()[0]} 4194303 77 1")
    assert len(pending_drafts(third)) == 2
    first, *_ = pending_drafts(third)
    RecordForm(third, "request", request, romashka.id, draft=first)
    assert len(pending_drafts(third)) == 2
    assert first.id not in [draft.id for draft in pending_drafts(second)]


def test_a_window_of_another_machine_is_gone_when_it_gives_no_sign(session: Session, clock: Clock) -> None:
    there = "server/4026531836 17 99 1"
    drafts.keep(session.store, None, session.me.login, "new client", {"name": "x"}, there, session.now_text())
    clock.now += timedelta(seconds=open_windows.GONE_SECONDS - 1)
    assert pending_drafts(session) == []
    clock.now += timedelta(seconds=1)
    assert [draft.typed for draft in pending_drafts(session)] == [{"name": "x"}]


def test_work_put_aside_belongs_to_its_window_too(demo: Session, second: Session, romashka: Client) -> None:
    interruptions.push(demo, romashka.id, "отчёт")
    assert [work.title for work in interruptions.waiting(demo)] == ["Ромашка ООО отчёт"]
    assert interruptions.waiting(second) == []
    assert interruptions.summary(second) == ""


async def test_a_question_that_was_left_is_offered_and_asked_again(app: OneWindowApp, demo: Session) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "enter")
        await shows(pilot, app, RequestScreen)
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, ActionBox) and app.focused is not None)
        await pilot.press(*"проверяем", "escape")
        await shows(pilot, app, RequestScreen)
    again = OneWindowApp(demo, app.shown_client)
    async with again.run_test(size=(120, 40)) as pilot:
        await shows(pilot, again, DraftsScreen)
        assert "answer" in text(again)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(again.screen, ActionBox))
        await until(pilot, lambda: "проверяем" in text(again))


async def test_a_one_line_question_keeps_what_was_typed(session: Session) -> None:
    app = HostApp(session, Prompt("Absence of Петров", "25.11 – 30.11 deputy"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"25.11", "escape")
        await until(pilot, lambda: not app.is_open)
        app.open(Prompt("Absence of Петров", "25.11 – 30.11 deputy"))
        await until(pilot, lambda: "25.11" in text(app))
        await pilot.press("end", *" + 26.11", "enter")
        await until(pilot, lambda: not app.is_open)
    assert app.result == "25.11 + 26.11"
    assert pending_drafts(session) == []


async def test_a_draft_thrown_away_in_the_list_comes_back_there(session: Session, client: Client) -> None:
    app = HostApp(session, RecordForm(session, "request", None, client.id))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"printer", "escape")
        await until(pilot, lambda: not app.is_open)
        app.open(DraftsScreen(session))
        await until(pilot, lambda: "printer" in text(app))
        await pilot.press("d")
        await until(pilot, lambda: "u brings it back" in text(app))
        assert pending_drafts(session) == []
        await pilot.press("u")
        await until(pilot, lambda: "Back again: printer" in text(app))
    assert [draft.typed for draft in pending_drafts(session)] == [{"title": "printer"}]


async def test_a_whole_form_and_a_request_of_another_client_are_one_draft(
    app: OneWindowApp, demo: Session
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "n", *"вектор: нет доступа", "ctrl+n")
        await shows(pilot, app, RecordForm)
        assert "Вектор" in text(app)
        await pilot.press(*"!", "escape")
        await shows(pilot, app, WindowScreen)
        await pilot.press("n")
        await shows(pilot, app, RecordForm)
        assert "Вектор" in text(app)
        await pilot.press("ctrl+s")
        await shows(pilot, app, WindowScreen)
    assert demo.store.scalar("SELECT COUNT(*) FROM request WHERE title = 'нет доступа!'") == 1
    assert demo.store.scalar("SELECT COUNT(*) FROM draft") == 0
