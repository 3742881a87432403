"""The line that keeps a quote, opened from any screen."""

from __future__ import annotations

from screen_host import until
from screen_text import screen_text

from onewindow.app import OneWindowApp
from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Feature
from onewindow.records.clients import Client
from onewindow.records.feedback import Feedback
from onewindow.screens.feedback.capture import FeedbackLine
from onewindow.screens.queue.today import TodayScreen
from onewindow.store import rows


def shown(app: OneWindowApp) -> str:
    return "\n".join(screen_text(app))


def quotes(session: Session) -> list[Feedback]:
    return rows.fetch(session.store, Feedback, "WHERE archived_at IS NULL ORDER BY id")


async def test_a_quote_of_the_client_on_the_screen_is_kept(session: Session, client: Client) -> None:
    changing.insert(session, Feature(title="Тёмная тема"))
    app = OneWindowApp(session, client.id)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press('"')
        await until(pilot, lambda: isinstance(app.screen, FeedbackLine))
        await pilot.press(*"нужна тёмная тема !2")
        await until(pilot, lambda: "Тёмная тема (asked)" in shown(app))
        await pilot.press(*" =1", "ctrl+s")
        await until(pilot, lambda: len(quotes(session)) == 1)
        kept = quotes(session)[0]
        assert (kept.client_id, kept.quote, kept.importance) == (client.id, "нужна тёмная тема", 2)
        assert kept.feature_id is not None
        await until(pilot, lambda: "takes it back" in shown(app))
        await pilot.press("u")
        await until(pilot, lambda: quotes(session) == [])


async def test_from_today_the_client_is_named(session: Session, client: Client) -> None:
    app = OneWindowApp(session, client.id)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("T")
        await until(pilot, lambda: isinstance(app.screen, TodayScreen))
        await pilot.press('"')
        await until(pilot, lambda: isinstance(app.screen, FeedbackLine))
        await pilot.press(*"нужна печать", "ctrl+s")
        await until(pilot, lambda: "Begin with the client" in shown(app))
        assert quotes(session) == []
        await pilot.press("home", *f"{client.name} ", "ctrl+s")
        await until(pilot, lambda: len(quotes(session)) == 1)
        assert isinstance(app.screen, TodayScreen)
        assert quotes(session)[0].quote == "нужна печать"
