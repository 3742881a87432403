"""Where the terminal's own cursor belongs: screen readers, braille lines and input methods follow it."""

from __future__ import annotations

from textual.geometry import Offset
from textual.widget import Widget


def caret_of(widget: Widget) -> Offset:
    """The place on the screen of what a widget's next key acts on.

    A widget that knows says so by `cursor_screen_offset`; another has it where its content begins.
    """
    told: object = getattr(widget, "cursor_screen_offset", None)
    return told if isinstance(told, Offset) else widget.content_region.offset
