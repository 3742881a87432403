"""Revenue kept and earned: GRR, NRR and contribution. Money is in whole minor units of one currency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onewindow.metrics.ratios import OpenEstimate, ratio
from onewindow.records.structs import frozen_struct


@frozen_struct
class Retention:
    """Gross and net revenue retention as shares, over the clients who paid at the start."""

    clients: int
    grr: float
    nrr: float


@frozen_struct
class Work:
    """Minutes that one role spent on a client, and the role's rate an hour."""

    minutes: int
    hourly_rate: int


@frozen_struct
class Contribution:
    """What a client leaves after the work for them: the parts and their balance."""

    revenue: int
    work: int
    goodwill: int
    discounts: int
    direct_cost: int

    @property
    def total(self) -> int:
        """Give revenue less everything spent; negative for a client who costs more than they pay."""
        return self.revenue - self.work - self.goodwill - self.discounts - self.direct_cost


def retention(start: Mapping[int, int], end: Mapping[int, int]) -> Retention | None:
    """Compare revenue by client id of two periods of equal length; None when nobody paid at the start.

    Growth of one client counts for NRR and not for GRR; new clients count for neither.
    """
    base = {client: paid for client, paid in start.items() if paid > 0}
    total = sum(base.values())
    if not total:
        return None
    now = {client: max(0, end.get(client, 0)) for client in base}
    kept = sum(min(paid, now[client]) for client, paid in base.items())
    return Retention(len(base), kept / total, sum(now.values()) / total)


def contribution(
    revenue: int, work: Iterable[Work], goodwill: int = 0, discounts: int = 0, direct_cost: int = 0
) -> Contribution:
    """Give the contribution of a client or of a kind of work; the cost of work is rounded once."""
    cost = round(sum(part.minutes * part.hourly_rate for part in work) / 60)
    return Contribution(revenue, cost, goodwill, discounts, direct_cost)


@frozen_struct
class KeptRevenue:
    """Gross and net revenue retention with the interval over clients; one client alone has none."""

    grr: OpenEstimate
    nrr: OpenEstimate


def kept_revenue(start: Mapping[int, int], end: Mapping[int, int]) -> KeptRevenue | None:
    """Give `retention` with its intervals; None when nobody paid at the start."""
    base = {client: paid for client, paid in start.items() if paid > 0}
    if not base:
        return None
    paid = list(base.values())
    now = [max(0, end.get(client, 0)) for client in base]
    gross = ratio([min(before, after) for before, after in zip(paid, now, strict=True)], paid)
    low, high = (None if bound is None else min(1.0, max(0.0, bound)) for bound in (gross.low, gross.high))
    return KeptRevenue(OpenEstimate(gross.value, gross.n, low, high), ratio(now, paid))
