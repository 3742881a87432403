"""The silence radar and the other alarms: who wants a look, the gravest first, each with its numbers."""

from __future__ import annotations

from itertools import islice
from typing import ClassVar
from zoneinfo import ZoneInfo

from onewindow.desk.alarms.ranked import ClientAlarm, alarms
from onewindow.desk.alarms.sources import explained
from onewindow.desk.health.alarm import KINDS
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.when import When
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.store.changes import Change
from onewindow.text.layout.cells import Cell, Column, Row
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

AT_MOST = 500
"""Rows read at once; the gravest come first."""
_HEADINGS = ("client", "owner", "alarm", "since", "what is seen")
_COLUMNS = (
    Column(min_width=16),
    Column(width=12, drop_priority=2),
    Column(width=15),
    Column(width=10, drop_priority=1),
    Column(min_width=30),
)
_NEEDS_ROW = frozenset({"record.open", "alarms.client", "record.why", "record.copy"})


class AlarmsScreen(TableScreen[int | None]):
    """Gives back the id of a client who was opened, else None. `f` goes through the kinds of alarms."""

    scope = "alarms"
    verbs: ClassVar = {"record.open": "open client", "panel.view": "mine/all"}

    def __init__(self, session: Session, kind: str = "") -> None:
        """Show the alarms of a kind, '' for all kinds: of my clients, or of all if I have none with one."""
        super().__init__(session, Table("alarms", _HEADINGS, _COLUMNS))
        self._kind = kind
        self._is_mine = True
        self._alarms: list[ClientAlarm] = []
        self._is_cut = False

    def on_mount(self) -> None:
        """Read the alarms and listen to changes."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self._reload()
        if not self._alarms:
            self._is_mine = False
            self._reload()

    def on_unmount(self) -> None:
        """Stop listening."""
        self.session.listeners.remove(self.note_changes)

    def note_changes(self, _: tuple[Change, ...]) -> None:
        """Read again: any change may end an alarm."""
        self._reload()

    def own_reason(self, action_id: str) -> str:
        """Some keys need a row."""
        return "no row is under the cursor" if action_id in _NEEDS_ROW and not self._alarms else ""

    def _reload(self) -> None:
        kinds = frozenset({self._kind}) if self._kind else frozenset[str]()
        owner = self.session.me.id if self._is_mine else None
        listed = list(islice(alarms(self.session, kinds, owner), AT_MOST + 1))
        self._alarms, self._is_cut = listed[:AT_MOST], len(listed) > AT_MOST
        moment = When(self.session.now(), ZoneInfo(self.session.zone), self.session.today())
        self.table.set_empty(
            "No alarm of that kind.",
            "Alarms come with time and changes; `w` on a client's card tells why there is none.",
        )
        self.table.set_source(ListSource([self._row(moment, listed) for listed in self._alarms]))
        what = KINDS[self._kind] if self._kind else "all kinds"
        whose = "my clients" if self._is_mine else "all clients"
        more = ", the gravest of more" if self._is_cut else ""
        self.table.set_title("alarms", f"{what}, {whose}: {len(self._alarms)}{more}")
        self.show_hints()

    def _row(self, moment: When, listed: ClientAlarm) -> Row:
        alarm = listed.alarm
        cells = (
            Cell(listed.client.name),
            Cell(self.session.directory.surname(listed.client.owner_id), "dim"),
            Cell(KINDS.get(alarm.kind, alarm.kind), "warn"),
            Cell(moment.day(alarm.since) if alarm.since else "", "dim"),
            Cell(alarm.text),
        )
        return Row((listed.client.id, alarm.kind), cells, "?")

    def _current(self) -> ClientAlarm:
        return self._alarms[self.table.cursor]

    def _open(self) -> None:
        self.dismiss(self._current().client.id)

    def _filter(self) -> None:
        kinds = ["", *KINDS]
        self._kind = kinds[(kinds.index(self._kind) + 1) % len(kinds)]
        self.table.cursor = 0
        self._reload()

    def _view(self) -> None:
        self._is_mine = not self._is_mine
        self._reload()

    def _why(self) -> None:
        client = self._current().client
        lines = explained(self.session.store, client, self.session.now())
        open_over(self, TextView(f"Why: {client.name}", lines))

    def _copy(self) -> None:
        listed = self._current()
        self.say_copied(f"{listed.client.name}: {listed.alarm.label}")

    routes: ClassVar = {
        "record.open": _open,
        "alarms.client": _open,
        "alarms.filter": _filter,
        "panel.view": _view,
        "record.why": _why,
        "record.copy": _copy,
    }
    BINDINGS = table_bindings(routes)
