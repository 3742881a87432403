"""The line at the foot of a form: one sentence about the field that has the focus."""

from __future__ import annotations

from rich.segment import Segment
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.widget import Widget

from onewindow.text.clean import clean
from onewindow.text.layout.width import fit
from onewindow.widgets.glyphs import glyphs_of


class HelpLine(Widget):
    """One sentence about the field that has the focus."""

    DEFAULT_CSS = """
    HelpLine { dock: bottom; height: 1; color: $text-muted; }
    HelpLine:ansi { color: ansi_default; }
    """

    sentence: Reactive[str] = reactive("", init=False)

    def render_line(self, y: int) -> Strip:
        """Draw the sentence, cut to the width."""
        width = self.size.width
        text = fit(f" {clean(self.sentence)}", width, "left", glyphs_of(self).ellipsis)
        return Strip([Segment(text if not y else " " * width, self.rich_style)], width)
