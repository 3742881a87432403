"""Orders of a client from agreement to payment, each as one line of states with finance's mark."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from onewindow.desk.session.context import Session
from onewindow.metrics.revenue.order_states import OrderLine, PaperInput, PaymentInput, order_line
from onewindow.records.clients import Client
from onewindow.records.requests import Document
from onewindow.records.structs import frozen_struct
from onewindow.store import documents
from onewindow.store.revenue.orders import booked
from onewindow.text.dates import short_day
from onewindow.text.money import format_money

ORDER_KINDS = ("contract", "specification")
_AT_MOST = 2000


@frozen_struct
class Order:
    """A contract or specification with how far it has come."""

    document: Document
    line: OrderLine


def orders_of(session: Session, client: Client) -> list[Order]:
    """The orders of a client, the newest first; invoices and acts belong to the document that they name.

    Payments count in the currency of the order; those in another one are none of it.
    """
    papers = documents.of_client(session.store, client.id, _AT_MOST)
    parts: defaultdict[int, list[Document]] = defaultdict(list)
    for paper in papers:
        if paper.parent_id and paper.document_kind in ("invoice", "act"):
            parts[paper.parent_id].append(paper)
    payments = booked(session.store, client.id)
    found: list[Order] = []
    for order in papers:
        if order.document_kind not in ORDER_KINDS or order.state == "missing":
            continue
        belonging = {order.id, *(paper.id for paper in parts[order.id])}
        paid = [
            PaymentInput(payment.on_date, payment.amount)
            for payment in payments
            if payment.document_id in belonging and payment.currency == order.currency
        ]
        line = order_line(
            _paper(order),
            [_paper(paper) for paper in parts[order.id] if paper.document_kind == "invoice"],
            [_paper(paper) for paper in parts[order.id] if paper.document_kind == "act"],
            paid,
        )
        found.append(Order(order, line))
    return found


def order_of(session: Session, client: Client, document: Document) -> Order | None:
    """The order that a document is, or is a part of; None for one that belongs to no order."""
    wanted = document.id if document.document_kind in ORDER_KINDS else document.parent_id
    return next((order for order in orders_of(session, client) if order.document.id == wanted), None)


def order_text(order: Order, today: date) -> str:
    """The order as one line: `agreed 12.03 → 2 invoices, 120 000 ₽ → acts 1 of 2 → paid 60 000 ₽`."""
    line, currency = order.line, order.document.currency

    def on(day: str | None) -> str:
        return f" {short_day(day, today)}" if day else ""

    agreed = f"agreed{on(line.agreed_on)}" if line.agreed_on else "not agreed yet"
    invoiced = (
        f"{line.invoices} invoiced {format_money(line.invoiced, currency)}{on(line.invoiced_on)}"
        if line.invoices
        else "no invoice"
    )
    done = f"acts {line.acts_signed} of {line.acts} signed{on(line.done_on)}" if line.acts else "no act"
    wanted = line.invoiced or order.document.amount or 0
    of = f" of {format_money(wanted, currency)}" if wanted and line.paid < wanted else ""
    paid = (
        f"paid {format_money(line.paid, currency)}{of}{on(line.paid_on)} (finance)"
        if line.paid > 0 or line.paid_on
        else "not paid"
    )
    lacks = f"; missing: {', '.join(line.missing)}" if line.missing else ""
    return f"{' → '.join((agreed, invoiced, done, paid))}{lacks}"


def _paper(document: Document) -> PaperInput:
    return PaperInput(
        document.state, document.issued_on, document.signed_on, document.paid_on, document.amount
    )
