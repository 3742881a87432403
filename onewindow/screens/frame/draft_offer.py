"""A draft that is offered again: marked in its field, so that what is typed never joins it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onewindow.screens.frame.box import Box
from onewindow.store.problems import StoreProblem
from onewindow.store.session.drafts import Draft
from onewindow.widgets.form import Form


def offer_told(restored: str, discard: str) -> str:
    """What may be done with the draft that stands in a box; `discard` is the key that throws it away."""
    return f"Draft of {restored}: typing begins anew, end goes on, {discard} discards."


def begun_again_message(restored: str, back: str) -> str:
    """That a draft was typed over and which key goes on with it."""
    return f"Your draft of {restored} is kept; {back} goes on with it."


NO_OTHER = "There is no other draft here."


def swapped_told(restored: str, kept: Draft | None, back: str) -> str:
    """Which draft stands in the box now, and what is kept beside it and how one comes back to that."""
    beside = f"; “{kept.words}” is kept, {back} goes back to it." if kept else "."
    return f"Your draft of {restored} is here{beside}"


class DraftOffer:
    """The offer of one box: what was typed over, and whether the person came to go on with it."""

    def __init__(self, box: Box[Any]) -> None:
        """Serve a box; nothing is offered yet."""
        self._box = box
        self.goes_on = False
        """Whether the person asked for the draft itself, so that typing goes on with it."""
        self.typed_over: Draft | None = None
        """The draft that stays as it is, until the person goes back to it."""

    def message(self, form: Form, restored: str) -> str:
        """What to say of a draft in a form, '' where there is none."""
        if not restored:
            return ""
        discard = self._box.key_of("form.discard")
        if form.is_offered:
            return offer_told(restored, discard)
        return f"Your draft of {restored} goes on here{f'; {discard} discards it' if discard else ''}."

    def go_on(self, form: Form) -> None:
        """Let typing go on with the draft: it was asked for."""
        self.goes_on = True
        form.accept_offer()

    def go_back(self, keep: Callable[[], Draft | None], take: Callable[[Draft], str]) -> bool:
        """Go on with the draft that was typed over; what was typed since stays a draft too.

        `keep` keeps what the box holds and gives it, `take` puts the other draft there and gives when that
        was typed; whether it did.
        """
        other = self.typed_over
        if other is None:
            self._box.say(NO_OTHER)
            return False
        try:
            self.typed_over = keep()
            restored = take(other)
        except StoreProblem as problem:
            self._box.say(str(problem), warning=True)
            return False
        self._box.say(swapped_told(restored, self.typed_over, self._box.key_of("form.draft")))
        return True

    def type_over(self, draft: Draft | None, restored: str) -> None:
        """Note the draft that was typed over, and say which key goes on with it."""
        self.typed_over = draft
        self._box.say(begun_again_message(restored, self._box.key_of("form.draft")))
