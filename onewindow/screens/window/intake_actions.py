"""Taking requests and calls in the window, and the work that is put aside while the telephone rings.

What a key opens is loaded when it is first pressed: the first key after a start waits for nothing else.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeGuard

from onewindow.desk.queue import interruptions
from onewindow.desk.session import naming
from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.by_name import client_id_of
from onewindow.records.clients import Client
from onewindow.screens.frame import screen_stack
from onewindow.screens.frame.host_app import KeyedScreen
from onewindow.screens.frame.suspending import Held, Suspendable
from onewindow.screens.window.client_window import WindowScreen
from onewindow.screens.window.record_opening import RecordOpening
from onewindow.store.changes import record_of
from onewindow.store.problems import NotFound, StoreProblem
from onewindow.store.session.interruptions import Interruption
from onewindow.text.dates import to_local

if TYPE_CHECKING:
    from onewindow.desk.meetings.calls import Called
    from onewindow.desk.meetings.unknown_caller import UnknownCaller
    from onewindow.records.fields import Record
    from onewindow.screens.requests.capture import Captured
    from onewindow.store.session.drafts import Draft

_PANEL, _KIND, _ID, _WAY, _CLIENT = "panel", "kind", "id", "way", "client"


class IntakeActions:
    """The one-line request, the call, and the stack of interruptions."""

    def __init__(self, window: WindowScreen, records: RecordOpening) -> None:
        """Serve one window; `records` opens the forms."""
        self.window, self._records = window, records
        self._last_found: tuple[int, str] | None = None
        """The client that a search opened last, and what was typed: it may tell who is on the telephone."""

    def found_by(self, typed: str) -> None:
        """Note what led to the client on the screen."""
        snapshot = self.window.snapshot
        self._last_found = (snapshot.client.id, typed) if snapshot is not None else None

    def find_client(self) -> None:
        """Find a client, or take up an unknown number."""
        from onewindow.desk.meetings.unknown_caller import UnknownCaller
        from onewindow.screens.frame.finder_screen import ClientFinder

        window = self.window

        def chosen(chosen_client: int | UnknownCaller | None) -> None:
            if isinstance(chosen_client, UnknownCaller):
                self.unknown_caller(chosen_client)
            elif chosen_client is not None:
                screen_stack.uncover(window)
                window.open_client(chosen_client)
                self.found_by(finder.typed)
                window.actions.do(f"go.{window.open_panel}")

        finder = ClientFinder(window.session, takes_unknown=True)
        window.host.push_screen(finder, chosen)

    def capture(self, client_id: int | None, text: str = "", focus: str | None = None) -> None:
        """Take a request in one line, of the client on the screen if one is given.

        A draft that says more than a line can goes on in the whole form, in the field `focus`.
        """
        from onewindow.desk.requests.line_entry import draft_of_line, goes_on_in_form
        from onewindow.screens.requests.capture import CaptureScreen

        pasted = "" if text else self.window.host_text(client_id)
        draft = None if text or pasted else draft_of_line(self.window.session, client_id)
        if draft is not None and goes_on_in_form(draft):
            self._go_on_in_form(draft, focus)
            return
        screen = CaptureScreen(self.window.session, client_id, text or pasted, is_pasted=bool(pasted))
        self.window.host.push_screen(screen, self._captured)

    def _captured(self, captured: Captured | None) -> None:
        if captured is None:
            return
        window = self.window
        if captured.carried is not None:
            self._records.open_form("request", None, captured.client_id, carried=captured.carried)
            return
        if captured.opened_id is not None:
            self._go_to(RecordKey("request", captured.opened_id))
            return
        made = captured.made
        if made is not None:
            self._go_to(RecordKey("request", made.request.id))
            parts = [f"Saved {naming.title_of(made.request)} in {captured.seconds} s"]
            parts += [f"passed on to {made.hand_off.department}"] if made.hand_off else []
            window.say(f"{', '.join(parts)}; {window.why_key('edit.undo')} takes it back.")

    def _go_on_in_form(self, draft: Draft, focus: str | None = None) -> None:
        from onewindow.desk.editing import drafting  # no start goes on with a draft

        name = drafting.name_of(draft)
        client_id = name.client_id if name else None
        self._records.open_form("request", None, client_id, focus, draft=draft)

    def _go_to(self, key: RecordKey) -> None:
        """Show a record's client and put the cursor on it."""
        window = self.window
        record = record_of(window.session.store, key.kind, key.id)
        client_id = client_id_of(record)
        if client_id is not None:
            window.open_client(client_id)
        self._records.show(key)

    # the telephone rings

    def suspend(self) -> None:
        """Put this work aside with its draft, and find who calls."""
        from onewindow.screens.frame.finder_screen import ClientFinder

        window = self.window
        host = window.host
        if isinstance(host.screen, ClientFinder) and host.screen.is_for_a_call:
            return
        held, way = self._held(), self._way()
        place = self._place() | dict(held.place if held else {}) | {_WAY: screen_stack.written(way)}
        snapshot = window.snapshot
        about = self._record(screen_stack.shown(way) or window.selected_key())
        what = held.title if held else naming.called(window.session, about) if about else ""
        client_id = snapshot.client.id if snapshot else None
        named = client_id_of(about) or client_id
        form = held.form if held else ""
        interruptions.push(window.session, client_id, what, place, form, named=named)
        while host.screen is not window:
            host.pop_screen()
        window.show_top()

        def chosen(client_id: int | UnknownCaller | None) -> None:
            if client_id is None:
                self.go_on()
                return
            if not isinstance(client_id, int):
                self.unknown_caller(client_id, is_on_the_line=True)
                return
            window.open_client(client_id)
            self.found_by(finder.typed)
            window.actions.do(f"go.{window.open_panel}")
            self.take_call()

        finder = ClientFinder(window.session, is_for_a_call=True)
        host.push_screen(finder, chosen)

    def unknown_caller(self, caller: UnknownCaller, *, is_on_the_line: bool = False) -> None:
        """Make a person, a client or a lead of an unknown number, and then speak with who is on the line."""
        from onewindow.desk.meetings.unknown_caller import keep_number, preset_of
        from onewindow.desk.validation.field_problems import FieldProblems
        from onewindow.screens.editing.record_form import RecordForm
        from onewindow.screens.frame.finder_screen import ClientFinder

        window, number = self.window, caller.number

        def person_of(client_id: int) -> None:
            window.open_client(client_id)
            self._records.open_form("contact", None, client_id, preset={"phone": number}, then=spoken_with)

        def spoken_with() -> None:
            if is_on_the_line:
                self.found_by(number)
                self.take_call()

        def whose(client_id: int | UnknownCaller | None) -> None:
            if isinstance(client_id, int):
                person_of(client_id)

        def made(client: Record | None) -> None:
            if not isinstance(client, Client):
                return
            try:
                person = keep_number(window.session, client, number)
            except (FieldProblems, StoreProblem):
                # A number that no rule takes is put right in the form of the person.
                person_of(client.id)
                return
            window.open_client(client.id)
            if caller.becomes == "client":
                self._records.open_form("contact", person, client.id, then=spoken_with)
            else:
                self.capture(client.id, f"#lead {number} ")

        if caller.becomes == "contact":
            window.host.push_screen(ClientFinder(window.session, whose=number), whose)
        else:
            form = RecordForm(window.session, "client", None, preset=preset_of(caller))
            window.host.push_screen(form, made)

    def go_on(self) -> None:
        """Go on with the work that was put aside last, as it was."""
        window = self.window
        waiting = interruptions.waiting(window.session)
        if not waiting:
            top = window.host.screen
            (top if isinstance(top, KeyedScreen) else window).say("Nothing was put aside.")
            return
        interruptions.take_over(window.session, waiting[-1])
        while window.host.screen is not window:
            # What is typed there is kept as a draft of its own.
            screen = window.host.screen
            if _holds(screen):
                screen.hold()
            window.host.pop_screen()
        self._resume(waiting[-1])
        interruptions.done(window.session, waiting[-1])
        window.show_top()

    def list_waiting(self) -> None:
        """Show the work that waits."""
        from onewindow.screens.frame.text_view import TextView

        session = self.window.session
        waiting = interruptions.waiting(session)
        lines = [f"{to_local(work.at, session.zone):%H:%M}  {work.title}" for work in reversed(waiting)]
        key = self.window.why_key("interruption.pop")
        lines += ["", f"{key} goes on with the first."] if waiting else ["Nothing was put aside."]
        self.window.host.push_screen(TextView("Work put aside", lines))

    def list_drafts(self, *, is_unasked: bool = False) -> None:
        """Show what was typed and never saved; `is_unasked`: the program offers it by itself."""
        from onewindow.screens.window.drafts import DraftsScreen

        def chosen(draft: Draft | None) -> None:
            if draft is not None:
                self._ask_again(draft)
            elif is_unasked:
                self.say_drafts()

        self.window.host.push_screen(DraftsScreen(self.window.session, is_unasked=is_unasked), chosen)

    def say_drafts(self) -> None:
        """Say in the hint line how many drafts wait, if any."""
        from onewindow.desk.editing import drafting  # no start goes on with a draft

        count = len(drafting.pending_drafts(self.window.session))
        if count:
            what = "A draft waits" if count == 1 else f"{count} drafts wait"
            self.window.say(f"{what}: “drafts” behind {self.window.why_key('app.palette')} goes on.")

    def _ask_again(self, draft: Draft) -> None:
        """Go to where a question stood that was not answered."""
        from onewindow.desk.editing import drafting  # no start goes on with a draft

        place: dict[str, str] = {}
        with contextlib.suppress(ValueError, TypeError):
            place = dict(json.loads(draft.typed.get(drafting.PLACE, "")))
        self.go_again(place, f"Back to {draft.typed.get(drafting.TITLE, draft.form)}")

    def take_call(self) -> None:
        """Take a call of the client on the screen."""
        snapshot = self.window.snapshot
        if snapshot is None:
            self.window.say("There is no client yet.")
            return
        self._call(snapshot.client.id)

    def _call(self, client_id: int) -> None:
        from onewindow.screens.meetings.call import CallScreen, summary

        window = self.window

        def closed(called: Called | None) -> None:
            if called is None:
                return
            self._go_to(RecordKey(*_main(called)))
            back = ""
            if interruptions.waiting(window.session):
                back = f", {window.why_key('interruption.pop')} goes on where you were"
            window.say(f"{summary(called)}; {window.why_key('edit.undo')} takes it back{back}.")

        last_found, self._last_found = self._last_found, None
        typed = last_found[1] if last_found is not None and last_found[0] == client_id else ""
        window.host.push_screen(CallScreen(window.session, client_id, found_by=typed), closed)

    def _held(self) -> Held | None:
        """What the topmost screen with work of its own keeps of it."""
        for screen in reversed(self.window.host.screen_stack):
            if _holds(screen):
                return screen.hold()
        return None

    def _way(self) -> list[screen_stack.Step]:
        """The way to the topmost screen; one that holds a draft is opened by that, and not by the way."""
        stack = self.window.host.screen_stack
        above = stack[stack.index(self.window) + 1 :]
        ends = next((place for place, screen in enumerate(above) if _holds(screen)), len(above))
        return screen_stack.steps(above[:ends])

    def _place(self) -> dict[str, str]:
        window = self.window
        focused = window.focused.id if window.focused is not None and window.focused.id else "clients"
        place = {_PANEL: focused}
        key = window.selected_key()
        if key is not None:
            place |= {_KIND: key.kind, _ID: str(key.id)}
        return place

    def _record(self, key: RecordKey | None) -> Record | None:
        """The record that the work is about, None if it is about the client as a whole or nothing."""
        if key is None or key.kind == "client":
            return None
        with contextlib.suppress(NotFound):
            return record_of(self.window.session.store, key.kind, key.id)
        return None

    def way_here(self) -> dict[str, str]:
        """How one came to what is on the screen now: `go_again` goes there."""
        window = self.window
        stack = window.host.screen_stack
        way = screen_stack.steps(stack[stack.index(window) + 1 :]) if window in stack else []
        place = self._place() | {_WAY: screen_stack.written(way)}
        return place | ({_CLIENT: str(window.snapshot.client.id)} if window.snapshot else {})

    def go_again(self, place: Mapping[str, str], what: str) -> None:
        """Go the way to a question that was not answered; its draft goes on by its name."""
        client = place.get(_CLIENT, "")
        self._walk(int(client) if client.isdecimal() else None, place, lambda: self._say_on_top(what))

    def _resume(self, work: Interruption) -> None:
        self._walk(work.client_id, work.place, lambda: self._arrived(work))

    def _walk(self, client_id: int | None, place: Mapping[str, str], arrived: Callable[[], None]) -> None:
        window = self.window
        if client_id is not None:
            window.open_client(client_id)
        panel = place.get(_PANEL, "")
        window.stand_in(panel)
        if place.get(_ID, "").isdecimal():
            key = RecordKey(place.get(_KIND, ""), int(place[_ID]))
            if panel in window.panels:
                window.panels[panel].move_to_key(key)
            elif panel == "promises":
                window.promises.move_to_key(key)
        screen_stack.walk(window.host, window.actions.do, screen_stack.read(place.get(_WAY, "")), arrived)

    def _arrived(self, work: Interruption) -> None:
        """Open what was typed, and say what this is."""
        said = f"Back to {work.title}"
        try:
            if work.form:
                self._reopen(work)
                top = self.window.host.screen
                if isinstance(top, screen_stack.GoesOn):
                    top.go_on()
        except StoreProblem as problem:
            said = str(problem)
        self._say_on_top(said)

    def _say_on_top(self, said: str) -> None:
        from onewindow.screens.frame.table_screen import TableScreen

        top = self.window.host.screen
        say = top.say if isinstance(top, TableScreen) else self.window.say
        say(said)

    def _reopen(self, work: Interruption) -> None:
        """Open the form or line that was put aside; its draft goes on by its name."""
        from onewindow.desk.editing import drafting
        from onewindow.screens.editing.record_form import held_preset

        window = self.window
        name = drafting.parse(work.form)
        if name is None:
            return
        focus, preset = held_preset(work.place)
        if name.kind == drafting.LINE:
            self.capture(name.client_id, focus=focus)
            return
        if name.kind == drafting.CALL and name.client_id is not None:
            self._call(name.client_id)
            return
        record = drafting.record_of(window.session, name)
        if record is None and name.record_id is not None:
            raise StoreProblem(f"What you were working on is gone: {work.title}")
        client_id = name.client_id if record is None else client_id_of(record)
        self._records.open_form(name.kind, record, client_id, focus, preset)


def _main(called: Called) -> tuple[str, int]:
    """The record of a call that one wants to see next: the request, else the talk itself."""
    return ("request", called.request.id) if called.request else ("touch", called.touch.id)


def _holds(screen: object) -> TypeGuard[Suspendable]:
    return isinstance(screen, Suspendable)
