"""An archived client in the window: what says so, what finds it, and what brings it back."""

from __future__ import annotations

from screen_host import until
from screen_text import screen_text

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.screens.frame.chooser import Chooser
from onewindow.screens.frame.finder_screen import ClientFinder
from onewindow.screens.frame.palette import matching
from onewindow.screens.requests.capture import CaptureScreen
from onewindow.screens.window.client_window import WindowScreen
from onewindow.store import rows


def shown(app: OneWindowApp) -> str:
    return "\n".join(screen_text(app))


def is_archived(demo: Session, client: Client) -> bool:
    return rows.get(demo.store, Client, client.id).archived_at is not None


async def test_card_and_list_say_it_and_d_on_the_card_brings_the_client_back(
    demo: Session, romashka: Client
) -> None:
    changing.archive(demo, romashka)
    app = OneWindowApp(demo, romashka.id)
    for size in ((120, 40), (80, 24)):
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            assert "C-17  archived 23.11 by Иванова; d brings it back" in shown(app)
            if size == (120, 40):
                assert "the open one is archived" in shown(app)
                await pilot.press("0", "d")
                await until(pilot, lambda: not is_archived(demo, romashka))
                assert "Brought back Ромашка ООО; u takes it back." in screen_text(app)[-1]
                assert "archived 23.11" not in shown(app)
                assert app.shown_client == romashka.id
                await pilot.press("u")
                await until(pilot, lambda: is_archived(demo, romashka))
        app = OneWindowApp(demo, romashka.id)


async def test_the_finder_offers_archived_clients_and_opens_the_one_named(
    demo: Session, romashka: Client
) -> None:
    changing.archive(demo, romashka)
    async with OneWindowApp(demo, None).run_test(size=(120, 40)) as pilot:
        window_app = pilot.app
        assert isinstance(window_app, OneWindowApp)
        await pilot.press("slash", *"ромашка")
        await until(pilot, lambda: "archived, name" in shown(window_app))
        assert isinstance(window_app.screen, ClientFinder)
        await pilot.press("enter")
        await until(pilot, lambda: window_app.shown_client == romashka.id)


async def test_the_palette_word_brings_back_one_of_the_archived(
    app: OneWindowApp, demo: Session, romashka: Client
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("colon", *"вернуть", "enter")
        await until(pilot, lambda: "No client is archived." in shown(app))
        await pilot.press("c", "d")
        await until(pilot, lambda: is_archived(demo, romashka))
        await pilot.press("colon", *"вернуть", "enter")
        await until(pilot, lambda: isinstance(app.screen, Chooser))
        assert "Ромашка ООО  C-17  archived 23.11 by Иванова" in shown(app)
        await pilot.press("enter")
        await until(pilot, lambda: not is_archived(demo, romashka))
        assert app.shown_client == romashka.id


async def test_keys_that_would_change_an_archived_client_say_so_before_a_form_opens(
    demo: Session, romashka: Client
) -> None:
    changing.archive(demo, romashka)
    app = OneWindowApp(demo, romashka.id)
    said = "Ромашка ООО (C-17) is archived; d on its card brings it back first"
    async with app.run_test(size=(120, 40)) as pilot:
        for keys in (("1", "n"), ("1", "e"), ("1", "x"), ("1", "d"), ("A",), ("0", "e"), ("2", "n")):
            await pilot.press(*keys)
            await until(pilot, lambda: said in shown(app))
            assert isinstance(app.screen, WindowScreen), keys
        await pilot.press("1", "N", *"task", "enter")
        await until(pilot, lambda: isinstance(app.screen, WindowScreen) and said in shown(app))
        await pilot.press("0", "d")
        await until(pilot, lambda: not is_archived(demo, romashka))
        await pilot.press("1", "n")
        await until(pilot, lambda: isinstance(app.screen, CaptureScreen))


def test_words_that_mean_bringing_back() -> None:
    for word in ("вернуть", "restore", "восстановить", "върни клиента", "unarchive", "archived"):
        assert matching(word, "window")[0].id == "client.restore", word
    assert matching("отменить", "window")[0].id == "edit.undo"
