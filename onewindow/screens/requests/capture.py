"""A request taken in one line, with a preview of what is understood; each part can be read in another way."""

from __future__ import annotations

import contextlib
from typing import ClassVar

from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Input

from onewindow.desk.editing.entries import Carried
from onewindow.desk.requests.intake import ParsedLine
from onewindow.desk.requests.intake_preview import PreviewLine, details_line, preview
from onewindow.desk.requests.line_entry import LineEntry
from onewindow.desk.requests.registering import Registered
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.session.reading import BesideReader
from onewindow.records.structs import frozen_struct
from onewindow.screens.frame.box import Box, say_behind, say_thrown, say_unkept
from onewindow.screens.frame.draft_offer import NO_OTHER, begun_again_message, offer_told, swapped_told
from onewindow.screens.frame.suspending import Held
from onewindow.store.changes import Change
from onewindow.store.problems import StoreProblem
from onewindow.store.session.drafts import Draft
from onewindow.widgets.bindings import bindings_of
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.row_list import RowList
from onewindow.widgets.rows import Cell, Column, ListSource, Row
from onewindow.widgets.text_fields import TextField
from onewindow.widgets.typing_rest import Rest

_COLUMNS = (
    Column(width=12),
    Column(min_width=22),
    Column(min_width=18, drop_priority=2),
    Column(width=8, drop_priority=1),
)
_HINT = "client, what is asked, !high, @colleague, #kind, by fri 14:00"


@frozen_struct
class Captured:
    """How the line ended: a request made, one opened that was there already, or the full form wanted."""

    made: Registered | None = None
    seconds: int = 0
    opened_id: int | None = None
    carried: Carried | None = None
    client_id: int | None = None


