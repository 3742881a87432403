"""What clients leave after the work for them, by any group: contribution, its share, what it cost to get.

Money is in whole minor units. Contribution = revenue - minutes x hour rate - goodwill - discounts - direct
cost.
Each fact is converted and rounded once, so that sums over any grouping agree to the unit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from math import inf
from typing import Literal, TypeVar

from onewindow.metrics.intervals import FEWEST, Estimate, mean
from onewindow.metrics.revenue.exchange import Rates
from onewindow.metrics.revenue.retention import Contribution
from onewindow.records.named_tuples import NamedTuple
from onewindow.records.structs import frozen_struct

G = TypeVar("G", bound=Hashable)
Part = Literal["revenue", "work", "goodwill", "discounts", "direct_cost"]


class MoneyInput(NamedTuple):
    """Money of a client on a day (YYYY-MM-DD): which part of the contribution, for what kind of work."""

    client_id: int
    day: str
    work_kind: str
    part: Part
    currency: str
    amount: int

    @property
    def month(self) -> str:
        """The month in which it counts, YYYY-MM."""
        return self.day[:7]


class EffortInput(NamedTuple):
    """Minutes of one of us on a client in a month (YYYY-MM), and what an hour costs; None: not on file.

    An hour rate in another currency is worth what it is on the last day of the month.
    """

    client_id: int
    month: str
    work_kind: str
    minutes: int
    hour_rate: int | None
    currency: str

    @property
    def day(self) -> str:
        """The day whose exchange rate counts."""
        return f"{self.month}-31"


Fact = MoneyInput | EffortInput


@frozen_struct
class Profit:
    """What a group of clients leaves: the parts, the time, and what could not be counted."""

    clients: int
    contribution: Contribution
    minutes: int
    unpriced_minutes: int
    """Of people whose hour has no cost on file, so that they count for nothing."""
    left_out: Mapping[str, int]
    """Amounts by currency for which there is no rate: what came in less what went out."""
    per_client: Estimate | None
    """The mean contribution of a client with its 95 % interval; None without clients."""

    @property
    def margin(self) -> float | None:
        """The share of the revenue that is left; None without revenue."""
        revenue = self.contribution.revenue
        return self.contribution.total / revenue if revenue > 0 else None

    @property
    def spent(self) -> int:
        """What was spent on them: work, gifts and direct cost. A discount is money that never came."""
        return self.contribution.work + self.contribution.goodwill + self.contribution.direct_cost

    @property
    def roi(self) -> float | None:
        """What each unit spent on them brought beyond itself; None where nothing was spent."""
        return self.contribution.total / self.spent if self.spent > 0 else None

    @property
    def is_few(self) -> bool:
        """Whether the group is too small to compare."""
        return self.clients < FEWEST


def profits(
    facts: Iterable[Fact],
    groups_of: Callable[[Fact], Iterable[G]],
    rates: Rates,
    members: Mapping[G, Collection[int]] | None = None,
) -> dict[G, Profit]:
    """Give the profit of each group in the currency of the rates.

    `members` are the clients of each group: those without money and time count as nothing in the mean.
    Without it a group has the clients of its facts, and groups come in the order in which facts name them.
    """
    tallies: dict[G, _Tally] = {group: _Tally() for group in members or ()}
    for fact in facts:
        for group in groups_of(fact):
            if group not in tallies:
                tallies[group] = _Tally()
            tallies[group].add(fact, rates)
    return {
        group: tally.profit(members[group] if members and group in members else ())
        for group, tally in tallies.items()
    }


class _Tally:
    """What is added up of one group."""

    def __init__(self) -> None:
        self._parts = Counter[str]()
        self._of_clients: defaultdict[int, int] = defaultdict(int)
        self._minutes = 0
        self._unpriced = 0
        self._left_out = Counter[str]()

    def add(self, fact: Fact, rates: Rates) -> None:
        """Count a fact."""
        client = self._of_clients[fact.client_id]
        if isinstance(fact, EffortInput):
            self._minutes += fact.minutes
            if fact.hour_rate is None:
                self._unpriced += fact.minutes
                return
            part, amount = "work", cost_of(fact.minutes, fact.hour_rate)
        else:
            part, amount = fact.part, fact.amount
        sign = 1 if part == "revenue" else -1
        converted = rates.convert(amount, fact.currency, fact.day)
        if converted is None:
            self._left_out[fact.currency] += sign * amount
            return
        self._parts[part] += converted
        self._of_clients[fact.client_id] = client + sign * converted

    def profit(self, members: Collection[int]) -> Profit:
        """The sums; members without any fact have left nothing."""
        for client_id in members:
            self._of_clients.setdefault(client_id, 0)
        parts = self._parts
        left = list(self._of_clients.values())
        return Profit(
            clients=len(left),
            contribution=Contribution(
                parts["revenue"], parts["work"], parts["goodwill"], parts["discounts"], parts["direct_cost"]
            ),
            minutes=self._minutes,
            unpriced_minutes=self._unpriced,
            left_out=dict(self._left_out),
            per_client=mean(left, -inf, inf) if left else None,
        )


def cost_of(minutes: int, hour_rate: int) -> int:
    """Give what minutes cost at a rate an hour, rounded to the minor unit, halves up."""
    return (minutes * hour_rate + 30) // 60
