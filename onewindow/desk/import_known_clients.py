"""What a row of a file of clients says, and the clients on file whom it may mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onewindow.desk.import_identity import NEW, Decision, Identity, decide
from onewindow.desk.import_sources import SourceBook
from onewindow.records.clients import Client, Contact, Requisites
from onewindow.store import import_matches
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.text.fillers import is_shared_mailbox
from onewindow.text.fold import fold, sort_key
from onewindow.text.identifiers import compact
from onewindow.text.phones import digits

_PHONE_END = 10


@dataclass(slots=True)
class ClientRow:
    """One row read: values by record, what identifies it, what is wrong with it."""

    number: int
    name: str
    name_sort: str
    key: str
    external_id: str | None
    client: dict[str, Value]
    requisites: dict[str, Value]
    contact: dict[str, Value]
    flags: dict[str, str] = field(default_factory=dict[str, str])
    kept: list[str] = field(default_factory=list[str])
    requisites_flags: dict[str, str] = field(default_factory=dict[str, str])
    contact_flags: dict[str, str] = field(default_factory=dict[str, str])
    tax_id: str = field(init=False)
    """As the row gives it, '' for none."""
    compact_tax_id: str = field(init=False)

    def __post_init__(self) -> None:
        self.tax_id = str(self.requisites.get("tax_id") or "")
        self.compact_tax_id = compact(self.tax_id)

    def clues(self) -> list[str]:
        """Under what later rows may mean the same client."""
        found = [f"name {self.name_sort}"]
        if self.external_id:
            found.append(f"id {self.external_id}")
        if self.tax_id:
            found.append(f"tax {self.compact_tax_id}")
        return found


class KnownClients:
    """Clients on file whom the rows of one chunk may mean, with their requisites and people."""

    def __init__(self, transaction: Transaction, rows: Sequence[ClientRow], sources: SourceBook) -> None:
        """Ask the store for all rows at once."""
        store = transaction.store
        self._sources = sources
        self._clients: dict[int, Client] = {}
        self._by_key: dict[str, dict[int, None]] = {}
        self._identities: dict[int, Identity] = {}
        self.requisites: dict[int, Requisites] = {}
        self.contacts: dict[int, list[Contact]] = {}
        tax_ids = [form for row in rows if row.tax_id for form in (row.tax_id, row.compact_tax_id)]
        for tax_id, client in import_matches.clients_by_tax_id(store, tax_ids):
            self._know(client)
            self._by_key.setdefault(f"tax {compact(tax_id)}", {})[client.id] = None
        externals = [row.external_id for row in rows if row.external_id]
        for client in (
            *import_matches.clients_by(store, "external_id", externals),
            *import_matches.clients_by(store, "name_sort", [row.name_sort for row in rows]),
            *import_matches.clients_by(store, "id", sources.records_of(externals)),
        ):
            self._know(client)
        sources.prepare(self._clients)
        self.requisites = import_matches.requisites_of(store, self._clients)
        self.contacts = import_matches.contacts_of(store, self._clients)

    def add(self, client: Client, requisites: Requisites | None, contact: Contact | None) -> None:
        """Know a client who was stored from an earlier row."""
        self._know(client)
        if requisites is not None:
            self.requisites[client.id] = requisites
            if requisites.tax_id:
                self._by_key.setdefault(f"tax {compact(requisites.tax_id)}", {})[client.id] = None
        if contact is not None:
            self.contacts.setdefault(client.id, []).append(contact)

    def _know(self, client: Client) -> None:
        self._clients[client.id] = client
        self._by_key.setdefault(f"name {sort_key(client.name)}", {})[client.id] = None
        if client.external_id:
            self._by_key.setdefault(f"id {client.external_id}", {})[client.id] = None

    def changed(self, client: Client) -> None:
        """Know a client as he is after an update, of himself, his requisites or his people."""
        self._know(client)
        self._identities.pop(client.id, None)
        requisites = self.requisites.get(client.id)
        if requisites is not None and requisites.tax_id:
            self._by_key.setdefault(f"tax {compact(requisites.tax_id)}", {})[client.id] = None

    def client(self, client_id: int) -> Client:
        """A client of whom `decide` spoke."""
        return self._clients[client_id]

    def decide(self, row: ClientRow) -> Decision:
        """Whom a row means."""
        found = {each: None for key in row.clues() for each in self._by_key.get(key, ())}
        if row.external_id:
            found.update(dict.fromkeys(self._sources.having(row.external_id) & self._clients.keys()))
        if not found:
            return NEW
        return decide(self._of_row(row), [self._identity(self._clients[each]) for each in found], "firm")

    def _of_row(self, row: ClientRow) -> Identity:
        people = [row.requisites, row.contact]
        return Identity(
            external=self._sources.of_row(row.external_id),
            tax_id=row.compact_tax_id,
            kpp=compact(str(row.requisites.get("kpp") or "")),
            name=row.key,
            words=frozenset(row.name_sort.split()),
            phones=phones_of(each.get(name) for each in people for name in ("phone", "phone_2")),
            mails=mails_of(each.get(name) for each in people for name in ("email", "email_2")),
            place=fold(str(row.client.get("city") or "")),
        )

    def _identity(self, client: Client) -> Identity:
        known = self._identities.get(client.id)
        if known is None:
            requisites = self.requisites.get(client.id)
            people = self.contacts.get(client.id, [])
            numbers = [each for person in people for each in (person.phone, person.phone_2)]
            addresses = [each for person in people for each in (person.email, person.email_2)]
            known = self._identities[client.id] = Identity(
                client.id,
                label=f"C-{client.number} {client.name}",
                external=self._sources.of(client),
                tax_id=compact(requisites.tax_id) if requisites else "",
                kpp=compact(requisites.kpp) if requisites else "",
                name=name_key(client.name),
                words=frozenset(sort_key(client.name).split()),
                phones=phones_of([*numbers, requisites.phone if requisites else ""]),
                mails=mails_of([*addresses, requisites.email if requisites else ""]),
                place=fold(client.city),
            )
        return known


def phones_of(values: Iterable[Value]) -> frozenset[str]:
    """Phones as they are compared: their last ten digits, without what is too short to be somebody's."""
    found = (digits(str(each or "").partition(";")[0])[-_PHONE_END:] for each in values)
    return frozenset(each for each in found if len(each) >= _PHONE_END - 3)


def mails_of(values: Iterable[Value]) -> frozenset[str]:
    """Addresses as they are compared, without mailboxes that many read."""
    found = (str(each or "").strip().casefold() for each in values)
    return frozenset(each for each in found if each and not is_shared_mailbox(each))


def name_key(name: str) -> str:
    """Under which an exact name is found, whatever its case and spaces."""
    return " ".join(name.casefold().split())
