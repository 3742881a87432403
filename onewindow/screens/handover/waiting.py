"""Handovers from sales: what waits for a decision, then what sales owes, what went back, what is done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

from onewindow.desk.handover.listing import VIEWS, View, snapshots
from onewindow.desk.handover.report import report_lines
from onewindow.desk.handover.rows import COLUMNS, HEADINGS, list_row
from onewindow.desk.handover.summary import HandoverSnapshot
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey
from onewindow.desk.window.panels.when import when_at
from onewindow.metrics.handover.completeness import why
from onewindow.records.fields import Record
from onewindow.records.handover import Handover
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.handover.checklist import HandoverScreen
from onewindow.store.changes import Change
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

_TICK_SECONDS = 20.0
_YEAR_DAYS = 365
_REREAD = frozenset(
    {
        "handover",
        "handover_item",
        "handover_package",
        "promise",
        "client",
        "contact",
        "document",
        "requisites",
    }
)
_EMPTY: dict[View, str] = {
    "waiting": "No client waits. n types a handover; `onewindow handover import` takes a package from sales.",
    "owing": "Sales owes nothing, and every special term is acknowledged.",
    "returned": "Nothing is with sales.",
    "accepted": "No client was handed over yet.",
}


class HandoversScreen(TableScreen[Chosen | None]):
    """`f` changes the view, `enter` opens one, `n` types one, `w` says what is missing, `O` leaves."""

    scope = "handovers"
    tells_times = True
    verbs: ClassVar = {
        "record.open": "open",
        "record.new": "new",
        "handovers.mine": "mine/all",
        "panel.view": "report",
    }

    def __init__(self, session: Session) -> None:
        """Begin with what waits, my own if I have any."""
        super().__init__(session, Table("handovers", HEADINGS, COLUMNS))
        self.view: View = "waiting"
        self.is_mine = False
        self._snapshots: dict[int, HandoverSnapshot] = {}

    def on_mount(self) -> None:
        """Read, and listen to changes and to the clock."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self.set_interval(_TICK_SECONDS, self._read)
        self._read()

    def on_unmount(self) -> None:
        """Stop listening."""
        self.session.listeners.remove(self.note_changes)

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Read again if a handover, or what its checklist looks at, changed."""
        if any(change.entity in _REREAD for change in changes):
            self._read()

    def position(self) -> dict[str, str]:
        """Which view is shown, and the row under the cursor."""
        return {**super().position(), "view": self.view}

    def restore(self, position: Mapping[str, str]) -> bool:
        """Show the view that was shown."""
        for view in VIEWS:
            if view == position.get("view"):
                self.view = view
        self._read()
        return super().restore(position)

    def own_reason(self, action_id: str) -> str:
        """Some keys need a row."""
        needs_row = action_id in ("record.open", "record.why", "handovers.client")
        return "no row is under the cursor" if needs_row and not self._snapshots else ""

    # inside

    def _read(self) -> None:
        moment = when_at(self.session, self.session.now())
        listed = snapshots(self.session, self.view, mine=self.is_mine)
        self._snapshots = {snapshot.handover.id: snapshot for snapshot in listed}
        self.table.set_empty(_EMPTY[self.view])
        self.table.set_source(
            ListSource([list_row(self.session, moment, snapshot, self.view) for snapshot in listed])
        )
        whose = "mine" if self.is_mine else "everybody's"
        self.table.set_title(f"handovers: {self.view}", f"{len(listed)}, {whose}")
        self.show_hints()

    def _current(self) -> HandoverSnapshot | None:
        key = self.table.cursor_key
        return self._snapshots.get(key.id) if isinstance(key, RecordKey) else None

    def _open(self) -> None:
        if current := self._current():
            screen = HandoverScreen(self.session, current.handover.id, tuple(self._snapshots))
            open_over(self, screen, self._asked_for_client)

    def _asked_for_client(self, client_id: int | None) -> None:
        if client_id is not None:
            self.dismiss(Chosen(client_id, RecordKey("client", client_id)))

    def _new(self) -> None:
        def closed(saved: Record | None) -> None:
            if isinstance(saved, Handover):
                self.view = "waiting"
                self._read()
                open_over(self, HandoverScreen(self.session, saved.id), self._asked_for_client)

        open_over(self, RecordForm(self.session, "handover"), closed)

    def _why(self) -> None:
        if current := self._current():
            lines = [text for line in current.checklist.lines for text in (*why(line), "")]
            open_over(self, TextView(f"Why {current.checklist.percent} %: {current.client.name}", lines))

    def _report(self) -> None:
        today = self.session.today()
        lines = report_lines(self.session, today - timedelta(days=_YEAR_DAYS), today)
        open_over(self, TextView("How clients are handed over", lines))

    def _view_next(self) -> None:
        self.view = VIEWS[(VIEWS.index(self.view) + 1) % len(VIEWS)]
        self.table.cursor = 0
        self._read()

    def _mine_or_all(self) -> None:
        self.is_mine = not self.is_mine
        self._read()

    def _client(self) -> None:
        if current := self._current():
            self._asked_for_client(current.client.id)

    routes: ClassVar = {
        "record.open": _open,
        "record.new": _new,
        "record.why": _why,
        "handovers.view": _view_next,
        "handovers.mine": _mine_or_all,
        "handovers.client": _client,
        "panel.view": _report,
    }
    BINDINGS = table_bindings(routes)
