"""What the window asks of those who work in it: who does its actions, and the tour that looks on.

Both are made by who opens the window, so that they may know it while it knows only this.
"""

from __future__ import annotations

from typing import Protocol


class DoesActions(Protocol):
    """Does the actions of the table in one window."""

    def do(self, action_id: str) -> None:
        """Do an action, or say why it cannot be done here."""
        ...

    def reasons(self, scope: str) -> dict[str, str]:
        """Why each action of a scope's hint bar can do nothing now; those that can are left out."""
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
