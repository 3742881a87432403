"""What is done to records in the window: new, open, edit, done, archive, why, copy, history.

What a key opens is loaded when it is first pressed: the first key after a start waits for nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from onewindow.desk.session import naming
from onewindow.desk.window.panels.opportunities import SUGGESTION
from onewindow.desk.window.panels.registry import PANELS
from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.adoption import Plan, PlanStep
from onewindow.records.by_name import client_id_of, value_if_any, value_of
from onewindow.records.clients import Client
from onewindow.records.kinds import KINDS
from onewindow.screens.window.reasons import modes_of
from onewindow.screens.window.record_opening import RecordOpening
from onewindow.store.problems import StoreProblem

_LINKS = ("location", "link", "website")


class RecordActions:
    """Actions on the record under the cursor, and on new ones."""

    def __init__(
        self,
        opening: RecordOpening,
        *,
        capture: Callable[[int | None], None],
        resolve: Callable[[], None],
        win: Callable[[], None],
        bring_back: Callable[[Client], None],
    ) -> None:
        """Serve the window of `opening`.

        `capture` takes a new request in one line, `resolve` asks what came of the one under the cursor, `win`
        what was agreed on the opportunity there; `bring_back` takes an archived client back.
        """
        self.window, self._opening = opening.window, opening
        self._capture, self._bring_back = capture, bring_back
        self._ways_to_open: Mapping[str, Callable[[RecordKey], None]] = {
            "licence": lambda _: self.window.actions.do("go.adoption_screen"),
            "plan": opening.show_plan,
            "plan_step": opening.show_plan,
            "suggestion_mark": lambda _: self._open_suggestion(),
        }
        """What `enter` opens in the place of a form, by kind of record."""
        self._ways_to_be_done: Mapping[str, Callable[[Any], None]] = {
            "plan": self._end_of_plan,
            "plan_step": self._end_of_plan,
            "request": lambda _: resolve(),
            "opportunity": lambda _: win(),
        }
        """What `x` asks first, by kind of record."""

    def new(self) -> None:
        """A new record of the kind that this place shows."""
        scope = self.window.scope
        if scope == "list" or self.window.snapshot is None:
            self.new_of("client")
        elif scope == "card":
            self.new_of("contact")
        else:
            self.new_of(PANELS[scope].new_kind)

    def new_other(self) -> None:
        """A new record of a kind chosen from a list, by the words that the palette knows too."""
        from onewindow.action_words import kind_words
        from onewindow.screens.frame.chooser import Chooser

        def chosen(kind: str | None) -> None:
            if kind:
                self.new_of(kind)

        options = [(kind.name, kind.display_name) for kind in KINDS.values() if kind.typed]
        also = {name: kind_words(name) for name, _ in options}
        self.window.host.push_screen(Chooser("New record of which kind?", options, also=also), chosen)

    def new_of(self, kind: str) -> None:
        """Open the form of a new record; one of a client belongs to the client on the screen."""
        snapshot = self.window.snapshot
        if kind == "request":
            self._capture(snapshot.client.id if snapshot else None)
            return
        of_client = KINDS[kind].of_client and snapshot is not None
        self._opening.open_form(kind, None, snapshot.client.id if of_client and snapshot else None)

    def open(self) -> None:
        """Open the row: a client from the list, otherwise the record's form or its text."""
        window = self.window
        if window.scope == "list":
            key = window.column.clients.cursor_key
            if isinstance(key, int):
                window.open_client(key)
                window.actions.do(f"go.{window.open_panel}")
        elif window.scope == "card":
            self._opening.show_card()
        elif self._opening.request_under_cursor() is not None:
            self._opening.show_request()
        elif (key := window.selected_key()) is not None and key.kind in self._ways_to_open:
            self._ways_to_open[key.kind](key)
        else:
            self.edit()

    def _open_suggestion(self) -> None:
        if self._opening.suggestion() is not None:
            self.why()
            return
        # The line that stands for several: they are shown one by one.
        self.window.modes["opportunities"] = "not offered"
        self.window.reread()

    def edit(self) -> None:
        """Edit the record under the cursor."""
        record = self._opening.record()
        if not KINDS[record.kind].typed:
            self.why()
            return
        self._opening.open_form(record.kind, record, client_id_of(record))

    def done(self) -> None:
        """Mark the record done, in its own sense."""
        from onewindow.desk.editing import changing
        from onewindow.desk.editing.done_words import done_text

        record = self._opening.record()
        session = self.window.session
        way = self._ways_to_be_done.get(record.kind)
        if way is not None:
            way(record)
        else:
            self._opening.say_done(done_text(session, changing.mark_done(session, record)))

    def _end_of_plan(self, record: Plan | PlanStep) -> None:
        from onewindow.screens.plans.row_actions import done_of_plans

        done_of_plans(self.window, self.window.session, record, self._opening.say_done)

    def archive(self) -> None:
        """Archive the record, nothing is asked, undo brings it back; an archived client comes back."""
        from onewindow.desk.editing import changing

        window = self.window
        record = self._opening.record()
        if isinstance(record, Client) and record.archived_at is not None:
            self._bring_back(record)
            return
        changing.archive(window.session, record)
        if window.snapshot is not None and record.kind == "client" and record.id == window.snapshot.client.id:
            window.leave_client()
        self._opening.say_done(f"Archived {naming.called(self.window.session, record)}")

    def why(self) -> None:
        """Show the arithmetic behind what is under the cursor."""
        from onewindow.desk.why import why
        from onewindow.screens.frame.text_view import TextView

        window = self.window
        if window.snapshot is None:
            return
        key = window.selected_key()
        about = "health" if key is None or key.kind == "client" else key
        if key is not None and key.kind == SUGGESTION and self._opening.suggestion() is None:
            self._open_suggestion()
            return
        lines = why(window.session, window.snapshot, about)
        suggested = self._opening.suggestion()
        if about == "health":
            title = about
        elif suggested is not None:
            title = suggested.suggestion.title
        else:
            title = naming.called(self.window.session, self._opening.record())
        window.host.push_screen(TextView(f"Why: {title}", lines))

    def history(self) -> None:
        """Show who changed the record, when and how."""
        from onewindow.desk.editing.history_text import history_lines
        from onewindow.screens.frame.text_view import TextView
        from onewindow.store.history import history

        window = self.window
        record = self._opening.record()
        lines = history_lines(window.session, history(window.session.store, record.kind, record.id))
        window.host.push_screen(TextView(f"History: {naming.called(self.window.session, record)}", lines))

    def copy(self) -> None:
        """Copy the record's name, or the main contact's from the card."""
        window = self.window
        contact = window.snapshot.main_contact if window.snapshot else None
        if window.scope == "card" and contact is not None:
            self._opening.copy(
                " ".join(part for part in (contact.name, contact.phone, contact.email) if part)
            )
        else:
            self._opening.copy(naming.called(self.window.session, self._opening.record()))

    def copy_all(self) -> None:
        """Copy the requisites from the card, or every field of the record."""
        from onewindow.desk.editing.parsing import shown_fields
        from onewindow.desk.templates.correspondence import billing_details_block

        window = self.window
        if window.scope == "card" and window.snapshot is not None:
            self._opening.copy(billing_details_block(window.snapshot))
            return
        fields = shown_fields(window.session, self._opening.record())
        self._opening.copy("\n".join(f"{label}: {text}" for label, text in fields))

    def follow(self) -> None:
        """Open the link or file of the record; what this terminal cannot open is copied and shown."""
        from onewindow.screens.frame.opening_links import open_outside

        window = self.window
        record = self._opening.record()
        target = next((str(value_of(record, name)) for name in _LINKS if value_if_any(record, name)), "")
        if not target:
            raise StoreProblem(f"This row has no link and no file; {window.why_key('record.edit')} adds one.")
        refused = open_outside(window.host, target)
        if refused:
            window.host.copy_to_clipboard(target)
            window.say(f"Copied: {target} ({refused})")
        else:
            window.say(f"Opened {target}")

    def next_view(self) -> None:
        """Show the panel's rows in the next way."""
        window = self.window
        modes = modes_of(self.window)
        now = window.modes.get(window.scope, modes[0])
        window.modes[window.scope] = modes[(modes.index(now) + 1) % len(modes)]
        window.reread()
        window.say(f"{window.scope}: {window.modes[window.scope]}")
