"""The column of clients: which filter and order it has, the list itself, where the cursor stands."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from onewindow.actions import main_key
from onewindow.desk.clients.client_list import COLUMNS
from onewindow.desk.clients.client_lists import ClientLists
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.store import rows
from onewindow.store.changes import Change
from onewindow.widgets.line_box import LineBox
from onewindow.widgets.row_list import RowList

_CONCERNS = frozenset(
    {
        *("client", "request", "promise", "touch", "licence", "survey_response", "contact", "staff"),
        *("policy", "calendar", "segment"),
    }
)


class ClientColumn(Vertical):
    """The list of clients under a line that names its filter and order."""

    def __init__(self, session: Session) -> None:
        """Begin with my own clients, or with all where I have none."""
        super().__init__(id="side")
        self.session = session
        self.lists = ClientLists(session)
        self.filters = LineBox(id="filters")
        self.clients = RowList(
            COLUMNS,
            id="clients",
            always_show_cursor=True,
        )
        self.position = LineBox(id="position")
        self._shown: int | None = None
        self._is_archived = False

    def compose(self) -> ComposeResult:
        """Lay out the three parts."""
        yield self.filters
        yield self.clients
        yield self.position

    def stand_on(self, client_id: int) -> None:
        """Put the cursor on the client who is shown; the last line says where that one is not listed."""
        self._shown = None if self.clients.move_to_key(client_id) else client_id
        self._is_archived = (
            self._shown is not None
            and rows.get(self.session.store, Client, client_id).archived_at is not None
        )
        self.show_lines()

    def reload(self) -> None:
        """Read the list again; the cursor stays on its client."""
        source = self.lists.source()
        self.clients.set_empty(*self._when_empty())
        self.clients.set_source(source)
        if self._shown is not None:
            self.stand_on(self._shown)
        self.show_lines()

    def _when_empty(self) -> tuple[str, ...]:
        rebound = self.session.settings.keys
        asked = ("record.new", "list.filter", "app.palette")
        adds, others, commands = (main_key(action_id, rebound) for action_id in asked)
        if self.lists.filter == "all":
            return (f"No clients yet: {adds} adds the first one, {commands} “import a file” brings many.",)
        return ("No client fits this filter.", f"{others} shows others, {adds} adds one.")

    def show_lines(self) -> None:
        """Draw filter, order and position."""
        self.filters.set_lines([[(self.lists.title(), "accent"), (f" by {self.lists.order}", "dim")]])
        marked = len(self.clients.marked_keys)
        text = self.clients.position_text + (f"  {marked} marked" if marked else "")
        if self._shown is not None:
            text += "  the open one is archived" if self._is_archived else "  the open one is not here"
        self.position.set_lines([[(text, "dim")]])

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Read again if the list may show what changed."""
        if any(change.entity in _CONCERNS for change in changes):
            self.reload()
