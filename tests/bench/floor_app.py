"""The floor of everything that a terminal program does: an app with one widget and nothing in it."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static

GREETING = "an empty window"


class FloorApp(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static(GREETING, markup=False)


if __name__ == "__main__":
    FloorApp().run()
