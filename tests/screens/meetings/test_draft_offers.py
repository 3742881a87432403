"""A draft that was left never glues itself to what is typed next, and is not lost by it either."""

from __future__ import annotations

import pytest
from screen_host import HostApp, until
from screen_text import screen_text
from textual.events import Paste

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing, drafting
from onewindow.desk.editing.drafting import pending_drafts
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.feedback import Feedback
from onewindow.records.requests import Request
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.chooser import Prompt
from onewindow.screens.meetings.call import CallScreen
from onewindow.screens.requests.capture import CaptureScreen
from onewindow.screens.window.drafts import DraftsScreen
from onewindow.store import rows


def text(app: OneWindowApp | HostApp) -> str:
    return "\n".join(screen_text(app))


def waiting(session: Session) -> list[str]:
    return [draft.words for draft in pending_drafts(session)]


async def leave(app: HostApp, session: Session, words: str) -> None:
    """Type into the line of a new request and leave it, as a call makes one do."""
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(*words, "escape")
        await until(pilot, lambda: not app.is_open)
    assert waiting(session) == [words]


async def test_what_is_typed_at_once_replaces_the_draft_in_the_line(session: Session, client: Client) -> None:
    await leave(HostApp(session, CaptureScreen(session, client.id)), session, "не нужно")
    screen = CaptureScreen(session, client.id)
    app = HostApp(session, screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "typing begins anew, end goes on, ctrl+g discards" in text(app))
        await pilot.press(*"тест кириллицы")
        assert screen.input.raw == "тест кириллицы"
        await until(pilot, lambda: "is kept; ctrl+r goes on with it" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: not app.is_open)
    assert [request.title for request in rows.fetch(session.store, Request, "ORDER BY id DESC LIMIT 1")] == [
        "тест кириллицы"
    ]
    assert waiting(session) == ["не нужно"], "what was left is there for the next time"


async def test_moving_goes_on_with_the_draft_and_deleting_empties_it(
    session: Session, client: Client
) -> None:
    await leave(HostApp(session, CaptureScreen(session, client.id)), session, "нет")
    for keys, raw in ((("end", *" доступа"), "нет доступа"), (("home", *"срочно "), "срочно нет доступа")):
        screen = CaptureScreen(session, client.id)
        app = HostApp(session, screen)
        async with app.run_test(size=(120, 40)) as pilot:
            await until(pilot, lambda app=app: "typing begins anew" in text(app))
            await pilot.press(*keys)
            assert screen.input.raw == raw
            await pilot.press("escape")
            await until(pilot, lambda app=app: not app.is_open)
        assert waiting(session) == [raw]
    app = HostApp(session, CaptureScreen(session, client.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "typing begins anew" in text(app))
        await pilot.press("backspace", "escape")
        await until(pilot, lambda: not app.is_open)
    assert waiting(session) == [], "emptied by hand, it is thrown away; undo brings it back"


async def test_the_key_that_is_named_changes_between_both(session: Session, client: Client) -> None:
    await leave(HostApp(session, CaptureScreen(session, client.id)), session, "первое !!")
    screen = CaptureScreen(session, client.id)
    app = HostApp(session, screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "typing begins anew" in text(app))
        await pilot.press(*"второе", "ctrl+r")
        await until(pilot, lambda: screen.input.raw == "первое !!")
        await until(pilot, lambda: "urgent" in text(app))
        assert sorted(waiting(session)) == ["второе", "первое !!"]
        assert "is here; “второе” is kept, ctrl+r goes back to it." in text(app)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: screen.input.raw == "второе")
        assert "is here; “первое !!” is kept, ctrl+r goes back to it." in text(app)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: screen.input.raw == "первое !!")
        await pilot.press("enter")
        await until(pilot, lambda: not app.is_open)
    assert waiting(session) == ["второе"]


async def test_the_draft_that_stood_there_when_one_left_is_the_next_one_offered(
    session: Session, client: Client
) -> None:
    await leave(HostApp(session, CaptureScreen(session, client.id)), session, "первое")
    screen = CaptureScreen(session, client.id)
    app = HostApp(session, screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "typing begins anew" in text(app))
        await pilot.press(*"второе", "ctrl+r")
        await until(pilot, lambda: screen.input.raw == "первое")
        await pilot.press("escape")
        await until(pilot, lambda: not app.is_open)
    screen = CaptureScreen(session, client.id)
    app = HostApp(session, screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "typing begins anew" in text(app))
        assert screen.input.raw == "первое"
    assert sorted(waiting(session)) == ["второе", "первое"]


async def test_the_key_says_so_where_there_is_no_other_draft(session: Session, client: Client) -> None:
    for screen in (
        CaptureScreen(session, client.id),
        RecordForm(session, "feedback", None, client.id),
        CallScreen(session, client.id),
        Prompt("Absence of Петров", "days"),
    ):
        app = HostApp(session, screen)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press("ctrl+r")
            await until(pilot, lambda app=app: "There is no other draft here." in text(app))


