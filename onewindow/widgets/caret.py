"""Where the terminal's own cursor belongs: screen readers, braille lines and input methods follow it."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.geometry import Offset
from textual.widget import Widget


@runtime_checkable
class HasCaret(Protocol):
    """A widget that knows on what its next key acts: the toolkit's text fields, and our lists."""

    @property
    def cursor_screen_offset(self) -> Offset:
        """That place on the screen."""
        ...


def caret_of(widget: Widget) -> Offset:
    """The place on the screen of what a widget's next key acts on.

    A widget that knows says so by `cursor_screen_offset`; another has it where its content begins.
    """
    return widget.cursor_screen_offset if isinstance(widget, HasCaret) else widget.content_region.offset
