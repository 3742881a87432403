"""What a package would change on a client's card, field by field, and how it is brought there.

Changes are proposals until the client is accepted. A field that somebody changed on the card after the
package came is a conflict: it is shown with all three values, and nothing is done until somebody chooses.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from onewindow.desk.editing.changing import change_in, insert_in
from onewindow.desk.editing.parsing import shown_text
from onewindow.desk.session.context import Session
from onewindow.desk.validation import record_rules
from onewindow.records.adoption import Licence
from onewindow.records.clients import BillingDetails, Client, Consent, Contact
from onewindow.records.fields import Record, attribute_of, columns
from onewindow.records.kinds import KINDS
from onewindow.records.requests import Document
from onewindow.records.structs import frozen_struct
from onewindow.store import documents, rows
from onewindow.store.adoption import ownership
from onewindow.store.changes import Transaction
from onewindow.store.clients import cards as clients
from onewindow.store.engine import Store, Value
from onewindow.store.problems import StoreProblem
from onewindow.text.fold import fold
from onewindow.text.identifiers.phones import normalise_phone

if TYPE_CHECKING:
    # Loading it reads the formats of files too, and the day asks here only for a clock.
    from onewindow.desk.handover.reading import Entry, Package, Values

Choice = Literal["package", "card"]
ChangeStatus = Literal["new", "change", "conflict", "kept", "done"]

_PHONES = ("phone", "phone_2")


@frozen_struct
class CardChange:
    """One record that a package would make or change: stored values before and after."""

    kind: str
    record_id: int | None
    """The record on the card; of a new one None until it is made."""
    is_new: bool
    title: str
    before: Mapping[str, Value]
    after: Mapping[str, Value]
    chosen: Mapping[str, str]
    """Field -> `package` or `card`, where somebody decided."""
    person: str
    """The name of the contact whose consent it is, where the contact may be new, too."""


@frozen_struct
class FieldChange:
    """One field of a change as people read it."""

    place: int
    """Which change of the package, from 0."""
    kind: str
    title: str
    field: str
    label: str
    before: str
    now: str
    after: str
    standing: ChangeStatus


def propose(session: Session, store: Store, client: Client, package: Package) -> list[CardChange]:
    """What a package says otherwise than the card, as it is now."""
    changes = [_of_client(session, client, package), _of_billing_details(session, store, client, package)]
    people = clients.contacts(store, client.id)
    papers = documents.of_client(store, client.id, 1000)
    owned = ownership.licences(store, client.id)
    given = clients.consents(store, client.id)
    for entry in package.contacts:
        known = _known_contact(people, _normal(session, client, entry))
        changes.append(_change(Contact, known, _normal(session, client, entry), str(entry.values["name"])))
    for entry in package.documents:
        known_paper = _known_document(papers, entry.values)
        changes.append(_change(Document, known_paper, entry.values, _paper_title(entry.values)))
    for entry in package.licences:
        product_id = entry.values["product_id"]
        same = next((licence for licence in owned if licence.product_id == product_id), None)
        changes.append(_change(Licence, same, entry.values, session.directory.product(_int(product_id))))
    changes += [_of_consent(session, people, given, entry) for entry in package.consents]
    return [change for change in changes if change is not None]


def differences(session: Session, changes: Sequence[CardChange]) -> list[FieldChange]:
    """Each field of each change with the value on the card now, and how it stands."""
    differing: list[FieldChange] = []
    for place, change in enumerate(changes):
        record = KINDS[change.kind].record
        stored = rows.find(session.store, record, change.record_id) if change.record_id else None
        old = record().with_changes(change.before)
        new = record().with_changes({**_currency(stored), **change.after})
        for name in change.after:
            # Keys of another program are no news to people, and nothing empty overwrites.
            if name == "external_id" or change.after[name] in ("", None):
                continue
            described = attribute_of(record, name)
            differing.append(
                FieldChange(
                    place,
                    change.kind,
                    change.title,
                    name,
                    described.label,
                    shown_text(session, old, described),
                    shown_text(session, stored, described) if stored is not None else "",
                    shown_text(session, new, described),
                    _change_status(change, stored, name),
                )
            )
    return differing


def apply_in(
    session: Session, transaction: Transaction, client_id: int, changes: Sequence[CardChange]
) -> list[CardChange]:
    """Bring the changes to the card; fields that were kept stay. Returns them with the ids of new records.

    Raises StoreProblem while a conflict is open.
    """
    open_ones = [change for change in differences(session, changes) if change.standing == "conflict"]
    if open_ones:
        first = open_ones[0]
        more = f" and {len(open_ones) - 1} more" if len(open_ones) > 1 else ""
        raise StoreProblem(
            f"Choose whose value counts, the package's or the card's: {first.label} of {first.title}{more} "
            "changed on the card meanwhile."
        )
    return [_applied(session, transaction, client_id, change) for change in changes]


def choose(changes: Sequence[CardChange], place: int, field: str, choice: Choice) -> list[CardChange]:
    """The changes with one field decided; of a new record all of it is taken or left."""
    decided = list(changes)
    change = decided[place]
    names = change.after if change.is_new else (field,)
    chosen = {**change.chosen, **dict.fromkeys(names, choice)}
    decided[place] = replace(change, chosen=chosen)
    return decided


def to_json(changes: Iterable[CardChange]) -> str:
    """The changes as a package keeps them."""
    return json.dumps([vars(change) for change in changes], ensure_ascii=False, default=dict)


def from_json(text: str) -> list[CardChange]:
    """The changes of a package."""
    return [CardChange(**fields) for fields in json.loads(text or "[]")]


# inside


def _change_status(change: CardChange, stored: Record | None, name: str) -> ChangeStatus:
    choice = change.chosen.get(name)
    if choice == "card":
        return "kept"
    if stored is None:
        return "new"
    if change.is_new:
        return "done"
    now = getattr(stored, name)
    if now == change.after[name]:
        return "done"
    # Nobody touched the card since the package came: nothing to decide.
    if choice == "package" or now == change.before.get(name):
        return "change"
    return "conflict"


def _applied(session: Session, transaction: Transaction, client_id: int, change: CardChange) -> CardChange:
    record = KINDS[change.kind].record
    if change.record_id is not None:
        stored = rows.get(transaction.store, record, change.record_id)
        wanted = {
            name: value
            for name, value in change.after.items()
            if not change.is_new and _change_status(change, stored, name) == "change"
        }
        if wanted:
            change_in(session, transaction, stored, wanted)
        return change
    # A new record is taken whole or left whole: one field left leaves all.
    if "card" in change.chosen.values():
        return change
    values: Values = {**change.after, "client_id": client_id}
    if change.person and not values.get("contact_id"):
        values["contact_id"] = _contact_called(clients.contacts(transaction.store, client_id), change.person)
    if change.kind == "consent" and not values.get("decided_on"):
        values["decided_on"] = session.today().isoformat()
    made = insert_in(session, transaction, record(**values))
    return replace(change, record_id=made.id)


def _change(
    record: type[Record], known: Record | None, values: Mapping[str, Value], title: str, person: str = ""
) -> CardChange | None:
    names = set(columns(record))
    wanted = {name: value for name, value in values.items() if name in names}
    if known is None:
        return CardChange(record.kind, None, True, title, {}, wanted, {}, person)
    wanted = {
        name: value
        for name, value in wanted.items()
        if value != getattr(known, name) and value not in ("", None) and not _is_default(record, name, value)
    }
    if not wanted:
        return None
    before = {name: getattr(known, name) for name in wanted}
    return CardChange(record.kind, known.id, False, title, before, wanted, {}, person)


def _is_default(record: type[Record], name: str, value: Value) -> bool:
    """Whether a value only stands for “not told”, so that it must not overwrite what the card knows."""
    return (record.kind, name, value) in {
        ("document", "state", "sent"),
        ("document", "document_kind", "other"),
    }


def _of_client(session: Session, client: Client, package: Package) -> CardChange | None:
    values = {name: value for name, value in package.client.items() if name not in ("name", "external_id")}
    if not client.external_id and package.client.get("external_id"):
        values["external_id"] = package.client["external_id"]
    note = str(values.get("note") or "")
    if note and client.note:
        # A note is added to: what the service wrote must not go.
        values["note"] = client.note if note in client.note else f"{client.note.rstrip()}\n{note}"
    filled = client.with_changes(values)
    extra = {
        name: value
        for name, value in record_rules.filled(record_rules.context_of(session), filled).items()
        if name in values
    }
    return _change(Client, client, {**values, **extra}, client.name)


def _of_billing_details(
    session: Session, store: Store, client: Client, package: Package
) -> CardChange | None:
    if not package.billing_details:
        return None
    known = clients.billing_details(store, client.id)
    values = _with_phones(session, client, package.billing_details)
    if known is None:
        values.setdefault("legal_name", package.client.get("name") or client.name)
    return _change(BillingDetails, known, values, str(values.get("legal_name") or client.name))


def _of_consent(
    session: Session, people: Sequence[Contact], given: Sequence[Consent], entry: Entry
) -> CardChange | None:
    contact_id = _contact_called(people, entry.person) if entry.person else None
    values: Values = {**entry.values, "contact_id": contact_id}
    same = next(
        (
            consent
            for consent in given
            if consent.purpose == values.get("purpose")
            and consent.contact_id == contact_id
            and (not values.get("channel") or consent.channel == values["channel"])
        ),
        None,
    )
    if same is not None and same.state == values.get("state") and (contact_id or not entry.person):
        return None
    told_on = str(values.get("decided_on") or "")
    if same is not None and values.get("state") == "given" and told_on <= same.decided_on:
        return None  # what the client refused, or took back, since then is not widened by an older paper
    values.setdefault("decided_on", session.today().isoformat())
    values["decided_on"] = values["decided_on"] or session.today().isoformat()
    title = ", ".join(part for part in (entry.person, str(values.get("purpose"))) if part)
    return CardChange("consent", None, True, title, {}, values, {}, entry.person)


def _normal(session: Session, client: Client, entry: Entry) -> Values:
    return _with_phones(session, client, entry.values)


def _with_phones(session: Session, client: Client, given: Mapping[str, Value]) -> Values:
    values: Values = dict(given)
    for name in _PHONES:
        if values.get(name):
            country = client.country or session.settings.region
            values[name] = normalise_phone(str(values[name]), country) or values[name]
    return values


def _known_contact(people: Sequence[Contact], values: Mapping[str, Value]) -> Contact | None:
    # In the order of trust; a shared phone counts only with a shared name.
    tests: tuple[Callable[[Contact], bool], ...] = (
        lambda contact: bool(contact.external_id) and contact.external_id == values.get("external_id"),
        lambda contact: fold(contact.name) == fold(str(values.get("name") or "")),
        lambda contact: (
            bool(contact.email) and contact.email.casefold() == str(values.get("email") or "").casefold()
        ),
        lambda contact: (
            bool(contact.phone) and contact.phone == values.get("phone") and _shares_name(contact, values)
        ),
    )
    return next((contact for test in tests for contact in people if test(contact)), None)


def _shares_name(contact: Contact, values: Mapping[str, Value]) -> bool:
    """Whether a name has a word in common with a contact's: else two people share one telephone."""
    return bool(set(fold(contact.name).split()) & set(fold(str(values.get("name") or "")).split()))


