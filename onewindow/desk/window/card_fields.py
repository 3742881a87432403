"""Everything on the card as a list to walk through: each line is one field of one record."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.desk.editing.parsing import shown_text
from onewindow.desk.session.context import Session
from onewindow.desk.session.private_facts import without_hidden
from onewindow.desk.window.card_texts import flag_of
from onewindow.desk.window.panels.view import RecordKey
from onewindow.desk.window.snapshot import ClientSnapshot
from onewindow.metrics.health.completeness import Gap, gaps
from onewindow.records.clients import Contact
from onewindow.records.fields import Record, form_attributes
from onewindow.records.structs import frozen_struct
from onewindow.store.adoption import ownership
from onewindow.store.clients import cards as client_store

_NEVER_SHOWN = frozenset({"flags", "client_id", "contact_id", "name_sort", "is_main"})


@frozen_struct
class CardField:
    """One line: whose field it is, its label and value, and the record to edit (id 0: one to be made)."""

    section: str
    label: str
    value: str
    key: RecordKey
    field: str
    warning: str = ""
    """Why the value looks wrong, or what an empty one is needed for."""


def card_fields(session: Session, snapshot: ClientSnapshot) -> list[CardField]:
    """The client, its people with their consents and notes, requisites, assets, workplaces; gaps in place."""
    store, client = session.store, snapshot.client
    missing = gaps(client, snapshot.billing_details, snapshot.contacts, len(snapshot.licences))
    main = snapshot.main_contact
    fields = list(_fields(session, client, "client", missing))
    for contact in without_hidden(session, snapshot.contacts):
        left = ", left" if contact.left_on else ""
        # Gaps of people are those of the main contact alone.
        own_gaps = missing if main is not None and contact.id == main.id else []
        fields += _fields(session, contact, f"contact {contact.name}{left}", own_gaps)
        fields += _consents(snapshot, contact)
    if main is None:
        fields += _missing(missing, "contact", "contact")
    for note in without_hidden(session, client_store.contact_notes(store, client.id)):
        whose = snapshot.contact_name(note.contact_id) or "somebody who left"
        key = RecordKey("contact_note", note.id)
        fields.append(CardField("private notes", f"{whose}, {note.noted_on}", note.text, key, "text"))
    if snapshot.billing_details is not None:
        fields += _fields(session, snapshot.billing_details, "requisites", missing)
    else:
        fields += _missing(missing, "requisites", "requisites")
    for asset in client_store.assets(store, client.id):
        fields += _fields(session, asset, f"asset {asset.name}", [])
    for place in ownership.workplaces(store, client.id):
        fields += _fields(session, place, f"workplace {place.name}", [])
    fields += _missing(missing, "licence", "adoption")
    return fields


def _fields(session: Session, record: Record, section: str, missing: list[Gap]) -> Iterator[CardField]:
    """The filled fields of a record, and those that are missing, in the order of its form."""
    needed = {gap.field: gap for gap in missing if gap.kind == record.kind}
    flags = str(getattr(record, "flags", ""))
    for described in form_attributes(type(record)):
        name = described.name
        if name in _NEVER_SHOWN:
            continue
        value = shown_text(session, record, described)
        gap = needed.get(name)
        warning = flag_of(flags, name) or (gap.why if gap else "")
        if value or gap:
            yield CardField(section, described.label, value, RecordKey(record.kind, record.id), name, warning)


def _missing(missing: list[Gap], kind: str, section: str) -> Iterator[CardField]:
    for gap in missing:
        if gap.kind == kind:
            yield CardField(section, gap.label, "", RecordKey(kind, 0), gap.field, gap.why)


def _consents(snapshot: ClientSnapshot, contact: Contact) -> Iterator[CardField]:
    """What one person agreed to; what was agreed for the whole client stands with the main contact."""
    whole_client = contact is snapshot.main_contact
    for consent in snapshot.consents:
        if consent.contact_id == contact.id or (whole_client and consent.contact_id is None):
            source = f", {consent.source}" if consent.source else ""
            value = f"{consent.state} since {consent.decided_on}{source}"
            label = f"{consent.purpose.replace('_', ' ')} by {consent.channel}"
            key = RecordKey("consent", consent.id)
            yield CardField(f"contact {contact.name}", label, value, key, "state")
