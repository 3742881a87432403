"""What rows carry along beside their record: a client's billing details and contact, notes of people."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from onewindow.desk.caches import client_caches
from onewindow.desk.imports.matching.guarding import SaidInFile, guard
from onewindow.desk.imports.matching.known_people import person_meant
from onewindow.desk.imports.reporting.changes import different, with_lines
from onewindow.desk.imports.reporting.run_report import Difference
from onewindow.desk.imports.rows.contact_points import Ways
from onewindow.desk.imports.rows.row import ReadRow
from onewindow.desk.session.context import Session
from onewindow.desk.validation import record_rules
from onewindow.records.clients import BillingDetails, Client, Contact, ContactNote
from onewindow.records.fields import Record
from onewindow.store.changes import Transaction
from onewindow.store.engine import Value
from onewindow.store.imports import matches
from onewindow.text.fold import sort_key

_IDS_AT_ONCE = 2000
_MANY = 500
"""Of so many new clients at a time a transaction does not keep each change."""
Flags = dict[str, str]
Differences = dict[str, Difference]


class Companions:
    """Carries nothing along, as rows of most kinds do."""

    def __init__(self, session: Session, transaction: Transaction, ways: Ways) -> None:
        """Belong to one import."""
        self._session = session
        self._transaction = transaction
        self._ways = ways
        self._context = record_rules.context_of(session, is_import=True)
        self._ids: Iterator[int] = iter(())
        self._said = SaidInFile()

    def new_id(self) -> int:
        """An id for a new record of this import, taken many at a time."""
        for free in self._ids:
            return free
        self._ids = iter(self._transaction.store.ids.new_ids(_IDS_AT_ONCE))
        return next(self._ids)

    def prepare(self, records: Collection[Record], rows: Iterable[ReadRow]) -> None:
        """Read what the records on file have that rows of a chunk may mean, before anything else is asked."""

    def filled(self, record: Record, row: ReadRow, *, is_new: bool) -> dict[str, Value]:  # noqa: ARG002
        """What the program itself writes into a record."""
        return record_rules.filled(self._context, record)

    def begin(self, record: Record, row: ReadRow) -> Flags:  # noqa: ARG002
        """Make ready what is stored with a new record; gives back what looks wrong of it, by field."""
        return {}

    def flush(self, stored: Sequence[Record], since: int) -> None:
        """Store what was made ready, of these records, all of them stored just now.

        Their own changes stand in the transaction from place `since` on.
        """

    def guard(self, known: Record, row: ReadRow) -> None:
        """Take out of a row what would make the record that it means worse than it is."""
        guard(row, row.values, known, self._ways, row.country, is_person=known.kind in ("contact", "staff"))

    def wanted(self, known: Record, row: ReadRow) -> dict[str, Value]:  # noqa: ARG002
        """What a row changes of the record that it means, beyond its values."""
        return {}

    def update(self, record: Record, row: ReadRow) -> Differences:  # noqa: ARG002
        """Bring what a record has up to a row that means it; gives back what changed, by field."""
        return {}


class ClientCompanions(Companions):
    """The billing details of clients and their people, as files of clients have one of each."""

    def __init__(self, session: Session, transaction: Transaction, ways: Ways) -> None:
        """Know nobody yet."""
        super().__init__(session, transaction, ways)
        self.billing_details: dict[int, BillingDetails] = {}
        self.contacts: dict[int, list[Contact]] = {}
        self._new: dict[int, tuple[BillingDetails | None, Contact | None]] = {}

    def prepare(self, records: Collection[Record], rows: Iterable[ReadRow]) -> None:  # noqa: ARG002
        """Read the billing details and people of these clients, and forget those of others."""
        ids = [record.id for record in records]
        self._said.forget()
        self.billing_details = matches.billing_details_of(self._transaction.store, ids)
        self.contacts = matches.contacts_of(self._transaction.store, ids)

    def filled(self, record: Record, row: ReadRow, *, is_new: bool) -> dict[str, Value]:  # noqa: ARG002
        """The key of the name in lists, and the marks of what a row has wrong."""
        values: dict[str, Value] = {"name_sort": sort_key(str(vars(record)["name"]))}
        if not vars(record)["slug"]:
            values["slug"] = "-"  # one book gives them to many at a time
        if row.flags:
            values["flags"] = _json({**_flags_of(record), **row.flags})
        return values

    def begin(self, record: Record, row: ReadRow) -> Flags:
        """Make the requisites and the contact person of a new client."""
        billing_details, person = row.companion("requisites"), row.companion("contact")
        country = row.country or row.values.get("country")
        wrong, odd = (self._ways.wrong_identifiers(record, country) for record in (billing_details, person))
        self._new[record.id] = (
            self._billing_details(record.id, self.new_id(), row, wrong) if billing_details else None,
            self._contact(record.id, self.new_id(), row, odd) if person else None,
        )
        made, contact = self._new[record.id]
        if made is not None:
            self.billing_details[record.id] = made
            self._said.note(made.id, billing_details)
        if contact is not None:
            self.contacts[record.id] = [contact]
            self._said.note(contact.id, person)
        self._said.note(record.id, row.values)
        return wrong | odd

    def flush(self, stored: Sequence[Record], since: int) -> None:
        """Store them, and the caches of the clients, of whom nothing else is on file yet."""
        made = self._new.values()
        transaction = self._transaction
        papers = transaction.insert_many([paper for paper, _ in made if paper is not None])
        people = transaction.insert_many([person for _, person in made if person is not None])
        self._new.clear()
        clients = [record for record in stored if isinstance(record, Client) and record.archived_at is None]
        if clients:
            client_caches.write_new(
                transaction,
                clients,
                {paper.client_id: paper for paper in papers},
                {person.client_id: person for person in people},
            )
        if len(stored) == len(clients) >= _MANY and not any(client.referrer_id for client in clients):
            transaction.condense(since)

    def guard(self, known: Record, row: ReadRow) -> None:
        """Keep the name, and the requisites and the person on file, from what is worse."""
        country = row.country or str(vars(known)["country"])
        guard(row, row.values, known, self._ways, country)
        if names := str(row.values.get("aliases") or "").splitlines():
            row.values["aliases"] = with_lines(str(vars(known)["aliases"]), names)
        self._said.keep(row, row.values, known)
        billing_details = self.billing_details.get(known.id)
        if billing_details is not None:
            guard(row, row.companion("requisites"), billing_details, self._ways, country)
            self._said.keep(row, row.companion("requisites"), billing_details)
        if values := row.companion("contact"):
            person = person_meant(values, self.contacts.get(known.id, []))
            if person is not None:
                guard(row, values, person, self._ways, country, prefix="contact.", is_person=True)
                self._said.keep(row, values, person, "contact.")

    def wanted(self, known: Record, row: ReadRow) -> dict[str, Value]:
        """The note goes on behind what people wrote there, and marks go with what they were of."""
        if row.own_id:
            return {}
        note = with_lines(str(vars(known)["note"]), [str(row.values.get("note") or ""), *row.kept])
        filled = {*row.values, *row.companion("requisites")}
        filled |= {f"contact.{name}" for name in row.companion("contact")}
        flags = {key: text for key, text in _flags_of(known).items() if key not in filled}
        return {"note": note, "flags": _json({**flags, **row.flags})}

    def update(self, record: Record, row: ReadRow) -> Differences:
        """Bring the requisites of a client and the person whom a row names up to the row."""
        differences: Differences = {}
        if row.companion("requisites"):
            differences |= _named("requisites", self._update_billing_details(record, row))
        if row.companion("contact"):
            differences |= _named("contact", self._update_contact(record, row))
        return differences

    def _update_billing_details(self, client: Record, row: ReadRow) -> Differences:
        values = row.companion("requisites")
        known = self.billing_details.get(client.id)
        if known is None:
            wrong = self._ways.wrong_identifiers(values, vars(client)["country"])
            made = self._billing_details(client.id, self.new_id(), row, wrong)
            self._said.note(made.id, values)
            self.billing_details[client.id] = self._transaction.insert(made)
            return {name: (None, value) for name, value in values.items()}
        checked = self._with_flags(known, values)
        self.billing_details[client.id] = self._transaction.update(known, checked)
        return {name: (getattr(known, name), value) for name, value in checked.items()}

    def _update_contact(self, client: Record, row: ReadRow) -> Differences:
        values = row.companion("contact")
        people = self.contacts.setdefault(client.id, [])
        known = person_meant(values, people)
        if known is None:
            odd = self._ways.wrong_identifiers(values, vars(client)["country"])
            made = self._contact(client.id, self.new_id(), row, odd)
            self._said.note(made.id, values)
            people.append(self._transaction.insert(made.with_changes({"is_main": int(not people)})))
            return {"person": (None, values.get("name"))}
        checked = self._with_flags(known, values)
        people[people.index(known)] = self._transaction.update(known, checked)
        return {name: (getattr(known, name), value) for name, value in checked.items()}

    def _with_flags(self, known: Record, values: Mapping[str, Value]) -> dict[str, Value]:
        """What changes of a record, with the marks that it has then."""
        changed = different(known, values)
        if not changed:
            return {}
        flags = record_rules.filled(self._context, known.with_changes(changed))["flags"]
        return different(known, {**changed, "flags": flags})

    def _billing_details(self, client_id: int, details_id: int, row: ReadRow, wrong: Flags) -> BillingDetails:
        values = row.companion("requisites")
        at = self._transaction.at
        return BillingDetails(
            id=details_id,
            created_at=at,
            updated_at=at,
            client_id=client_id,
            flags=_json(wrong),
            **{"legal_name": row.values["name"], "currency": self._session.settings.currency, **values},  # pyright: ignore[reportArgumentType]
        )

    def _contact(self, client_id: int, contact_id: int, row: ReadRow, odd: Flags) -> Contact:
        values = row.companion("contact")
        at = self._transaction.at
        return Contact(
            id=contact_id,
            created_at=at,
            updated_at=at,
            client_id=client_id,
            is_main=1,
            flags=_json(odd),
            **{"language": self._ways.language(row.country), **values},  # pyright: ignore[reportArgumentType]
        )


class PersonNotes(Companions):
    """Dated notes on people, of what a file says of them that has no field."""

    def __init__(self, session: Session, transaction: Transaction, ways: Ways) -> None:
        """Know no notes yet."""
        super().__init__(session, transaction, ways)
        self._today = session.today().isoformat()
        self._known: set[tuple[int, str]] = set()
        self._new: list[tuple[Record, str]] = []

    def prepare(self, records: Collection[Record], rows: Iterable[ReadRow]) -> None:
        """Read the notes on the people of these rows' clients."""
        self._said.forget()
        clients = {row.client.id for row in rows if row.client and row.kept} if records else set[int]()
        self._known = matches.notes_of(self._transaction.store, clients)

    def filled(self, record: Record, row: ReadRow, *, is_new: bool) -> dict[str, Value]:
        """The marks of what looks wrong; of a new person without a question to the store."""
        if is_new:
            return {"flags": _json(self._ways.wrong_identifiers(vars(record), row.country))}
        return {"flags": record_rules.filled(self._context, record)["flags"]}

    def begin(self, record: Record, row: ReadRow) -> Flags:
        """Make notes of what the row kept."""
        self._new += ((record, text) for text in row.kept)
        self._said.note(record.id, row.values)
        return _flags_of(record)

    def flush(self, stored: Sequence[Record], since: int) -> None:  # noqa: ARG002
        """Store the notes."""
        self._transaction.insert_many([self._note(record, text) for record, text in self._new])
        self._known.update((record.id, text) for record, text in self._new)
        self._new.clear()

    def guard(self, known: Record, row: ReadRow) -> None:
        """Keep what a person has from what is worse, and from another row of the file."""
        super().guard(known, row)
        self._said.keep(row, row.values, known)

    def update(self, record: Record, row: ReadRow) -> Differences:
        """Add the notes that a person does not have yet."""
        new = [text for text in row.kept if (record.id, text) not in self._known]
        for text in new:
            self._transaction.insert(self._note(record, text))
            self._known.add((record.id, text))
        return {"note": (None, new[-1])} if new else {}

    def _note(self, contact: Record, text: str) -> ContactNote:
        client_id = int(vars(contact)["client_id"])
        return ContactNote(client_id=client_id, contact_id=contact.id, noted_on=self._today, text=text)


def companions_of(kind: str, session: Session, transaction: Transaction, ways: Ways) -> Companions:
    """What rows of a kind carry along."""
    made = {"client": ClientCompanions, "contact": PersonNotes}.get(kind, Companions)
    return made(session, transaction, ways)


def _flags_of(record: Record) -> Flags:
    text = str(vars(record)["flags"])
    return json.loads(text) if text else {}


def _named(kind: str, differences: Differences) -> Differences:
    return {f"{kind}.{name}": pair for name, pair in differences.items() if pair[0] != pair[1]}


def _json(flags: Mapping[str, str]) -> str:
    return json.dumps(flags, ensure_ascii=False) if flags else ""
