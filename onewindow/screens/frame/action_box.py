"""A box that asks what an action needs (a text, a reason, a date) and does it; typed words stay a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.app import ComposeResult

from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.requests import Request
from onewindow.records.structs import frozen_struct
from onewindow.screens.frame.draft_form import KeptForm
from onewindow.screens.frame.template_typing import put_template
from onewindow.store.problems import StoreProblem
from onewindow.text.layout.cells import tone_of
from onewindow.widgets.bindings import bindings_of
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.form import Form
from onewindow.widgets.line_box import Line, LineBox

Values = dict[str, str]


@frozen_struct
class Question:
    """What an action asks for before it is done."""

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


class ActionBox(KeptForm):
    """Gives back the sentence that says what was done, or None when the user left."""

    DEFAULT_CSS = """
    ActionBox > Vertical { width: 90%; max-width: 100; }
    ActionBox LineBox { dock: top; height: auto; }
    ActionBox Form { padding: 0 1 0 0; }
    """
    BINDINGS = bindings_of({"form.template": "template"})

    def __init__(self, session: Session, question: Question) -> None:
        """Ask; an older draft goes on."""
        super().__init__()
        self._session = session
        self._question = question
        self._above = LineBox()
        first = dict(self.first_texts()) | self.take_draft(session)
        self.form = Form(question.fields, first, focus=question.focus)

    @property
    def draft_name(self) -> str:
        """The name that the question gives."""
        return self._question.draft

    def first_texts(self) -> Mapping[str, str]:
        """What the question begins with."""
        return self._question.first or {}

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
        """Templates are offered only for texts to a client."""
        if action_id == "form.template":
            return self._question.letter_of is not None
        return super().works(action_id)

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
            self.done(said)

    def offer_texts(self) -> None:
        """Offer the templates."""
        self.action_template()

    def action_template(self) -> None:
        """Put a template where the cursor is."""
        about = self._question.letter_of
        if about is None:
            self.say("Templates are for texts to a client.", warning=True)
            return
        put_template(self, self._session, self.form, about.client_id, about.id, self._question.purpose)

    def _show_above(self) -> None:
        lines: list[Line] = [[(text, tone_of(text))] for text in self._question.above]
        self._above.display = bool(lines)
        self._above.set_lines(lines)
        self._above.refresh(layout=True)
