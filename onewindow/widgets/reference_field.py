"""A field that names another record: a typed text, and the best matches below it."""

from __future__ import annotations

from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input

from onewindow.text.clean import clean
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.row_list import RowList
from onewindow.widgets.rows import Cell, ListSource, Row
from onewindow.widgets.text_fields import TextField

SUGGESTIONS = 6


class ReferenceField(Widget):
    """Typing offers matches; enter or tab takes the one under the cursor, escape leaves the text as typed."""

    DEFAULT_CSS = """
    ReferenceField {
        width: 1fr;
        height: auto;
        & > RowList { height: auto; max-height: 6; display: none; }
        &.-open > RowList { display: block; }
    }
    """
    BINDINGS = [  # noqa: RUF012
        Binding("down", "suggestion(1)", show=False),
        Binding("up", "suggestion(-1)", show=False),
        Binding("escape", "close", show=False),
    ]

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__()
        self._suggest = spec.suggest
        self._labels = dict(spec.choices)
        self._input = TextField(spec)
        self._list = RowList(always_show_cursor=True, empty=("no match",))
        self._list.can_focus = False
        self._value = ""
        self._shown = ""

    def compose(self) -> ComposeResult:
        """Put the matches below the text."""
        yield self._input
        yield self._list

    @property
    def focus_target(self) -> Widget:
        """The part of it that takes the keys."""
        return self._input

    @property
    def raw(self) -> str:
        """The value of the record that was picked, or the text as typed where none was."""
        return self._value if self._value and self._input.value == self._shown else self._input.value

    def put(self, raw: str) -> None:
        """Show the label of a value, or the raw text where no label is known."""
        label = self._labels.get(raw)
        if label is None and raw and self._suggest:
            label = next((label for value, label in self._suggest(raw) if value == raw), None)
        self._take(raw if label is not None else "", raw if label is None else clean(label))

    @property
    def is_open(self) -> bool:
        """Whether matches are shown."""
        return self.has_class("-open")

    def open(self) -> None:
        """Show the matches of the present text, or the first records there are."""
        text = self._input.value
        self._offer("" if text == self._shown else text)

    def pick(self) -> bool:
        """Take the match under the cursor; False when none is offered."""
        row = self._list.cursor_row if self.is_open else None
        if row is None:
            return False
        self._take(str(row.key), row.cells[0].text)
        return True

    def action_close(self) -> None:
        """Hide the matches, or leave the key to the form."""
        if not self.is_open:
            raise SkipAction
        self.remove_class("-open")

    def action_suggestion(self, step: int) -> None:
        """Move in the matches, or leave the key to the form."""
        if not self.is_open:
            raise SkipAction
        self._list.cursor += step

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what matches the text that the user has typed."""
        if event.value in {self._shown, ""}:
            self.remove_class("-open")
        elif self._input.has_focus:
            self._offer(event.value)

    def on_descendant_focus(self) -> None:
        """Mark a record that was picked, so that the first letter begins another and is not glued to it."""
        if self._value and self._input.value == self._shown:
            self._input.select_all()

    def on_descendant_blur(self) -> None:
        """Hide the matches, and mark nothing any more."""
        self.remove_class("-open")
        self._input.cursor_position = len(self._input.value)

    def on_row_list_row_highlighted(self, event: RowList.RowHighlighted) -> None:
        """Keep the moves in the matches from the screen."""
        event.stop()

    def on_row_list_row_opened(self, event: RowList.RowOpened) -> None:
        """Take a match that was double-clicked."""
        event.stop()
        self.pick()

    def _offer(self, text: str) -> None:
        if self._suggest is None:
            return
        suggested = self._suggest(text)[:SUGGESTIONS]
        rows = [Row(value, (Cell(clean(label)),)) for value, label in suggested]
        self._list.set_source(ListSource(rows), keep_key=False)
        self.set_class(bool(rows) or bool(text), "-open")

    def _take(self, value: str, shown: str) -> None:
        self._value, self._shown = value, shown
        self._input.put(shown)
        self.remove_class("-open")
