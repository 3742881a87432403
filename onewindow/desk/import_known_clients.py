"""What a row of a file of clients says, and the clients on file whom it may mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from onewindow.records.clients import Client, Contact, Requisites
from onewindow.store import import_matches
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.text.identifiers import compact


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


class KnownClients:
    """Clients on file whom the rows of one chunk may mean, with their requisites and people."""

    def __init__(self, transaction: Transaction, rows: Sequence[ClientRow]) -> None:
        """Ask the store for all rows at once."""
        store = transaction.store
        self.by_external: dict[str, list[Client]] = {}
        self.by_tax_id: dict[str, list[Client]] = {}
        self.by_name: dict[str, list[Client]] = {}
        self.requisites: dict[int, Requisites] = {}
        self.contacts: dict[int, list[Contact]] = {}
        found: dict[int, Client] = {}
        tax_ids = [form for row in rows if row.tax_id for form in (row.tax_id, row.compact_tax_id)]
        for tax_id, client in import_matches.clients_by_tax_id(store, tax_ids):
            self.by_tax_id.setdefault(compact(tax_id), []).append(client)
            found[client.id] = client
        names = [row.name_sort for row in rows]
        externals = [row.external_id for row in rows]
        for client in (
            *import_matches.clients_by(store, "external_id", externals),
            *import_matches.clients_by(store, "name_sort", names),
        ):
            found[client.id] = client
        for client in found.values():
            self._know(client)
        self.requisites = import_matches.requisites_of(store, found)
        self.contacts = import_matches.contacts_of(store, found)

    def add(self, client: Client, requisites: Requisites | None, contact: Contact | None) -> None:
        """Know a client who was stored from an earlier row."""
        self._know(client)
        if requisites is not None:
            self.requisites[client.id] = requisites
            if requisites.tax_id:
                self.by_tax_id.setdefault(compact(requisites.tax_id), []).append(client)
        if contact is not None:
            self.contacts.setdefault(client.id, []).append(contact)

    def _know(self, client: Client) -> None:
        if client.external_id:
            self.by_external.setdefault(client.external_id, []).append(client)
        self.by_name.setdefault(name_key(client.name), []).append(client)

    def replace(self, before: Client, after: Client) -> None:
        """Know a client as he is after an update."""
        for index in (self.by_external, self.by_tax_id, self.by_name):
            for clients in index.values():
                clients[:] = [after if each.id == before.id else each for each in clients]

    def of(self, row: ClientRow) -> list[Client]:
        """Clients whom a row means: by external id, then by tax id, then by exact name."""
        if row.external_id and row.external_id in self.by_external:
            return self.by_external[row.external_id]
        candidates = self.by_tax_id.get(row.compact_tax_id, []) if row.tax_id else []
        if not candidates:
            candidates = self.by_name.get(row.key, [])
        return [each for each in candidates if self._may_be(each, row)]

    def _may_be(self, client: Client, row: ClientRow) -> bool:
        """Whether nothing that identifies the client says that the row is somebody else."""
        if row.external_id and client.external_id and client.external_id != row.external_id:
            return False
        known = self.requisites.get(client.id)
        same = known is None or not known.tax_id or compact(known.tax_id) == row.compact_tax_id
        return same or not row.tax_id


def name_key(name: str) -> str:
    """Under which an exact name is found, whatever its case and spaces."""
    return " ".join(name.casefold().split())
