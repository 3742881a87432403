"""What keys do to a request, in its panel, on its own screen and in any other list.

The boxes that ask for words are loaded when they are asked for: the hint bar of the window, which asks for
reasons here, needs none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from onewindow.desk.requests import handing_off, replies
from onewindow.desk.session.context import Session
from onewindow.records.requests import CLOSED_STATUSES, HandOff, HandOffState, Request
from onewindow.screens.frame.box import open_over
from onewindow.store.problems import StoreProblem
from onewindow.store.requests import hand_offs

if TYPE_CHECKING:
    from onewindow.screens.frame.action_box import Question

_OPEN_ONLY = frozenset(
    f"request.{name}"
    for name in (
        *("reply", "take", "wait", "date", "hand_off", "assign", "decline", "split", "join", "no_answer"),
        "ask_a_lead",
    )
)


class RequestActions:
    """One method for each action `request.…`.

    `screen` lies under the boxes, `current` gives the request that is meant or None, `done` says a sentence.
    """

    def __init__(
        self,
        screen: Screen[Any],
        session: Session,
        current: Callable[[], Request | None],
        done: Callable[[str], None],
    ) -> None:
        """Serve one screen."""
        self._screen = screen
        self._session = session
        self._current = current
        self._done = done

    def reason(self, action_id: str) -> str:
        """Why an action can do nothing now, or an empty text."""
        request = self._current()
        if request is None:
            return "no request is under the cursor"
        if action_id in _OPEN_ONLY and request.status in CLOSED_STATUSES:
            return f"R-{request.number} is {request.status}"
        if action_id == "request.wait" and request.status == "waiting":
            return f"R-{request.number} waits for the client already"
        if action_id == "request.resume" and request.status not in (*CLOSED_STATUSES, "waiting"):
            return f"R-{request.number} is open already"
        if action_id == "request.lead_looked" and not request.needs_lead:
            return f"no lead was asked about R-{request.number}"
        return ""

    def _request(self) -> Request:
        request = self._current()
        if request is None:
            raise StoreProblem("No request is under the cursor.")
        return request

    def _ask(self, question: Callable[[Session, Request], Question]) -> None:
        self._open(question(self._session, self._request()))

    def _open(self, question: Question) -> None:
        from onewindow.screens.frame.action_box import ActionBox

        def closed(said: str | None) -> None:
            if said:
                self._done(said)

        open_over(self._screen, ActionBox(self._session, question), closed)

    def _text(
        self,
        verb: str,
        label: str,
        do: Callable[[Session, Request, str], object],
        done: str,
        needed: str = "",
    ) -> None:
        from onewindow.screens.requests.questions import one_text

        request = self._request()
        self._open(one_text(self._session, request, verb, label, do, done, needed=needed))

    # one key each

    def take(self) -> None:
        """Make the request mine; nothing is asked."""
        request = replies.take_over(self._session, self._request())
        self._done(f"R-{request.number} is yours")

    def reply(self) -> None:
        """Answer the client."""
        from onewindow.screens.requests.questions import reply

        self._ask(reply)

    def wait(self) -> None:
        """Wait for the client."""
        self._text("wait for the client", "for what", replies.wait_for_client, "Waiting:")

    def date(self) -> None:
        """Give the client a date, or move it."""
        from onewindow.screens.requests.questions import date

        self._ask(date)

    def hand_off(self) -> None:
        """Give a part to another side."""
        from onewindow.screens.requests.questions import hand_off

        self._ask(hand_off)

    def assign(self) -> None:
        """Give the request to somebody."""
        from onewindow.screens.requests.questions import assign

        self._ask(assign)

    def resume(self) -> None:
        """Go on after waiting, or open a closed request again."""
        self._text("open again", "why", replies.open_again, "Opened again:")

    def resolve(self) -> None:
        """Close with what the client got."""
        from onewindow.screens.requests.questions import resolve

        self._ask(resolve)

    def decline(self) -> None:
        """Say no with a reason."""
        needed = "write the reason; the client sees it."
        self._text("decline", "reason for the client", replies.decline_with, "Declined", needed)

    def split(self) -> None:
        """Make a part a request of its own."""
        from onewindow.screens.requests.questions import split

        self._ask(split)

    def join(self) -> None:
        """Merge or link."""
        from onewindow.screens.requests.questions import join

        self._ask(join)

    # by name

    def note(self) -> None:
        """Write an internal note."""
        self._text("internal note", "the client never sees", replies.note_down, "Noted on", "write the note.")

    def client_wrote(self) -> None:
        """Record what the client said."""
        needed = "write what the client said."
        self._text("the client said", "their words", replies.client_wrote, "Recorded in", needed)

    def no_answer(self) -> None:
        """Say that the last message needs no answer."""
        request = replies.no_answer_needed(self._session, self._request())
        self._done(f"No answer needed in R-{request.number}")

    def ask_a_lead(self) -> None:
        """Ask a lead to look."""
        needed = "say what a lead has to decide."
        self._text("ask a lead", "what to decide", replies.ask_lead, "A lead is asked about", needed)

    def lead_looked(self) -> None:
        """Say that a lead has looked."""
        self._text("a lead looked", "the answer", replies.lead_looked, "A lead looked at")

    def corrective_task(self) -> None:
        """Promise a corrective action."""
        from onewindow.screens.requests.questions import corrective_task

        self._ask(corrective_task)

    def hand_off_state(self) -> None:
        """Say how a hand-off stands: of several, the one is chosen first."""
        self._with_hand_off(self.move_hand_off)

    def told_client(self) -> None:
        """Record what the client was told of a hand-off."""
        self._with_hand_off(self.tell_client)

    def move_hand_off(self, part: HandOff) -> None:
        """Choose the next state of a hand-off, the usual one first, and ask what was said."""
        from onewindow.screens.frame.chooser import Chooser
        from onewindow.screens.requests.questions import move_hand_off

        states = handing_off.next_states(part)
        if not states:
            raise StoreProblem(f"This hand-off is {part.state}: nothing is left to do.")

        def chosen(word: str | None) -> None:
            state: HandOffState | None = next((known for known in states if known == word), None)
            if state is not None:
                self._open(move_hand_off(self._session, part, state))

        title = f"{part.department or part.target} is {part.state}; what now?"
        open_over(self._screen, Chooser(title, [(state, state) for state in states]), chosen)

    def tell_client(self, part: HandOff) -> None:
        """Ask what the client was told of a hand-off."""
        from onewindow.screens.requests.questions import tell_client

        self._open(tell_client(self._session, part))

    def _with_hand_off(self, do: Callable[[HandOff], None]) -> None:
        from onewindow.screens.frame.chooser import Chooser

        request = self._request()
        open_parts = hand_offs.open_of_request(self._session.store, request.id)
        if not open_parts:
            raise StoreProblem(f"R-{request.number} has no open hand-off.")
        if len(open_parts) == 1:
            do(open_parts[0])
            return

        def chosen(word: str | None) -> None:
            part = next((hand_off for hand_off in open_parts if str(hand_off.id) == word), None)
            if part is not None:
                do(part)

        options = [(str(part.id), f"{part.department}: {part.what}") for part in open_parts]
        open_over(self._screen, Chooser("Which hand-off?", options), chosen)
