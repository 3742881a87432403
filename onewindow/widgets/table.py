"""A panel whose columns have names."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.strip import Strip

from onewindow.text.clean import clean
from onewindow.text.layout.cells import fit_columns
from onewindow.widgets.panel import Panel
from onewindow.widgets.row_list import GUTTER
from onewindow.widgets.rows import GAP, Cell, Column, ListSource, Row


class Table(Panel):
    """The title line, under it the names of the columns, under them the rows."""

    lead_lines = 2

    def __init__(self, name: str, headings: Sequence[str], columns: Sequence[Column]) -> None:
        """Make a table; there is a heading for each column."""
        super().__init__("", name, columns)
        self.note = ""
        """What holds of all rows, for the title: `times in UTC`."""
        self._headings = tuple(headings)
        self._every_heading, self._every_column = self._headings, tuple(columns)

    def set_title(
        self, name: str, summary: str = "", *, worst: str = "", alarming: Sequence[str] = ()
    ) -> None:
        """Change the title line; what holds of all rows follows the name, where no narrow window cuts it."""
        named = ", ".join(part for part in (name, self.note) if part)
        super().set_title(named, summary, worst=worst, alarming=alarming)

    def set_headings(self, headings: Sequence[str], columns: Sequence[Column]) -> None:
        """Take other columns with their headings; the rows must follow."""
        self._headings = tuple(headings)
        self._every_heading, self._every_column = self._headings, tuple(columns)
        self.set_columns(columns)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show rows in columns as wide as what is in them; one that says nothing in any row is left out."""
        known = range(len(self._every_column))
        kept = [at for at in known if any(at < len(row.cells) and row.cells[at].text for row in rows)]
        kept = kept if rows else list(known)
        if len(kept) < len(known):
            rows = [row._replace(cells=tuple(row.cells[at] for at in kept)) for row in rows]
        headings = tuple(self._every_heading[at] for at in kept)
        heading = Row(None, tuple(map(Cell, headings)))
        columns = [self._every_column[at] for at in kept]
        self._headings = headings
        self.set_columns(fit_columns(columns, [*rows, heading]) if rows else columns)
        self.set_source(ListSource(rows))

    def render_lead(self, y: int) -> Strip:
        """Draw the title or the names of the columns."""
        if not y:
            return super().render_lead(y)
        text = " " * GUTTER
        for order, (position, width) in enumerate(self._laid_out()):
            align = self._columns[position].align
            text += " " * GAP * bool(order) + self._fit(clean(self._headings[position]), width, align)
        return Strip([Segment(text, self.tone("dim"))]).adjust_cell_length(self.size.width, self.tone(""))
