"""Doing one action after another in one window, and telling what came of each: nothing may be silent."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import Any

from screen_host import until
from screen_text import screen_text
from textual.pilot import Pilot
from textual.screen import Screen

from onewindow.app import OneWindowApp
from onewindow.desk.session.context import PROGRAM, Session
from onewindow.records.fields import Record, columns
from onewindow.records.kinds import KINDS
from onewindow.screens.window.client_window import WindowScreen
from onewindow.store import history, rows
from onewindow.store.changes import CACHED, last_seq
from onewindow.store.engine import Store

_SILENCE = "‹nobody has said anything yet›"
_DEEP = 8
_AT_WORK = ("Reading…", " stops it")
"""What a screen says while a thread of its own reads or writes."""
_NOT_RESTORED = frozenset({"version", "updated_at"}) | CACHED


class Presser:
    """One window on a file that nobody else has open."""

    def __init__(self, app: OneWindowApp, pilot: Pilot[None], session: Session) -> None:
        self.app = app
        self.pilot = pilot
        self.session = session

    @property
    def window(self) -> WindowScreen:
        """The window below everything."""
        window = self.app.screen_stack[0]
        assert isinstance(window, WindowScreen)
        return window

    async def settle(self) -> str:
        """What stands on the screen when all that was being read is there."""
        for _ in range(2):
            # The app's own work goes on as long as it is open.
            if reading := [worker for worker in self.app.workers if worker.node is not self.app]:
                await self.app.workers.wait_for_complete(reading)  # pyright: ignore[reportUnknownMemberType]
            await self.pilot.pause()
        shown = ""

        def is_read() -> bool:
            nonlocal shown
            shown = "\n".join(screen_text(self.app))
            return not any(words in shown for words in _AT_WORK)

        if not is_read():
            await until(self.pilot, is_read)
        return shown

    async def home(self, place: Screen[Any]) -> None:
        """Close whatever lies over a place."""
        for _ in range(_DEEP):
            if self.app.screen is place:
                return
            self.app.screen.dismiss(None)
            await self.pilot.pause()
        raise AssertionError(f"{self.app.screen} stays over {place}")

    async def outcome(self, act: Callable[[], Awaitable[None] | None]) -> str:
        """What came of an action or a key, '' for nothing: a change that undo takes back, words, a screen."""
        app, place = self.app, self.app.screen
        self.hush()
        await self.pilot.pause()
        before = self.state()
        with self.session.store.another() as other, other.read():
            seq = last_seq(other)
            done = act()
            if inspect.isawaitable(done):
                await done
            text = await self.settle()
            after = self.state()
            changed = bool(self.changed_since(seq))
            if changed:
                if place in app.screen_stack:
                    await self.home(place)
                self.take_back(other, seq)
                await self.pilot.pause()
                return "a change"
        if app.screen is not place:
            return f"screen {type(app.screen).__name__}: {text[:40]}"
        return "something" if before != after else ""

    def hush(self) -> None:
        """Let the hint line of the screen say nothing that a key has said."""
        say = getattr(self.app.screen, "say", None)
        if say is not None:
            say(_SILENCE)

    def state(self) -> tuple[object, ...]:
        """What a person can see or feel of the window."""
        app = self.app
        return (tuple(screen_text(app)), tuple(app.screen_stack), app.focused, app.clipboard, app.theme)

    def changed_since(self, seq: int) -> list[tuple[str, int]]:
        """Kind and id of what people changed since; what the program notes by itself nobody takes back."""
        return [
            (row[0], row[1])
            for row in self.session.store.rows(
                "SELECT DISTINCT entity, entity_id FROM event WHERE seq > :seq AND actor <> :program",
                seq=seq,
                program=PROGRAM,
            )
        ]

    def take_back(self, before: Store, seq: int) -> None:
        """Undo all that was changed since, and hold every record against what it was."""
        store, login = self.session.store, self.session.me.login
        changed = self.changed_since(seq)
        count = 0
        while (target := history.last_undoable(store, login)) is not None and _first(store, target.id) > seq:
            self.session.undo()
            count += 1
        if not count:  # it was made again by a redo, which stands under its old number
            self.session.undo()
        for entity, record_id in changed:
            kind = KINDS[entity].record
            was, now = rows.find(before, kind, record_id), rows.get(store, kind, record_id)
            if was is None:
                assert now.archived_at, f"the new {entity} is still there after undo"
            else:
                assert _values(now) == _values(was), f"{entity} is not as it was after undo"


def _first(store: Store, change_set_id: int) -> int:
    return store.scalar("SELECT MIN(seq) FROM event WHERE change_set_id = :id", id=change_set_id) or 0


def _values(record: Record) -> dict[str, object]:
    return {name: getattr(record, name) for name in columns(type(record)) if name not in _NOT_RESTORED}
