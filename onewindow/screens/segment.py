"""The clients of one saved segment, counted in a thread: a big file must not keep the keys waiting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.message import Message

from onewindow.desk.segments import membership
from onewindow.desk.segments.membership import saved
from onewindow.desk.session.context import Session
from onewindow.desk.session.reading import BesideReader
from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.clients import Client
from onewindow.records.fields import Record
from onewindow.records.organization import Segment
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.chooser import Chooser
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.lists_above import ListsAbove
from onewindow.screens.frame.protocols import Window
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.store import rows
from onewindow.store.engine import Store
from onewindow.store.problems import StoreProblem
from onewindow.text.layout.cells import Cell, Column, Row
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

_HEADINGS = ("client", "tier", "stage", "city", "owner")
_COLUMNS = (
    Column(min_width=20),
    Column(width=4),
    Column(width=10),
    Column(min_width=12, drop_priority=1),
    Column(min_width=12, drop_priority=2),
)
_SHOWN_AT_MOST = 500


def choose_segment(window: Window, above: ListsAbove) -> None:
    """Let a saved segment be chosen, and show its clients over the window."""
    segments = {str(segment.id): segment for segment in saved(window.session)}
    if not segments:
        window.say("No segment is saved yet; “new: segment” in the palette makes one.")
        return

    def chosen(segment_id: str | None) -> None:
        if segment_id is not None:
            above.show_queue(SegmentScreen(window.session, segments[segment_id]))

    options = [(number, f"{segment.name}   {segment.filter}") for number, segment in segments.items()]
    window.host.push_screen(Chooser("Which segment?", options), chosen)


class SegmentScreen(TableScreen[Chosen | None]):
    """`enter` or `O` opens a client, `e` edits the segment; the first clients are shown, all are counted."""

    scope = "segment"
    verbs: ClassVar = {"record.open": "open client", "record.edit": "edit segment"}

    class Read(Message):
        """The first clients are read, or all are counted; `question` is the number of the question."""

        def __init__(self, question: int, answer: list[Client] | int) -> None:
            super().__init__()
            self.question = question
            self.answer = answer

    class Failed(Message):
        """The filter cannot be read, or the file."""

        def __init__(self, problem: StoreProblem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, session: Session, segment: Segment) -> None:
        """Show a segment."""
        super().__init__(session, Table("segment", _HEADINGS, _COLUMNS))
        self.segment = segment
        self._reader = BesideReader(session.store)
        self._question = 0
        self._shown = 0

    def on_mount(self) -> None:
        """Begin to read."""
        super().on_mount()
        self._read()

    def on_unmount(self) -> None:
        """Stop reading."""
        self._reader.close()

    def own_reason(self, action_id: str) -> str:
        """Opening needs a client."""
        needs = action_id in ("record.open", "segment.client")
        return "no client is under the cursor" if needs and not self._shown else ""

    def on_segment_screen_read(self, message: Read) -> None:
        """Show what was read."""
        if message.question != self._question:
            return
        if isinstance(message.answer, int):
            more = f", the first {self._shown} are shown" if message.answer > self._shown else ""
            self.table.set_title(
                f"{self.segment.name}: {self.segment.filter}", f"{message.answer} clients{more}"
            )
            self.table.set_empty("Nobody is in this segment today.")
            return
        self._shown = len(message.answer)
        self.table.set_source(ListSource([self._row(client) for client in message.answer]))
        self.show_hints()

    def on_segment_screen_failed(self, message: Failed) -> None:
        """Say what is wrong; `e` mends the filter."""
        self.table.set_empty(str(message.problem))
        self.say(str(message.problem), warning=True)

    # inside

    def _read(self) -> None:
        self._question += 1
        question, session, words = self._question, self.session, self.segment.filter
        self.table.set_title(f"{self.segment.name}: {words}", "counting …")
        self.table.set_empty("Reading…")

        def loads(store: Store) -> Iterator[list[Client] | int]:
            beside = session.beside(store)
            ready = membership.ready(beside, words)
            yield membership.members(beside, ready, limit=_SHOWN_AT_MOST)
            yield membership.count(beside, ready)

        self._reader.ask(
            loads,
            lambda answer: self.post_message(self.Read(question, answer)),
            lambda problem: self.post_message(self.Failed(problem)),
        )

    def _row(self, client: Client) -> Row:
        return Row(
            client.id,
            (
                Cell(client.name),
                Cell(client.tier),
                Cell(client.stage, "dim"),
                Cell(client.city, "dim"),
                Cell(self.session.directory.surname(client.owner_id), "dim"),
            ),
        )

    def _client(self) -> None:
        key = self.table.cursor_key
        if isinstance(key, int):
            self.dismiss(Chosen(key, RecordKey("client", key)))

    def _edit(self) -> None:
        def closed(saved: Record | None) -> None:
            if saved is not None:
                self.segment = rows.get(self.session.store, Segment, self.segment.id)
                self._read()
                self.say_undoable("Saved")

        current = rows.get(self.session.store, Segment, self.segment.id)
        open_over(self, RecordForm(self.session, "segment", current, focus="filter"), closed)

    routes: ClassVar = {
        "record.open": _client,
        "segment.client": _client,
        "record.edit": _edit,
    }
    BINDINGS = table_bindings(routes)
