"""From order to payment as one line of states."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.revenue.order_states import ORDER_STATES, PaperInput, PaymentInput, order_line

AGREED = PaperInput("signed", "2026-01-01", "2026-01-10", None, 1_000)
DRAFT = PaperInput("draft", None, None, None, 1_000)


def bill(amount: int = 500, state: str = "sent", paid_on: str | None = None) -> PaperInput:
    return PaperInput(state, "2026-02-01", None, paid_on, amount)


def act(state: str = "signed", signed_on: str | None = "2026-03-01") -> PaperInput:
    return PaperInput(state, "2026-02-20", signed_on, None, 500)


def paid(*amounts: int) -> list[PaymentInput]:
    return [PaymentInput(f"2026-04-0{place}", amount) for place, amount in enumerate(amounts, 1)]


@pytest.mark.parametrize(
    ("order", "bills", "acts", "payments", "state"),
    [
        (DRAFT, [], [], [], "drafted"),
        (AGREED, [], [], [], "agreed"),
        (AGREED, [bill(state="draft")], [], [], "agreed"),
        (AGREED, [bill()], [], [], "invoiced"),
        (AGREED, [bill()], [act("sent", None)], [], "invoiced"),
        (AGREED, [bill()], [act(), act("sent", None)], [], "invoiced"),
        (AGREED, [bill()], [act(), act("received")], [], "done"),
        (AGREED, [bill()], [act()], paid(1), "paid in part"),
        (AGREED, [bill()], [act()], paid(499), "paid in part"),
        (AGREED, [bill()], [act()], paid(300, 200), "paid"),
        (AGREED, [bill()], [], paid(501), "paid"),
        (AGREED, [bill()], [], paid(600, -200), "paid in part"),
        (AGREED, [bill(paid_on="2026-04-05")], [], [], "paid"),
        (AGREED, [bill(paid_on="2026-04-05"), bill()], [], [], "paid in part"),
        (AGREED, [], [], paid(999), "paid in part"),
        (AGREED, [], [], paid(1_000), "paid"),
        (AGREED._replace(paid_on="2026-05-01"), [], [], [], "paid"),
        (AGREED._replace(state="cancelled"), [bill()], [act()], paid(500), "cancelled"),
    ],
)
def test_states_come_in_their_order(
    order: PaperInput,
    bills: list[PaperInput],
    acts: list[PaperInput],
    payments: list[PaymentInput],
    state: str,
) -> None:
    assert order_line(order, bills, acts, payments).state == state


def test_each_state_has_its_day_and_sum() -> None:
    later = PaperInput("sent", "2026-02-15", None, None, 300)
    found = order_line(
        AGREED, [bill(), later, bill(state="cancelled")], [act(), act(signed_on="2026-03-09")], paid(5, 6)
    )
    assert (found.agreed_on, found.invoices, found.invoiced, found.invoiced_on) == (
        "2026-01-10",
        2,
        800,
        "2026-02-15",
    )
    assert (found.acts, found.acts_signed, found.done_on) == (2, 2, "2026-03-09")
    assert (found.paid, found.paid_on) == (11, "2026-04-02")
    assert order_line(AGREED, [], [act(), act("sent", None)], []).done_on is None
    assert order_line(AGREED, [bill(paid_on="2026-06-01")], [], paid(5)).paid_on == "2026-06-01"


@pytest.mark.parametrize(
    ("order", "bills", "acts", "payments", "missing"),
    [
        (AGREED, [bill()], [act()], paid(500), ()),
        (DRAFT, [bill()], [], [], ("signature of the order",)),
        (AGREED, [], [], paid(5), ("invoice",)),
        (AGREED, [bill()], [act("sent", None)], paid(5), ("signed act",)),
        (DRAFT, [], [act("sent", None)], paid(5), ("signature of the order", "invoice", "signed act")),
        (AGREED, [bill()], [act("sent", None)], [], ()),
        (AGREED._replace(paid_on="2026-05-01"), [], [], paid(5), ()),
    ],
)
def test_what_is_ahead_of_what_lies_behind_is_named(
    order: PaperInput,
    bills: list[PaperInput],
    acts: list[PaperInput],
    payments: list[PaymentInput],
    missing: tuple[str, ...],
) -> None:
    assert order_line(order, bills, acts, payments).missing == missing


@given(st.lists(st.integers(1, 900), max_size=4), st.integers(1, 900))
def test_more_money_never_sets_an_order_back(amounts: list[int], more: int) -> None:
    before = order_line(AGREED, [bill()], [act()], [PaymentInput("2026-04-01", a) for a in amounts])
    after = order_line(AGREED, [bill()], [act()], [PaymentInput("2026-04-01", a) for a in (*amounts, more)])
    assert ORDER_STATES.index(after.state) >= ORDER_STATES.index(before.state)
