"""Complaints that come again: the same client, and the same cause, product or words within half a year."""

from __future__ import annotations

from datetime import timedelta

from onewindow.records.requests import Request, RequestLink
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store
from onewindow.store.requests import links as request_links
from onewindow.text.dates import parse_utc, utc_text
from onewindow.text.fold import fold
from onewindow.text.similarity import roots, similarity

WITHIN_DAYS = 180
"""A complaint older than this is history, not a repeat."""
ALIKE_FROM = 0.6
"""From this share of common words on two titles are taken to speak of one thing."""
TOLD_BY = ("request_kind", "title", "cause", "product_id")
"""The fields of a request that tell whether it repeats another one."""


def earlier(store: Store, request: Request) -> list[Request]:
    """The complaints that a complaint repeats, the newest first; none for any other request."""
    if request.request_kind != "complaint":
        return []
    since = utc_text(parse_utc(request.opened_at) - timedelta(days=WITHIN_DAYS))
    return [
        other
        for other in request_links.complaints_of_client(store, request.client_id, since)
        if (other.opened_at, other.id) < (request.opened_at, request.id) and why_repeat(request, other)
    ]


def why_repeat(request: Request, other: Request) -> str:
    """In one word what two complaints have in common (`cause`, `product`, `words`), '' if nothing."""
    if request.cause and fold(request.cause) == fold(other.cause):
        return "cause"
    if request.product_id and request.product_id == other.product_id:
        return "product"
    return "words" if similarity(roots(request.title), roots(other.title)) >= ALIKE_FROM else ""


def link(transaction: Transaction, request: Request) -> None:
    """Link a complaint to those that it repeats, where that is not done yet."""
    if request.request_kind != "complaint" or request.merged_into_id is not None:
        return
    known = {
        known_link.other_id
        for known_link in request_links.from_request(transaction.store, request.id)
        if known_link.relation == "repeat"
    }
    for other in earlier(transaction.store, request):
        if other.id not in known:
            transaction.insert(
                RequestLink(
                    client_id=request.client_id,
                    request_id=request.id,
                    other_id=other.id,
                    relation="repeat",
                    note=f"same {why_repeat(request, other)}",
                )
            )
