"""What clients leave after the work for them: the most or least profitable first, by any group."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

from textual.message import Message

from onewindow.desk.revenue import profit_report
from onewindow.desk.revenue.profit_report import GROUPS, HEADINGS, By, ProfitFacts, ProfitRow
from onewindow.desk.revenue.profit_text import amount_text, margin_text, parts_lines, roi_text, share_bar
from onewindow.desk.session.context import Session
from onewindow.desk.session.reading import BesideReader
from onewindow.desk.window.panels.view import RecordKey
from onewindow.screens.frame.box import copy_from, open_over
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.store.changes import Change
from onewindow.store.engine import Store
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import short_day
from onewindow.text.layout.cells import Cell, Column, Row
from onewindow.widgets.glyphs import glyphs_of
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

_DAYS = {"year": 365, "90 days": 90, "2 years": 730}
_BAR = 12
_REREAD = frozenset({"revenue", "touch", "request", "exchange_rate", "staff"})
_COLUMNS = (
    Column(min_width=16),
    Column(width=4, align="right", drop_priority=5),
    Column(width=14, align="right"),
    Column(width=13, align="right", drop_priority=7),
    Column(width=12, align="right", drop_priority=2),
    Column(width=12, align="right", drop_priority=3),
    Column(width=12, align="right", drop_priority=1),
    Column(width=14, align="right"),
    Column(width=6, align="right"),
    Column(width=8, align="right", drop_priority=6),
    Column(width=_BAR, drop_priority=4),
)


class ProfitScreen(TableScreen[Chosen | None]):
    """`s` changes what a row is of, `v` turns the order, `f` changes the period, `enter` looks inside."""

    scope = "profit"
    verbs: ClassVar = {
        "record.open": "open",
        "panel.view": "best/worst",
        "profit.by": "group",
        "profit.period": "period",
    }

    class Read(Message):
        """What came in and went out is read; `question` is the number of the question."""

        def __init__(self, question: int, found: ProfitFacts) -> None:
            super().__init__()
            self.question = question
            self.found = found

    class Failed(Message):
        """It could not be read."""

        def __init__(self, problem: StoreProblem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, session: Session) -> None:
        """Show the clients of the last year."""
        super().__init__(session, Table("profit", _headings("client"), _COLUMNS))
        self._by: By = "client"
        self._period = next(iter(_DAYS))
        self._least = False
        self._inside: ProfitRow | None = None
        """The group whose clients are shown; None for all clients or all groups."""
        self._inside_by: By = "client"
        self._found: ProfitFacts | None = None
        self._rows: list[ProfitRow] = []
        self._reader = BesideReader(session.store)
        self._question = 0

    @property
    def is_complete(self) -> bool:
        """Whether everything of the period has been read."""
        return self._found is not None

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
        """Read again if money or time changed."""
        if any(change.entity in _REREAD for change in changes):
            self._read()

    def _read(self) -> None:
        till = self.session.today()
        since = till - timedelta(days=_DAYS[self._period])
        self._question += 1
        question, session, segments = self._question, self.session, "segment" in (self._by, self._inside_by)

        def loads(store: Store) -> Iterator[ProfitFacts]:
            yield profit_report.read_facts(session, store, since, till, with_segments=segments)

        self._reader.ask(
            loads,
            lambda found: self.post_message(self.Read(question, found)),
            lambda problem: self.post_message(self.Failed(problem)),
        )
        if self._found is None:
            self.table.set_title("profit", "reading …")
            self.table.set_empty("Reading…")

    def on_profit_screen_read(self, message: Read) -> None:
        """Show what was read."""
        if message.question == self._question:
            self._found = message.found
            self._show()

    def on_profit_screen_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self.table.set_empty(str(message.problem))
        self.say(str(message.problem), warning=True)

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        only = None
        if self._inside is not None:
            only = profit_report.members(found, self._inside_by, self._inside.label)
        by: By = "client" if self._inside is not None else self._by
        self._rows = profit_report.report(found, by, only, least=self._least)
        everything = profit_report.total(found, only)
        self.table.set_headings(_headings(by), _COLUMNS)
        top = max((abs(row.profit.contribution.total) for row in self._rows), default=0)
        ascii_only = glyphs_of(self).ascii
        cells = [
            _cells(found, row, by, top, place, is_ascii=ascii_only) for place, row in enumerate(self._rows)
        ]
        self.table.set_source(ListSource(cells))
        today = self.session.today()
        span = f"{short_day(found.since.isoformat(), today)} – {short_day(found.till.isoformat(), today)}"
        of = f" of {self._inside.label}" if self._inside is not None else ""
        order = "least first" if self._least else "most first"
        self.table.set_title(
            f"profit by {HEADINGS.get(by, by)}{of}",
            f"{amount_text(found, everything.contribution.total)} left of"
            f" {amount_text(found, everything.contribution.revenue)}, {order}, {span}",
        )
        self.table.set_empty("Nothing came in and nothing was spent in this period; f takes another one.")
        self.show_hints()

    # what is done

    def own_reason(self, action_id: str) -> str:
        """Opening needs a row with something inside."""
        if action_id == "record.open":
            if not self._rows:
                return "no row is under the cursor"
            if self._inside is None and self._by in ("work", "month"):
                return "a row of this grouping has no clients of its own"
        if action_id == "record.why" and not self._rows:
            return "no row is under the cursor"
        return ""

    def _open(self) -> None:
        row = self._rows[self.table.cursor]
        if row.client is not None:
            self.dismiss(Chosen(row.client.id, RecordKey("client", row.client.id)))
            return
        self._inside, self._inside_by = row, self._by
        self._anew()

    def _by_next(self) -> None:
        self._inside = None
        self._by = GROUPS[(GROUPS.index(self._by) + 1) % len(GROUPS)]
        if self._by == "segment":
            self._found = None
            self._read()
        else:
            self._anew()

    def _turn(self) -> None:
        self._least = not self._least
        self._anew()

    def _period_next(self) -> None:
        periods = list(_DAYS)
        self._period = periods[(periods.index(self._period) + 1) % len(periods)]
        self._read()

    def _why(self) -> None:
        if self._found is None:
            return
        row = self._rows[self.table.cursor]
        open_over(self, TextView(f"Profit: {row.label}", parts_lines(self._found, row)))

    def _copy(self) -> None:
        by: By = "client" if self._inside is not None else self._by
        lines = ["\t".join(_headings(by)[:-1])]
        if self._found is not None:
            lines += [
                "\t".join(cell.text for cell in _cells(self._found, row, by, 0, 0).cells[:-1])
                for row in self._rows
            ]
        copy_from(self, "\n".join(lines))
        self.say(f"Copied {len(self._rows)} rows, with tabs between the columns.")

    def _back(self) -> None:
        if self._inside is None:
            self.dismiss(None)
            return
        self._inside = None
        self._anew()

    def _anew(self) -> None:
        self._show()
        # Behind it: the table keeps its cursor on the same client, who may be the last one now.
        self.table.cursor = 0

    routes: ClassVar = {
        "record.open": _open,
        "panel.view": _turn,
        "profit.by": _by_next,
        "profit.period": _period_next,
        "record.why": _why,
        "record.copy_all": _copy,
    }
    BINDINGS = table_bindings(routes)


def _headings(by: By) -> tuple[str, ...]:
    first = HEADINGS.get(by, by)
    return (first, "n", "revenue", "work", "gifts", "discounts", "costs", "left", "margin", "ROI", "")


def _cells(
    found: ProfitFacts, row: ProfitRow, by: By, top: int, place: int, *, is_ascii: bool = False
) -> Row:
    profit, parts = row.profit, row.profit.contribution
    is_loss = parts.total < 0
    few = " *" if by != "client" and profit.is_few else ""
    uncounted = " +" if profit.left_out else ""
    cells = (
        Cell(row.label + few),
        Cell("" if by == "client" else str(profit.clients), "dim"),
        Cell(amount_text(found, parts.revenue) + uncounted),
        Cell(amount_text(found, parts.work), "dim"),
        Cell(amount_text(found, parts.goodwill) if parts.goodwill else "", "dim"),
        Cell(amount_text(found, parts.discounts) if parts.discounts else "", "dim"),
        Cell(amount_text(found, parts.direct_cost) if parts.direct_cost else "", "dim"),
        Cell(amount_text(found, parts.total), "late" if is_loss else ""),
        Cell(margin_text(profit)),
        Cell(roi_text(profit), "dim"),
        Cell(share_bar(parts.total, top, _BAR, is_ascii=is_ascii), "late" if is_loss else "dim"),
    )
    return Row(row.client.id if row.client else place, cells)
