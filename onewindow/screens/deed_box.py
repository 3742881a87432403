"""A box that asks what a deed needs (a text, a reason, a date) and does it; what is typed stays a draft."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping

from textual.app import ComposeResult

from onewindow.desk.session import Session
from onewindow.desk.typing_in import FieldProblems
from onewindow.records.values import value_class
from onewindow.records.work import Request
from onewindow.screens.box import Box, say_behind
from onewindow.store import drafts
from onewindow.store.problems import StoreProblem
from onewindow.widgets.bindings import bindings_of
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.form import Form
from onewindow.widgets.line_box import Line, LineBox

Values = dict[str, str]


@value_class
class Question:
    """What a deed asks for before it is done."""

    title: str
    fields: tuple[FieldSpec, ...]
    do: Callable[[Values], str]
    """Does it with the typed texts and gives back what to say; raises FieldProblems or StoreProblem."""
    draft: str
    """The name under which what was typed is kept until it is done."""
    above: tuple[str, ...] = ()
    """What must be in sight while one types: promises, manner; those with a `!` stand out."""
    first: Mapping[str, str] | None = None
    """What the fields begin with."""
    focus: str | None = None
    letter_of: Request | None = None
    """The request whose client reads the text: templates can be put into it."""
    purpose: str = ""
    """Which templates fit first."""


class DeedBox(Box[str | None]):
    """Gives back the sentence that says what was done, or None when the user left."""

    DEFAULT_CSS = """
    DeedBox > Vertical { width: 90%; max-width: 100; }
    DeedBox LineBox { dock: top; height: auto; }
    DeedBox Form { padding: 0 1 0 0; }
    """
    # Saving and leaving are the form's; here they serve a key that comes before the form has the focus.
    BINDINGS = bindings_of(
        {
            "form.discard": "discard",
            "form.template": "template",
            "form.save": "save",
            "form.cancel": "cancel",
        }
    )
    scope = "form"

    def __init__(self, session: Session, question: Question) -> None:
        """Ask; an older draft goes on."""
        super().__init__()
        self._session = session
        self._question = question
        self._start = dict(question.first or {})
        self._finished = False
        kept = drafts.find(session.store, session.me.login, question.draft)
        self._kept = dict(kept.typed) if kept else {}
        self._above = LineBox()
        self.form = Form(question.fields, self._start | self._kept, focus=question.focus)

    @property
    def title_text(self) -> str:
        """What is done."""
        return self._question.title

    def contents(self) -> ComposeResult:
        """What must be in sight, and the fields."""
        yield self._above
        yield self.form

    def on_mount(self) -> None:
        """Show what stands above the fields."""
        self._show_above()

    def works(self, action_id: str) -> bool:
        """More fields are offered only while there are some, templates only for texts to a client."""
        if action_id == "form.template":
            return self._question.letter_of is not None
        return super().works(action_id) and (action_id != "form.more" or self.form.is_folded)

    def on_form_edited(self, message: Form.Edited) -> None:
        """Keep the draft, unless the deed is done already."""
        if not self._finished:
            self._keep(message.values)

    def on_form_unfolded(self) -> None:
        """There are no more fields to offer."""
        self.show_hints()

    def on_form_cancelled(self, message: Form.Cancelled) -> None:
        """Leave; what was typed stays a draft."""
        if self._keep(message.values):
            say_behind(self, "Draft kept: the same key goes on with it.")
        self._finished = True
        self.dismiss(None)

    def on_form_submitted(self, message: Form.Submitted) -> None:
        """Do it, or say beside the field why it cannot be done."""
        try:
            said = self._question.do(message.values)
        except FieldProblems as problems:
            asked = {spec.name for spec in self._question.fields}
            self.form.set_errors({name: text for name, text in problems.errors.items() if name in asked})
            others = [text for name, text in problems.errors.items() if name not in asked]
            self.say("; ".join(others) or "Not done yet: see the marked fields.", warning=True)
        except StoreProblem as problem:
            # It stays in sight under the first field: a sentence in the hint line would go in seconds.
            self.form.set_errors({self._question.fields[0].name: str(problem)})
        else:
            self._finished = True
            self._forget()
            self.dismiss(said)

    def on_unmount(self) -> None:
        """Keep the draft of a box that was closed with the whole program."""
        if not self._finished:
            self._keep(self.form.values())

    def action_template(self) -> None:
        """Put a template where the cursor is."""
        from onewindow.screens.template_typing import put_template

        about = self._question.letter_of
        if about is None:
            self.say("Templates are for texts to a client.", warning=True)
            return
        put_template(self, self._session, self.form, about.client_id, about.id, self._question.purpose)

    def action_save(self) -> None:
        """Do it."""
        self.form.action_save()

    def action_cancel(self) -> None:
        """Leave."""
        self.form.action_cancel()

    def action_discard(self) -> None:
        """Throw away what was typed, and its draft; the box stays."""
        self._forget()
        empty = dict.fromkeys((spec.name for spec in self._question.fields), "")
        self.form.set_values(empty | self._start)
        self.form.set_errors({})
        self._show_above()
        self.say("What you typed is thrown away.")

    def _keep(self, values: Mapping[str, str]) -> bool:
        typed = {n: text for n, text in values.items() if text.strip() and text != self._start.get(n, "")}
        if not typed:
            self._forget()
            return False
        if typed != self._kept:
            session = self._session
            with contextlib.suppress(StoreProblem):
                drafts.keep(session.store, session.me.login, self._question.draft, typed, session.now_text())
                self._kept = typed
        return True

    def _forget(self) -> None:
        if self._kept:
            with contextlib.suppress(StoreProblem):
                drafts.drop(self._session.store, self._session.me.login, self._question.draft)
            self._kept = {}

    def _show_above(self) -> None:
        lines: list[Line] = [
            [(text, "warn" if text.startswith("!") else "")] for text in self._question.above
        ]
        if self._kept:
            lines.append([("Your draft goes on here.", "dim")])
        self._above.display = bool(lines)
        self._above.set_lines(lines)
        self._above.refresh(layout=True)
