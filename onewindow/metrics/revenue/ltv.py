"""Lifetime value: what one client brings while they stay. Money is in whole minor units of one currency."""

from __future__ import annotations


def ltv_per_client(
    average_payment: int, payments_per_month: float, margin: float, lifetime_months: float
) -> int:
    """Give average payment x payments per month x margin (0 to 1) x lifetime in months, rounded.

    Raise ValueError for a negative number of payments or months, or a margin above 1.
    """
    if payments_per_month < 0 or lifetime_months < 0 or margin > 1:
        raise ValueError("Payments and months cannot be negative, and a margin is a share of at most 1.")
    return round(average_payment * payments_per_month * margin * lifetime_months)


def ltv_sum(per_client: int, clients: int) -> int:
    """Give the value of that many such clients: a separate number, never to be read as one client's."""
    if clients < 0:
        raise ValueError("A number of clients cannot be negative.")
    return per_client * clients
