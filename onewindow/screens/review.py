"""Review: the clients of a portfolio in order of risk, what has to be known of one, one key a decision."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from onewindow.actions import main_key
from onewindow.desk.health.scoring import BAND_TONES
from onewindow.desk.meetings.brief import Brief
from onewindow.desk.review import agenda, reviewing
from onewindow.desk.review import brief as review_brief
from onewindow.desk.review.reviewing import REASONS, Reviewed, Scope, Walk, read_walk
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey
from onewindow.metrics import review_order
from onewindow.records.reviews import Decision
from onewindow.screens.frame.box import open_over, rebound_of
from onewindow.screens.frame.chooser import Chooser
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.questions import Answers, Questions
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.meetings.actions import open_brief
from onewindow.store.changes import Change
from onewindow.text.layout.cells import Cell, Column, Row, Tone
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.row_list import RowList
from onewindow.widgets.table import Table
from onewindow.widgets.text_lines import TextLine, TextLines

_HEADINGS = ("risk", "client", "tier", "health", "why", "reviewed", "decision")
_COLUMNS = (
    Column(width=5, align="right"),
    Column(min_width=16),
    Column(width=4, drop_priority=3),
    Column(width=10, drop_priority=4),
    Column(min_width=20),
    Column(width=10, drop_priority=2),
    Column(width=18, drop_priority=1),
)
_DECIDE: dict[str, Decision] = {
    "record.done": "fine",
    "review.touch": "touch",
    "review.put_off": "snooze",
    "review.escalate": "escalate",
}
_NEEDS_ROW = frozenset({"record.open", "record.why", "review.client", *_DECIDE} - {"record.done"})
_OTHER = "other…"


class ReviewScreen(TableScreen[Chosen | None]):
    """`x` fine, `t` touch, `z` put off, `D` escalate: each is done at once and shows the next client."""

    DEFAULT_CSS = """
    ReviewScreen {
        & > Table { height: 35%; min-height: 6; }
        & > #known { height: 1fr; padding: 0 1; border-top: solid $primary; }
        &:ansi > #known { border-top: solid ansi_default; }
        &.-ascii > #known { border-top: ascii $primary; }
    }
    """
    scope = "review"
    verbs: ClassVar = {
        "record.done": "fine",
        "review.touch": "touch",
        "review.put_off": "snooze",
        "review.escalate": "escalate",
        "record.edit": "say why",
        "record.open": "brief",
        "panel.view": "open/all",
        "record.copy_all": "copy agenda",
    }

    def __init__(self, session: Session, scope: Scope | None = None) -> None:
        """Walk my own clients, or those of a scope."""
        super().__init__(session, Table("review", _HEADINGS, _COLUMNS))
        self.walk: Walk = read_walk(session, scope or Scope(owner_id=session.me.id))
        self._shows_all = False
        self._last: tuple[int, Decision] = (0, "fine")
        """The client decided last, and how."""
        self.known = TextLines(id="known")
        """What has to be known of the client under the cursor."""
        self.known.can_focus = False

    def compose(self) -> ComposeResult:
        """The clients, the one under the cursor, the hints."""
        yield self.table
        yield self.known
        yield self.hint_bar

    def on_mount(self) -> None:
        """Show the round, and begin to listen."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self._show()

    def on_unmount(self) -> None:
        """Stop listening."""
        self.session.listeners.remove(self.note_changes)

    def note_changes(self, _: tuple[Change, ...]) -> None:
        """Read the round again: risk follows what others do, and their decisions are mine to see."""
        self.reread()

    def reread(self) -> None:
        """Read the round again; the cursor stays on its client, or on the next one if that one is decided."""
        self.walk = read_walk(self.session, self.walk.scope)
        self._show()

    @property
    def row(self) -> Reviewed | None:
        """The client under the cursor."""
        key = self.table.cursor_key
        return next((reviewed for reviewed in self._shown() if reviewed.client_id == key), None)

    # what is shown

    def _shown(self) -> tuple[Reviewed, ...]:
        return self.walk.clients if self._shows_all else self.walk.open

    def _show(self) -> None:
        walk = self.walk
        self.table.set_empty(*self._empty())
        self.table.show_rows([self._cells(reviewed) for reviewed in self._shown()])
        done = len(walk.clients) - len(walk.open)
        tail = f"{done} of {len(walk.clients)} reviewed"
        if walk.overdue:
            tail += f" · {walk.overdue} overdue"
        self.table.set_title(f"review: {walk.title}", tail)
        self._show_known()

    def _cells(self, reviewed: Reviewed) -> Row:
        facts, decision = reviewed.facts, reviewed.decision
        health = "unknown" if facts.health is None else f"{facts.health} {facts.band}"
        parts = sorted(reviewed.risk.parts, key=lambda part: -part[1])
        # The band has a column of its own.
        why = "; ".join(reason for reason, _ in parts if reason != f"health {facts.band}")
        said = decision.decision if decision else ""
        if decision and decision.reason != reviewing.UNSAID[decision.decision]:
            said += f": {decision.reason}"
        return Row(
            reviewed.client_id,
            (
                Cell(f"{reviewed.risk.points:.0f}"),
                Cell(facts.name, "title"),
                Cell(facts.tier),
                Cell(health, BAND_TONES.get(facts.band, "")),
                Cell(why, "dim"),
                Cell(self._reviewed(facts.reviewed_at), "dim"),
                Cell(said),
            ),
            "!" if reviewed.standing.is_late else " ",
            "dim" if decision else "",
        )

    def _reviewed(self, at: str | None) -> str:
        return reviewing.day_here(self.session, at) if at else "never"

    def _empty(self) -> tuple[str, ...]:
        if not self.walk.clients:
            return ("No clients here; f chooses whose.",)
        rebound = rebound_of(self)
        return (
            f"All {len(self.walk.clients)} are reviewed. Well done.",
            f"{main_key('record.copy_all', rebound)} copies the agenda for the lead,"
            f" {main_key('record.done', rebound)} ends the round,"
            f" {main_key('panel.view', rebound)} shows all.",
        )

    def _show_known(self) -> None:
        row = self.row
        if row is None:
            self.known.set_lines([])
        else:
            self.known.set_lines(_known_lines(review_brief.before_decision(self.session, row.client_id)))
        self.show_hints()

    def on_row_list_row_highlighted(self, event: RowList.RowHighlighted) -> None:  # type: ignore[override]
        """Show what has to be known of this client."""
        event.stop()
        self._show_known()

    # what is done

    def own_reason(self, action_id: str) -> str:
        """Decisions need a client; the agenda needs a decision."""
        if action_id in _NEEDS_ROW and self.row is None:
            return "no client is under the cursor"
        if action_id in ("record.copy_all", "review.agenda", "review.end") and self.walk.round is None:
            return "nothing is decided yet"
        if action_id == "record.done" and self.row is None and self.walk.round is None:
            return "nothing is decided yet"
        return ""

    def _done(self) -> None:
        if self.row is None:
            self._end()
        else:
            self._decide("fine")

    def _touch(self) -> None:
        self._decide("touch")

    def _put_off(self) -> None:
        self._decide("snooze")

    def _escalate(self) -> None:
        self._decide("escalate")

    def _decide(self, decision: Decision) -> None:
        """Decide at once; why may be said afterwards."""
        row = self.row
        if row is not None:
            self._last = row.client_id, decision
            reviewing.decide(self.session, self.walk, row.client_id, decision, reviewing.UNSAID[decision])
            why = main_key("record.edit", rebound_of(self))
            self.say_undoable(f"{row.facts.name}: {decision}; {why} says why")

    def _say_why(self) -> None:
        """Ask why the client under the cursor, else the one decided last, was decided so, and till when."""
        row = self.row
        if row is None or row.decision is None:
            row = next(
                (reviewed for reviewed in self.walk.clients if reviewed.client_id == self._last[0]), None
            )
        if row is None or row.decision is None:
            self.say("Nothing is decided yet.", warning=True)
            return
        last, decision = row, row.decision.decision
        options = [(reason, reason) for reason in REASONS[decision]]

        def chosen(reason: str | None) -> None:
            if reason == _OTHER:
                self._ask_in_full(last, decision)
            elif reason:
                self._store(last, decision, reason, (last.decision.till or "") if last.decision else "")

        title = f"{decision.capitalize()}: {last.facts.name}. Why?"
        open_over(self, Chooser(title, [*options, (_OTHER, _OTHER)]), chosen)

    def _ask_in_full(self, row: Reviewed, decision: Decision) -> None:
        fields = [FieldSpec("reason", "why", required=True)]
        if decision != "fine":
            fields.append(FieldSpec("till", "till", hint="пн, +2w; empty: the usual time"))

        def answered(answers: Answers) -> str:
            reviewing.decide(
                self.session, self.walk, row.client_id, decision, answers["reason"], answers.get("till", "")
            )
            return f"{row.facts.name}: {decision}"

        def closed(said: str | None) -> None:
            if said:
                self.say_undoable(said)

        open_over(self, Questions(f"{decision.capitalize()}: {row.facts.name}", fields, answered), closed)

    def _store(self, row: Reviewed, decision: Decision, reason: str, till: str) -> None:
        reviewing.decide(self.session, self.walk, row.client_id, decision, reason, till)
        self.say_undoable(f"{row.facts.name}: {decision}, {reason}")

    def _open(self) -> None:
        if row := self.row:
            open_brief(self, self.session, row.client_id)

    def _why(self) -> None:
        if row := self.row:
            lines = [*review_order.explain(row.risk), "", "Order: most points first, then tier, then name."]
            open_over(self, TextView(f"Why here: {row.facts.name}", lines))

    def _client(self) -> None:
        if row := self.row:
            self.dismiss(Chosen(row.client_id, RecordKey("client", row.client_id)))

    def _view(self) -> None:
        self._shows_all = not self._shows_all
        self.table.stay()
        self._show()

    def _filter_next(self) -> None:
        """Choose whose clients: mine, a colleague's, a segment's."""
        scopes = review_brief.scopes(self.session)

        def chosen(value: str | None) -> None:
            if value is not None:
                self.walk = read_walk(self.session, scopes[int(value)][0])
                self.table.cursor = 0
                self._show()

        options = [(str(place), label) for place, (_, label) in enumerate(scopes)]
        open_over(self, Chooser("Review whose clients?", options), chosen)

    def _copy_agenda(self) -> None:
        if self.walk.round is not None:
            self.say_copied(agenda.agenda(self.session, self.walk.round, len(self.walk.open)))

    def _agenda(self) -> None:
        if self.walk.round is not None:
            text = agenda.agenda(self.session, self.walk.round, len(self.walk.open))
            open_over(self, TextView("Agenda for the lead", text.splitlines()))

    def _end(self) -> None:
        if self.walk.round is not None:
            ended = self.walk.round
            text = agenda.agenda(self.session, ended, len(self.walk.open))
            reviewing.finish(self.session, ended)
            self.reread()
            self.say_undoable(f"Ended: {ended.name}")
            open_over(self, TextView("Agenda for the lead", text.splitlines()))

    routes: ClassVar = {
        "record.done": _done,
        "review.touch": _touch,
        "review.put_off": _put_off,
        "review.escalate": _escalate,
        "record.edit": _say_why,
        "record.open": _open,
        "record.why": _why,
        "review.filter": _filter_next,
        "panel.view": _view,
        "record.copy_all": _copy_agenda,
        "review.client": _client,
        "review.agenda": _agenda,
        "review.end": _end,
    }
    BINDINGS = table_bindings(routes)


def _known_lines(brief: Brief) -> list[TextLine]:
    """A brief with its headings beside their first lines, since the room is small."""
    lines = [TextLine(brief.headline, tone="title")]
    for section in brief.sections:
        for place, text in enumerate(section.lines):
            tone: Tone = "late" if text.startswith("!") else ""
            lines.append(TextLine(text, "" if place else section.title, tone))
    return lines
