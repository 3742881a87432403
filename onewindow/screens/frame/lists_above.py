"""The screens over the window from which a client is chosen, and the way back to them."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.protocols import Window
from onewindow.screens.frame.screen_stack import steps, uncover, walk


class ListsAbove:
    """Opens such screens over one window, and shows there what was chosen on them."""

    def __init__(self, window: Window) -> None:
        """Serve one window."""
        self._window = window

    def show_list(self, screen: Screen[int | None]) -> None:
        """Open a screen from which a client is chosen."""
        self._window.host.push_screen(
            screen, lambda client_id: None if client_id is None else self._go_to_client(screen, client_id)
        )

    def show_queue(self, screen: Screen[Chosen | None]) -> None:
        """Open a screen from which a record of a client is chosen; the cursor goes on that record."""
        window = self._window

        def closed(chosen: Chosen | None) -> None:
            if chosen is not None:
                self._go_to_client(screen, chosen.client_id)
                window.last_chosen = chosen.key
                window.show_record(chosen.key)

        window.host.push_screen(screen, closed)

    def _go_to_client(self, screen: Screen[Any], client_id: int) -> None:
        """Show a client that was chosen on a screen, and note the way back to the row of that screen."""
        window = self._window
        lowest, *others = window.host.screen_stack
        below = [other for other in others if other is not screen]
        way = steps([*below, screen])
        uncover(lowest)
        window.open_client(client_id)
        window.way_back = way

    def goes_back(self) -> bool:
        """Go back to the screen from which this client was chosen, if it was; tells whether it was."""
        way, self._window.way_back = self._window.way_back, ()
        if way:
            walk(self._window.host, self._window.actions.do, way, lambda: None)
        return bool(way)
