"""Clients whom only a file of deals or tickets names, made with nothing but that name and a flag."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from onewindow.desk.imports.matching.named_clients import NamedClients
from onewindow.desk.imports.writing.slugs import SlugBook
from onewindow.desk.session.context import Session
from onewindow.records.clients import BillingDetails, Client
from onewindow.records.kinds import KINDS
from onewindow.records.named_tuples import NamedTuple
from onewindow.store.changes import Transaction, next_number
from onewindow.store.ids import is_own_id
from onewindow.store.imports import external_keys
from onewindow.text.fold import sort_key
from onewindow.text.names.firm_names import FirmName, differ, firm_name

_FLAG = "only an import named this client; look whether you know it"
_LENGTH = 200


class Stranger(NamedTuple):
    """A client whom a row names and nobody knows."""

    name: str
    external_id: str = ""
    also: str = ""
    """Another word of the row that means the same client: an id."""
    tax_id: str = ""
    """What the row says to be the tax id."""

    @property
    def own_id(self) -> int:
        """The id that another One Window gave it, which it keeps; 0 for none."""
        return int(self.also) if is_own_id(self.also) else 0

    @property
    def certain(self) -> str:
        """The id that tells it from others of its name: of the other program, of the tax office, ours."""
        return self.external_id or self.tax_id or (self.also if self.own_id else "")


def meant_clients(
    session: Session, transaction: Transaction, known: NamedClients, strangers: Mapping[Stranger, str]
) -> list[Client]:
    """A client for each of these, with the country beside it, whom their words mean; not stored yet.

    A client whose country is not known, '', is of ours.
    """
    names = _told_apart(known, strangers)
    if not names:
        return []
    called = [spellings[0].name[:_LENGTH] for spellings in names]
    countries = [next((strangers[word] for word in words if strangers[word]), "") for words in names]
    external = [spellings[0].external_id for spellings in names]
    own = [spellings[0].own_id for spellings in names]
    flags = json.dumps({"name": _FLAG})
    meant = [
        Client(
            id=own[place] or transaction.store.ids.new_id(),
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
    for client, spellings in zip(meant, names, strict=True):
        if tax_id := next((spelling.tax_id for spelling in spellings if spelling.tax_id), ""):
            known.tax_ids[client.id] = tax_id
        for word in dict.fromkeys(
            word for spelling in spellings for word in (spelling.name, spelling.also) if word
        ):
            known.add(word, client)
    return meant


def _told_apart(known: NamedClients, strangers: Iterable[Stranger]) -> list[list[Stranger]]:
    """The strangers, those together who are one client: by an id, else by the name but for its legal form.

    A name without a legal form that the file has with several means nobody, which is told.
    """
    groups: list[list[Stranger]] = []
    by_id: dict[str, list[Stranger]] = {}
    by_said: dict[str, list[list[Stranger]]] = {}
    forms: dict[str, set[frozenset[str]]] = {}
    for spelling in strangers:
        said = firm_name(spelling.name[:_LENGTH])
        forms.setdefault(said.said, set()).add(said.forms)
    for spelling in sorted(strangers, key=lambda stranger: not stranger.certain):
        own = firm_name(spelling.name[:_LENGTH])
        alike = by_said.setdefault(own.said, [])
        if key := spelling.certain:
            if key not in by_id:
                by_id[key] = []
                groups.append(by_id[key])
                alike.append(by_id[key])
            by_id[key].append(spelling)
            continue
        several = any(differ(one, other) for one in forms[own.said] for other in forms[own.said])
        fits = FirmName.is_same if several else FirmName.may_be
        same = next((group for group in alike if fits(own, firm_name(group[0].name[:_LENGTH]))), None)
        if same is not None:
            same.append(spelling)
        elif several and not own.forms:
            known.refuse(
                spelling.name,
                f"rows of this file have “{spelling.name}” with several legal forms; which one?",
            )
        else:
            groups.append([spelling])
            alike.append(groups[-1])
    return groups


def store_clients(
    transaction: Transaction, known: NamedClients, meant: Iterable[Client], currency: str
) -> list[Client]:
    """Store such clients, with the numbers and short names that are free now, and keep their ids.

    `currency` is that of the billing details of those whose tax id the file tells.
    """
    clients = list(meant)
    if not clients:
        return []
    number = next_number(transaction.store, KINDS["client"], len(clients))
    slugs = SlugBook(transaction.store).slugs_for([client.name for client in clients])
    numbered = [
        client.with_changes({"number": number + place, "slug": slugs[place]})
        for place, client in enumerate(clients)
    ]
    stored = transaction.insert_many(numbered)
    transaction.insert_many(
        [
            BillingDetails(
                client_id=client.id,
                legal_name=client.name,
                tax_id=known.tax_ids.pop(client.id),
                currency=currency,
            )
            for client in stored
            if client.id in known.tax_ids
        ]
    )
    if known.source:
        keys = [(client.external_id, client.id) for client in stored if client.external_id]
        external_keys.remember(transaction, "client", known.source, keys)
    return stored
