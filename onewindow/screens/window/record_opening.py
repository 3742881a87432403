"""The record under the cursor of the window, and the forms and screens that open from there.

What a key opens is loaded when it is first pressed: the first key after a start waits for nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from onewindow.desk.session import naming
from onewindow.desk.window.panels.opportunities import SUGGESTION, suggestion_of
from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.adoption import PlanStep
from onewindow.records.clients import Client
from onewindow.records.feedback import Feedback, Opportunity
from onewindow.records.fields import Record
from onewindow.records.requests import Request
from onewindow.screens.window.client_window import WindowScreen
from onewindow.store.changes import record_of
from onewindow.store.problems import StoreProblem

if TYPE_CHECKING:
    from onewindow.desk.editing.entries import Carried
    from onewindow.desk.opportunities.suggesting import Suggested
    from onewindow.store.session.drafts import Draft


class RecordOpening:
    """Finds the record that is meant in one window, opens it, and says there what was done to it."""

    def __init__(self, window: WindowScreen) -> None:
        """Serve one window."""
        self.window = window

    def request_under_cursor(self) -> Request | None:
        """The request of the row under the cursor, or None for any other row."""
        snapshot, key = self.window.snapshot, self.window.selected_key()
        if snapshot is None or key is None or key.kind != "request":
            return None
        known = (*snapshot.requests, *snapshot.closed_requests)
        return next((request for request in known if request.id == key.id), None)

    def about(self) -> tuple[Client, Request | None]:
        """The client on the screen and the request under the cursor; raises StoreProblem without a client."""
        if self.window.snapshot is None:
            raise StoreProblem("There is no client yet.")
        return self.window.snapshot.client, self.request_under_cursor()

    def record(self) -> Record:
        """The record under the cursor; raises StoreProblem without one."""
        window = self.window
        store = window.session.store
        if window.scope == "list":
            client_id = window.column.clients.cursor_key
            if isinstance(client_id, int):
                return record_of(store, "client", client_id)
        key = window.selected_key()
        if key is None:
            raise StoreProblem("No row is under the cursor.")
        if key.kind == SUGGESTION and self.suggestion() is None:
            view = window.why_key("panel.view")
            raise StoreProblem(f"What is not offered stands behind this line, each with its reason: {view}.")
        if key.kind == SUGGESTION:
            raise StoreProblem(
                "A suggestion is not on file yet: "
                f"{window.why_key('opportunity.accept')} takes it, {window.why_key('record.why')} says why."
            )
        return record_of(store, key.kind, key.id)

    def open_form(
        self,
        kind: str,
        record: Record | None,
        client_id: int | None,
        focus: str | None = None,
        preset: Mapping[str, str] | None = None,
        *,
        carried: Carried | None = None,
        draft: Draft | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Open a form; `carried` is what was typed into a line, `draft` the one to go on with.

        `then` is done once it was saved.
        """
        from onewindow.screens.editing.record_form import RecordForm

        window = self.window
        if record is None and window.snapshot is not None and client_id == window.snapshot.client.id:
            from onewindow.desk.editing.archived_clients import is_archived_here  # no start needs it

            told = is_archived_here(window.snapshot.client, window.why_key("record.archive"))
            if told:
                window.say(f"{told}.", warning=True)
                return
        promises = window.views["promises"].rows if window.views and client_id else ()
        lines = [
            "  ".join((f"{row.mark} {row.cells[0].text}".strip(), *(c.text for c in row.cells[1:] if c.text)))
            for row in promises
        ]
        if client_id is not None:
            said = window.session.registry.of(kind).rules.caution(window.session, client_id)
            lines[:0] = [f"! {said}"] if said else []

        def closed(saved: Record | None) -> None:
            if saved is None:
                return
            if isinstance(saved, Client) and record is None:
                window.open_client(saved.id)
                window.actions.do(f"go.{window.open_panel}")
            else:
                self.show(RecordKey(saved.kind, saved.id))
            years = f" ({form.taken_years})" if form.taken_years else ""
            self.say_done(f"Saved {naming.called(self.window.session, saved)}{years}")
            if then is not None:
                then()

        form = RecordForm(
            window.session,
            kind,
            record,
            client_id,
            focus=focus,
            preset=preset,
            carried=carried,
            draft=draft,
            promises=lines,
        )
        window.host.push_screen(form, closed)

    def show(self, key: RecordKey) -> None:
        """Put the cursor on the record, in the panel that has the focus or else in the first that has it."""
        window = self.window
        places = {"promises": window.promises, **window.panels}
        here = [name for name, panel in places.items() if panel.has_focus]
        for name in (*here, *places):
            if places[name].move_to_key(key):
                window.actions.do(f"go.{name}")
                return

    def show_request(self) -> None:
        """Open the request under the cursor whole; `]` and `[` go through the requests of the panel."""
        from onewindow.screens.requests.request_screen import RequestScreen

        window = self.window
        key = window.selected_key()
        if key is None:
            return
        shown = [row.key for row in window.views["requests"].rows if isinstance(row.key, RecordKey)]
        queue = [key.id for key in shown if key.kind == "request"]

        def closed(client_id: int | None) -> None:
            if client_id is not None:
                window.open_client(client_id)

        window.host.push_screen(RequestScreen(window.session, key.id, queue), closed)

    def show_plan(self, key: RecordKey) -> None:
        """Open a plan whole, or that of a step; `]` and `[` go through the plans of the client."""
        from onewindow.screens.plans.plan import PlanScreen

        window = self.window
        record = record_of(window.session.store, key.kind, key.id)
        plan_id = record.plan_id if isinstance(record, PlanStep) else record.id
        queue = [plan.id for plan in window.snapshot.plans] if window.snapshot is not None else []

        def closed(client_id: int | None) -> None:
            if client_id is not None:
                window.open_client(client_id)

        around = queue if plan_id in queue else ()
        window.host.push_screen(PlanScreen(window.session, plan_id, around), closed)

    def show_card(self) -> None:
        """Open everything that stands on the card, field by field."""
        from onewindow.screens.window.card_screen import CardScreen

        if self.window.snapshot is not None:
            self.window.host.push_screen(CardScreen(self.window.session, self.window.snapshot.client.id))

    def say_done(self, text: str) -> None:
        """Say what was done, and the key that takes it back."""
        self.window.say(f"{text[:1].upper()}{text[1:]}; {self.window.why_key('edit.undo')} takes it back.")

    def copy(self, text: str) -> None:
        """Put a text on the clipboard, and say how it begins."""
        self.window.host.copy_to_clipboard(text)
        self.window.say(f"Copied: {text.splitlines()[0] if text else 'nothing'}")

    def quote(self) -> Feedback:
        """The quote under the cursor; raises StoreProblem on any other row."""
        record = self.record()
        if not isinstance(record, Feedback):
            raise StoreProblem("No quote is under the cursor.")
        return record

    def suggestion(self) -> Suggested | None:
        """What the rules suggest in the row under the cursor, None for any other row."""
        snapshot, key = self.window.snapshot, self.window.selected_key()
        return suggestion_of(snapshot, key) if snapshot is not None and key is not None else None

    def opportunity(self) -> Opportunity:
        """The opportunity under the cursor; raises StoreProblem on any other row."""
        record = self.record()
        if not isinstance(record, Opportunity):
            raise StoreProblem("No opportunity is under the cursor.")
        return record
