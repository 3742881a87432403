"""The forms and questions of a handover: items filled in, terms and lines added, values chosen, the mark."""

from __future__ import annotations

from collections.abc import Callable

from onewindow.desk.handover import decisions
from onewindow.desk.session.context import Session
from onewindow.metrics.handover.completeness import ItemState, Line
from onewindow.records.clients import Promise
from onewindow.records.fields import Record
from onewindow.records.handover import Handover
from onewindow.records.kinds import KINDS
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.action_box import ActionBox, Question, Values
from onewindow.screens.frame.box import open_over
from onewindow.screens.frame.chooser import Chooser
from onewindow.screens.handover.handover_view import HandoverView
from onewindow.store.changes import record_of
from onewindow.store.clients import cards as clients
from onewindow.store.problems import StoreProblem
from onewindow.widgets.field_spec import FieldSpec

WORDS: dict[str, str] = {
    "not_needed": "not needed here, with the reason",
    "present": "there, seen on paper",
    "missing": "missing, though the card has it",
    "computed": "take back what was said of it",
}
"""What somebody may say of an item, as the list offers it."""
_KINDS = ("promise", "document", "contact", "consent", "licence", "handover_item", "observation")
_SHOWN_LINES = 20


class HandoverForms:
    """What is asked of one who works on a handover."""

    def __init__(self, screen: HandoverView) -> None:
        """Serve one screen."""
        self._screen = screen

    @property
    def _session(self) -> Session:
        return self._screen.session

    @property
    def _handover(self) -> Handover:
        return self._screen.snapshot.handover

    def new_other(self) -> None:
        """Add a record of a chosen kind: a term, a document, a contact, a line of one's own."""
        names = {"promise": "special term", "handover_item": "line of the checklist"}
        options = [(kind, names.get(kind) or KINDS[kind].display_name) for kind in _KINDS]

        def chosen(kind: str | None) -> None:
            if kind == "promise":
                self._new_term()
            elif kind is not None:
                carries = {"handover_id": str(self._handover.id)}
                self._add(kind, carries if kind in ("handover_item", "observation") else {})

        open_over(self._screen, Chooser("Add what?", options), chosen)

    def _new_term(self) -> None:
        session, handover = self._session, self._handover
        values = {"promise_kind": "term", "given_by_id": str(handover.sales_id or "")}

        def saved(record: Record) -> None:
            if isinstance(record, Promise):
                decisions.link_term(session, handover, record)

        self._add("promise", values, saved)

    def _add(self, kind: str, preset: dict[str, str], saved: Callable[[Record], None] | None = None) -> None:
        def closed(record: Record | None) -> None:
            if record is None:
                return
            if saved is not None:
                saved(record)
            self._screen.reread()
            self._screen.say_undoable("Saved")

        form = RecordForm(self._session, kind, client_id=self._screen.snapshot.client.id, preset=preset)
        open_over(self._screen, form, closed)

    def say_word(self, line: Line, state: ItemState) -> None:
        """Ask why, and keep the word on an item."""
        session, handover = self._session, self._handover

        def do(typed: Values) -> str:
            decisions.say(session, handover, line.topic, state, typed["text"])
            return f"{line.title}: {state.replace('_', ' ')}"

        title = f"{line.title}: {WORDS[state]}"
        self.ask_text(title, "why", do, f"handover {handover.id} {line.topic} {state}")

    def fill(self, topic: str) -> None:
        """Open the form in which an item is filled in."""
        snapshot = self._screen.snapshot
        store, client = self._session.store, snapshot.client
        if topic == "requisites":
            known = clients.billing_details(store, client.id)
            if known is not None:
                self.form(known, "tax_id")
            else:
                self._add("requisites", {"legal_name": client.name})
        elif topic in ("contract", "meeting"):
            self.form(self._handover, "contract_number" if topic == "contract" else "meeting_on")
        elif topic == "goals":
            self.form(client, "goal")
        elif topic == "terms":
            self._new_term()
        elif topic == "contacts":
            self._add("consent" if clients.contacts(store, client.id) else "contact", {})
        elif topic == "products":
            self._add("licence", {})
        else:
            self._add("document", {"document_kind": "invoice" if topic == "invoices" else "act"})

    def open_change(self) -> None:
        """Ask whose value of the field under the cursor counts."""
        change = self._screen.change
        if change is None:
            return
        options = [("package", f"package: {change.after}"), ("card", f"card: {change.now or 'empty'}")]
        if change.standing == "new":
            options = [("package", "take it with the acceptance"), ("card", "leave it out")]
        session, snapshot = self._session, self._screen.snapshot

        def chosen(answer: str | None) -> None:
            if answer == "package" or answer == "card":
                decisions.choose(session, snapshot, change.place, change.field, answer)
                self._screen.say_undoable(f"The {answer}'s value counts")

        open_over(self._screen, Chooser(f"{change.title}, {change.label}: whose counts?", options), chosen)

    def rate(self) -> None:
        """Ask for the client's mark of how they were handed over."""
        session, handover = self._session, self._handover

        def do(typed: Values) -> str:
            mark = typed["mark"].strip()
            if not mark.isdecimal():
                raise StoreProblem("A mark is a figure from 0 to 5.")
            decisions.rate(session, handover, int(mark), typed["text"])
            return "Kept for both departments"

        fields = (
            FieldSpec("mark", "client's mark 0–5", "number", required=True),
            FieldSpec("text", "what they said", "long_text"),
        )
        name = f"handover rate {handover.id}"
        above = ("Were you handed over so that you know whom to turn to? 0 no … 5 yes",)
        self._box(Question(title="The client's mark", fields=fields, do=do, draft=name, above=above))

    def edit_part(self) -> None:
        """Open the form of the record under the cursor."""
        key = self._screen.part
        if key is None:
            return
        self.form(record_of(self._session.store, key.kind, key.id), None)

    def form(self, record: Record, focus: str | None) -> None:
        """Open the form of a record, beginning in a field."""

        def closed(saved: Record | None) -> None:
            if saved is not None:
                self._screen.reread()
                self._screen.say_undoable("Saved")

        client_id = self._screen.snapshot.client.id
        form = RecordForm(self._session, record.kind, record, client_id, focus=focus)
        open_over(self._screen, form, closed)

    def ask_text(
        self,
        title: str,
        label: str,
        do: Callable[[Values], str],
        draft: str,
        *,
        above: tuple[str, ...] = (),
        first: str = "",
    ) -> None:
        """Ask for one text, kept as a draft until it is done."""
        fields = (FieldSpec("text", label, "long_text", required=True),)
        shown = tuple(text for text in above if text)[:_SHOWN_LINES]
        self._box(
            Question(title=title, fields=fields, do=do, draft=draft, above=shown, first={"text": first})
        )

    def _box(self, question: Question) -> None:
        def closed(said: str | None) -> None:
            if said:
                self._screen.reread()
                self._screen.say_undoable(said)

        open_over(self._screen, ActionBox(self._session, question), closed)
