"""Answers heard on the telephone: a question at a time, and one key an answer."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult

from onewindow.desk.session.context import Session
from onewindow.desk.surveys.entry import SurveyEntry
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.desk.window.snapshot import ClientSnapshot
from onewindow.exchange.surveys.wording import LANGUAGES, scale_line
from onewindow.records.clients import Client, Contact
from onewindow.records.feedback import Survey, SurveyResponse
from onewindow.records.survey_questions import Question
from onewindow.screens.frame.box import Box, open_over
from onewindow.screens.frame.chooser import Chooser, Prompt
from onewindow.screens.frame.protocols import Window
from onewindow.store import surveys
from onewindow.store.problems import StoreProblem
from onewindow.text.clean import clean
from onewindow.widgets.hint_bar import ShownHint
from onewindow.widgets.text_lines import TextLines

_TEN = "t"
_KEYS = {**{str(mark): mark for mark in range(10)}, _TEN: 10}
"""The key of each mark; ten has no digit of its own, so its initial stands for it."""
_SKIP = frozenset({"space", "enter", "right"})


def ask_by_telephone(window: Window, snapshot: ClientSnapshot | None) -> None:
    """Let a survey be chosen, and ask the client on the screen its questions."""
    if snapshot is None:
        window.say("There is no client yet.", warning=True)
        return
    known = {str(survey.id): survey for survey in surveys.surveys(window.session.store)}
    if not known:
        window.say("There is no survey yet; “surveys” in the palette writes one.", warning=True)
        return

    def stored(response: SurveyResponse | None) -> None:
        if response is not None:
            more = "; a task follows the low mark" if response.task_id else ""
            window.say(f"The answers are stored{more}; u takes them back.")

    def chosen(survey_id: str | None) -> None:
        if survey_id is not None:
            person = snapshot.contacts[0] if snapshot.contacts else None
            box = SurveyAsking(window.session, known[survey_id], snapshot.client, person)
            window.host.push_screen(box, stored)

    options = [(number, survey.title) for number, survey in known.items()]
    window.host.push_screen(Chooser("Ask which survey?", options), chosen)


class SurveyAsking(Box[SurveyResponse | None]):
    """Gives back the stored response, or None when nothing was stored."""

    DEFAULT_CSS = """
    SurveyAsking > Vertical { padding: 0 1; }
    SurveyAsking TextLines { height: auto; max-height: 100%; }
    """

    def __init__(self, session: Session, survey: Survey, client: Client, person: Contact | None) -> None:
        """Ask somebody the questions of a survey, in their language where the survey has it."""
        super().__init__()
        self._entry = SurveyEntry(session, survey, client.id, person.id if person else None)
        self._who = person.name if person else client.name
        language = person.language if person else client.language
        self._language = language if language in LANGUAGES else "en"
        self._at = 0
        self._leaves = False
        self.text_lines = TextLines()
        self.text_lines.can_focus = False

    @property
    def title_text(self) -> str:
        """Which survey it is, and whom it is asked."""
        return f"{self._entry.survey.title} · {self._who}"

    def contents(self) -> ComposeResult:
        """The question and its keys."""
        yield self.text_lines

    def hints(self) -> list[ShownHint]:
        """The keys of answers stand with the question; here is how to leave."""
        return [ShownHint("s", "store"), ShownHint("esc", "leave"), ShownHint("?", "help")]

    def on_mount(self) -> None:
        """Show the first question."""
        super().on_mount()
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Take one key as an answer, or go on, back or away."""
        event.stop()
        leaves, self._leaves = self._leaves, False
        question = self._question
        if event.key in ("escape", "q"):
            self._leave(sure=leaves)
        elif event.key in ("left", "backspace"):
            self._go(-1)
        elif event.key in ("question_mark", "f1"):
            self._leaves = leaves
            self.say("The keys stand with the question: a key is an answer, s stores, esc leaves.")
        elif event.key == "s":
            self._store()
        elif question is None:
            self._say_more() if event.key == "n" else self._store() if event.key == "enter" else None
        elif question.reasons and event.key.isdigit() and event.key != "0":
            self._toggle(question, int(event.key))
        elif not question.is_scored and event.key == "n":
            self._ask_words(question)
        elif event.key in _SKIP:
            self._go(1)
        elif question.is_scored and event.key in _KEYS:
            self._take(question, str(_KEYS[event.key]))
        else:
            self.say("That key is no answer here; the keys stand above.", warning=True)

    @property
    def _question(self) -> Question | None:
        """The question on the screen, None behind the last one."""
        return self._entry.questions[self._at] if self._at < len(self._entry.questions) else None

    def _take(self, question: Question, said: str) -> None:
        try:
            self._entry.answer(question, said)
        except StoreProblem as problem:
            self.say(str(problem), warning=True)
            return
        self._go(1)

    def _toggle(self, question: Question, place: int) -> None:
        if place > len(question.reasons):
            self.say(f"There are {len(question.reasons)} reasons.", warning=True)
            return
        self._entry.toggle_reason(question.reasons[place - 1])
        self._show()

    def _ask_words(self, question: Question) -> None:
        def told(text: str | None) -> None:
            if text is not None:
                self._entry.answer(question, text)
                self._go(1)

        self._prompt(question.text_in(self._language), self._entry.given.get(question.number, ""), told)

    def _say_more(self) -> None:
        def told(text: str | None) -> None:
            if text is not None:
                self._store(text)

        self._prompt("What else they said", "", told)

    def _prompt(self, title: str, value: str, told: Callable[[str | None], None]) -> None:
        open_over(self, Prompt(title, "their words", value), told)

    def _go(self, by: int) -> None:
        self._at = max(0, min(len(self._entry.questions), self._at + by))
        self._show()

    def _leave(self, *, sure: bool) -> None:
        if sure or not (self._entry.given or self._entry.reasons):
            self.dismiss(None)
            return
        self._leaves = True
        self.say("Nothing is stored: s stores what was said, esc again throws it away.", warning=True)

    def _store(self, comment: str = "") -> None:
        try:
            response = self._entry.save(comment=comment)
        except FieldProblems as problems:
            self.say("; ".join(problems.errors.values()), warning=True)
        except StoreProblem as problem:
            self.say(str(problem), warning=True)
        else:
            self.dismiss(response)

    def _show(self) -> None:
        question, count = self._question, len(self._entry.questions)
        self.show_title(f"{min(self._at + 1, count)} of {count}")
        self.text_lines.set_lines(self._question_lines(question) if question else self._last_lines())

    def _question_lines(self, question: Question) -> list[str]:
        lines = [clean(question.text_in(self._language)), "", scale_line(question, self._language), ""]
        if question.is_scored:
            shown = [mark for mark in _KEYS.values() if question.lowest <= mark <= question.highest]
            keys = "  ".join(f"{_TEN}=10" if mark == 10 else str(mark) for mark in shown)
            lines.append(f"keys: {keys}")
        for place, code in enumerate(question.reasons, 1):
            lines.append(f"  {place} {'x' if code in self._entry.reasons else '·'} {clean(code)}")
        if not question.is_scored:
            lines.append("n writes their words")
        given = self._entry.given.get(question.number, "")
        lines += [f"answered: {clean(given)}"] if given else []
        return [*lines, "", "space no answer or next   ← question before"]

    def _last_lines(self) -> list[str]:
        lines = ["All questions were asked.", ""]
        for question in self._entry.questions:
            said = self._entry.given.get(question.number, "")
            codes = f" ({'; '.join(self._entry.reasons)})" if question.reasons and self._entry.reasons else ""
            lines.append(clean(f"{question.number}. {question.text}: {said or '–'}{codes}"))
        return [*lines, "", "enter store   n what else they said, then store   ← question before"]
