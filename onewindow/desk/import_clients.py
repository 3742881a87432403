"""Import of clients: each row read, matched with what is on file, and stored or compared, many at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from onewindow.desk import caches, plan_followups, rules
from onewindow.desk.import_cells import CellReader, kept_lines
from onewindow.desk.import_changes import different, reasons_of, with_lines
from onewindow.desk.import_identity import Decision
from onewindow.desk.import_known_clients import ClientRow, KnownClients, name_key
from onewindow.desk.import_known_people import person_meant
from onewindow.desk.import_report import Difference, RowVerdict
from onewindow.desk.import_slugs import SlugBook
from onewindow.desk.import_sources import SourceBook
from onewindow.desk.import_values import FieldFormats
from onewindow.desk.session import Session
from onewindow.exchange.rows import SourceRow
from onewindow.exchange.values import person_name
from onewindow.records.clients import Client, Contact, Requisites
from onewindow.records.kinds import KINDS
from onewindow.store.changes import Transaction, next_number
from onewindow.store.engine import Value
from onewindow.text.fold import sort_key
from onewindow.text.identifiers import compact, with_lost_zeros
from onewindow.text.names import words_besides

CONTACT_FIELDS = (
    *("name", "last_name", "first_name", "middle_name", "address_as", "role", "manner"),
    *("preferred_channel", "phone_2", "email_2", "messenger", "birthday"),
)
"""Fields of the main contact that a file of clients may carry; their cells are named `contact.…`."""

_CLIENT = (
    *("name", "aliases", "client_class", "tier", "stage", "owner", "deputy", "segment", "industry"),
    *("country", "city", "website", "since", "goal", "goal_measure", "note", "tags", "language"),
    *("time_zone", "payment_state"),
)
_REQUISITES = (
    *("legal_name", "tax_id", "kpp", "ogrn", "legal_address", "postal_address", "phone", "email", "bank"),
    *("bik", "account", "corr_account", "iban", "swift", "head_name", "head_position", "consignee"),
    "consignee_address",
)
_CONTACT_STORED = (
    *("name", "address_as", "role", "manner", "preferred_channel", "phone", "phone_2", "email", "email_2"),
    *("messenger", "birthday"),
)
_UNTOLD = "the imported file does not tell"


class ClientImporter:
    """Takes the rows of a file chunk by chunk inside one transaction, and says what became of each."""

    def __init__(
        self,
        session: Session,
        transaction: Transaction,
        formats: FieldFormats | None = None,
        source: str = "",
    ) -> None:
        """Begin an import in somebody's transaction, of a file of the program `source`."""
        self._session = session
        self._transaction = transaction
        self._context = rules.context_of(session)
        self._cells = CellReader(session, formats)
        self._slugs = SlugBook(transaction.store)
        self._sources = SourceBook(transaction, "client", source)
        self._new: list[tuple[ClientRow, int]] = []
        self._pending: set[str] = set()
        self._ids: Iterator[int] = iter(())
        self._has_contact: bool | None = None

    def take(self, rows: Iterable[SourceRow]) -> list[RowVerdict]:
        """Store or compare the rows, whose cells are named by field already."""
        read: list[ClientRow | RowVerdict] = [self._read(row.number, row.values) for row in rows]
        good = [row for row in read if isinstance(row, ClientRow)]
        self._ids = iter(self._transaction.store.ids.new_ids(len(good)))
        matches = KnownClients(self._transaction, good, self._sources)
        verdicts: list[RowVerdict] = []
        for row in read:
            if isinstance(row, RowVerdict):
                verdicts.append(row)
                continue
            if self._pending.intersection(row.clues()):
                self._flush(matches)
            meant = matches.decide(row)
            if meant.unclear:
                verdicts.append(RowVerdict(row.number, "error", row.name, reason=meant.unclear))
            elif meant.record_id:
                verdicts.append(self._update(matches.client(meant.record_id), row, matches))
            else:
                verdicts.append(self._create(row, meant))
        self._flush(matches)
        self._sources.flush()
        return verdicts

    def finish(self) -> dict[int, str]:
        """Nothing waits for the end of the file."""
        return {}

    def _read(self, number: int, cells: Mapping[str, str]) -> ClientRow | RowVerdict:
        client, problems = self._cells.read(Client, cells, _CLIENT)
        requisites, more = self._cells.read(Requisites, cells, _REQUISITES)
        contact = self._contact_cells(cells)
        person, third = self._cells.read(Contact, contact, CONTACT_FIELDS[4:]) if contact else ({}, {})
        name = str(client.get("name") or requisites.get("legal_name") or "")
        if not name and contact:
            name = person_name(contact, "")  # of a list of people each is a client
        if not name:
            long_name = problems.get("name") or more.get("legal_name")
            reason = f"its name cannot be stored: {long_name}" if long_name else "it has no name"
            return RowVerdict(number, "error", cells.get("name", "")[:60], reason=reason)
        client["name"] = name
        country = str(client.get("country") or "")
        flags = problems | more | {f"contact.{key}": reason for key, reason in third.items()}
        kept = kept_lines(cells, problems | more) + kept_lines(contact, third) if flags else []
        if client.get("time_zone") and (
            wrong := rules.problems(self._context, Client(name="x", time_zone=str(client["time_zone"]))).get(
                "time_zone"
            )
        ):
            flags["time_zone"] = wrong.rstrip(".")
            kept.append(f"time_zone: {client.pop('time_zone')}")
        if contact:
            person = {"name": person_name(contact, ""), **person}
            if unsaid := words_besides(contact["name"], str(person["name"])):
                kept.append(f"contact: {unsaid}")
            # In a file that names a person, the phone and the address are his.
            person.update({key: requisites.pop(key) for key in ("phone", "email") if key in requisites})
        kept += self._cells.spread_ways(person, country)
        kept += self._cells.spread_ways(requisites, country, places=1)
        self._restore_zeros(requisites, country)
        external = cells.get("external_id", "").strip() or None
        return ClientRow(
            number, name, sort_key(name), name_key(name), external, client, requisites, person, flags, kept
        )

    def _restore_zeros(self, requisites: dict[str, Value], country: str) -> None:
        for field in ("tax_id", "kpp", "bik"):
            if text := str(requisites.get(field) or ""):
                tidy = _tidy_tax_id(text) if field == "tax_id" else text
                requisites[field] = with_lost_zeros(field, tidy, country or self._cells.region)

    def _contact_cells(self, cells: Mapping[str, str]) -> dict[str, str]:
        if self._has_contact is None:
            self._has_contact = any(name.startswith("contact.") for name in cells)
        if not self._has_contact:
            return {}
        contact = {name: cells.get(f"contact.{name}", "") for name in CONTACT_FIELDS}
        named = any(contact[part].strip() for part in CONTACT_FIELDS[:4])
        return contact if named else {}

    # new clients

    def _create(self, row: ClientRow, meant: Decision) -> RowVerdict:
        client_id = next(self._ids)
        self._new.append((row, client_id))
        self._pending.update(row.clues())
        self._sources.note(client_id, row.external_id)
        row.requisites_flags = self._checked(row.requisites, row.client.get("country"))
        row.contact_flags = self._checked(row.contact, row.client.get("country"))
        reasons = row.requisites_flags | row.contact_flags | row.flags
        told = "; ".join(filter(None, (meant.namesake, reasons_of(reasons))))
        return RowVerdict(row.number, "create", row.name, client_id, told)

    def _flush(self, matches: KnownClients) -> None:
        """Store the clients who wait, with their requisites and people, and let later rows find them."""
        if not self._new:
            return
        transaction, store = self._transaction, self._transaction.store
        number = next_number(store, KINDS["client"], len(self._new))
        slugs = self._slugs.slugs_for([row.name for row, _ in self._new])
        clients: list[Client] = []
        requisites: list[Requisites] = []
        contacts: list[Contact] = []
        ids = self._transaction.store.ids.new_ids(len(self._new))
        for place, (row, client_id) in enumerate(self._new):
            clients.append(self._new_client(row, client_id, number + place, slugs[place]))
            if row.requisites:
                requisites.append(self._new_requisites(row, client_id, ids[place]))
            if row.contact:
                contacts.append(self._new_contact(row, client_id, ids[place]))
        stored = transaction.insert_many(clients)
        paper = {each.client_id: each for each in transaction.insert_many(requisites)}
        people = {each.client_id: each for each in transaction.insert_many(contacts)}
        caches.write_new(transaction, stored, paper, people)
        for client in stored:
            matches.add(client, paper.get(client.id), people.get(client.id))
        self._new.clear()
        self._pending.clear()

    def _new_client(self, row: ClientRow, client_id: int, number: int, slug: str) -> Client:
        values = dict(row.client)
        # A country that nobody can read is not ours.
        country = "" if "country" in row.flags else str(values.get("country") or self._cells.region)
        values.setdefault("country", country)
        values.setdefault("language", self._cells.language(country) if country else "en")
        if values.get("stage") == "lost":
            values["loss_reason"] = _UNTOLD
        if row.kept:
            values["note"] = "\n".join(line for line in (str(values.get("note", "")), *row.kept) if line)
        return Client(
            id=client_id,
            created_at=self._transaction.at,
            updated_at=self._transaction.at,
            number=number,
            slug=slug,
            name_sort=row.name_sort,
            external_id=row.external_id,
            flags=_json(row.flags),
            **values,  # pyright: ignore[reportArgumentType]
        )

    def _new_requisites(self, row: ClientRow, client_id: int, requisites_id: int) -> Requisites:
        values = {"legal_name": row.name, "currency": self._session.settings.currency, **row.requisites}
        return Requisites(
            id=requisites_id,
            created_at=self._transaction.at,
            updated_at=self._transaction.at,
            client_id=client_id,
            flags=_json(row.requisites_flags),
            **values,  # pyright: ignore[reportArgumentType]
        )

    def _new_contact(self, row: ClientRow, client_id: int, contact_id: int) -> Contact:
        country = str(row.client.get("country") or self._cells.region)
        values = {"language": self._cells.language(country), **row.contact}
        return Contact(
            id=contact_id,
            created_at=self._transaction.at,
            updated_at=self._transaction.at,
            client_id=client_id,
            is_main=1,
            flags=_json(row.contact_flags),
            **values,  # pyright: ignore[reportArgumentType]
        )

    def _checked(self, values: Mapping[str, Value], country: Value) -> dict[str, str]:
        return self._cells.wrong_identifiers(values, str(country or self._cells.region))

    # known clients

    def _update(self, client: Client, row: ClientRow, matches: KnownClients) -> RowVerdict:
        differences: dict[str, Difference] = {}
        wanted = different(client, self._client_changes(client, row))
        told = ((name, value) for name, value in wanted.items() if name != "name_sort")
        differences.update({name: (getattr(client, name), value) for name, value in told})
        after = self._transaction.update(client, wanted) if wanted else client
        if wanted:
            plan_followups.after(self._session, self._transaction, client, after)
        requisites = matches.requisites.get(client.id)
        if row.requisites:
            known, changed = self._update_requisites(after, requisites, row)
            matches.requisites[client.id] = known
            differences.update({f"requisites.{name}": each for name, each in changed.items()})
        if row.contact:
            people = matches.contacts.setdefault(client.id, [])
            differences.update(self._update_contact(after, people, row))
        if differences or row.external_id:
            matches.changed(after)
        verdict = "update" if differences else "skip"
        return RowVerdict(row.number, verdict, row.name, client.id, reasons_of(row.flags), differences)

    def _client_changes(self, client: Client, row: ClientRow) -> dict[str, Value]:
        wanted = dict(row.client)
        if "name" in wanted:
            wanted["name_sort"] = row.name_sort
        wanted |= self._sources.changes(client, row.external_id)
        if wanted.get("stage") == "lost" and not client.loss_reason:
            wanted["loss_reason"] = _UNTOLD
        wanted["note"] = with_lines(client.note, [str(wanted.get("note", "")), *row.kept])
        flags: dict[str, str] = json.loads(client.flags) if client.flags else {}
        cleared = {key: text for key, text in flags.items() if key not in row.client}
        wanted["flags"] = _json({**cleared, **row.flags})
        return wanted

    def _update_requisites(
        self, client: Client, known: Requisites | None, row: ClientRow
    ) -> tuple[Requisites, dict[str, Difference]]:
        if known is None:
            row.requisites_flags = self._checked(row.requisites, client.country)
            stored = self._transaction.insert(
                self._new_requisites(row, client.id, self._transaction.store.ids.new_id())
            )
            return stored, {name: (None, value) for name, value in row.requisites.items()}
        wanted = different(known, row.requisites)
        if not wanted:
            return known, {}
        changed = known.with_changes(wanted)
        wanted["flags"] = rules.filled(self._context, changed)["flags"]
        differences = {name: (getattr(known, name), value) for name, value in wanted.items()}
        after = self._transaction.update(known, different(known, wanted))
        return after, {name: each for name, each in differences.items() if each[0] != each[1]}

    def _update_contact(self, client: Client, people: list[Contact], row: ClientRow) -> dict[str, Difference]:
        known = person_meant(row.contact, people)
        if known is None:
            row.contact_flags = self._checked(row.contact, client.country)
            new = self._new_contact(row, client.id, self._transaction.store.ids.new_id())
            new = new.with_changes({"is_main": int(not people)})
            people.append(self._transaction.insert(new))
            return {f"contact.{key}": (None, value) for key, value in row.contact.items()}
        wanted = different(known, row.contact)
        if not wanted:
            return {}
        wanted["flags"] = rules.filled(self._context, known.with_changes(wanted))["flags"]
        wanted = different(known, wanted)
        people[people.index(known)] = self._transaction.update(known, wanted)
        return {f"contact.{key}": (getattr(known, key), value) for key, value in wanted.items()}


def _tidy_tax_id(typed: str) -> str:
    """A tax id without what people put between its digits; a text of other kinds as typed."""
    digits = compact(typed)
    return digits if digits.isalnum() and any(each.isdigit() for each in digits) else typed


def _json(flags: Mapping[str, str]) -> str:
    return json.dumps(flags, ensure_ascii=False) if flags else ""
