"""Reports beside profit: who buys less, why clients left, referrals, campaigns, which action works."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

from textual.message import Message

from onewindow.desk.revenue.report_tables import REPORTS, ReportTable
from onewindow.desk.session.context import Session
from onewindow.desk.session.reading import BesideReader
from onewindow.desk.window.panels.view import RecordKey
from onewindow.screens.frame.box import copy_from, open_over
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.store.engine import Store
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import short_day
from onewindow.text.layout.cells import Cell, Column, Row
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

_DAYS = {"year": 365, "90 days": 90, "2 years": 730}
_WIDE = 14


class RevenueReportsScreen(TableScreen[Chosen | None]):
    """`v` changes the report, `f` the period, `enter` reads a row whole, `O` opens its client."""

    scope = "revenue_reports"
    verbs: ClassVar = {
        "panel.view": "report",
        "revenue_reports.period": "period",
        "record.open": "read",
        "revenue_reports.client": "open client",
    }

    class Read(Message):
        """A report is worked out; `question` is the number of the question."""

        def __init__(self, question: int, report: ReportTable) -> None:
            super().__init__()
            self.question = question
            self.report = report

    class Failed(Message):
        """It could not be worked out."""

        def __init__(self, problem: StoreProblem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, session: Session) -> None:
        """Show who buys less."""
        self._chosen = next(iter(REPORTS))
        super().__init__(session, Table("revenue_reports", ("",), (Column(min_width=_WIDE),)))
        self._period = next(iter(_DAYS))
        self.report: ReportTable | None = None
        """What is shown, None while it is being read."""
        self._reader = BesideReader(session.store)
        self._question = 0

    def on_mount(self) -> None:
        """Begin to read."""
        super().on_mount()
        self._read()

    def on_unmount(self) -> None:
        """Stop reading."""
        self._reader.close()

    def own_reason(self, action_id: str) -> str:
        """Reading and opening need a row, and opening one that is of a client."""
        needs_row = action_id in ("record.open", "revenue_reports.client", "record.why")
        if needs_row and (self.report is None or not self.report.lines):
            return "no row is under the cursor"
        if action_id == "revenue_reports.client" and self._client() is None:
            return "the rows of this report are of no client"
        if action_id == "revenue_reports.period" and self.report is not None and self.report.days:
            return f"this report has days of its own: {self.report.days}"
        return ""

    def on_revenue_reports_screen_read(self, message: Read) -> None:
        """Show what was worked out."""
        if message.question != self._question:
            return
        self.report = report = message.report
        # The first column names the row; of the others the last one is dropped first. None takes more room
        # than its widest text, so that long ones are read whole where there is room.
        texts = zip(report.columns, *(line.cells for line in report.lines), strict=True)
        columns = tuple(
            Column(
                min_width=_WIDE,
                drop_priority=len(report.columns) - place if place else 0,
                wanted=max(map(len, column)),
            )
            for place, column in enumerate(texts)
        )
        self.table.set_headings(report.columns, columns)
        self.table.set_source(
            ListSource(
                [
                    Row(place, tuple(Cell(text) for text in line.cells))
                    for place, line in enumerate(report.lines)
                ]
            )
        )
        self.table.set_title(self._chosen, f"{report.days or self._span()}, {len(report.lines)} rows")
        self.table.set_empty(report.empty)
        self.show_hints()

    def on_revenue_reports_screen_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self.table.set_empty(str(message.problem))
        self.say(str(message.problem), warning=True)

    # inside

    def _read(self) -> None:
        till = self.session.today()
        since = till - timedelta(days=_DAYS[self._period])
        self._question += 1
        question, session, made = self._question, self.session, REPORTS[self._chosen]
        self.report = None
        self.table.set_title(self._chosen, f"{self._span()}, reading …")
        self.table.set_empty("Reading…")
        self.table.set_source(ListSource([]))

        def loads(store: Store) -> Iterator[ReportTable]:
            yield made(session.beside(store), since, till)

        self._reader.ask(
            loads,
            lambda report: self.post_message(self.Read(question, report)),
            lambda problem: self.post_message(self.Failed(problem)),
        )

    def _span(self) -> str:
        today = self.session.today()
        since = today - timedelta(days=_DAYS[self._period])
        return f"{short_day(since.isoformat(), today)} – {short_day(today.isoformat(), today)}"

    def _client(self) -> int | None:
        if self.report is None or not self.report.lines:
            return None
        return self.report.lines[self.table.cursor].client_id

    def _next(self) -> None:
        names = list(REPORTS)
        self._chosen = names[(names.index(self._chosen) + 1) % len(names)]
        self.table.cursor = 0
        self._read()

    def _period_next(self) -> None:
        periods = list(_DAYS)
        self._period = periods[(periods.index(self._period) + 1) % len(periods)]
        self._read()

    def _open_client(self) -> None:
        if (client_id := self._client()) is not None:
            self.dismiss(Chosen(client_id, RecordKey("client", client_id)))

    def _show(self) -> None:
        if self.report is None:
            return
        line = self.report.lines[self.table.cursor]
        width = max(map(len, self.report.columns))
        lines = [
            f"{name:<{width}}  {text}" for name, text in zip(self.report.columns, line.cells, strict=True)
        ]
        open_over(self, TextView(line.cells[0], lines))

    def _why(self) -> None:
        if self.report is not None:
            notes = list(self.report.notes) or ["The documents say how it is worked out: docs/profit.md."]
            open_over(self, TextView(f"Why: {self._chosen}", notes))

    def _copy(self) -> None:
        if self.report is None:
            return
        lines = ["\t".join(self.report.columns), *("\t".join(line.cells) for line in self.report.lines)]
        copy_from(self, "\n".join(lines))
        self.say(f"Copied {len(self.report.lines)} rows, with tabs between the columns.")

    routes: ClassVar = {
        "panel.view": _next,
        "revenue_reports.period": _period_next,
        "record.open": _show,
        "revenue_reports.client": _open_client,
        "record.why": _why,
        "record.copy_all": _copy,
    }
    BINDINGS = table_bindings(routes)
