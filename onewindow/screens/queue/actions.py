"""What is done with a row of the day: done with it, put off, its client warned, the request taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from onewindow.desk.cadence import outreach
from onewindow.desk.editing import changing
from onewindow.desk.editing.done_words import done_text, quoted
from onewindow.desk.handover import decisions
from onewindow.desk.handover.acknowledging import acknowledge
from onewindow.desk.meetings import planning
from onewindow.desk.queue import snoozing
from onewindow.desk.queue.rows import called
from onewindow.desk.requests import advance_notice, handing_off, replies
from onewindow.desk.surveys import detractors, public_reviews
from onewindow.records.clients import Client, Promise
from onewindow.records.feedback import PublicReview, SurveyResponse
from onewindow.records.handover import Handover, HandoverItem
from onewindow.records.meetings import Meeting
from onewindow.records.requests import HandOff, Request, Task
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.questions import Answers, Questions
from onewindow.screens.frame.table_screen import TableScreen
from onewindow.store.problems import StoreProblem
from onewindow.widgets.field_spec import FieldSpec

if TYPE_CHECKING:
    from onewindow.desk.queue.today import TodayRow

_ONE_TEXT = "text"


class TodayActions:
    """Serves one screen; what came of an action is said in its hint line."""

    def __init__(self, screen: TableScreen[Any]) -> None:
        """Serve a screen."""
        self._screen = screen
        self._session = screen.session

    def done(self, row: TodayRow) -> None:
        """Resolve, answer, settle or tick the row; where words belong to it, they are asked for."""
        record, session = row.item.record, self._session
        if isinstance(record, Request):
            self._ask(
                f"Resolve {called(row)}",
                "what the client got",
                lambda text: replies.resolve_with(session, record, text),
                done_text(session, record),
            )
        elif isinstance(record, SurveyResponse):
            self._ask(
                called(row),
                "what the client was told",
                lambda text: detractors.answer(session, record, text),
                f"mark of {record.score}{self._of(row)} is answered",
            )
        elif isinstance(record, Task) and record.task_kind == detractors.TASK_KIND:
            self._ask(
                called(row),
                "what the client was told",
                lambda text: detractors.close(session, record, text),
                f"{quoted(record.title)}{self._of(row)} is answered",
            )
        elif isinstance(record, PublicReview):
            self._ask(
                called(row),
                "what was answered",
                lambda text: public_reviews.react(session, record, text),
                f"review {quoted(record.quote)}{self._of(row)} is answered",
            )
        elif isinstance(record, HandOff):
            self._settle(record, self._of(row))
        elif isinstance(record, Meeting):
            self._ask(
                called(row),
                "what came of it",
                lambda text: planning.held(session, record, text),
                done_text(session, record),
            )
        elif isinstance(record, Handover):
            raise StoreProblem("Enter opens it: look at what is missing before you accept it.")
        elif isinstance(record, HandoverItem):
            self._answer_or_settle(record, self._of(row))
        elif isinstance(record, Promise) and row.item.group == "handovers":
            acknowledge(session, record)
            self._said(f"promise {quoted(record.text)}{self._of(row)} is acknowledged")
        elif isinstance(record, Client) and row.item.group == "touches":
            self._ask(
                called(row),
                "what was said",
                lambda text: outreach.done(session, record, text),
                f"touch{self._of(row)} ({row.item.title.partition(':')[0]}) is noted",
            )
        else:
            self._said(done_text(session, changing.mark_done(session, record)))

    def _of(self, row: TodayRow) -> str:
        """` of Ромашка ООО`; '' for what belongs to no client."""
        return f" of {row.client.name}" if row.client else ""

    def _said(self, told: str) -> None:
        """Say what became of a row, and the key that takes it back."""
        self._screen.say_undoable(f"{told[:1].upper()}{told[1:]}")

    def _answer_or_settle(self, item: HandoverItem, of: str) -> None:
        session = self._session
        if item.state == "asked":
            self._ask(
                item.title,
                "answer",
                lambda text: decisions.answer(session, item, text),
                f"{quoted(item.title)}{of} is answered",
            )
        else:
            decisions.settle(session, item)
            self._said(f"{quoted(item.title)}{of} is settled")

    def _settle(self, part: HandOff, of: str) -> None:
        """What others gave me is ready, what I gave to others is confirmed or asked again."""
        session = self._session
        if part.state in ("asked", "accepted"):
            self._ask(
                part.what,
                "answer",
                lambda text: handing_off.move_on(session, part, "ready", text),
                f"{quoted(part.what)}{of} is ready",
            )
        elif part.state == "returned":
            self._ask(
                f"{part.department} returned it: {part.answer}",
                "ask again with",
                lambda text: handing_off.move_on(session, part, "asked", text),
                f"{quoted(part.what)}{of} is asked again",
            )
        else:
            handing_off.move_on(session, part, "confirmed")
            self._said(f"{quoted(part.what)}{of} is confirmed")

    def put_off(self, row: TodayRow) -> None:
        """Put the row off with a time and a reason, or bring it back."""
        if row.snooze is not None:
            snoozing.bring_back(self._session, row.snooze)
            self._said(f"back in the day: {called(row)}{self._of(row)}")
            return
        fields = (
            FieldSpec("till", "not before", required=True, hint="a day, an hour, or from now: +2h"),
            FieldSpec("reason", "why", required=True, hint="the reason, in a few words"),
        )

        def answered(answers: Answers) -> str:
            snoozing.put_off(self._session, row.item.record, answers["till"], answers["reason"])
            return f"put off: {called(row)}{self._of(row)}"

        self._questions(f"Put off: {called(row)}", fields, answered)

    def warn(self, request: Request) -> None:
        """Tell the client about a promised date, and set a new one with its reason."""
        fields = (
            FieldSpec("till", "new date", hint="empty: it holds", help="Typed as you say it: пт 15:00, +2d."),
            FieldSpec("reason", "why it moves", help="The client reads it."),
            FieldSpec(
                "text", "words to them", "long_text", help="Left empty, they are drafted from the above."
            ),
        )

        def answered(answers: Answers) -> str:
            term = advance_notice.new_date(self._session, answers["till"])
            reason = answers["reason"]
            words = answers["text"].strip() or advance_notice.draft(self._session, request, term, reason)
            advance_notice.warn(self._session, request, words, term, reason)
            return f"R-{request.number}: the client is told"

        self._questions(f"Warn the client: R-{request.number} {request.title}", fields, answered)

    def take(self, request: Request) -> None:
        """Become the one who works on it."""
        replies.take_over(self._session, request)
        self._said(f"yours: R-{request.number} {request.title}")

    def _ask(self, title: str, label: str, work: Callable[[str], object], told: str) -> None:
        """Ask for words in a box, and say `told` when the work is done with them."""

        def answered(answers: Answers) -> str:
            work(answers[_ONE_TEXT])
            return told

        self._questions(title, (FieldSpec(_ONE_TEXT, label),), answered)

    def _questions(
        self, title: str, fields: tuple[FieldSpec, ...], answered: Callable[[Answers], str]
    ) -> None:
        def closed(said: str | None) -> None:
            if said:
                self._said(said)

        open_over(self._screen, Questions(title, fields, answered), closed)
