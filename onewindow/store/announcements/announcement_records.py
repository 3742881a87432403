"""Announcements and what became of them: deliveries by state and client, and who may be written to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onewindow.records.adoption import Announcement, Delivery, Release
from onewindow.records.clients import Client, Consent, Contact
from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store
from onewindow.store.rows import build, column_list, fetch, in_chunks

AT_ONCE = 200
"""For so many clients at most something is asked at once."""
TOLD_BY_HAND = ("phone", "meeting", "visit", "post", "portal")
"""The channels by which no message goes: somebody must tell it."""

_BY_HAND = ", ".join(f"'{channel}'" for channel in TOLD_BY_HAND)


class DeliveryLine(NamedTuple):
    """A delivery with what a list shows beside it; the message's state is '' where there is none."""

    delivery: Delivery
    number: int
    client: str
    contact: str
    message_state: str
    message_error: str


class ClientDelivery(NamedTuple):
    """A delivery at one client with what it is about."""

    delivery: Delivery
    title: str
    channel: str

    @property
    def kind(self) -> str:
        """The kind of its record, as rows of a panel name it."""
        return "delivery"

    @property
    def id(self) -> int:
        """The id of its record."""
        return self.delivery.id

    @property
    def is_to_tell(self) -> bool:
        """Whether somebody must still tell it in person: it waits, and no message carries it."""
        return self.delivery.state == "queued" and self.channel in TOLD_BY_HAND


def announcements(store: Store, limit: int = 500) -> list[Announcement]:
    """Announcements that are not archived, the newest first."""
    return fetch(store, Announcement, "WHERE archived_at IS NULL ORDER BY id DESC LIMIT :limit", limit=limit)


def releases(store: Store, limit: int = 500) -> list[Release]:
    """Releases that are not archived, in the order in which they came out."""
    return fetch(
        store,
        Release,
        "WHERE archived_at IS NULL ORDER BY released_on DESC, id DESC LIMIT :limit",
        limit=limit,
    )


def counts(store: Store, announcement_id: int) -> dict[str, int]:
    """How many deliveries of an announcement are in each state; skipped ones are left out."""
    rows = store.rows(
        "SELECT state, COUNT(*) FROM delivery WHERE announcement_id = :announcement AND archived_at IS NULL"
        " GROUP BY state ORDER BY state",
        announcement=announcement_id,
    )
    return {row[0]: row[1] for row in rows}


def lines(
    store: Store, announcement_id: int, state: str, after: int = 0, limit: int = AT_ONCE
) -> list[DeliveryLine]:
    """The deliveries of an announcement in a state, in the order in which they were made, behind an id."""
    rows = store.rows(
        f"SELECT {column_list(Delivery, 'd')}, c.number, c.name, COALESCE(p.name, ''),"
        " COALESCE(m.state, ''), COALESCE(m.error, '')"
        " FROM delivery d JOIN client c ON c.id = d.client_id LEFT JOIN contact p ON p.id = d.contact_id"
        " LEFT JOIN message m ON m.id = d.message_id"
        " WHERE d.announcement_id = :announcement AND d.state = :state AND d.archived_at IS NULL"
        " AND d.id > :after ORDER BY d.id LIMIT :limit",
        announcement=announcement_id,
        state=state,
        after=after,
        limit=limit,
    )
    return [DeliveryLine(build(Delivery, row[:-5]), *row[-5:]) for row in rows]


def queued(store: Store, announcement_id: int, after: int, limit: int = AT_ONCE) -> list[Delivery]:
    """Deliveries of an announcement that wait and have no message yet, behind an id."""
    return fetch(
        store,
        Delivery,
        "WHERE announcement_id = :announcement AND state = 'queued' AND archived_at IS NULL"
        " AND message_id IS NULL AND id > :after ORDER BY id LIMIT :limit",
        announcement=announcement_id,
        after=after,
        limit=limit,
    )


def anybody_waits(store: Store, announcement_id: int) -> bool:
    """Whether a delivery of an announcement is still queued."""
    return bool(
        store.rows(
            "SELECT id FROM delivery WHERE announcement_id = :announcement AND state = 'queued'"
            " AND archived_at IS NULL LIMIT 1",
            announcement=announcement_id,
        )
    )


