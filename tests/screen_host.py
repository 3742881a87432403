"""An app that shows one screen over a hint line, as the window would, and a clock that stands still."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen

from onewindow.desk.session.context import Session
from onewindow.screens.frame.box_opening import OpensBoxes
from onewindow.widgets.hint_bar import HintBar

_WAIT_SECONDS = 5.0
_UNSET = object()


@dataclass
class Clock:
    """A clock that stands still."""

    now: datetime

    def __call__(self) -> datetime:
        """The time at which it stands."""
        return self.now


class HostApp(OpensBoxes):
    """Opens a screen at the start and remembers what it gave back."""

    def __init__(self, session: Session | None, shown: Screen[Any]) -> None:
        super().__init__()
        self.session = session
        self.shown = shown
        self.hint_bar = HintBar()
        self.result: Any = _UNSET

    def compose(self) -> ComposeResult:
        """The hint line is all there is."""
        yield self.hint_bar

    def on_mount(self) -> None:
        """Take the user's keys and open the screen."""
        if self.session is not None:
            keys = self.session.settings.keys
            self.set_keymap({name: ",".join(chosen) for name, chosen in keys.items()})
        self.open(self.shown)

    def open(self, shown: Screen[Any]) -> None:
        """Show another screen; its result becomes ours."""
        self.result = _UNSET
        self.push_screen(shown, self._closed_with)

    def session_here(self) -> Session | None:
        """The session that was given."""
        return self.session

    @property
    def is_open(self) -> bool:
        """Whether the screen has given nothing back yet."""
        return self.result is _UNSET

    def _closed_with(self, result: Any) -> None:
        self.result = result


async def until(pilot: Pilot[None], reached: Callable[[], bool]) -> None:
    """Wait until something holds that a thread or a timer brings about; fails after five seconds."""
    async with asyncio.timeout(_WAIT_SECONDS):
        while not reached():
            await pilot.pause(0.01)
    await pilot.pause()
