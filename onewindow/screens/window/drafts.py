"""What was typed and never saved: the forms that one can go on with."""

from __future__ import annotations

from time import monotonic
from typing import Any, cast

from textual.app import ComposeResult
from textual.screen import Screen

from onewindow.desk.editing import drafting
from onewindow.desk.editing.drafting import describe, pending_drafts
from onewindow.desk.editing.held_draft import HeldDraft, bring_back, last_thrown
from onewindow.desk.requests.line_entry import goes_on_in_form
from onewindow.desk.session.context import Session
from onewindow.keyboard import key_label, types_text
from onewindow.records.by_name import client_id_of
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.box import Box, app_of, open_over, rebound_of
from onewindow.screens.frame.key_table import KeyTable
from onewindow.screens.frame.navigation import go
from onewindow.screens.meetings.call import CallScreen
from onewindow.screens.requests.capture import CaptureScreen
from onewindow.store.problems import StoreProblem
from onewindow.store.session.drafts import Draft
from onewindow.widgets.bindings import bindings_of
from onewindow.widgets.moving import MOVE_KEYS, MOVES
from onewindow.widgets.row_list import RowList
from onewindow.widgets.rows import Cell, ListSource, Row

_LEADS_ON = frozenset({"go.find", "app.palette"})
"""Actions of the window that close the list: who looks for something did not ask for drafts."""
_ASIDE_SECONDS = 2.0
"""An answer that comes so soon behind a letter that means nothing here was typed for something else."""

__all__ = ["DraftsScreen", "form_of", "pending_drafts"]


def form_of(session: Session, draft: Draft) -> CaptureScreen | CallScreen | RecordForm | None:
    """The form or line that goes on with a draft; None for a question, or if its record is gone."""
    name = drafting.name_of(draft)
    if name is None:
        return None
    if name.kind == drafting.LINE and not goes_on_in_form(draft):
        return CaptureScreen(session, name.client_id, draft=draft)
    if name.kind == drafting.CALL and name.client_id is not None:
        return CallScreen(session, name.client_id, draft)
    record = drafting.record_of(session, name)
    if record is None and name.record_id is not None:
        return None
    client_id = name.client_id if record is None else client_id_of(record)
    return RecordForm(session, name.kind, record, client_id, draft=draft)


class DraftsScreen(Box[Draft | None]):
    """Lists the drafts: enter goes on with one, `d` throws it away, `u` brings the last one back.

    It closes itself after the last one, and gives back the draft of a question: that is asked where it stood.
    """

    DEFAULT_CSS = """
    DraftsScreen > Vertical { width: 90%; max-width: 104; }
    DraftsScreen RowList { height: auto; max-height: 16; }
    """
    BINDINGS = bindings_of(
        {
            **MOVE_KEYS,
            "drafts.open": "open",
            "drafts.discard": "discard",
            "drafts.undo": "undo",
            "app.back": "back",
        }
    )
    scope = "drafts"
    takes_ahead = False

    def __init__(self, session: Session, *, is_unasked: bool = False) -> None:
        """Show the drafts of this person; `is_unasked`: the program offers them by itself."""
        super().__init__()
        self._session = session
        self.is_unasked = is_unasked
        self._drafts: dict[int, Draft] = {}
        self._aside_till = 0.0
        """Till when keys belong to a word that was typed for something else, by the clock of events."""
        self.drafts = RowList(empty=("No draft is left.",))

    @property
    def title_text(self) -> str:
        """What they are."""
        return "Typed, but never saved"

    def contents(self) -> ComposeResult:
        """The list."""
        yield self.drafts

    def on_mount(self) -> None:
        """Read the drafts."""
        self.drafts.focus()
        self._read()

    def take_key(self, key: str) -> bool:
        """Search and find commands as in the window, and say of other letters that they do nothing here.

        What goes on with a draft or throws it away is passed over right behind such a letter.
        """
        answers = self._bindings.key_to_bindings.get(key)
        if answers is None:
            return self._take_other(key)
        is_answer = any(str(answer.id).startswith("drafts.") for answer in answers)
        if not is_answer or monotonic() >= self._aside_till:
            return False
        self._aside_till = 0.0
        self.say(
            f"{key_label(key)} came with letters that do nothing here; press it again if you mean the draft.",
            warning=True,
        )
        return True

    def _take_other(self, key: str) -> bool:
        action = KeyTable(rebound_of(self)).action("window", key)
        if action is not None and action.id in _LEADS_ON:
            window = app_of(self).screen_stack[0]
            self.dismiss(None)
            go(window, action.id)
            return True
        if not types_text(key):
            return False
        self._aside_till = monotonic() + _ASIDE_SECONDS
        self.say(
            f"{key_label(key)} does nothing in this list; {self.key_of('app.back')} leaves it for later.",
            warning=True,
        )
        return True

    def on_row_list_row_opened(self) -> None:
        """Go on with a draft that was double-clicked."""
        self.action_open()

    def action_move(self, action_id: str) -> None:
        """Move in the list."""
        MOVES[action_id](self.drafts)

    def action_open(self) -> None:
        """Go on with the draft under the cursor."""
        draft = self._current
        if draft is None:
            return
        form = form_of(self._session, draft)
        if form is not None:
            form.go_on()
            open_over(self, cast("Screen[Any]", form), self._come_back)
        elif drafting.name_of(draft) is None:
            self.dismiss(draft)

    def action_discard(self) -> None:
        """Throw the draft under the cursor away, until undo brings it back."""
        draft = self._current
        if draft is None:
            return
        try:
            HeldDraft(self._session, draft.form, draft=draft).throw_away()
            self._read()
        except StoreProblem as problem:
            self.say(str(problem), warning=True)
            return
        self.say(f"Thrown away: {draft.words}; {self.key_of('drafts.undo')} brings it back.")

    def action_undo(self) -> None:
        """Bring back what was thrown away last."""
        try:
            draft = last_thrown(self._session)
            if draft is None:
                self.say("No draft was thrown away.")
                return
            bring_back(self._session, draft)
            self._read()
        except StoreProblem as problem:
            self.say(str(problem), warning=True)
            return
        self.say(f"Back again: {draft.words}")

    def action_back(self) -> None:
        """Leave the drafts for another time."""
        self.dismiss(None)

    @property
    def _current(self) -> Draft | None:
        key = self.drafts.cursor_key
        return self._drafts.get(key) if isinstance(key, int) else None

    def _come_back(self, saved: object) -> None:  # noqa: ARG002  the list tells by itself what is left
        self._read_or_close()

    def _read_or_close(self) -> None:
        self._read()
        if not self._drafts:
            self.dismiss(None)

    def _read(self) -> None:
        self._drafts = {draft.id: draft for draft in pending_drafts(self._session)}
        rows = [Row(key, (Cell(describe(self._session, draft)),)) for key, draft in self._drafts.items()]
        self.drafts.set_source(ListSource(rows))
