"""Where the keys stand in the window: the row, the panel, the client shown before and after."""

from __future__ import annotations

from onewindow.screens.window.client_window import WindowScreen
from onewindow.widgets.moving import MOVES
from onewindow.widgets.row_list import RowList

_ORDER = (
    "clients",
    "card",
    "promises",
    "requests",
    "documents",
    "adoption",
    "feedback",
    "opportunities",
    "timeline",
)
_RIGHT = {"requests": "feedback", "documents": "opportunities", "adoption": "timeline"}
_LEFT = {right: left for left, right in _RIGHT.items()}


class PlaceActions:
    """Keys that move the cursor or the focus, and those that go back and forth between clients."""

    def __init__(self, window: WindowScreen) -> None:
        """Serve one window."""
        self._window = window

    def move(self, action_id: str) -> None:
        """Move in the list that has the keys; down from the card goes into the promises."""
        focused = self._window.focused
        if isinstance(focused, RowList):
            MOVES[action_id](focused)
        elif action_id == "move.down" and focused is self._window.card:
            self._window.promises.focus()

    def next(self) -> None:
        """To the next place."""
        self._step(1)

    def previous(self) -> None:
        """To the place before."""
        self._step(-1)

    def left(self) -> None:
        """To the panel on the left, and from there to the client list."""
        self._window.stand_in(_LEFT.get(self._here(), "clients"))

    def right(self) -> None:
        """To the panel on the right, and from the list into the client."""
        here = self._here()
        self._window.stand_in(_RIGHT.get(here, here) if here != "clients" else self._window.open_panel)

    def earlier_client(self) -> None:
        """To the client opened before."""
        self._visit(self._window.place - 1)

    def later_client(self) -> None:
        """To the client opened after."""
        self._visit(self._window.place + 1)

    def last_client(self) -> None:
        """Back and forth between two clients."""
        window = self._window
        if len(window.visited) < 2:
            window.say("There is no other client to go back to yet.")
            return
        other = window.visited[window.place - 1] if window.place else window.visited[1]
        window.open_client(other)

    def _visit(self, place: int) -> None:
        window = self._window
        if not 0 <= place < len(window.visited):
            window.say("There is no client further this way.")
            return
        window.place = place
        window.open_client(window.visited[place], remember=False)

    def _here(self) -> str:
        focused = self._window.focused
        return (focused.id if focused is not None else "") or "clients"

    def _step(self, by: int) -> None:
        order = [name for name in _ORDER if self._window.is_wide or name != "clients"]
        here = self._here()
        place = order.index(here) if here in order else 0
        self._window.stand_in(order[(place + by) % len(order)])
