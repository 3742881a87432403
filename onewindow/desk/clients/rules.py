"""What must hold for clients, their people and billing details, and what the program fills in of them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from onewindow.desk.reference.record_entries import (
    Cache,
    Changed,
    Consequences,
    Context,
    Display,
    RecordEntry,
    RecordRules,
)
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.desk.validation.time_zones import zone_problem
from onewindow.records.clients import BillingDetails, Client, Consent, Contact
from onewindow.records.fields import Record, attributes, columns
from onewindow.store import rows
from onewindow.store.changes import Transaction
from onewindow.store.clients import cards as clients
from onewindow.store.engine import Store, Value
from onewindow.text.clean import says_nothing
from onewindow.text.fold import sort_key
from onewindow.text.identifiers.checks import check_identifiers
from onewindow.text.identifiers.phones import normalise_phone
from onewindow.text.names.slugs import slug_of


def _problems(_context: Context, record: Client) -> dict[str, str]:
    errors: dict[str, str] = {}
    if record.stage == "lost" and not record.loss_reason:
        errors["loss_reason"] = "say why the client was lost."
    # A new record has no id yet, and 0 is no reference.
    if record.id and record.id in (record.referrer_id, record.competitor_of_id):
        errors["referrer_id"] = "a client cannot refer to itself."
    if record.time_zone and (wrong := zone_problem(record.time_zone)):
        errors["time_zone"] = wrong
    return errors


def _filled(context: Context, record: Client) -> dict[str, Value]:
    values: dict[str, Value] = {"name_sort": sort_key(record.name)}
    # Churn counts by this day: who came back is not lost, and whoever notes a loss notes it today.
    if record.stage != "lost" and record.lost_on:
        values["lost_on"] = None
    elif record.stage == "lost" and not record.lost_on and _becomes_lost(context, record):
        values["lost_on"] = context.today
    if not record.slug:
        values["slug"] = free_slug(context.store, record.name)
    return values


def _becomes_lost(context: Context, record: Client) -> bool:
    """Whether a client is lost now and not before; a file tells of losses whose day nobody knows."""
    stored = rows.find(context.store, Client, record.id) if record.id else None
    return not context.is_import if stored is None else stored.stage != "lost"


def free_slug(store: Store, name: str) -> str:
    """A short Latin name that no other client has: ooo-romashka, ooo-romashka-2."""
    base = slug_of(name) or "client"
    slug, count = base, 1
    # Asked one by one: namesakes are few, and an archived one keeps its slug.
    while clients.slug_taken(store, slug):
        count += 1
        slug = f"{base}-{count}"
    return slug


def _filled_contact(context: Context, record: Contact) -> dict[str, Value]:
    phones = _phones(context, record, "phone", "phone_2")
    return {**phones, **_flags(context, record.with_changes(phones))}


def _filled_billing_details(context: Context, record: BillingDetails) -> dict[str, Value]:
    phones = _phones(context, record, "phone")
    return {**phones, **_flags(context, record.with_changes(phones))}


def _flags(context: Context, record: Record) -> dict[str, Value]:
    """Reasons why identifiers look wrong, by field: the value itself stays as it was typed."""
    texts = {a.name: str(getattr(record, a.name) or "") for a in attributes(type(record))}
    reasons = check_identifiers(texts, _country(context, record))
    return {"flags": json.dumps(reasons, ensure_ascii=False) if reasons else ""}


def _country(context: Context, record: Record) -> str:
    """The country of the client whom a record is of, else that of the office: where its numbers belong."""
    client_id = getattr(record, "client_id", 0)
    client = rows.find(context.store, Client, client_id) if client_id else None
    return client.country if client is not None and client.country else context.region


def _phones(context: Context, record: Record, *names: str) -> dict[str, Value]:
    """Phones in E.164 where they can be read; others stay as typed and get a flag."""
    values: dict[str, Value] = {}
    for name in names:
        typed = str(getattr(record, name))
        # What is E.164 already stays: reading it again would load the tables of all countries for nothing.
        if typed and not (typed.startswith("+") and typed[1:].isdigit()):
            normal = normalise_phone(typed, _country(context, record))
            if normal:
                values[name] = normal
    return values


def _typed_consent(_session: Session, record: Consent) -> Consent:
    """Refuse a consent of nobody, or one that nobody can show: messages would be sent by it."""
    errors: dict[str, str] = {}
    if record.state == "given":
        if record.contact_id is None:
            errors["contact_id"] = "who agreed? Name the person."
        if says_nothing(record.source):
            errors["source"] = "where did they say so? Name the contract, letter or call with its day."
    if errors:
        raise FieldProblems(errors)
    return record


def _called_consent(session: Session, record: Consent) -> str:
    """A consent by who gave it, which is more than its title, the channel."""
    who = naming.label(session, "contact", record.contact_id)
    return f"{naming.title_of(record)} of {who}" if who else ""


def _likely(session: Session) -> dict[str, Value]:
    return {
        "owner_id": session.me.id,
        "country": session.settings.region,
        "since": session.today().isoformat(),
    }


def _flags_left(_context: Context, now: Client, meant: Client, _: Mapping[str, Value]) -> dict[str, Value]:
    """What an import found wrong with a client, without what somebody has fixed since."""
    if not meant.flags:
        return {}
    flags: dict[str, str] = json.loads(meant.flags)
    left = {
        name: reason
        for name, reason in flags.items()
        if getattr(now, name, None) == getattr(meant, name, None)
    }
    return {"flags": json.dumps(left, ensure_ascii=False) if left else ""}


def _contact_changed(_session: Session, transaction: Transaction, change: Changed[Contact]) -> Contact:
    _unflag_client(transaction, change.before, change.after, "contact.")
    return change.after


def _billing_details_changed(
    _session: Session, transaction: Transaction, change: Changed[BillingDetails]
) -> BillingDetails:
    _unflag_client(transaction, change.before, change.after, "")
    return change.after


def _unflag_client(
    transaction: Transaction, before: Contact | BillingDetails, after: Contact | BillingDetails, prefix: str
) -> None:
    """Take back what an import found wrong with fields of people or billing details that were fixed."""
    client = rows.find(transaction.store, Client, after.client_id)
    if client is None or not client.flags:
        return
    names = (name for name in columns(type(after)) if name != "flags")
    fixed = {f"{prefix}{name}" for name in names if getattr(before, name) != getattr(after, name)}
    flags: dict[str, str] = json.loads(client.flags)
    left = {name: why for name, why in flags.items() if name not in fixed}
    if left != flags:
        transaction.update(client, {"flags": json.dumps(left, ensure_ascii=False) if left else ""})


_CACHES: frozenset[Cache] = frozenset({"search", "row", "row_at_once"})

CLIENT = RecordEntry[Session, Client](
    RecordRules(problems=_problems, filled=_filled, likely=_likely, besides=_flags_left), caches=_CACHES
)
CONTACT = RecordEntry[Session, Contact](
    RecordRules(filled=_filled_contact), Consequences(changed=_contact_changed), caches=_CACHES
)
BILLING_DETAILS = RecordEntry[Session, BillingDetails](
    RecordRules(filled=_filled_billing_details),
    Consequences(changed=_billing_details_changed),
    caches=_CACHES,
)
CONSENT = RecordEntry[Session, Consent](
    RecordRules(completed_when_typed=_typed_consent), display=Display(called=_called_consent)
)
