"""Shares with their intervals as cells and as fields, and money that could not be counted."""

from __future__ import annotations

from collections.abc import Mapping

from onewindow.metrics.intervals import Difference, Estimate
from onewindow.text.money import format_money


def share_text(share: Estimate | None) -> str:
    """A share in percent with its 95 % interval, '' for none."""
    if share is None:
        return ""
    return f"{100 * share.value:.0f} % ({100 * share.low:.0f}–{100 * share.high:.0f})"


def bounds(name: str, found: Estimate | Difference | None) -> dict[str, float | None]:
    """A number and the ends of its interval as fields; None for none."""
    if found is None:
        return {name: None, f"{name}_low": None, f"{name}_high": None}
    return {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}


def uncounted_text(left_out: Mapping[str, int]) -> str:
    """What stands behind a sum for amounts that have no exchange rate, '' for none."""
    if not left_out:
        return ""
    amounts = ", ".join(format_money(amount, currency) for currency, amount in sorted(left_out.items()))
    return f" + {amounts} without a rate"
