"""The calendar of renewals: what ends within 90, 60 and 30 days, and what is done about each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from onewindow.desk.opportunities import renewals
from onewindow.desk.opportunities.renewals import Renewal
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey
from onewindow.metrics.opportunities.buying_triggers import RENEWAL_STEPS
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.table_screen import table_bindings
from onewindow.screens.opportunities.read_beside import ReadBeside
from onewindow.text.dates import short_day
from onewindow.text.layout.cells import Cell, Column, Row, Tone
from onewindow.text.money import format_money
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

_HEADINGS = ("ends", "", "client", "owner", "what", "worth", "state")
_COLUMNS = (
    Column(width=8),
    Column(width=10),
    Column(min_width=16),
    Column(width=10, drop_priority=1),
    Column(min_width=20),
    Column(width=13, align="right"),
    Column(width=12),
)
_TONES: dict[int, Tone] = {0: "late", 30: "warn", 60: "", 90: "dim"}


class RenewalsScreen(ReadBeside):
    """`f` goes through 90, 60 and 30 days, `v` turns to all clients, `enter` opens the client."""

    scope = "renewals"
    verbs: ClassVar = {"record.open": "open client", "panel.view": "mine/all"}
    rereads = frozenset({"opportunity", "licence", "document"})

    def __init__(self, session: Session) -> None:
        """Show what of my clients ends within 90 days."""
        super().__init__(session, Table("renewals", _HEADINGS, _COLUMNS))
        self._is_mine = True
        self._days = RENEWAL_STEPS[-1]
        self._rows: list[Renewal] = []

    def pieces(self, session: Session) -> Iterator[Any]:
        """All of it at once."""
        yield renewals.renewals(session, session.me.id if self._is_mine else None, self._days)

    def take(self, piece: Any) -> None:
        """Show what ends."""
        self._rows, self.is_complete = piece, True
        self.table.set_empty(f"Nothing ends within {self._days} days.")
        self.table.set_source(ListSource([self._row(one, place) for place, one in enumerate(self._rows)]))
        untouched = sum(not one.state for one in self._rows)
        whose = "my clients" if self._is_mine else "all clients"
        self.table.set_title(
            "renewals", f"within {self._days} days, {whose}: {len(self._rows)}, {untouched} with nothing done"
        )
        self.show_hints()

    def own_reason(self, action_id: str) -> str:
        """Opening needs a row."""
        needs_row = action_id in ("record.open", "record.copy")
        return "no row is under the cursor" if needs_row and not self._rows else ""

    # inside

    def _row(self, one: Renewal, place: int) -> Row:
        tone = _TONES[one.step]
        left = f"{-one.days} d late" if one.days < 0 else "today" if not one.days else f"in {one.days} d"
        cells = (
            Cell(short_day(one.ends_on, self.session.today())),
            Cell(left, tone),
            Cell(one.client.name),
            Cell(self.session.directory.surname(one.client.owner_id), "dim"),
            Cell(one.what),
            Cell("" if one.amount is None else format_money(one.amount, one.currency)),
            Cell(one.state or "nothing yet", "" if one.state else "warn"),
        )
        return Row((one.client.id, place), cells, "!" if one.days < 0 else "?" if one.step == 30 else " ")

    def _open(self) -> None:
        one = self._rows[self.table.cursor]
        kind = "opportunity" if one.opportunity_id else "suggestion_mark"
        self.dismiss(Chosen(one.client.id, RecordKey(kind, one.opportunity_id or 0)))

    def _filter(self) -> None:
        steps = RENEWAL_STEPS
        self._days = steps[steps.index(self._days) - 1]
        self.read()

    def _view(self) -> None:
        self._is_mine = not self._is_mine
        self.read()

    def _copy(self) -> None:
        one = self._rows[self.table.cursor]
        self.say_copied(f"{one.client.name}: {one.what} till {one.ends_on}")

    routes: ClassVar = {
        "record.open": _open,
        "renewals.filter": _filter,
        "panel.view": _view,
        "record.copy": _copy,
    }
    BINDINGS = table_bindings(routes)
