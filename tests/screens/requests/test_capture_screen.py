"""A request in one line: the preview as one types, other readings, the full form, drafts, and saving."""

from __future__ import annotations

from datetime import timedelta

import pytest
from golden import assert_looks_like
from screen_host import Clock, HostApp, until
from screen_text import screen_text

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.editing.held_draft import lost_texts
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client, Contact
from onewindow.records.requests import Request
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.requests.capture import CaptureScreen
from onewindow.screens.window.client_window import WindowScreen
from onewindow.screens.window.drafts import DraftsScreen
from onewindow.store.requests import threads
from onewindow.store.session import drafts


def text(app: HostApp | OneWindowApp) -> str:
    return "\n".join(screen_text(app))


def open_requests(session: Session, client: Client) -> list[Request]:
    return threads.open_of_client(session.store, client.id)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_looks(session: Session, contact: Contact, client: Client, size: tuple[int, int]) -> None:
    changing.add(session, "request", {"title": "отчёт не открывается"}, client.id)
    changing.add(session, "touch", {"text": "спрашивала про срок"}, client.id)
    app = HostApp(session, CaptureScreen(session, client.id))
    async with app.run_test(size=size) as pilot:
        await pilot.press(*f"{contact.name}: отчёты не открываются !! @пет #склад до пт")
        await until(pilot, lambda: "open already" in text(app) and "Fri 27.11 18:00" in text(app))
        await pilot.press("down", "down")
        assert_looks_like(app, f"capture-{size[0]}x{size[1]}")


async def test_one_line_is_registered_with_its_seconds(
    session: Session, client: Client, clock: Clock
) -> None:
    app = HostApp(session, CaptureScreen(session))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"ромашка нет доступа !высокий до пт")
        clock.now += timedelta(seconds=9)
        await pilot.press("enter")
        await until(pilot, lambda: not app.is_open)
    made = open_requests(session, client)[0]
    assert (made.title, made.priority, made.request_kind) == ("нет доступа", "high", "access")
    assert made.promised_at == "2026-11-27T15:00:00Z"
    assert made.intake_seconds == 9
    assert drafts.all_of(session.store, session.me.login) == []


async def test_tab_reads_a_part_in_another_way(session: Session, client: Client) -> None:
    app = HostApp(session, CaptureScreen(session, client.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(*"нет доступа завтра")
        await until(pilot, lambda: "Tue 24.11" in text(app))
        await pilot.press("down", "down", "tab")  # the kind
        await until(pilot, lambda: "question" in text(app))
        await pilot.press("down", "down", "down", "tab")  # no promise after all
        await until(pilot, lambda: "nothing promised" in text(app))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not app.is_open)
    made = open_requests(session, client)[0]
    assert (made.title, made.request_kind, made.promised_at) == ("нет доступа завтра", "question", None)


async def test_several_clients_are_offered_and_one_is_chosen(session: Session) -> None:
    north = changing.insert(session, Client(name="Вектор Север", owner_id=session.me.id))
    south = changing.insert(session, Client(name="Вектор Юг", owner_id=session.me.id))
    app = HostApp(session, CaptureScreen(session))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"вектор не печатает", "enter")
        await until(pilot, lambda: "Which client" in text(app))
        assert app.is_open
        await pilot.press("tab", "tab", "enter")
        await until(pilot, lambda: not app.is_open)
    assert open_requests(session, north) == []
    assert [request.title for request in open_requests(session, south)] == ["не печатает"]


async def test_what_cannot_be_registered_is_said(session: Session, client: Client) -> None:
    app = HostApp(session, CaptureScreen(session, client.id))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Say what the client asks for" in text(app))
        await pilot.press(*"x @qqqq", "enter")
        await until(pilot, lambda: "Nobody of us is called @qqqq" in text(app))
        assert app.is_open
    assert open_requests(session, client) == []


async def test_a_line_left_is_a_draft_that_goes_on(session: Session, client: Client) -> None:
    app = HostApp(session, CaptureScreen(session, client.id))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"нет дост", "down", "down", "tab", "escape")
        await until(pilot, lambda: not app.is_open)
        app.open(DraftsScreen(session))
        await until(pilot, lambda: "request in one line for Ромашка ООО: нет дост" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: "нет дост" in text(app) and "goes on here" in text(app))
        await pilot.press(*"упа", "enter")
        await until(pilot, lambda: not app.is_open)
    assert [request.title for request in open_requests(session, client)] == ["нет доступа"]


