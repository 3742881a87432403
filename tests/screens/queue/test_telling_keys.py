"""Keys answer: a message is of one key, a key without effect says so, and nobody who rings is a dead end."""

from __future__ import annotations

import pytest
from screen_host import HostApp, until
from screen_text import screen_text
from textual.pilot import Pilot

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.clients import Client, Promise
from onewindow.records.requests import Request
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.meetings.call import CallScreen
from onewindow.screens.queue.team import TeamScreen
from onewindow.screens.queue.today import TodayScreen
from onewindow.store import listing
from onewindow.store.clients import cards as clients
from onewindow.store.queue import team as queues
from onewindow.store.search.finding import find_clients


@pytest.fixture
def session(demo: Session) -> Session:
    return demo


def shown(app: OneWindowApp | HostApp) -> str:
    return "\n".join(screen_text(app))


async def waits(pilot: Pilot[None], app: OneWindowApp | HostApp, text: str) -> None:
    await until(pilot, lambda: text in shown(app))


def last_line(app: OneWindowApp | HostApp) -> str:
    return screen_text(app)[-1]


async def test_a_message_goes_with_the_next_key_and_a_key_without_effect_says_so(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "escape", "escape")
        await waits(pilot, app, "This is the window itself")
        await pilot.press("down")
        await until(pilot, lambda: "n new" in last_line(app))
        await pilot.press("1", "space")
        await waits(pilot, app, "space does nothing here; ? shows the keys.")
        await pilot.press("up")
        await until(pilot, lambda: "does nothing" not in last_line(app))


async def test_other_screens_say_so_too_and_name_the_way_to_what_is_the_windows(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("T")
        await waits(pilot, app, "today ─")
        await pilot.press("space")
        await waits(pilot, app, "space does nothing here")
        await pilot.press("A")
        await waits(pilot, app, "That belongs to the window: q, then A.")


async def test_people_are_one_key_away_from_every_place(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        for place in ("c", "1", "6"):
            await pilot.press(place, "backslash")
            await waits(pilot, app, "People of Ромашка ООО")
            await pilot.press("escape")


async def test_a_lead_is_found_again_by_the_number_and_is_no_active_client(
    app: OneWindowApp, session: Session
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("p", *"+7 999 111-22-34")
        await waits(pilot, app, "Nobody has")
        await pilot.press("enter")
        await until(pilot, lambda: shown(app).count("a lead to sales") == 2)
        await pilot.press("f4")
        await waits(pilot, app, "new client")
        await pilot.press(*"Petr Sergeev", "ctrl+s")
        await waits(pilot, app, "#lead")
    (hit,) = find_clients(session.store, "9991112234", session.me.id, 10)
    assert hit.name == "Petr Sergeev"
    (person,) = clients.contacts(session.store, hit.client_id)
    assert (person.phone, person.is_main) == ("+79991112234", 1)
    (client,) = listing.by_ids(session.store, Client, [hit.client_id]).values()
    assert (client.stage, client.tags) == ("handover", "lead")


async def test_the_number_of_a_new_client_stays_when_the_form_of_the_person_is_left(
    app: OneWindowApp, session: Session
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("p", *"+7 999 111-22-35")
        await waits(pilot, app, "Nobody has")
        await pilot.press("f3")
        await waits(pilot, app, "new client")
        await pilot.press(*"Vega", "ctrl+s")
        await waits(pilot, app, "contact")
        await pilot.press("escape")
    assert [hit.name for hit in find_clients(session.store, "9991112235", session.me.id, 10)] == ["Vega"]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_call_shows_all_that_is_open_or_counts_what_is_not_seen(
    session: Session, romashka: Client, size: tuple[int, int]
) -> None:
    for number in range(1, 6):
        changing.insert(session, Request(client_id=romashka.id, title=f"вопрос {number}"))
    changing.insert(session, Promise(client_id=romashka.id, text="завтра", due_on="2026-11-24"))
    app = HostApp(session, CallScreen(session, romashka.id))
    async with app.run_test(size=size) as pilot:
        await waits(pilot, app, "known already" if size[0] > 100 else "more lines")
        text = shown(app)
    if size[0] > 100:
        assert all(f"вопрос {number}" in text for number in range(1, 6))
        assert text.index("завтра") < text.index("отгрузка до 10:00"), "what always holds stands last"


async def test_under_a_filter_the_title_of_the_day_counts_its_rows(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("T")
        await waits(pilot, app, "today ─")
        assert "requests: late 6 mine, 1 at Орлова" in screen_text(app)[0]
        await pilot.press("f", "f")
        await waits(pilot, app, "today: promises")
        title = screen_text(app)[0]
        screen = app.screen
        assert isinstance(screen, TodayScreen)
        rows = screen.today.shown("promises")
        late = sum(row.item.is_late for row in rows)
        assert title.startswith(f"▌today: promises ─ {late} late · {len(rows)} in all ")
        assert "requests" not in title


async def test_columns_are_as_wide_as_what_is_in_them(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("T", "f", "f")
        await waits(pilot, app, "today: promises")
        headings, *rows = screen_text(app)[1:]
        assert " who" not in headings, "a column that says nothing takes no room"
        assert not any("…" in row for row in rows[:-3]), "and nothing is cut beside it"


async def test_the_queue_of_a_person_is_breached_first_and_what_is_paused_stands_last(
    app: OneWindowApp, session: Session
) -> None:
    stored = [request.due_at or "~" for request in queues.open_of(session.store, session.me.id)]
    assert stored == sorted(stored)
    assert "~" in stored
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("W")
        await waits(pilot, app, "Иванова Мария")
        screen = app.screen
        assert isinstance(screen, TeamScreen)
        await until(pilot, lambda: screen.table.move_to_key(RecordKey("staff", session.me.id)))
        await pilot.press("enter")
        await waits(pilot, app, "requests of Иванова")
        lines = [line for line in screen_text(app)[2:] if " R-" in line]
    stages = [2 if "paused" in line else 0 if "late" in line else 1 for line in lines]
    assert stages == sorted(stages)
    assert {0, 1, 2} == set(stages)
    assert not any("…" in line for line in lines), "and no title is cut beside empty columns"


def on_the_line(app: OneWindowApp) -> str:
    """Who calls, as the screen of the call has it."""
    screen = app.screen
    assert isinstance(screen, CallScreen)
    return naming.label(app.session, "contact", int(screen.form.values()["contact_id"]))


@pytest.mark.parametrize("typed", ["+7 916 220-14-08", "2201408", "лаптева"])
async def test_who_was_found_is_on_the_telephone(app: OneWindowApp, typed: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("p")
        await waits(pilot, app, "The phone rings")
        await pilot.press(*typed)
        await waits(pilot, app, "C-17")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CallScreen))
        assert on_the_line(app) == "Лаптева Ирина Юрьевна"
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, CallScreen))
        await pilot.press("A")
        await until(pilot, lambda: isinstance(app.screen, CallScreen))
        assert on_the_line(app) == "Ким Анна Сергеевна", "a later call is of whoever calls as a rule"


async def test_who_calls_from_a_new_number_is_spoken_with_at_once(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("p")
        await waits(pilot, app, "The phone rings")
        await pilot.press(*"+79997654321")
        await waits(pilot, app, "Nobody has +7 999 765-43-21.")
        await pilot.press("f2")
        await waits(pilot, app, "Whose person calls from +7 999 765-43-21? Find the client")
        await pilot.press(*"вектор")
        await waits(pilot, app, " C-1 ")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RecordForm))
        await pilot.press(*"Смирнов Олег", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, CallScreen))
        assert on_the_line(app) == "Смирнов Олег"
