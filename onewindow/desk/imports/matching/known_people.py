"""The people on file whom a row of a file of contacts, or the contact person of a client, may mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from onewindow.desk.imports.matching.decision import NEW, decide
from onewindow.desk.imports.matching.guarding import is_shorter_name
from onewindow.desk.imports.matching.identities import Decision, ExternalKey, Identity
from onewindow.desk.imports.matching.row_order import Strength, content_of, taking_order
from onewindow.desk.imports.matching.sources import SourceBook
from onewindow.desk.imports.rows.row import ReadRow
from onewindow.records.clients import Contact
from onewindow.records.fields import Record
from onewindow.store.engine import Store, Value
from onewindow.store.imports import matches
from onewindow.text.empty_words import is_shared_mailbox
from onewindow.text.fold import fold
from onewindow.text.identifiers.phones import digits

_PHONE_END = 10
_NO_KEYS: frozenset[ExternalKey] = frozenset()


class _ReadsCompanions(Protocol):
    """Reads what the records on file have beside them."""

    def prepare(self, records: Collection[Record], rows: Iterable[ReadRow]) -> None: ...


class KnownPeople:
    """The people of the clients of a chunk of rows, and which of them a row means."""

    def __init__(self, store: Store, sources: SourceBook, companions: _ReadsCompanions) -> None:
        """Know nobody yet."""
        self._store = store
        self._sources = sources
        self._companions = companions
        self._people: dict[int, Contact] = {}
        self._clients: set[int] = set()
        self._identities: dict[int, Identity] = {}
        self._by_key: dict[tuple[int, str], dict[int, None]] = {}
        self._of_file: set[int] = set()
        """The people whom rows of the file meant so far."""
        self._named: dict[tuple[int, str], list[ReadRow]] = {}
        """A client and a name → the rows of the chunk that have them."""

    def prepare(self, rows: Sequence[ReadRow]) -> None:
        """Read the people of these rows' clients, and forget those of others."""
        clients = {row.client.id for row in rows if row.client}
        if not clients <= self._clients:
            self._people = {
                key: person for key, person in self._people.items() if person.client_id in clients
            }
            self._identities = {
                key: identity for key, identity in self._identities.items() if key in self._people
            }
            self._by_key = {key: ids for key, ids in self._by_key.items() if key[0] in clients}
            by_client = matches.contacts_of(self._store, clients - self._clients)
            self._clients = clients
            self._know([person for people in by_client.values() for person in people])
        own = {row.own_id for row in rows if row.own_id} - self._people.keys()
        for contact in matches.by_ids(self._store, Contact, own):
            self._people[contact.id] = contact
        self._companions.prepare(self._people.values(), rows)
        self._named.clear()
        for row in rows:
            if row.client and not row.own_id:
                name = fold(str(row.values.get("name") or ""))
                self._named.setdefault((row.client.id, name), []).append(row)

    def _know(self, people: Sequence[Contact]) -> None:
        self._sources.prepare(person.id for person in people)
        for contact in people:
            self.add(contact)

    def add(self, record: Record) -> None:
        """Know a person who is new, or as they are after an update."""
        if isinstance(record, Contact):
            self._people[record.id] = record
            identity = _identity_of(vars(record), self._sources.of(record), record.id)
            self._identities[record.id] = identity
            for key in _keys(identity):
                self._by_key.setdefault((record.client_id, key), {})[record.id] = None

    def stored(self, record: Record) -> None:
        """Know a record that was new as it was stored."""
        self.add(record)

    def take(self, record: Record) -> None:
        """Know that a row of this file means a person; others may as well."""
        self._of_file.add(record.id)

    def order(self, rows: Sequence[ReadRow]) -> list[int]:
        """The places of rows in the order in which they are taken: those who can be reached go first."""
        identities = [_identity_of(row.values, self._sources.of_row(row.external_id), 0) for row in rows]
        clients = [row.client.id if row.client else 0 for row in rows]
        keys = [
            [(client_id, key) for key in _keys(identity)] if not row.own_id else []
            for row, identity, client_id in zip(rows, identities, clients, strict=True)
        ]

        def strength(place: int) -> Strength:
            identity = identities[place]
            reach = (identity.phones and identity.mails, identity.phones, identity.mails, identity.place)
            whole = sum(len(word) > 1 for word in identity.words)
            return (not identity.external, *(not some for some in reach), -whole), content_of(rows[place])

        return taking_order(keys, strength, [row.number for row in rows])

    def keeps_name(self, record: Record, row: ReadRow) -> bool:
        """Whether a person is not to be called as a row says, since another row of the file says how."""
        own, typed = str(vars(record)["name"]), str(row.values.get("name") or "")
        if record.id in self._of_file:
            return not is_shorter_name(own, typed, is_person=True)
        others = self._named.get((int(vars(record)["client_id"]), fold(own)), ())
        return any(other is not row and self.decide(other).record_id == record.id for other in others)

    def record(self, record_id: int) -> Contact:
        """A person of whom `decide` spoke."""
        return self._people[record_id]

    def decide(self, row: ReadRow) -> Decision:
        """Which of a client's people a row means."""
        if row.own_id and row.own_id in self._people:
            return Decision(row.own_id)
        meant = _identity_of(row.values, self._sources.of_row(row.external_id), 0)
        keys = _keys(meant) if not row.own_id else [f"id {key}" for _, key in meant.external]
        client_id = row.client.id if row.client else 0
        ids = {person_id: None for key in keys for person_id in self._by_key.get((client_id, key), ())}
        return decide(meant, [self._identities[person_id] for person_id in ids], "person") if ids else NEW


def _keys(identity: Identity) -> list[str]:
    """Without one of these in common no two are one person."""
    ids = sorted({key for _, key in identity.external})
    reach = (*identity.phones, *identity.mails)
    return [*(f"id {key}" for key in ids), *(f"name {name}" for name in [identity.name] if name), *reach]


def person_meant(values: Mapping[str, Value], people: Sequence[Contact]) -> Contact | None:
    """Whom the contact person of a row of a file of clients means.

    A file that has one person a client tells of its main one by the name, whatever else became new.
    """
    known = [_identity_of(vars(person), _NO_KEYS, person.id) for person in people]
    row = _identity_of(values, _NO_KEYS, 0)
    decision = decide(row, known, "person")
    if decision.record_id:
        return next(person for person in people if person.id == decision.record_id)
    namesakes = [person for person, identity in zip(people, known, strict=True) if identity.name == row.name]
    return namesakes[0] if len(namesakes) == 1 and namesakes[0].is_main else None


def _identity_of(values: Mapping[str, Value], external: frozenset[ExternalKey], person_id: int) -> Identity:
    name = fold(str(values.get("name") or ""))
    return Identity(
        person_id,
        label=str(values.get("name") or ""),
        external=external,
        name=name,
        words=frozenset(name.split()),
        phones=phones_of([values.get("phone"), values.get("phone_2")]),
        mails=mails_of([values.get("email"), values.get("email_2")]),
        place=fold(str(values.get("role") or "")),
    )


def phones_of(values: Iterable[Value]) -> frozenset[str]:
    """Phones as they are compared: their last ten digits, without what is too short to be somebody's."""
    endings = (digits(str(value or "").partition(";")[0])[-_PHONE_END:] for value in values)
    return frozenset(number for number in endings if len(number) >= _PHONE_END - 3)


def mails_of(values: Iterable[Value]) -> frozenset[str]:
    """Addresses as they are compared, without mailboxes that many read."""
    addresses = (str(value or "").strip().casefold() for value in values)
    return frozenset(address for address in addresses if address and not is_shared_mailbox(address))
