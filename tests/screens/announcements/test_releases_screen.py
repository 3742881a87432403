"""Novelties in the window: announcements and what became of them, sessions and who came, one key each."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from golden import assert_looks_like
from screen_host import HostApp, until
from screen_text import screen_text

from onewindow.app import OneWindowApp
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Announcement, Attendance, Delivery, TrainingSession
from onewindow.records.clients import Client
from onewindow.records.feedback import Feedback
from onewindow.records.requests import Touch
from onewindow.screens.announcements.announcement import AnnouncementScreen
from onewindow.screens.announcements.releases import ReleasesScreen
from onewindow.screens.announcements.training_session import TrainingSessionScreen
from onewindow.store import rows
from onewindow.store.announcements import announcement_records
from onewindow.store.rows import fetch
from onewindow.text.dates import parse_utc

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40), (180, 50)], ids=["80x24", "120x40", "180x50"])


def shown(app: HostApp | OneWindowApp) -> str:
    return "\n".join(screen_text(app))


def _announcement(session: Session, words: str) -> Announcement:
    return next(
        announcement
        for announcement in announcement_records.announcements(session.store)
        if words in announcement.title
    )


def _lesson(session: Session, words: str) -> TrainingSession:
    sessions = fetch(session.store, TrainingSession, "ORDER BY id")
    return next(training for training in sessions if words in training.title)


@SIZES
async def test_the_novelties_as_they_stand(demo: Session, size: tuple[int, int]) -> None:
    app = HostApp(demo, ReleasesScreen(demo))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert_looks_like(app, f"novelties-{size[0]}x{size[1]}")
        await pilot.press("f")
        assert_looks_like(app, f"novelties-sessions-{size[0]}x{size[1]}")


@SIZES
async def test_an_announcement_at_every_client(demo: Session, size: tuple[int, int]) -> None:
    app = HostApp(demo, AnnouncementScreen(demo, _announcement(demo, "Портал").id))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert_looks_like(app, f"announcement-{size[0]}x{size[1]}")


@SIZES
async def test_a_session_and_who_comes(demo: Session, size: tuple[int, int]) -> None:
    app = HostApp(demo, TrainingSessionScreen(demo, _lesson(demo, "Портал").id))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert_looks_like(app, f"training-session-{size[0]}x{size[1]}")


async def test_the_palette_opens_novelties_and_o_the_client(demo: Session, app: OneWindowApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(":", *"novelties", "enter")
        await until(pilot, lambda: "novelties: announcements" in shown(app))
        await pilot.press("j", "j", "enter")
        await until(pilot, lambda: isinstance(app.screen, AnnouncementScreen))
        title = shown(app).splitlines()[0]
        assert "Портал 1.9" in title
        screen = app.screen
        assert isinstance(screen, AnnouncementScreen)
        await until(pilot, lambda: screen.table.cursor_key is not None)
        key = screen.table.cursor_key
        assert isinstance(key, int)
        client = rows.get(demo.store, Delivery, key).client_id
        await pilot.press("O")
        name = rows.get(demo.store, Client, client).name
        await until(pilot, lambda: f"{name}  C-" in shown(app))


def stands(demo: Session, announcement: Announcement) -> Counter[str]:
    return Counter(announcement_records.counts(demo.store, announcement.id))


async def test_one_key_says_what_became_of_it(demo: Session) -> None:
    announcement = _announcement(demo, "Портал")
    ids = [
        delivery.id
        for delivery in fetch(demo.store, Delivery, "WHERE announcement_id = :a", a=announcement.id)
    ]
    for delivery in ids:
        before = rows.get(demo.store, Delivery, delivery)
        demo.change("wait", lambda t, one=before: t.update(one, {"state": "queued"}))
    before = stands(demo, announcement)
    app = HostApp(demo, AnnouncementScreen(demo, announcement.id))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("x")
        told = stands(demo, announcement)
        assert (told["queued"], told["told"]) == (before["queued"] - 1, before["told"] + 1)
        assert "told; u takes it back" in shown(app)
        await pilot.press("u")
        assert stands(demo, announcement) == before
        await pilot.press("m")
        assert stands(demo, announcement)["read"] == before["read"] + 1
        await pilot.press("r", *"Покажете", "tab", "right", "ctrl+s")
        await until(pilot, lambda: "the quote is kept" in shown(app))
        assert fetch(demo.store, Feedback, "WHERE quote = 'Покажете'")[0].feedback_kind == "reaction"
        await pilot.press("X", *"не сега", "ctrl+s")
        await until(pilot, lambda: "declined" in shown(app).splitlines()[-1])
        assert stands(demo, announcement)["declined"] == before["declined"] + 1
        await pilot.press("home", "d", "ctrl+s")
        await until(pilot, lambda: "Say why the client is left out" in shown(app))
        await pilot.press(*"напуска", "ctrl+s")
        await until(pilot, lambda: "skipped" in shown(app).splitlines()[-1])
        assert stands(demo, announcement)["queued"] == before["queued"] - 4


async def test_w_shows_the_words_in_the_language_of_the_client(demo: Session) -> None:
    app = HostApp(demo, AnnouncementScreen(demo, _announcement(demo, "Портал").id))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("w")
        await until(pilot, lambda: "показваме какво носи Портал 1.9" in shown(app))
        await pilot.press("escape", "f", "f")
        await until(pilot, lambda: "1.9: покана за кратко обучение: told" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "told since" in shown(app))


async def test_x_looks_at_the_audience_before_it_queues(demo: Session) -> None:
    announcement = _announcement(demo, "Консолидация")
    app = HostApp(demo, ReleasesScreen(demo))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("j", "x")
        await until(pilot, lambda: "Look whom it reaches" in shown(app))
        await pilot.press(*"look", "enter")
        await until(pilot, lambda: "tier:A product:finansy:" in shown(app))
        assert "gave no consent for this channel" in shown(app)
        assert announcement_records.counts(demo.store, announcement.id) == {}
        await pilot.press("escape")
        service = _announcement(demo, "Регламент")
        before = announcement_records.counts(demo.store, service.id)
        await pilot.press("k", "x")
        await until(pilot, lambda: "Queue it for" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Queued for" in shown(app))
        assert announcement_records.counts(demo.store, service.id).get("queued", 0) > before.get("queued", 0)
        await pilot.press("x")
        await until(pilot, lambda: "into the outbox" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "messages are in the outbox" in shown(app))


async def test_w_says_what_followed_and_that_it_is_no_experiment(demo: Session) -> None:
    app = HostApp(demo, ReleasesScreen(demo))
    async with app.run_test(size=(180, 50)) as pilot:
        await pilot.press("G", "w")
        await until(pilot, lambda: "within 30 days of it" in shown(app))
        assert "Trained against not trained" in shown(app)
        await pilot.press("escape", "f")
        await until(pilot, lambda: "Приёмка" in shown(app))
        await pilot.press("G", "w")
        await until(pilot, lambda: "This is no experiment" in shown(app))
        assert "others" in shown(app)


async def test_a_release_is_announced_with_what_is_known_of_it(demo: Session) -> None:
    app = HostApp(demo, ReleasesScreen(demo))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f", "f")
        await until(pilot, lambda: "not yet" in shown(app))
        await pilot.press("n")
        await until(pilot, lambda: "what a version" in shown(app) or "announcement" in shown(app).casefold())
        await pilot.press(*"Новость", "ctrl+s")
        await until(pilot, lambda: "Saved" in shown(app))
        made = _announcement(demo, "Новость")
        assert made.release_id is not None


async def test_a_session_is_invited_to_and_marked(demo: Session) -> None:
    lesson = _lesson(demo, "Портал")
    app = HostApp(demo, TrainingSessionScreen(demo, lesson.id))

    def states() -> list[str]:
        where = "WHERE session_id = :lesson AND archived_at IS NULL ORDER BY client_id, id"
        return [attendance.state for attendance in fetch(demo.store, Attendance, where, lesson=lesson.id)]

    async with app.run_test(size=(120, 40)) as pilot:
        before = states()
        await pilot.press("x")
        await until(pilot, lambda: "has not come yet" in shown(app))
        assert states() == before
        demo.clock = lambda: parse_utc(lesson.starts_at) + timedelta(hours=3)
        await pilot.press("x")
        assert states()[0] == "attended"
        await pilot.press("u", "m")
        assert states()[0] == "accepted"
        await pilot.press("X", "right", "tab", *"болен", "ctrl+s")
        await until(pilot, lambda: "takes it back" in shown(app))
        assert states()[0] == "missed"
        await pilot.press("n", *"everybody", "enter")
        await until(pilot, lambda: "clients are invited" in shown(app))
        assert len(states()) >= len(before)
        await pilot.press(":", *"end session", "enter")
        await until(pilot, lambda: "It was held" in shown(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Held" in shown(app))
        assert "accepted" not in states()
        assert rows.get(demo.store, TrainingSession, lesson.id).state == "held"


async def test_told_by_telephone_is_a_touch_of_the_client(demo: Session) -> None:
    announcement = _announcement(demo, "Портал")
    app = HostApp(demo, AnnouncementScreen(demo, announcement.id))
    client = fetch(
        demo.store, Delivery, "WHERE announcement_id = :a AND state = 'queued' ORDER BY id", a=announcement.id
    )[0].client_id
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("x")
        where = "WHERE client_id = :client ORDER BY at DESC, id DESC LIMIT 1"
        (touch,) = fetch(demo.store, Touch, where, client=client)
        assert (touch.touch_kind, touch.direction) == ("call", "out")
        assert announcement.title in touch.text
