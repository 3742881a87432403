"""Profit of clients in a period by any group: read once, grouped as often as somebody asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, get_args

from onewindow.desk.reference.directory import read_directory
from onewindow.desk.reference.policy_book import read_policies
from onewindow.desk.segments import membership
from onewindow.desk.session.context import Session
from onewindow.desk.sla.shown_zone import zone_of_hours
from onewindow.metrics.revenue.exchange import Rate, Rates
from onewindow.metrics.revenue.profit import EffortInput, Fact, MoneyInput, Part, Profit, profits
from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Store
from onewindow.store.revenue import exchange_rates, facts
from onewindow.store.revenue.facts import Period
from onewindow.store.revenue.profit_clients import ProfitClient, all_clients
from onewindow.text.dates import midnight
from onewindow.text.money import format_money

By = Literal[
    "client", "class", "tier", "stage", "segment", "market", "industry", "country", "owner", "work", "month"
]
GROUPS: tuple[By, ...] = get_args(By)
"""What profit can be grouped by, by its name on the command line."""
HEADINGS: Mapping[By, str] = {"work": "kind of work"}
"""What the first column is called, where that is not the name of the grouping."""

YEAR = timedelta(days=365)
_PARTS: Mapping[str, Part] = {"discount": "discounts", "cost": "direct_cost"}
"""Part of the contribution by kind of revenue; every other kind is revenue."""
_NONE = "none"
_NOT_ON_REQUESTS = "no kind of work"


@dataclass(frozen=True, slots=True)
class ProfitFacts:
    """Everything that profit of a period is made of."""

    since: date
    till: date
    """The last day that counts."""
    zone: str
    """The zone whose days count."""
    facts: tuple[Fact, ...]
    clients: Mapping[int, ProfitClient]
    rates: Rates
    owners: Mapping[int, str]
    segments: Mapping[str, frozenset[int]]
    """The clients of each saved segment, where somebody asked for them."""


@frozen_struct
class ProfitRow:
    """One group: what it is called, the client if it is one, and its profit."""

    label: str
    client: ProfitClient | None
    profit: Profit


def read_facts(
    session: Session,
    store: Store,
    since: date,
    till: date,
    *,
    currency: str = "",
    client_id: int | None = None,
    with_segments: bool = False,
) -> ProfitFacts:
    """Read what came in and went out from one day till another, both included.

    Sums are in `currency`, else in that of the settings. `store` may be a connection of another thread.
    Raises FilterProblem for a saved segment that cannot be read.
    """
    zone, period = period_between(session, store, since, till)
    clients = {client.id: client for client in all_clients(store) if client_id in (None, client.id)}
    # Not the directory of the session: it belongs to the thread of the window.
    names = {person.id: person.name for person in read_directory(store).staff.values()}
    segments = _segments(session.beside(store)) if with_segments else {}
    return ProfitFacts(
        since,
        till,
        zone,
        tuple(_facts(store, period, client_id)),
        clients,
        rates_into(store, currency or session.settings.currency),
        names,
        segments,
    )


def period_between(session: Session, store: Store, since: date, till: date) -> tuple[str, Period]:
    """The zone whose days count, that of the opening hours, and the limits of the period in it."""
    zone = zone_of_hours(read_policies(store)) or session.zone
    after = midnight(date.fromordinal(till.toordinal() + 1), zone)
    return zone, Period(since.isoformat(), till.isoformat(), midnight(since, zone), after)


def report(
    found: ProfitFacts, by: By, only: Collection[int] | None = None, *, least: bool = False
) -> list[ProfitRow]:
    """A row for each group, what leaves most first (`least`: last); months stay in their order.

    `only` are the ids of the clients that count. Clients for whom nothing came in and nothing was done have
    no row of their own, but count in the mean of their groups.
    """
    chosen = found.clients if only is None else {key: found.clients[key] for key in only}
    shown = [fact for fact in found.facts if fact.client_id in chosen]
    if by in ("work", "month"):
        found_groups = profits(shown, _of_fact(by), found.rates)
    else:
        groups = _groups(found, by)
        members: dict[str, set[int]] = defaultdict(set)
        for client_id, client in chosen.items():
            for group in groups(client):
                members[group].add(client_id)
        if by == "client":
            members = {str(fact.client_id): {fact.client_id} for fact in shown}
        found_groups = profits(
            shown, lambda fact: groups(chosen[fact.client_id]), found.rates, members=members
        )
    rows = [
        ProfitRow(chosen[int(group)].name, chosen[int(group)], profit)
        if by == "client"
        else ProfitRow(group, None, profit)
        for group, profit in found_groups.items()
    ]
    if by == "month":
        return sorted(rows, key=lambda row: row.label)
    order = 1 if least else -1
    return sorted(rows, key=lambda row: (order * row.profit.contribution.total, _sort_name(row)))


def members(found: ProfitFacts, by: By, group: str) -> frozenset[int]:
    """The ids of the clients of one group, by the name that its row has."""
    groups = _groups(found, by)
    return frozenset(client.id for client in found.clients.values() if group in groups(client))


def total(found: ProfitFacts, only: Collection[int] | None = None) -> Profit:
    """The profit of all clients together."""
    chosen = found.clients.keys() if only is None else only
    shown = (fact for fact in found.facts if fact.client_id in chosen)
    return profits(shown, lambda _: (0,), found.rates, members={0: list(chosen)})[0]


def notes(found: ProfitFacts, profit: Profit) -> list[str]:
    """What could not be counted, in sentences that say what to do about it."""
    lines = rate_notes(profit.left_out, found.rates.into)
    if profit.unpriced_minutes:
        lines.append(
            f"{hours_text(profit.unpriced_minutes)} of work counts for nothing: the cost of an hour of who"
            " did it is not on file (onewindow staff edit … --hour-rate)."
        )
    return lines


def rate_notes(left_out: Mapping[str, int], into: str) -> list[str]:
    """What has no exchange rate, a sentence for each currency, with the command that adds the rate."""
    return [
        f"{format_money(amount, currency)} left out: there is no exchange rate of {currency} in {into};"
        f" add one with: onewindow exchange-rate add --currency {currency} --base-currency {into} --rate …"
        for currency, amount in sorted(left_out.items())
    ]


def hours_text(minutes: int) -> str:
    """Minutes as hours and minutes: `2 h 10 m`, `5 m`."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02} m" if hours else f"{rest} m"


