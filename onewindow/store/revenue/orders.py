"""What finance booked for the documents of a client."""

from __future__ import annotations

from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store


class BookedPayment(NamedTuple):
    """Money of a client for a document, in minor units; discounts and refunds have a minus."""

    document_id: int
    on_date: str
    amount: int
    currency: str


def booked(store: Store, client_id: int) -> list[BookedPayment]:
    """What came in for documents of a client, by day; costs are no payments."""
    return [
        BookedPayment(*row)
        for row in store.rows(
            "SELECT document_id, on_date,"
            " CASE WHEN revenue_kind = 'discount' THEN -ABS(amount) ELSE amount END, currency FROM revenue"
            " WHERE client_id = :client AND document_id IS NOT NULL AND revenue_kind <> 'cost'"
            " AND archived_at IS NULL ORDER BY on_date, id",
            client=client_id,
        )
    ]
