"""Messages in the window: one key makes a draft, templates expand as one types, the outbox moves them on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from screen_host import HostApp, until
from screen_text import screen_text

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.outbox import drafting
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client, Contact
from onewindow.records.messages import Message, Template
from onewindow.records.requests import Request
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.messages.outbox import OutboxScreen
from onewindow.store import outbox as outbox_store
from onewindow.store import rows


def shown(app: HostApp | OneWindowApp) -> str:
    return "\n".join(screen_text(app))


@pytest.fixture
def message(session: Session, client: Client, contact: Contact) -> Message:
    """A draft to Анна Ким."""
    changing.change(session, contact, {"email": "kim@romashka.ru", "is_main": 1})
    return drafting.draft(session, drafting.drafted(session, client, "Готово, пр", subject="R-1: готово"))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (180, 50)])
async def test_the_outbox_shows_state_and_error(
    session: Session, message: Message, size: tuple[int, int]
) -> None:
    changing.change(session, message, {"state": "failed", "error": "550 [red]mailbox unavailable"})
    app = HostApp(session, OutboxScreen(session))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        text = shown(app)
        assert "outbox: waiting" in text
        assert "failed" in text
        assert "Ромашка ООО" in text
        assert "550 [red]" in text
        await pilot.press("enter")
        assert "550 [red]mailbox unavailable" in shown(app)


async def test_x_queues_then_sends_and_undo_takes_back_what_did_not_go(
    session: Session, message: Message, tmp_path: Path
) -> None:
    app = HostApp(session, OutboxScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("x")
        assert rows.get(session.store, Message, message.id).state == "queued"
        await pilot.press("u")
        assert rows.get(session.store, Message, message.id).state == "draft"
        await pilot.press("x", "x")
        await until(pilot, lambda: rows.get(session.store, Message, message.id).state == "sent")
        await until(pilot, lambda: "Sent." in shown(app))
        assert (tmp_path / "outbox" / f"{message.id}.onewindow.eml").exists()
        await pilot.press("v")
        assert "outbox: sent" in shown(app)
        await pilot.press("d")
        assert "was sent" in shown(app) or "sent already" in shown(app)


async def test_a_message_without_consent_is_not_queued(session: Session, message: Message) -> None:
    changing.change(session, message, {"purpose": "marketing"})
    app = HostApp(session, OutboxScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("x")
        assert "gave no consent to marketing" in shown(app)
        assert rows.get(session.store, Message, message.id).state == "draft"
        await pilot.press("d")
        assert rows.get(session.store, Message, message.id).state == "cancelled"


async def test_a_shortcut_expands_at_the_cursor_and_a_template_is_chosen(
    session: Session, message: Message
) -> None:
    changing.insert(session, Template(name="Принято", text="приняли, {contact}", shortcut="пр"))
    form = RecordForm(session, "message", message, message.client_id, focus="text")
    app = HostApp(session, form)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+t")
        assert form.form.values()["text"] == "Готово, приняли, Анна Ким"
        await pilot.press("!", "enter", "ctrl+t")
        assert "Put in which template?" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert form.form.values()["text"] == "Готово, приняли, Анна Ким!\nприняли, Анна Ким"


async def test_one_key_acknowledges_the_request_under_the_cursor(
    app: OneWindowApp, demo: Session, romashka: Client
) -> None:
    demo.settings = replace(demo.settings, quiet_from="00:00", quiet_till="00:00")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("1")
        await pilot.press("I")
        await pilot.pause()
        assert isinstance(app.screen, RecordForm)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not isinstance(app.screen, RecordForm))
        drafts = [
            message
            for message in outbox_store.in_state(demo.store, "draft")
            if message.client_id == romashka.id
        ]
        queued = [
            message
            for message in outbox_store.in_state(demo.store, "queued")
            if message.client_id == romashka.id
        ]
        assert len(drafts) + len(queued) >= 1
        newest = max(drafts + queued, key=lambda message: message.id)
        about = rows.get(demo.store, Request, newest.request_id or 0)
        assert newest.subject.startswith(f"R-{about.number}")
        assert "⟨contact⟩" not in newest.text
