"""What to offer to whom: suggestions in one order, mine or everybody's, and what is not offered and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from onewindow.desk.opportunities import as_text, deciding, suggesting
from onewindow.desk.opportunities.suggesting import Suggested
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey
from onewindow.metrics.opportunities.suppression import COOLDOWN_DAYS
from onewindow.metrics.opportunities.triggers import TRIGGERS
from onewindow.records.feedback import OpportunityState
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.questions import Answers, Questions
from onewindow.screens.frame.table_screen import table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.opportunities.read_beside import ReadBeside
from onewindow.text.dates import short_day
from onewindow.text.layout.cells import Cell, Column, Row
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

AT_MOST = 500
"""Rows shown at once; the most promising come first."""
SEEN_ROWS = 30
"""So many of the first rows count as shown to whoever looks here."""
_HEADINGS = ("client", "owner", "what to offer", "worth", "till", "rule", "why")
_COLUMNS = (
    Column(min_width=14),
    Column(width=10, drop_priority=2),
    Column(min_width=26),
    Column(width=13, align="right"),
    Column(width=8),
    Column(width=14, drop_priority=1),
    Column(min_width=34),
)
_NEEDS_ROW = frozenset(
    {"record.open", "record.why", "record.copy", "suggestions.accept", "suggestions.offer"}
    | {"suggestions.decline"}
)


class SuggestionsScreen(ReadBeside):
    """`m` takes a row, `X` declines it, `f` goes through the rules, `v` through mine, all, not offered."""

    scope = "suggestions"
    verbs: ClassVar = {
        "record.open": "open client",
        "panel.view": "mine/all/not offered",
    }
    rereads = frozenset({"opportunity", "licence", "usage", "consent", "promise", "retired_trigger"})

    def __init__(self, session: Session, *, held_back: bool = False) -> None:
        """Show what to offer to my clients, or what is not offered to them."""
        super().__init__(session, Table("suggestions", _HEADINGS, _COLUMNS))
        self._is_held_back = held_back
        self._is_mine = True
        self._trigger = ""
        self._all: list[Suggested] = []
        self._rows: list[Suggested] = []

    def pieces(self, session: Session) -> Iterator[Any]:
        """How far the reading is, and at its end all suggestions."""
        owner_id = session.me.id if self._is_mine else None
        for step in suggesting.steps(session, owner_id):
            yield step
            if step.found is not None and not self._is_held_back:
                deciding.note_shown(session, [one for one in step.found if not one.reasons][:SEEN_ROWS])

    def take(self, piece: Any) -> None:
        """Say how far it is, or show what was found."""
        if piece.found is None:
            self.table.set_title(self._title, f"reading, {piece.done} of {piece.total} clients")
            return
        self._all, self.is_complete = piece.found, True
        self._show()

    def own_reason(self, action_id: str) -> str:
        """Most keys need a row; nothing is offered while something forbids it."""
        if action_id not in _NEEDS_ROW:
            return ""
        if not self._rows:
            return "no row is under the cursor"
        return deciding.refusal(self._current(), "offered") if action_id == "suggestions.offer" else ""

    # inside

    @property
    def _title(self) -> str:
        return "not offered, and why" if self._is_held_back else "suggestions"

    def _show(self) -> None:
        chosen = [
            one
            for one in self._all
            if one.is_suppressed == self._is_held_back
            and (not self._trigger or one.suggestion.trigger == self._trigger)
        ]
        self._rows = chosen[:AT_MOST]
        self.table.set_empty(
            "Nothing is held back." if self._is_held_back else "There is nothing to suggest now.",
            "The rules look at use, licences, wishes, orders, marks and what others own.",
        )
        self.table.set_source(ListSource([self._row(one) for one in self._rows]))
        rule = as_text.named(self._trigger) if self._trigger else "all rules"
        whose = "my clients" if self._is_mine else "all clients"
        more = f", the first {AT_MOST}" if len(chosen) > AT_MOST else ""
        self.table.set_title(self._title, f"{rule}, {whose}: {len(chosen)}{more}")
        self.show_hints()

    def _row(self, one: Suggested) -> Row:
        made, reasons = one.suggestion, as_text.reasons_text(self.session, one)
        cells = (
            Cell(one.client.name),
            Cell(self.session.directory.surname(one.client.owner_id), "dim"),
            Cell(made.title),
            Cell(as_text.amount_text(one)),
            Cell(short_day(made.window_till, self.session.today()), "dim"),
            Cell(as_text.named(made.trigger), "dim"),
            Cell(reasons or as_text.evidence_text(self.session, one), "warn" if reasons else ""),
        )
        return Row((one.client.id, one.id), cells, "?" if reasons else " ")

    def _current(self) -> Suggested:
        return self._rows[self.table.cursor]

    def _open(self) -> None:
        one = self._current()
        self.dismiss(Chosen(one.client.id, RecordKey(one.kind, one.id)))

    def _filter(self) -> None:
        names = ["", *TRIGGERS]
        self._trigger = names[(names.index(self._trigger) + 1) % len(names)]
        self.table.cursor = 0
        self._show()

    def _view(self) -> None:
        """Mine, all, mine that are not offered, all that are not offered, and again mine."""
        self._is_mine = not self._is_mine
        if self._is_mine:
            self._is_held_back = not self._is_held_back
        self.table.cursor = 0
        self.read()

    def _why(self) -> None:
        one = self._current()
        open_over(self, TextView(f"Why: {one.client.name}", as_text.why_lines(self.session, one)))

    def _copy(self) -> None:
        one = self._current()
        self.say_copied(f"{one.client.name}: {one.suggestion.title}, {one.suggestion.evidence}")

    def _accept(self) -> None:
        self._decide("accepted")

    def _offer(self) -> None:
        self._decide("offered")

    def _decide(self, state: OpportunityState) -> None:
        one = self._current()
        deciding.decide(self.session, one, state)
        mind = f" (mind: {one.reasons[0].text})" if one.reasons else ""
        self.say_undoable(f"{state.capitalize()}: {one.suggestion.title}, {one.client.name}{mind}")

    def _decline(self) -> None:
        one = self._current()

        def answered(answers: Answers) -> str:
            deciding.decide(self.session, one, "dismissed", answers["reason"])
            return f"Declined: {one.suggestion.title}, it comes again in {COOLDOWN_DAYS} days"

        def closed(said: str | None) -> None:
            if said:
                self.say_undoable(said)

        field = FieldSpec("reason", "why", required=True, hint="the reason, in a few words")
        open_over(self, Questions(f"Dismissed: {one.suggestion.title}", (field,), answered), closed)

    routes: ClassVar = {
        "record.open": _open,
        "suggestions.filter": _filter,
        "suggestions.accept": _accept,
        "suggestions.offer": _offer,
        "suggestions.decline": _decline,
        "panel.view": _view,
        "record.why": _why,
        "record.copy": _copy,
    }
    BINDINGS = table_bindings(routes)
