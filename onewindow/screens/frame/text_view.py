"""A box with a text to read: why, history, mistakes in the settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.screen import Screen

from onewindow.screens.frame.box import Box, copy_from
from onewindow.widgets.bindings import bindings_of
from onewindow.widgets.moving import MOVE_KEYS, MOVES
from onewindow.widgets.text_lines import TextLine, TextLines

_WIDEST = 104
_SHARE = 0.9
_FRAME = 6
"""Cells of the frame, its padding and the bar at the side."""


def width_in(screen: Screen[Any]) -> int:
    """Cells that a line of a text box over that screen has."""
    return min(_WIDEST, int(screen.size.width * _SHARE)) - _FRAME


class TextView(Box[None]):
    """Shows plain lines, hostile ones too; the arrows scroll, `y` copies all of it."""

    DEFAULT_CSS = """
    TextView > Vertical { width: 90%; max-width: 104; padding: 0 1; }
    TextView TextLines { max-height: 100%; }
    """
    BINDINGS = bindings_of({**MOVE_KEYS, "app.back": "back", "reader.copy": "copy"})
    scope = "reader"

    def __init__(self, title: str, lines: Sequence[TextLine | str]) -> None:
        """Show lines under a title."""
        super().__init__()
        self._title = title
        self.text_lines = TextLines(lines)

    @property
    def title_text(self) -> str:
        """The given title."""
        return self._title

    def contents(self) -> ComposeResult:
        """The text."""
        yield self.text_lines

    def on_text_lines_moved(self) -> None:
        """Show which part of the text is seen."""
        self.show_title(self.text_lines.position_text)

    def action_move(self, action_id: str) -> None:
        """Scroll."""
        MOVES[action_id](self.text_lines)

    def action_copy(self) -> None:
        """Copy the whole text."""
        copy_from(self, self.text_lines.text)
        self.say("Copied.")

    def action_back(self) -> None:
        """Close."""
        self.dismiss(None)
