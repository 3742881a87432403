"""What is done to the client on the screen: its card, its people, its promises, and bringing it back.

What a key opens is loaded when it is first pressed: the first key after a start waits for nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onewindow.metrics.health.completeness import gaps
from onewindow.metrics.promises import is_standing, tally
from onewindow.records.clients import Client, Contact, Promise
from onewindow.records.fields import Record
from onewindow.screens.window.record_opening import RecordOpening
from onewindow.store.clients import cards as clients
from onewindow.store.problems import StoreProblem
from onewindow.text.identifiers.phones import format_phone

if TYPE_CHECKING:
    from onewindow.metrics.promises import Outcome

_SURE = frozenset({"yes", "да"})


class CardActions:
    """Actions on the client whom the window shows, and on the promises given to that client."""

    def __init__(self, opening: RecordOpening) -> None:
        """Serve the window of `opening`."""
        self.window, self._opening = opening.window, opening

    def people(self) -> None:
        """Choose a person of the client by name and number, and open the card of that person."""
        from onewindow.screens.frame.chooser import Chooser

        window = self.window
        if window.snapshot is None:
            return
        contacts = clients.contacts(window.session.store, window.snapshot.client.id)
        people = {str(contact.id): contact for contact in contacts if not contact.left_on}
        if not people:
            raise StoreProblem(f"No people are on file yet; {window.why_key('record.new')} adds one.")
        options = [
            (
                number,
                "  ".join(
                    part
                    for part in (
                        contact.name,
                        format_phone(contact.phone) if contact.phone else contact.email,
                        contact.role,
                    )
                    if part
                ),
            )
            for number, contact in people.items()
        ]

        def chosen(contact_id: str | None) -> None:
            if contact_id is not None:
                contact = people[contact_id]
                self._opening.open_form("contact", contact, contact.client_id, "phone")

        title = f"People of {window.snapshot.client.name}"
        window.host.push_screen(Chooser(title, options, people=True), chosen)

    def fill(self) -> None:
        """Open the form on the next thing that is missing on the card."""
        window = self.window
        snapshot = window.snapshot
        if snapshot is None:
            return
        missing = gaps(snapshot.client, snapshot.billing_details, snapshot.contacts, len(snapshot.licences))
        if not missing:
            window.say("Nothing is missing on this card.")
            return
        gap = missing[0]
        record: Record | None = {
            "client": snapshot.client,
            "requisites": snapshot.billing_details,
            "contact": snapshot.main_contact,
        }.get(gap.kind)
        self._opening.open_form(gap.kind, record, snapshot.client.id, gap.field)

    def restore(self) -> None:
        """Bring back the client on the screen if it is archived, else one chosen from those that are."""
        from onewindow.desk.editing.archived_clients import archived, archived_text
        from onewindow.screens.frame.chooser import Chooser

        window = self.window
        if window.snapshot is not None and window.snapshot.client.archived_at is not None:
            self.bring_back(window.snapshot.client)
            return
        known = {str(client.id): client for client in archived(window.session)}
        if not known:
            raise StoreProblem("No client is archived.")

        def chosen(client_id: str | None) -> None:
            if client_id is not None:
                self.bring_back(known[client_id])

        options = [
            (number, f"{client.name}  C-{client.number}  {archived_text(window.session, client)}")
            for number, client in known.items()
        ]
        window.host.push_screen(Chooser("Bring back which client?", options), chosen)

    def erase_private(self) -> None:
        """Erase for good what is private of a person of the client; a question comes before."""
        from onewindow.screens.frame.chooser import Chooser

        window = self.window
        if window.snapshot is None:
            raise StoreProblem("There is no client yet.")
        people = {
            str(contact.id): contact
            for contact in clients.contacts(window.session.store, window.snapshot.client.id)
        }
        if not people:
            raise StoreProblem("No people are on file yet.")

        def chosen(contact_id: str | None) -> None:
            if contact_id is not None:
                self._ask_to_erase(people[contact_id])

        options = [(number, contact.name) for number, contact in people.items()]
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

    def bring_back(self, client: Client) -> None:
        """Bring an archived client back and show it."""
        from onewindow.desk.editing import changing

        changing.restore(self.window.session, client)
        self.window.open_client(client.id)
        self._opening.say_done(f"Brought back {client.name}")

    def acknowledge(self) -> None:
        """Say that I have read the promise."""
        from onewindow.desk.handover.acknowledging import acknowledge

        promise = acknowledge(self.window.session, self._promise())
        self._opening.say_done(f"acknowledged: {promise.text}")

    def kept(self) -> None:
        """Mark the promise kept."""
        self._settle("kept")

    def broken(self) -> None:
        """Mark the promise broken."""
        self._settle("broken")

    def _settle(self, outcome: Outcome) -> None:
        from onewindow.desk.clients.promise_keeping import mark

        promise = mark(self.window.session, self._promise(), outcome)
        kept, broken = tally(promise)
        counted = f" ({kept}/{kept + broken} kept)" if is_standing(promise) else ""
        self._opening.say_done(f"{outcome}: {promise.text}{counted}")

    def _promise(self) -> Promise:
        record = self._opening.record()
        if not isinstance(record, Promise):
            raise StoreProblem("No promise is under the cursor.")
        return record