def of_clients(store: Store, announcement_id: int, client_ids: Sequence[int]) -> dict[int, Delivery]:
    """The deliveries of an announcement at some clients by client, skipped ones too."""
    by_client: dict[int, Delivery] = {}
    for names, parameters in in_chunks(client_ids, AT_ONCE):
        rows = fetch(
            store,
            Delivery,
            f"WHERE announcement_id = :announcement AND client_id IN ({names}) ORDER BY client_id, id",
            announcement=announcement_id,
            **parameters,
        )
        by_client |= {delivery.client_id: delivery for delivery in rows}
    return by_client


def of_client(store: Store, client_id: int, limit: int = 50) -> list[ClientDelivery]:
    """What a client was told, or is to be told, of novelties, the newest announcement first."""
    rows = store.rows(
        f"SELECT {column_list(Delivery, 'd')}, a.title, a.channel FROM delivery d"
        " JOIN announcement a ON a.id = d.announcement_id"
        " WHERE d.client_id = :client AND d.archived_at IS NULL AND a.archived_at IS NULL"
        " ORDER BY d.announcement_id DESC, d.id DESC LIMIT :limit",
        client=client_id,
        limit=limit,
    )
    return [ClientDelivery(build(Delivery, row[:-2]), row[-2], row[-1]) for row in rows]


def to_tell(store: Store, owner_id: int, limit: int) -> list[ClientDelivery]:
    """What must be told to clients of an owner in person: queued deliveries that no message carries."""
    rows = store.rows(
        f"SELECT {column_list(Delivery, 'd')}, a.title, a.channel FROM client c CROSS JOIN delivery d"
        " CROSS JOIN announcement a"
        " WHERE c.owner_id = :owner AND c.archived_at IS NULL AND d.client_id = c.id AND d.state = 'queued'"
        " AND d.archived_at IS NULL AND a.id = d.announcement_id AND a.archived_at IS NULL"
        f" AND a.channel IN ({_BY_HAND}) LIMIT :limit",
        owner=owner_id,
        limit=limit,
    )
    return [ClientDelivery(build(Delivery, row[:-2]), row[-2], row[-1]) for row in rows]


def by_message(store: Store, message_id: int) -> Delivery | None:
    """The delivery that a message carries."""
    deliveries = fetch(
        store, Delivery, "WHERE message_id = :message AND message_id IS NOT NULL", message=message_id
    )
    return deliveries[0] if deliveries else None


def declined_by(
    store: Store, client_ids: Sequence[int], product_id: int | None, besides: int, since: str
) -> set[int]:
    """Those of some clients who declined another announcement of a product since an instant (UTC text)."""
    declined_ids: set[int] = set()
    if product_id is None:
        return declined_ids
    for names, parameters in in_chunks(client_ids, AT_ONCE):
        rows = store.rows(
            "SELECT d.client_id FROM delivery d CROSS JOIN announcement a"
            f" WHERE d.client_id IN ({names}) AND d.state = 'declined' AND d.at >= :since"
            " AND d.archived_at IS NULL AND a.id = d.announcement_id AND a.product_id = :product"
            " AND a.id <> :besides",
            since=since,
            product=product_id,
            besides=besides,
            **parameters,
        )
        declined_ids |= {row[0] for row in rows}
    return declined_ids


def people(
    store: Store, client_ids: Sequence[int]
) -> tuple[Mapping[int, list[Contact]], Mapping[int, list[Consent]]]:
    """The contacts who are still there, main ones first, and the consents of some clients, by client."""
    contacts: dict[int, list[Contact]] = {}
    consents: dict[int, list[Consent]] = {}
    for names, parameters in in_chunks(client_ids, AT_ONCE):
        for contact in fetch(
            store,
            Contact,
            f"WHERE client_id IN ({names}) AND left_on IS NULL AND archived_at IS NULL",
            **parameters,
        ):
            contacts.setdefault(contact.client_id, []).append(contact)
        for consent in fetch(
            store, Consent, f"WHERE client_id IN ({names}) AND archived_at IS NULL", **parameters
        ):
            consents.setdefault(consent.client_id, []).append(consent)
    for people_of_client in contacts.values():
        people_of_client.sort(key=lambda person: (-person.is_main, person.name, person.id))
    return contacts, consents


def clients(store: Store, client_ids: Sequence[int]) -> list[Client]:
    """Some clients, in the order of their ids."""
    page_of_clients: list[Client] = []
    for names, parameters in in_chunks(client_ids, AT_ONCE):
        page_of_clients += fetch(store, Client, f"WHERE id IN ({names}) ORDER BY id", **parameters)
    return page_of_clients
