"""Offers, their lines, and the terms of the classes."""

from __future__ import annotations

from onewindow.records.offers import ClassTerms, Offer, OfferLine
from onewindow.store.engine import Store
from onewindow.store.rows import fetch

_OPEN = "state IN ('draft', 'to_approve', 'approved', 'refused', 'sent')"


def lines_of(store: Store, offer_id: int) -> list[OfferLine]:
    """The lines of an offer, in the order in which they were added."""
    return fetch(
        store, OfferLine, "WHERE offer_id = :offer AND archived_at IS NULL ORDER BY id", offer=offer_id
    )


def open_offers(store: Store, limit: int = 500) -> list[Offer]:
    """Offers that are not answered yet, the oldest first."""
    return fetch(store, Offer, f"WHERE {_OPEN} AND archived_at IS NULL ORDER BY id LIMIT :limit", limit=limit)


def answered_since(store: Store, since: str, limit: int = 2000) -> list[Offer]:
    """Offers that were accepted or declined since a day (YYYY-MM-DD), the newest answer first."""
    return fetch(
        store,
        Offer,
        "WHERE answered_on >= :since AND state IN ('accepted', 'declined') AND archived_at IS NULL"
        " ORDER BY answered_on DESC, id DESC LIMIT :limit",
        since=since,
        limit=limit,
    )


def terms_of_class(store: Store, client_class: str) -> ClassTerms | None:
    """The terms of a class of clients, None where nobody has written them down."""
    found = fetch(
        store,
        ClassTerms,
        "WHERE client_class = :client_class AND archived_at IS NULL ORDER BY id LIMIT 1",
        client_class=client_class,
    )
    return found[0] if found else None
