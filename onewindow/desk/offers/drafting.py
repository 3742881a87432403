"""Drafts of offers: from an opportunity or a product, with the days to pay of the client's class."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from onewindow.desk.editing import changing
from onewindow.desk.requests.client_status import message_language
from onewindow.desk.session.context import Session
from onewindow.metrics.revenue.offer_terms import (
    LineInput,
    OfferSum,
    TermsInput,
    deviations,
    offer_sum,
)
from onewindow.records.adoption import Product
from onewindow.records.clients import Client
from onewindow.records.feedback import Opportunity
from onewindow.records.offers import ClassTerms, Offer, OfferLine
from onewindow.records.structs import frozen_struct
from onewindow.store import offers, rows
from onewindow.store.changes import Transaction
from onewindow.store.problems import StoreProblem

VALID_DAYS = 30
"""So long an offer holds if nobody says otherwise."""


@frozen_struct
class WholeOffer:
    """An offer with all that it is judged and written by."""

    offer: Offer
    client: Client
    lines: tuple[OfferLine, ...]
    sum: OfferSum
    deviations: tuple[str, ...]
    """Where it goes beyond the terms of the client's class."""


def read_offer(session: Session, offer_id: int) -> WholeOffer:
    """An offer with its lines, its sum and its deviations; raises NotFound."""
    with session.store.read():
        offer = rows.get(session.store, Offer, offer_id)
        return whole(session, offer)


def whole(session: Session, offer: Offer) -> WholeOffer:
    """The same of an offer that is read already."""
    client = rows.get(session.store, Client, offer.client_id)
    lines = offers.lines_of(session.store, offer.id)
    standard = offers.terms_of_class(session.store, client.client_class)
    usual = _terms(standard) if standard is not None else None
    return WholeOffer(
        offer,
        client,
        tuple(lines),
        offer_sum(
            [LineInput(line.quantity, line.price) for line in lines],
            offer.discount_percent,
            offer.instalments,
        ),
        tuple(deviations(_terms(offer), usual)),
    )


def draft(
    session: Session,
    client: Client,
    products: Sequence[tuple[Product, int]] = (),
    opportunity: Opportunity | None = None,
    title: str = "",
) -> Offer:
    """Draft an offer with a line for each product and how many; one undo takes all of it back.

    An opportunity brings its product and its title. Days to pay are those of the class; a discount,
    instalments and gifts are given by people, never by themselves. Raises StoreProblem where nothing is
    offered.
    """
    wanted = list(products)
    if not wanted and opportunity is not None and opportunity.product_id:
        wanted = [(rows.get(session.store, Product, opportunity.product_id), 1)]
    name = title or (opportunity.title if opportunity else "") or ", ".join(item.name for item, _ in wanted)
    if not name:
        raise StoreProblem("Say what is offered: a product, an opportunity or a title.")
    language = message_language(session, client)
    standard = offers.terms_of_class(session.store, client.client_class)
    currency = _currency(session, wanted, opportunity)

    def work(transaction: Transaction) -> Offer:
        offer = changing.insert_in(
            session,
            transaction,
            Offer(
                client_id=client.id,
                title=name,
                opportunity_id=opportunity.id if opportunity else None,
                language=language if language in ("ru", "bg", "en") else "en",  # pyright: ignore[reportArgumentType]
                currency=currency,
                payment_days=standard.payment_days if standard else 0,
                valid_till=(session.today() + timedelta(days=VALID_DAYS)).isoformat(),
            ),
        )
        for product, quantity in wanted:
            changing.insert_in(session, transaction, _line(offer, product, quantity, opportunity))
        if not wanted and opportunity is not None and opportunity.amount:
            changing.insert_in(
                session,
                transaction,
                OfferLine(
                    client_id=client.id,
                    offer_id=offer.id,
                    title=opportunity.title,
                    price=opportunity.amount,
                    currency=currency,
                ),
            )
        return offer

    return session.change(f"draft the offer “{name[:60]}”", work).result


def add_line(
    session: Session, offer: Offer, product: Product | None, title: str, quantity: int, price: int | None
) -> OfferLine:
    """Add a line; a product brings its name and its price. Raises StoreProblem for a line without a price."""
    if price is None:
        price = product.price if product is not None and product.currency == offer.currency else None
    if price is None:
        raise StoreProblem("Say the price of a piece: the product has none in the currency of the offer.")
    line = OfferLine(
        client_id=offer.client_id,
        offer_id=offer.id,
        title=title or (product.name if product else ""),
        product_id=product.id if product else None,
        quantity=quantity,
        price=price,
        currency=offer.currency,
    )
    return changing.insert(session, line)


def _line(offer: Offer, product: Product, quantity: int, opportunity: Opportunity | None) -> OfferLine:
    price = product.price if product.currency == offer.currency else None
    if price is None and opportunity is not None:
        price = opportunity.amount
    return OfferLine(
        client_id=offer.client_id,
        offer_id=offer.id,
        title=product.name,
        product_id=product.id,
        quantity=quantity,
        price=price or 0,
        currency=offer.currency,
    )


def _currency(
    session: Session, products: Sequence[tuple[Product, int]], opportunity: Opportunity | None
) -> str:
    if opportunity is not None and opportunity.amount:
        return opportunity.currency
    priced = [product.currency for product, _ in products if product.price]
    return priced[0] if priced else session.settings.currency


def _terms(record: Offer | ClassTerms) -> TermsInput:
    return TermsInput(
        record.discount_percent,
        record.payment_days,
        record.instalments,
        record.bonus.strip(),
        record.extra_service.strip(),
    )