def _contact_called(people: Sequence[Contact], name: str) -> int | None:
    wanted = fold(name)
    exact = [
        contact for contact in people if fold(contact.name) == wanted or fold(contact.address_as) == wanted
    ]
    close = exact or [
        contact for contact in people if wanted and set(wanted.split()) <= set(fold(contact.name).split())
    ]
    return close[0].id if len(close) == 1 or exact else None


def _known_document(papers: Sequence[Document], values: Mapping[str, Value]) -> Document | None:
    number, kind = values.get("number"), values.get("document_kind")
    of_kind = [document for document in papers if document.document_kind == kind]
    if number:
        same = next((document for document in of_kind if document.number == number), None)
        # The place where a document was missing is filled by it, if it is for the same time.
        empty = (
            document
            for document in of_kind
            if document.state == "missing"
            and not document.number
            and document.period == (values.get("period") or "")
        )
        return same or next(empty, None)
    return next(
        (document for document in of_kind if document.title == values.get("title") and not document.number),
        None,
    )


def _paper_title(values: Mapping[str, Value]) -> str:
    return " ".join(str(part) for part in (values.get("title"), values.get("number")) if part)


def _currency(stored: Record | None) -> dict[str, Value]:
    currency = getattr(stored, "currency", None)
    return {"currency": currency} if currency else {}


def _int(value: Value) -> int:
    return value if isinstance(value, int) else 0