async def test_hostile_text_is_harmless(session: Session, client: Client) -> None:
    app = HostApp(session, CaptureScreen(session, client.id, "[/] [red] \x1b]0;x\x07 до пт"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Fri 27.11" in text(app))
        assert "\x1b" not in text(app)
        assert "[/] [red]" in text(app)


async def test_in_the_window_n_takes_a_request_and_u_takes_it_back(
    app: OneWindowApp, demo: Session, romashka: Client
) -> None:
    before = len(open_requests(demo, romashka))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "n", *"нет доступа в архив !", "enter")
        await until(pilot, lambda: "Saved R-" in text(app))
        assert "нет доступа" in text(app)
        assert len(open_requests(demo, romashka)) == before + 1
        await pilot.press("u")
        await until(pilot, lambda: "Undone: new request" in text(app))
    assert len(open_requests(demo, romashka)) == before


async def test_enter_on_one_that_is_open_already_goes_to_it(app: OneWindowApp, demo: Session) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "n", *"отчёт не открывается")
        await until(pilot, lambda: "open already" in text(app))
        await pilot.press(*["down"] * 12, "enter")
        await until(pilot, lambda: isinstance(app.screen, WindowScreen))
        window = app.screen
        assert isinstance(window, WindowScreen)
        key = window.selected_key()
        assert key is not None
        request = threads.by_number(demo.store, 1042)
        assert request is not None
        assert key.id == request.id


async def test_the_full_form_goes_on_with_everything(
    app: OneWindowApp, demo: Session, romashka: Client
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1", "n", *"нет доступа в архив !! #склад до пт", "ctrl+n")
        await until(pilot, lambda: isinstance(app.screen, RecordForm))
        form = app.screen
        assert isinstance(form, RecordForm)
        values = form.form.values()
        assert (values["title"], values["priority"], values["tags"]) == (
            "нет доступа в архив",
            "urgent",
            "склад",
        )
        assert values["promised_at"] == "2026-11-27 18:00"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, WindowScreen))
    made = max(open_requests(demo, romashka), key=lambda request: request.number)
    assert (made.title, made.request_kind, made.tags) == ("нет доступа в архив", "access", "склад")


def fill_the_file(session: Session) -> None:
    """Let the file grow no more, as on a full disk."""
    pages = session.store.scalar("PRAGMA page_count")
    session.store.execute(f"PRAGMA max_page_count = {pages}")


def free_some_space(session: Session) -> None:
    session.store.execute("PRAGMA max_page_count = 1000000")


async def test_on_a_full_disk_one_leaves_the_line_and_goes_on_with_it_in_this_window(
    session: Session, client: Client
) -> None:
    long = "не печатает " * 4000
    app = HostApp(session, CaptureScreen(session, client.id, long))
    async with app.run_test(size=(120, 24)) as pilot:
        fill_the_file(session)
        await pilot.press(*" ещё", "escape")
        await until(pilot, lambda: not app.is_open)
        await until(pilot, lambda: "Your draft is in this window only" in text(app))
        assert drafts.all_of(session.store, session.me.login) == []
        assert lost_texts(session) == [f"{long} ещё"]

        again = CaptureScreen(session, client.id)
        app.open(again)
        await until(pilot, lambda: "Draft of" in text(app))
        assert again.input.value == f"{long} ещё", "nothing that was typed is lost while the window lives"
        free_some_space(session)
        await pilot.press("end", "!", "escape")
        await until(pilot, lambda: not app.is_open)
    (kept,) = drafts.all_of(session.store, session.me.login)
    assert kept.typed["text"] == f"{long} ещё!"
    assert session.unkept == []


async def test_a_form_too_is_left_on_a_full_disk(session: Session, client: Client) -> None:
    long = "подробно " * 4000
    form = RecordForm(session, "request", None, client.id, preset={})
    app = HostApp(session, form)
    async with app.run_test(size=(120, 40)) as pilot:
        form.form.set_values({"title": "вход", "text": long})
        fill_the_file(session)
        await pilot.press("escape")
        await until(pilot, lambda: not app.is_open)
        again = RecordForm(session, "request", None, client.id)
        app.open(again)
        await until(pilot, lambda: again.form.values()["title"] == "вход")
        assert again.form.values()["text"] == long
        free_some_space(session)
        await pilot.press("escape")
        await until(pilot, lambda: not app.is_open)
    assert lost_texts(session) == []
    assert [draft.typed["title"] for draft in drafts.all_of(session.store, session.me.login)] == ["вход"]
