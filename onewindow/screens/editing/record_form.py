"""The form of any record, new or not: over the dimmed window, with a draft that survives."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from functools import partial

from textual.app import ComposeResult

from onewindow.desk.editing.entries import Carried, Entry
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems, in_one_line
from onewindow.records.fields import Attribute, Record
from onewindow.records.kinds import KINDS
from onewindow.screens.editing.conflict import ConflictScreen
from onewindow.screens.frame.box import Box, open_over, say_behind, say_thrown, say_unkept
from onewindow.screens.frame.draft_offer import DraftOffer
from onewindow.screens.frame.suspending import Held
from onewindow.screens.frame.template_typing import put_template
from onewindow.store.problems import Stale, StoreProblem
from onewindow.store.session.drafts import Draft
from onewindow.text.layout.cells import tone_of
from onewindow.widgets.bindings import bindings_of
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.form import Form
from onewindow.widgets.line_box import Line, LineBox

SHOWN_PROMISES = 3
_PRESET, _FOCUS = "preset ", "focus"
_LETTERS = frozenset({"message", "request", "touch", "request_event"})
"""Kinds whose texts are said to a client, so that templates help."""
_HINTS = {"date": "day.month", "week": "day.month", "time": "day.month hour:minute"}
"""What stands in an empty field: words, because an example would look like a value without colours."""


def held_preset(place: Mapping[str, str]) -> tuple[str | None, dict[str, str]]:
    """The field to begin in and the texts to begin with, of a form that was put aside."""
    preset = {name.removeprefix(_PRESET): text for name, text in place.items() if name.startswith(_PRESET)}
    return place.get(_FOCUS), preset


class RecordForm(Box[Record | None]):
    """Gives back the saved record, or None when the user left; what they typed then stays a draft."""

    DEFAULT_CSS = """
    RecordForm > Vertical { width: 90%; max-width: 100; }
    RecordForm LineBox { dock: top; height: auto; }
    RecordForm Form { padding: 0 1 0 0; }
    """
    BINDINGS = bindings_of(
        {"form.discard": "discard", "form.draft": "older_draft", "form.template": "template"}
    )
    scope = "form"

    def __init__(
        self,
        session: Session,
        kind: str,
        record: Record | None = None,
        client_id: int | None = None,
        *,
        focus: str | None = None,
        preset: Mapping[str, str] | None = None,
        carried: Carried | None = None,
        draft: Draft | None = None,
        promises: Sequence[str] = (),
    ) -> None:
        """Edit `record`, or make a new one of `kind`.

        With `client_id` the record is that client's and the form does not ask for it; `focus` names the
        field to begin in, `preset` has texts to begin with, `carried` what was typed into a line, `draft` is
        the one to go on with, `promises` are lines that stay in sight.
        """
        super().__init__()
        self._entry = Entry(session, kind, record, client_id, preset, carried=carried, draft=draft)
        self._promises = tuple(promises)
        self._offer = DraftOffer(self)
        self._finished = False
        self.taken_years = ""
        """Once saved: the days that were typed without a year and taken for another than this one."""
        self._above = LineBox()
        self._above.can_focus = False
        self._details = next((a.name for a in self._entry.fields if a.kind == "long_text"), "")
        specs = [self._spec(a) for a in self._entry.fields]
        likely = KINDS[kind].title if record is not None else None
        self.form = Form(specs, self._entry.first, focus=focus or likely)

    @property
    def title_text(self) -> str:
        """What is made or edited."""
        return self._entry.title

    def contents(self) -> ComposeResult:
        """Promises and the word of the draft above the fields."""
        yield self._above
        yield self.form

    def on_mount(self) -> None:
        """Offer an older draft of a new record, and show what stays in sight above the fields."""
        if self._entry.restored and self._entry.is_new and not self._offer.goes_on:
            self.form.offer(self._entry.start)
        self._show_above(self._entry.restored)

    def go_on(self) -> None:
        """Go on with the draft: it was asked for."""
        self._offer.go_on(self.form)

    def on_form_started_again(self) -> None:
        """Leave the draft that was typed over as it is, and begin another."""
        older, restored = self._entry.kept, self._entry.restored
        self._entry = self._entry.begun_again()
        self._show_above("")
        self._offer.type_over(older, restored)

    def action_older_draft(self) -> None:
        """Go on with the draft that was typed over; what was typed since stays a draft too."""
        if self._offer.go_back(self._kept, self._take):
            self.form.set_values(self._entry.first)
            self._show_above(self._entry.restored)

    def _kept(self) -> Draft | None:
        self._entry.keep(self.form.values())
        return self._entry.kept

    def _take(self, draft: Draft) -> str:
        self._entry = self._entry.back_to(draft)
        return self._entry.restored

    def on_form_edited(self, message: Form.Edited) -> None:
        """Keep the draft."""
        self._keep(message.values)

    def on_form_unfolded(self) -> None:
        """There are no more fields to offer."""
        self.show_hints()

    def on_form_nothing_folded(self) -> None:
        """Say why nothing moved."""
        self.say("All fields of this form are shown.")

    def works(self, action_id: str) -> bool:
        """More fields are offered only while there are some."""
        if action_id == "form.template":
            return self._writes_to() is not None
        if action_id == "form.draft":
            return self._offer.typed_over is not None
        return super().works(action_id) and (action_id != "form.more" or self.form.is_folded)

    def on_form_submitted(self, message: Form.Submitted) -> None:
        """Save."""
        self._save(message.values)

    def on_form_cancelled(self, message: Form.Cancelled) -> None:
        """Leave; what was typed stays a draft."""
        try:
            if self._entry.leave(message.values):
                say_behind(self, "Draft kept: the same form goes on with it.")
        except StoreProblem as problem:
            say_unkept(self, problem)
        self._finished = True
        self.dismiss(None)

    def on_unmount(self) -> None:
        """Keep the draft of a form that was closed with the whole program."""
        if not self._finished:
            with contextlib.suppress(StoreProblem):
                self._entry.keep(self.form.values())

    def hold(self) -> Held:
        """Keep the draft and tell how to go on with it, because something more pressing has come.

        Raises StoreProblem if the draft cannot be kept.
        """
        self._entry.suspend(self.form.values())
        self._finished = True
        place = {_PRESET + name: text for name, text in self._entry.preset.items()}
        if self.form.focused_name:
            place[_FOCUS] = self.form.focused_name
        return Held(self._entry.form, self._entry.title, place)

    def offer_texts(self) -> None:
        """Offer the templates."""
        self.action_template()

    def action_template(self) -> None:
        """Put a template where the cursor is."""
        client_id = self._writes_to()
        if client_id is None:
            self.say("Templates are for texts to a client.", warning=True)
            return
        put_template(self, self._entry.session, self.form, client_id, self._entry.about_request)

    def _writes_to(self) -> int | None:
        """The client whom a text of this form is for, None if it is for nobody."""
        return self._entry.client_id if self._entry.kind in _LETTERS else None

    def action_discard(self) -> None:
        """Throw away what was typed, and close; undo brings the draft back."""
        try:
            self._entry.keep(self.form.values())
            thrown = self._entry.discard()
        except StoreProblem as problem:
            self.say(str(problem), warning=True)
            return
        self._finished = True
        say_thrown(self, thrown)
        self.dismiss(None)

    def _keep(self, values: Mapping[str, str]) -> None:
        if self._finished:
            return
        try:
            self._entry.keep(values)
        except StoreProblem as problem:
            self.say(str(problem), warning=True)

    def _save(self, values: Mapping[str, str]) -> None:
        try:
            saved = self._entry.save(values)
        except FieldProblems as problems:
            self._show_errors(problems.errors)
        except Stale as stale:
            self._ask_whose(stale, values)
        except StoreProblem as problem:
            self.form.set_errors({})
            self.say(str(problem), warning=True)
        else:
            self._finished = True
            self.taken_years = self._entry.taken_years
            self.dismiss(saved)

    def _show_errors(self, errors: Mapping[str, str]) -> None:
        asked = {a.name for a in self._entry.fields}
        self.form.set_errors({name: text for name, text in errors.items() if name in asked})
        others = in_one_line({name: text for name, text in errors.items() if name not in asked})
        self.say(others or "Not saved yet: see the marked fields.", warning=True)

    def _ask_whose(self, stale: Stale, values: Mapping[str, str]) -> None:
        lines = self._entry.conflict_lines(stale)
        if not lines:
            self._settle(values, frozenset(), stale)
            return

        def decided(theirs: frozenset[str] | None) -> None:
            if theirs is None:
                self.say(str(stale), warning=True)
            else:
                self._settle(values, theirs, stale)

        open_over(self, ConflictScreen(lines, self._entry.changed_by(stale)), decided)

    def _settle(self, values: Mapping[str, str], theirs: frozenset[str], stale: Stale) -> None:
        try:
            texts = self._entry.settle(values, theirs, stale)
        except StoreProblem as problem:
            self.say(str(problem), warning=True)
            return
        self.form.set_values(texts)
        self._save(self.form.values())

    def _show_above(self, restored: str) -> None:
        lines: list[Line] = [[(text, tone_of(text))] for text in self._promises[:SHOWN_PROMISES]]
        more = len(self._promises) - SHOWN_PROMISES
        if more > 0:
            lines.append([(f"+ {more} more", "dim")])
        if restored:
            lines.append([(self._offer.message(self.form, restored), "warn")])
        self._above.display = bool(lines)
        self._above.set_lines(lines)
        self._above.refresh(layout=True)

    def _spec(self, described: Attribute) -> FieldSpec:
        choices = tuple((choice, choice.replace("_", " ")) for choice in described.choices)
        refers = described.kind == "reference"
        return FieldSpec(
            described.name,
            described.label,
            "long_text" if described.kind in ("json", "hours") else described.kind,
            required=described.required,
            choices=choices,
            of=(described.record, described.name),
            never_empty="" not in described.choices,
            hint=_HINTS.get(described.kind, ""),
            help=described.help,
            suggest=partial(self._suggest, described) if refers else None,
            later=described.later and self._entry.is_untouched(described.name),
            more_into=self._details if described.name == KINDS[self._entry.kind].title else "",
        )

    def _suggest(self, described: Attribute, text: str) -> Sequence[tuple[str, str]]:
        return self._entry.suggest(described, text, self.form.values() if self.form.is_mounted else {})
