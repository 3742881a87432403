"""`onewindow document orders`: from agreement to payment, as finance says."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from command_line import CommandLine

from onewindow.text.dates import short_day

_TODAY = date.today()  # noqa: DTZ011  a day of the machine, as the command takes them
SIGNED, BILLED, PAID, MARKED = (_TODAY - timedelta(days=days) for days in (40, 30, 20, 10))


def said(day: date) -> str:
    """A day as sentences have it."""
    return short_day(day.isoformat(), _TODAY)


@pytest.fixture
def order(romashka: CommandLine) -> CommandLine:
    """A signed contract of 1 000 ₽ with an invoice of 600 ₽, sent, and an act that waits for a signature."""
    document = ("document", "add", "--client", "romashka", "--document-kind")
    number = romashka.out(
        *(*document, "contract", "--title", "Поставка", "--number", "17/26", "--state", "signed"),
        *("--signed-on", SIGNED.isoformat(), "--amount", "1000"),
    ).strip()
    romashka.run(
        *(*document, "invoice", "--title", "Счёт", "--number", "5", "--state", "sent", "--parent", number),
        *("--issued-on", BILLED.isoformat(), "--amount", "600"),
    )
    romashka.run(*document, "act", "--title", "Акт", "--state", "sent", "--parent", number)
    return romashka


def line(order: CommandLine) -> str:
    (row,) = [row for row in order.out("document", "orders", "romashka").splitlines() if "17/26" in row]
    return row


def test_an_order_is_followed_until_finance_has_its_money(order: CommandLine) -> None:
    assert "invoiced" in line(order)
    assert f"agreed {said(SIGNED)} → 1 invoiced 600 ₽ {said(BILLED)} → acts 0 of 1 signed → not paid" in line(
        order
    )
    revenue = ("revenue", "add", "--client", "romashka", "--document", "5", "--on-date", PAID.isoformat())
    order.run(*revenue, "--amount", "200")
    order.run(*revenue, "--amount", "50", "--revenue-kind", "cost")
    assert f"paid 200 ₽ of 600 ₽ {said(PAID)} (finance); missing: signed act" in line(order)
    order.run(*revenue, "--amount", "400")
    (row,) = json.loads(order.out("document", "orders", "romashka", "--format", "json"))
    assert (row["state"], row["paid"], row["invoiced"], row["missing"]) == (
        "paid",
        60_000,
        60_000,
        ["signed act"],
    )
    assert (row["number"], row["agreed_on"], row["acts_signed"], row["acts"]) == (
        "17/26",
        SIGNED.isoformat(),
        0,
        1,
    )


def test_the_mark_of_finance_on_an_invoice_is_enough(order: CommandLine) -> None:
    order.run("document", "edit", "5", "--paid-on", MARKED.isoformat())
    assert f"paid 600 ₽ {said(MARKED)} (finance)" in line(order)
    order.run("undo")
    assert "not paid" in line(order)


def test_money_in_another_currency_is_none_of_the_order(order: CommandLine) -> None:
    order.run(
        *("revenue", "add", "--client", "romashka", "--document", "5", "--on-date", PAID.isoformat()),
        *("--amount", "600", "--currency", "EUR"),
    )
    assert "not paid" in line(order)


def test_a_client_without_orders_is_told_so(romashka: CommandLine) -> None:
    assert "There is no contract or specification" in romashka.out("document", "orders", "romashka")
