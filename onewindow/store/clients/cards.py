"""A client's card: the client, people, consents, billing details, assets."""

from __future__ import annotations

from onewindow.records.clients import Asset, BillingDetails, Client, Consent, Contact, ContactNote
from onewindow.store.engine import Store
from onewindow.store.rows import fetch


def by_number(store: Store, number: int) -> Client | None:
    """The client with a short number (17 for C-17), archived ones too."""
    clients = fetch(store, Client, "WHERE number = :number", number=number)
    return clients[0] if clients else None


def by_slug(store: Store, slug: str) -> list[Client]:
    """Clients with a slug; more than one when two firms share a name."""
    return fetch(store, Client, "WHERE slug = :slug ORDER BY id LIMIT 10", slug=slug)


def by_sort_name(store: Store, name_sort: str) -> list[Client]:
    """Clients in daily view whose sort name is exactly this."""
    return fetch(
        store,
        Client,
        "WHERE name_sort = :name AND archived_at IS NULL ORDER BY name_sort, id LIMIT 10",
        name=name_sort,
    )


def by_external_id(store: Store, external_id: str) -> list[Client]:
    """Clients with an id of another program."""
    return fetch(store, Client, "WHERE external_id = :external LIMIT 10", external=external_id)


def by_tax_id(store: Store, tax_id: str) -> list[Client]:
    """Clients in daily view whose requisites carry this tax id."""
    return fetch(
        store,
        Client,
        "WHERE archived_at IS NULL AND id IN (SELECT client_id FROM requisites"
        " WHERE tax_id = :tax_id AND tax_id <> '' AND archived_at IS NULL) LIMIT 10",
        tax_id=tax_id,
    )


def first_by_name(store: Store) -> Client | None:
    """The first client in daily view by name, None in a file without any."""
    clients = fetch(store, Client, "WHERE archived_at IS NULL ORDER BY name_sort, id LIMIT 1")
    return clients[0] if clients else None


def between(store: Store, low: int, high: int) -> list[Client]:
    """The clients in daily view with an id from `low` to `high`, by id."""
    return fetch(
        store,
        Client,
        "WHERE id BETWEEN :low AND :high AND archived_at IS NULL ORDER BY id",
        low=low,
        high=high,
    )


def after(store: Store, client_id: int, limit: int) -> list[Client]:
    """The clients in daily view behind an id, by id, `limit` at most."""
    return fetch(
        store,
        Client,
        "WHERE id > :after AND archived_at IS NULL ORDER BY id LIMIT :limit",
        after=client_id,
        limit=limit,
    )


def ids_between(store: Store, low: int, high: int) -> list[int]:
    """The ids from `low` to `high` of clients in daily view, ascending."""
    rows = store.rows(
        "SELECT id FROM client WHERE id BETWEEN :low AND :high AND archived_at IS NULL ORDER BY id",
        low=low,
        high=high,
    )
    return [row[0] for row in rows]


def all_ids_after(store: Store, client_id: int, limit: int) -> list[int]:
    """The ids behind an id, of archived clients too, ascending, `limit` at most."""
    rows = store.rows(
        "SELECT id FROM client WHERE id > :after ORDER BY id LIMIT :limit", after=client_id, limit=limit
    )
    return [row[0] for row in rows]


def count_all(store: Store) -> int:
    """How many clients the file has, archived ones too."""
    return store.scalar("SELECT COUNT(*) FROM client")


def archived(store: Store, limit: int) -> list[Client]:
    """The archived clients, the last archived first."""
    return fetch(
        store,
        Client,
        "WHERE archived_at IS NOT NULL ORDER BY archived_at DESC, id DESC LIMIT :limit",
        limit=limit,
    )


def contacts(store: Store, client_id: int, limit: int = 200) -> list[Contact]:
    """The client's people, the main one first."""
    return fetch(
        store,
        Contact,
        "WHERE client_id = :client AND archived_at IS NULL ORDER BY is_main DESC, name, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def billing_details(store: Store, client_id: int) -> BillingDetails | None:
    """The requisites in force, or None."""
    details = fetch(
        store,
        BillingDetails,
        "WHERE client_id = :client AND archived_at IS NULL ORDER BY id DESC LIMIT 1",
        client=client_id,
    )
    return details[0] if details else None


def consents(store: Store, client_id: int, limit: int = 200) -> list[Consent]:
    """What the client's people agreed to, newest first."""
    return fetch(
        store,
        Consent,
        "WHERE client_id = :client AND archived_at IS NULL ORDER BY decided_on DESC, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def contact_notes(store: Store, client_id: int, limit: int = 200) -> list[ContactNote]:
    """Private notes on the client's people, newest first."""
    return fetch(
        store,
        ContactNote,
        "WHERE client_id = :client AND archived_at IS NULL ORDER BY noted_on DESC, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def assets(store: Store, client_id: int, limit: int = 200) -> list[Asset]:
    """The client's devices, by name."""
    return fetch(
        store,
        Asset,
        "WHERE client_id = :client AND archived_at IS NULL ORDER BY name, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def slug_taken(store: Store, slug: str) -> bool:
    """Whether any client has this slug already."""
    return store.scalar("SELECT 1 FROM client WHERE slug = :slug LIMIT 1", slug=slug) is not None


def is_listed(store: Store, client_id: int) -> bool:
    """Whether there is such a client in daily view."""
    return store.one("SELECT 1 FROM client WHERE id = :id AND archived_at IS NULL", id=client_id) is not None


def competing_with(store: Store, client_id: int) -> list[Client]:
    """The clients in daily view on whose cards it stands that they compete with a client, by name."""
    clients = fetch(store, Client, "WHERE competitor_of_id = :id AND archived_at IS NULL", id=client_id)
    return sorted(clients, key=lambda client: client.name_sort)


def lost_count(store: Store, owner_id: int) -> int:
    """How many clients of somebody are lost; archived ones are not counted."""
    return store.scalar(
        "SELECT count(*) FROM client WHERE owner_id = :owner AND stage = 'lost' AND archived_at IS NULL",
        owner=owner_id,
    )
