"""What the keys of panel 5 do: take an idea, say that it was offered, decline it, win or lose it."""

from __future__ import annotations

from collections.abc import Callable

from onewindow.desk.opportunities import stages
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
    """Actions on the opportunity under the cursor; `told` hears what was done."""

    def __init__(
        self, window: Window, current: Callable[[], Opportunity], told: Callable[[str], None]
    ) -> None:
        """Serve one window."""
        self._window, self._current, self._told = window, current, told

    def accept(self) -> None:
        """An idea becomes ours to offer."""
        self._move("accepted")

    def offer(self) -> None:
        """Say that it was offered."""
        self._move("offered")

    def decline(self) -> None:
        """An idea is dismissed, what was offered is lost; both with the reason."""
        opportunity = self._current()
        self._ask(opportunity, "dismissed" if opportunity.state in ("suggested", "accepted") else "lost")

    def won(self) -> None:
        """Ask what was agreed, and store it as won."""
        self._ask(self._current(), "won")

    def _move(self, state: OpportunityState) -> None:
        moved = stages.move(self._window.session, self._current(), state)
        self._told(f"{state}: {moved.title}")

    def _ask(self, opportunity: Opportunity, state: OpportunityState) -> None:
        against = stages.refusal(opportunity, state)
        if against:
            raise StoreProblem(f"“{opportunity.title}”: {against}.")

        def answered(answers: Answers) -> str:
            moved = stages.move(self._window.session, opportunity, state, answers["reason"])
            return f"{state}: {moved.title}"

        def closed(said: str | None) -> None:
            if said:
                self._told(said)

        label = "result" if state == "won" else "why"
        fields = (FieldSpec("reason", label, required=True, hint=_HINTS[state]),)
        self._window.host.push_screen(
            Questions(f"{state.capitalize()}: {opportunity.title}", fields, answered), closed
        )
