"""Boxes that ask for one thing: one of some options, or one line of text."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical

from onewindow.screens.frame.box import Box
from onewindow.screens.frame.draft_form import KeptForm
from onewindow.text.layout.width import cell_width
from onewindow.text.names.picking import narrowed
from onewindow.widgets.field_spec import FieldSpec, Option
from onewindow.widgets.finder import Finder
from onewindow.widgets.form import Form
from onewindow.widgets.rows import Cell, ListSource, Row

_USUAL, _WIDEST = 56, 100
"""Cells of a box of options."""
_AROUND = 6
"""Cells beside the text of an option: the frame, the mark, the bar."""
_STANDS = "="
"""Marks the value that stands now."""
_MEASURED = 200
"""Options that decide how wide the box is."""


class Chooser(Box[str | None]):
    """Typing narrows the options, enter takes one: its value is the result; escape gives None."""

    DEFAULT_CSS = """
    Chooser Finder { height: auto; max-height: 100%; }
    Chooser Finder > RowList { height: 12; }
    """
    scope = "finder"
    place_text = "List of choices"

    def __init__(
        self,
        title: str,
        options: Sequence[Option],
        *,
        people: bool = False,
        first: Container[str] = (),
        also: Mapping[str, str] | None = None,
        current: str | None = None,
    ) -> None:
        """Offer (value, label) pairs, the likeliest first.

        `people`: the labels are names of people; values in `first` come before all others that fit; `also`
        has further words by which a value is found where no label fits; the cursor begins on the value that
        is `current` now, which is marked, so that enter alone changes nothing.
        """
        super().__init__()
        self._title = title
        self._options = tuple(options)
        self._people = people
        self._first = first
        self._also = also or {}
        self._current = current
        self.finder = Finder(source=self._matching(""), hint="type to narrow", empty=("Nothing fits.",))

    @property
    def title_text(self) -> str:
        """The question."""
        return self._title

    def contents(self) -> ComposeResult:
        """The input and the options."""
        yield self.finder

    def on_mount(self) -> None:
        """Be as wide as the options need, within bounds."""
        widest = max((cell_width(label) for _, label in self._options[:_MEASURED]), default=0)
        self.query_one(Vertical).styles.width = min(_WIDEST, max(_USUAL, widest + _AROUND))
        self._begin_on_current()

    def on_finder_typed(self, message: Finder.Typed) -> None:
        """Narrow."""
        self.finder.set_results(self._matching(message.query))
        if not message.query.strip():
            self._begin_on_current()

    def on_finder_chosen(self, message: Finder.Chosen) -> None:
        """Give the value back."""
        self.dismiss(str(message.key))

    def on_finder_closed(self) -> None:
        """Give nothing back."""
        self.dismiss(None)

    def _begin_on_current(self) -> None:
        place = next((at for at, option in enumerate(self._options) if option[0] == self._current), 0)
        self.finder.rows.cursor = place

    def _mark_of(self, value: str) -> str:
        return _STANDS if value == self._current else " "

    def _matching(self, typed: str) -> ListSource:
        """The options that fit, in the order of all pickers."""
        fitting = narrowed(self._options, typed, lambda option: option[1], people=self._people)
        if self._also and typed.strip():
            named = narrowed(self._options, typed, lambda option: self._also.get(option[0], ""))
            fitting += [option for option in named if option not in fitting]
        fitting.sort(key=lambda option: option[0] not in self._first)
        return ListSource([Row(value, (Cell(label),), self._mark_of(value)) for value, label in fitting])


class Prompt(KeptForm):
    """Asks for one line of text: enter gives it back, escape None."""

    DEFAULT_CSS = """
    Prompt > Vertical { width: 56; padding: 0 1; }
    """

    def __init__(self, title: str, label: str, value: str = "") -> None:
        """Ask under a title, beginning with a value."""
        super().__init__()
        self._title = title
        self._first = {"text": value}
        self.form = Form([FieldSpec("text", label)], self._first)

    @property
    def title_text(self) -> str:
        """What is asked."""
        return self._title

    def first_texts(self) -> Mapping[str, str]:
        """The value it begins with."""
        return self._first

    def contents(self) -> ComposeResult:
        """The one field."""
        yield self.form

    def on_form_submitted(self, message: Form.Submitted) -> None:
        """Give the text back."""
        self.done(message.values["text"])
