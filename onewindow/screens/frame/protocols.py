"""The window as those see it who work in it: what it shows, who does its actions, the tour that looks on.

What is done on screens over the window knows only this of it. Who opens the window gives it who does its
actions, so that they may know it while it knows only `DoesActions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

from textual.app import App

from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey
from onewindow.desk.window.snapshot import ClientSnapshot
from onewindow.screens.frame.screen_stack import Step

WINDOW_PLACES = (
    *("requests", "documents", "adoption", "feedback", "opportunities", "timeline"),
    *("card", "promises", "list"),
)
"""Where the focus can stand in the window: each has an action `go.…` that puts it there."""


@runtime_checkable
class DoesActions(Protocol):
    """Does the actions of the table in one window."""

    def do(self, action_id: str) -> None:
        """Do an action, or say why it cannot be done here."""
        ...

    def reasons(self, scope: str) -> dict[str, str]:
        """Why each action of a scope's hint bar can do nothing now; those that can are left out."""
        ...


@runtime_checkable
class HasActions(Protocol):
    """The window, as a screen over it finds it below."""

    actions: DoesActions


class Window(Protocol):
    """The window: one client whole."""

    session: Session
    snapshot: ClientSnapshot | None
    """The client on the screen as it was read last, None if there is none."""
    actions: DoesActions
    last_chosen: RecordKey | None
    """The row that was last opened from the day, where the day begins next time."""
    way_back: Sequence[Step]
    """The way to the screen on which this client was chosen, as long as it is shown."""

    @property
    def host(self) -> App[Any]:
        """The app that shows the window."""
        ...

    def open_client(self, client_id: int, *, remember: bool = True) -> None:
        """Show another client; a client that is gone says so in the hint line."""
        ...

    def show_record(self, key: RecordKey) -> None:
        """Put the focus and the cursor on a record of the client."""
        ...

    def say(self, text: str, *, warning: bool = False) -> None:
        """Say one sentence in the hint line for some seconds."""
        ...

    def why_key(self, action_id: str) -> str:
        """The key to press for an action, as people read it."""
        ...


class LooksOn(Protocol):
    """A tour that somebody takes: it is told what happens in the window."""

    def did(self, action_id: str) -> None:
        """An action of the window was done."""
        ...

    def opened(self, client_id: int) -> None:
        """A client is shown."""
        ...

    def back(self) -> None:
        """The window is in front again."""
        ...

    def skip(self) -> None:
        """Leave the step out."""
        ...

    def leave(self) -> None:
        """Take the tour away; its step is kept."""
        ...

    @property
    def is_over(self) -> bool:
        """Whether its last step is done."""
        ...
