"""A numbered panel: a list with its own title line, which is all that is left of it when it is folded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.reactive import Reactive, reactive
from textual.strip import Strip

from onewindow.text.clean import clean
from onewindow.text.layout.width import cell_width
from onewindow.widgets.glyphs import glyphs_of
from onewindow.widgets.row_list import RowList
from onewindow.widgets.rows import Column, RowSource


class Panel(RowList):
    """A list under a title line such as `▌1 requests ─ 3 open, 1 late ──── 2/14`.

    The title is part of the widget, so that focus, counts and position cost one redrawn line and no layout.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"panel--title", "panel--title-focused", "panel--rule"}
    DEFAULT_CSS = """
    Panel {
        & > .panel--title { color: $text-accent; text-style: bold; }
        & > .panel--title-focused { color: $text-accent; text-style: bold reverse; }
        & > .panel--rule { color: $text-disabled; }
        &.-collapsed { height: 1; }
        &:ansi > .panel--rule { color: ansi_default; text-style: dim; }
    }
    """

    lead_lines = 1

    collapsed: Reactive[bool] = reactive(False, toggle_class="-collapsed", init=False)
    """Folded to the title line, which then also names the worst item."""

    def __init__(
        self,
        number: str,
        name: str,
        columns: Sequence[Column] = (Column(),),
        source: RowSource | None = None,
        *,
        empty: Sequence[str] = (),
        always_show_cursor: bool = False,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        """Make a panel; `number` is the key that jumps to it, `name` what it holds."""
        self._number = number
        self._title = name
        self._summary: str = ""
        self._alarming: tuple[str, ...] = ()
        self._standing = 0
        self._worst: str = ""
        super().__init__(
            columns, source, empty=empty, always_show_cursor=always_show_cursor, id=id, classes=classes
        )

    def set_title(
        self, name: str, summary: str = "", *, worst: str = "", alarming: Sequence[str] = ()
    ) -> None:
        """Change the title line; `worst` is shown only while folded, `alarming` are the red parts of it."""
        new = (name, summary, worst, tuple(filter(None, alarming)))
        if new != (self._title, self._summary, self._worst, self._alarming):
            self._title, self._summary, self._worst, self._alarming = new
            self._refresh_title()

    def stand_in(self, height: int) -> None:
        """Take so many lines of the screen, the title with them; nothing is laid out again for the same."""
        if height != self._standing:
            self._standing = height
            self.styles.height = height

    def lines_of_one(self) -> int:
        """The lines in which every row is seen on a line of its own."""
        return self.lead_lines + self.count if self.count else self.lines_wanted(self.size.width or 80)

    def watch_cursor(self, old: int, new: int) -> None:
        """Keep the position in the title right."""
        super().watch_cursor(old, new)
        if self._overflows:
            self._refresh_title()

    def render_lead(self, y: int) -> Strip:  # noqa: ARG002
        """Draw the title line."""
        width = self.size.width
        glyphs = glyphs_of(self)
        rule = self.get_component_rich_style("panel--rule")
        head = self.get_component_rich_style("panel--title-focused" if self.has_focus else "panel--title")
        cursor = glyphs.cursor if self.has_focus else " "
        tail = f" {self.position_text} " if self._overflows and not self.collapsed else ""
        segments = [
            Segment(cursor, self.get_component_rich_style("panel--title")),
            Segment(" ".join(part for part in (self._number, clean(self._title)) if part), head),
        ]
        segments += self._summary_segments(width - _width(segments) - cell_width(tail), rule)
        free = width - _width(segments) - cell_width(tail)
        filler = " " if self.collapsed else glyphs.rule
        segments += [Segment(filler * max(0, free), rule), Segment(tail, self.tone("dim"))]
        return Strip(segments).adjust_cell_length(width, self.tone(""))

    def _summary_segments(self, room: int, rule: Style) -> list[Segment]:
        joint = "  " if self.collapsed else f" {glyphs_of(self).rule} "
        text = clean(self._summary)
        if self.collapsed and self._worst:
            text = f"{text}: {clean(self._worst)}" if text else clean(self._worst)
        if not text:
            return [Segment(" ", rule)]
        text = self._cut(text, room - cell_width(joint) - 1)
        return [Segment(joint, rule), *self._toned(text), Segment(" ", self.tone(""))]

    def _toned(self, text: str) -> list[Segment]:
        """The parts that are over in their tone, all else plain."""
        segments: list[Segment] = []
        for part in self._alarming:
            before, marked, after = text.partition(clean(part))
            if marked:
                segments += [Segment(before, self.tone("")), Segment(marked, self.tone("late"))]
                text = after
        return [*segments, Segment(text, self.tone(""))]

    def _cut(self, text: str, room: int) -> str:
        return text if cell_width(text) <= room else self._fit(text, max(0, room))

    @property
    def _overflows(self) -> bool:
        return self.count > self._height

    def _refresh_title(self) -> None:
        self.refresh(Region(0, 0, self.size.width, 1))


def _width(segments: Sequence[Segment]) -> int:
    return sum(cell_width(segment.text) for segment in segments)
