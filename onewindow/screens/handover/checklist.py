"""One handover: its checklist on one side, questions, terms and changes to the card on the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget

from onewindow.desk.editing.history_text import history_lines
from onewindow.desk.handover.as_text import handover_markdown
from onewindow.desk.handover.rows import check_row, part_rows
from onewindow.desk.handover.summary import read_handover
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.screen_stack import SHOWS, row_key, row_text
from onewindow.screens.frame.table_screen import table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.handover.actions import HandoverActions
from onewindow.screens.handover.handover_view import HandoverView
from onewindow.screens.messages.writing import MessageActions
from onewindow.store.changes import Change
from onewindow.store.history import history
from onewindow.store.problems import StoreProblem
from onewindow.widgets.moving import MOVES

_TICK_SECONDS = 20.0
_WIDTHS = [(0, "-narrow"), (130, "-wide")]


class HandoverScreen(HandoverView):
    """Gives back the id of the client whose window was asked for, else None."""

    DEFAULT_CSS = """
    HandoverScreen {
        layout: vertical;
        & > #head { height: 3; background: $panel; }
        & > #handover { height: 1fr; layout: vertical; }
        & > #handover > #checks { height: 12; }
        & > #handover > #parts { height: 1fr; }
        &.-wide > #handover { layout: horizontal; }
        &.-wide > #handover > #checks { width: 2fr; height: 1fr; }
        &.-wide > #handover > #parts { width: 3fr; height: 1fr; }
        &:ansi > #head { background: ansi_default; }
    }
    """
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    scope = "handover"
    tells_times = True
    verbs: ClassVar[Mapping[str, str]] = {
        "record.done": "accept, settle",
        "handover.decline": "return",
        "record.new": "ask sales",
        "record.open": "open",
        "handover.reply": "answer",
        "handover.acknowledge": "acknowledge",
        "message.write": "letter",
    }

    def __init__(self, session: Session, handover_id: int, queue: Sequence[int] = ()) -> None:
        """Show a handover; `queue` are the ids of those among which it stood, for next and previous."""
        super().__init__(session, handover_id)
        self._queue = tuple(queue) or (handover_id,)
        self._asked = HandoverActions(self)
        self._letters = MessageActions(
            self,
            session,
            lambda: (self.snapshot.client, None),
            lambda text, is_warning: self.say(text, warning=is_warning),
        )

    def compose(self) -> ComposeResult:
        """The head, checklist and parts, the hints."""
        yield self.head
        with Container(id="handover"):
            yield self.table
            yield self.parts
        yield self.hint_bar

    def on_mount(self) -> None:
        """Show what was read, and listen to changes and to the clock."""
        self.session.listeners.append(self.note_changes)
        self.set_interval(_TICK_SECONDS, self.reread)
        super().on_mount()
        self.show()

    def on_unmount(self) -> None:
        """Stop listening."""
        self.session.listeners.remove(self.note_changes)

    def on_descendant_focus(self) -> None:
        """Draw the keys that work on this side."""
        self.show_hints()

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Read again what changed of this client."""
        if any(change.client_id in (self.snapshot.client.id, None) for change in changes):
            self.reread()

    def open(self, handover_id: int) -> None:
        """Show another handover on this screen; raises NotFound."""
        self.snapshot = read_handover(self.session, handover_id)
        self.table.cursor = self.parts.cursor = 0
        self.table.focus()
        self.show()

    def position(self) -> dict[str, str]:
        """Which handover is shown, and the row of the checklist."""
        return {**super().position(), SHOWS: row_text(RecordKey("handover", self.snapshot.handover.id))}

    def restore(self, position: Mapping[str, str]) -> bool:
        """Show the handover that was shown."""
        key = row_key(position.get(SHOWS, ""))
        if isinstance(key, RecordKey) and key.id != self.snapshot.handover.id:
            try:
                self.open(key.id)
            except StoreProblem as problem:
                self.say(str(problem), warning=True)
                return False
        return super().restore(position)

    def own_reason(self, action_id: str) -> str:
        """Why an action can do nothing here and now, '' if it can."""
        if action_id in ("client.back", "client.forward") and len(self._queue) < 2:
            return "this is the only one of its list"
        return self._asked.reason(action_id)

    @property
    def first_focus(self) -> Widget:
        """The checklist."""
        return self.table

    def action_move(self, action_id: str) -> None:
        """Move on the side that has the keys."""
        MOVES[action_id](self.side)

    # what is done

    def _turn(self) -> None:
        (self.table if self.side is self.parts else self.parts).focus()

    def _new(self) -> None:
        self._asked.ask()

    def _new_other(self) -> None:
        self._asked.new_other()

    def _open(self) -> None:
        self._asked.open()

    def _edit(self) -> None:
        self._asked.edit()

    def _done(self) -> None:
        self._asked.done()

    def _decline(self) -> None:
        self._asked.decline()

    def _reply(self) -> None:
        self._asked.reply()

    def _acknowledge(self) -> None:
        self._asked.acknowledge()

    def _letter(self) -> None:
        self._letters.write()

    def _who_is_who(self) -> None:
        self.who_is_who()

    def who_is_who(self) -> None:
        """Write to the client whom to turn to from now on."""
        self._letters.who_is_who()

    def _why(self) -> None:
        open_over(self, TextView(f"Why: {self.snapshot.client.name}", self._asked.why_lines()))

    def _history(self) -> None:
        handover = self.snapshot.handover
        lines = history_lines(self.session, history(self.session.store, "handover", handover.id))
        open_over(self, TextView(f"History: {handover.deal}", lines))

    def _copy(self) -> None:
        key = self.side.cursor_key
        row = next((row for row in part_rows(self.session, self.snapshot) if row.key == key), None)
        if row is None and (line := self.line) is not None:
            row = check_row(0, line)
        self.say_copied(": ".join(cell.text for cell in row.cells) if row else self.snapshot.handover.deal)

    def _copy_all(self) -> None:
        self.say_copied(handover_markdown(self.session, self.snapshot))

    def _previous(self) -> None:
        self._step(-1)

    def _following(self) -> None:
        self._step(1)

    def _step(self, step: int) -> None:
        here = self.snapshot.handover.id
        place = self._queue.index(here) + step if here in self._queue else 0
        if not 0 <= place < len(self._queue):
            self.say("This is the last one." if step > 0 else "This is the first one.")
            return
        self.open(self._queue[place])

    def _client(self) -> None:
        self.dismiss(self.snapshot.client.id)

    routes: ClassVar = {
        "record.new": _new,
        "record.new_other": _new_other,
        "record.open": _open,
        "record.edit": _edit,
        "record.done": _done,
        "handover.decline": _decline,
        "handover.reply": _reply,
        "handover.acknowledge": _acknowledge,
        "record.why": _why,
        "record.history": _history,
        "record.copy": _copy,
        "record.copy_all": _copy_all,
        "client.back": _previous,
        "client.forward": _following,
        "panel.next": _turn,
        "panel.previous": _turn,
        "panel.left": _turn,
        "panel.right": _turn,
        "message.write": _letter,
        "message.who_is_who": _who_is_who,
        "handover.client": _client,
    }
    BINDINGS = table_bindings(routes)
