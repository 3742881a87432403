"""The inputs of a form in which one types: each gives its text back as typed and draws it cleaned."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.actions import SkipAction
from textual.reactive import reactive
from textual.strip import Strip
from textual.widgets import Input, TextArea
from textual.widgets.input import Selection

from onewindow.text.clean import clean
from onewindow.widgets.bursts import TakesLetters, plain_text
from onewindow.widgets.clean_strip import clean_strip
from onewindow.widgets.field_spec import FieldSpec

SHORT_KINDS = frozenset({"date", "week", "time", "money", "number", "currency", "phone"})
LONG_TEXT_LINES = 4
_LONGEST_LINE = 1000
_WIDE_LINE = 60
"""Cells of a line in a field of several lines, as far as that is known before it is laid out."""


def plain_lines(text: str) -> list[str]:
    """The lines of a text that was pasted, whatever its line ends, without empty ones around it."""
    return plain_text(text).split("\n")


class Offer:
    """An older text that stands marked in a field: typing replaces it, moving in it goes on with it."""

    def __init__(self, text: str, accepted: Callable[[], None]) -> None:
        self._text = text
        self._accepted: Callable[[], None] | None = accepted

    def moved(self, text: str, *, is_whole: bool) -> None:
        """Note where the cursor is; a text that was replaced is no longer the one that was offered."""
        accepted = self._accepted
        if accepted is not None and text == self._text and not is_whole:
            self._accepted = None
            accepted()


class TextField(Input, TakesLetters):
    """One line of text of any kind; what the text means is decided where it is saved.

    Of a text of several lines that is pasted, nothing is cut: `take_more` takes all but the first line where
    there is a place for them, else they stand in the line with `separator` between them.
    """

    DEFAULT_CSS = """
    TextField { width: 1fr; }
    TextField.-short { width: 24; }
    """

    # Nothing moves by itself, and a blinking cursor would send bytes for ever.
    cursor_blink = reactive(False, init=False)
    lines_of_text = "one"
    _offer: Offer | None = None

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__(
            placeholder=clean(spec.hint), password=spec.secret, compact=True, select_on_focus=False
        )
        self.set_class(spec.kind in SHORT_KINDS, "-short")
        self.take_more: Callable[[str], None] | None = None
        self.separator = " / "

    def offer(self, accepted: Callable[[], None]) -> None:
        """Mark the whole text, so that typing replaces it; `accepted` is called when the cursor moves."""
        self.selection = Selection(0, len(self.value))
        self._offer = Offer(self.value, accepted)

    def watch_selection(self, selection: Selection) -> None:
        """The cursor moves: the text goes on."""
        if self._offer is not None:
            self._offer.moved(self.value, is_whole=sorted(selection) == [0, len(self.value)])

    def on_paste(self, event: events.Paste) -> None:
        """Take a text whole."""
        event.stop()
        event.prevent_default()
        first, *more = plain_lines(event.text)
        if self.take_more is None:
            first = self.separator.join(line.strip() for line in (first, *more) if line.strip())
        elif len(first) > _LONGEST_LINE:
            # A line that no line has room for: it begins here, and stands whole where there is room.
            self.take_more("\n".join((first, *more)))
            first = first[:_LONGEST_LINE].rpartition(" ")[0] or first[:_LONGEST_LINE]
        elif more:
            self.take_more("\n".join(more))
        if self.selection.is_empty:
            self.insert_text_at_cursor(first)
        else:
            self.replace(first, *self.selection)

    @property
    def raw(self) -> str:
        """The text as typed."""
        return self.value

    def put(self, raw: str) -> None:
        """Show another text, the cursor behind it."""
        self.value = raw
        self.cursor_position = len(raw)

    def render_line(self, y: int) -> Strip:
        """Draw the text with nothing in it that a terminal would obey."""
        return clean_strip(super().render_line(y))


class LongTextField(TextArea, TakesLetters):
    """Some lines of text; up in the first line and down in the last one leave the field."""

    DEFAULT_CSS = """
    LongTextField { width: 1fr; height: 4; padding: 0; scrollbar-size: 0 0; }
    """

    # Nothing moves by itself, and a blinking cursor would send bytes for ever.
    cursor_blink = reactive(False, init=False)
    lines_of_text = "many"
    _offer: Offer | None = None

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__(
            compact=True, highlight_cursor_line=False, tab_behavior="focus", placeholder=clean(spec.hint)
        )
        self._given = self._given_as = ""

    @property
    def raw(self) -> str:
        """The text as typed; one that was only looked at comes back with its own kind of line ends."""
        return self._given if self.text == self._given_as else self.text

    def put(self, raw: str) -> None:
        """Show another text, the cursor behind it."""
        self.load_text(raw)
        self._given, self._given_as = raw, self.text
        self.move_cursor(self.document.end)

    def offer(self, accepted: Callable[[], None]) -> None:
        """Mark the whole text, so that typing replaces it; `accepted` is called when the cursor moves."""
        self.select_all()
        self._offer = Offer(self.text, accepted)

    def watch_selection(self) -> None:
        """The cursor moves: the text goes on."""
        if self._offer is not None:
            self._offer.moved(self.text, is_whole=self.selected_text == self.text)

    def begin(self) -> None:
        """Show a text that has no room here from its beginning, the cursor before it."""
        lines = self.document.line_count
        if lines > LONG_TEXT_LINES or len(self.text) > LONG_TEXT_LINES * _WIDE_LINE:
            self.move_cursor((0, 0))

    @property
    def typed(self) -> tuple[str, int]:
        """The text with plain line breaks, and how many of its characters stand before the cursor."""
        lines = [self.document.get_line(row) for row in range(self.document.line_count)]
        row, column = self.cursor_location
        return "\n".join(lines), sum(len(line) + 1 for line in lines[:row]) + column

    def rewrite(self, text: str, behind: int) -> None:
        """Put another text in place of all, as one step that can be taken back, the cursor behind a place."""
        self.replace(text, (0, 0), self.document.end)
        before = text[:behind].split("\n")
        self.move_cursor((len(before) - 1, len(before[-1])))

    def action_cursor_up(self, select: bool = False) -> None:
        """Move a line up, or leave the key to the form."""
        if not select and self.navigator.is_first_wrapped_line(self.cursor_location):
            raise SkipAction
        super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Move a line down, or leave the key to the form."""
        if not select and self.navigator.is_last_wrapped_line(self.cursor_location):
            raise SkipAction
        super().action_cursor_down(select)

    def render_line(self, y: int) -> Strip:
        """Draw the text with nothing in it that a terminal would obey."""
        return clean_strip(super().render_line(y))
