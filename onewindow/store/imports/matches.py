"""Which records on file the rows of an import may mean, asked for many rows at a time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from onewindow.records.clients import BillingDetails, Client, Contact, ContactNote
from onewindow.records.fields import Record
from onewindow.records.kinds import KINDS
from onewindow.store.engine import Store, Value
from onewindow.store.rows import build, column_list, fetch, in_chunks

R = TypeVar("R", bound=Record)

_AT_ONCE = 500
_LIVE = "archived_at IS NULL"


def clients_by(store: Store, column: str, values: Iterable[Value]) -> list[Client]:
    """Clients in daily view with one of these values in a column: external_id, name_sort, slug, number."""
    return _among(store, Client, column, values, _LIVE)


def first_names(store: Store, kind: str, most: int = 3) -> list[str]:
    """The names of the first live records of a kind, in the order in which they were made."""
    record, title = KINDS[kind].record, KINDS[kind].title
    records = fetch(store, record, f"WHERE {_LIVE} ORDER BY id LIMIT :most", most=most)
    return [str(name) for one in records if (name := getattr(one, title))]


def archived_client(store: Store, number: int, name_sort: str, external_id: str) -> Client | None:
    """The client archived last that has this number, name to sort by, or id in another program."""
    clients = fetch(
        store,
        Client,
        "WHERE archived_at IS NOT NULL AND (number = :number OR name_sort = :name OR external_id = :external)"
        " ORDER BY archived_at DESC LIMIT 1",
        number=number,
        name=name_sort,
        external=external_id,
    )
    return clients[0] if clients else None


def archived_by_people(store: Store) -> list[Client]:
    """The clients that somebody archived, the last first; not those that taking back a change archived."""
    return fetch(
        store,
        Client,
        "WHERE archived_at IS NOT NULL AND (SELECT s.undoes FROM event e"
        " JOIN change_set s ON s.id = e.change_set_id"
        " WHERE e.entity = 'client' AND e.entity_id = client.id AND e.op = 'archive'"
        " ORDER BY e.seq DESC LIMIT 1) IS NULL ORDER BY archived_at DESC, id DESC",
    )


def last_billing_details_of(store: Store, client_ids: Iterable[int]) -> dict[int, BillingDetails]:
    """The requisites in force, else the last that were, by client."""
    billing_details = _among(
        store, BillingDetails, "client_id", client_ids, "1 = 1 ORDER BY archived_at IS NULL, id"
    )
    return {details.client_id: details for details in billing_details}


def clients_by_tax_id(store: Store, tax_ids: Iterable[str]) -> list[tuple[str, Client]]:
    """Clients in daily view with the tax id of their requisites."""
    clients: list[tuple[str, Client]] = []
    for names, parameters in in_chunks(tax_ids, _AT_ONCE):
        rows = store.rows(
            f"SELECT r.tax_id, {column_list(Client, 'c')}"
            " FROM requisites r JOIN client c ON c.id = r.client_id"
            f" WHERE r.tax_id IN ({names}) AND r.tax_id <> '' AND r.{_LIVE} AND c.{_LIVE}",
            **parameters,
        )
        clients += [(row[0], build(Client, row[1:])) for row in rows]
    return clients


def clients_by_mail(store: Store, addresses: Iterable[str]) -> list[tuple[str, Client]]:
    """Clients in daily view by the addresses, in small letters, of their people and their own."""
    clients: list[tuple[str, Client]] = []
    for names, parameters in in_chunks(addresses, _AT_ONCE):
        for table, column in (("contact", "email"), ("contact", "email_2"), ("requisites", "email")):
            rows = store.rows(
                f"SELECT lower(p.{column}), {column_list(Client, 'c')}"
                f" FROM {table} p JOIN client c ON c.id = p.client_id"
                f" WHERE p.{column} <> '' AND lower(p.{column}) IN ({names}) AND p.{_LIVE} AND c.{_LIVE}",
                **parameters,
            )
            clients += [(row[0], build(Client, row[1:])) for row in rows]
    return clients


def names_of_clients(store: Store) -> list[tuple[int, int, str, str]]:
    """Id, number, name and other names, one a line, of all clients in daily view."""
    rows = store.rows(f"SELECT id, number, name, aliases FROM client WHERE {_LIVE} ORDER BY number")
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def legal_names(store: Store) -> list[tuple[int, str]]:
    """Client id and legal name of all requisites in force of clients in daily view."""
    rows = store.rows(
        "SELECT r.client_id, r.legal_name FROM requisites r JOIN client c ON c.id = r.client_id"
        f" WHERE r.legal_name <> '' AND r.{_LIVE} AND c.{_LIVE} ORDER BY c.number"
    )
    return [(row[0], row[1]) for row in rows]


def former_names(store: Store) -> list[tuple[int, str]]:
    """Client id and a name that the client had before, of all changes that stand."""
    rows = store.rows(
        "SELECT e.entity_id, e.old FROM event e JOIN change_set s ON s.id = e.change_set_id"
        " WHERE e.entity = 'client' AND e.op = 'update' AND e.old LIKE '%\"name\":%'"
        " AND s.undoes IS NULL AND s.undone_by IS NULL ORDER BY e.entity_id, e.seq"
    )
    return [(row[0], str(name)) for row in rows if (name := json.loads(row[1]).get("name"))]


def billing_details_of(store: Store, client_ids: Iterable[int]) -> dict[int, BillingDetails]:
    """The requisites in force by client."""
    billing_details = _among(store, BillingDetails, "client_id", client_ids, f"{_LIVE} ORDER BY id")
    return {details.client_id: details for details in billing_details}


def contacts_of(store: Store, client_ids: Iterable[int]) -> dict[int, list[Contact]]:
    """The people in daily view by client."""
    grouped: defaultdict[int, list[Contact]] = defaultdict(list)
    for contact in _among(store, Contact, "client_id", client_ids, _LIVE):
        grouped[contact.client_id].append(contact)
    return dict(grouped)


def notes_of(store: Store, client_ids: Iterable[int]) -> set[tuple[int, str]]:
    """Contact and text of every note on these clients' people."""
    notes = _among(store, ContactNote, "client_id", client_ids, _LIVE)
    return {(note.contact_id, note.text) for note in notes}


