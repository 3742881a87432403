"""The line at the bottom: what the keys do here, and for some seconds what has just happened, shown whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.timer import Timer

from onewindow.records.structs import frozen_struct
from onewindow.text.clean import clean
from onewindow.text.layout.width import cell_width, fit, wrap
from onewindow.widgets.glyphs import glyphs_of
from onewindow.widgets.styles_on_demand import StylesOnDemand

SAY_SECONDS = 5.0
_MOST_LINES = 8


@frozen_struct
class ShownHint:
    """A key, what it does, and when it does nothing now, why."""

    key: str
    verb: str
    disabled: str | None = None


class HintBar(StylesOnDemand):
    """A line of hints that is redrawn without layout; a message takes its place, in lines of its own."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "hint-bar--key",
        "hint-bar--disabled",
        "hint-bar--said",
        "hint-bar--warning",
    }
    DEFAULT_CSS = """
    HintBar {
        height: 1;
        color: $text-muted;
        & > .hint-bar--key { color: $text-accent; text-style: bold; }
        & > .hint-bar--disabled { color: $text-disabled; }
        & > .hint-bar--said { color: $foreground; text-style: bold; }
        & > .hint-bar--warning { color: $text-error; text-style: bold; }
        &:ansi { color: ansi_default; }
        &:ansi > .hint-bar--disabled { color: ansi_default; text-style: dim; }
    }
    """

    def __init__(
        self,
        hints: Sequence[ShownHint] = (),
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        self._hints = tuple(hints)
        self._said = ""
        self._warning = False
        self._silence: Timer | None = None
        super().__init__(id=id, classes=classes)

    @property
    def said(self) -> str:
        """The message that is shown now, or an empty text."""
        return self._said

    def set_hints(self, hints: Sequence[ShownHint]) -> None:
        """Show other hints; the last one stays even where the others do not fit."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.refresh()

    def say(self, text: str, *, warning: bool = False, seconds: float = SAY_SECONDS) -> None:
        """Show a message in place of the hints for some seconds a line; a newer message replaces it."""
        if self._silence is not None:
            self._silence.stop()
        self._said, self._warning = text, warning
        self._silence = self.set_timer(seconds * self._make_room(), self.hush)
        self.refresh()

    def on_resize(self) -> None:
        """Take the lines that the message needs in the new width."""
        self._make_room()

    def hush(self) -> None:
        """Show the hints again."""
        if self._silence is not None:
            self._silence.stop()
            self._silence = None
        if self._said:
            self._said = ""
            self._make_room()
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width = self.size.width
        if y and not self._said:
            return Strip.blank(width, self.rich_style)
        segments = self._message(y, width) if self._said else self._keys(width)
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _make_room(self) -> int:
        """Be as high as the message needs; gives the number of its lines."""
        lines = min(_MOST_LINES, max(1, len(self._lines(self.size.width)))) if self._said else 1
        current = self.styles.height
        if current is None or current.value != lines:
            self.styles.height = lines
        return lines

    def _lines(self, width: int) -> list[str]:
        parts = [clean(part) for part in self._said.splitlines()]
        return [line for part in parts for line in wrap(part, max(1, width - 2))]

    def _message(self, y: int, width: int) -> list[Segment]:
        name = "hint-bar--warning" if self._warning else "hint-bar--said"
        lines = self._lines(width)
        last = min(len(lines), self.size.height) - 1
        # What is more than fits at all is cut at its very end.
        text = lines[y] if y < last else " ".join(lines[y:])
        text = fit(f" {text}", width, "left", glyphs_of(self).ellipsis)
        return [Segment(text, self.get_component_rich_style(name))]

    def _keys(self, width: int) -> list[Segment]:
        """The hints that fit: reasons go first, then what can do nothing now, then the last but one."""
        shown = list(self._hints)
        drawn = [self._hint(hint, with_reason=True) for hint in shown]
        if _width(drawn) > width:
            drawn = [self._hint(hint, with_reason=False) for hint in shown]
        while len(drawn) > 1 and _width(drawn) > width:
            useless = [place for place, hint in enumerate(shown[:-1]) if hint.disabled is not None]
            place = useless[-1] if useless else -2
            del drawn[place], shown[place]
        return [segment for hint in drawn for segment in hint]

    def _hint(self, hint: ShownHint, *, with_reason: bool) -> list[Segment]:
        key_style: Style = self.get_component_rich_style("hint-bar--key")
        verb_style = self.rich_style
        verb = clean(hint.verb)
        if hint.disabled is not None:
            key_style = verb_style = self.get_component_rich_style("hint-bar--disabled")
            if with_reason and hint.disabled:
                verb = f"{verb} ({clean(hint.disabled)})"
        return [Segment(f" {clean(hint.key)}", key_style), Segment(f" {verb} ", verb_style)]


def _width(drawn: Sequence[Sequence[Segment]]) -> int:
    return sum(cell_width(segment.text) for hint in drawn for segment in hint)
