"""Clients whom only a file of deals or tickets names, made with nothing but that name and a flag."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from onewindow.desk.import_named_clients import NamedClients
from onewindow.desk.import_slugs import SlugBook
from onewindow.desk.session import Session
from onewindow.records.clients import Client
from onewindow.records.kinds import KINDS
from onewindow.store import external_keys
from onewindow.store.changes import Transaction, next_number
from onewindow.text.fold import sort_key

_FLAG = "only an import named this client; look whether you know it"
_LENGTH = 200


class Stranger(NamedTuple):
    """A client whom a row names and nobody knows."""

    name: str
    external_id: str = ""
    also: str = ""
    """Another word of the row that means the same client: an id."""


def meant_clients(
    session: Session, transaction: Transaction, known: NamedClients, strangers: Mapping[Stranger, str]
) -> list[Client]:
    """A client for each of these, with the country beside it, whom their words mean; not stored yet.

    A client whose country is not known, '', is of ours.
    """
    names: dict[tuple[str, str], list[Stranger]] = {}
    by_name: dict[str, tuple[str, str]] = {}
    for each in sorted(strangers, key=lambda stranger: not stranger.external_id):
        name = sort_key(each.name[:_LENGTH])
        key = (each.external_id, "") if each.external_id else by_name.get(name, ("", name))
        by_name.setdefault(name, key)
        names.setdefault(key, []).append(each)
    if not names:
        return []
    called = [spellings[0].name[:_LENGTH] for spellings in names.values()]
    countries = [next((strangers[word] for word in each if strangers[word]), "") for each in names.values()]
    external = [spellings[0].external_id for spellings in names.values()]
    flags = json.dumps({"name": _FLAG})
    meant = [
        Client(
            id=transaction.store.ids.new_id(),
            created_at=transaction.at,
            updated_at=transaction.at,
            name=name,
            name_sort=sort_key(name),
            external_id=external[place] or (name if name.isdecimal() else None),
            country=countries[place] or session.settings.region,
            flags=flags,
        )
        for place, name in enumerate(called)
    ]
    for client, spellings in zip(meant, names.values(), strict=True):
        for word in dict.fromkeys(word for each in spellings for word in (each.name, each.also) if word):
            known.add(word, client)
    return meant


def store_clients(transaction: Transaction, known: NamedClients, meant: Iterable[Client]) -> list[Client]:
    """Store such clients, with the numbers and short names that are free now, and keep their ids."""
    clients = list(meant)
    if not clients:
        return []
    number = next_number(transaction.store, KINDS["client"], len(clients))
    slugs = SlugBook(transaction.store).slugs_for([each.name for each in clients])
    numbered = [
        client.with_changes({"number": number + place, "slug": slugs[place]})
        for place, client in enumerate(clients)
    ]
    stored = transaction.insert_many(numbered)
    if known.source:
        keys = [(each.external_id, each.id) for each in stored if each.external_id]
        external_keys.remember(transaction, "client", known.source, keys)
    return stored
