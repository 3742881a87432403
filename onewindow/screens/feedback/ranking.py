"""Feedback for product managers: features by worth, with the evidence of the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, get_args

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from onewindow.desk.feedback import chain, linking
from onewindow.desk.feedback.export_feedback import RankedFeature, ranked_features
from onewindow.desk.feedback.weighted import Asked, WeightedFeedback, weighted_feedback
from onewindow.desk.feedback.wish_status import state_text
from onewindow.desk.segments import membership
from onewindow.desk.session.context import Session
from onewindow.desk.session.reading import BesideReader
from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.adoption import Feature
from onewindow.records.feedback import FeedbackKind
from onewindow.records.fields import Record
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.box import copy_from, open_over
from onewindow.screens.frame.chooser import Chooser
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.store import feedback as feedback_store
from onewindow.store import rows
from onewindow.store.changes import Change
from onewindow.store.engine import Store
from onewindow.store.problems import StoreProblem
from onewindow.text.layout.cells import Cell, Column, Row
from onewindow.text.money import format_money, minor_digits
from onewindow.widgets.row_list import RowList
from onewindow.widgets.table import Table
from onewindow.widgets.text_lines import TextLine, TextLines

_HEADINGS = ("rank", "equal", "feature", "state", "clients", "Σ", "a year", "at risk", "trend", "product")
_COLUMNS = (
    Column(width=4, align="right"),
    Column(width=5, align="right"),
    Column(min_width=20),
    Column(width=9),
    Column(width=7, align="right"),
    Column(width=4, align="right"),
    Column(width=12, align="right"),
    Column(width=12, align="right", drop_priority=1),
    Column(width=8, drop_priority=2),
    Column(width=14, drop_priority=3),
)
_ORDERS: dict[str, Callable[[RankedFeature], tuple[int, int]]] = {
    "rank": lambda one: (one.rank.rank, one.rank.plain_rank),
    "equal weights": lambda one: (one.rank.plain_rank, one.rank.rank),
    "clients": lambda one: (-one.rank.clients, one.rank.rank),
    "a year": lambda one: (-max(one.value.values(), default=0), one.rank.rank),
    "at risk": lambda one: (-max(one.value_at_risk.values(), default=0), one.rank.rank),
    "trend": lambda one: (one.trend.before - one.trend.recent, one.rank.rank),
}
"""Name of an order -> what it goes by, the first first."""
_TRENDS = {"rising": "rising", "falling": "falling", "no evidence of change": "same", "none": ""}
_MOVED_BY = frozenset({"feedback", "feature", "revenue", "client", "release", "product"})
_SHOWN_AT_MOST = 500
_WIDE = 150
_NEEDS_ROW = frozenset(
    {"record.open", "record.edit", "record.why", "record.copy", "ranking.join", "ranking.client"}
)


class RankingScreen(TableScreen[Chosen | None]):
    """`enter` shows all evidence, `e` edits the feature, `J` merges it, `f` and `s` choose what is ranked."""

    DEFAULT_CSS = """
    RankingScreen {
        & > #both { height: 1fr; layout: vertical; }
        & > #both > Table { height: 1fr; min-height: 6; }
        & > #both > #evidence { height: 1fr; padding: 0 1; border-top: solid $primary; }
        &.-wide > #both { layout: horizontal; }
        &.-wide > #both > Table { width: 3fr; height: 1fr; }
        &.-wide > #both > #evidence {
            width: 2fr; height: 1fr; border-top: none; border-left: solid $primary;
        }
        &:ansi > #both > #evidence { border-top: solid ansi_default; }
    }
    """
    scope = "ranking"
    verbs: ClassVar = {"record.open": "evidence", "record.edit": "edit feature", "ranking.join": "merge"}

    class Read(Message):
        """What was asked for is read and ranked."""

        def __init__(self, feedback: WeightedFeedback, ranked: list[RankedFeature]) -> None:
            super().__init__()
            self.feedback, self.ranked = feedback, ranked

    class Failed(Message):
        """It could not be read."""

        def __init__(self, problem: StoreProblem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, session: Session) -> None:
        """Rank what all clients said."""
        super().__init__(session, Table("ranking", _HEADINGS, _COLUMNS))
        self.asked = Asked()
        self.filter_name = ""
        self.order = next(iter(_ORDERS))
        self._reader = BesideReader(session.store)
        self._feedback: WeightedFeedback | None = None
        self._ranked: list[RankedFeature] = []
        self.evidence = TextLines(id="evidence")
        self.evidence.can_focus = False

    def compose(self) -> ComposeResult:
        """The features, the evidence of one of them, the hints."""
        with Container(id="both"):
            yield self.table
            yield self.evidence
        yield self.hint_bar

    def on_mount(self) -> None:
        """Begin to read, and listen to changes."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self.table.set_title("feedback", "reading…")
        self._read()

    def on_unmount(self) -> None:
        """Stop reading and listening."""
        self.session.listeners.remove(self.note_changes)
        self._reader.close()

    def on_resize(self, event: events.Resize) -> None:
        """Evidence stands to the right where there is room for both."""
        self.set_class(event.size.width >= _WIDE, "-wide")

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Rank again what this or another process changed."""
        if any(change.entity in _MOVED_BY for change in changes):
            self._read()

    def own_reason(self, action_id: str) -> str:
        """Most things need a feature."""
        return "no feature is under the cursor" if action_id in _NEEDS_ROW and self.row is None else ""

    @property
    def row(self) -> RankedFeature | None:
        """The feature under the cursor."""
        key = self.table.cursor_key
        if not isinstance(key, RecordKey):
            return None
        return next((one for one in self._ranked if one.feature.id == key.id), None)

    # what is shown

    def _read(self) -> None:
        session, asked = self.session, self.asked

        def question(store: Store) -> Iterator[tuple[WeightedFeedback, list[RankedFeature]]]:
            feedback = weighted_feedback(session.beside(store), asked)
            yield feedback, ranked_features(feedback)

        self._reader.ask(
            question,
            lambda answer: self.post_message(self.Read(*answer)),
            lambda problem: self.post_message(self.Failed(problem)),
        )

    def on_ranking_screen_read(self, message: Read) -> None:
        """Show what was read; the cursor stays on its feature."""
        self._feedback, self._ranked = message.feedback, message.ranked
        self._show()

    def on_ranking_screen_failed(self, message: Failed) -> None:
        """Say what went wrong."""
        self.say(str(message.problem), warning=True)

    def _show(self) -> None:
        key = self.table.cursor_key
        ordered = sorted(self._ranked, key=_ORDERS[self.order])
        self.table.set_empty("Nobody spoke of a feature here. Panel 4 of a client links quotes to features.")
        self.table.show_rows([self._row(one) for one in ordered[:_SHOWN_AT_MOST]])
        if isinstance(key, RecordKey):
            self.table.move_to_key(key)
        feedback = self._feedback
        quotes = len(feedback.quotes) if feedback else 0
        linked = sum(one.quotes for one in self._ranked)
        told = f"{len(self._ranked)} features, {quotes} quotes, {quotes - linked} on no feature"
        if len(ordered) > _SHOWN_AT_MOST:
            told += f"; the first {_SHOWN_AT_MOST} are shown"
        name = f"feedback: {self.filter_name}" if self.filter_name else "feedback"
        self.table.set_title(f"{name}, by {self.order}", told)
        self._show_evidence()

    def _row(self, one: RankedFeature) -> Row:
        return Row(
            RecordKey("feature", one.feature.id),
            (
                Cell(str(one.rank.rank)),
                Cell(str(one.rank.plain_rank), "accent" if one.rank.plain_rank != one.rank.rank else "dim"),
                Cell(one.feature.title, "title"),
                Cell(state_text(one.feature)),
                Cell(str(one.rank.clients)),
                Cell(str(one.rank.importance)),
                Cell(_largest(one.value)),
                Cell(_largest(one.value_at_risk), "warn" if one.value_at_risk else ""),
                Cell(_TRENDS[one.trend.direction], "dim"),
                Cell(self.session.directory.product(one.feature.product_id), "dim"),
            ),
        )

    def _show_evidence(self) -> None:
        self.evidence.set_lines(self._lines())
        self.show_hints()

    def _lines(self) -> list[TextLine]:
        one, feedback = self.row, self._feedback
        if one is None or feedback is None:
            return []
        head, *others = chain.head_lines(self.session, one)
        lines = [TextLine(head, tone="title"), *map(TextLine, others)]
        for quote in chain.evidence(self.session, feedback, one.feature.id):
            lines += [
                TextLine(quote.words, tone="title"),
                TextLine(f"  {quote.said}", tone="dim"),
                TextLine(f"  {quote.weighs}; {quote.became}", tone="dim"),
            ]
        return lines

    def on_row_list_row_highlighted(self, event: RowList.RowHighlighted) -> None:  # type: ignore[override]
        """Show the evidence of this feature."""
        event.stop()
        self._show_evidence()

    # what is done

    def _open(self) -> None:
        if (one := self.row) is not None:
            open_over(self, TextView(one.feature.title, [line.text for line in self._lines()]))

    def _why(self) -> None:
        one, feedback = self.row, self._feedback
        if one is None or feedback is None:
            return
        lines = [
            "impact = Σ importance × weight × recency, one opinion a client, the latest",
            "weight = √(paid in a year / median), 0.5 to 3; recency halves in 365 days",
            *(
                f"{quote.said}: {quote.weighs}"
                for quote in chain.evidence(self.session, feedback, one.feature.id)
            ),
            f"together {one.rank.impact:.2f}: rank {one.rank.rank} of {len(self._ranked)};"
            f" if all weighed 1 {one.rank.plain_impact:.2f}: rank {one.rank.plain_rank}",
        ]
        open_over(self, TextView(f"Why: {one.feature.title}", lines))

    def _copy(self) -> None:
        if (one := self.row) is not None:
            copy_from(self, one.feature.title)
            self.say(f"Copied: {one.feature.title}")

    def _new(self) -> None:
        open_over(self, RecordForm(self.session, "feature"), self._saved)

    def _edit(self) -> None:
        if (one := self.row) is not None:
            feature = rows.get(self.session.store, Feature, one.feature.id)
            open_over(self, RecordForm(self.session, "feature", feature), self._saved)

    def _saved(self, record: Record | None) -> None:
        if isinstance(record, Feature):
            self.say_undoable(f"Saved {record.title}: {state_text(record)}")

    def _join(self) -> None:
        one = self.row
        if one is None:
            return
        features = linking.Features(self.session.store)
        similar = features.similar(one.feature.title, one.feature.product_id, without=(one.feature.id,))
        first = [found.feature for found in similar]
        ids = {one.feature.id, *(feature.id for feature in first)}
        others = [other for other in feedback_store.features(self.session.store) if other.id not in ids]
        known = {str(other.id): other for other in (*first, *sorted(others, key=lambda each: each.title))}

        def chosen(number: str | None) -> None:
            if number is None:
                return
            feature = rows.get(self.session.store, Feature, one.feature.id)
            try:
                linking.merge(self.session, feature, known[number])
            except StoreProblem as problem:
                self.say(str(problem), warning=True)
                return
            self.say_undoable(f"Merged “{feature.title}” into “{known[number].title}”")

        options = [(number, other.title) for number, other in known.items()]
        likely = frozenset(str(feature.id) for feature in first)
        open_over(
            self, Chooser(f"Merge “{one.feature.title}” into which one?", options, first=likely), chosen
        )

    def _client(self) -> None:
        one, feedback = self.row, self._feedback
        if one is None or feedback is None:
            return
        quotes = chain.evidence(self.session, feedback, one.feature.id)
        known = {str(quote.quote_id): quote for quote in quotes}

        def chosen(number: str | None) -> None:
            if number is not None:
                self.dismiss(Chosen(known[number].client_id, RecordKey("feedback", known[number].quote_id)))

        options = [(number, f"{quote.said} {quote.words}") for number, quote in known.items()]
        open_over(self, Chooser("Open which client?", options), chosen)

    def _sort(self) -> None:
        names = list(_ORDERS)
        self.order = names[(names.index(self.order) + 1) % len(names)]
        self._show()

    def _filter(self) -> None:
        session = self.session
        options = [("", "everything")]
        options += [(f"kind {kind}", f"kind: {kind}") for kind in get_args(FeedbackKind)]
        options += [
            (f"product {number}", f"product: {product.name}")
            for number, product in session.directory.products.items()
        ]
        segments = {str(segment.id): segment for segment in membership.saved(session)}
        options += [(f"segment {number}", f"segment: {one.name}") for number, one in segments.items()]
        labels = dict(options)

        def chosen(value: str | None) -> None:
            if value is None:
                return
            what, _, which = value.partition(" ")
            self.asked = Asked(
                kinds=(which,) if what == "kind" else (),
                product_id=int(which) if what == "product" else None,
                segment=segments[which].filter if what == "segment" else "",
            )
            self.filter_name = labels[value] if value else ""
            self._read()

        open_over(self, Chooser("What was said of what, and by whom?", options), chosen)

    routes: ClassVar = {
        "record.open": _open,
        "record.new": _new,
        "record.edit": _edit,
        "record.why": _why,
        "record.copy": _copy,
        "ranking.filter": _filter,
        "ranking.sort": _sort,
        "ranking.join": _join,
        "ranking.client": _client,
    }
    BINDINGS = table_bindings(routes)


def _largest(sums: Mapping[str, int]) -> str:
    """The largest of some sums by currency in whole units, with a sign where there are others."""
    for currency, amount in sums.items():
        unit = 10 ** minor_digits(currency)
        whole = format_money(round(amount / unit) * unit, currency)
        return f"{whole} +" if len(sums) > 1 else whole
    return ""
