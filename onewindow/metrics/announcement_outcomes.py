"""What followed an announcement, and how trained clients did beside others: counts, sums and shares.

Rows come in as inputs with days as YYYY-MM-DD; whom an audience holds and what is on file the desk says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from onewindow.metrics.announcement_effects import Comparison, FirstUse, Group, compared
from onewindow.metrics.intervals import Estimate, wilson
from onewindow.records.named_tuples import NamedTuple
from onewindow.records.structs import frozen_struct
from onewindow.text.dates import is_within


class OpportunityInput(NamedTuple):
    """An opportunity of a client: when it was noted, how it stands and since when."""

    client_id: int
    noted_on: str
    state: str
    closed_on: str | None


class SaleInput(NamedTuple):
    """Revenue of a client, in minor units."""

    client_id: int
    on_date: str
    amount: int
    currency: str


@frozen_struct
class Effect:
    """What followed an announcement at those who were told, within so many days of it."""

    notified: int
    shares: Mapping[str, Estimate]
    """Of those told: read, answered, declined; and who asked us, who got an opportunity, who bought."""
    counts: Mapping[str, int]
    """Clients behind each share."""
    requests: int
    opportunities: int
    won: int
    money: Mapping[str, int]
    """Bought, in minor units by currency."""


@frozen_struct
class Party:
    """One side of the comparison."""

    clients: int
    opportunity: int
    won: int
    bought: int
    money: Mapping[str, int]


@frozen_struct
class Repeat:
    """Repeat sales of trained clients against others of the same audience."""

    trained: Party
    untrained: Party
    comparisons: Mapping[str, Comparison]
    """By what happened: opportunity, won, bought."""
    too_early: int
    """Clients of the audience for whom the days are not over yet; they are in neither group."""
    first_use: FirstUse
    used_before: int


def effect_of(
    notified_on: Mapping[int, date],
    states: Mapping[str, int],
    requests: Iterable[tuple[int, str]],
    opportunities: Iterable[OpportunityInput],
    sales: Iterable[SaleInput],
    days: int,
) -> Effect:
    """What followed at the clients told, by id; `states` counts deliveries, `requests` are client and day."""
    asked = [client_id for client_id, day in requests if is_within(notified_on[client_id], day, days)]
    known = list(opportunities)
    noted = [item for item in known if is_within(notified_on[item.client_id], item.noted_on, days)]
    won = [item for item in known if was_won(item, notified_on[item.client_id], days)]
    bought = [sale for sale in sales if is_within(notified_on[sale.client_id], sale.on_date, days)]
    hits = {
        # Who answered has read it, though nobody noted that apart.
        "read": states.get("read", 0) + states.get("answered", 0),
        "answered": states.get("answered", 0),
        "declined": states.get("declined", 0),
        "asked us": len(set(asked)),
        "opportunity": len({item.client_id for item in noted}),
        "bought": len({sale.client_id for sale in bought}),
    }
    # A state may be on file without the day of telling: no share may exceed 1 for it.
    hits = {name: min(count, len(notified_on)) for name, count in hits.items()}
    shares = {name: wilson(count, len(notified_on)) for name, count in hits.items()} if notified_on else {}
    return Effect(len(notified_on), shares, hits, len(asked), len(noted), len(won), sums(bought))


def ripe(begins: Mapping[int, date], days: int, today: date) -> list[int]:
    """The clients for whom the days since their beginning are over, in the order given."""
    return [client_id for client_id, begin in begins.items() if begin + timedelta(days=days) <= today]


def parties(
    begins: Mapping[int, date],
    trained: Iterable[int],
    opportunities: Sequence[OpportunityInput],
    sales: Iterable[SaleInput],
    days: int,
) -> tuple[Party, Party]:
    """Trained clients and the others of `begins`, with what happened within so many days of that."""
    noted = {
        item.client_id for item in opportunities if is_within(begins[item.client_id], item.noted_on, days)
    }
    won = {item.client_id for item in opportunities if was_won(item, begins[item.client_id], days)}
    paid = [sale for sale in sales if is_within(begins[sale.client_id], sale.on_date, days)]
    members = begins.keys() & set(trained)
    first, second = (_party(side, noted, won, paid) for side in (members, begins.keys() - members))
    return first, second


def comparisons(trained: Party, untrained: Party) -> dict[str, Comparison]:
    """Both sides compared by what happened: opportunity, won, bought."""
    return {
        name: compared(
            Group(trained.clients, getattr(trained, name)), Group(untrained.clients, getattr(untrained, name))
        )
        for name in ("opportunity", "won", "bought")
    }


def was_won(opportunity: OpportunityInput, begin: date, days: int) -> bool:
    """Whether an opportunity was won within so many days of a day."""
    closed_on = opportunity.closed_on or ""
    return opportunity.state == "won" and bool(closed_on) and is_within(begin, closed_on, days)


def sums(sales: Iterable[SaleInput]) -> dict[str, int]:
    """Minor units by currency; currencies are never added up."""
    money: Counter[str] = Counter()
    for sale in sales:
        money[sale.currency] += sale.amount
    return dict(money)


def _party(members: set[int], noted: set[int], won: set[int], paid: Iterable[SaleInput]) -> Party:
    bought = [sale for sale in paid if sale.client_id in members]
    return Party(
        len(members),
        len(noted & members),
        len(won & members),
        len({sale.client_id for sale in bought}),
        sums(bought),
    )
