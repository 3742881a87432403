"""Import of contacts: whose they are, who of them is known, what is new."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from onewindow.desk import rules
from onewindow.desk.archived_clients import is_archived_told
from onewindow.desk.import_cells import CellReader, kept_lines
from onewindow.desk.import_changes import reasons_of
from onewindow.desk.import_client_stubs import make_clients
from onewindow.desk.import_identity import Decision
from onewindow.desk.import_known_people import whom
from onewindow.desk.import_named_clients import NamedClients
from onewindow.desk.import_report import Difference, RowVerdict
from onewindow.desk.import_sources import SourceBook
from onewindow.desk.import_values import FieldFormats
from onewindow.desk.session import Session
from onewindow.exchange.rows import SourceRow
from onewindow.exchange.values import person_name
from onewindow.records.clients import Client, Contact, ContactNote
from onewindow.store import import_matches
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.text.fold import fold
from onewindow.text.names import words_besides

_FIELDS = (
    *("address_as", "role", "manner", "preferred_channel", "phone", "phone_2", "email", "email_2"),
    *("messenger", "language", "birthday", "is_main"),
)


@dataclass(slots=True)
class _Row:
    """One row read."""

    number: int
    client: Client
    name: str
    external_id: str | None
    country: str
    """Where its telephone numbers belong."""
    values: dict[str, Value]
    notes: list[str]
    flags: dict[str, str] = field(default_factory=dict[str, str])

    def keys(self) -> list[tuple[int, str]]:
        """What identifies the person among those of his client."""
        reach = ("phone", "phone_2", "email", "email_2")
        found = [fold(self.name), *(str(self.values.get(name) or "") for name in reach)]
        if self.external_id:
            found.append(f"id {self.external_id}")
        return [(self.client.id, key) for key in found if key]


class ContactImporter:
    """Takes the rows of a file chunk by chunk inside one transaction, and says what became of each."""

    def __init__(
        self,
        session: Session,
        transaction: Transaction,
        client: Client | None = None,
        formats: FieldFormats | None = None,
        *,
        create_clients: bool = False,
        source: str = "",
    ) -> None:
        """Begin an import; `client` is whose people they are where the file does not say."""
        self._session = session
        self._create_clients = create_clients
        self._transaction = transaction
        self._context = rules.context_of(session)
        self._cells = CellReader(session, formats)
        self._client = client
        self._today = session.today().isoformat()
        self._new: list[tuple[Contact, list[str]]] = []
        self._pending: set[tuple[int, str]] = set()
        self._clients = NamedClients(transaction.store, source)
        self._sources = SourceBook(transaction, "contact", source)

    def take(self, rows: Iterable[SourceRow]) -> list[RowVerdict]:
        """Store or compare the rows, whose cells are named by field already."""
        chunk = list(rows)
        missing = self._clients.look_up([row.values.get("client", "").strip() for row in chunk])
        if self._create_clients:
            make_clients(self._session, self._transaction, self._clients, missing)
        read = [self._read(row.number, row.values) for row in chunk]
        good = [row for row in read if isinstance(row, _Row)]
        store = self._transaction.store
        client_ids = {row.client.id for row in good}
        people = import_matches.contacts_of(store, client_ids)
        notes = import_matches.notes_of(store, client_ids)
        self._sources.prepare(each.id for found in people.values() for each in found)
        verdicts: list[RowVerdict] = []
        for row in read:
            if isinstance(row, RowVerdict):
                verdicts.append(row)
                continue
            if self._pending.intersection(row.keys()):
                self._flush(people, notes)
            values = {"name": row.name, **row.values}
            mine = people.get(row.client.id, [])
            meant = whom(values, self._sources.of_row(row.external_id), mine, self._sources)
            if meant.unclear:
                verdicts.append(RowVerdict(row.number, "error", row.name, reason=meant.unclear))
            elif meant.record_id:
                known = next(each for each in mine if each.id == meant.record_id)
                verdicts.append(self._update(known, row, people, notes))
            else:
                verdicts.append(self._create(row, meant))
        self._flush(people, notes)
        self._sources.flush()
        return verdicts

    def finish(self) -> dict[int, str]:
        """Nothing waits for the end of the file."""
        return {}

    def _read(self, number: int, cells: Mapping[str, str]) -> _Row | RowVerdict:
        named = cells.get("client", "").strip()
        person = person_name(cells, "")
        clients = self._clients.meant(named) if named else [self._client] if self._client else []
        if len(clients) != 1:
            if not named:
                reason = "it does not say whose contact this is; name the client with --client"
            elif clients:
                reason = f"“{named}” may mean several clients; use their ids or tax ids"
            else:
                reason = self._clients.reason_of_none(named)
            return RowVerdict(number, "error", person, reason=reason)
        client = clients[0]
        if client.archived_at is not None:
            return RowVerdict(number, "error", person, reason=is_archived_told(client))
        values, problems = self._cells.read(Contact, cells, _FIELDS)
        if not person:
            return RowVerdict(number, "error", "", reason="it has no name")
        if len(person) > 200:
            return RowVerdict(number, "error", person[:60], reason="its name is over 200 characters")
        country = self._cells.country(cells) or client.country
        notes = [text for text in (cells.get("note", "").strip(),) if text]
        notes += self._cells.spread_ways(values, country)
        notes += kept_lines(cells, problems)
        if unsaid := words_besides(cells.get("name", ""), person):
            notes.append(f"name: {unsaid}")
        external = cells.get("external_id", "").strip() or None
        return _Row(number, client, person, external, country, values, notes, problems)

    def _create(self, row: _Row, meant: Decision) -> RowVerdict:
        contact = Contact(
            id=self._transaction.store.ids.new_id(),
            client_id=row.client.id,
            name=row.name,
            external_id=row.external_id,
            **{"language": self._cells.language(row.client.country), **row.values},  # pyright: ignore[reportArgumentType]
        )
        flags = self._cells.wrong_identifiers(row.values, row.country or self._cells.region)
        flagged = contact.with_changes({"flags": json.dumps(flags, ensure_ascii=False) if flags else ""})
        self._new.append((flagged, row.notes))
        self._pending.update(row.keys())
        self._sources.note(contact.id, row.external_id)
        told = "; ".join(filter(None, (meant.namesake, reasons_of({**flags, **row.flags}))))
        return RowVerdict(row.number, "create", row.name, contact.id, told)

    def _flush(
        self,
        people: dict[int, list[Contact]],
        notes: set[tuple[int, str]],
    ) -> None:
        stored = self._transaction.insert_many([contact for contact, _ in self._new])
        texts = [
            (contact, text) for contact, (_, kept) in zip(stored, self._new, strict=True) for text in kept
        ]
        self._transaction.insert_many([self._note(contact, text) for contact, text in texts])
        notes.update((contact.id, text) for contact, text in texts)
        for contact in stored:
            people.setdefault(contact.client_id, []).append(contact)
        self._new.clear()
        self._pending.clear()

    def _update(
        self,
        known: Contact,
        row: _Row,
        people: dict[int, list[Contact]],
        notes: set[tuple[int, str]],
    ) -> RowVerdict:
        wanted: dict[str, Value] = {"name": row.name, **row.values}
        wanted |= self._sources.changes(known, row.external_id)
        wanted = {name: value for name, value in wanted.items() if getattr(known, name) != value}
        differences: dict[str, Difference] = {}
        if wanted:
            wanted["flags"] = rules.filled(self._context, known.with_changes(wanted))["flags"]
            wanted = {name: value for name, value in wanted.items() if getattr(known, name) != value}
            differences = {name: (getattr(known, name), value) for name, value in wanted.items()}
            siblings = people[known.client_id]
            siblings[siblings.index(known)] = self._transaction.update(known, wanted)
        for text in row.notes:
            if (known.id, text) not in notes:
                self._transaction.insert(self._note(known, text))
                notes.add((known.id, text))
                differences["note"] = (None, text)
        verdict = "update" if differences else "skip"
        return RowVerdict(row.number, verdict, row.name, known.id, reasons_of(row.flags), differences)

    def _note(self, contact: Contact, text: str) -> ContactNote:
        return ContactNote(
            client_id=contact.client_id, contact_id=contact.id, noted_on=self._today, text=text
        )
