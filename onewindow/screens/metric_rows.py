"""The rows behind a number: each case that was counted, with its client and what it counted as."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.message import Message

from onewindow.desk.metrics.answers import Answer, FigureRow
from onewindow.desk.metrics.as_text import group_text
from onewindow.desk.metrics.behind import behind_group
from onewindow.desk.session.context import Session
from onewindow.desk.session.reading import BesideReader
from onewindow.desk.window.panels.view import RecordKey
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.store.engine import Store
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import short_day
from onewindow.text.layout.cells import Cell, Column, Row
from onewindow.widgets.table import Table

AT_MOST = 5000
"""Rows listed at once, the newest; `onewindow metrics NAME --behind` has all of them."""
_COLUMNS = (
    Column(width=9),
    Column(min_width=16),
    Column(width=28),
    Column(min_width=20, drop_priority=1),
    Column(width=16, drop_priority=2),
)


class MetricRows(TableScreen[Chosen | None]):
    """Gives back the client of the row that was opened, with its record; None for none."""

    scope = "metric_rows"
    verbs: ClassVar = {"record.open": "open client"}

    class Read(Message):
        """The rows, the newest first."""

        def __init__(self, rows: list[dict[str, object]]) -> None:
            super().__init__()
            self.rows = rows

    class Failed(Message):
        """They could not be read."""

        def __init__(self, problem: StoreProblem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, session: Session, answer: Answer, row: FigureRow | None) -> None:
        """Show what a metric counted, in all or of one of its groups."""
        super().__init__(session, Table("rows", ("on", "client", "counted as", "what", "of"), _COLUMNS))
        self._answer, self._row = answer, row
        self._rows: list[dict[str, object]] = []
        self._reader = BesideReader(session.store)
        self.is_complete = False

    def on_mount(self) -> None:
        """Read the rows beside the keys."""
        super().on_mount()
        self.table.set_title(self._what(), "reading …")
        self.table.set_empty("Reading…")
        session, answer, row = self.session, self._answer, self._row

        def read(store: Store) -> Iterator[list[dict[str, object]]]:
            yield behind_group(session, store, answer, row)

        self._reader.ask(
            read,
            lambda rows: self.post_message(self.Read(rows)),
            lambda problem: self.post_message(self.Failed(problem)),
        )

    def on_unmount(self) -> None:
        """Stop reading."""
        self._reader.close()

    def on_metric_rows_read(self, message: Read) -> None:
        """Show the rows."""
        self.is_complete = True
        self._rows = message.rows[:AT_MOST]
        today = self.session.today()
        self.table.show_rows(
            [
                Row(
                    place,
                    (
                        Cell(short_day(str(row["on"]), today) if row["on"] else ""),
                        Cell(str(row["client"])),
                        Cell(str(row["counted_as"])),
                        Cell(str(row["what"])),
                        Cell(str(row["label"]), "dim"),
                    ),
                )
                for place, row in enumerate(self._rows)
            ]
        )
        more = f", the newest {AT_MOST}" if len(message.rows) > AT_MOST else ""
        self.table.set_title(self._what(), f"{len(message.rows)} rows{more}")
        self.table.set_empty("Nothing was counted in this period.")
        self.show_hints()

    def on_metric_rows_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self.table.set_empty(str(message.problem))
        self.say(str(message.problem), warning=True)

    def own_reason(self, action_id: str) -> str:
        """Opening needs a row with a client."""
        if action_id in ("record.open", "metric_rows.client"):
            if not self._rows:
                return "no row is under the cursor"
            if not self._current()["client_id"]:
                return "this row is of no client"
        return ""

    def _what(self) -> str:
        of = f" of {group_text(self._row)}" if self._row is not None and self._row.group != "all" else ""
        return f"behind {self._answer.metric.label}{of}"

    def _current(self) -> dict[str, object]:
        return self._rows[self.table.cursor]

    def _open(self) -> None:
        row = self._current()
        key = RecordKey(str(row["kind"]), int(str(row["id"])))
        self.dismiss(Chosen(int(str(row["client_id"])), key))

    routes: ClassVar = {"record.open": _open, "metric_rows.client": _open}
    BINDINGS = table_bindings(routes)
