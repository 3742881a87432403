"""A text to read: wrapped, scrolled by keys, and copied whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.widget import Widget

from onewindow.records.structs import frozen_struct
from onewindow.text.clean import clean_lines
from onewindow.text.layout.cells import Tone
from onewindow.text.layout.width import cell_width, fit, wrap

WHEEL_LINES = 3
_MARGIN = 2
_Drawn = tuple[str, str, Tone]
"""Label, text and tone of one line of the screen."""


@frozen_struct
class TextLine:
    """A line of a text: what it says, and before it a label in a column of its own."""

    text: str
    label: str = ""
    tone: Tone = ""


class TextLines(Widget, can_focus=True):
    """Lines that wrap to the width. It binds no keys: a screen does, by the names that RowList has too."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "text-lines--label",
        "text-lines--title",
        "text-lines--dim",
        "text-lines--late",
    }
    DEFAULT_CSS = """
    TextLines {
        height: auto;
        & > .text-lines--label { color: $text-accent; text-style: bold; }
        & > .text-lines--title { text-style: bold; }
        & > .text-lines--dim { color: $text-muted; }
        & > .text-lines--late { color: $text-error; text-style: bold; }
        &:ansi > .text-lines--dim { color: ansi_default; text-style: dim; }
    }
    """

    top: Reactive[int] = reactive(0, init=False)
    """The first line that is shown."""

    class Moved(Message):
        """Another part of the text is shown, or its length has changed."""

    def __init__(self, lines: Sequence[TextLine | str] = (), *, id: str | None = None) -> None:  # noqa: A002
        """Make a text; plain strings are lines without a label."""
        super().__init__(id=id)
        self.says_more = False
        """Whether the last line in sight counts those below it: for a text beside which one types."""
        self._lines: tuple[TextLine, ...] = ()
        self._wrapped: tuple[int, list[_Drawn]] = (-1, [])
        self._take(lines)

    def set_lines(self, lines: Sequence[TextLine | str]) -> None:
        """Show another text from its beginning."""
        self._take(lines)
        self.set_reactive(TextLines.top, 0)
        self.refresh(layout=True)
        self.post_message(self.Moved())

    @property
    def text(self) -> str:
        """The whole text, as it is copied."""
        return "\n".join("  ".join(part for part in (line.label, line.text) if part) for line in self._lines)

    @property
    def position_text(self) -> str:
        """Which lines are shown, such as `1-16/40`, or an empty text where all of them are."""
        total = len(self._rows)
        last = min(self.top + self.size.height, total)
        return "" if total <= self.size.height else f"{self.top + 1}-{last}/{total}"

    def action_cursor_up(self) -> None:
        """Scroll up a line."""
        self.top -= 1

    def action_cursor_down(self) -> None:
        """Scroll down a line."""
        self.top += 1

    def action_page_up(self) -> None:
        """Scroll up a page."""
        self.top -= max(1, self.size.height - 1)

    def action_page_down(self) -> None:
        """Scroll down a page."""
        self.top += max(1, self.size.height - 1)

    def action_home(self) -> None:
        """Scroll to the beginning."""
        self.top = 0

    def action_end(self) -> None:
        """Scroll to the end."""
        self.top = len(self._rows)

    def show_line(self, place: int) -> None:
        """Scroll as far down as that given line still begins in sight."""
        width = self.size.width
        self.top = sum(len(self._wrap(line, width)) for line in self._lines[:place])

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down a few lines."""
        event.stop()
        self.top += WHEEL_LINES

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up a few lines."""
        event.stop()
        self.top -= WHEEL_LINES

    def validate_top(self, top: int) -> int:
        """Keep the text on the screen."""
        return max(0, min(top, len(self._rows) - self.size.height))

    def watch_top(self) -> None:
        """Say so."""
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Keep the text on the screen."""
        self.top = self.validate_top(self.top)
        self.post_message(self.Moved())

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Ask for room for every line."""
        return max(1, len(self._wrap_to(width)))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width = self.size.width
        rows = self._rows
        if self.top + y >= len(rows):
            return Strip.blank(width, self.rich_style)
        label, text, tone = rows[self.top + y]
        hidden = len(rows) - self.top - self.size.height
        if self.says_more and hidden > 0 and y == self.size.height - 1:
            label, text, tone = "", f"+ {hidden + 1} more lines", "dim"
        style = self.get_component_rich_style(f"text-lines--{tone}") if tone else self.rich_style
        segments = [Segment(label, self.get_component_rich_style("text-lines--label")), Segment(text, style)]
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    @property
    def _rows(self) -> list[_Drawn]:
        return self._wrap_to(self.size.width)

    def _take(self, lines: Sequence[TextLine | str]) -> None:
        self._lines = tuple(TextLine(line) if isinstance(line, str) else line for line in lines)
        self._wrapped = (-1, [])

    def _wrap_to(self, width: int) -> list[_Drawn]:
        if self._wrapped[0] != width:
            self._wrapped = width, [row for line in self._lines for row in self._wrap(line, width)]
        return self._wrapped[1]

    def _wrap(self, line: TextLine, width: int) -> list[_Drawn]:
        # A heading begins at the edge, above the labels.
        label_room = 0 if line.tone == "title" else self._label_room(width)
        rows: list[_Drawn] = []
        for given in clean_lines(line.text) or [""]:
            # Wrapping joins spaces, so a line that fits keeps its columns as they were given.
            if cell_width(given) <= width - label_room:
                rows.append((" " * label_room, given, line.tone))
                continue
            indent = " " * min(len(given) - len(given.lstrip(" ")), max(0, width // 2))
            room = max(1, width - label_room - len(indent))
            rows.extend((" " * label_room, indent + piece, line.tone) for piece in wrap(given, room))
        label = fit(" ".join(clean_lines(line.label)), max(0, label_room - _MARGIN))
        _, text, tone = rows[0]
        return [(label + " " * (label_room - cell_width(label)), text, tone), *rows[1:]]

    def _label_room(self, width: int) -> int:
        widest = max((cell_width(line.label) for line in self._lines), default=0)
        return min(widest + _MARGIN, width // 3) if widest else 0
