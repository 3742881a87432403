"""One request on one screen: its head and clocks, the thread, what hangs on it, a key for every action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from onewindow.desk.editing import changing
from onewindow.desk.editing.done_words import done_text
from onewindow.desk.editing.history_text import history_lines
from onewindow.desk.requests import detail_view, details, thread_view
from onewindow.desk.requests.as_text import request_text
from onewindow.desk.requests.assignment import RequestSnapshot, read_request
from onewindow.desk.requests.replies import why_due
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.session.presence import Presence, onlookers_text
from onewindow.desk.sla.shown_zone import zone_note
from onewindow.desk.window.card import laid_out
from onewindow.desk.window.panels.view import RecordKey, tally
from onewindow.records.requests import HandOff, Request, Task
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.screen_stack import SHOWS, row_key, row_text
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.messages.routes import MESSAGE_ROUTES
from onewindow.screens.messages.writing import MessageActions
from onewindow.screens.requests.actions import RequestActions
from onewindow.screens.requests.routes import REQUEST_ROUTES
from onewindow.screens.requests.script import open_script
from onewindow.store.changes import Change, record_of
from onewindow.store.history import history
from onewindow.store.problems import StoreProblem
from onewindow.widgets.line_box import Line, LineBox
from onewindow.widgets.moving import MOVES
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table
from onewindow.widgets.text_lines import TextLine, TextLines

_TICK_SECONDS = 20.0
_LOOK_SECONDS = 1.0
"""How often it is looked who else has the request open."""
_WIDTHS = [(0, "-narrow"), (100, "-wide")]
_HEADINGS = ("how", "what", "stands")


class RequestScreen(TableScreen[int | None]):
    """Gives back the id of the client whose window was asked for, else None."""

    DEFAULT_CSS = """
    RequestScreen {
        layout: vertical;
        & > #head { height: auto; background: $panel; }
        & > #request { height: 1fr; layout: vertical; }
        & > #request > #thread-title { height: 1; }
        & > #request > #thread { height: 1fr; }
        & > #request > Table { height: auto; max-height: 40%; }
        &.-bare > #request > Table { display: none; }
        &:ansi > #head { background: ansi_default; }
    }
    """
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    scope = "request"
    verbs: ClassVar[Mapping[str, str]] = {
        "request.reply": "reply",
        "record.new": "note",
        "record.done": "resolve",
        "request.wait": "wait",
        "request.hand_off": "hand off",
        "client.forward": "next",
        "client.back": "previous",
    }

    def __init__(self, session: Session, request_id: int, queue: Sequence[int] = ()) -> None:
        """Show a request; `queue` are the ids of those among which it stood, for next and previous."""
        super().__init__(session, Table("belongs to it", _HEADINGS, detail_view.PART_COLUMNS))
        self.snapshot: RequestSnapshot = read_request(session, request_id)
        self._told = 0
        self._newest = 0
        """The line of the thread with which that begins which was said last."""
        self._queue = tuple(queue) or (request_id,)
        self.head = LineBox(id="head")
        self.thread_title = LineBox(id="thread-title")
        self.thread = TextLines(id="thread")
        self._presence = Presence(session)
        self._onlookers = ""
        """Who else has the request open, in words."""
        self.requests = RequestActions(self, session, lambda: self.snapshot.request, self.say_undoable)
        self.messages = MessageActions(
            self,
            session,
            lambda: (self.snapshot.client, self.snapshot.request),
            lambda text, is_warning: self.say(text, warning=is_warning),
        )

    def compose(self) -> ComposeResult:
        """The head, the thread with what hangs on the request below it, the hints."""
        yield self.head
        with Vertical(id="request"):
            yield self.thread_title
            yield self.thread
            yield self.table
        yield self.hint_bar

    def on_mount(self) -> None:
        """Show what was read, and listen to changes and to the clock."""
        self.session.listeners.append(self._note_changes)
        self.set_interval(_TICK_SECONDS, self._reread)
        self.set_interval(_LOOK_SECONDS, self._look_around)
        self._presence.open("request", self.snapshot.request.id)
        self._look_around()
        self._show()
        self.call_after_refresh(self._show_newest)

    def on_unmount(self) -> None:
        """Stop listening."""
        self.session.listeners.remove(self._note_changes)
        self._presence.close()

    def on_screen_resume(self) -> None:
        """No answer is being written any more once the box of it is gone."""
        self._presence.claim(False)

    def _look_around(self) -> None:
        """Show who else has the request open, and keep saying that this person has."""
        self._presence.tick()
        onlookers = onlookers_text(self.session, self._presence.others())
        if onlookers != self._onlookers:
            self._onlookers = onlookers
            self._show_thread_title()

    def on_resize(self) -> None:
        """Lay the head out again, and keep the newest words in sight."""
        self.call_after_refresh(self._show_head)
        self.call_after_refresh(self._show_newest)

    def on_text_lines_moved(self) -> None:
        """Show which part of the thread is seen."""
        self._show_thread_title()

    def on_descendant_focus(self) -> None:
        """Mark the title of the part that has the keys."""
        self._show_thread_title()

    # what is shown

    @property
    def first_focus(self) -> Widget:
        """The thread: what was said last is read first."""
        return self.thread

    def open(self, request_id: int) -> None:
        """Show another request on this screen; raises NotFound."""
        self.snapshot = read_request(self.session, request_id)
        self._presence.open("request", request_id)
        self.thread.focus()
        self._show()
        self._look_around()
        self.call_after_refresh(self._show_newest)

    def _note_changes(self, changes: tuple[Change, ...]) -> None:
        if any(change.client_id in (self.snapshot.client.id, None) for change in changes):
            grown = len(self.snapshot.events)
            self._reread()
            if len(self.snapshot.events) != grown:
                self.call_after_refresh(self._show_newest)

    def _reread(self) -> None:
        try:
            self.snapshot = read_request(self.session, self.snapshot.request.id)
        except StoreProblem as problem:
            self.say(str(problem), warning=True)
            return
        self._show()

    def _show(self) -> None:
        self._show_head()
        top = self.thread.top
        self.thread.set_lines(self._thread_lines())
        self.thread.top = top
        rows = detail_view.parts(self.session, self.snapshot)
        self.set_class(not rows, "-bare")
        self.table.set_source(ListSource(rows))
        self.table.set_title("belongs to it", self._counts())
        if not rows and self.table.has_focus:
            self.thread.focus()
        self._show_thread_title()
        self.show_hints()

    def _show_newest(self) -> None:
        """Show what was said last: whole if there is room, else from its beginning."""
        self.thread.show_line(self._newest)

    def _show_head(self) -> None:
        width = max(20, self.size.width - 2)
        lines: list[Line] = [
            [(span.text, span.tone) for span in laid_out(line, width)]
            for line in detail_view.head(self.session, self.snapshot, width)
        ]
        self.head.set_lines(lines)

    def _thread_lines(self) -> list[TextLine]:
        told = thread_view.thread(self.session, self.snapshot)
        self._told = len(told)
        entries = details.with_details(self.session, self.snapshot, told)
        said = [place for place, entry in enumerate(entries) if entry.moment and not entry.is_quiet]
        self._newest = said[-1] if said else 0
        return [TextLine(text, label, tone) for label, text, tone in thread_view.entry_lines(entries)]

    def _show_thread_title(self) -> None:
        focused = self.thread.has_focus
        told = ", ".join(filter(None, (str(self._told), zone_note(self.session))))
        words = f"thread ─ {told}  {self.thread.position_text}".rstrip()
        place = self._place_text()
        self.thread_title.set_lines(
            [[(words, "accent" if focused else "dim")]],
            right=[[(f"{self._onlookers}  ", "warn"), (f"{place} ", "dim")]],
        )
        self.thread_title.marked = focused

    def _place_text(self) -> str:
        if len(self._queue) < 2 or self.snapshot.request.id not in self._queue:
            return ""
        return f"{self._queue.index(self.snapshot.request.id) + 1} of {len(self._queue)}"

    def _counts(self) -> str:
        snapshot = self.snapshot
        return tally(
            (len(snapshot.hand_offs), "handed off"),
            (len(snapshot.linked) + len(snapshot.merged), "linked"),
            (len(snapshot.tasks), "task" if len(snapshot.tasks) == 1 else "tasks"),
        )

    def position(self) -> dict[str, str]:
        """Which request is shown, and the row of what belongs to it."""
        return {**super().position(), SHOWS: row_text(RecordKey("request", self.snapshot.request.id))}

    def restore(self, position: Mapping[str, str]) -> bool:
        """Show the request that was shown."""
        key = row_key(position.get(SHOWS, ""))
        if isinstance(key, RecordKey) and key.id != self.snapshot.request.id:
            try:
                self.open(key.id)
            except StoreProblem as problem:
                self.say(str(problem), warning=True)
                return False
        return super().restore(position)

    # what is done

    def own_reason(self, action_id: str) -> str:
        """Why an action can do nothing here and now, '' if it can."""
        if action_id in REQUEST_ROUTES:
            return self.requests.reason(action_id)
        if action_id in ("client.back", "client.forward") and len(self._queue) < 2:
            return "this is the only one of its list"
        if action_id == "record.open" and self._part() is None:
            return "tab to what belongs to it, and enter opens it"
        return ""

    def action_move(self, action_id: str) -> None:
        """Scroll the thread, or move in the rows."""
        place = self.table if self.table.has_focus else self.thread
        MOVES[action_id](place)

    def _reply(self) -> None:
        self._presence.claim(True)
        self.requests.reply()

    def _script(self) -> None:
        open_script(self, self.session, self.snapshot.request)

    def _note(self) -> None:
        self.requests.note()

    def _done(self) -> None:
        part = self._part()
        if isinstance(part, HandOff):
            self.requests.move_hand_off(part)
        elif isinstance(part, Task):
            told = done_text(self.session, changing.mark_done(self.session, part))
            self.say_undoable(f"{told[:1].upper()}{told[1:]}")
        else:
            self.requests.resolve()

    def _open(self) -> None:
        part = self._part()
        if isinstance(part, Request):
            self.open(part.id)
        elif isinstance(part, HandOff):
            self.requests.move_hand_off(part)
        elif part is not None:
            self._form(part)

    def _edit(self) -> None:
        self._form(self._part() or self.snapshot.request)

    def _form(self, record: Request | HandOff | Task) -> None:
        def closed(saved: object) -> None:
            if saved is not None:
                self.say_undoable(f"Saved {naming.title_of(record)}")

        lines = detail_view.promise_lines(self.session, self.snapshot)
        form = RecordForm(self.session, record.kind, record, record.client_id, promises=lines)
        open_over(self, form, closed)

    def _why(self) -> None:
        title, *lines = why_due(self.session, self.snapshot.request)
        open_over(self, TextView(f"Why: {title}", lines))

    def _history(self) -> None:
        record = self._part() or self.snapshot.request
        lines = history_lines(self.session, history(self.session.store, record.kind, record.id))
        open_over(self, TextView(f"History: {naming.title_of(record)}", lines))

    def _copy(self) -> None:
        self.say_copied(naming.title_of(self._part() or self.snapshot.request))

    def _copy_all(self) -> None:
        self.say_copied(request_text(self.session, self.snapshot))

    def _previous(self) -> None:
        self._step(-1)

    def _following(self) -> None:
        self._step(1)

    def _step(self, step: int) -> None:
        here = self.snapshot.request.id
        place = self._queue.index(here) + step if here in self._queue else 0
        if not 0 <= place < len(self._queue):
            self.say("This is the last one." if step > 0 else "This is the first one.")
            return
        self.open(self._queue[place])

    def _turn(self) -> None:
        rows = self.table.count and not self.table.has_focus
        (self.table if rows else self.thread).focus()

    def _client(self) -> None:
        self.dismiss(self.snapshot.client.id)

    def _part(self) -> Request | HandOff | Task | None:
        """The record under the cursor of what belongs to the request, while that has the keys."""
        key = self.table.cursor_key if self.table.has_focus else None
        if not isinstance(key, RecordKey):
            return None
        record = record_of(self.session.store, key.kind, key.id)
        return record if isinstance(record, Request | HandOff | Task) else None

    routes: ClassVar = {
        **REQUEST_ROUTES,
        **MESSAGE_ROUTES,
        "request.reply": _reply,
        "message.script": _script,
        "record.new": _note,
        "record.open": _open,
        "record.edit": _edit,
        "record.done": _done,
        "record.why": _why,
        "record.copy": _copy,
        "record.copy_all": _copy_all,
        "record.history": _history,
        "client.back": _previous,
        "client.forward": _following,
        "panel.next": _turn,
        "panel.previous": _turn,
        "panel.left": _turn,
        "panel.right": _turn,
        "request.client": _client,
    }
    BINDINGS = table_bindings(routes)
