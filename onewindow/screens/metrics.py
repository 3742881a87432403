"""The metrics: every figure in a list, beside it the chart and the table of the one under the cursor."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message

from onewindow.desk.metrics import as_text
from onewindow.desk.metrics.answers import FigureRow
from onewindow.desk.metrics.cases import Metric
from onewindow.desk.metrics.drawings import KINDS, charts_of, drawing
from onewindow.desk.metrics.looking import Look, look_at
from onewindow.desk.metrics.requests import request_metrics
from onewindow.desk.metrics.table import METRICS
from onewindow.desk.metrics.units import NONE
from onewindow.desk.metrics.views import Headline, MetricView, Piece, Progress
from onewindow.desk.reports import request_reports
from onewindow.desk.reports.measures import MEASURES
from onewindow.desk.reports.report_text import loss_lines
from onewindow.desk.session.context import Session
from onewindow.desk.session.reading import BesideReader
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.box import app_of, copy_from, open_over
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.metric_rows import MetricRows
from onewindow.store.changes import Change
from onewindow.store.problems import StoreProblem
from onewindow.text.layout.cells import Cell, Column, Row
from onewindow.widgets.chart import Chart
from onewindow.widgets.moving import MOVES
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

_LIST_COLUMNS = (Column(min_width=10), Column(width=13, align="right"))
_LIST_WIDTH, _NARROW_LIST = 40, 30
_NARROW = 100
_READING = "…"


class MetricsScreen(TableScreen[Chosen | None]):
    """`v` takes the next chart, `s` grouping, `f` period, `=` comparison; `enter` shows the rows behind."""

    DEFAULT_CSS = """
    MetricsScreen {
        & > Horizontal { height: 1fr; }
        & Vertical { width: 1fr; }
        & Chart { height: 45%; }
        & #figures { height: 1fr; }
    }
    """
    scope = "metrics"
    verbs: ClassVar = {
        "record.open": "rows behind",
        "panel.view": "chart",
        "metrics.by": "group",
        "metrics.period": "period",
        "metrics.compare": "compare",
        "record.why": "definition",
        "panel.next": "list/table",
    }

    class Read(Message):
        """Something of a metric is read; `question` is the number of the question that this answers."""

        def __init__(self, question: int, piece: Piece) -> None:
            super().__init__()
            self.question = question
            self.piece = piece

    class Failed(Message):
        """The figures could not be read."""

        def __init__(self, problem: StoreProblem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, session: Session) -> None:
        """Show the last year by who did it."""
        super().__init__(session, Table("metrics", ("metric", "figure"), _LIST_COLUMNS))
        self.rows = Table("figures", ("group",), (Column(),))
        self.rows.id = "figures"
        self.chart = Chart()
        self._metrics: dict[str, Metric] = METRICS | request_metrics()
        self._name = next(iter(self._metrics))
        self._look = Look()
        self._kind = ""
        """The chart that was asked for, where the metric has it."""
        self._views: dict[str, MetricView] = {}
        self._headlines: dict[str, FigureRow | None] = {}
        """The number of each metric that is read; None where there is none."""
        self._said: dict[str, str] = {}
        """How far the reading of a metric is that is not shown yet."""
        self._reader = BesideReader(session.store)
        self._question = 0
        self._stale: set[str] = set()
        """The metrics whose figures are shown as they were before a change."""
        self._changed = False
        """Whether something changed while they were being read."""

    def compose(self) -> ComposeResult:
        """The list at the left, the chart over the table at the right, the hints below."""
        with Horizontal():
            yield self.table
            with Vertical():
                yield self.chart
                yield self.rows
        yield self.hint_bar

    @property
    def is_complete(self) -> bool:
        """Whether the metric under the cursor has been read as it is now."""
        return self._name in self._views and self._name not in self._stale

    def on_mount(self) -> None:
        """Begin to read, and listen to changes."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self._show_list()
        self._read()

    def on_unmount(self) -> None:
        """Stop reading and listening."""
        self.session.listeners.remove(self.note_changes)
        self._reader.close()

    def on_resize(self) -> None:
        """Give the list what it needs, and the rest to the chart."""
        self.table.styles.width = _NARROW_LIST if self.size.width < _NARROW else _LIST_WIDTH
        self.call_after_refresh(self._show)

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Read again: nearly any change moves some figure. What is being read is read to its end first."""
        if self._stale or len(self._views) < len(self._metrics):
            self._changed = bool(changes)
        elif changes:
            self._stale = set(self._views)
            self._ask()

    # reading

    def _read(self) -> None:
        """Read all metrics for another question, that under the cursor first."""
        self._views, self._headlines, self._said, self._stale = {}, {}, {}, set()
        self._ask()

    def _ask(self) -> None:
        self._question += 1
        question, session, look = self._question, self.session, self._look
        span = look.span(session)
        first = self._metrics[self._name]
        wanted = [first, *(metric for metric in self._metrics.values() if metric is not first)]
        missing = [one for one in wanted if one.name not in self._views or one.name in self._stale]
        self._stale = {one.name for one in missing if one.name in self._views}
        self._reader.ask(
            lambda store: look_at(session, store, missing, look, span),
            lambda piece: self.post_message(self.Read(question, piece)),
            lambda problem: self.post_message(self.Failed(problem)),
        )
        self._show()

    def on_metrics_screen_read(self, message: Read) -> None:
        """Show a figure, or how far its reading is."""
        if message.question != self._question:
            return
        piece = message.piece
        if isinstance(piece, Progress):
            name = piece.metric.name
            self._said[name] = f"read {piece.done} of {piece.total} rows" if piece.total else ""
        elif isinstance(piece, Headline):
            name = piece.metric.name
            self._headlines[name] = piece.row
            self._said[name] = "in groups …"
            self._show_list()
        else:
            name = piece.overall.metric.name
            self._views[name] = piece
            self._stale.discard(name)
            self._show_list()
            if self._changed and not self._stale and len(self._views) == len(self._metrics):
                self._changed = False
                self._stale = set(self._views)
                self._ask()
        if name == self._name:
            self._show()

    def on_metrics_screen_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self.say(str(message.problem), warning=True)

    # what is shown

    def on_row_list_row_highlighted(self) -> None:
        """Show the metric under the cursor of the list."""
        names = list(self._metrics)
        name = names[min(self.table.cursor, len(names) - 1)]
        if name != self._name:
            self._name = name
            if self._name in self._views:
                self._show()
            else:
                self._ask()
        self.show_hints()

    def _show_list(self) -> None:
        rows: list[Row] = []
        for name, metric in self._metrics.items():
            headline = self._headlines.get(name)
            text = NONE if name in self._headlines else _READING
            few = headline is not None and headline.figure.is_few
            if headline is not None:
                text = as_text.value_text(metric, headline) + (" *" if few else "")
            rows.append(Row(name, (Cell(metric.label), Cell(text)), style="dim" if few else ""))
        self.table.set_source(ListSource(rows))
        self.table.set_title("metrics", self._look.period)

    def _show(self) -> None:
        metric, found = self._metrics[self._name], self._views.get(self._name)
        if found is None:
            how_far = self._said.get(self._name, "")
            self.chart.show(f"{metric.label}  {how_far}", lambda _width, _height, _is_ascii: [])
            self.rows.set_source(ListSource())
            self.rows.set_title(metric.label, how_far)
            self.rows.set_empty("Reading…")
            return
        kinds = charts_of(found)
        kind = self._kind if self._kind in kinds else next(iter(kinds), "groups")
        self.chart.show(f"{metric.label}: {KINDS[kind]}", drawing(found, kind))
        is_compared = bool(self._look.compare)
        headings = _headings(metric, is_compared=is_compared)
        self.rows.set_headings(headings, tuple(map(_column, headings)))
        shown = [as_text.readable_row(metric, row, is_compared=is_compared) for row in found.groups.rows]
        self.rows.show_rows(
            [
                Row(
                    place,
                    tuple(Cell(str(cells[name])) for name in headings),
                    style="dim" if found.groups.rows[place].figure.is_few else "",
                )
                for place, cells in enumerate(shown)
            ]
        )
        compared = f", compared with {self._look.compare}" if is_compared else ""
        notes = f", {'; '.join(found.groups.notes)}" if found.groups.notes else ""
        self.rows.set_title(
            as_text.title(found.groups, self.session.today()) + compared, self._count_text(found) + notes
        )
        self.rows.set_empty("Nothing of this period counts; f takes another one, w says what is counted.")
        self.show_hints()

    def _count_text(self, found: MetricView) -> str:
        headline = found.headline
        return f"{headline.figure.n} {found.overall.metric.case_word}" if headline is not None else ""

    # what is done

    def action_move(self, action_id: str) -> None:
        """Move in the list or the table, whichever has the keys."""
        MOVES[action_id](self.rows if self.rows.has_focus else self.table)

    def own_reason(self, action_id: str) -> str:
        """What needs a figure waits for it."""
        if (
            action_id in ("record.open", "record.copy_all", "metrics.freeze")
            and self._name not in self._views
        ):
            return "it is still being read"
        return ""

    def _open(self) -> None:
        found = self._views[self._name]
        row = None
        if self.rows.has_focus and found.groups.rows:
            row = found.groups.rows[self.rows.cursor]
        screen = MetricRows(self.session, found.groups, row)
        app_of(self).push_screen(screen, self._chosen)

    def _chosen(self, chosen: Chosen | None) -> None:
        if chosen is not None:
            self.dismiss(chosen)

    def _side(self) -> None:
        (self.table if self.rows.has_focus else self.rows).focus()

    def _chart_next(self) -> None:
        found = self._views.get(self._name)
        kinds = charts_of(found) if found is not None else []
        if kinds:
            shown = self._kind if self._kind in kinds else kinds[0]
            self._kind = kinds[(kinds.index(shown) + 1) % len(kinds)]
        self._show()

    def _by_next(self) -> None:
        self._look = self._look.next_by(self._metrics[self._name])
        self._read()

    def _period_next(self) -> None:
        self._look = self._look.next_period()
        self._read()

    def _compare_next(self) -> None:
        self._look = self._look.next_compare(self.session.store, self._metrics[self._name])
        self._read()

    def _freeze(self) -> None:
        look, metric = self._look, self._metrics[self._name]
        span = look.span(self.session)
        preset = {
            "metric": metric.name,
            "grouping": look.by_for(metric),
            "since": span.since.isoformat(),
            "till": span.till.isoformat(),
        }
        open_over(self, RecordForm(self.session, "baseline", preset=preset, focus="name"))

    def _why(self) -> None:
        metric, found = self._metrics[self._name], self._views.get(self._name)
        lines = [metric.label]
        if found is None:
            lines += [metric.definition, f"n: {metric.case_word}. From: {metric.source}."]
        else:
            lines += as_text.about(found.groups)
            lines += ["", *(self._row_line(found, place) for place in range(len(found.groups.rows)))]
        measure = MEASURES.get(self._name)
        if measure is not None and measure.explains_losses and found is not None:
            lines += ["", "Answers and losses in this period:", *self._losses()]
        open_over(self, TextView("Why these numbers", lines))

    def _row_line(self, found: MetricView, place: int) -> str:
        metric, row = found.groups.metric, found.groups.rows[place]
        beside = as_text.parts_text(row.figure, row.part, metric)
        moved = as_text.change_text(metric, row)
        text = f"{as_text.group_text(row)}: {as_text.value_text(metric, row)}"
        text += f" ({as_text.spread_text(metric, row)}), n {row.figure.n}"
        return "; ".join(part for part in (text, beside, moved) if part)

    def _losses(self) -> list[str]:
        session, span = self.session, self._look.span(self.session)
        *_, period = request_reports.read_measures(session, session.store, span.since, span.till)
        return loss_lines(request_reports.loss(session.store, period.requests, self._name))

    def _copy(self) -> None:
        found = self._views[self._name]
        metric, is_compared = found.groups.metric, bool(self._look.compare)
        headings = as_text.headings(metric, is_compared=is_compared)
        lines = ["\t".join(headings)]
        for row in found.groups.rows:
            cells = as_text.readable_row(metric, row, is_compared=is_compared)
            lines.append("\t".join(str(cells[name]) for name in headings))
        copy_from(self, "\n".join(lines))
        self.say(f"Copied {len(found.groups.rows)} rows, with tabs between the columns.")

    def _back(self) -> None:
        if self.rows.has_focus:
            self.table.focus()
        else:
            self.dismiss(None)

    routes: ClassVar = {
        "record.open": _open,
        "panel.view": _chart_next,
        "metrics.by": _by_next,
        "metrics.period": _period_next,
        "metrics.compare": _compare_next,
        "panel.next": _side,
        "metrics.freeze": _freeze,
        "record.why": _why,
        "record.copy_all": _copy,
    }
    BINDINGS = table_bindings(routes)


def _headings(metric: Metric, *, is_compared: bool) -> tuple[str, ...]:
    """What the table has room for: what stands beside a number gives way to how it moved."""
    headings = as_text.headings(metric, is_compared=is_compared)
    return tuple(name for name in headings if not (is_compared and name == "beside"))


_DROPPED = {"beside": 1, "before n": 1, "95 %": 2, "before": 3, "change": 4}


def _column(heading: str) -> Column:
    if heading in ("group", "beside"):
        return Column(min_width=12, drop_priority=_DROPPED.get(heading, 0))
    align = "left" if heading == "verdict" else "right"
    return Column(width=26, align=align, drop_priority=_DROPPED.get(heading, 0))
