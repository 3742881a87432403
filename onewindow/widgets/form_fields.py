"""The inputs of a form in which one chooses: each holds one raw text and draws a line of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.widget import Widget

from onewindow.text.choices import spellings
from onewindow.text.clean import clean
from onewindow.text.fold import fold
from onewindow.text.layout.width import fit
from onewindow.widgets.bursts import TakesLetters
from onewindow.widgets.field_spec import FieldSpec, Option
from onewindow.widgets.glyphs import glyphs_of

_SHOWN_REFUSED = 40
_AGAIN_SECONDS = 1.0
"""After so long without a letter the next one starts a choice again."""
YES = "yes"
NO = "no"
_AGREEMENT = frozenset({"yes", "y", "1", "true", "x", "on"})


class FieldChanged(Message):
    """The user changed a field that is drawn by us; stock inputs have messages of their own."""


class FieldRefused(Message):
    """What was typed into a field that chooses means nothing there; '' when that is over."""

    def __init__(self, field: OneLineField, typed: str) -> None:
        super().__init__()
        self.field = field
        self.typed = typed


class OneLineField(Widget, TakesLetters, can_focus=True):
    """A field of one drawn line that takes keys and not text."""

    takes_letters = True

    COMPONENT_CLASSES: ClassVar[set[str]] = {"field--focused", "field--typed"}
    DEFAULT_CSS = """
    OneLineField {
        width: 1fr;
        height: 1;
        & > .field--focused { color: $block-cursor-foreground; background: $block-cursor-background; }
        & > .field--typed { color: $text-muted; }
        &:ansi > .field--focused { color: ansi_default; background: ansi_default; text-style: reverse; }
        &:nocolor > .field--focused { color: $foreground; background: $background; text-style: reverse; }
    }
    """

    raw: Reactive[str] = reactive("", init=False)
    """The stored value that is chosen now."""

    refused: str = ""
    """Letters that mean nothing here: the form says so beside the field, and saves nothing unseen."""

    def put(self, raw: str) -> None:
        """Show another value."""
        self.raw = raw

    def refuse(self, typed: str) -> None:
        """Say that what was typed means nothing here; an empty text takes that back."""
        if typed != self.refused:
            self.refused = typed
            self.post_message(FieldRefused(self, typed))

    @property
    def offers(self) -> str:
        """What can be typed here, as people read it."""
        return "x or a space turns it"

    def on_paste(self, event: events.Paste) -> None:
        """Refuse a text that is no choice."""
        event.stop()
        self.refuse(" ".join(event.text.split())[:_SHOWN_REFUSED])

    def watch_raw(self) -> None:
        """Say so."""
        self.post_message(FieldChanged())

    def draw(self, text: str, note: str = "") -> Strip:
        """Return the line: the value, plainly marked while it has the focus, and a quiet note behind it."""
        style = self.get_component_rich_style("field--focused") if self.has_focus else self.rich_style
        width = self.size.width
        segments = [Segment(text, style), Segment(f"  {note}", self.get_component_rich_style("field--typed"))]
        return Strip(segments).adjust_cell_length(width, self.rich_style)


class FlagField(OneLineField):
    """Yes or no, drawn `[x]` or `[ ]`; the space bar turns it, and so do x, y and n."""

    def put(self, raw: str) -> None:
        """Show yes for yes, y, 1, true, x and on, else no."""
        self.raw = YES if raw.strip().casefold() in _AGREEMENT else NO

    def on_key(self, event: events.Key) -> None:
        """Turn on the space bar, and keep letters from acting in the window behind."""
        if event.is_printable:
            event.stop()
            turned = {" ": NO if self.raw == YES else YES, "x": YES, "y": YES, "n": NO}
            typed = event.character or ""
            self.refuse("" if typed in turned else (self.refused + typed)[:_SHOWN_REFUSED])
            self.raw = turned.get(typed, self.raw)
        elif event.key == "backspace":
            event.stop()
            self.refuse("")

    def on_click(self) -> None:
        """Turn it."""
        self.raw = NO if self.raw == YES else YES

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Draw the box."""
        return self.draw("[x]" if self.raw == YES else "[ ]", YES if self.raw == YES else NO)


