"""A wish that came to something: message, reaction and refusal by keys, in Today and in panel 4."""

from __future__ import annotations

import pytest
from screen_host import HostApp, until
from screen_text import screen_text

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Feature
from onewindow.records.clients import Client, Contact
from onewindow.records.feedback import Feedback
from onewindow.records.messages import Message
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.chooser import Chooser
from onewindow.screens.frame.questions import Questions
from onewindow.screens.queue.today import TodayScreen
from onewindow.store import rows


@pytest.fixture
def quote(session: Session, client: Client) -> Feedback:
    """A wish of Ромашка that came out, said by somebody with an address."""
    feature = changing.insert(session, Feature(title="печать", status="released"))
    kim = changing.insert(
        session, Contact(client_id=client.id, name="Анна Ким", email="kim@romashka.example")
    )
    return changing.insert(
        session,
        Feedback(
            client_id=client.id,
            quote="нужна печать",
            said_on="2026-11-01",
            feature_id=feature.id,
            contact_id=kim.id,
        ),
    )


def now(session: Session, quote: Feedback) -> Feedback:
    return rows.get(session.store, Feedback, quote.id)


def messages(session: Session) -> list[Message]:
    return rows.fetch(session.store, Message, "ORDER BY id")


async def test_in_today_the_message_is_queued_and_counts_as_told(session: Session, quote: Feedback) -> None:
    app = HostApp(session, TodayScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, RecordForm))
        assert "Это готово: «печать»" in messages(session)[0].text
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Chooser))
        await pilot.press("enter")
        await until(pilot, lambda: now(session, quote).outcome == "told")
        await until(pilot, lambda: "was told of “печать”" in "\n".join(screen_text(app)))
        assert messages(session)[0].state == "queued"
        await pilot.press("u")
        await until(pilot, lambda: now(session, quote).outcome == "open")


async def test_a_draft_that_was_left_is_opened_again(session: Session, quote: Feedback) -> None:
    app = HostApp(session, TodayScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        for _ in range(2):
            await pilot.press("r")
            await until(pilot, lambda: isinstance(app.screen, RecordForm))
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, TodayScreen))
        assert len(messages(session)) == 1
        assert now(session, quote).outcome == "open"


async def test_in_today_a_client_is_left_untold_with_the_reason(session: Session, quote: Feedback) -> None:
    app = HostApp(session, TodayScreen(session))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("X")
        await until(pilot, lambda: isinstance(app.screen, Questions))
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert now(session, quote).outcome == "open", "it needs the reason"
        await pilot.press(*"нашли другое", "ctrl+s")
        await until(pilot, lambda: now(session, quote).outcome == "declined")
        assert now(session, quote).reaction == "нашли другое"


async def test_in_the_panel_the_next_step_is_the_reaction(
    session: Session, client: Client, quote: Feedback
) -> None:
    app = OneWindowApp(session, client.id)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("4", "x")
        await until(pilot, lambda: now(session, quote).outcome == "told")
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, Questions))
        await pilot.press(*"рады", "ctrl+s")
        await until(pilot, lambda: now(session, quote).outcome == "reacted")
        assert now(session, quote).reaction == "рады"