class CaptureScreen(Box[Captured | None]):
    """Gives back how the line ended, or None when the person left; what they typed then stays a draft."""

    DEFAULT_CSS = """
    CaptureScreen > Vertical { width: 96%; max-width: 116; }
    CaptureScreen TextField { background: $boost; }
    CaptureScreen RowList { height: auto; max-height: 14; }
    """
    BINDINGS = bindings_of(
        {
            "capture.save": "save",
            "capture.next": "turn(1)",
            "capture.previous": "turn(-1)",
            "capture.up": "move(-1)",
            "capture.down": "move(1)",
            "capture.form": "form",
            "capture.discard": "discard",
            "capture.draft": "older_draft",
            "capture.cancel": "cancel",
        }
    )
    AUTO_FOCUS = "TextField"
    scope: ClassVar[str] = "capture"

    class Read(Message):
        """The line has been understood."""

        def __init__(self, line: ParsedLine) -> None:
            super().__init__()
            self.line = line

    class Failed(Message):
        """The file could not be read."""

        def __init__(self, problem: StoreProblem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(
        self,
        session: Session,
        client_id: int | None = None,
        text: str = "",
        *,
        draft: Draft | None = None,
        is_pasted: bool = False,
    ) -> None:
        """Take a request of the client on the screen, or of anybody.

        `text` is what is typed already, or what was pasted before the line was open (`is_pasted`); `draft` is
        the one to go on with.
        """
        super().__init__()
        self._session = session
        self._client_id = client_id
        self._entry = LineEntry(session, client_id, text, draft=draft)
        self._is_pasted = is_pasted
        self._offered: str | None = None
        """The line of a draft or of a pasted text that is neither gone on with nor typed over yet."""
        self._goes_on = False
        self._typed_over: Draft | None = None
        self._reader = BesideReader(session.store)
        self._rest = Rest(self, self._keep)
        self._finished = False
        self._line: ParsedLine | None = None
        self._shown: list[PreviewLine] = []
        self.input = TextField(FieldSpec("line", "", hint=_HINT))
        self.input.take_more = self._take_details
        self.rows = RowList(_COLUMNS, always_show_cursor=True)
        self.rows.can_focus = False

    @property
    def title_text(self) -> str:
        """What it does, and for which client: the one whom the line names, else the one on the screen."""
        named = self._line.client if self._line is not None else None
        shown = (
            named.name if named is not None else naming.label(self._session, "client", self._entry.shown_id)
        )
        return "new request" + (f" for {shown}" if shown else "")

    def contents(self) -> ComposeResult:
        """The line above what is understood of it."""
        yield self.input
        yield self.rows

    def on_mount(self) -> None:
        """Go on with the draft, and listen to changes."""
        self._session.listeners.append(self.note_changes)
        self.input.put(self._entry.text)
        if self._entry.restored:
            self._offer_draft(self._entry.restored)
        elif self._is_pasted and self._entry.text:
            self._keep()
            self._offered = self._entry.text
            self.input.offer(self._accept)
            self.say("What was pasted before: typing puts it into the details, end goes on with it.")
        self._show(self._entry.understand())

    def go_on(self) -> None:
        """Go on with the draft: it was asked for."""
        self._goes_on, self._offered = True, None
        if self.is_mounted:
            self.input.put(self.input.raw)

    def works(self, action_id: str) -> bool:
        """An older draft is there to go back to once it was typed over."""
        return super().works(action_id) and (action_id != "capture.draft" or self._typed_over is not None)

    def _offer_draft(self, restored: str) -> None:
        """Mark the line of a draft, so that what is typed never glues itself to it."""
        discard = self.key_of("capture.discard")
        if self._goes_on or not self._entry.text:
            self.say(f"Your draft of {restored} goes on here; {discard} discards it.")
            return
        self._offered = self._entry.text
        self.input.offer(self._accept)
        self.say(offer_told(restored, discard))

    def _accept(self) -> None:
        self._offered = None

    def _take(self, typed: str) -> None:
        """Take what stands in the line now; typed over a draft that was offered, it begins another."""
        if self._offered is not None and typed != self._offered:
            before, self._offered = self._offered, None
            if typed.strip() and self._is_pasted:
                self._entry.details = "\n".join(part for part in (before, self._entry.details) if part)
            elif typed.strip():
                self._begin_again()
        self._entry.type(typed)

    def _begin_again(self) -> None:
        older, restored = self._entry.kept, self._entry.restored
        self._entry = LineEntry(self._session, self._client_id, is_fresh=True)
        self._typed_over = older
        self.say(begun_again_message(restored, self.key_of("capture.draft")))

    def action_older_draft(self) -> None:
        """Go on with the draft that was typed over; what was typed since stays a draft too."""
        older, back = self._typed_over, self.key_of("capture.draft")
        if older is None:
            self.say(NO_OTHER)
            return
        try:
            self._take(self.input.raw)
            self._entry.keep()
            self._typed_over = self._entry.kept
            self._entry = LineEntry(self._session, self._client_id, draft=older)
        except StoreProblem as problem:
            self.say(str(problem), warning=True)
            return
        self.say(swapped_told(self._entry.restored, self._typed_over, back))
        self.input.put(self._entry.text)
        self._show(self._entry.understand())

    def on_unmount(self) -> None:
        """Keep the draft of a line that was closed with the whole program."""
        self._session.listeners.remove(self.note_changes)
        self._reader.close()
        if not self._finished:
            with contextlib.suppress(StoreProblem):
                self._entry.keep()

    def note_changes(self, changes: tuple[Change, ...]) -> None:  # noqa: ARG002  any of them may matter
        """Understand the line again: a client or a request may have come."""
        self._entry.forget()
        self._ask()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Understand what is typed now, beside the screen, and keep it when it rests."""
        event.stop()
        if event.value == self._entry.text or self._finished:
            return
        self._take(event.value)
        self._rest.note()
        self._ask()

    def _take_details(self, text: str) -> None:
        """Take further lines of a text that was pasted: they are the details of the request."""
        if self._offered is not None and not self._is_pasted:
            self._offered = None
            self._begin_again()
        self._entry.add_details(text)
        self._rest.note()
        if self._line is not None:
            self._show(self._line)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Register."""
        event.stop()
        self.action_save()

    def on_capture_screen_read(self, message: Read) -> None:
        """Show what was understood, if it is still what is typed."""
        if message.line.text == self._entry.text:
            self._show(message.line)

    def on_capture_screen_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self.say(str(message.problem), warning=True)

    def on_row_list_row_highlighted(self, event: RowList.RowHighlighted) -> None:
        """Keep the moves in the preview from the window."""
        event.stop()

    def on_row_list_row_opened(self, event: RowList.RowOpened) -> None:
        """Turn a part that was double-clicked."""
        event.stop()
        self.action_turn(1)

    def action_move(self, step: int) -> None:
        """Move in the preview."""
        self.rows.cursor += step

    def action_turn(self, step: int) -> None:
        """Read the part under the cursor in another way."""
        line = self._current()
        here = self._under_cursor()
        if line is None or here is None:
            return
        if self._entry.turn(line, here.role, step):
            self._show(self._entry.understand())
        else:
            self.say("This part has no other reading; change the line itself.")

    def action_save(self) -> None:
        """Register the request, or open the one under the cursor that is open already."""
        here = self._under_cursor()
        if here is not None and here.request_id is not None:
            self._leave(Captured(opened_id=here.request_id))
            return
        line = self._current()
        if line is None:
            return
        seconds = self._entry.seconds
        try:
            made = self._entry.save(line)
        except StoreProblem as problem:
            self._show(line)
            self.say(str(problem), warning=True)
            return
        self._finished = True
        self.dismiss(Captured(made=made, seconds=seconds, client_id=made.request.client_id))

    def action_form(self) -> None:
        """Go on in the full form, with everything that was understood."""
        line = self._current()
        if line is None:
            return
        client_id = line.client.id if line.client else None
        try:
            carried = self._entry.carried(line)
        except StoreProblem as problem:
            self.say(str(problem), warning=True)
            return
        self._finished = True
        self.dismiss(Captured(carried=carried, client_id=client_id))

    def action_discard(self) -> None:
        """Throw away what was typed, and close; undo brings the draft back."""
        self._take(self.input.raw)
        try:
            self._entry.keep()
            thrown = self._entry.discard()
        except StoreProblem as problem:
            self.say(str(problem), warning=True)
            return
        self._finished = True
        say_thrown(self, thrown)
        self.dismiss(None)

    def action_cancel(self) -> None:
        """Leave; what was typed stays a draft."""
        self._leave(None)

    def hold(self) -> Held:
        """Keep the line as it is, because something more pressing has come."""
        self._take(self.input.raw)
        self._entry.keep()
        self._finished = True
        title = " ".join(self._entry.text.split()) or "new request"
        return Held(self._entry.form, title, {})

    def _leave(self, result: Captured | None) -> None:
        try:
            self._take(self.input.raw)
            if self._entry.leave():
                say_behind(self, "Draft kept: the same key goes on with it.")
        except StoreProblem as problem:
            say_unkept(self, problem)
        self._finished = True
        self.dismiss(result)

    def _current(self) -> ParsedLine | None:
        """The line as it is typed now, understood, with the last letter of who types fast."""
        self._take(self.input.raw)
        if self._line is not None and self._line.text == self._entry.text:
            return self._line
        try:
            return self._entry.understand()
        except StoreProblem as problem:
            self.say(str(problem), warning=True)
            return None

    def _under_cursor(self) -> PreviewLine | None:
        place = self.rows.cursor
        return self._shown[place] if place < len(self._shown) else None

    def _ask(self) -> None:
        self._reader.ask(
            lambda store: [self._entry.understand(store)],
            lambda line: self.post_message(self.Read(line)),
            lambda problem: self.post_message(self.Failed(problem)),
        )

    def _keep(self) -> None:
        # The timer may have gone off just before the line was registered: a draft would bring it back.
        if self._finished:
            return
        try:
            self._entry.keep()
        except StoreProblem as problem:
            self.say(str(problem), warning=True)

    def _show(self, line: ParsedLine) -> None:
        self._line = line
        self.show_title()
        self._shown = [*preview(self._session, line), *details_line(self._entry.details)]
        self.rows.set_source(ListSource([self._row(shown) for shown in self._shown]))

    def _row(self, shown: PreviewLine) -> Row:
        others = f"{shown.others} other{'s' if shown.others > 1 else ''}" if shown.others else ""
        cells = (
            Cell(shown.label, "dim"),
            Cell(shown.text, shown.tone),
            Cell(shown.why, "dim"),
            Cell(others, "dim"),
        )
        key = (shown.role, shown.request_id)
        return Row(key, cells, "!" if shown.tone == "warn" else "?" if shown.why.startswith("guess") else " ")
