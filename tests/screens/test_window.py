"""The window on the demo firm: what it shows at each size, and what the keys do to the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from golden import assert_looks_like
from screen_host import Clock, until
from screen_text import screen_text
from textual.pilot import Pilot

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.opening import at_work
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client, Promise
from onewindow.records.requests import Request, Touch
from onewindow.screens.window.card_screen import CardScreen
from onewindow.screens.window.client_window import WindowScreen
from onewindow.settings import Settings
from onewindow.store import history, rows
from onewindow.store.clients import cards as clients
from onewindow.store.handover import promises
from onewindow.store.people import organization
from onewindow.store.requests import threads
from onewindow.widgets.form import Form
from onewindow.widgets.row_list import RowList

SIZES = [(80, 24), (120, 40), (180, 50)]


@pytest.fixture
def session(demo: Session) -> Session:
    return demo


def shown(app: OneWindowApp) -> str:
    return "\n".join(screen_text(app))


async def waits(pilot: Pilot[None], app: OneWindowApp, text: str) -> None:
    await until(pilot, lambda: text in shown(app))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_looks(app: OneWindowApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press("1")
        await waits(pilot, app, "Ромашка ООО")
        assert_looks_like(app, f"window-{size[0]}x{size[1]}")


@pytest.mark.parametrize(
    ("theme", "size"),
    [("dark", SIZES[1]), ("light", SIZES[0]), ("high-contrast", SIZES[2]), ("terminal", SIZES[1])],
)
def test_colours(
    session: Session,
    romashka: Client,
    snap_compare: Callable[..., bool],
    theme: str,
    size: tuple[int, int],
) -> None:
    session.settings = Settings(theme=theme)

    async def on_requests(pilot: Pilot[None]) -> None:
        await pilot.press("1")
        await pilot.pause()

    assert snap_compare(OneWindowApp(session, romashka.id), terminal_size=size, run_before=on_requests)


async def test_ascii_draws_nothing_else_of_its_own(session: Session, romashka: Client) -> None:
    session.settings = Settings(ascii=True)
    app = OneWindowApp(session, romashka.id)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("3")
        drawn = shown(app)
    assert not set("▌─│…▁▂▃▄▅▆▇█╭╮╰╯◆") & set(drawn), drawn


async def test_a_request_in_one_line_and_back(app: OneWindowApp, session: Session, romashka: Client) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "n", *"printer", "ctrl+s")
        await waits(pilot, app, "takes it back")
        made = threads.open_of_client(session.store, romashka.id)
        request = next(request for request in made if request.title == "printer")
        assert request.due_at is not None, "its clock runs"
        assert request.assignee_id == session.me.id
        await pilot.press("u")
        await waits(pilot, app, f"Undone: new request: R-{request.number} printer")
        assert rows.get(session.store, Request, request.id).archived_at is not None
        await pilot.press("U")
        await waits(pilot, app, "Done again")
        assert rows.get(session.store, Request, request.id).archived_at is None


async def test_why_explains_the_clock(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "g", "w")
        await waits(pilot, app, "Why: R-1042")
        assert "late" in shown(app)


async def test_a_promise_is_acknowledged_kept_and_taken_back(
    app: OneWindowApp, session: Session, romashka: Client
) -> None:
    def promise() -> Promise:
        return next(p for p in promises.of_client(session.store, romashka.id) if p.due_on)

    before = promise()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("P", "g", "K")
        await until(pilot, lambda: promise().status == "kept")
        await pilot.press("u")
        await until(pilot, lambda: promise().status == before.status)
        assert promise().kept_count == before.kept_count


async def test_each_panel_makes_its_own_kind(app: OneWindowApp) -> None:
    expected = {
        "1": "new request",
        "2": "new document",
        "3": "new training",
        "4": "new feedback",
        "5": "new opportunity",
        "6": "new touch",
        "P": "new promise",
        "0": "new contact",
        "c": "new client",
    }
    async with app.run_test(size=(120, 40)) as pilot:
        for key, title in expected.items():
            await pilot.press(key, "n")
            await waits(pilot, app, title)
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, WindowScreen))


async def test_many_clients_at_once_and_one_undo(app: OneWindowApp, session: Session) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("c", "g", "space", "space", "space", "t", *"vip", "enter")
        await waits(pilot, app, "tag vip on 3 clients")
        tagged = "SELECT COUNT(*) FROM client WHERE ' ' || tags || ' ' LIKE '% vip %'"
        assert session.store.scalar(tagged) == 3
        await pilot.press("u")
        await waits(pilot, app, "Undone: tag vip on 3 clients")
        assert session.store.scalar(tagged) == 0


async def test_filters_change_who_is_listed(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("c")
        counts: dict[str, str] = {}
        for _ in range(7):
            lines = screen_text(app)
            counts[lines[1].split(" by ")[0].strip()] = lines[-2].split("│")[0].strip().partition("/")[2]
            await pilot.press("f")
            await pilot.pause()
        assert list(counts) == ["my", "team", "at risk", "alarms", "onboarding", "silent", "all"]
        assert int(counts["my"]) < int(counts["team"]) < int(counts["all"])


async def test_what_is_done_next_is_done_to_the_client_under_the_cursor(
    app: OneWindowApp, session: Session
) -> None:
    """Not to the one still drawn: the cursor moved and the next key came before the window caught up."""
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("c", "g", "j")
        under = app.query_one("#clients", RowList).cursor_key
        assert isinstance(under, int)
        await pilot.press("1", "n")
        name = rows.get(session.store, Client, under).name
        await waits(pilot, app, f"new request for {name}")


async def test_back_and_forth_between_clients(app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("slash", *"sigma", "enter")
        await waits(pilot, app, "Сигма Плюс  C-")
        await pilot.press("minus")
        await waits(pilot, app, "Ромашка ООО  C-17")
        await pilot.press("minus")
        await waits(pilot, app, "Сигма Плюс  C-")
        await pilot.press("left_square_bracket")
        await waits(pilot, app, "Ромашка ООО  C-17")
        await pilot.press("right_square_bracket")
        await waits(pilot, app, "Сигма Плюс  C-")


async def test_others_changes_show_by_themselves(
    app: OneWindowApp, session: Session, romashka: Client
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1")
        with session.store.another() as store:
            petrov = organization.staff_by_login(store, "petrov")
            assert petrov is not None
            other = at_work(store, petrov, Settings(), Clock(session.now()), "Europe/Moscow")
            changing.add(other, "request", {"title": "из соседнего окна"}, romashka.id)
        await waits(pilot, app, "из сосед")


async def test_views_of_the_timeline(app: OneWindowApp, session: Session, romashka: Client) -> None:
    changing.insert(
        session,
        Touch(client_id=romashka.id, touch_kind="note", text="запись о ремонте", at="2026-11-23T11:00:00Z"),
    )
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("6", "v")
        await waits(pilot, app, "timeline: calls")
        assert "запись о ремонте" not in shown(app)
        await pilot.press("v", "v", "v")
        await waits(pilot, app, "timeline: notes")
        assert "запись о ре" in shown(app)


async def test_the_card_at_full_length_is_edited_field_by_field(
    app: OneWindowApp, session: Session, romashka: Client
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("0", "enter")
        await waits(pilot, app, "Ромашка ООО · card")
        card = app.screen
        assert isinstance(card, CardScreen)
        for _ in card.fields:
            row = card.list.cursor_row
            if row is not None and row.cells[1].text == "city":
                break
            await pilot.press("j")
        await pilot.press("enter")
        await waits(pilot, app, "Ромашка ООО")
        await pilot.press("ctrl+u", *"Tula", "ctrl+s")
        await until(pilot, lambda: rows.get(session.store, Client, romashka.id).city.endswith("Tula"))


async def test_losing_a_client_needs_a_reason(app: OneWindowApp, session: Session, romashka: Client) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("0", "e")
        await waits(pilot, app, "loss reason")
        form = app.screen.query_one(Form)
        form.set_values({**form.values(), "stage": "lost"})
        await pilot.press("ctrl+s")
        await waits(pilot, app, "say why the client was lost")
    assert rows.get(session.store, Client, romashka.id).stage == "active"
    assert history.last_undoable(session.store, "ivanova") is None, "nothing was changed"


async def test_an_empty_file_says_what_to_do(tmp_path: Path) -> None:
    from onewindow.desk.opening import open_session

    session = open_session(Settings(login="me"), {}, path=tmp_path / "new.db", create=True)
    app = OneWindowApp(session, None)
    async with app.run_test(size=(80, 24)) as pilot:
        await waits(pilot, app, "No clients yet")
        await pilot.press("n", *"First", "ctrl+s")
        await waits(pilot, app, "First  C-1")
    assert clients.by_number(session.store, 1) is not None
    session.store.close()
