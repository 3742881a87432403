"""Search as you type: one input and the rows it finds, the arrows moving in the rows all the while."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from onewindow.widgets.bindings import bindings_of
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.row_list import RowList
from onewindow.widgets.rows import Column, RowSource
from onewindow.widgets.text_fields import TextField


class Finder(Widget):
    """Says what was typed, shows what it is given, and says which row was chosen."""

    DEFAULT_CSS = """
    Finder {
        layout: vertical;
        & > TextField { background: $boost; }
    }
    """
    BINDINGS = [  # noqa: RUF012
        *bindings_of(
            {
                "finder.open": "choose",
                "finder.up": "move(-1)",
                "finder.down": "move(1)",
                "finder.close": "close",
            }
        ),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    class Typed(Message):
        """The text has changed."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class Chosen(Message):
        """The user took the row under the cursor."""

        def __init__(self, key: object) -> None:
            super().__init__()
            self.key = key

    class ChosenNothing(Message):
        """The user pressed enter while no result was there, perhaps not yet."""

    class Closed(Message):
        """The user wants back."""

    def __init__(
        self,
        columns: Sequence[Column] = (Column(),),
        source: RowSource | None = None,
        *,
        hint: str = "",
        empty: Sequence[str] = (),
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        """Make a finder; `hint` stands in the empty input, `empty` where nothing is found."""
        super().__init__(id=id, classes=classes)
        self._input = TextField(FieldSpec("query", "", hint=hint))
        self._input.separator = " "
        self._list = RowList(columns, source, empty=empty, always_show_cursor=True)
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """The input above the rows."""
        yield self._input
        yield self._list

    @property
    def query_text(self) -> str:
        """What is typed."""
        return self._input.value

    @property
    def rows(self) -> RowList:
        """The list of results."""
        return self._list

    def set_results(self, source: RowSource) -> None:
        """Show what was found, the cursor on the best match."""
        self._list.set_source(source, keep_key=False)

    def set_query(self, query: str) -> None:
        """Put a text into the input, as if it had been typed."""
        self._input.put(query)

    def focus_input(self) -> None:
        """Let the next key be typed here."""
        self._input.focus()

    def on_mount(self) -> None:
        """Let the first key be typed here."""
        self.focus_input()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what was typed."""
        event.stop()
        self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the row under the cursor."""
        event.stop()
        self.action_choose()

    def on_row_list_row_highlighted(self, event: RowList.RowHighlighted) -> None:
        """Keep the moves in the results from the screen."""
        event.stop()

    def on_row_list_row_opened(self, event: RowList.RowOpened) -> None:
        """Take a row that was double-clicked."""
        event.stop()
        self.action_choose()

    def action_choose(self) -> None:
        """Say which row was chosen, or that there was none to choose."""
        if self._list.count:
            self.post_message(self.Chosen(self._list.cursor_key))
        else:
            self.post_message(self.ChosenNothing())

    def action_move(self, step: int) -> None:
        """Move in the results."""
        self._list.cursor += step

    def action_page(self, step: int) -> None:
        """Move in the results by a page."""
        if step < 0:
            self._list.action_page_up()
        else:
            self._list.action_page_down()

    def action_close(self) -> None:
        """Say that the user wants back."""
        self.post_message(self.Closed())
