"""Churn: the share of the clients at the start of a period who are gone at its end."""

from __future__ import annotations

from onewindow.metrics.intervals import Estimate, wilson
from onewindow.records.structs import frozen_struct


@frozen_struct
class Churn:
    """Clients at the start, how many of those were lost, and the share with Wilson's interval."""

    start: int
    lost: int
    share: Estimate
    period_months: int


def churn(start: int, still_there: int, period_months: int = 12) -> Churn:
    """Give the churn of a period; `still_there` counts only clients who were there at its start.

    Raise ValueError without clients at the start, or with more of them at the end, or for an empty period.
    """
    if not 0 <= still_there <= start or start == 0:
        raise ValueError(f"Of {start} clients at the start {still_there} cannot be still there.")
    if period_months <= 0:
        raise ValueError("A churn period lasts at least one month.")
    lost = start - still_there
    return Churn(start, lost, wilson(lost, start), period_months)
