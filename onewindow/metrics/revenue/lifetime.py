"""The expected lifetime of a client in months, and by which method it was found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from onewindow.metrics.revenue.churn import Churn
from onewindow.metrics.revenue.survival import Spell, kaplan_meier, restricted_mean
from onewindow.records.structs import frozen_struct

Method = Literal["kaplan-meier", "1/churn"]


@frozen_struct
class Lifetime:
    """Months with their 95 % interval; None where the data give no value or no upper bound.

    By Kaplan and Meier it is the mean stay within `horizon` months, the longest stay seen.
    """

    method: Method
    n: int
    months: float | None
    low: float
    high: float | None
    horizon: float | None = None


def lifetime_from_churn(churn: Churn) -> Lifetime:
    """Give 1 / churn in months; without churn there is no value, only a lower bound."""
    share, months = churn.share, churn.period_months
    return Lifetime(
        method="1/churn",
        n=churn.start,
        months=months / share.value if share.value else None,
        low=months / share.high,
        high=months / share.low if share.low else None,
    )


def lifetime(spells: Iterable[Spell], fallback: Churn) -> Lifetime:
    """Give the restricted mean of the spells (in months), or 1 / churn when nobody among them has left."""
    known = list(spells)
    if not any(spell.ended for spell in known):
        return lifetime_from_churn(fallback)
    curve = kaplan_meier(known)
    mean = restricted_mean(curve)
    return Lifetime("kaplan-meier", mean.n, mean.value, mean.low, mean.high, curve.longest)
