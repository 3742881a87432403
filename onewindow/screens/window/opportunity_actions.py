"""What the keys of panel 5 do: take an idea, say that it was offered, decline it, win or lose it."""

from __future__ import annotations

from collections.abc import Callable

from onewindow.desk.opportunities import deciding, stages
from onewindow.desk.opportunities.suggesting import Suggested
from onewindow.desk.window.panels.view import RecordKey
from onewindow.metrics.opportunities.suppression import COOLDOWN_DAYS
from onewindow.records.feedback import Opportunity, OpportunityState
from onewindow.screens.frame.protocols import Window
from onewindow.screens.frame.questions import Answers, Questions
from onewindow.store.problems import StoreProblem
from onewindow.widgets.field_spec import FieldSpec

_HINTS = {
    "won": "what was agreed, and where",
    "lost": "the reason, in a few words",
    "dismissed": "the reason, in a few words",
}


class OpportunityActions:
    """Actions on the opportunity or suggestion under the cursor; `told` hears what was done."""

    def __init__(
        self,
        window: Window,
        current: Callable[[], Opportunity],
        suggestion: Callable[[], Suggested | None],
        told: Callable[[str], None],
    ) -> None:
        """Serve one window."""
        self._window, self._current, self._suggestion, self._told = window, current, suggestion, told

    def accept(self) -> None:
        """An idea or a suggestion becomes ours to offer."""
        self._move("accepted")

    def offer(self) -> None:
        """Say that it was offered."""
        self._move("offered")

    def decline(self) -> None:
        """An idea or a suggestion is dismissed, what was offered is lost; all with the reason."""
        suggested = self._suggestion()
        if suggested is not None:
            self._ask_of_suggestion(suggested)
            return
        opportunity = self._current()
        self._ask(opportunity, "dismissed" if opportunity.state in ("suggested", "accepted") else "lost")

    def won(self) -> None:
        """Ask what was agreed, and store it as won."""
        self._ask(self._current(), "won")

    def _move(self, state: OpportunityState) -> None:
        suggested = self._suggestion()
        if suggested is None:
            moved = stages.move(self._window.session, self._current(), state)
            self._told(f"{state}: {moved.title}")
            return
        moved = deciding.decide(self._window.session, suggested, state)
        self._window.show_record(RecordKey("opportunity", moved.id))
        mind = f" (mind: {suggested.reasons[0].text})" if suggested.reasons else ""
        self._told(f"{state}: {moved.title}{mind}")

    def _ask_of_suggestion(self, suggested: Suggested) -> None:
        def answered(answers: Answers) -> str:
            made = deciding.decide(self._window.session, suggested, "dismissed", answers["reason"])
            return f"declined: {made.title}, it comes again in {COOLDOWN_DAYS} days"

        self._open("dismissed", suggested.suggestion.title, answered)

    def _ask(self, opportunity: Opportunity, state: OpportunityState) -> None:
        against = stages.refusal(opportunity, state)
        if against:
            raise StoreProblem(f"“{opportunity.title}”: {against}.")

        def answered(answers: Answers) -> str:
            moved = stages.move(self._window.session, opportunity, state, answers["reason"])
            return f"{state}: {moved.title}"

        self._open(state, opportunity.title, answered)

    def _open(self, state: OpportunityState, title: str, answered: Callable[[Answers], str]) -> None:
        def closed(said: str | None) -> None:
            if said:
                self._told(said)

        label = "result" if state == "won" else "why"
        fields = (FieldSpec("reason", label, required=True, hint=_HINTS[state]),)
        self._window.host.push_screen(Questions(f"{state.capitalize()}: {title}", fields, answered), closed)
