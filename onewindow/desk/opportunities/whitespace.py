"""The whitespace: which segments own which products, and who of a segment does not."""

from __future__ import annotations

from itertools import islice

from onewindow.desk.filters.conditions import ReadyFilter
from onewindow.desk.opportunities.ownership_shares import OwnershipShares, groups
from onewindow.desk.segments import membership
from onewindow.desk.session.context import Session
from onewindow.metrics.opportunities.whitespace import Whitespace, matrix
from onewindow.records.clients import Client
from onewindow.store.listing import by_ids
from onewindow.store.opportunities import facts as store_facts
from onewindow.store.problems import NotFound

AT_MOST = 500
COLUMNS = ("segment", "product_id", "product", "members", "owners", "missing", "share", "low", "high")
"""The fields of a cell for machines; shares are 0 to 1 with a 95 % interval."""


def whitespace(session: Session, segment: str | None = None) -> list[Whitespace]:
    """Every product on sale in every segment or in one, lost clients left out.

    Raises NotFound for no such segment.
    """
    if segment is not None:
        _group(session, segment)
    with session.store.read():
        shares = OwnershipShares(session)
    on_sale = {
        product.id: product.name
        for product in session.directory.products.values()
        if product.is_sold and product.archived_at is None
    }
    cells = matrix(shares.members, shares.owners, on_sale)
    return [cell for cell in cells if segment in (None, cell.segment)]


def clients_without(
    session: Session, segment: str, product_id: int, limit: int | None = AT_MOST
) -> list[Client]:
    """The clients of a segment who do not own a product, by id. Raises NotFound for no such segment."""
    ready = _group(session, segment)
    with session.store.read():
        owned = store_facts.owned_products(session.store, session.today().isoformat())
        owners = {client_id for client_id, owned_id in owned if owned_id == product_id}
        lost = store_facts.lost_clients(session.store)
        missing = (
            client_id
            for client_id in membership.member_ids(session, ready)
            if client_id not in owners and client_id not in lost
        )
        ids = list(islice(missing, limit))
        clients = by_ids(session.store, Client, ids)
    return [clients[client_id] for client_id in ids]


def _group(session: Session, segment: str) -> ReadyFilter:
    ready = next((ready for name, ready in groups(session) if name == segment), None)
    if ready is None:
        raise NotFound(f"There is no segment “{segment}”.")
    return ready


def values(session: Session, cell: Whitespace) -> dict[str, object]:
    """A cell as plain fields, by COLUMNS."""
    share = cell.share
    return {
        "segment": cell.segment,
        "product_id": cell.product_id,
        "product": session.directory.product(cell.product_id),
        "members": cell.members,
        "owners": cell.owners,
        "missing": cell.missing,
        "share": round(share.value, 4) if share else None,
        "low": round(share.low, 4) if share else None,
        "high": round(share.high, 4) if share else None,
    }
