"""The outbox: drafts, what waits, what failed and why; queued, sent, edited and cancelled by one key each."""

from __future__ import annotations

from typing import ClassVar

from textual.message import Message as ToolkitMessage

from onewindow.desk.messages import sending
from onewindow.desk.outbox import drafting
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.sla.shown_zone import other_zone
from onewindow.records.fields import Record
from onewindow.records.messages import Message
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.store import outbox as outbox_store
from onewindow.store import rows
from onewindow.store.changes import Change
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import to_local
from onewindow.text.layout.cells import Cell, Column, Row, Tone
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

_HEADINGS = ("state", "when", "client", "by", "to", "subject or text", "what went wrong")
_COLUMNS = (
    Column(width=9),
    Column(width=11),
    Column(min_width=14),
    Column(width=9, drop_priority=1),
    Column(width=18, drop_priority=2),
    Column(min_width=16),
    Column(min_width=16, drop_priority=3),
)
_VIEWS = {"waiting": ("failed", "queued", "draft"), "sent": ("sent",), "cancelled": ("cancelled",)}
_TONES: dict[str, Tone] = {"failed": "late", "sent": "dim", "cancelled": "dim"}
_NEEDS_ROW = frozenset({"record.open", "record.edit", "record.done", "record.archive"})


class OutboxScreen(TableScreen[None]):
    """`x` queues a message, and sends one that is queued; `d` cancels, `e` edits, `enter` shows its tries."""

    scope = "outbox"
    tells_times = True
    verbs: ClassVar = {
        "record.done": "queue, send",
        "record.open": "read",
        "record.edit": "edit",
        "record.archive": "cancel",
        "panel.view": "view",
    }

    class Sent(ToolkitMessage):
        """A message was handed over, or not; `told` says what became of it."""

        def __init__(self, told: str, *, went_well: bool) -> None:
            super().__init__()
            self.told = told
            self.went_well = went_well

    def __init__(self, session: Session) -> None:
        """Show what waits."""
        super().__init__(session, Table("outbox", _HEADINGS, _COLUMNS))
        self._view = "waiting"
        self._messages: dict[int, Message] = {}

    def on_mount(self) -> None:
        """Read, and listen to changes."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self._read()

    def on_unmount(self) -> None:
        """Stop listening."""
        self.session.listeners.remove(self.note_changes)

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Read again if a message changed."""
        if any(change.entity == "message" for change in changes):
            self._read()

    def own_reason(self, action_id: str) -> str:
        """Why an action can do nothing now."""
        return "no row is under the cursor" if action_id in _NEEDS_ROW and not self._messages else ""

    def on_outbox_screen_sent(self, message: Sent) -> None:
        """Say what became of a message."""
        self._read()
        self.say(message.told, warning=not message.went_well)

    # inside

    def _read(self) -> None:
        store = self.session.store
        messages = [
            message for state in _VIEWS[self._view] for message in outbox_store.in_state(store, state)
        ]
        self._messages = {message.id: message for message in messages}
        self.table.set_source(ListSource([self._row(message) for message in messages]))
        self.table.set_title(f"outbox: {self._view}", f"{len(messages)}")
        self.show_hints()

    def _row(self, message: Message) -> Row:
        tone = _TONES.get(message.state, "")
        at = message.sent_at or message.queued_at or message.created_at
        return Row(
            message.id,
            (
                Cell(message.state, tone),
                Cell(f"{to_local(at, self.session.zone):%d.%m %H:%M}", "dim"),
                Cell(naming.label(self.session, "client", message.client_id)),
                Cell(message.channel, "dim"),
                Cell(message.recipient, "dim"),
                Cell(message.subject or message.text),
                Cell(message.error, tone),
            ),
            "!" if message.state == "failed" else " ",
        )

    def _current(self) -> Message:
        key = self.table.cursor_key
        if not isinstance(key, int) or key not in self._messages:
            raise StoreProblem("No row is under the cursor.")
        return rows.get(self.session.store, Message, key)

    def _open(self) -> None:
        message = self._current()
        session = self.session
        lines = [
            f"{message.state} {message.purpose} by {message.channel} to {message.recipient}",
            *([message.error] if message.error else []),
            "",
            *([message.subject, ""] if message.subject else []),
            *message.text.splitlines(),
        ]
        tries = outbox_store.tries(session.store, message.id)
        for attempt in tries:
            at = f"{to_local(attempt.started_at, session.zone):%d.%m.%Y %H:%M}"
            lines += [
                *([""] if attempt is tries[0] else []),
                f"try {attempt.number}, {at}, {attempt.carrier}, {attempt.login}:",
            ]
            lines.append(f"  {attempt.outcome} {attempt.answer}".rstrip())
        open_over(self, TextView(naming.title_of(message), lines))

    def _edit(self) -> None:
        message = self._current()

        def closed(saved: Record | None) -> None:
            if saved is not None:
                self.say_undoable("Saved")

        open_over(self, RecordForm(self.session, "message", message, message.client_id, focus="text"), closed)

    def _forward(self) -> None:
        """Queue a message; send one that is queued already."""
        message = self._current()
        if message.state != "queued":
            queued = drafting.queue(self.session, message)
            when = f"{to_local(queued.queued_at or '', self.session.zone):%d.%m %H:%M}"
            self.say_undoable(f"Queued for {when} {other_zone(self.session)}".rstrip())
            return
        self.say("Sending …")
        # A mail server may take its time, and keys must not wait for it.
        self.run_worker(lambda: self._send(message.id), thread=True)

    def _send(self, message_id: int) -> None:
        """Send one message on a connection of its own, in a thread."""
        session = self.session
        try:
            with session.store.another() as store:
                beside = session.beside(store)
                outcome = sending.send_now(beside, rows.get(store, Message, message_id))
        except StoreProblem as problem:
            self.post_message(self.Sent(str(problem), went_well=False))
            return
        sent = outcome.result == "sent"
        self.post_message(self.Sent("Sent." if sent else f"Not sent: {outcome.sentence}", went_well=sent))

    def _cancel(self) -> None:
        drafting.cancel(self.session, self._current())
        self.say_undoable("Cancelled")

    def _view_next(self) -> None:
        names = list(_VIEWS)
        self._view = names[(names.index(self._view) + 1) % len(names)]
        self._read()

    routes: ClassVar = {
        "record.open": _open,
        "record.edit": _edit,
        "record.done": _forward,
        "record.archive": _cancel,
        "panel.view": _view_next,
    }
    BINDINGS = table_bindings(routes)
