"""The tour: each step done with real keys is ticked; it can be left, taken up again and left out."""

from __future__ import annotations

import pytest
from screen_host import until
from screen_text import screen_text
from textual.pilot import Pilot

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.help import tour
from onewindow.desk.opening import at_work
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.requests import Request, RequestEvent
from onewindow.store.changes import Change
from onewindow.text.dates import utc_text


def shown(app: OneWindowApp) -> str:
    return "\n".join(screen_text(app))


async def command(pilot: Pilot[None], name: str) -> None:
    await pilot.press(":")
    await pilot.press(*name)
    await pilot.press("enter")
    await pilot.pause()


async def at_step(pilot: Pilot[None], app: OneWindowApp, number: int) -> None:
    await until(pilot, lambda: f"{number}/8 " in shown(app))


async def test_a_whole_tour_on_real_keys(demo: Session, romashka: Client) -> None:
    app = OneWindowApp(demo, romashka.id, offers_tour=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "New here? : tour" in shown(app))
        await command(pilot, "tour")
        await at_step(pilot, app, 1)
        await pilot.press("c", "j", "enter")
        await at_step(pilot, app, 2)
        await pilot.press("/", *"romashka")
        await until(pilot, lambda: "Ромашка ООО" in shown(app))
        await pilot.press("enter")
        await at_step(pilot, app, 3)
        await pilot.press("1", "n", *"printer is silent", "enter")
        await at_step(pilot, app, 4)
        await pilot.press("w")
        await pilot.pause()
        await pilot.press("escape")
        await at_step(pilot, app, 5)
        await pilot.press("r")
        await pilot.pause()
        await pilot.press(*"on our way", "ctrl+s")
        await at_step(pilot, app, 6)
        await pilot.press("P", "n")
        await pilot.pause()
        await pilot.press(*"a call on friday", "ctrl+s")
        await at_step(pilot, app, 7)
        await pilot.press("u")
        await at_step(pilot, app, 8)
        await pilot.press("T")
        await pilot.pause()
        await pilot.press("escape")
        await until(pilot, lambda: "That was the tour." in shown(app))
        assert tour.state(demo) == tour.DONE
        await command(pilot, "tour")
        assert "That was the tour." not in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (180, 50)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_it_stands_above_the_hints_in_two_lines(app: OneWindowApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await command(pilot, "tour")
        await at_step(pilot, app, 1)
        *_, words, worth, hints = screen_text(app)
        assert words.strip() == "tour c goes to your clients; down and enter open another one."
        assert worth.strip() == "1/8 open a client. One screen has the whole client, without tabs."
        assert hints.rstrip().endswith("? help")


async def test_it_is_left_goes_on_where_it_was_and_a_step_can_be_left_out(
    demo: Session, romashka: Client
) -> None:
    app = OneWindowApp(demo, romashka.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await command(pilot, "tour")
        await at_step(pilot, app, 1)
        await command(pilot, "skip step")
        await at_step(pilot, app, 2)
        await command(pilot, "tour")
        await until(pilot, lambda: "waits where you left it" in shown(app))
        assert "2/8" not in shown(app)
    again = OneWindowApp(demo, romashka.id, offers_tour=True)
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "New here?" not in shown(again)
        await command(pilot, "tour")
        await at_step(pilot, again, 2)


async def test_what_others_write_ticks_nothing(demo: Session, romashka: Client) -> None:
    taken = tour.Tour(demo)
    for _ in range(2):
        taken.go_on()
    assert taken.step is not None
    assert taken.step.name == "capture a request"
    other = next(colleague for colleague in demo.directory.staff.values() if colleague.login != demo.me.login)
    theirs = at_work(demo.store, other, demo.settings, demo.clock, demo.zone)
    news: list[Change] = []
    theirs.listeners.append(news.extend)
    changing.insert(theirs, Request(client_id=romashka.id, title="x"))
    assert news
    assert not taken.note_changes(news)
    mine: list[Change] = []
    demo.listeners.append(mine.extend)
    changing.insert(demo, Request(client_id=romashka.id, title="y"))
    assert taken.note_changes(mine)


async def test_the_guide_of_my_role_opens_from_the_palette(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await command(pilot, "guide")
        await until(pilot, lambda: "One Window for the" in shown(app))


async def test_only_a_reply_is_the_action_of_its_step(demo: Session, romashka: Client) -> None:
    taken = tour.Tour(demo)
    while taken.step is not None and taken.step.name != "reply":
        taken.go_on()
    at = utc_text(demo.now())
    request = changing.insert(demo, Request(client_id=romashka.id, title="y"))
    mine: list[Change] = []
    demo.listeners.append(mine.extend)
    changing.insert(
        demo, RequestEvent(request_id=request.id, client_id=romashka.id, event_kind="note", at=at)
    )
    assert mine
    assert not taken.note_changes(mine)
    mine.clear()
    changing.insert(
        demo, RequestEvent(request_id=request.id, client_id=romashka.id, event_kind="reply", at=at)
    )
    assert taken.note_changes(mine)
    assert taken.step is not None
    assert taken.step.name == "promise"