class ChoiceField(OneLineField):
    """One of some values on one line: `‹ urgent ›`; arrows and the space bar turn it, letters narrow it."""

    typed: Reactive[str] = reactive("", init=False)
    """The letters that narrow the choice, as they were typed."""

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__()
        settled = spec.required or spec.never_empty
        nothing: tuple[Option, ...] = () if settled else (("", ""),)
        self._options = nothing + tuple(option for option in spec.choices if option[0] or settled)
        self._of = spec.of
        self._hint = spec.hint
        self._typed_at = 0.0
        self._by_place = ""
        """The same letters as their keys say in a Latin layout."""

    @property
    def offers(self) -> str:
        """The choices."""
        return ", ".join(label for _, label in self._options if label)

    def put(self, raw: str) -> None:
        """Show another value; one that is not offered is kept and shown as it is."""
        self.typed = self._by_place = self.refused = ""
        self.raw = raw

    @property
    def options(self) -> Sequence[Option]:
        """All values with their labels."""
        return self._options

    def turn(self, step: int) -> None:
        """Go to the next or the previous of the values that the typed letters leave."""
        self.refuse("")
        values = [value for value, _ in self._matching(self._by_place, self.typed)]
        if not values:
            return
        if self.raw in values:
            self.raw = values[(values.index(self.raw) + step) % len(values)]
        else:
            self.raw = values[0 if step > 0 else -1]

    def on_key(self, event: events.Key) -> None:
        """Turn, narrow or widen the choice."""
        if event.key in {"left", "right", "space"}:
            self.turn(-1 if event.key == "left" else 1)
        elif event.key == "backspace":
            self.typed = "" if self.refused else self.typed[:-1]
            self._by_place = self._by_place[: len(self.typed)]
            self.refuse("")
        elif event.is_printable and event.character:
            self._narrow(event.character, str(getattr(event, "as_typed", event.character)), event.time)
        else:
            return
        event.stop()

    def on_blur(self) -> None:
        """Forget the letters."""
        self.typed = self._by_place = ""

    def on_click(self) -> None:
        """Go to the next value."""
        self.turn(1)

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Draw the value between its two arrows."""
        glyphs = glyphs_of(self)
        label = next((label for value, label in self._options if value == self.raw), self.raw)
        room = max(1, self.size.width - 4)
        text = clean(label) or clean(self._hint) or " "
        if len(text) > room:
            text = fit(text, room, "left", glyphs.ellipsis)
        return self.draw(f"{glyphs.previous} {text} {glyphs.next}", clean(self.typed))

    def _narrow(self, by_place: str, as_typed: str, pressed_at: float) -> None:
        # By when a key was pressed, not by when a busy machine comes to it: a word must not be cut in two.
        if pressed_at - self._typed_at > _AGAIN_SECONDS and not self.refused:
            self.typed = self._by_place = ""
        self._typed_at = pressed_at
        placed, typed = self._by_place + by_place, (self.refused or self.typed) + as_typed
        fitting = () if self.refused else self._matching(placed, typed)
        if fitting:
            self.typed, self._by_place, self.raw = typed, placed, fitting[0][0]
        else:
            self.refuse(typed[:_SHOWN_REFUSED])

    def _matching(self, by_place: str, typed: str) -> Sequence[Option]:
        """Return the options that begin with the letters, or of which a further word or another name does."""
        if not typed:
            return self._options
        for letters in (by_place, typed):
            wanted = fold(letters)
            fitting = self._beginning(wanted) if wanted else ()
            if fitting:
                return fitting
        named = {value for word, value in spellings(*self._of).items() if _begins(word, typed)}
        return [option for option in self._options if option[0] in named]

    def _beginning(self, wanted: str) -> Sequence[Option]:
        folded = [(fold(option[1]), option) for option in self._options]
        begin = [option for text, option in folded if text.startswith(wanted)]
        return begin + [
            option for text, option in folded if f" {wanted}" in text and not text.startswith(wanted)
        ]


def _begins(word: str, typed: str) -> bool:
    wanted = fold(typed)
    return bool(wanted) and word.startswith(wanted)
