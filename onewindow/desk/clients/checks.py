"""What is missing, wrong, doubled or stale in the cards: findings to be worked through one by one."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TypeVar

from onewindow.desk.clients.doubles import KnownKeys, doubles
from onewindow.desk.clients.findings import CHECKS, Finding
from onewindow.desk.people.absence_cover import gap_of
from onewindow.desk.session.context import Session
from onewindow.metrics.health.completeness import FOR_INVOICE, invoice_gaps
from onewindow.records.clients import BillingDetails, Client, Contact
from onewindow.records.fields import Record, attribute_of
from onewindow.records.kinds import KINDS
from onewindow.records.named_tuples import NamedTuple
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.clients import client_stats
from onewindow.store.clients.client_stats import ClientStat
from onewindow.store.engine import Store
from onewindow.store.listing import count_current, listed
from onewindow.text.dates import parse_utc
from onewindow.text.names.confusables import in_one_script, mixed_scripts
from onewindow.text.plural import counted

R = TypeVar("R", bound=Record)

_PAGE = 250


class Page(NamedTuple):
    """What some cards gave."""

    findings: list[Finding]
    done: int
    """How many cards are checked so far."""
    total: int
    """Of how many, as far as one knows."""
    upto: int
    """Cards of clients with an id up to this one are checked."""
    is_last: bool


class _Fault(NamedTuple):
    check: str
    record: str
    record_id: int
    field: str
    message: str
    proposal: str = ""


@frozen_struct
class _Card:
    client: Client
    billing_details: list[BillingDetails]
    contacts: list[Contact]
    stat: ClientStat | None


def findings(session: Session, checks: Collection[str], client_id: int | None = None) -> Iterator[Finding]:
    """What the checks find with all clients in daily view who are not lost, or with one, card by card."""
    if client_id is not None:
        yield from (finding for finding in of_clients(session, [client_id]) if finding.check in checks)
        if "duplicate" in checks:
            doubled = doubles(session.store, KnownKeys())
            yield from (finding for finding in doubled if finding.client_id == client_id)
        return
    for page in pages(session, session.store, checks):
        yield from page.findings


def pages(
    session: Session, store: Store, checks: Collection[str] = tuple(CHECKS), known: KnownKeys | None = None
) -> Iterator[Page]:
    """The same in pages, read from `store` (of any thread); doubles come in the last one."""
    beside = session.beside(store)
    # Counted before they are read: of clients who are added meanwhile more may be done than were counted.
    total = count_current(store, "client")
    clients = listed(store, Client)
    done, upto = 0, 0
    while page := list(islice(clients, _PAGE)):
        done, upto = done + len(page), page[-1].id
        yield Page(list(_of_cards(beside, page, checks)), done, max(done, total), upto, is_last=False)
    # Doubles need all names at once: they come last, when the cards are on the screen already.
    last = list(doubles(store, known or KnownKeys())) if "duplicate" in checks else []
    yield Page(last, done, done, upto, is_last=True)


def of_clients(session: Session, client_ids: Iterable[int]) -> list[Finding]:
    """What all checks but that of doubles find with some clients; nothing with archived and lost ones."""
    clients = [rows.find(session.store, Client, client_id) for client_id in sorted(set(client_ids))]
    kept = [client for client in clients if client and client.archived_at is None and client.stage != "lost"]
    return [finding for client in kept for finding in _of_cards(session, [client], tuple(CHECKS))]


def _of_cards(session: Session, clients: list[Client], checks: Collection[str]) -> Iterator[Finding]:
    """Of clients in the order of their ids; everything between the first and the last id is read at once."""
    store, low, high = session.store, clients[0].id, clients[-1].id
    billing_details = _by_client(rows.of_clients(store, BillingDetails, low, high))
    contacts = _by_client(rows.of_clients(store, Contact, low, high))
    stats = client_stats.between(store, low, high)
    today = session.today()
    for client in clients:
        one = client.id
        card = _Card(client, billing_details.get(one, []), contacts.get(one, []), stats.get(one))
        for fault in _of_card(session, card, today, checks):
            yield Finding(one, client.number, client.name, client.owner_id, *fault)


def _of_card(session: Session, card: _Card, today: date, checks: Collection[str]) -> Iterator[_Fault]:
    if "invoice" in checks:
        yield from _for_invoice(card)
    if "identifier" in checks:
        yield from _wrong(card)
    if "look_alike" in checks:
        yield from _mixed(card)
    if "stale" in checks:
        yield from _stale(card, session.settings.stale_after_days, today)
    if "uncovered" in checks:
        yield from _uncovered(card.client, session, today)


def _for_invoice(card: _Card) -> Iterator[_Fault]:
    # An invoice is written by the newest ones.
    billing_details = card.billing_details[-1] if card.billing_details else None
    gaps = invoice_gaps(billing_details, card.client.country)
    if gaps:
        missing = ", ".join(gap.label if gap.why == FOR_INVOICE else f"another {gap.label}" for gap in gaps)
        start = "an invoice needs" if billing_details else "no requisites; an invoice needs"
        yield _Fault(
            "invoice",
            "requisites",
            billing_details.id if billing_details else 0,
            gaps[0].field,
            f"{start} {missing}",
        )


def _wrong(card: _Card) -> Iterator[_Fault]:
    for record in (card.client, *card.billing_details, *card.contacts):
        if not record.flags:
            continue
        whose = f"{record.name}: " if isinstance(record, Contact) else ""
        reasons: dict[str, str] = json.loads(record.flags)
        for field, reason in reasons.items():
            value = str(getattr(record, field, "") or "")
            what = " ".join(part for part in (_label(record, field), value) if part)
            yield _Fault("identifier", record.kind, record.id, field, f"{whose}{what}: {reason}")


def _mixed(card: _Card) -> Iterator[_Fault]:
    for record in (card.client, *card.billing_details, *card.contacts):
        field = KINDS[record.kind].title
        text = str(getattr(record, field))
        words = mixed_scripts(text)
        if words:
            quoted = ", ".join(f"“{word}”" for word in words)
            message = f"{_label(record, field)}: {quoted} mixes Latin and Cyrillic"
            yield _Fault("look_alike", record.kind, record.id, field, message, in_one_script(text))


def _stale(card: _Card, days: int, today: date) -> Iterator[_Fault]:
    touched = card.stat.last_touch_at if card.stat else None
    # Stale is what neither a talk nor an edit touched: either one shows that somebody looked.
    edited = max(record.updated_at for record in (card.client, *card.billing_details, *card.contacts))
    silent = (today - parse_utc(max(touched or "", edited)).date()).days
    if silent > days:
        said = "nobody was ever in touch" if touched is None else "nobody was in touch"
        since = counted(silent, "day")
        yield _Fault("stale", "touch", 0, "text", f"{said}, and nobody edited the card for {since}")


def _uncovered(client: Client, session: Session, today: date) -> Iterator[_Fault]:
    gap = gap_of(session.directory.staff, client, today)
    if gap is not None:
        yield _Fault("uncovered", "client", client.id, gap.field, gap.text)


def _label(record: Record, field: str) -> str:
    try:
        return attribute_of(type(record), field).label
    except KeyError:
        return field


def _by_client(records: Iterable[R]) -> dict[int, list[R]]:
    grouped: defaultdict[int, list[R]] = defaultdict(list)
    for record in records:
        grouped[getattr(record, "client_id", 0)].append(record)
    return grouped
