"""Clients whom only a file of deals or tickets names, made with nothing but that name and a flag."""

from __future__ import annotations

import json
from collections.abc import Mapping
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


def make_clients(
    session: Session, transaction: Transaction, known: NamedClients, strangers: Mapping[Stranger, str]
) -> list[Client]:
    """Store a client for each of these, with the country beside it, and let their words mean them.

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
    number = next_number(transaction.store, KINDS["client"], len(called))
    slugs = SlugBook(transaction.store).slugs_for(called)
    flags = json.dumps({"name": _FLAG})
    stored = transaction.insert_many(
        [
            Client(
                id=transaction.store.ids.new_id(),
                created_at=transaction.at,
                updated_at=transaction.at,
                number=number + place,
                slug=slugs[place],
                name=name,
                name_sort=sort_key(name),
                external_id=external[place] or (name if name.isdecimal() else None),
                country=countries[place] or session.settings.region,
                flags=flags,
            )
            for place, name in enumerate(called)
        ]
    )
    for client, spellings in zip(stored, names.values(), strict=True):
        for word in dict.fromkeys(word for each in spellings for word in (each.name, each.also) if word):
            known.add(word, client)
    if known.source:
        keys = [(key, client.id) for key, client in zip(external, stored, strict=True) if key]
        external_keys.remember(transaction, "client", known.source, keys)
    return stored
