"""Reports over the requests of a period: one measure at a time, grouped, with n, intervals and bars."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from textual.message import Message

from onewindow.desk.reports import request_reports
from onewindow.desk.reports.measures import MEASURES
from onewindow.desk.reports.report_text import (
    amount_text,
    loss_lines,
    share_of_text,
    span_text,
    spread_text,
)
from onewindow.desk.reports.request_reports import GROUPS, PeriodMeasures, ReportRow
from onewindow.desk.session.context import Session
from onewindow.desk.session.reading import BesideReader
from onewindow.screens.frame.box import copy_from, open_over
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.store.changes import Change
from onewindow.store.problems import StoreProblem
from onewindow.text.layout.bars import level
from onewindow.text.layout.cells import Cell, Column, Row
from onewindow.widgets.glyphs import glyphs_of
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

PERIODS = {"30 days": 30, "90 days": 90, "year": 365, "2 years": 730}
_BAR = 20
_FIRST = next(iter(MEASURES))
_REREAD = frozenset({"request", "request_event", "policy", "calendar"})


class MetricsScreen(TableScreen[None]):
    """`v` changes the measure, `s` what a row is of, `f` the period; `enter` looks into a row by month."""

    scope = "metrics"
    verbs: ClassVar = {
        "record.open": "by month",
        "panel.view": "measure",
        "metrics.by": "group",
        "metrics.period": "period",
    }

    class Read(Message):
        """Some requests have been read; `question` is the number of the question that this answers."""

        def __init__(self, question: int, facts: PeriodMeasures, *, is_last: bool) -> None:
            super().__init__()
            self.question = question
            self.facts = facts
            self.is_last = is_last

    class Failed(Message):
        """The requests could not be read."""

        def __init__(self, problem: StoreProblem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, session: Session) -> None:
        """Report on the last year."""
        super().__init__(session, Table("metrics", *_layout(_FIRST)))
        self._measure, self._by, self._period = _FIRST, "person", "year"
        self._inside: ReportRow | None = None
        """The group that is looked into by month, None for all requests."""
        self._inside_by = ""
        self._facts = PeriodMeasures(session.today(), session.today())
        self._rows: list[ReportRow] = []
        self._reader = BesideReader(session.store)
        self._question = 0
        self.is_complete = False
        """Whether all requests of the period have been read."""

    def on_mount(self) -> None:
        """Begin to read, and listen to changes."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self._read()

    def on_unmount(self) -> None:
        """Stop reading and listening."""
        self.session.listeners.remove(self.note_changes)
        self._reader.close()

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Read again if a request or a rule of the clocks changed."""
        if any(change.entity in _REREAD for change in changes):
            self._read()

    # reading

    def _read(self) -> None:
        till = self.session.today()
        since = till - timedelta(days=PERIODS[self._period])
        self._question += 1
        question, session = self._question, self.session
        self.is_complete = False
        self._reader.ask(
            lambda store: request_reports.read_measures(session, store, since, till),
            lambda facts: self.post_message(self.Read(question, facts, is_last=facts.is_complete)),
            lambda problem: self.post_message(self.Failed(problem)),
        )
        self._show(since, till)

    def on_metrics_screen_read(self, message: Read) -> None:
        """Show how far the reading is, and the report once it is whole."""
        if message.question != self._question:
            return
        self._facts = message.facts
        self.is_complete = message.is_last
        self._show(self._facts.since, self._facts.till)

    def on_metrics_screen_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self.say(str(message.problem), warning=True)

    # what is shown

    def _show(self, since: date, till: date) -> None:
        label = MEASURES[self._measure].label
        title = f"{label} by {GROUPS[self._by]}"
        if self._inside is not None:
            title = f"{label} of {self._inside.label} by month"
        dates = span_text(since, till, self.session.today())
        if not self.is_complete:
            self.table.set_title("metrics", f"{title}, {dates}, read {self._facts.done} requests")
            self.table.set_empty("Reading…")
            return
        facts = self._facts.requests
        if self._inside is not None:
            key = self._inside.key
            facts = [
                request for request in facts if request_reports.group_of(request, self._inside_by) == key
            ]
            self._rows = request_reports.report(facts, self._measure, "month")
        else:
            self._rows = request_reports.report(facts, self._measure, self._by)
        if left_out := self._facts.left_out_text(self._measure, facts):
            dates = f"{dates}, {left_out}"
        headings, columns = _layout(self._measure)
        self.table.set_headings(headings, columns)
        is_ascii = glyphs_of(self).ascii
        top = max((row.times.median or 0 for row in self._rows), default=0)
        self.table.set_source(
            ListSource([_cells(row, self._measure, top, is_ascii=is_ascii) for row in self._rows])
        )
        self.table.set_title("metrics", f"{title}, {dates}, {len(facts)} requests")
        self.table.set_empty("No request of this period says anything of it; f takes another period.")
        self.show_hints()

    # what is done

    def own_reason(self, action_id: str) -> str:
        """A row that is a month already cannot be looked into."""
        if action_id == "record.open":
            if self._inside is not None or self._by == "month":
                return "these rows are months already"
            if not self._rows:
                return "no row is under the cursor"
        return ""

    def _open(self) -> None:
        self._inside, self._inside_by = self._rows[self.table.cursor], self._by
        self._again()

    def _measure_next(self) -> None:
        self._measure = _after(list(MEASURES), self._measure)
        self._again()

    def _by_next(self) -> None:
        self._inside = None
        self._by = _after(list(GROUPS), self._by)
        self._again()

    def _period_next(self) -> None:
        self._period = _after(list(PERIODS), self._period)
        self._read()

    def _why(self) -> None:
        measure = MEASURES[self._measure]
        lines = [f"{measure.label}: {measure.definition}", ""]
        lines += [
            "n: how many requests have such a time. 9 of 10 within: the 90th percentile.",
            "Behind each median and share stands the interval that holds the true one with 95 %;",
            "* marks groups of fewer than ten requests, which are too few to compare.",
        ]
        if self.is_complete and measure.explains_losses:
            lines += ["", "Answers and losses in this period:"]
            lines += loss_lines(request_reports.loss(self.session.store, self._facts.requests, self._measure))
        open_over(self, TextView("Why these numbers", lines))

    def _copy(self) -> None:
        lines = ["\t".join(_layout(self._measure)[0][:-1])]
        lines += [
            "\t".join(cell.text for cell in _cells(row, self._measure, 0).cells[:-1]) for row in self._rows
        ]
        copy_from(self, "\n".join(lines))
        self.say(f"Copied {len(self._rows)} rows, with tabs between the columns.")

    def _back(self) -> None:
        if self._inside is None:
            self.dismiss(None)
            return
        self._inside = None
        self._again()

    def _again(self) -> None:
        self.table.cursor = 0
        self._show(self._facts.since, self._facts.till)

    routes: ClassVar = {
        "record.open": _open,
        "panel.view": _measure_next,
        "metrics.by": _by_next,
        "metrics.period": _period_next,
        "record.why": _why,
        "record.copy_all": _copy,
    }
    BINDINGS = table_bindings(routes)


def _after(order: list[str], current: str) -> str:
    return order[(order.index(current) + 1) % len(order)]


def _layout(measure: str) -> tuple[tuple[str, ...], tuple[Column, ...]]:
    headings = ("", "n", "median", "95 %", "9 of 10 within", MEASURES[measure].share, "")
    columns = (
        Column(min_width=14),
        Column(width=5, align="right"),
        Column(width=9, align="right"),
        Column(width=21, align="right", drop_priority=2),
        Column(width=14, align="right", drop_priority=3),
        Column(width=22, align="right"),
        Column(width=_BAR, drop_priority=1),
    )
    return headings, columns


def _cells(row: ReportRow, measure: str, top: float, *, is_ascii: bool = False) -> Row:
    times = row.times
    relative = (times.median or 0) / top if top else 0.0
    height = times.within.value if times.within is not None else relative
    texts = (
        row.label + (" *" if times.is_few else ""),
        str(times.n),
        amount_text(measure, times.median),
        spread_text(measure, times),
        amount_text(measure, times.p90),
        share_of_text(times.within) if MEASURES[measure].share else "",
        level(height, _BAR, ascii=is_ascii),
    )
    return Row(row.key, tuple(Cell(text) for text in texts), style="dim" if times.is_few else "")
