"""A form: a short column of labelled fields that keeps what was typed until it is saved.

Longer than 400 lines: where the focus is, which fields are folded, what they hold and
what is wrong there move together, and each key of a form touches most of it. Fields, rows, the line of help
and the draft that is offered stand in modules of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from onewindow.widgets.bindings import bindings_of
from onewindow.widgets.field_spec import FieldSpec, Option
from onewindow.widgets.form_fields import ChoiceField, FieldChanged, FieldRefused, FlagField, OneLineField
from onewindow.widgets.form_row import FormRow, label_width
from onewindow.widgets.help_line import HelpLine
from onewindow.widgets.offered_draft import OfferedDraft
from onewindow.widgets.reference_field import ReferenceField
from onewindow.widgets.text_fields import LONG_TEXT_LINES, LongTextField, TextField
from onewindow.widgets.typing_rest import Rest

MOST_LABEL_WIDTH = 30


class _Fields(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The part that scrolls, with the focus and never by keys of its own."""


class Form(Widget):
    """Fields from specs, texts in and texts out; it checks nothing, errors are set from outside.

    `tab` and the arrows move, the save key works in every field, enter moves on and saves in the last field.
    """

    DEFAULT_CSS = """
    Form {
        layout: vertical;
        height: auto;
        max-height: 100%;
        & > _Fields { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    }
    """
    BINDINGS = bindings_of(
        {
            "form.save": "save",
            "form.next": "next_field",
            "form.previous": "previous_field",
            "form.choose": "choose",
            "form.more": "unfold",
            "form.cancel": "cancel",
        }
    )

    class FormMessage(Message):
        """What all messages of a form carry: the raw text of every field by its name."""

        def __init__(self, form: Form, values: dict[str, str]) -> None:
            super().__init__()
            self.form = form
            self.values = values

        @property
        def control(self) -> Form:
            """The form that sent the message, for `@on` selectors."""
            return self.form

    class ChoicesAsked(Message):
        """The user asked for the list of a field; without options it is a field that one types."""

        def __init__(
            self, form: Form, name: str, label: str, options: Sequence[Option], current: str | None
        ) -> None:
            super().__init__()
            self.form, self.name, self.label, self.options = form, name, label, options
            self.current = current

    class Submitted(FormMessage):
        """The user asked to save."""

    class Cancelled(FormMessage):
        """The user asked to leave; the values are a draft."""

    class Edited(FormMessage):
        """The values have changed and rested for a moment: time to keep a draft."""

    class StartedAgain(FormMessage):
        """The user typed over a draft that was offered: the other fields are as without it."""

    class Unfolded(Message):
        """The fields that were folded away are shown from now on."""

    class NothingFolded(Message):
        """More fields were asked for, and all are shown."""

    def __init__(
        self,
        specs: Sequence[FieldSpec],
        values: Mapping[str, str] | None = None,
        *,
        focus: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        """Make a form with first values; `focus` names the field to begin in.

        Without a name it begins in the first required field that is empty, or in the first field.
        """
        super().__init__(id=id, classes=classes)
        width = min(MOST_LABEL_WIDTH, max((label_width(spec) for spec in specs), default=0))
        self._rows = {spec.name: FormRow(spec, width) for spec in specs}
        self._folded = tuple(spec.name for spec in specs if spec.later and spec.name != focus)
        for name in self._folded:
            self._rows[name].display = False
        for spec in specs:
            field = self._rows[spec.name].field
            if isinstance(field, TextField) and spec.more_into in self._rows:
                field.take_more = partial(self._take_more, spec.more_into)
        self._help = HelpLine()
        self._rest = Rest(self, self._report_edited)
        self._begin_in = focus
        self._known: dict[str, str] = dict.fromkeys(self._rows, "")
        self._shown = False
        self._offered = OfferedDraft()
        self.set_values(values or {})

    def compose(self) -> ComposeResult:
        """Fields in a part that scrolls, the help line below it."""
        with _Fields():
            yield from self._rows.values()
        yield self._help

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Ask for room for every field, its error if it has one, and the help line."""
        return 1 + sum(self._lines(self._rows[name], width) for name in self._open_names)

    # what it holds

    def values(self) -> dict[str, str]:
        """Return the raw text of every field by its name."""
        if not self._shown:
            return dict(self._known)
        return {name: row.field.raw for name, row in self._rows.items()}

    def set_values(self, values: Mapping[str, str]) -> None:
        """Show other texts; other fields keep theirs, and names without a field are passed over."""
        known = {name: raw for name, raw in values.items() if name in self._rows}
        self._known |= known
        if self._shown:
            self._put(known)

    def offer(self, without: Mapping[str, str]) -> None:
        """Take the texts for an older draft: what is typed first replaces it, moving goes on with it.

        `without` has the texts without the draft. A draft that has nothing in the field in which one begins
        goes on by itself.
        """
        self._offered.offer(without)
        if self._shown:
            self._begin_in_offer()

    @property
    def is_offered(self) -> bool:
        """Whether an older draft stands here that is neither gone on with nor typed over yet."""
        return self._offered.stands

    def accept_offer(self) -> None:
        """Go on with the older draft."""
        if self._offered.stands:
            self._offered.go_on()
            field = self._focused_field
            if isinstance(field, TextField | LongTextField):
                field.put(field.raw)

    def set_errors(self, errors: Mapping[str, str]) -> None:
        """Put each error under its field, take the others away, and focus the first field that has one."""
        if any(errors.get(name) for name in self._folded):
            self.unfold()
        for name, row in self._rows.items():
            row.error = errors.get(name, "")
        first = next((name for name in self._rows if errors.get(name)), None)
        if first is not None:
            self.focus_field(first)
        self.refresh(layout=True)
        self.call_after_refresh(self._show_focused_row)

    def focus_field(self, name: str) -> None:
        """Put the focus into a field; KeyError for an unknown name."""
        self._rows[name].focus_target.focus()

    @property
    def flags(self) -> frozenset[str]:
        """The names of the fields that are yes or no, which say no without having been touched."""
        return frozenset(name for name, row in self._rows.items() if isinstance(row.field, FlagField))

    @property
    def is_folded(self) -> bool:
        """Whether some fields are still folded away."""
        return bool(self._folded)

    def unfold(self) -> None:
        """Show all fields."""
        for name in self._folded:
            self._rows[name].display = True
        self._folded = ()
        self.refresh(layout=True)
        self.post_message(self.Unfolded())

    @property
    def text_field(self) -> LongTextField | None:
        """The field of several lines that has the focus, or None."""
        field = self._focused_field
        return field if isinstance(field, LongTextField) else None

    @property
    def focused_name(self) -> str | None:
        """The name of the field that has the focus, or None."""
        return next((name for name, row in self._rows.items() if row.has_focus_within), None)

    # keys

    def action_save(self) -> None:
        """Ask for the values to be saved; not before letters that meant nothing were seen to mean nothing."""
        refused = {name: row.field for name, row in self._rows.items() if isinstance(row.field, OneLineField)}
        unseen = {name: field for name, field in refused.items() if field.refused}
        if unseen:
            self.set_errors({name: self._refusal(name, field.refused) for name, field in unseen.items()})
            # Seen now: the next press saves, or a value that is kept on purpose could not be.
            for field in unseen.values():
                field.refused = ""
            return
        self._pick_suggestion()
        self._note_change()
        self._rest.stop()
        self._known = self.values()
        self.post_message(self.Submitted(self, self.values()))

    def action_cancel(self) -> None:
        """Leave; the values go along as a draft."""
        self._note_change()
        self._rest.stop()
        self.post_message(self.Cancelled(self, self.values()))

    def action_next_field(self) -> None:
        """Go to the next field, from the last one to the first."""
        self._pick_suggestion()
        self._move(1)

    def action_previous_field(self) -> None:
        """Go to the field before, from the first one to the last."""
        self._move(-1)

    def action_unfold(self) -> None:
        """Show all fields and go to the first of those that were folded away, if any was."""
        if self._folded:
            first = self._folded[0]
            self.unfold()
            self.focus_field(first)
        else:
            self.post_message(self.NothingFolded())

    def action_choose(self) -> None:
        """Open the list of what fits the field; the screen opens it where it is no part of the field."""
        field, name = self._focused_field, self.focused_name
        if isinstance(field, ReferenceField):
            field.open()
        elif name is not None:
            is_choice = isinstance(field, ChoiceField)
            options, current = (field.options, field.raw) if is_choice else ((), None)
            label = self._rows[name].spec.label
            self.post_message(self.ChoicesAsked(self, name, label, options, current))

    def choose(self, name: str, value: str) -> None:
        """Take a value that was chosen for a field from a list, and go back into the field."""
        self._rows[name].field.put(value)
        self.focus_field(name)
        self._note_change()

    def on_key(self, event: events.Key) -> None:
        """Move on with enter; a long text takes enter for itself and never lets it come here."""
        if event.key == "enter":
            event.stop()
            self._move_on_or_save()

    # changes

    def on_input_changed(self, event: Input.Changed) -> None:
        """Note a change."""
        event.stop()
        self._note_change()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Note a change."""
        event.stop()
        self._note_change()

    def on_field_changed(self, event: FieldChanged) -> None:
        """Note a change."""
        event.stop()
        self._note_change()

    def on_field_refused(self, event: FieldRefused) -> None:
        """Say beside the field that what was typed there means nothing."""
        event.stop()
        for name, row in self._rows.items():
            if row.field is event.field:
                row.error = self._refusal(name, event.typed) if event.typed else ""
                self.refresh(layout=True)

    def _refusal(self, name: str, typed: str) -> str:
        field = self._rows[name].field
        offers = field.offers if isinstance(field, OneLineField) else ""
        return f"“{typed}” is none of these: {offers}."

    def _take_more(self, name: str, text: str) -> None:
        """Put the further lines of a pasted text behind what another field has."""
        if name in self._folded:
            self.unfold()
        field = self._rows[name].field
        field.put("\n".join(part for part in (field.raw, text) if part))
        if isinstance(field, LongTextField):
            field.begin()
        self._note_change()

    def on_mount(self) -> None:
        """Show the first values, and put the focus where the first key most likely belongs."""
        # Stock inputs take a value only inside a running app.
        self._shown = True
        self._put(self._known)
        for row in self._rows.values():
            if isinstance(row.field, LongTextField):
                row.field.begin()
        if self._offered.stands:
            self._begin_in_offer()
        elif (first := self._first_of(self._known)) is not None:
            self.focus_field(first)

    def _first_of(self, values: Mapping[str, str]) -> str | None:
        """The field in which one begins where the fields hold these texts."""
        wanted = [name for name in self._rows if name == self._begin_in]
        wanted += [name for name, row in self._rows.items() if row.spec.required and not values.get(name)]
        wanted += self._open_names
        return next(iter(wanted), None)

    def _begin_in_offer(self) -> None:
        """Begin in the field in which one begins without the draft, the text there marked."""
        without = self._offered.without or {}
        name = self._first_of(without)
        if name is None:
            return
        self.focus_field(name)
        field = self._rows[name].field
        if isinstance(field, TextField | LongTextField) and field.raw not in ("", without.get(name, "")):
            self._offered.marked_in = name
            field.offer(self._offered.go_on)
        else:
            self._offered.go_on()
            if (first := self._first_of(self._known)) is not None:
                self.focus_field(first)

    def on_descendant_focus(self) -> None:
        """Say what the field is about; who goes to another field goes on with a draft that is offered."""
        name = self.focused_name
        self._offered.focused(name)
        self._help.sentence = self._rows[name].spec.help if name else ""

    def _put(self, values: Mapping[str, str]) -> None:
        for name, raw in values.items():
            self._rows[name].field.put(raw)
        self._known = self.values()

    def _note_change(self) -> None:
        values = self.values()
        # Stock inputs report what the form put into them too: only what differs was typed.
        changed = [name for name, raw in values.items() if raw != self._known.get(name)]
        if not changed:
            return
        self._known = values
        for name in changed:
            self._rows[name].error = ""
        self._rest.note()
        without, marked = self._offered.take_typed(), self._offered.marked_in
        if without is not None and values[marked].strip():
            self._put({name: without.get(name, "") for name in self._rows if name != marked})
            self.post_message(self.StartedAgain(self, self.values()))

    def _report_edited(self) -> None:
        self.post_message(self.Edited(self, self.values()))

    # where it is

    @property
    def _focused_field(self) -> Widget | None:
        name = self.focused_name
        return self._rows[name].field if name else None

    @property
    def _open_names(self) -> list[str]:
        return [name for name in self._rows if name not in self._folded]

    def _pick_suggestion(self) -> None:
        field = self._focused_field
        if isinstance(field, ReferenceField):
            field.pick()

    def _move(self, step: int) -> None:
        names = self._open_names
        name = self.focused_name
        if names:
            following = names[(names.index(name) + step) % len(names)] if name else names[0]
            # At once: Widget.focus would wait its turn, and what is typed behind a tab would go astray.
            self.screen.set_focus(self._rows[following].focus_target)

    def _move_on_or_save(self) -> None:
        if self.focused_name == self._open_names[-1]:
            self.action_save()
        else:
            self.action_next_field()

    def on_resize(self) -> None:
        """Keep the field in sight that has the keys, whichever way the terminal changed."""
        self.call_after_refresh(self._show_focused_row)

    def _show_focused_row(self) -> None:
        name = self.focused_name
        if name:
            self._rows[name].scroll_visible(animate=False)

    def _lines(self, row: FormRow, width: int) -> int:
        if row.spec.kind == "long_text":
            lines = LONG_TEXT_LINES
        elif isinstance(row.field, ReferenceField) and row.field.is_mounted:
            lines = max(1, row.field.size.height)
        else:
            lines = 1
        return lines + len(row.error_lines(width))