def of_clients(
    store: Store,
    record: type[R],
    client_ids: Iterable[int],
    *,
    archived: bool = False,
    weeks: tuple[int, int] | None = None,
) -> list[R]:
    """The records of a kind that these clients have; `archived` ones too where that is asked for.

    `weeks` are the first and the last that count, for kinds that have a row a week.
    """
    rest = "1 = 1" if archived else _LIVE
    if weeks is not None:
        rest += f" AND week BETWEEN {int(weeks[0])} AND {int(weeks[1])}"
    return _among(store, record, "client_id", client_ids, rest)


def all_of(store: Store, record: type[R], *, archived: bool = False) -> list[R]:
    """All records of a kind in daily view, `archived` ones too where asked for; for small kinds."""
    return fetch(store, record, f"{'' if archived else f'WHERE {_LIVE} '}ORDER BY id")


def by_ids(store: Store, record: type[R], ids: Iterable[int]) -> list[R]:
    """Records by id, archived ones too."""
    return _among(store, record, "id", ids, "1 = 1")


def by_numbers(store: Store, record: type[R], numbers: Iterable[int]) -> list[R]:
    """Records in daily view by the short numbers that we gave them."""
    return _among(store, record, "number", numbers, _LIVE)


def exists(store: Store, record: type[Record], record_id: int) -> bool:
    """Whether there is such a record, archived or not."""
    table = KINDS[record.kind].table
    return store.one(f"SELECT 1 FROM {table} WHERE id = :id", id=record_id) is not None


def external_ids(store: Store, record: type[Record]) -> dict[str, int]:
    """The ids of all records in daily view that came from other programs, by their ids there."""
    table = KINDS[record.kind].table
    rows = store.rows(
        f"SELECT external_id, id FROM {table} WHERE external_id IS NOT NULL AND {_LIVE} ORDER BY id"
    )
    return dict(rows)


def short_numbers_among(store: Store, record: type[Record], numbers: Iterable[int]) -> set[int]:
    """Those of these short numbers that a record has."""
    table = KINDS[record.kind].table
    taken: set[int] = set()
    for names, parameters in in_chunks(numbers, _AT_ONCE):
        rows = store.rows(f"SELECT number FROM {table} WHERE number IN ({names})", **parameters)
        taken |= {row[0] for row in rows}
    return taken


def slugs_among(store: Store, slugs: Iterable[str]) -> set[str]:
    """Those of these slugs that a client has."""
    taken: set[str] = set()
    for names, parameters in in_chunks(slugs, _AT_ONCE):
        taken |= {
            row[0] for row in store.rows(f"SELECT slug FROM client WHERE slug IN ({names})", **parameters)
        }
    return taken


def slugs_beginning(store: Store, slug: str) -> set[str]:
    """All slugs that are this one with a number behind it: romashka-2, romashka-3."""
    rows = store.rows(
        "SELECT slug FROM client WHERE slug >= :low AND slug < :high", low=f"{slug}-", high=f"{slug}."
    )
    return {row[0] for row in rows}


def _among(store: Store, record: type[R], column: str, values: Iterable[Value], rest: str) -> list[R]:
    records: list[R] = []
    for names, parameters in in_chunks(values, _AT_ONCE):
        records += fetch(store, record, f"WHERE {column} IN ({names}) AND {rest}", **parameters)
    return records
