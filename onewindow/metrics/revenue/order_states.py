"""From order to payment as one line of states: agreed, invoiced, done, paid. Money is in minor units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from onewindow.records.named_tuples import NamedTuple
from onewindow.records.structs import frozen_struct

OrderState = Literal["drafted", "agreed", "invoiced", "done", "paid in part", "paid", "cancelled"]
"""In their order; cancelled stands outside of it."""
ORDER_STATES: tuple[OrderState, ...] = ("drafted", "agreed", "invoiced", "done", "paid in part", "paid")


class PaperInput(NamedTuple):
    """A document of an order, with the days (YYYY-MM-DD) that are noted on it."""

    state: str
    issued_on: str | None
    signed_on: str | None
    paid_on: str | None
    amount: int | None


class PaymentInput(NamedTuple):
    """Money that finance booked for a document of the order; what was given back has a minus."""

    on_date: str
    amount: int


@frozen_struct
class OrderLine:
    """How far an order has come, with the day of each state that it has reached; None: not yet."""

    state: OrderState
    agreed_on: str | None
    invoices: int
    invoiced: int
    invoiced_on: str | None
    acts: int
    acts_signed: int
    done_on: str | None
    """The day of the last signed act, once all are signed."""
    paid: int
    paid_on: str | None
    """The day of the last payment or mark of finance."""
    missing: tuple[str, ...]
    """What is ahead of what lies behind: paid without an invoice, done without a signature."""


def order_line(
    order: PaperInput,
    invoices: Sequence[PaperInput],
    acts: Sequence[PaperInput],
    payments: Iterable[PaymentInput],
) -> OrderLine:
    """Give the state of an order from its documents and what finance booked for them.

    An invoice with finance's mark counts as paid in full, whatever is booked; without any invoice an order is
    paid when its own amount has come in. Cancelled and missing documents do not count.
    """
    bills = [bill for bill in invoices if bill.state not in ("cancelled", "missing", "draft")]
    works = [act for act in acts if act.state not in ("cancelled", "missing")]
    booked = sorted(payments)
    signed = [act for act in works if act.state in ("signed", "received")]
    agreed_on = order.signed_on if order.state in ("signed", "received", "expired") else None
    invoiced = sum(bill.amount or 0 for bill in bills)
    marked = [bill for bill in bills if bill.paid_on]
    paid = max(sum(payment.amount for payment in booked), sum(bill.amount or 0 for bill in marked))
    wanted = invoiced or order.amount or 0
    is_paid = bool(bills and len(marked) == len(bills)) or bool(order.paid_on) or (0 < wanted <= paid)
    paid_days = [payment.on_date for payment in booked if payment.amount > 0]
    paid_days += [day for bill in (*marked, order) if (day := bill.paid_on)]
    is_done = bool(works) and len(signed) == len(works)
    is_agreed = order.state in ("signed", "received", "expired")
    missing = [
        *(["signature of the order"] if not is_agreed and (bills or paid > 0) else []),
        *(["invoice"] if not bills and paid > 0 and not order.paid_on else []),
        *(["signed act"] if (is_paid or paid > 0) and works and not is_done else []),
    ]
    return OrderLine(
        state=_state(order, is_agreed=is_agreed, bills=bool(bills), done=is_done, paid=paid, is_paid=is_paid),
        agreed_on=agreed_on,
        invoices=len(bills),
        invoiced=invoiced,
        invoiced_on=max((bill.issued_on for bill in bills if bill.issued_on), default=None),
        acts=len(works),
        acts_signed=len(signed),
        done_on=max((act.signed_on for act in signed if act.signed_on), default=None) if is_done else None,
        paid=paid,
        paid_on=max(paid_days, default=None),
        missing=tuple(missing),
    )


def _state(
    order: PaperInput, *, is_agreed: bool, bills: bool, done: bool, paid: int, is_paid: bool
) -> OrderState:
    if order.state == "cancelled":
        return "cancelled"
    reached = (is_paid, paid > 0, done, bills, is_agreed)
    for state, is_reached in zip(reversed(ORDER_STATES[1:]), reached, strict=True):
        if is_reached:
            return state
    return "drafted"
