"""One announcement at every client: who waits, who was told, what they answered; one key each."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, cast

from onewindow.desk.announcements import announcing, as_text, deliveries
from onewindow.desk.announcements.deliveries import BecomesKind
from onewindow.desk.announcements.rows import DELIVERY_COLUMNS, DELIVERY_HEADINGS, delivery_row
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.when import when_at
from onewindow.records.adoption import Announcement, Delivery, DeliveryState
from onewindow.records.clients import Client
from onewindow.records.requests import Request
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.questions import Answers, Questions
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.messages.writing import MessageActions
from onewindow.store import rows
from onewindow.store.announcements import announcement_records
from onewindow.store.announcements.announcement_records import DeliveryLine
from onewindow.store.changes import Change
from onewindow.store.problems import StoreProblem
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

_KINDS = frozenset({"announcement", "delivery", "message", "client", "contact"})
_SHOWN_AT_MOST = 1000
"""Of each state; more is a matter for the command line."""
_BECOMES = (("", "an answer, nothing more"), ("feedback", "a quote of the client"), ("request", "a request"))
_FREE = frozenset({"delivery.view", "app.back"})


class AnnouncementScreen(TableScreen[int | None]):
    """`x` told, `m` read, `r` answer, `X` declined, `d` skip, `Z` back, `L` letter; gives whom to open."""

    scope = "announcement"
    tells_times = True
    verbs: ClassVar = {
        "record.done": "told",
        "delivery.acknowledge": "read",
        "delivery.reply": "answer",
        "delivery.decline": "declined",
        "record.archive": "skip",
        "message.write": "letter",
        "record.why": "text",
    }

    def __init__(self, session: Session, announcement_id: int) -> None:
        """Show all clients of an announcement, those who wait first."""
        super().__init__(session, Table("announcement", DELIVERY_HEADINGS, DELIVERY_COLUMNS))
        self._announcement_id = announcement_id
        self._state: DeliveryState | None = None
        self._lines: dict[int, DeliveryLine] = {}
        self._letters = MessageActions(
            self, session, self._about, lambda text, is_warning: self.say(text, warning=is_warning)
        )

    def on_mount(self) -> None:
        """Read, and listen to changes."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self.table.set_empty(
            "Nobody is here. Back on the list x queues it for its audience; f shows other states."
        )
        self._read()

    def on_unmount(self) -> None:
        """Stop listening."""
        self.session.listeners.remove(self.note_changes)

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Read again if what is shown changed."""
        if any(change.entity in _KINDS for change in changes):
            self._read()

    def own_reason(self, action_id: str) -> str:
        """All but the filter need a client."""
        return "no client is under the cursor" if action_id not in _FREE and not self._lines else ""

    # inside

    def _read(self) -> None:
        moment = when_at(self.session, self.session.now())
        wanted = (self._state,) if self._state else deliveries.STATES
        lines: list[DeliveryLine] = []
        for state in wanted:
            after, left = 0, _SHOWN_AT_MOST
            while left and (
                page := announcement_records.lines(self.session.store, self._announcement_id, state, after)
            ):
                lines += page[:left]
                after, left = page[-1].delivery.id, max(0, left - len(page))
        self._lines = {line.delivery.id: line for line in lines}
        status = as_text.status_of(self.session, self._announcement())
        self.table.set_source(ListSource([delivery_row(moment, line) for line in lines]))
        count = as_text.counts_text(status.counts)
        self.table.set_title(f"{status.announcement.title}: {self._state or 'all'}", count)
        self.show_hints()

    def _announcement(self) -> Announcement:
        return rows.get(self.session.store, Announcement, self._announcement_id)

    def _current(self) -> DeliveryLine:
        key = self.table.cursor_key
        if not isinstance(key, int) or key not in self._lines:
            raise StoreProblem("No client is under the cursor.")
        return self._lines[key]

    def _about(self) -> tuple[Client, Request | None]:
        return rows.get(self.session.store, Client, self._current().delivery.client_id), None

    def _moved(self, state: DeliveryState) -> None:
        line, place = self._current(), self.table.cursor
        deliveries.move(self.session, line.delivery, state)
        self._go_on(place)
        self.say_undoable(f"{line.client}: {state}")

    def _go_on(self, place: int) -> None:
        """To the client who stands now where the last one stood: that one's row went down the list."""
        self.table.cursor = min(place, max(0, len(self._lines) - 1))

    def _told(self) -> None:
        self._moved("told")

    def _was_read(self) -> None:
        self._moved("read")

    def _answer(self) -> None:
        line = self._current()
        fields = (
            FieldSpec("text", "what they answered", "long_text", required=True),
            FieldSpec("becomes", "it is", "choice", choices=_BECOMES, never_empty=True),
        )

        def answered(answers: Answers) -> str:
            becomes = cast("BecomesKind", answers["becomes"])
            made = deliveries.answer(self.session, line.delivery, answers["text"], becomes)
            more = f", R-{made.request.number} is open" if made.request else ", the quote is kept"
            return f"{line.client}: answered{more if becomes else ''}"

        self._ask(f"Answer of {line.client}", fields, answered)

    def _decline(self) -> None:
        line = self._current()

        def answered(answers: Answers) -> str:
            text = answers["text"]
            deliveries.move(self.session, line.delivery, "declined", answer=text, reason=text)
            return f"{line.client}: declined"

        self._ask(f"{line.client} declines", (FieldSpec("text", "why"),), answered)

    def _take_back(self) -> None:
        line = self._current()

        def answered(answers: Answers) -> str:
            deliveries.move(self.session, line.delivery, "queued", reason=answers["text"])
            return f"{line.client}: waits again"

        self._ask(f"{line.client} is not told yet", (FieldSpec("text", "why", required=True),), answered)

    def _skip(self) -> None:
        line = self._current()

        def answered(answers: Answers) -> str:
            deliveries.skip(self.session, line.delivery, answers["text"])
            return f"{line.client}: skipped"

        self._ask(f"Leave {line.client} out", (FieldSpec("text", "why", required=True),), answered)

    def _ask(self, title: str, fields: tuple[FieldSpec, ...], answered: Callable[[Answers], str]) -> None:
        place = self.table.cursor

        def closed(said: str | None) -> None:
            if said:
                self._go_on(place)
                self.say_undoable(said)

        open_over(self, Questions(title, fields, answered), closed)

    def _open(self) -> None:
        """The whole delivery in words."""
        line = self._current()
        delivery = line.delivery
        moment = when_at(self.session, self.session.now())
        told = [
            f"{delivery.state} since {moment.moment(delivery.at)}",
            *(
                [f"told {moment.moment(delivery.told_at)} {self._by(delivery)}".rstrip()]
                if delivery.told_at
                else []
            ),
            *([f"whom: {line.contact}"] if line.contact else []),
            *([f"message: {line.message_state} {line.message_error}".rstrip()] if line.message_state else []),
            *([f"reason: {delivery.reason}"] if delivery.reason else []),
            *(["", *delivery.answer.splitlines()] if delivery.answer else []),
        ]
        open_over(self, TextView(f"{self._announcement().title}: {line.client}", told))

    def _by(self, delivery: Delivery) -> str:
        name = self.session.directory.name(delivery.staff_id)
        return f"by {name}" if name else ""

    def _words(self) -> None:
        """What this client is told."""
        client, _ = self._about()
        message = announcing.text_for(self.session, self._announcement(), client)
        head = [message.subject, ""] if message.subject else []
        open_over(self, TextView(f"To {client.name}", [*head, *message.text.splitlines()]))

    def _letter(self) -> None:
        self._letters.write()

    def _client(self) -> None:
        self.dismiss(self._current().delivery.client_id)

    def _view_next(self) -> None:
        order = (None, *deliveries.STATES)
        self._state = order[(order.index(self._state) + 1) % len(order)]
        self._read()

    routes: ClassVar = {
        "record.open": _open,
        "record.done": _told,
        "delivery.acknowledge": _was_read,
        "delivery.reply": _answer,
        "delivery.decline": _decline,
        "delivery.resume": _take_back,
        "record.archive": _skip,
        "record.why": _words,
        "delivery.view": _view_next,
        "message.write": _letter,
        "delivery.client": _client,
    }
    BINDINGS = table_bindings(routes)
