"""What is done to records in the window: new, open, edit, done, archive, why, copy, history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from onewindow.desk.session import naming
from onewindow.desk.window.panels.registry import PANELS
from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.adoption import Plan, PlanStep
from onewindow.records.clients import Client, Contact, Promise
from onewindow.records.fields import Record
from onewindow.records.kinds import DONE_KINDS, KINDS
from onewindow.records.voice import Opportunity
from onewindow.records.work import Request
from onewindow.screens.frame.screen_stack import ListsAbove
from onewindow.screens.window.client_window import WindowScreen
from onewindow.store.changes import record_of
from onewindow.store.problems import StoreProblem

if TYPE_CHECKING:
    from onewindow.desk.editing.entries import Carried
    from onewindow.metrics.promises import Outcome
    from onewindow.screens.window.opportunity_actions import OpportunityDeeds
    from onewindow.store.session.drafts import Draft

_NEEDS_ROW = frozenset(
    {"record.done", "record.archive", "record.follow", "record.history", "record.why", "record.edit"}
    | {"promises.acknowledge", "promises.kept", "promises.broken"}
    | {"opportunity.accept", "opportunity.offer", "opportunity.decline"}
)
_SURE = frozenset({"yes", "да"})
_LINKS = ("location", "link", "website")


class RecordDeeds:
    """Actions on the record under the cursor, and on new ones."""

    def __init__(
        self,
        window: WindowScreen,
        above: ListsAbove,
        capture: Callable[[int | None], None],
        resolve: Callable[[], None],
    ) -> None:
        """Serve one window.

        `capture` takes a new request in one line, `resolve` asks what came of the one under the cursor.
        """
        self.window, self._above, self._capture, self._resolve = window, above, capture, resolve

    def reason(self, action_id: str) -> str:
        """Why an action can do nothing here and now, or an empty text."""
        window = self.window
        if action_id in _NEEDS_ROW and window.scope != "list" and window.selected_key() is None:
            return "no row is under the cursor"
        if window.picture is None and action_id not in ("record.new", "record.new_other"):
            return "there is no client yet"
        if action_id.startswith("opportunity."):
            return "" if window.scope == "opportunities" else "put the cursor on an opportunity in panel 5"
        if action_id == "record.done":
            key = window.selected_key()
            kind = key.kind if key is not None else "client"
            if kind in DONE_KINDS:
                return ""
            ways = f"{window.why_key('record.archive')} archives it"
            if KINDS[kind].typed:
                what = "changes its stage" if kind == "client" else "edits it"
                ways += f", {window.why_key('record.edit')} {what}"
            return f"a {KINDS[kind].spoken} is never “done”: {ways}"
        if action_id == "panel.view" and len(self._modes()) < 2:
            return "this place has one view only"
        return ""

    # new

    def record_new(self) -> None:
        """A new record of the kind that this place shows."""
        scope = self.window.scope
        if scope == "list" or self.window.picture is None:
            self.new_of("client")
        elif scope == "card":
            self.new_of("contact")
        else:
            self.new_of(PANELS[scope].new_kind)

    def record_new_other(self) -> None:
        """A new record of a kind chosen from a list, by the words that the palette knows too."""
        from onewindow.action_words import kind_words
        from onewindow.screens.frame.chooser import Chooser

        def chosen(kind: str | None) -> None:
            if kind:
                self.new_of(kind)

        options = [(kind.name, kind.spoken) for kind in KINDS.values() if kind.typed]
        also = {name: kind_words(name) for name, _ in options}
        self.window.host.push_screen(Chooser("New record of which kind?", options, also=also), chosen)

    def new_of(self, kind: str) -> None:
        """Open the form of a new record; one of a client belongs to the client on the screen."""
        picture = self.window.picture
        if kind == "request":
            self._capture(picture.client.id if picture else None)
            return
        of_client = KINDS[kind].of_client and picture is not None
        self.open_form(kind, None, picture.client.id if of_client and picture else None)

    # the record under the cursor

    def record_open(self) -> None:
        """Open the row: a client from the list, otherwise the record's form or its text."""
        window = self.window
        if window.scope == "list":
            key = window.column.clients.cursor_key
            if isinstance(key, int):
                window.open_client(key)
                window.deeds.do(f"go.{window.open_panel}")
        elif window.scope == "card":
            self.show_card()
        elif self.request_under_cursor() is not None:
            self.show_request()
        elif (key := window.selected_key()) is not None and key.kind == "licence":
            window.deeds.do("go.adoption_screen")
        elif (key := window.selected_key()) is not None and key.kind in ("plan", "plan_step"):
            self.show_plan(key)
        else:
            self.record_edit()

    def about(self) -> tuple[Client, Request | None]:
        """The client on the screen and the request under the cursor; raises StoreProblem without a client."""
        if self.window.picture is None:
            raise StoreProblem("There is no client yet.")
        return self.window.picture.client, self.request_under_cursor()

    def request_under_cursor(self) -> Request | None:
        """The request of the row under the cursor, or None for any other row."""
        picture, key = self.window.picture, self.window.selected_key()
        if picture is None or key is None or key.kind != "request":
            return None
        known = (*picture.requests, *picture.closed_requests)
        return next((request for request in known if request.id == key.id), None)

    def show_request(self) -> None:
        """Open the request under the cursor whole; `]` and `[` go through the requests of the panel."""
        from onewindow.screens.requests.request_screen import RequestScreen

        window = self.window
        key = window.selected_key()
        if key is None:
            return
        shown = [row.key for row in window.views["requests"].rows if isinstance(row.key, RecordKey)]
        queue = [each.id for each in shown if each.kind == "request"]

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
        queue = [plan.id for plan in window.picture.plans] if window.picture is not None else []

        def closed(client_id: int | None) -> None:
            if client_id is not None:
                window.open_client(client_id)

        around = queue if plan_id in queue else ()
        window.host.push_screen(PlanScreen(window.session, plan_id, around), closed)

    def show_card(self) -> None:
        """Open everything that stands on the card, field by field."""
        from onewindow.screens.window.card_screen import CardScreen

        if self.window.picture is not None:
            self.window.host.push_screen(CardScreen(self.window.session, self.window.picture.client.id))

    def record_edit(self) -> None:
        """Edit the record under the cursor."""
        record = self._record()
        if not KINDS[record.kind].typed:
            self.record_why()
            return
        self.open_form(record.kind, record, getattr(record, "client_id", None))

    def record_done(self) -> None:
        """Mark the record done, in its own sense."""
        from onewindow.desk.editing import changing
        from onewindow.desk.editing.done_words import done_told

        record = self._record()
        session = self.window.session
        if isinstance(record, Plan | PlanStep):
            from onewindow.screens.plans.row_actions import done_of_plans

            done_of_plans(self.window, session, record, self._said)
            return
        if record.kind == "request":
            self._resolve()
            return
        if isinstance(record, Opportunity):
            self.opportunities().won()
            return
        self._said(done_told(session, changing.mark_done(session, record)))

    def opportunities(self) -> OpportunityDeeds:
        """What can become of the opportunity under the cursor."""
        from onewindow.screens.window.opportunity_actions import OpportunityDeeds

        return OpportunityDeeds(self.window, self._opportunity, self._said)

    def _opportunity(self) -> Opportunity:
        record = self._record()
        if not isinstance(record, Opportunity):
            raise StoreProblem("No opportunity is under the cursor.")
        return record

    def card_people(self) -> None:
        """Choose a person of the client by name and number, and open the card of that person."""
        from onewindow.screens.frame.chooser import Chooser
        from onewindow.store.clients import cards as clients
        from onewindow.text.identifiers.phones import format_phone

        window = self.window
        if window.picture is None:
            return
        found = clients.contacts(window.session.store, window.picture.client.id)
        people = {str(each.id): each for each in found if not each.left_on}
        if not people:
            raise StoreProblem(f"No people are on file yet; {window.why_key('record.new')} adds one.")
        options = [
            (
                number,
                "  ".join(
                    part
                    for part in (each.name, format_phone(each.phone) if each.phone else each.email, each.role)
                    if part
                ),
            )
            for number, each in people.items()
        ]

        def chosen(contact_id: str | None) -> None:
            if contact_id is not None:
                contact = people[contact_id]
                self.open_form("contact", contact, contact.client_id, "phone")

        title = f"People of {window.picture.client.name}"
        window.host.push_screen(Chooser(title, options, people=True), chosen)

    def record_archive(self) -> None:
        """Archive the record, nothing is asked, undo brings it back; an archived client comes back."""
        from onewindow.desk.editing import changing

        window = self.window
        record = self._record()
        if isinstance(record, Client) and record.archived_at is not None:
            self._bring_back(record)
            return
        changing.archive(window.session, record)
        if window.picture is not None and record.kind == "client" and record.id == window.picture.client.id:
            window.leave_client()
        self._said(f"Archived {naming.called(self.window.session, record)}")

    def client_restore(self) -> None:
        """Bring back the client on the screen if it is archived, else one chosen from those that are."""
        from onewindow.desk.editing.archived_clients import archived, archived_text
        from onewindow.screens.frame.chooser import Chooser

        window = self.window
        if window.picture is not None and window.picture.client.archived_at is not None:
            self._bring_back(window.picture.client)
            return
        known = {str(each.id): each for each in archived(window.session)}
        if not known:
            raise StoreProblem("No client is archived.")

        def chosen(client_id: str | None) -> None:
            if client_id is not None:
                self._bring_back(known[client_id])

        options = [
            (number, f"{each.name}  C-{each.number}  {archived_text(window.session, each)}")
            for number, each in known.items()
        ]
        window.host.push_screen(Chooser("Bring back which client?", options), chosen)

    def client_erase_private(self) -> None:
        """Erase for good what is private of a person of the client; a question comes before."""
        from onewindow.screens.frame.chooser import Chooser
        from onewindow.store.clients import cards as clients

        window = self.window
        if window.picture is None:
            raise StoreProblem("There is no client yet.")
        people = {
            str(each.id): each for each in clients.contacts(window.session.store, window.picture.client.id)
        }
        if not people:
            raise StoreProblem("No people are on file yet.")

        def chosen(contact_id: str | None) -> None:
            if contact_id is not None:
                self._ask_to_erase(people[contact_id])

        options = [(number, each.name) for number, each in people.items()]
        window.host.push_screen(Chooser("Erase what is private of whom?", options, people=True), chosen)

    def _ask_to_erase(self, contact: Contact) -> None:
        from onewindow.desk.clients import forgetting_people
        from onewindow.screens.frame.questions import Answers, Questions
        from onewindow.widgets.field_spec import FieldSpec

        window = self.window
        try:
            held = forgetting_people.private_held(window.session, contact)
        except StoreProblem as problem:
            window.say(str(problem), warning=True)
            return
        if not held:
            window.say(f"Nothing private of {contact.name} is on file.")
            return

        def answered(answers: Answers) -> str:
            if answers["sure"].strip().casefold() not in _SURE:
                raise StoreProblem("Nothing is erased. Type “yes” to erase it, or leave with esc.")
            forgetting_people.erase_person(window.session, contact)
            return f"Erased for good: {', '.join(held)} of {contact.name}."

        def closed(said: str | None) -> None:
            if said:
                window.say(said)

        field = FieldSpec("sure", "type yes", help=f"{', '.join(held)}: from the history too, no undo.")
        title = f"Erase {', '.join(held)} of {contact.name} for good?"
        window.host.push_screen(Questions(title, (field,), answered), closed)

    def _bring_back(self, client: Client) -> None:
        from onewindow.desk.editing import changing

        changing.restore(self.window.session, client)
        self.window.open_client(client.id)
        self._said(f"Brought back {client.name}")

    def record_why(self) -> None:
        """Show the arithmetic behind what is under the cursor."""
        from onewindow.desk.why import why
        from onewindow.screens.frame.text_view import TextView

        window = self.window
        if window.picture is None:
            return
        key = window.selected_key()
        about = "health" if key is None or key.kind == "client" else key
        lines = why(window.session, window.picture, about)
        title = "health" if about == "health" else naming.called(self.window.session, self._record())
        window.host.push_screen(TextView(f"Why: {title}", lines))

    def record_history(self) -> None:
        """Show who changed the record, when and how."""
        from onewindow.desk.editing.history_text import history_lines
        from onewindow.screens.frame.text_view import TextView
        from onewindow.store.history import history

        window = self.window
        record = self._record()
        lines = history_lines(window.session, history(window.session.store, record.kind, record.id))
        window.host.push_screen(TextView(f"History: {naming.called(self.window.session, record)}", lines))

    def record_copy(self) -> None:
        """Copy the record's name, or the main contact's from the card."""
        window = self.window
        contact = window.picture.main_contact if window.picture else None
        if window.scope == "card" and contact is not None:
            self._copy(" ".join(part for part in (contact.name, contact.phone, contact.email) if part))
        else:
            self._copy(naming.called(self.window.session, self._record()))

    def record_copy_all(self) -> None:
        """Copy the requisites from the card, or every field of the record."""
        from onewindow.desk.editing.parsing import shown_fields
        from onewindow.desk.templates.correspondence import requisites_block

        window = self.window
        if window.scope == "card" and window.picture is not None:
            self._copy(requisites_block(window.picture))
            return
        fields = shown_fields(window.session, self._record())
        self._copy("\n".join(f"{label}: {text}" for label, text in fields))

    def record_follow(self) -> None:
        """Open the link or file of the record; what this terminal cannot open is copied and shown."""
        from onewindow.screens.frame.opening_links import open_outside

        window = self.window
        record = self._record()
        target = next((str(getattr(record, name)) for name in _LINKS if getattr(record, name, "")), "")
        if not target:
            raise StoreProblem(f"This row has no link and no file; {window.why_key('record.edit')} adds one.")
        refused = open_outside(window.host, target)
        if refused:
            window.host.copy_to_clipboard(target)
            window.say(f"Copied: {target} ({refused})")
        else:
            window.say(f"Opened {target}")

    def panel_view(self) -> None:
        """Show the panel's rows in the next way."""
        window = self.window
        modes = self._modes()
        now = window.modes.get(window.scope, modes[0])
        window.modes[window.scope] = modes[(modes.index(now) + 1) % len(modes)]
        window.reread()
        window.say(f"{window.scope}: {window.modes[window.scope]}")

    def show_all(self, kind: str) -> None:
        """Open the catalogue of a kind."""
        from onewindow.screens.editing.catalogue import Catalogue

        self._above.show_list(Catalogue(self.window.session, kind))

    # card and promises

    def card_fill(self) -> None:
        """Open the form on the next thing that is missing on the card."""
        from onewindow.desk.clients.completeness import gaps

        window = self.window
        picture = window.picture
        if picture is None:
            return
        found = gaps(picture.client, picture.requisites, picture.contacts, len(picture.licences))
        if not found:
            window.say("Nothing is missing on this card.")
            return
        gap = found[0]
        record: Record | None = {
            "client": picture.client,
            "requisites": picture.requisites,
            "contact": picture.main_contact,
        }.get(gap.kind)
        self.open_form(gap.kind, record, picture.client.id, gap.field)

    def promises_acknowledge(self) -> None:
        """Say that I have read the promise."""
        from onewindow.desk.handover.acknowledging import acknowledge

        promise = acknowledge(self.window.session, self._promise())
        self._said(f"acknowledged: {promise.text}")

    def promises_kept(self) -> None:
        """Mark the promise kept."""
        self._settle("kept")

    def promises_broken(self) -> None:
        """Mark the promise broken."""
        self._settle("broken")

    def _settle(self, outcome: Outcome) -> None:
        from onewindow.desk.clients.promise_keeping import mark
        from onewindow.metrics.promises import is_standing, tally

        promise = mark(self.window.session, self._promise(), outcome)
        kept, broken = tally(promise)
        counted = f" ({kept}/{kept + broken} kept)" if is_standing(promise) else ""
        self._said(f"{outcome}: {promise.text}{counted}")

    def _promise(self) -> Promise:
        record = self._record()
        if not isinstance(record, Promise):
            raise StoreProblem("No promise is under the cursor.")
        return record

    # inside

    def _modes(self) -> tuple[str, ...]:
        kind = PANELS.get(self.window.scope)
        return kind.modes if kind else ()

    def _record(self) -> Record:
        window = self.window
        store = window.session.store
        if window.scope == "list":
            client_id = window.column.clients.cursor_key
            if isinstance(client_id, int):
                return record_of(store, "client", client_id)
        key = window.selected_key()
        if key is None:
            raise StoreProblem("No row is under the cursor.")
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
        if record is None and window.picture is not None and client_id == window.picture.client.id:
            from onewindow.desk.editing.archived_clients import is_archived_here  # no start needs it

            told = is_archived_here(window.picture.client, window.why_key("record.archive"))
            if told:
                window.say(f"{told}.", warning=True)
                return
        promises = window.views["promises"].rows if window.views and client_id else ()
        lines = [
            "  ".join((f"{row.mark} {row.cells[0].text}".strip(), *(c.text for c in row.cells[1:] if c.text)))
            for row in promises
        ]
        if kind == "opportunity" and client_id is not None:
            from onewindow.desk.feedback.opportunities import caution_of

            lines[:0] = [f"! {said}" for said in [caution_of(window.session, client_id)] if said]

        def closed(saved: Record | None) -> None:
            if saved is None:
                return
            if isinstance(saved, Client) and record is None:
                window.open_client(saved.id)
                window.deeds.do(f"go.{window.open_panel}")
            else:
                self.show(RecordKey(saved.kind, saved.id))
            years = f" ({form.taken_years})" if form.taken_years else ""
            self._said(f"Saved {naming.called(self.window.session, saved)}{years}")
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
                window.deeds.do(f"go.{name}")
                return

    def say_done(self, text: str) -> None:
        """Say what was done, and the key that takes it back."""
        self._said(text)

    def _said(self, text: str) -> None:
        self.window.say(f"{text[:1].upper()}{text[1:]}; {self.window.why_key('edit.undo')} takes it back.")

    def _copy(self, text: str) -> None:
        self.window.host.copy_to_clipboard(text)
        self.window.say(f"Copied: {text.splitlines()[0] if text else 'nothing'}")
