"""What a client said, in one line, from any screen; below it what was understood and similar features."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.message import Message

from onewindow.desk.requests.feedback_intake import FeedbackIntake, ReadFeedback, lines_of
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.session.reading import BesideReader
from onewindow.records.feedback import Feedback
from onewindow.screens.frame.questions import Answers, Questions
from onewindow.store.problems import StoreProblem
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.text_lines import TextLine, TextLines

_LINE = "line"
_HINT = "client «their words» #wish #product !3 @who %competitor v5.2 =1"
_LOOK_SECONDS = 0.1


class FeedbackLine(Questions):
    """Gives back what was kept, as a sentence; what was typed and not kept stays a draft."""

    DEFAULT_CSS = """
    FeedbackLine > Vertical { width: 96%; max-width: 116; }
    FeedbackLine TextLines { height: auto; max-height: 12; margin: 1 0 0 0; }
    """

    class Read(Message):
        """The line has been understood."""

        def __init__(self, read: ReadFeedback) -> None:
            super().__init__()
            self.read = read

    class Failed(Message):
        """The file could not be read."""

        def __init__(self, problem: StoreProblem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, session: Session, client_id: int | None = None) -> None:
        """Write down what the client on the screen said, or anybody whom the line names."""
        super().__init__(
            "what a client said",
            (FieldSpec(_LINE, "in one line", required=True, hint=_HINT),),
            self._keep,
        )
        self._intake = FeedbackIntake(session, client_id)
        self._reader = BesideReader(session.store)
        self._asked = ""
        self.kept: Feedback | None = None
        self.understood = TextLines()
        self.understood.can_focus = False

    def contents(self) -> ComposeResult:
        """The line, and what is understood of it."""
        yield from super().contents()
        yield self.understood

    def on_mount(self) -> None:
        """Look at the line as often as somebody types."""
        super().on_mount()
        self.set_interval(_LOOK_SECONDS, self._look)

    def on_unmount(self) -> None:
        """Stop reading."""
        super().on_unmount()
        self._reader.close()

    def on_feedback_line_read(self, message: Read) -> None:
        """Show what was understood, if it is still what is typed."""
        if message.read.text != self._asked:
            return
        understood = lines_of(message.read)
        self.understood.set_lines(
            [TextLine(text, label, "late" if label == "!" else "") for label, text in understood]
        )

    def on_feedback_line_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self.say(str(message.problem), warning=True)

    def _look(self) -> None:
        typed = self.form.values().get(_LINE, "").strip()
        if typed == self._asked:
            return
        self._asked = typed
        if not typed:
            self.understood.set_lines([])
            return
        self._reader.ask(
            lambda store: [self._intake.understand(typed, store)],
            lambda read: self.post_message(self.Read(read)),
            lambda problem: self.post_message(self.Failed(problem)),
        )

    def _keep(self, answers: Answers) -> str:
        self.kept = self._intake.save(self._intake.understand(answers[_LINE].strip()))
        return f"Saved «{naming.title_of(self.kept)}»"
