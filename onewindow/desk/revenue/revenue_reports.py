"""Reports beside profit: who buys less, why clients left, whom they brought, what our work led to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from onewindow.desk.revenue.profit_report import ProfitFacts, period_between, rates_into, read_facts, total
from onewindow.desk.session.context import Session
from onewindow.metrics.intervals import Estimate, wilson
from onewindow.metrics.revenue.action_outcomes import ActionInput, ActionOutcome, outcomes
from onewindow.metrics.revenue.profit import MoneyInput
from onewindow.metrics.revenue.purchases import MONTHS, Direction, PurchaseTrend, purchase_trend
from onewindow.records.adoption import Announcement
from onewindow.records.structs import frozen_struct
from onewindow.store.announcements import announcement_records, effects
from onewindow.store.listing import listed
from onewindow.store.revenue import lost_and_brought
from onewindow.store.revenue import outcomes as outcome_rows
from onewindow.store.revenue.lost_and_brought import Referral
from onewindow.store.revenue.profit_clients import ProfitClient, all_clients
from onewindow.text.dates import is_within
from onewindow.text.fold import fold

WITHIN_DAYS = 60
"""What follows within so many days is set against an action or a campaign."""
NO_REASON = "no reason noted"


@frozen_struct
class ClientTrend:
    """A client and how what they buy changes."""

    client: ProfitClient
    trend: PurchaseTrend
    left_out_before: Mapping[str, int]
    """What was paid in the year before and has no exchange rate, by currency."""
    left_out_now: Mapping[str, int]

    @property
    def direction(self) -> Direction | Literal["unknown without a rate"]:
        """What the numbers allow to say, which is nothing where some have no exchange rate."""
        is_whole = not self.left_out_before and not self.left_out_now
        return self.trend.direction if is_whole else "unknown without a rate"


@frozen_struct
class LossReason:
    """Why clients left: how many, which share of all lost ones, what they paid in their last year."""

    reason: str
    clients: tuple[str, ...]
    share: Estimate
    lost_value: int
    left_out: Mapping[str, int]


@frozen_struct
class Referrer:
    """A client who brought others: whom, how many are still here, and what all of them left in the period."""

    client_id: int
    number: int
    name: str
    brought: tuple[Referral, ...]
    still_here: int
    revenue: int
    contribution: int
    left_out: Mapping[str, int]
    """What has no exchange rate, by currency: what came in less what went out."""


@frozen_struct
class Campaign:
    """An announcement that went out: who was told and answered, and what came in within so many days."""

    announcement: Announcement
    told: int
    answered: Estimate | None
    bought: Estimate | None
    money: Mapping[tuple[str, str], int]
    """By kind of revenue and kind of work ('': none), discounts taken off, in the currency of the report."""
    left_out: Mapping[str, int]


def trends(found: ProfitFacts) -> list[ClientTrend]:
    """How the clients of two years of facts buy, who lost most first; the running month is left out.

    Raises ValueError for facts of less than two years.
    """
    months = _months(found.till, 2 * MONTHS)
    if found.since.isoformat()[:7] > months[0]:
        raise ValueError("A purchase trend needs the facts of two years.")
    place = {month: at for at, month in enumerate(months)}
    paid: defaultdict[int, list[int]] = defaultdict(lambda: [0] * len(months))
    # Of each client: what has no rate in the year before, and in the last one.
    left_out: defaultdict[int, tuple[Counter[str], Counter[str]]] = defaultdict(
        lambda: (Counter(), Counter())
    )
    for fact in found.facts:
        if isinstance(fact, MoneyInput) and fact.part in ("revenue", "discounts") and fact.month in place:
            sign, at = (1 if fact.part == "revenue" else -1), place[fact.month]
            sums = paid[fact.client_id]
            amount = found.rates.convert(fact.amount, fact.currency, fact.day)
            if amount is None:
                left_out[fact.client_id][at >= MONTHS][fact.currency] += sign * fact.amount
            else:
                sums[at] += sign * amount
    rows = [
        ClientTrend(
            found.clients[client_id],
            purchase_trend(sums[:MONTHS], sums[MONTHS:]),
            *(dict(amounts) for amounts in left_out[client_id]),
        )
        for client_id, sums in paid.items()
    ]
    return sorted(rows, key=lambda row: (row.trend.now - row.trend.before, row.client.name_sort))


def trend_months(till: date) -> str:
    """The months that are compared with those of the year before: `2025-11 – 2026-10`."""
    months = _months(till, MONTHS)
    return f"{months[0]} – {months[-1]}"


def read_two_years(session: Session, till: date, currency: str = "") -> ProfitFacts:
    """The facts that trends are made of: two whole years of months before the one of `till`."""
    first = date.fromisoformat(f"{_months(till, 2 * MONTHS)[0]}-01")
    with session.store.read():
        return read_facts(session, session.store, first, till, currency=currency)


def loss_reasons(session: Session, currency: str = "") -> list[LossReason]:
    """Why clients left, the reason of most of them first; spellings that differ in case are one reason."""
    rates = rates_into(session.store, currency or session.settings.currency)
    with session.store.read():
        lost = lost_and_brought.lost(session.store)
        paid = lost_and_brought.paid_by_lost(session.store)
    latest: dict[int, str] = {}
    value, left_out = Counter[int](), defaultdict[int, Counter[str]](Counter)
    for row in paid:
        last = latest.setdefault(row.client_id, row.day[:7])
        if row.day[:7] > f"{int(last[:4]) - 1}{last[4:]}":  # the twelve months up to the last payment
            converted = rates.convert(row.amount, row.currency, row.day)
            if converted is None:
                left_out[row.client_id][row.currency] += row.amount
            else:
                value[row.client_id] += converted
    groups: defaultdict[str, list[lost_and_brought.LostClient]] = defaultdict(list)
    for client in lost:
        groups[fold(client.reason)].append(client)
    rows: list[LossReason] = []
    for group in groups.values():
        uncounted = Counter[str]()
        for client in group:
            uncounted.update(left_out[client.client_id])
        rows.append(
            LossReason(
                group[0].reason or NO_REASON,
                tuple(client.name for client in group),
                wilson(len(group), len(lost)),
                sum(value[client.client_id] for client in group),
                dict(uncounted),
            )
        )
    return sorted(rows, key=lambda row: (-len(row.clients), -row.lost_value, row.reason))


def referrers(session: Session, found: ProfitFacts) -> list[Referrer]:
    """Who brought clients, by what those left in the period of the facts."""
    by_referrer: defaultdict[int, list[Referral]] = defaultdict(list)
    for referral in lost_and_brought.referrals(session.store):
        by_referrer[referral.referrer_id].append(referral)
    rows: list[Referrer] = []
    for brought in by_referrer.values():
        first = brought[0]
        left = total(found, {referral.client_id for referral in brought})
        still = sum(referral.stage != "lost" for referral in brought)
        rows.append(
            Referrer(
                first.referrer_id,
                first.referrer_number,
                first.referrer,
                tuple(brought),
                still,
                left.contribution.revenue,
                left.contribution.total,
                left.left_out,
            )
        )
    return sorted(rows, key=lambda row: (-row.contribution, row.name))


def campaigns(
    session: Session, since: date, till: date, within_days: int = WITHIN_DAYS, currency: str = ""
) -> Iterator[Campaign]:
    """The announcements that were sent in a period, in their order: from those told to what came in."""
    rates = rates_into(session.store, currency or session.settings.currency)
    for announcement in listed(session.store, Announcement, current=False):
        if (
            announcement.archived_at
            or not announcement.sent_on
            or not since.isoformat() <= announcement.sent_on <= till.isoformat()
        ):
            continue
        with session.store.read():
            told = len(effects.notified(session.store, announcement.id))
            counts = announcement_records.counts(session.store, announcement.id)
            rows = outcome_rows.campaign_sales(session.store, announcement.id)
        money, left_out, buyers = Counter[tuple[str, str]](), Counter[str](), set[int]()
        for client_id, told_on, on_date, kind, work, code, amount in rows:
            if not is_within(date.fromisoformat(told_on), on_date, within_days):
                continue
            signed = -abs(amount) if kind == "discount" else amount
            converted = rates.convert(signed, code, on_date)
            if kind in effects.REPEAT_KINDS:
                buyers.add(client_id)
            if converted is None:
                left_out[code] += signed
            else:
                money[kind, work] += converted
        yield Campaign(
            announcement,
            told,
            wilson(min(told, counts.get("answered", 0)), told) if told else None,
            wilson(len(buyers), told) if told else None,
            dict(money),
            dict(left_out),
        )


def actions(
    session: Session, since: date, till: date, outcome: str = "bought", within_days: int = WITHIN_DAYS
) -> list[ActionOutcome]:
    """What followed each kind of action of a period: `bought` something new, or `won`, an opportunity."""
    store = session.store
    with store.read():
        _, period = period_between(session, store, since, till)
        done = [
            *(
                ActionInput(client, kind, day)
                for client, kind, day in outcome_rows.first_touches(store, period)
            ),
            *(ActionInput(row[0], "training", row[1]) for row in outcome_rows.first_trainings(store, period)),
            *(ActionInput(row[0], "offer", row[1]) for row in outcome_rows.first_offers(store, period)),
            *(
                ActionInput(row[0], "announcement", row[1])
                for row in outcome_rows.first_announcements(store, period)
            ),
        ]
        read = outcome_rows.won if outcome == "won" else outcome_rows.sales
        happened: defaultdict[int, list[str]] = defaultdict(list)
        for client_id, day in read(store, period.since):
            happened[client_id].append(day)
        clients = {client.id for client in all_clients(store)}
    return outcomes(done, happened, clients, session.today(), within_days)


def _months(till: date, count: int) -> list[str]:
    """The months before that of a day, the oldest first, as YYYY-MM."""
    number = till.year * 12 + till.month - 1
    return [f"{at // 12}-{at % 12 + 1:02}" for at in range(number - count, number)]
