"""Everything on a client's card, a field a row: people, consents, requisites, assets, private notes."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from onewindow.desk.editing import changing
from onewindow.desk.editing.history_text import history_lines
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.window.card_fields import CardField, card_fields
from onewindow.desk.window.snapshot import load_snapshot
from onewindow.records.fields import Record
from onewindow.records.kinds import KINDS
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.box import Box, copy_from, open_over
from onewindow.screens.frame.chooser import Chooser
from onewindow.screens.frame.text_view import TextView
from onewindow.store.changes import Change, record_of
from onewindow.store.history import history
from onewindow.store.problems import StoreProblem
from onewindow.text.layout.cells import Cell, Column, Row
from onewindow.widgets.bindings import bindings_of
from onewindow.widgets.moving import MOVE_KEYS, MOVES
from onewindow.widgets.row_list import RowList
from onewindow.widgets.rows import ListSource

_COLUMNS = (Column(width=16, drop_priority=1), Column(width=18), Column(min_width=30))
_KINDS = ("contact", "requisites", "consent", "contact_note", "asset", "workplace", "licence")
"""What can be added to a card."""
_KEYS = {
    **MOVE_KEYS,
    "app.back": "leave",
    "record.new": "new",
    "record.open": "edit",
    "record.edit": "edit",
    "record.archive": "archive",
    "record.copy": "copy",
    "record.history": "history",
    "edit.undo": "undo",
    "edit.redo": "redo",
}
"""Action id -> what it does here."""


class CardScreen(Box[None]):
    """The card at full length. Rows lead to the form of the record that they belong to."""

    DEFAULT_CSS = """
    CardScreen > Vertical { width: 96%; height: 92%; }
    """
    scope = "catalogue"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(_KEYS)

    def __init__(self, session: Session, client_id: int) -> None:
        """Show the card of one client."""
        super().__init__()
        self.session = session
        self.client_id = client_id
        self.fields: list[CardField] = []
        self._title = ""
        self.list = RowList(_COLUMNS)

    @property
    def title_text(self) -> str:
        """Whose card it is."""
        return self._title

    def contents(self) -> ComposeResult:
        """The list."""
        yield self.list

    def works(self, action_id: str) -> bool:
        """Only what is done with fields, and help."""
        return action_id in _KEYS or action_id == "app.help"

    def on_mount(self) -> None:
        """Read the card and listen to changes."""
        super().on_mount()
        self.session.listeners.append(self._note_changes)
        self._reload()
        self.list.focus()

    def on_unmount(self) -> None:
        """Stop listening."""
        self.session.listeners.remove(self._note_changes)

    def action_leave(self) -> None:
        """Back to the window."""
        self.dismiss(None)

    def action_move(self, action_id: str) -> None:
        """Move the cursor."""
        MOVES[action_id](self.list)

    def action_edit(self) -> None:
        """Edit the record that the row belongs to, beginning with its field."""
        field = self._field()
        if field is not None:
            # A wanted field may belong to a record that is still to be made.
            made = field.key.id
            record = record_of(self.session.store, field.key.kind, made) if made else None
            self._form(field.key.kind, record, field.field)

    def action_new(self) -> None:
        """Add somebody or something to the card."""

        def chosen(kind: str | None) -> None:
            if kind:
                self._form(kind, None, None)

        options = [(kind, KINDS[kind].display_name) for kind in _KINDS]
        open_over(self, Chooser("What to add to the card?", options), chosen)

    def action_archive(self) -> None:
        """Archive the record of the row; the client is archived from the list."""
        field = self._field()
        if field is None or not field.key.id:
            self.say("There is nothing to archive in this row.", warning=True)
        elif field.key.kind == "client":
            self.say("This row is the client; d in the list archives it.", warning=True)
        else:
            record = record_of(self.session.store, field.key.kind, field.key.id)
            self._do(lambda: changing.archive(self.session, record), self._undoable("Archived", record))

    def action_copy(self) -> None:
        """Copy the value of the row."""
        field = self._field()
        if field is not None:
            copy_from(self, field.value)
            self.say(f"Copied: {field.value}")

    def action_history(self) -> None:
        """Show who changed the record of the row, when and how."""
        field = self._field()
        if field is not None and field.key.id:
            lines = history_lines(self.session, history(self.session.store, field.key.kind, field.key.id))
            open_over(self, TextView(f"History: {field.section or field.label}", lines))

    def action_undo(self) -> None:
        """Take back my last change."""
        self._do(lambda: self.say(f"Undone: {self.session.said_of(self.session.undo())}"), "")

    def action_redo(self) -> None:
        """Make the change again."""
        self._do(lambda: self.say(f"Done again: {self.session.said_of(self.session.redo())}"), "")

    def on_row_list_row_opened(self, event: RowList.RowOpened) -> None:
        """Edit on a click or enter."""
        event.stop()
        self.action_edit()

    def _do(self, action: Callable[[], object], said: str) -> None:
        try:
            action()
        except StoreProblem as problem:
            self.say(str(problem), warning=True)
            return
        if said:
            self.say(said)

    def _form(self, kind: str, record: Record | None, focus: str | None) -> None:
        def closed(saved: Record | None) -> None:
            if saved is not None:
                self.say(self._undoable("Saved", saved))

        open_over(self, RecordForm(self.session, kind, record, self.client_id, focus=focus), closed)

    def _undoable(self, word: str, record: Record) -> str:
        return f"{word} {naming.called(self.session, record)}; {self.key_of('edit.undo')} takes it back."

    def _field(self) -> CardField | None:
        return self.fields[self.list.cursor] if self.fields else None

    def _note_changes(self, changes: tuple[Change, ...]) -> None:
        if any(change.client_id in (self.client_id, None) for change in changes):
            self._reload()

    def _reload(self) -> None:
        snapshot = load_snapshot(self.session, self.client_id)
        self.fields = card_fields(self.session, snapshot)
        self._title = f"{snapshot.client.name} · card"
        self.show_title()
        self.list.set_source(ListSource([self._row(field) for field in self.fields]))

    def _row(self, field: CardField) -> Row:
        """A field; the section is named on its first row only."""
        place = self.fields.index(field)
        above = self.fields[place - 1].section if place else ""
        section = "" if field.section == above else field.section
        value = "  ".join(part for part in (field.value, field.warning) if part)
        cells = (
            Cell(section.removeprefix("contact "), "title"),
            Cell(field.label, "dim"),
            Cell(value, "warn" if field.warning else ""),
        )
        return Row((field.key, field.label, field.field), cells, mark="?" if field.warning else " ")
