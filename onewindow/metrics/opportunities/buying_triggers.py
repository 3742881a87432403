"""What buying asks for: a contract that ends, an overdue order, a product that others like them own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from onewindow.metrics.opportunities.inputs import ClientFacts, Order, Owned, Products, Suggestion
from onewindow.text.dates import day_in_full
from onewindow.text.plural import counted

RENEWAL_STEPS = (30, 60, 90)
"""A renewal is spoken of from so many days before the end on; the last step is the first look."""
LEAST_ORDERS = 3
OVERDUE_QUARTERS = 5
"""So many quarters of the own median gap without an order are too many."""
PEER_TENTHS = 6
LEAST_PEERS = 5
"""Of fewer other clients in a segment a share says nothing."""
_PEER_DAYS = 90
_LEAST_WINDOW = 14


def renewal(facts: ClientFacts, products: Products) -> Iterator[Suggestion]:
    """A licence or contract ends within 90, 60 or 30 days, and nothing goes on behind it."""
    papers = {owned.document_id for owned in facts.owned if owned.document_id and owned.ends_on}
    for owned in facts.owned:
        step = renewal_step(owned.ends_on, facts.today)
        if not step or not facts.is_in_force(owned) or is_continued(owned, facts.owned):
            continue
        product = products.get(owned.product_id)
        name = product.name if product else "a product"
        price = product.price * owned.bought if product and product.price is not None else None
        yield _renewal(
            facts,
            owned.product_id,
            f"renew {counted(owned.bought, 'licence')} of {name}",
            f"the licence of {name}",
            owned.ends_on or "",
            owned.amount if owned.amount is not None else price,
            owned.currency if owned.amount is not None or product is None else product.currency,
        )
    for contract in facts.contracts:
        if contract.document_id not in papers and renewal_step(contract.expires_on, facts.today):
            yield _renewal(
                facts,
                None,
                f"renew {contract.title}",
                contract.title,
                contract.expires_on,
                contract.amount,
                contract.currency,
            )


def renewal_step(ends_on: str | None, today: date) -> int:
    """Which of 30, 60 and 90 days before its end something stands in; 0 for none of them."""
    if not ends_on:
        return 0
    left = (date.fromisoformat(ends_on) - today).days
    return next((step for step in RENEWAL_STEPS if 0 <= left <= step), 0)


def is_continued(licence: Owned, owned: Sequence[Owned]) -> bool:
    """Whether another licence of the product goes on behind the end of this one."""
    ends = licence.ends_on or ""
    return any(
        other.product_id == licence.product_id
        and other is not licence
        and (other.ends_on is None or other.ends_on > ends)
        and (other.starts_on or "") > (licence.starts_on or "")
        for other in owned
    )


def _renewal(
    facts: ClientFacts,
    product_id: int | None,
    title: str,
    what: str,
    ends_on: str,
    amount: int | None,
    currency: str,
) -> Suggestion:
    left = (date.fromisoformat(ends_on) - facts.today).days
    return Suggestion(
        client_id=facts.client_id,
        trigger="renewal",
        kind="renewal",
        product_id=product_id,
        title=title,
        evidence=f"{what} ends on {day_in_full(ends_on)}, in {counted(left, 'day')}"
        f" ({renewal_step(ends_on, facts.today)} days or fewer)",
        amount=amount,
        currency=currency,
        window_till=ends_on,
    )


def reorder(facts: ClientFacts, products: Products) -> Iterator[Suggestion]:  # noqa: ARG001  as all rules
    """The last order is longer ago than 1.25 of the client's own median gap; three orders at least."""
    days = [order.day for order in facts.orders if order.day <= facts.today.isoformat()]
    gap = median_gap(days)
    if gap is None:
        return
    last = date.fromisoformat(days[-1])
    ago = (facts.today - last).days
    if 4 * ago <= OVERDUE_QUARTERS * gap:
        return
    usual, currency = _usual_amount(facts.orders)
    till = max(last + timedelta(days=round(2 * gap)), facts.today + timedelta(days=_LEAST_WINDOW))
    yield Suggestion(
        client_id=facts.client_id,
        trigger="reorder",
        kind="reorder",
        product_id=None,
        title="the usual order",
        evidence=f"{counted(ago, 'day')} since the last order on {day_in_full(days[-1])},"
        f" more than 1.25 × {gap:g}, the median gap of {len(days)} orders",
        amount=usual,
        currency=currency,
        window_till=till.isoformat(),
    )


def median_gap(days: Sequence[str]) -> float | None:
    """The median number of days between the orders on some days in their order; None for fewer than three."""
    if len(days) < LEAST_ORDERS:
        return None
    at = [date.fromisoformat(day).toordinal() for day in days]
    return float(median(after - before for before, after in pairwise(at)))


def _usual_amount(orders: Sequence[Order]) -> tuple[int, str]:
    """The median amount of the orders in the currency of the last one."""
    currency = orders[-1].currency
    return round(median(order.amount for order in orders if order.currency == currency)), currency


def peers_own(facts: ClientFacts, products: Products) -> Iterator[Suggestion]:
    """Six tenths of a segment or more own it, and this client of it does not."""
    seen: set[int] = set()
    for peers in sorted(facts.peers, key=lambda peers: -peers.owners / max(1, peers.members)):
        product = products.get(peers.product_id)
        if product is None or not product.is_sold or peers.product_id in seen:
            continue
        if peers.members < LEAST_PEERS or 10 * peers.owners < PEER_TENTHS * peers.members:
            continue
        if facts.owns(peers.product_id):
            continue
        seen.add(peers.product_id)
        share = 100 * peers.owners // peers.members
        yield Suggestion(
            client_id=facts.client_id,
            trigger="peers_own",
            kind="module",
            product_id=peers.product_id,
            title=product.name,
            evidence=f"{peers.owners} of {peers.members} others in “{peers.segment}” own it ({share} %)",
            amount=product.price,
            currency=product.currency,
            window_till=(facts.today + timedelta(days=_PEER_DAYS)).isoformat(),
        )
