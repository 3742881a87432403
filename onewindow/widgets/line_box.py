"""A few lines of toned text that are redrawn without layout: the top line, the card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.reactive import Reactive, reactive
from textual.strip import Strip

from onewindow.text.clean import clean
from onewindow.text.layout.cells import TONES, Tone
from onewindow.text.layout.width import cell_width, fit
from onewindow.widgets.glyphs import glyphs_of
from onewindow.widgets.styles_on_demand import StylesOnDemand

Piece = tuple[str, Tone]
Line = Sequence[Piece]


class LineBox(StylesOnDemand):
    """Lines of (text, tone) pieces; what does not fit is cut, and hostile texts are cleaned here.

    Focusable ones mark every line with the cursor sign, so that the focus is seen without colour.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"line-box--{tone}" for tone in TONES if tone}
    DEFAULT_CSS = """
    LineBox {
        height: 1;
        & > .line-box--late { color: $text-error; text-style: bold; }
        & > .line-box--warn { color: $text-warning; }
        & > .line-box--good { color: $text-success; }
        & > .line-box--dim { color: $text-muted; }
        & > .line-box--accent { color: $text-accent; }
        & > .line-box--title { text-style: bold; }
        &:ansi > .line-box--dim { color: ansi_default; text-style: dim; }
    }
    """

    marked: Reactive[bool] = reactive(False, init=False)
    """Whether the cursor sign stands before every line."""

    def __init__(
        self,
        *,
        can_focus: bool = False,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        """Make a box without lines."""
        self._lines: tuple[Line, ...] = ()
        self._right: tuple[Line, ...] = ()
        self._lines_for: Callable[[int], Sequence[Line]] | None = None
        super().__init__(id=id, classes=classes)
        self.can_focus = can_focus

    def set_lines(self, lines: Sequence[Line], right: Sequence[Line] = ()) -> None:
        """Show other lines; `right` are pieces for the right edge of the line with the same number."""
        new, new_right = tuple(lines), tuple(right)
        if (new, new_right) != (self._lines, self._right):
            grown = len(new) != len(self._lines)
            self._lines, self._right = new, new_right
            height = self.styles.height
            self.refresh(layout=grown and (height is None or height.is_auto))

    def lay_out(self, lines_for: Callable[[int], Sequence[Line]]) -> None:
        """Show lines that depend on the width in cells, now and after every change of it."""
        self._lines_for = lines_for
        self.set_lines(lines_for(self.size.width))

    def on_resize(self) -> None:
        """Lay the lines out in the new width."""
        if self._lines_for is None:
            return
        before = len(self._lines)
        self.set_lines(self._lines_for(self.size.width))
        if len(self._lines) != before:
            # The layout that is being made now does not hear of it.
            self.call_after_refresh(self.refresh, layout=True)

    def on_focus(self) -> None:
        """Mark the lines."""
        self.marked = True

    def on_blur(self) -> None:
        """Take the marks off."""
        self.marked = False

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """One cell a line."""
        return max(1, len(self._lines))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width = self.size.width
        if y >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        lead = glyphs_of(self).cursor if self.marked else " "
        right = self._drawn(self._right[y]) if y < len(self._right) else []
        room = width - 1 - sum(cell_width(s.text) for s in right)
        segments = [
            Segment(lead, self._tone("accent")),
            # What stands at the right edge never runs into a text that is cut.
            *self._cut(self._drawn(self._lines[y]), room - bool(right)),
            *([Segment(" ", self.rich_style)] if right else []),
            *right,
        ]
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _drawn(self, line: Line) -> list[Segment]:
        return [Segment(clean(text), self._tone(tone)) for text, tone in line]

    def _cut(self, segments: list[Segment], room: int) -> list[Segment]:
        """The pieces in exactly `room` cells."""
        kept: list[Segment] = []
        for segment in segments:
            wide = cell_width(segment.text)
            if wide > room:
                kept.append(
                    Segment(fit(segment.text, max(0, room), "left", glyphs_of(self).ellipsis), segment.style)
                )
                return kept
            kept.append(segment)
            room -= wide
        return [*kept, Segment(" " * max(0, room), self.rich_style)]

    def _tone(self, tone: Tone) -> Style:
        return self.get_component_rich_style(f"line-box--{tone}") if tone else self.rich_style
