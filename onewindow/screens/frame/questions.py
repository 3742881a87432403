"""A box that asks for a few things at once, each in its own line, and says under a field what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from textual.app import ComposeResult

from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.screens.frame.draft_form import KeptForm
from onewindow.store.problems import StoreProblem
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.form import Form

Answers = Mapping[str, str]


class Questions(KeptForm):
    """`answered` does the work and gives back what came of it, the result; a problem leaves the box open."""

    DEFAULT_CSS = """
    Questions > Vertical { padding: 0 1; }
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[FieldSpec],
        answered: Callable[[Answers], str],
        values: Answers | None = None,
    ) -> None:
        """Ask under a title, beginning with some values."""
        super().__init__()
        self._title = title
        self._answered = answered
        self._values = dict(values or {})
        self._names = frozenset(field.name for field in fields)
        self.form = Form(fields, self._values)

    @property
    def title_text(self) -> str:
        """What is asked about."""
        return self._title

    def first_texts(self) -> Answers:
        """The given values."""
        return self._values

    def contents(self) -> ComposeResult:
        """The fields."""
        yield self.form

    def on_form_submitted(self, message: Form.Submitted) -> None:
        """Do the work, or say why it cannot be done."""
        try:
            said = self._answered(message.values)
        except FieldProblems as problems:
            self._show_problems(problems)
            return
        except StoreProblem as problem:
            self.say(str(problem), warning=True)
            return
        self.done(said)

    def _show_problems(self, problems: FieldProblems) -> None:
        """Say what is wrong beside its field, or below where no field is meant."""
        errors = {name.removesuffix("_id"): text for name, text in problems.errors.items()}
        self.form.set_errors({name: text for name, text in errors.items() if name in self._names})
        others = [text for name, text in errors.items() if name not in self._names]
        if others:
            self.say("; ".join(others), warning=True)
