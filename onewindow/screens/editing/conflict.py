"""Two people changed one record: what it was, theirs and mine, one key a field."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from onewindow.desk.editing.entries import ConflictLine
from onewindow.screens.frame.box import Box
from onewindow.widgets.bindings import bindings_of
from onewindow.widgets.moving import MOVE_KEYS, MOVES
from onewindow.widgets.row_list import RowList
from onewindow.widgets.rows import Cell, Column, ListSource, Row
from onewindow.widgets.text_lines import TextLine, TextLines

_NOTHING = "(empty)"


class ConflictScreen(Box[frozenset[str] | None]):
    """Gives back the fields in which theirs stays, as soon as every field is decided; None for back."""

    DEFAULT_CSS = """
    ConflictScreen > Vertical { width: 90%; max-width: 104; padding: 0 1; }
    ConflictScreen RowList { height: auto; max-height: 6; }
    ConflictScreen TextLines { max-height: 10; margin-top: 1; }
    """
    BINDINGS = bindings_of(
        {
            **MOVE_KEYS,
            "conflict.mine": "decide('mine')",
            "conflict.theirs": "decide('theirs')",
            "app.back": "back",
        }
    )
    scope = "conflict"
    takes_ahead = False

    def __init__(self, lines: Sequence[ConflictLine], changed_by: str = "") -> None:
        """Ask about every line; `changed_by` says who changed them and when."""
        super().__init__()
        self._changed_by = changed_by
        self._lines = tuple(lines)
        self._decided: dict[str, str] = {}
        self.fields = RowList((Column(width=24), Column()), self._source())
        self._texts = TextLines()
        self._texts.can_focus = False

    @property
    def title_text(self) -> str:
        """What happened."""
        told = (
            "Changed meanwhile"
            if self._changed_by.startswith("you,")
            else "Somebody else changed this meanwhile"
        )
        return f"{told}: {self._changed_by}" if self._changed_by else told

    def contents(self) -> ComposeResult:
        """The fields, and the three texts of the one under the cursor."""
        yield self.fields
        yield self._texts

    def on_mount(self) -> None:
        """Begin with the first field."""
        self.fields.focus()
        self._show_texts()

    def on_row_list_row_highlighted(self) -> None:
        """Show the texts of the field under the cursor."""
        self._show_texts()

    def action_move(self, action_id: str) -> None:
        """Move in the fields."""
        MOVES[action_id](self.fields)

    def action_decide(self, whose: str) -> None:
        """Settle the field under the cursor and go to the next open one; after the last one, save."""
        self._decided[self._lines[self.fields.cursor].field] = whose
        still_open = [place for place, line in enumerate(self._lines) if line.field not in self._decided]
        if not still_open:
            self.dismiss(frozenset(name for name, whose in self._decided.items() if whose == "theirs"))
            return
        self.fields.set_source(self._source())
        self.fields.cursor = next((p for p in still_open if p > self.fields.cursor), still_open[0])

    def action_back(self) -> None:
        """Back to the form; nothing is decided."""
        self.dismiss(None)

    def _source(self) -> ListSource:
        return ListSource(
            [
                Row(
                    line.field,
                    (Cell(line.label), Cell(self._decided.get(line.field, "not decided yet"))),
                    " " if line.field in self._decided else "?",
                )
                for line in self._lines
            ]
        )

    def _show_texts(self) -> None:
        line = self._lines[self.fields.cursor]
        texts = (("before", line.before), ("theirs", line.theirs), ("mine", line.mine))
        self._texts.set_lines([TextLine(text or _NOTHING, label) for label, text in texts])
