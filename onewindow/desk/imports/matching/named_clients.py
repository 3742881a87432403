"""Which clients the words of a file mean: ids, numbers, slugs, tax ids, names; asked for many at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain

from onewindow.desk.editing.archived_clients import archived_sentence
from onewindow.desk.imports.matching.archived_clients import ArchivedClients
from onewindow.desk.imports.matching.client_names import CalledClients
from onewindow.records.clients import Client
from onewindow.store.engine import Store
from onewindow.store.ids import is_own_id
from onewindow.store.imports import external_keys, matches
from onewindow.text.fold import sort_key
from onewindow.text.identifiers.checks import compact, with_lost_zeros
from onewindow.text.identifiers.tax_ids import spellings

_ZEROS_OF = ("RU", "BG")
"""Countries whose tax ids begin with zeros."""
_REMEMBERED = 50_000


class NamedClients:
    """Remembers whom words mean; `look_up` asks for those that meant nobody so far."""

    def __init__(self, store: Store, source: str = "") -> None:
        """Know nobody yet; ids of other programs are those of `source`, '' where none is named."""
        self._store = store
        self.source = source
        self._called = CalledClients(store)
        self._reasons: dict[str, str] = {}
        self._found: dict[str, list[Client]] = {}
        self._made_with_ids: set[int] = set()
        self._by_mail: dict[str, list[Client]] = {}
        self._archived = ArchivedClients(store)
        self.tax_ids: dict[int, str] = {}
        """Tax ids of clients who are to be made, by their ids."""

    def meant(self, word: str) -> list[Client]:
        """The clients that a word may mean, after it was looked up."""
        return self._found.get(word, [])

    def add(self, word: str, client: Client) -> None:
        """Know that a word means a client who was made just now."""
        clients = self._found.setdefault(word, [])
        if client not in clients:
            clients.append(client)
        if client.external_id == word:
            self._made_with_ids.add(client.id)

    def is_made_with_id(self, name: str) -> bool:
        """Whether a name means only clients who were made just now, each with an id of its own."""
        clients = self._found.get(name, [])
        return bool(clients) and self._made_with_ids.issuperset(client.id for client in clients)

    def archived(self, word: str) -> Client | None:
        """The client that a word would mean if nobody had archived it."""
        return self._archived.named(word, _tax_ids(word))

    def near(self, word: str) -> list[str]:
        """Numbers and names of the few clients on file whose names are nearest to a word that means none."""
        return self._called.near(word)

    def refuse(self, word: str, reason: str) -> None:
        """Know why a word means nobody."""
        self._reasons[word] = reason

    def replace(self, clients: Mapping[int, Client | None]) -> None:
        """Know clients by id as they are now, or that they were not made after all."""
        for word, known in list(self._found.items()):
            if len(known) == 1 and known[0].id in clients:
                now = clients[known[0].id]
                if now is None:
                    del self._found[word]
                else:
                    self._found[word] = [now]
        for client in clients.values():
            if client is not None:
                self._called.add(client)

    def reason_of_none(self, word: str) -> str:
        """Why a word means no client, as a clause: there is none, or the one that it means is archived."""
        if word not in self._reasons:
            if len(self._reasons) > _REMEMBERED:
                self._reasons.clear()
            self._reasons[word] = self._reason_of_none(word)
        return self._reasons[word]

    def _reason_of_none(self, word: str) -> str:
        if (away := self.archived(word)) is not None:
            return archived_sentence(away)
        number = int(word[2:]) if word[:2].upper() == "C-" and word[2:].isdecimal() else 0
        archived = matches.archived_client(self._store, min(number, 2**62), sort_key(word), word)
        if archived is not None:
            return archived_sentence(archived)
        others = external_keys.records_of(self._store, "client", [word]).get(word, [])
        if others:
            programs = ", ".join(sorted({source for source, _ in others if source}))
            return f"“{word}” is the id of a client in {programs}, not in {self.source}; choose with --source"
        if near := self._called.near(word):
            return (
                f"there is no client “{word}”, but {', '.join(near)}; if that is meant, add the name to its"
                " “also called”"
            )
        return f"there is no client “{word}”; import the clients first, or add --create-clients"

    def _by_external_ids(self, asked: list[str]) -> dict[str, list[Client]]:
        """Clients by their ids in the program of the file; those of another program are somebody else's."""
        store = self._store
        by_word = _index(matches.clients_by(store, "external_id", asked), lambda c: c.external_id or "")
        if not external_keys.is_any(store, "client"):
            return by_word
        known = external_keys.records_of(store, "client", asked)
        ids = {client_id for keys in known.values() for _, client_id in keys}
        clients = {client.id: client for client in matches.clients_by(store, "id", ids)}
        for word, keys in known.items():
            living = [(source, clients[client_id]) for source, client_id in keys if client_id in clients]
            mine = [client for source, client in living if source == self.source]
            named = {client.id for _, client in living}
            plain = [client for client in by_word.get(word, []) if client.id not in named]
            if self.source:
                by_word[word] = mine or plain
            else:
                by_word[word] = list(
                    {client.id: client for client in (*plain, *(c for _, c in living))}.values()
                )
        return by_word

    def of_mail(self, address: str) -> list[Client]:
        """The clients whose people have an address in small letters, after it was looked up."""
        return self._by_mail.get(address, [])

    def look_up_mails(self, addresses: Iterable[str]) -> None:
        """Find out whose people have these addresses, in small letters."""
        asked = [address for address in dict.fromkeys(addresses) if address and address not in self._by_mail]
        self._by_mail |= {address: [] for address in asked}
        for address, client in matches.clients_by_mail(self._store, asked):
            if client not in self._by_mail[address]:
                self._by_mail[address].append(client)

    def look_up(self, words: Iterable[str]) -> list[str]:
        """Find out whom these words mean, and give back those that mean nobody."""
        store = self._store
        if len(self._found) > _REMEMBERED:
            self._found.clear()
        asked = [word for word in dict.fromkeys(words) if word and not self._found.get(word)]
        own = [int(word) for word in asked if is_own_id(word)]
        # Archived ones too: the id of ours means nobody else, and a whole copy holds their records.
        by_id = _index(matches.by_ids(store, Client, own), lambda c: str(c.id))
        by_external = self._by_external_ids(asked)
        by_slug = _index(
            matches.clients_by(store, "slug", [word for word in asked if word.islower()]),
            lambda c: c.slug,
        )
        by_name = _index(
            matches.clients_by(store, "name_sort", map(sort_key, asked)), lambda c: c.name.casefold()
        )
        numbers = [int(word[2:]) for word in asked if word[:2].upper() == "C-" and word[2:].isdecimal()]
        by_number = _index(matches.clients_by(store, "number", numbers), lambda client: f"C-{client.number}")
        by_tax_id: dict[str, list[Client]] = {}
        whole = {word: _tax_ids(word) for word in asked}
        for tax_id, client in matches.clients_by_tax_id(store, [*asked, *chain(*whole.values())]):
            by_tax_id.setdefault(compact(tax_id), []).append(client)
        for word in asked:
            self._found[word] = (
                by_id.get(word)
                or by_number.get(word.upper())
                or by_external.get(word)
                or next((by_tax_id[tax_id] for tax_id in whole[word] if tax_id in by_tax_id), None)
                or by_name.get(word.casefold())
                or by_slug.get(word)
                or []
            )
        self._look_up_called([word for word in asked if not self._found[word]])
        return [word for word in asked if not self._found[word]]

    def _look_up_called(self, words: Iterable[str]) -> None:
        meant = {word: ids for word in words if (ids := self._called.meant(word))}
        clients = matches.clients_by(self._store, "id", chain(*meant.values()))
        by_id = {client.id: client for client in clients}
        for word, ids in meant.items():
            self._found[word] = [by_id[client_id] for client_id in ids if client_id in by_id]


def _tax_ids(word: str) -> list[str]:
    """The tax ids that a word may be, the likeliest first: as it is, and with zeros lost in a spreadsheet."""
    plain = compact(word)
    whole = (plain, *(with_lost_zeros("tax_id", plain, country) for country in _ZEROS_OF))
    return list(dict.fromkeys(form for tax_id in whole for form in spellings(tax_id)))


def _index(clients: Iterable[Client], key: Callable[[Client], str]) -> dict[str, list[Client]]:
    index: dict[str, list[Client]] = {}
    for client in clients:
        index.setdefault(key(client), []).append(client)
    return index
