"""Offers of all clients: what waits for a lead, for us or for the client, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar

from onewindow.desk.offers import deciding, drafting, rendering
from onewindow.desk.offers.as_text import next_step, offer_pairs, state_text
from onewindow.desk.offers.drafting import WholeOffer
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.window.panels.view import RecordKey
from onewindow.records.adoption import Product
from onewindow.records.clients import Client
from onewindow.records.feedback import Opportunity
from onewindow.records.fields import Record
from onewindow.records.offers import Offer
from onewindow.screens.editing.record_form import RecordForm
from onewindow.screens.frame.box import copy_from, open_over
from onewindow.screens.frame.chosen_client import Chosen
from onewindow.screens.frame.questions import Answers, Questions
from onewindow.screens.frame.table_screen import TableScreen, table_bindings
from onewindow.screens.frame.text_view import TextView
from onewindow.store import offers, rows
from onewindow.store.changes import Change
from onewindow.store.problems import StoreProblem
from onewindow.text.dates import short_day
from onewindow.text.layout.cells import Cell, Column, Row
from onewindow.text.money import format_money, parse_money
from onewindow.widgets.field_spec import FieldSpec
from onewindow.widgets.rows import ListSource
from onewindow.widgets.table import Table

_HEADINGS = ("offer", "client", "to be paid", "state", "next", "valid till")
_COLUMNS = (
    Column(min_width=18),
    Column(min_width=14),
    Column(width=14, align="right", drop_priority=3),
    Column(min_width=12),
    Column(min_width=14, drop_priority=2),
    Column(width=10, drop_priority=1),
)
_ANSWERED_DAYS = 365
_STYLES = {"refused": "warn", "to_approve": "accent", "accepted": "good", "declined": "dim"}


class OffersScreen(TableScreen[Chosen | None]):
    """`x` takes the next step, `X` says no, `enter` reads it as the client does, `f` shows answered ones."""

    scope = "offers"
    verbs: ClassVar = {
        "record.open": "read",
        "record.done": "next step",
        "record.new": "draft",
        "offers.line": "add line",
        "offers.decline": "say no",
        "offers.filter": "open/answered",
    }

    def __init__(
        self, session: Session, client_id: int | None = None, opportunity_id: int | None = None
    ) -> None:
        """Show all offers; a client and an opportunity are what a new one is most likely for."""
        super().__init__(session, Table("offers", _HEADINGS, _COLUMNS))
        self._client_id, self._opportunity_id = client_id, opportunity_id
        self._answered = False
        self._offers: dict[int, WholeOffer] = {}

    def on_mount(self) -> None:
        """Read, and listen to changes."""
        super().on_mount()
        self.session.listeners.append(self.note_changes)
        self._read()

    def on_unmount(self) -> None:
        """Stop listening."""
        self.session.listeners.remove(self.note_changes)

    def note_changes(self, changes: tuple[Change, ...]) -> None:
        """Read again what this or another process changed."""
        if any(change.entity in ("offer", "offer_line", "class_terms") for change in changes):
            self._read()

    def own_reason(self, action_id: str) -> str:
        """All but drafting and filtering needs a row; a step that cannot be taken says why."""
        if action_id in ("record.new", "offers.filter"):
            return ""
        whole = self._current()
        if whole is None:
            return "no row is under the cursor"
        if action_id == "record.done":
            return self._why_no_step(whole)
        if action_id == "offers.decline" and whole.offer.state in ("accepted", "declined", "withdrawn"):
            return f"it is {whole.offer.state} already"
        return ""

    # inside

    def _read(self) -> None:
        store = self.session.store
        with store.read():
            since = (self.session.today() - timedelta(days=_ANSWERED_DAYS)).isoformat()
            found = offers.answered_since(store, since) if self._answered else offers.open_offers(store)
            read = [drafting.whole(self.session, offer) for offer in found]
        self._offers = {whole.offer.id: whole for whole in read}
        waiting = sum(whole.offer.state == "to_approve" for whole in read)
        kind = "answered in a year" if self._answered else "open"
        waits = f", {waiting} for a lead" if waiting else ""
        self.table.set_title("offers", f"{len(read)} {kind}{waits}")
        self.table.set_empty(
            "Nothing was answered in a year."
            if self._answered
            else "No open offer. n drafts one for a client."
        )
        self.table.set_source(ListSource([self._row(whole) for whole in read]))
        self.show_hints()

    def _row(self, whole: WholeOffer) -> Row:
        offer = whole.offer
        return Row(
            RecordKey("offer", offer.id),
            (
                Cell(offer.title),
                Cell(whole.client.name),
                Cell(format_money(whole.sum.total, offer.currency)),
                Cell(state_text(self.session, whole), _STYLES.get(offer.state, "")),  # pyright: ignore[reportArgumentType]
                Cell(next_step(self.session, whole), "dim"),
                Cell(short_day(offer.valid_till, self.session.today()) if offer.valid_till else "", "dim"),
            ),
        )

    def _current(self) -> WholeOffer | None:
        key = self.table.cursor_key
        return self._offers.get(key.id) if isinstance(key, RecordKey) else None

    def _why_no_step(self, whole: WholeOffer) -> str:
        state = whole.offer.state
        if state in ("accepted", "declined", "withdrawn"):
            return f"it is {state} already"
        if state == "to_approve":
            return "" if self.session.is_lead else "it waits for a lead"
        if state == "sent" or (state in ("draft", "refused") and whole.lines and whole.deviations):
            return ""
        return deciding.why_unsent(whole, self.session.today()).rstrip(".")

    def _show(self) -> None:
        if whole := self._current():
            lines = rendering.markdown(self.session, whole).splitlines()
            open_over(self, TextView(f"{whole.offer.title} as {whole.client.name} reads it", lines))

    def _why(self) -> None:
        if whole := self._current():
            pairs = offer_pairs(self.session, whole)
            width = max(len(name) for name, _ in pairs)
            lines = [f"{name:<{width}}  {text}" for name, text in pairs]
            open_over(self, TextView(f"Offer: {whole.offer.title}", lines))

    def _copy(self) -> None:
        if whole := self._current():
            copy_from(self, rendering.markdown(self.session, whole))
            self.say("Copied the offer as Markdown.")

    def _edit(self) -> None:
        if whole := self._current():
            open_over(self, RecordForm(self.session, "offer", whole.offer), self._saved)

    def _saved(self, record: Record | None) -> None:
        if record is not None:
            self._read()
            self.say_undoable("Saved")

    def _client(self) -> None:
        if whole := self._current():
            self.dismiss(Chosen(whole.client.id, RecordKey("client", whole.client.id)))

    def _filter(self) -> None:
        self._answered = not self._answered
        self._read()
        self.table.cursor = 0

    def _suggest(self, kind: str) -> Callable[[str], list[tuple[str, str]]]:
        return lambda typed: naming.suggest(self.session, kind, typed)

    def _new(self) -> None:
        known = self._client_id
        fields = (
            FieldSpec(
                "client",
                "client",
                "reference",
                required=True,
                suggest=self._suggest("client"),
                choices=((str(known), naming.label(self.session, "client", known)),) if known else (),
            ),
            FieldSpec("product", "product", "reference", suggest=self._suggest("product")),
            FieldSpec("quantity", "how many", hint="1 if left out"),
            FieldSpec("title", "what is offered", hint="else the name of the product"),
        )

        def answered(values: Answers) -> str:
            made = self._drafted(values)
            self._read()
            self.table.move_to_key(RecordKey("offer", made.id))
            return f"Drafted “{made.title}”"

        first = {"client": str(known)} if known else {}
        open_over(self, Questions("Draft an offer", fields, answered, first), self._said)

    def _drafted(self, values: Answers) -> Offer:
        client = rows.get(
            self.session.store, Client, naming.resolve(self.session, "client", values.get("client", ""))
        )
        typed = {name: values.get(name, "").strip() for name in ("product", "quantity", "title")}
        products: list[tuple[Product, int]] = []
        if typed["product"]:
            product_id = naming.resolve(self.session, "product", typed["product"])
            products.append((rows.get(self.session.store, Product, product_id), _count(typed["quantity"])))
        opportunity = None
        if self._opportunity_id and client.id == self._client_id:
            opportunity = rows.find(self.session.store, Opportunity, self._opportunity_id)
        return drafting.draft(self.session, client, products, opportunity, typed["title"])

    def _line(self) -> None:
        whole = self._current()
        if whole is None:
            return
        offer = whole.offer
        fields = (
            FieldSpec("product", "product", "reference", suggest=self._suggest("product")),
            FieldSpec("title", "or what", hint="what is no product of ours"),
            FieldSpec("quantity", "how many", hint="1 if left out"),
            FieldSpec("price", "price a piece", hint="that of the product if left out"),
        )

        def answered(values: Answers) -> str:
            typed = {name: values.get(name, "").strip() for name in ("product", "title", "quantity", "price")}
            product = None
            if typed["product"]:
                product_id = naming.resolve(self.session, "product", typed["product"])
                product = rows.get(self.session.store, Product, product_id)
            price = _price(typed["price"], offer.currency)
            made = drafting.add_line(
                self.session, offer, product, typed["title"], _count(typed["quantity"]), price
            )
            return f"Added {made.title}"

        open_over(self, Questions(f"A line for {offer.title}", fields, answered), self._said)

    def _next(self) -> None:
        whole = self._current()
        if whole is None:
            return
        offer = whole.offer
        if offer.state == "to_approve":
            deciding.decide(self.session, offer.id, is_approved=True)
            self._done(f"Approved “{offer.title}”")
        elif offer.state == "sent":
            self._ask(
                f"{whole.client.name} accepts: {offer.title}",
                "what was agreed",
                lambda words: deciding.answer(self.session, offer.id, is_accepted=True, words=words),
                "accepted",
                required=False,
            )
        elif whole.deviations and offer.state in ("draft", "refused"):
            deciding.submit(self.session, offer.id)
            self._done(f"“{offer.title}” waits for a lead")
        else:
            deciding.send(self.session, offer.id)
            self._done(f"“{offer.title}” is with the client")

    def _decline(self) -> None:
        whole = self._current()
        if whole is None:
            return
        offer = whole.offer
        if offer.state == "sent":
            self._ask(
                f"{whole.client.name} declines: {offer.title}",
                "why",
                lambda words: deciding.answer(self.session, offer.id, is_accepted=False, words=words),
                "declined",
            )
        elif offer.state == "to_approve" and self.session.is_lead:
            self._ask(
                f"Refuse: {offer.title}",
                "why",
                lambda words: deciding.decide(self.session, offer.id, is_approved=False, reason=words),
                "refused",
            )
        else:
            self._ask(
                f"Withdraw: {offer.title}",
                "why",
                lambda words: deciding.withdraw(self.session, offer.id, words),
                "withdrawn",
            )

    def _ask(
        self, title: str, label: str, does: Callable[[str], Offer], word: str, *, required: bool = True
    ) -> None:
        def answered(values: Answers) -> str:
            return f"{word}: {does(values.get('words', '')).title}"

        field = FieldSpec("words", label, required=required, hint="in a few words")
        open_over(self, Questions(title, (field,), answered), self._said)

    def _said(self, said: str | None) -> None:
        if said:
            self._done(said)

    def _done(self, text: str) -> None:
        self._read()
        self.say_undoable(text)

    routes: ClassVar = {
        "record.open": _show,
        "record.done": _next,
        "offers.decline": _decline,
        "record.new": _new,
        "offers.line": _line,
        "record.edit": _edit,
        "record.why": _why,
        "record.copy_all": _copy,
        "offers.filter": _filter,
        "offers.client": _client,
    }
    BINDINGS = table_bindings(routes)


def _count(typed: str) -> int:
    """How many pieces; 1 for nothing typed. Raises StoreProblem."""
    if not typed:
        return 1
    if not typed.isdecimal() or int(typed) < 1:
        raise StoreProblem(f"“{typed}” is no number of pieces; write 1 or more.")
    return int(typed)


def _price(typed: str, currency: str) -> int | None:
    """A price in minor units; None for nothing typed. Raises StoreProblem."""
    if not typed:
        return None
    try:
        amount, written = parse_money(typed, currency)
    except ValueError as error:
        raise StoreProblem(f"The price cannot be read: {error}") from error
    if written != currency:
        raise StoreProblem(f"The offer is in {currency}; write the price in it.")
    return amount
