"""Clients whom only a file of deals or tickets names, made with nothing but that name and a flag."""

from __future__ import annotations

import json
from collections.abc import Mapping

from onewindow.desk.import_named_clients import NamedClients
from onewindow.desk.import_slugs import SlugBook
from onewindow.desk.session import Session
from onewindow.records.clients import Client
from onewindow.records.kinds import KINDS
from onewindow.store.changes import Transaction, next_number
from onewindow.text.fold import sort_key

_FLAG = "only an import named this client; look whether you know it"
_LENGTH = 200


def make_clients(
    session: Session, transaction: Transaction, known: NamedClients, words: Mapping[str, str]
) -> list[Client]:
    """Store a client for each of these words, with the country beside it, and let the words mean them.

    A client whose country is not known, '', is of ours.
    """
    names: dict[str, list[str]] = {}
    for word in words:
        names.setdefault(sort_key(word[:_LENGTH]), []).append(word)
    if not names:
        return []
    called = [spellings[0][:_LENGTH] for spellings in names.values()]
    countries = [next((words[word] for word in each if words[word]), "") for each in names.values()]
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
                external_id=name if name.isdecimal() else None,
                country=countries[place] or session.settings.region,
                flags=flags,
            )
            for place, name in enumerate(called)
        ]
    )
    for client, spellings in zip(stored, names.values(), strict=True):
        for word in spellings:
            known.add(word, client)
    return stored
