"""Today: one ordered queue of what to do next, over all clients, each row with the reason it is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult

from onewindow.actions import main_key
from onewindow.desk.editing.drafting import name_of
from onewindow.desk.queue.rows import (
    COLUMNS,
    HEADINGS,
    called,
    late_of,
    moment_of,
    rest_lines,
    row_of,
    row_text,
    summary,
)
from onewindow.desk.queue.sources import REVIEW_ROW
from onewindow.desk.queue.today import FILTERS, Filter, Today, TodayRow, read_today, why_place
from onewindow.desk.requests.line_entry import draft_of_line, goes_on_in_form
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.adoption import TrainingSession
from onewindow.records.feedback import Feedback
from onewindow.records.fields import Record
from onewindow.records.handover import Handover, HandoverItem
from onewindow.records.meetings import Meeting
from onewindow.records.requests import HandOff, Request
from onewindow.screens.announcements.training_session import TrainingSessionScreen
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.feedback.replies import FeedbackReplies
from onewindow.screens.frame.box import copy_from, open_over, rebound_of
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.handover.checklist import HandoverScreen
from onewindow.screens.meetings.actions import open_brief
from onewindow.screens.plans.row_actions import OF_PLANS, done_of_plans, open_of_plans
from onewindow.screens.queue.actions import TodayActions
from onewindow.screens.requests.capture import Captured, CaptureScreen
from onewindow.screens.requests.request_screen import RequestScreen
from onewindow.screens.review import ReviewScreen
from onewindow.store.changes import Change
from onewindow.widgets.line_box import LineBox
from onewindow.widgets.row_list import RowList
from onewindow.widgets.table import Table

_TICK_SECONDS = 20.0
"""How often the clocks are read again; they show minutes at the finest."""
_MOVES_NOTHING = frozenset({"contact", "touch", "usage", "licence", "draft", "message", "revenue"})
"""Changes of these kinds move no row of a day."""
_NEEDS_ROW = frozenset(
    {"record.open", "record.done", "record.why", "record.copy", "today.put_off", "today.client"}
)
_OF_SOME = frozenset({"today.warn", "today.take", "today.reply", "today.decline"})
"""Actions on rows of one kind only."""


class TodayScreen(TableScreen[Chosen | None]):
    """`enter` opens a row at its client, `x` is done with it, `z` puts it off, `t` warns the client."""

    DEFAULT_CSS = """
    TodayScreen > #detail { height: 1; }
    """
    scope = "today"
    tells_times = True
    verbs: ClassVar = {"record.done": "done"}

    def __init__(self, session: Session, start: RecordKey | None = None) -> None:
        """Read the day; `start` is the row on which the cursor stands first, if it is still there."""
        super().__init__(session, Table("today", HEADINGS, COLUMNS))
        self.today: Today = read_today(session)
        self.filter: Filter = "all"
        self._start = start
        self._own = TodayActions(self)
        self.detail = LineBox(id="detail")
        """The row under the cursor in full."""

    def compose(self) -> ComposeResult:
        """The rows, the one under the cursor in full, the hints."""
        yield self.table
        yield self.detail
        yield self.hint_bar

    def on_mount(self) -> None:
        """Show the day, and begin to listen to changes and to the clock."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self.set_interval(_TICK_SECONDS, self.reread)
        self._show()
        self._stand_on(self._start)

    def on_unmount(self) -> None:
        """Stop listening."""
        self.session.listeners.remove(self.note_changes)

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Read the day again if somebody, perhaps we, changed what may stand in it."""
        if any(change.entity not in _MOVES_NOTHING for change in changes):
            self.reread()

    def reread(self) -> None:
        """Read the day again; the cursor stays on its row, or on the next one if that is done."""
        self.today = read_today(self.session)
        self._show()

    @property
    def row(self) -> TodayRow | None:
        """The row under the cursor."""
        key = self.table.cursor_key
        return next((row for row in self.today.shown(self.filter) if row.key == key), None)

    # what is shown

    def _show(self) -> None:
        shown, moment = self.today.shown(self.filter), moment_of(self.session, self.today)
        name = "today" if self.filter == "all" else f"today: {self.filter}"
        self.table.set_empty(*self._empty())
        self.table.show_rows([row_of(self.session, moment, row) for row in shown])
        said = summary(self.session, self.today, self.filter)
        self.table.set_title(name, said, alarming=[late_of(shown)])
        self._show_detail()

    def _show_detail(self) -> None:
        row = self.row
        text = row_text(row, moment_of(self.session, self.today)) if row is not None else ""
        self.detail.set_lines([[(f" {text}", "dim")]])
        self.show_hints()

    def _empty(self) -> tuple[str, ...]:
        if self.filter == "all":
            return rest_lines(self.session, self.today)
        key = main_key("today.filter", rebound_of(self))
        return (f"Nothing of that kind; {key} takes the next filter.",)

    def _stand_on(self, key: RecordKey | None) -> None:
        keys = [row.key for row in self.today.shown(self.filter)]
        if key is not None and key in keys:
            self.table.cursor = keys.index(key)

    def on_row_list_row_highlighted(self, event: RowList.RowHighlighted) -> None:  # type: ignore[override]
        """Draw the keys that work on this row, and its whole text where the row has no room for it."""
        event.stop()
        self._show_detail()

    def position(self) -> dict[str, str]:
        """The filter, and the row under the cursor."""
        return {**super().position(), "filter": self.filter}

    def restore(self, position: Mapping[str, str]) -> bool:
        """Show what was shown, with the cursor where it was."""
        wanted = position.get("filter")
        for known in FILTERS:
            if known == wanted:
                self.filter = known
        self._show()
        return super().restore(position)

    # what is done

    def own_reason(self, action_id: str) -> str:
        """Some keys need a row, some a certain one."""
        row = self.row
        if row is None:
            return (
                "no row is under the cursor" if action_id in _NEEDS_ROW else self._reason_without(action_id)
            )
        record = row.item.record
        if action_id in ("today.warn", "today.take") and not isinstance(record, Request):
            return "that is for requests"
        if action_id == "today.warn" and isinstance(record, Request) and not record.promised_at:
            return "no date was promised for it"
        if action_id in ("today.reply", "today.decline") and not isinstance(record, Feedback):
            return "that is for rows that tell of a wish"
        if action_id == "record.done" and row.item.group == "alarms":
            key = main_key("today.put_off", rebound_of(self))
            return f"an alarm goes with its cause: talk to the client, or {key} puts it off"
        if row.item.kind == REVIEW_ROW and action_id in ("record.done", "today.put_off"):
            return "open the review and go through it"
        if action_id == "record.open" and row.item.kind == REVIEW_ROW:
            return ""
        needs_client = action_id == "today.client" or (
            action_id == "record.open" and not isinstance(record, OF_PLANS)
        )
        if needs_client and row.item.client_id is None:
            return "it belongs to no client"
        return ""

    def _reason_without(self, action_id: str) -> str:
        return "no row is under the cursor" if action_id in _OF_SOME else ""

    def _open(self) -> None:
        """A request on its own screen, where the queue goes on; anything else at its client."""
        row = self.row
        if row is None:
            return
        record = row.item.record
        if isinstance(record, TrainingSession):
            open_over(self, TrainingSessionScreen(self.session, record.id), self._asked_for_client)
            return
        if row.item.kind == REVIEW_ROW:
            open_over(self, ReviewScreen(self.session), self._asked_for)
            return
        if isinstance(record, Meeting):
            open_brief(self, self.session, record.client_id, record)
            return
        if isinstance(record, OF_PLANS):
            open_of_plans(self, self.session, record, self._asked_for_client)
            return
        if row.item.client_id is None:
            return
        if isinstance(record, (Request, HandOff)):
            shown = self.today.shown(self.filter)
            queue = [row.key.id for row in shown if row.item.kind == "request"]
            opened = record.id if isinstance(record, Request) else record.request_id
            open_over(self, RequestScreen(self.session, opened, queue), self._asked_for_client)
            return
        if isinstance(record, Handover | HandoverItem):
            opened = record.id if isinstance(record, Handover) else record.handover_id
            open_over(self, HandoverScreen(self.session, opened), self._asked_for_client)
            return
        self.dismiss(Chosen(row.item.client_id, row.key))

    def _new(self) -> None:
        """Take a request in one line; its client must be named, since the day is of many."""
        draft = draft_of_line(self.session, None)
        if draft is not None and goes_on_in_form(draft):
            name = name_of(draft)
            client_id = name.client_id if name else None
            open_over(self, RecordForm(self.session, "request", None, client_id, draft=draft), self._stored)
            return
        open_over(self, CaptureScreen(self.session, None), self._captured)

    def _captured(self, captured: Captured | None) -> None:
        if captured is None:
            return
        if captured.carried is not None:
            form = RecordForm(self.session, "request", None, captured.client_id, carried=captured.carried)
            open_over(self, form, self._stored)
        elif captured.opened_id is not None:
            open_over(self, RequestScreen(self.session, captured.opened_id), self._asked_for_client)
        elif captured.made is not None:
            self._stored(captured.made.request)

    def _stored(self, record: Record | None) -> None:
        if record is not None:
            self._stand_on(RecordKey(record.kind, record.id))
            self.say_undoable(f"Saved {naming.title_of(record)}")

    def _asked_for_client(self, client_id: int | None) -> None:
        """Go to the window of a client that was asked for in the request."""
        if client_id is not None:
            self.dismiss(Chosen(client_id, RecordKey("client", client_id)))

    def _asked_for(self, chosen: Chosen | None) -> None:
        if chosen is not None:
            self.dismiss(chosen)

    def _client(self) -> None:
        row = self.row
        if row is not None and row.item.client_id is not None:
            self.dismiss(Chosen(row.item.client_id, RecordKey("client", row.item.client_id)))

    def _filter_next(self) -> None:
        self.filter = FILTERS[(FILTERS.index(self.filter) + 1) % len(FILTERS)]
        self.table.cursor = 0
        self._show()

    def _done(self) -> None:
        row = self.row
        if row is not None and isinstance(row.item.record, OF_PLANS):
            done_of_plans(self, self.session, row.item.record, self.say_undoable)
        elif row is not None:
            self._own.done(row)

    def _put_off(self) -> None:
        if self.row is not None:
            self._own.put_off(self.row)

    def _warn(self) -> None:
        if self.row is not None and isinstance(self.row.item.record, Request):
            self._own.warn(self.row.item.record)

    def _take(self) -> None:
        if self.row is not None and isinstance(self.row.item.record, Request):
            self._own.take(self.row.item.record)

    def _reply(self) -> None:
        if self.row is not None and isinstance(self.row.item.record, Feedback):
            self._replies().reply(self.row.item.record)

    def _decline(self) -> None:
        if self.row is not None and isinstance(self.row.item.record, Feedback):
            self._replies().decline(self.row.item.record)

    def _replies(self) -> FeedbackReplies:
        def told(text: str) -> None:
            self.say_undoable(f"{text[:1].upper()}{text[1:]}")

        return FeedbackReplies(self, self.session, told, lambda text, warns: self.say(text, warning=warns))

    def _why(self) -> None:
        if self.row is not None:
            open_over(self, TextView("Why here", why_place(self.session, self.today, self.row)))

    def _copy(self) -> None:
        if self.row is not None:
            client = self.row.client.name if self.row.client else ""
            copy_from(self, " ".join(part for part in (client, called(self.row)) if part))
            self.say("Copied.")

    routes: ClassVar = {
        "record.new": _new,
        "record.open": _open,
        "record.done": _done,
        "today.put_off": _put_off,
        "today.warn": _warn,
        "today.take": _take,
        "today.reply": _reply,
        "today.decline": _decline,
        "today.filter": _filter_next,
        "today.client": _client,
        "record.why": _why,
        "record.copy": _copy,
    }
    BINDINGS = table_bindings(routes)
