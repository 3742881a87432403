"""The clients on file whom rows of a file of clients may mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from onewindow.desk.editing.archived_clients import archived_sentence
from onewindow.desk.imports.matching.archived_clients import ArchivedClients
from onewindow.desk.imports.matching.client_names import CalledClients
from onewindow.desk.imports.matching.decision import NEW, decide
from onewindow.desk.imports.matching.identities import Decision, Identity
from onewindow.desk.imports.matching.known_people import mails_of, phones_of
from onewindow.desk.imports.matching.name_evidence import are_strangers
from onewindow.desk.imports.matching.row_order import Strength, content_of, taking_order
from onewindow.desk.imports.matching.sources import SourceBook
from onewindow.desk.imports.rows.contact_points import EMAILS, PHONES
from onewindow.desk.imports.rows.row import ReadRow
from onewindow.records.clients import BillingDetails, Client, Contact
from onewindow.records.fields import Record
from onewindow.store.engine import Store, Value
from onewindow.store.imports import matches
from onewindow.text.fold import fold, sort_key
from onewindow.text.identifiers.checks import compact
from onewindow.text.identifiers.tax_ids import spellings, without_country
from onewindow.text.names.firm_names import FirmName, firm_name, said_and_forms


class _ReadsCompanions(Protocol):
    """Reads what the clients on file have beside them, by the ids of the clients."""

    billing_details: dict[int, BillingDetails]
    contacts: dict[int, list[Contact]]

    def prepare(self, records: Collection[Record], rows: Iterable[ReadRow]) -> None: ...


class KnownClients:
    """Clients on file whom the rows of one chunk may mean, with their billing details and people."""

    def __init__(self, store: Store, sources: SourceBook, companions: _ReadsCompanions) -> None:
        """Know nobody yet."""
        self._store = store
        self._sources = sources
        self._companions = companions
        self._clients: dict[int, Client] = {}
        self._by_key: dict[str, dict[int, None]] = {}
        self._identities: dict[int, Identity] = {}
        self._of_file: set[int] = set()
        self._archived = ArchivedClients(store)
        self._called = CalledClients(store)
        self._forms: dict[str, set[frozenset[str]]] = {}
        """A name as it is said → the legal forms with which rows of the chunk have it."""
        self._doubts: dict[int, str] = {}
        """Number of a row → why its tax id may be that of somebody else."""
        self._branches: set[int] = set()
        """Numbers of rows whose tax id the chunk has with several КПП."""
        self._named: dict[str, list[ReadRow]] = {}
        """A name as it is sorted → the rows of the chunk that have it."""

    def prepare(self, rows: Sequence[ReadRow]) -> None:
        """Ask the store for all rows at once, and forget whom earlier rows meant."""
        store = self._store
        # One chunk at a time: a file of a million clients would fill the memory with those of earlier rows.
        self._clients.clear()
        self._by_key.clear()
        self._identities.clear()
        for client in matches.by_ids(store, Client, (row.own_id for row in rows if row.own_id)):
            self._clients[client.id] = client
        others = [row for row in rows if row.own_id not in self._clients]
        tax_ids = [
            form for row in others if (typed := _tax_id(row)) for form in spellings(typed, row.country)
        ]
        for tax_id, client in matches.clients_by_tax_id(store, tax_ids):
            self._know(client)
            self._by_key.setdefault(f"tax {without_country(tax_id)}", {})[client.id] = None
        externals = [row.external_id for row in others if row.external_id]
        names = (sort_key(str(row.values["name"])) for row in others if not row.own_id)
        for client in (
            *matches.clients_by(store, "external_id", externals),
            *matches.clients_by(store, "name_sort", names),
            *matches.clients_by(store, "id", self._sources.records_of(externals)),
        ):
            self._know(client)
        # After the keys that are sure: only names that mean nobody so far need the slower look by words.
        self._prepare_names(others)
        self._sources.prepare(self._clients)
        self._companions.prepare(self._clients.values(), rows)
        for client_id, billing_details in self._companions.billing_details.items():
            self._know_said(client_id, billing_details.legal_name)
        self._doubts = self._doubtful(others)

    def _prepare_names(self, rows: Iterable[ReadRow]) -> None:
        """Read the clients who are called otherwise than the rows that mean nobody so far."""
        self._forms.clear()
        self._named.clear()
        strange: dict[int, None] = {}
        for row in rows:
            if row.own_id:
                continue
            name = str(row.values["name"])
            said, forms = said_and_forms(name)
            self._forms.setdefault(said, set()).add(forms)
            self._named.setdefault(sort_key(name), []).append(row)
            if not self._is_whole(name):
                strange.update(dict.fromkeys(self._called.having(said)))
        for client in matches.clients_by(self._store, "id", strange.keys() - self._clients.keys()):
            self._know(client)

    def _is_whole(self, name: str) -> bool:
        """Whether a client on file has this name letter by letter."""
        key = _name_key(name)
        return any(
            _name_key(self._clients[client_id].name) == key
            for client_id in self._by_key.get(f"name {sort_key(name)}", ())
        )

    def _doubtful(self, rows: Iterable[ReadRow]) -> dict[int, str]:
        """The rows that have one tax id with another row of the chunk and nothing else in common."""
        by_tax_id: dict[str, list[ReadRow]] = {}
        for row in rows:
            if not row.own_id and (tax_id := _tax_id(row)):
                by_tax_id.setdefault(without_country(tax_id), []).append(row)
        doubts: dict[int, str] = {}
        self._branches.clear()
        for tax_id, alike in by_tax_id.items():
            parted = [row for row in alike if _kpp(row)] if len(alike) > 1 else []
            if len({_kpp(row) for row in parted}) > 1:
                self._branches.update(row.number for row in parted)
            identities = [self._of_row(row) for row in alike] if len(alike) > 1 else []
            for row, identity in zip(alike, identities, strict=False):
                if other := next(
                    (b for b, its in zip(alike, identities, strict=True) if are_strangers(identity, its)),
                    None,
                ):
                    doubts[row.number] = (
                        f"row {other.number} {other.title} has the tax id {tax_id} too, but nothing else;"
                        " which one is right?"
                    )
        return doubts

    def _know(self, client: Client) -> None:
        self._clients[client.id] = client
        self._by_key.setdefault(f"name {sort_key(client.name)}", {})[client.id] = None
        for name in (client.name, *client.aliases.splitlines(), *self._called.names_of(client.id).former):
            self._know_said(client.id, name)
        if client.external_id:
            self._by_key.setdefault(f"id {client.external_id}", {})[client.id] = None

    def _know_said(self, client_id: int, name: str) -> None:
        if name:
            self._by_key.setdefault(f"said {said_and_forms(name)[0]}", {})[client_id] = None

    def stored(self, record: Record) -> None:
        """Know a client who was new as it is stored, with its number."""
        if isinstance(record, Client):
            self._clients[record.id] = record
            self._identities.pop(record.id, None)

    def add(self, record: Record) -> None:
        """Know a client who is new, or as it is after an update, of its billing details or people too."""
        if not isinstance(record, Client):
            return
        self._know(record)
        self._identities.pop(record.id, None)
        billing_details = self._companions.billing_details.get(record.id)
        if billing_details is not None and billing_details.tax_id:
            self._by_key.setdefault(f"tax {without_country(billing_details.tax_id)}", {})[record.id] = None
        if billing_details is not None:
            self._know_said(record.id, billing_details.legal_name)
        self._called.add(record, billing_details.legal_name if billing_details else "")

    def take(self, record: Record) -> None:
        """Know that a row of this file means a client; others may, while nothing that they say differs."""
        self._of_file.add(record.id)
        self._identities.pop(record.id, None)

    def record(self, record_id: int) -> Client:
        """A client of whom `decide` spoke."""
        return self._clients[record_id]

    def order(self, rows: Sequence[ReadRow]) -> list[int]:
        """The places of rows in the order in which they are taken: ids go before names."""
        return taking_order(
            [_keys(row) for row in rows],
            lambda place: self._strength(rows[place]),
            [row.number for row in rows],
        )

    def _strength(self, row: ReadRow) -> Strength:
        identity = self._of_row(row)
        ids = (identity.external, identity.tax_id, identity.kpp, identity.ogrn)
        is_bare = not any((*ids, identity.described))
        reach = (identity.phones and identity.mails, identity.phones or identity.mails, identity.place)
        lacking = [not clue for clue in (*ids, not is_bare, identity.called[0].forms, *reach)]
        surely = (bool(identity.doubt), *lacking, -len(identity.described))
        return surely, content_of(row)

    def keeps_name(self, record: Record, row: ReadRow) -> bool:
        """Whether a client is not to be called as a row says, since another row of the file says how."""
        if record.id in self._of_file:
            return True
        others = self._named.get(sort_key(str(vars(record)["name"])), ())
        return any(other is not row and self.decide(other).record_id == record.id for other in others)

    def decide(self, row: ReadRow) -> Decision:
        """Whom a row means."""
        if row.own_id and row.own_id in self._clients:
            return Decision(row.own_id)
        ids = {client_id: None for key in _clues(row) for client_id in self._by_key.get(key, ())}
        name = str(row.values["name"])
        if not row.own_id:
            ids.update(self._by_key.get(f"said {said_and_forms(name)[0]}", {}))
        if row.external_id:
            ids.update(dict.fromkeys(self._sources.having(row.external_id) & self._clients.keys()))
        is_odd = row.number in self._doubts or len(self._forms.get(said_and_forms(name)[0], ())) > 1
        meant = self._of_row(row) if ids or is_odd else None
        known = [self._identity(self._clients[client_id]) for client_id in ids]
        decision = decide(meant, known, "firm") if meant else NEW
        if row.own_id or decision.record_id or decision.unclear:
            return decision
        away = self._archived.having(str(row.values["name"]), [_tax_id(row)])
        if not away:
            return decision
        gone = decide(meant or self._of_row(row), [_archived(*pair) for pair in away], "firm")
        client = next((gone_client for gone_client, _ in away if gone_client.id == gone.record_id), None)
        if client is not None:
            return Decision(unclear=archived_sentence(client))
        return gone if gone.unclear else decision

    def _of_row(self, row: ReadRow) -> Identity:
        billing_details = row.companion("requisites")
        people = [billing_details, row.companion("contact")]
        name = str(row.values["name"])
        return Identity(
            external=self._sources.of_row(row.external_id),
            tax_id=compact(_tax_id(row)),
            kpp=_kpp(row),
            is_branch=row.number in self._branches,
            name=_name_key(name),
            words=frozenset(sort_key(name).split()),
            called=(firm_name(name),),
            forms_in_file=frozenset(self._forms.get(said_and_forms(name)[0], ())),
            doubt=self._doubts.get(row.number, ""),
            phones=phones_of(person.get(name) for person in people for name in ("phone", "phone_2")),
            mails=mails_of(person.get(name) for person in people for name in ("email", "email_2")),
            of_people=_reach_of([row.companion("contact")]),
            place=fold(str(row.values.get("city") or "")),
            ogrn=compact(str(billing_details.get("ogrn") or "")),
            described=_described(row.values, billing_details, [row.companion("contact")]),
        )

    def _identity(self, client: Client) -> Identity:
        known = self._identities.get(client.id)
        if known is None:
            billing_details = self._companions.billing_details.get(client.id)
            people = self._companions.contacts.get(client.id, [])
            numbers = [number for person in people for number in (person.phone, person.phone_2)]
            addresses = [address for person in people for address in (person.email, person.email_2)]
            known = self._identities[client.id] = Identity(
                client.id,
                label=f"C-{client.number} {client.name}",
                external=self._sources.of(client),
                tax_id=compact(billing_details.tax_id) if billing_details else "",
                kpp=compact(billing_details.kpp) if billing_details else "",
                name=_name_key(client.name),
                words=frozenset(sort_key(client.name).split()),
                called=_called(client),
                legally=_legally(billing_details),
                formerly=tuple(map(firm_name, self._called.names_of(client.id).former)),
                phones=phones_of([*numbers, billing_details.phone if billing_details else ""]),
                mails=mails_of([*addresses, billing_details.email if billing_details else ""]),
                of_people=_reach_of([vars(person) for person in people]),
                place=fold(client.city),
                ogrn=compact(billing_details.ogrn) if billing_details else "",
                described=_described(
                    vars(client),
                    vars(billing_details) if billing_details else {},
                    [vars(person) for person in people],
                ),
                is_of_file=client.id in self._of_file,
            )
        return known


def _reach_of(people: Iterable[Mapping[str, Value]]) -> frozenset[str]:
    """The phones and mails of people, as they are compared."""
    reach: frozenset[str] = frozenset()
    for person in people:
        reach |= phones_of(person.get(field) for field in PHONES) | mails_of(
            person.get(field) for field in EMAILS
        )
    return reach


def _archived(client: Client, billing_details: BillingDetails | None) -> Identity:
    """What tells an archived client: its name, its tax id and its city."""
    return Identity(
        client.id,
        label=f"C-{client.number} {client.name}",
        tax_id=compact(billing_details.tax_id) if billing_details else "",
        kpp=compact(billing_details.kpp) if billing_details else "",
        ogrn=compact(billing_details.ogrn) if billing_details else "",
        name=_name_key(client.name),
        words=frozenset(sort_key(client.name).split()),
        called=_called(client),
        legally=_legally(billing_details),
        phones=phones_of([billing_details.phone if billing_details else ""]),
        mails=mails_of([billing_details.email if billing_details else ""]),
        place=fold(client.city),
    )


def _called(client: Client) -> tuple[FirmName, ...]:
    """The name on the card, and other names."""
    names = filter(None, map(str.strip, (client.name, *client.aliases.splitlines())))
    return tuple(map(firm_name, names))


def _legally(billing_details: BillingDetails | None) -> tuple[FirmName, ...]:
    return (
        (firm_name(billing_details.legal_name),)
        if billing_details is not None and billing_details.legal_name
        else ()
    )


def _described(
    client: Mapping[str, Value], billing_details: Mapping[str, Value], people: Iterable[Mapping[str, Value]]
) -> frozenset[tuple[str, str]]:
    """What tells firms of one name apart besides their ids; of the people each by the name."""
    description = {("city", fold(str(client.get("city") or "")))}
    description.add(("web site", _site(str(client.get("website") or ""))))
    description |= {
        (spoken, fold(str(billing_details.get(field) or "")))
        for field, spoken in (("legal_address", "legal address"), ("postal_address", "postal address"))
    }
    for record in (billing_details, *people):
        name = fold(str(record.get("name") or ""))
        whose = f" of {name}" if name else ""
        description |= {(f"phone{whose}", one) for one in phones_of(record.get(field) for field in PHONES)}
        description |= {
            (f"e-mail{whose}", str(record[field]).casefold()) for field in EMAILS if record.get(field)
        }
    return frozenset(one for one in description if one[1])


def _site(typed: str) -> str:
    """A web site as it is compared."""
    return (
        typed.strip().casefold().partition("://")[2 if "://" in typed else 0].removeprefix("www.").rstrip("/")
    )


def _tax_id(row: ReadRow) -> str:
    return str(row.companion("requisites").get("tax_id") or "")


def _kpp(row: ReadRow) -> str:
    return compact(str(row.companion("requisites").get("kpp") or ""))


def _keys(row: ReadRow) -> list[str]:
    """What a row has in common with every other one that may mean the same client."""
    if row.own_id:
        return []
    names = [str(row.values["name"]), *str(row.values.get("aliases") or "").splitlines()]
    if legal_name := row.companion("requisites").get("legal_name"):
        names.append(str(legal_name))
    keys = [f"said {said_and_forms(name)[0]}" for name in names]
    if tax_id := _tax_id(row):
        keys.append(f"tax {without_country(tax_id)}")
    return [*keys, f"id {row.external_id}"] if row.external_id else keys


def _clues(row: ReadRow) -> list[str]:
    """Under what a client whom the row means is known; a row of ours means it by its id or by none."""
    clues = [f"id {row.external_id}"] if row.external_id else []
    if not row.own_id:
        clues.append(f"name {sort_key(str(row.values['name']))}")
        if tax_id := _tax_id(row):
            clues.append(f"tax {without_country(tax_id)}")
    return clues


def _name_key(name: str) -> str:
    """Under which an exact name is found, whatever its case and spaces."""
    return " ".join(name.casefold().split())
