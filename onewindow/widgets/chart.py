"""A chart: lines that are drawn anew for each size, with the tones of the theme."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from onewindow.text.charts.canvas import ChartLine
from onewindow.text.clean import clean
from onewindow.widgets.glyphs import glyphs_of

Draw = Callable[[int, int, bool], list[ChartLine]]


class Chart(Widget):
    """Shows what a function draws for its width and height; it takes no keys."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"chart--dim", "chart--accent", "chart--title"}
    DEFAULT_CSS = """
    Chart {
        padding: 0 1;
        & > .chart--dim { color: $text-muted; }
        & > .chart--accent { color: $text-accent; }
        & > .chart--title { text-style: bold; }
        &:ansi > .chart--dim { color: ansi_default; text-style: dim; }
    }
    """

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._title = ""
        self._draw: Draw = lambda _width, _height, _is_ascii: []
        self._drawn: tuple[tuple[int, int], list[ChartLine]] = ((-1, -1), [])

    def show(self, title: str, draw: Draw) -> None:
        """Show another chart under a title."""
        self._title, self._draw = title, draw
        self._drawn = ((-1, -1), [])
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen: the title, then the chart."""
        width = self.size.width
        if not y:
            title = [Segment(clean(self._title), self.get_component_rich_style("chart--title"))]
            return Strip(title).adjust_cell_length(width, self.rich_style)
        lines = self._lines()
        if y - 1 >= len(lines):
            return Strip.blank(width, self.rich_style)
        segments = [
            Segment(text, self.get_component_rich_style(f"chart--{tone}") if tone else self.rich_style)
            for text, tone in lines[y - 1]
        ]
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _lines(self) -> list[ChartLine]:
        size = (self.size.width, self.size.height - 1)
        if self._drawn[0] != size:
            self._drawn = (size, self._draw(*size, glyphs_of(self).ascii))
        return self._drawn[1]
