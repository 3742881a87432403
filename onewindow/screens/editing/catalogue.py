"""All records of one kind: find, sort, make, edit, archive, bring back."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Input

from onewindow import actions
from onewindow.desk.editing import changing
from onewindow.desk.editing.catalogue_rows import (
    NEWEST,
    OLDEST,
    Piece,
    RecordTable,
    Selection,
    TooManyToSort,
    pieces,
)
from onewindow.desk.editing.history_text import history_lines
from onewindow.desk.editing.parsing import shown_fields
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.session.reading import BesideReader
from onewindow.records.fields import Record
from onewindow.records.kinds import KINDS
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.box import open_over, rebound_of
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.store.changes import Change, record_of
from onewindow.store.history import history
from onewindow.store.problems import StoreProblem
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.table import Table
from onewindow.widgets.text_fields import TextField

_NEEDS_ROW = frozenset(
    {"record.open", "record.edit", "record.archive", "record.history", "record.copy", "record.copy_all"}
)
_REST_SECONDS = 0.1
"""How long the filter waits for the next letter."""


class Catalogue(TableScreen[int | None]):
    """Gives back a client's id when one is opened in the list of clients, else None."""

    DEFAULT_CSS = """
    Catalogue {
        & > TextField { display: none; background: $boost; }
        & > TextField.-open { display: block; }
    }
    """
    scope = "catalogue"
    tells_times = True

    class Read(Message):
        """A part of the rows has been read."""

        def __init__(self, selection: Selection, piece: Piece) -> None:
            super().__init__()
            self.selection = selection
            self.piece = piece

    class Failed(Message):
        """The rows could not be read."""

        def __init__(self, problem: StoreProblem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, session: Session, kind: str, client_id: int | None = None) -> None:
        """Show all records of a kind, of one client if one is named; few are sorted by name at first."""
        self._kind = KINDS[kind]
        order = NEWEST if self._kind.of_client else self._kind.title
        self._asked = Selection(kind, client_id, order=order)
        self._rows = RecordTable(session, self._asked)
        self._reader = BesideReader(session.store)
        self._sought: int | None = None
        columns = self._rows.columns
        table = Table(self._kind.plural, [c.title for c in columns], [c.column for c in columns])
        super().__init__(session, table)
        self.filter_box = TextField(FieldSpec("filter", "", hint="show rows that contain this"))

    def compose(self) -> ComposeResult:
        """The filter above the rows, the hints below."""
        yield self.filter_box
        yield self.table
        yield self.hint_bar

    def on_mount(self) -> None:
        """Read the rows, and listen to changes."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self.table.set_empty("Reading…")
        self._read(self._asked)

    def on_unmount(self) -> None:
        """Stop reading and listening."""
        self.session.listeners.remove(self.note_changes)
        self._reader.close()

    # what is shown

    @property
    def selection(self) -> Selection:
        """Which rows are wanted, and in which order; they may still be on their way."""
        return self._asked

    @property
    def is_complete(self) -> bool:
        """Whether all rows that are wanted have been read."""
        return self._rows.is_complete and self._rows.selection == self._asked

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Show what this or another process changed."""
        mine = [change.entity_id for change in changes if change.entity == self._kind.name]
        if not self._rows.note(mine) and mine:
            self._read(self.selection)
        else:
            self._show()

    def on_catalogue_read(self, message: Read) -> None:
        """Show another part of the rows."""
        if message.piece.first:
            self._rows.selection = message.selection
        self._rows.take(message.piece)
        self._show()

    def on_catalogue_failed(self, message: Failed) -> None:
        """Say what went wrong; too many rows to sort are shown by age."""
        if isinstance(message.problem, TooManyToSort):
            self._read(replace(self.selection, order=NEWEST))
        self.say(str(message.problem), warning=True)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter when the typing rests."""
        typed = event.value
        self.set_timer(
            _REST_SECONDS, lambda: self._filter_by(typed) if self.filter_box.raw == typed else None
        )

    def on_input_submitted(self) -> None:
        """Go into the rows that are left."""
        self._filter_by(self.filter_box.raw)
        self.table.focus()

    def _filter_by(self, typed: str) -> None:
        if typed != self.selection.contains:
            self._read(replace(self.selection, contains=typed))

    def _read(self, selection: Selection) -> None:
        session = self.session
        self._asked = selection
        self._reader.ask(
            lambda store: pieces(session, store, selection),
            lambda piece: self.post_message(self.Read(selection, piece)),
            lambda problem: self.post_message(self.Failed(problem)),
        )

    def _show(self) -> None:
        self.table.set_source(self._rows)
        if self._sought is not None and self.table.move_to_key(self._sought):
            self._sought = None
        self._show_title()
        self.show_hints()
        key = actions.usable_keys(actions.by_id("record.new"), self.scope, rebound_of(self))
        adds = f"{actions.key_label(key[0])} adds one." if key and self._kind.typed else ""
        none = (
            "No row contains this." if self.selection.contains else f"There are no {self._kind.plural} yet."
        )
        self.table.set_empty(*((none, adds) if self.is_complete else ("Reading…",)))

    def _show_title(self) -> None:
        chosen = self._rows.selection
        parts = [
            f"{self._rows.count}{'' if self.is_complete else ' and more'}",
            chosen.order_text,
        ]
        if chosen.client_id is not None:
            parts.append(f"of {naming.label(self.session, 'client', chosen.client_id)}")
        if chosen.archived:
            parts.append("archived ones too, marked a")
        if chosen.contains:
            parts.append(f"with “{chosen.contains}”")
        self.table.set_title(self._kind.plural, ", ".join(parts))

    # what is done

    def own_reason(self, action_id: str) -> str:
        """What the kind, or an empty list, does not allow."""
        if action_id == "record.new" and not self._kind.typed:
            return f"{self._kind.plural} are made by the program itself"
        if action_id in _NEEDS_ROW and not self._rows.count:
            return "no row is under the cursor"
        return ""

    def _new(self) -> None:
        form = RecordForm(self.session, self._kind.name, None, self.selection.client_id)
        open_over(self, form, self._saved)

    def _open(self) -> None:
        if self._kind.name == "client":
            self.dismiss(self._record().id)
        else:
            self._edit()

    def _edit(self) -> None:
        record = self._record()
        if self._kind.typed:
            form = RecordForm(self.session, record.kind, record, self.selection.client_id)
            open_over(self, form, self._saved)
        else:
            lines = [f"{label}: {text}" for label, text in shown_fields(self.session, record)]
            open_over(self, TextView(naming.called(self.session, record), lines))

    def _saved(self, record: Record | None) -> None:
        if record is not None:
            self._sought = record.id
            self._show()
            self.say_undoable(f"Saved {naming.called(self.session, record)}")

    def _archive(self) -> None:
        record = self._record()
        if record.archived_at is None:
            changing.archive(self.session, record)
            self.say_undoable(f"Archived {naming.called(self.session, record)}")
        else:
            changing.restore(self.session, record)
            self.say_undoable(f"Brought back {naming.called(self.session, record)}")

    def _history(self) -> None:
        record = self._record()
        lines = history_lines(self.session, history(self.session.store, record.kind, record.id))
        open_over(self, TextView(f"History: {naming.called(self.session, record)}", lines))

    def _copy(self) -> None:
        self.say_copied(naming.called(self.session, self._record()))

    def _copy_all(self) -> None:
        fields = shown_fields(self.session, self._record())
        self.say_copied("\n".join(f"{label}: {text}" for label, text in fields))

    def _view(self) -> None:
        self._read(replace(self.selection, archived=not self.selection.archived))

    def _filter(self) -> None:
        self.filter_box.add_class("-open")
        self.filter_box.focus()

    def _sort(self) -> None:
        orders = [NEWEST, OLDEST, *(c.attribute.name for c in self._rows.columns if c.attribute)]
        place = orders.index(self.selection.order)
        self._read(replace(self.selection, order=orders[(place + 1) % len(orders)]))

    def _back(self) -> None:
        """Out of the filter, out of what it left out, out of the screen."""
        if self.filter_box.has_class("-open"):
            self.filter_box.put("")
            self.filter_box.remove_class("-open")
            self._filter_by("")
            self.table.focus()
        else:
            self.dismiss(None)

    def _record(self) -> Record:
        key = self.table.cursor_key
        return record_of(self.session.store, self._kind.name, key if isinstance(key, int) else 0)

    routes: ClassVar = {
        "record.new": _new,
        "record.open": _open,
        "record.edit": _edit,
        "record.archive": _archive,
        "record.history": _history,
        "record.copy": _copy,
        "record.copy_all": _copy_all,
        "panel.view": _view,
        "catalogue.filter": _filter,
        "catalogue.sort": _sort,
    }
    BINDINGS = table_bindings(routes)
