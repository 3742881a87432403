"""What the checklist of a handover looks at: the card with the package's changes taken over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onewindow.desk.handover.changes import CardChange, FieldChange
from onewindow.desk.session.context import Session
from onewindow.metrics.handover.completeness import HandoverInputs, Person
from onewindow.metrics.health.completeness import invoice_gaps
from onewindow.records.clients import BillingDetails, Client, Consent, Contact, Promise
from onewindow.records.handover import Handover
from onewindow.records.requests import Document
from onewindow.store import documents
from onewindow.store.adoption import ownership
from onewindow.store.clients import cards as clients
from onewindow.store.engine import Value

_NOT_THERE = ("missing", "cancelled")


def inputs_of(
    session: Session,
    client: Client,
    handover: Handover,
    terms: Sequence[Promise],
    changes: Sequence[CardChange],
    differences: Sequence[FieldChange],
) -> HandoverInputs:
    """The inputs of a client and their deal; fields in conflict count as the card has them."""
    store, proposed = session.store, _Proposed(changes, differences)
    legal = proposed.billing_details(clients.billing_details(store, client.id))
    whole = client.with_changes(proposed.of("client", client.id))
    papers = proposed.papers(documents.of_client(store, client.id, 500))
    owned = [
        session.directory.product(licence.product_id) for licence in ownership.licences(store, client.id)
    ]
    bought = [change.title for change in proposed.new("licence")]
    contract = next(
        (document.number for document in papers if document.document_kind == "contract" and document.number),
        "",
    )
    return HandoverInputs(
        billing_details_missing=tuple(gap.label for gap in invoice_gaps(legal, whole.country)),
        contract_number=handover.contract_number or contract,
        invoices=_called(papers, "invoice"),
        acts=_called(papers, "act"),
        people=proposed.people(clients.contacts(store, client.id), clients.consents(store, client.id)),
        terms=tuple((promise.text, promise.evidence) for promise in terms),
        goal=whole.goal,
        goal_measure=whole.goal_measure,
        products=tuple(dict.fromkeys([*owned, *bought])),
        meeting_on=handover.meeting_on or "",
        meeting_form=handover.meeting_form,
        meeting_led_by=handover.meeting_led_by,
        meeting_notes=handover.meeting_notes,
    )


class _Proposed:
    """What a package would put on the card and has not yet."""

    def __init__(self, changes: Sequence[CardChange], differences: Sequence[FieldChange]) -> None:
        self._changes = changes
        self._differences = differences

    def new(self, kind: str) -> list[CardChange]:
        """Records that it would make."""
        return [
            change
            for change in self._changes
            if change.kind == kind
            and change.is_new
            and change.record_id is None
            and "card" not in change.chosen.values()
        ]

    def of(self, kind: str, record_id: int) -> dict[str, Value]:
        """Fields of a record that it would change."""
        return {
            change.field: self._changes[change.place].after[change.field]
            for change in self._differences
            if change.kind == kind
            and change.standing == "change"
            and self._changes[change.place].record_id == record_id
        }

    def billing_details(self, stored: BillingDetails | None) -> BillingDetails | None:
        """The billing details as they would be."""
        if stored is not None:
            return stored.with_changes(self.of("requisites", stored.id))
        new = self.new("requisites")
        return BillingDetails().with_changes(new[0].after) if new else None

    def papers(self, stored: Sequence[Document]) -> list[Document]:
        """The documents that would be there."""
        changed = [document.with_changes(self.of("document", document.id)) for document in stored]
        new = [Document().with_changes(change.after) for change in self.new("document")]
        return [document for document in (*changed, *new) if document.state not in _NOT_THERE]

    def people(self, stored: Sequence[Contact], consents: Sequence[Consent]) -> tuple[Person, ...]:
        """The people who would be there, with their consents."""
        promised = [
            change for change in self.new("consent") if _lets_us_keep(Consent().with_changes(change.after))
        ]
        ids = {consent.contact_id for consent in consents if _lets_us_keep(consent)}
        ids |= {Consent().with_changes(change.after).contact_id for change in promised}
        names = {change.person.casefold() for change in promised if change.person}
        contacts = [
            contact.with_changes(self.of("contact", contact.id)) for contact in stored if not contact.left_on
        ]
        contacts += [Contact().with_changes(change.after) for change in self.new("contact")]
        return tuple(
            Person(
                contact.name,
                _is_reachable(contact),
                bool(contact.id and contact.id in ids) or contact.name.casefold() in names,
            )
            for contact in contacts
        )


def _called(papers: Iterable[Document], kind: str) -> tuple[str, ...]:
    of_kind = [document for document in papers if document.document_kind == kind]
    return tuple(" ".join(part for part in (document.title, document.number) if part) for document in of_kind)


def _is_reachable(contact: Contact) -> bool:
    return bool(contact.phone or contact.email or contact.messenger or contact.phone_2 or contact.email_2)


def _lets_us_keep(consent: Consent) -> bool:
    return consent.state == "given" and consent.purpose == "personal_data"
