"""What is missing, wrong, doubled or stale in the cards: findings to be worked through one by one."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import TypeVar

from onewindow.desk.completeness import invoice_gaps
from onewindow.desk.session import Session
from onewindow.records.clients import Client, Contact, Requisites
from onewindow.records.fields import Record, attribute_of
from onewindow.records.values import value_class
from onewindow.store import client_stats, rows
from onewindow.store.client_stats import ClientStat
from onewindow.store.engine import Store
from onewindow.store.listing import listed
from onewindow.text.fold import fold
from onewindow.text.lookalike import mixed_scripts

R = TypeVar("R", bound=Record)

CHECKS = {
    "invoice": "what an invoice still needs",
    "identifier": "tax ids, accounts, phones and addresses that cannot be right",
    "look_alike": "names that mix Latin and Cyrillic letters",
    "stale": "nobody was in touch for too long",
    "uncovered": "no owner or no deputy",
    "duplicate": "two cards of one client: same tax id, phone or name",
}
"""Every check with what it finds."""

_PAGE = 500
_SHORTEST_PHONE = 7


@value_class
class Finding:
    """One thing to put right; `field` names a field of the client, a contact or the requisites, or is ''."""

    client_id: int
    number: int
    name: str
    check: str
    field: str
    message: str


@value_class
class _Card:
    client: Client
    requisites: list[Requisites]
    contacts: list[Contact]
    stat: ClientStat | None


def findings(session: Session, checks: Collection[str], client_id: int | None = None) -> Iterator[Finding]:
    """What the checks find with all clients in daily view who are not lost, or with one, card by card."""
    for card in _cards(session.store, client_id):
        for check, field, message in _of_card(session, card, checks):
            yield Finding(card.client.id, card.client.number, card.client.name, check, field, message)
    if "duplicate" in checks:
        yield from _duplicates(session.store, client_id)


def _of_card(session: Session, card: _Card, checks: Collection[str]) -> Iterator[tuple[str, str, str]]:
    client = card.client
    if "invoice" in checks:
        requisites = card.requisites[-1] if card.requisites else None
        for gap in invoice_gaps(requisites, client.country):
            yield "invoice", gap.field, f"{gap.label}: {gap.why}"
    if "identifier" in checks:
        for record in (client, *card.requisites, *card.contacts):
            whose = f"{record.name}, " if isinstance(record, Contact) else ""
            for field, reason in _flags(record).items():
                value = getattr(record, field, "")
                yield (
                    "identifier",
                    field,
                    f"{whose}{_label(record, field)} {value}: {reason}".replace("  ", " "),
                )
    if "look_alike" in checks:
        for record, field in _names(card):
            for word in mixed_scripts(str(getattr(record, field))):
                yield "look_alike", field, f"“{word}” mixes Latin and Cyrillic letters"
    if "stale" in checks:
        yield from _stale(session, card)
    if "uncovered" in checks:
        for field, who in (("owner_id", "owner"), ("deputy_id", "deputy")):
            if getattr(client, field) is None:
                yield "uncovered", field, f"there is no {who}"


def _stale(session: Session, card: _Card) -> Iterator[tuple[str, str, str]]:
    days = session.settings.silent_after_days
    last = card.stat.last_touch_at if card.stat else None
    if last is None:
        yield "stale", "", "nobody was ever in touch"
    else:
        from onewindow.text.dates import parse_utc

        silent = session.now() - parse_utc(last)
        if silent > timedelta(days=days):
            yield "stale", "", f"nobody was in touch for {silent.days} days"


def _names(card: _Card) -> Iterator[tuple[Record, str]]:
    yield card.client, "name"
    yield from ((each, "legal_name") for each in card.requisites)
    yield from ((each, "name") for each in card.contacts)


def _flags(record: Client | Requisites | Contact) -> dict[str, str]:
    return json.loads(record.flags) if record.flags else {}


def _label(record: Record, field: str) -> str:
    try:
        return attribute_of(type(record), field).label
    except KeyError:
        return field


def _cards(store: Store, client_id: int | None) -> Iterator[_Card]:
    clients = iter([rows.get(store, Client, client_id)]) if client_id else listed(store, Client)
    while page := list(islice(clients, _PAGE)):
        low, high = page[0].id, page[-1].id
        requisites = _by_client(_between(store, Requisites, low, high))
        contacts = _by_client(_between(store, Contact, low, high))
        stats = client_stats.between(store, low, high)
        for client in page:
            each = client.id
            yield _Card(client, requisites.get(each, []), contacts.get(each, []), stats.get(each))


def _between(store: Store, record: type[R], low: int, high: int) -> list[R]:
    return rows.fetch(
        store,
        record,
        "WHERE client_id BETWEEN :low AND :high AND archived_at IS NULL ORDER BY client_id, id",
        low=low,
        high=high,
    )


def _by_client(records: Iterable[R]) -> dict[int, list[R]]:
    grouped: defaultdict[int, list[R]] = defaultdict(list)
    for record in records:
        grouped[getattr(record, "client_id", 0)].append(record)
    return grouped


def _duplicates(store: Store, client_id: int | None) -> Iterator[Finding]:
    """Clients who share a tax id, a phone or a folded name with another one in daily view."""
    clients = {
        row[0]: row for row in store.rows("SELECT id, number, name FROM client WHERE archived_at IS NULL")
    }
    keys: tuple[tuple[str, str, list[tuple[str, int]]], ...] = (
        ("tax_id", "tax id", _shared(store, "SELECT tax_id, client_id FROM requisites WHERE tax_id <> ''")),
        ("phone", "phone", _phones(store)),
        ("name", "name", [(fold(name), each) for each, _, name in clients.values()]),
    )
    for field, spoken, pairs in keys:
        groups: defaultdict[str, dict[int, None]] = defaultdict(dict)
        for key, each in pairs:
            if key and each in clients:
                groups[key][each] = None
        for key, members in groups.items():
            if len(members) < 2 or (client_id is not None and client_id not in members):
                continue
            for each in members if client_id is None else (client_id,):
                others = ", ".join(f"C-{clients[o][1]} {clients[o][2]}" for o in members if o != each)
                what = f"the same {spoken}" + ("" if field == "name" else f" {key}")
                yield Finding(
                    each, clients[each][1], clients[each][2], "duplicate", field, f"{what} as {others}"
                )


def _shared(store: Store, sql: str) -> list[tuple[str, int]]:
    return [(row[0], row[1]) for row in store.rows(f"{sql} AND archived_at IS NULL")]


def _phones(store: Store) -> list[tuple[str, int]]:
    sources = (("contact", "phone"), ("contact", "phone_2"), ("requisites", "phone"))
    return [
        (phone, each)
        for table, column in sources
        for phone, each in _shared(store, f"SELECT {column}, client_id FROM {table} WHERE {column} <> ''")
        if len(phone) >= _SHORTEST_PHONE
    ]
