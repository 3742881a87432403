"""Where the window puts one after an action, and what it says: no key leads nowhere, no sentence lies."""

from __future__ import annotations

import pytest
from screen_host import until
from screen_text import screen_text

from onewindow.app import OneWindowApp
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.requests import Document, Task
from onewindow.screens.window.client_window import WindowScreen
from onewindow.settings import Problem, Settings
from onewindow.store import rows
from onewindow.widgets.panel import Panel
from onewindow.widgets.row_list import RowList

SIZES = [(80, 24), (120, 40)]
sizes = pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])


def shown(app: OneWindowApp) -> str:
    return "\n".join(screen_text(app))


def said(app: OneWindowApp) -> str:
    return screen_text(app)[-1].strip()


def window_of(app: OneWindowApp) -> WindowScreen:
    assert isinstance(app.screen, WindowScreen)
    return app.screen


async def test_a_narrow_window_begins_in_the_requests(app: OneWindowApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert window_of(app).scope == "requests"
        assert "▌1 requests" in shown(app)


@sizes
async def test_after_archiving_the_neighbour_is_shown_and_undo_comes_back(
    app: OneWindowApp, demo: Session, romashka: Client, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press("c")
        clients = app.query_one("#clients", RowList)
        place = clients.cursor
        assert clients.cursor_key == romashka.id
        await pilot.press("d")
        await until(pilot, lambda: app.shown_client != romashka.id)
        assert clients.cursor == place, "the next one moved up"
        assert app.shown_client == clients.cursor_key
        assert "Archived C-17 Ромашка ООО" in shown(app)
        await pilot.press("u")
        await until(pilot, lambda: app.shown_client == romashka.id)
        assert clients.cursor_key == romashka.id
        await pilot.press("U")
        await until(pilot, lambda: app.shown_client != romashka.id)
        await pilot.press("1")
        assert "Ромашка ООО" not in screen_text(app)[1 if size[0] > 80 else 0][35:]
        assert rows.get(demo.store, Client, romashka.id).archived_at is not None


async def test_archiving_the_only_client_leaves_an_empty_window(session: Session, client: Client) -> None:
    app = OneWindowApp(session, client.id)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("c", "d")
        await until(pilot, lambda: app.shown_client is None)
        assert "No client yet" in shown(app)
        await pilot.press("1", "e", "w", "u")
        await until(pilot, lambda: app.shown_client == client.id)
        assert "Ромашка ООО  C-1" in shown(app)


@sizes
async def test_a_client_outside_the_filter_is_opened_and_the_list_says_so(
    app: OneWindowApp, demo: Session, size: tuple[int, int]
) -> None:
    stranger = next(
        c
        for c in rows.fetch(demo.store, Client, "WHERE archived_at IS NULL ORDER BY id")
        if c.owner_id != demo.me.id and c.deputy_id != demo.me.id
    )
    async with app.run_test(size=size) as pilot:
        await pilot.press("slash", *f"C-{stranger.number}", "enter")
        await until(pilot, lambda: app.shown_client == stranger.id)
        assert window_of(app).scope == "requests"
        await pilot.press("c")
        await pilot.pause()
        assert "the open one is not here" in shown(app)
        await pilot.press("escape", "c", *["f"] * 5)
        await pilot.pause()
        assert "the open one is not here" not in shown(app)


async def test_the_card_is_whole_after_the_list_lay_over_it(app: OneWindowApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1")
        before = screen_text(app)[:3]
        await pilot.press("c")
        window_of(app).reread()
        await pilot.press("1")
        await pilot.pause()
        assert screen_text(app)[:3] == before


async def test_escape_takes_the_marks_off_and_then_says_how_to_leave(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "escape", "g", "space", "space")
        assert "2 marked" in shown(app)
        await pilot.press("escape")
        assert "marked" not in shown(app)
        await pilot.press("escape")
        assert said(app) == "This is the window itself; Q leaves the program."


async def test_a_client_is_never_done(app: OneWindowApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        for place in ("c", "0"):
            await pilot.press(place, "x")
            assert said(app) == "a client is never “done”: d archives it, e changes its stage"


async def test_a_row_without_a_file_says_which_key_adds_one(app: OneWindowApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "o")
        assert said(app) == "This row has no link and no file; e adds one."


async def test_what_no_desktop_opens_is_copied_and_shown(
    session: Session, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    session.change(
        "a contract",
        lambda t: t.insert(Document(client_id=client.id, title="contract", location="/srv/17.pdf")),
    )
    app = OneWindowApp(session, client.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "o")
        assert said(app) == "Copied: /srv/17.pdf (there is no desktop here to open it on)"
        assert app.clipboard == "/srv/17.pdf"


async def test_what_was_made_from_elsewhere_is_shown_where_it_belongs(
    app: OneWindowApp, demo: Session, romashka: Client
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("c", "colon", *"new: task", "enter")
        await until(pilot, lambda: "new task for Ромашка" in shown(app))
        await pilot.press(*"water", "ctrl+s")
        await until(pilot, lambda: "Saved water" in shown(app))
        made = rows.fetch(demo.store, Task, "WHERE title = 'water'")[0]
        assert made.client_id == romashka.id
        panel = app.query_one("#requests", Panel)
        assert panel.has_focus
        assert getattr(panel.cursor_key, "id", None) == made.id
        await pilot.press("x")
        await until(pilot, lambda: rows.get(demo.store, Task, made.id).status == "done")
        await pilot.press("u", "u")
        await until(pilot, lambda: rows.get(demo.store, Task, made.id).archived_at is not None)


async def test_mistakes_in_the_settings_are_told_at_the_start(demo: Session, romashka: Client) -> None:
    problems = [Problem(3, "them: unknown setting 'them'; did you mean 'theme'?"), Problem(7, "second")]
    demo.settings = Settings(keys={"app.palette": ("f4",)})
    app = OneWindowApp(demo, romashka.id, mistakes=lambda: problems)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "settings:" in said(app))
        assert said(app) == (
            "settings: line 3: them: unknown setting 'them'; did you mean 'theme'?; + 1 more"
            " (f4 settings shows all)"
        )