async def test_a_paste_over_an_offered_draft_takes_nothing_of_it(session: Session, client: Client) -> None:
    first = CaptureScreen(session, client.id, "старое\nстрока старого")
    app = HostApp(session, first)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("escape")
        await until(pilot, lambda: not app.is_open)
    screen = CaptureScreen(session, client.id)
    app = HostApp(session, screen)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "typing begins anew" in text(app))
        screen.input.post_message(_paste("новое\nстрока нового"))
        await until(pilot, lambda: screen.input.raw == "новое")
        await pilot.press("enter")
        await until(pilot, lambda: not app.is_open)
    made = rows.fetch(session.store, Request, "ORDER BY id DESC LIMIT 1")[0]
    assert (made.title, made.text) == ("новое", "строка нового")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_form_of_a_new_record_begins_anew_as_a_whole(
    session: Session, client: Client, size: tuple[int, int]
) -> None:
    form = RecordForm(session, "feedback", None, client.id)
    app = HostApp(session, form)
    async with app.run_test(size=size) as pilot:
        form.form.set_values({"quote": "пятница", "importance": "3"})
        await pilot.press("escape")
        await until(pilot, lambda: not app.is_open)
    form = RecordForm(session, "feedback", None, client.id)
    app = HostApp(session, form)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "typing begins anew" in text(app))
        assert form.form.focused_name == "quote"
        await pilot.press(*"звонок")
        await until(pilot, lambda: "ctrl+r goes on with it" in text(app))
        assert (form.form.values()["quote"], form.form.values()["importance"]) == ("звонок", "1")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: form.form.values()["quote"] == "пятница")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: form.form.values()["quote"] == "звонок")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: form.form.values()["quote"] == "пятница")
        assert form.form.values()["importance"] == "3"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not app.is_open)
    saved = rows.fetch(session.store, Feedback, "ORDER BY id DESC LIMIT 1")[0]
    assert (saved.quote, saved.importance) == ("пятница", 3)
    assert waiting(session) == ["звонок"]


async def test_a_call_and_a_question_begin_anew_too(session: Session, client: Client) -> None:
    for make, field in (
        (lambda: CallScreen(session, client.id), "need"),
        (lambda: Prompt("Absence of Петров", "days"), "text"),
    ):
        app = HostApp(session, make())
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            await pilot.press(*"старое", "escape")
            await until(pilot, lambda app=app: not app.is_open)
        screen = make()
        app = HostApp(session, screen)
        async with app.run_test(size=(120, 40)) as pilot:
            await until(pilot, lambda screen=screen, field=field: screen.form.values()[field] == "старое")
            await pilot.press(*"новое")
            assert screen.form.values()[field] == "новое"
            await pilot.press("escape")
            await until(pilot, lambda app=app: not app.is_open)
        assert sorted(waiting(session)) == ["новое", "старое"]
        for draft in pending_drafts(session):
            session.store.execute("DELETE FROM draft WHERE id = :id", id=draft.id)


async def test_an_edit_that_was_left_goes_on_where_it_was(session: Session, client: Client) -> None:
    request = changing.insert(
        session, Request(client_id=client.id, title="отчёт", opened_at=session.now_text())
    )
    for words, shown in (
        (" не открывается", "отчёт не открывается"),
        (" вовсе", "отчёт не открывается вовсе"),
    ):
        form = RecordForm(session, "request", request, client.id)
        app = HostApp(session, form)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            await pilot.press(*words)
            assert form.form.values()["title"] == shown
            await pilot.press("escape")
            await until(pilot, lambda app=app: not app.is_open)
    assert rows.get(session.store, Request, request.id).title == "отчёт"


async def test_who_asks_for_the_draft_itself_types_on(session: Session, client: Client) -> None:
    await leave(HostApp(session, CaptureScreen(session, client.id)), session, "нет")
    app = HostApp(session, DraftsScreen(session))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "нет" in text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CaptureScreen))
        await pilot.pause()
        await pilot.press(*" доступа", "escape")
        await until(pilot, lambda: waiting(session) == ["нет доступа"])
    assert drafting.LINE in pending_drafts(session)[0].form


async def test_what_was_pasted_on_a_client_stays_that_clients_and_in_a_line_of_its_own(
    app: OneWindowApp, demo: Session, romashka: Client
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1")
        app.post_message(_paste("вставка в список\nвторая строка"))
        await until(pilot, lambda: "a new request of this client takes it up" in text(app))
        await pilot.press("c", "down")
        await until(pilot, lambda: app.shown_client != romashka.id)
        await pilot.press("1", "n")
        await until(pilot, lambda: isinstance(app.screen, CaptureScreen))
        assert "вставка" not in text(app)
        await pilot.press("escape", "minus")
        await until(pilot, lambda: app.shown_client == romashka.id)
        await pilot.press("1", "n")
        await until(pilot, lambda: isinstance(app.screen, CaptureScreen) and "вставка" in text(app))
        await pilot.press(*"после", "enter")
        await until(pilot, lambda: "Saved" in text(app))
    made = rows.fetch(demo.store, Request, "ORDER BY id DESC LIMIT 1")[0]
    assert (made.client_id, made.title) == (romashka.id, "после")
    assert made.text == "вставка в список\nвторая строка"


def _paste(pasted: str) -> Paste:
    return Paste(pasted)


async def test_a_paste_where_nobody_types_is_a_draft_at_once_and_keeps_its_lines(
    app: OneWindowApp, demo: Session, romashka: Client
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1")
        app.post_message(_paste("первая строка\rвторая строка\r\nтретья\r"))
        await until(pilot, lambda: "3 pasted lines" in text(app))
        (draft,) = pending_drafts(demo)
        assert draft.typed["text"] == "первая строка"
        assert draft.typed["@details"] == "вторая строка\nтретья"
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, CaptureScreen) and "2 lines" in text(app))
        assert len(pending_drafts(demo)) == 1, "the line holds it now"
        await pilot.press("end", "enter")
        await until(pilot, lambda: "Saved R-" in text(app))
        assert pending_drafts(demo) == []
    made = rows.fetch(demo.store, Request, "ORDER BY id DESC LIMIT 1")[0]
    assert (made.client_id, made.title, made.text) == (romashka.id, "первая строка", "вторая строка\nтретья")