def rates_into(store: Store, currency: str) -> Rates:
    """The exchange rates on file that lead into a currency."""
    return Rates(
        currency,
        (
            Rate(rate.currency, rate.base_currency, Decimal(rate.rate), rate.valid_from)
            for rate in exchange_rates.all_rates(store)
        ),
    )


def _facts(store: Store, period: Period, client_id: int | None) -> Iterator[Fact]:
    for row in facts.money(store, period, client_id):
        part = _PARTS.get(row.revenue_kind, "revenue")
        yield MoneyInput(row.client_id, row.day, row.work_kind, part, row.currency, row.amount)
    for row in facts.gifts(store, period, client_id):
        yield MoneyInput(row.client_id, row.day, row.work_kind, "goodwill", row.currency, row.amount)
    rates = {rate.staff_id: rate for rate in facts.hour_rates(store)}
    for minutes in (facts.request_minutes, facts.talk_minutes):
        for row in minutes(store, period, client_id):
            rate = rates.get(row.staff_id or 0)
            yield EffortInput(
                row.client_id,
                row.month,
                row.work_kind,
                row.minutes,
                rate.hour_rate if rate else None,
                rate.currency if rate else "",
            )


def _segments(session: Session) -> dict[str, frozenset[int]]:
    return {
        segment.name: frozenset(membership.member_ids(session, segment.filter))
        for segment in membership.saved(session)
    }


def _of_fact(by: By) -> Callable[[Fact], Iterable[str]]:
    if by == "month":
        return lambda fact: (fact.month,)
    return lambda fact: (fact.work_kind.replace("_", "-") or _NOT_ON_REQUESTS,)


def _groups(found: ProfitFacts, by: By) -> Callable[[ProfitClient], Iterable[str]]:
    """The groups of a client; more than one only of segments."""
    if by == "segment":
        return lambda client: [name for name, ids in found.segments.items() if client.id in ids] or [_NONE]
    if by == "owner":
        return lambda client: (found.owners.get(client.owner_id or 0) or "nobody",)
    if by == "client":
        return lambda client: (str(client.id),)
    name = "client_class" if by == "class" else by
    return lambda client: (getattr(client, name) or _NONE,)


def _sort_name(row: ProfitRow) -> str:
    return row.client.name_sort if row.client else row.label
