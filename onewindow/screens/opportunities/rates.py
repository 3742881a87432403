"""What came of each rule, which rules are better retired, and what the open opportunities will bring."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from onewindow.desk.opportunities import as_text, track_record
from onewindow.desk.opportunities.track_record import TriggerRecord
from onewindow.desk.session.context import Session
from onewindow.metrics.opportunities.forecast import Forecast
from onewindow.metrics.opportunities.triggers import TRIGGERS
from onewindow.records.structs import frozen_struct
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.table_screen import table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.opportunities.read_beside import ReadBeside
from onewindow.text.dates import short_day
from onewindow.text.layout.cells import Cell, Column, Row
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

_HEADINGS = ("rule", "shown", "won", "lost", "declined", "open", "won of shown", "won of closed", "")
_COLUMNS = (
    Column(min_width=20),
    *(Column(width=8, align="right", drop_priority=place) for place in (0, 0, 3, 2, 1)),
    Column(width=20),
    Column(width=20, drop_priority=4),
    Column(width=16),
)


@frozen_struct
class Outcomes:
    """What came of the rules, and what is expected."""

    records: list[TriggerRecord]
    forecast: list[Forecast]


class RatesScreen(ReadBeside):
    """`X` retires the rule under the cursor or wakes it, `enter` says what the rule looks at."""

    scope = "rates"
    verbs: ClassVar = {"record.open": "the rule", "rates.retire": "retire/wake"}
    rereads = frozenset({"opportunity", "retired_trigger", "suggestion_mark"})

    def __init__(self, session: Session) -> None:
        """Show all rules."""
        super().__init__(session, Table("rates", _HEADINGS, _COLUMNS))
        self._records: list[TriggerRecord] = []
        self._forecast: list[Forecast] = []

    def pieces(self, session: Session) -> Iterator[Any]:
        """All of it at once."""
        yield Outcomes(track_record.trigger_records(session), track_record.open_forecast(session))

    def take(self, piece: Any) -> None:
        """Show the rules, and the forecast above them."""
        self._records, self._forecast, self.is_complete = piece.records, piece.forecast, True
        self.table.set_source(ListSource([self._row(record) for record in self._records]))
        retiring = sum(record.is_to_retire for record in self._records)
        expected = ", ".join(as_text.expected_text(one) for one in self._forecast if not one.month)
        told = [f"expected {expected}"] if expected else []
        told += [f"{retiring} to retire"] if retiring else []
        self.table.set_title("win rates", "; ".join(told) or "nothing is open")
        self.show_hints()

    def own_reason(self, action_id: str) -> str:
        """Only rules of this program can be retired."""
        if not self._records:
            return "no row is under the cursor"
        is_rule = self._current().trigger in TRIGGERS
        return "" if is_rule or action_id != "rates.retire" else "this is no rule of the program"

    # inside

    def _row(self, record: TriggerRecord) -> Row:
        rate, retired = record.rate, record.retired
        note = f"retired {short_day(retired.retired_on, self.session.today())}" if retired else ""
        cells = (
            Cell(as_text.named(record.trigger) if record.trigger else "by hand"),
            *(Cell(str(count)) for count in (rate.shown, rate.won, rate.lost, rate.dismissed, rate.open)),
            Cell(as_text.share_text(rate.of_shown)),
            Cell(as_text.share_text(rate.of_closed), "dim"),
            Cell("to retire" if record.is_to_retire else note, "warn" if record.is_to_retire else "dim"),
        )
        return Row(record.trigger, cells, "?" if record.is_to_retire else " ", "dim" if retired else "")

    def _current(self) -> TriggerRecord:
        return self._records[self.table.cursor]

    def _open(self) -> None:
        record = self._current()
        rule = TRIGGERS.get(record.trigger)
        lines = [rule.says if rule else "Opportunities that no rule of this program suggested."]
        lines.append(track_record.numbers(record.rate))
        if record.retired is not None:
            lines.append(f"retired on {record.retired.retired_on}: {record.retired.reason}")
        lines += ["", "What the open ones bring, by how often such were won:"]
        lines += [
            f"{one.month or 'all months'}: {as_text.expected_text(one)}, of {one.n} open"
            for one in self._forecast
        ]
        title = as_text.named(record.trigger) if record.trigger else "by hand"
        open_over(self, TextView(title, lines))

    def _retire(self) -> None:
        record = self._current()
        if record.retired is not None:
            track_record.bring_back(self.session, record.trigger)
            self.say_undoable(f"The rule “{as_text.named(record.trigger)}” suggests again")
        else:
            retired = track_record.retire(self.session, record.trigger)
            self.say_undoable(f"Retired “{as_text.named(record.trigger)}”: {retired.reason}")

    routes: ClassVar = {"record.open": _open, "record.why": _open, "rates.retire": _retire}
    BINDINGS = table_bindings(routes)
