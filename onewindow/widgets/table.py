"""A panel whose columns have names."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.strip import Strip

from onewindow.text.clean import clean
from onewindow.widgets.panel import Panel
from onewindow.widgets.row_list import GUTTER
from onewindow.widgets.rows import GAP, Column


class Table(Panel):
    """The title line, under it the names of the columns, under them the rows."""

    lead_lines = 2

    def __init__(self, name: str, headings: Sequence[str], columns: Sequence[Column]) -> None:
        """Make a table; there is a heading for each column."""
        super().__init__("", name, columns)
        self._headings = tuple(headings)

    def set_headings(self, headings: Sequence[str], columns: Sequence[Column]) -> None:
        """Take other columns with their headings; the rows must follow."""
        self._headings = tuple(headings)
        self.set_columns(columns)

    def render_lead(self, y: int) -> Strip:
        """Draw the title or the names of the columns."""
        if not y:
            return super().render_lead(y)
        text = " " * GUTTER
        for order, (position, width) in enumerate(self._laid_out()):
            align = self._columns[position].align
            text += " " * GAP * bool(order) + self._fit(clean(self._headings[position]), width, align)
        return Strip([Segment(text, self.tone("dim"))]).adjust_cell_length(self.size.width, self.tone(""))
