"""The few drawing characters of the window, in Unicode and in plain ASCII for terminals that have no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onewindow.records.structs import frozen_struct

if TYPE_CHECKING:
    from textual.widget import Widget


@frozen_struct
class Glyphs:
    """One character per role; every one of them is a single cell wide."""

    cursor: str
    rule: str
    vertical: str
    ellipsis: str
    previous: str
    next: str
    secret: str
    bars: str
    """Eight levels from lowest to highest, for charts."""
    ascii: bool


UNICODE = Glyphs("▌", "─", "│", "…", "‹", "›", "•", "▁▂▃▄▅▆▇█", ascii=False)
ASCII = Glyphs(">", "-", "|", "~", "<", ">", "*", "._-:=+#@", ascii=True)


def glyphs_of(widget: Widget) -> Glyphs:
    """Return what the widget's app draws with: its `glyphs` attribute, or the Unicode set without one."""
    # By name, because each cell of a row asks, and to look by a protocol costs many times as much.
    # Textual leaves the app's return type open.
    app = widget.app  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    glyphs: object = getattr(app, "glyphs", UNICODE)  # pyright: ignore[reportUnknownArgumentType]
    return glyphs if isinstance(glyphs, Glyphs) else UNICODE
