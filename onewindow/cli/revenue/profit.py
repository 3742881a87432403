"""`onewindow profit …`: what clients leave after the work for them, by client or group."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import click

from onewindow.cli.revenue import effects, reports
from onewindow.cli.revenue.options import chosen_currency, currency_option, from_option, period_of, to_option
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_table, print_text
from onewindow.desk.revenue import profit_report
from onewindow.desk.revenue.profit_report import GROUPS, HEADINGS, ProfitFacts, ProfitRow, hours_text
from onewindow.desk.revenue.profit_text import margin_text, mean_text, roi_text
from onewindow.desk.segments import membership
from onewindow.metrics.intervals import FEWEST
from onewindow.text.dates import short_day
from onewindow.text.money import format_money

if TYPE_CHECKING:
    from onewindow.desk.revenue.profit_report import By
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat

_MONEY = ("revenue", "work", "goodwill", "discounts", "direct cost", "left")
_MACHINE_COLUMNS = (
    *("group", "client_id", "client", "clients", "currency", "revenue", "minutes", "work", "goodwill"),
    *("discounts", "direct_cost", "contribution", "margin", "roi", "mean", "mean_low", "mean_high"),
    *("unpriced_minutes", "left_out"),
)


@click.group(name="profit")
def group() -> None:
    """What clients leave after the work for them, and what they cost."""


@group.command(
    epilog="""\b
Examples:
  onewindow profit report                            each client of the last year, the best first
  onewindow profit report --least --limit 10         who costs more than they bring
  onewindow profit report --by class --from 2026-01-01
  onewindow profit report --by work --format csv     warranty, paid, on-site, pre-sale"""
)
@click.option(
    "--by", type=click.Choice(GROUPS), default="client", show_default=True, help="What a row is of."
)
@from_option
@to_option
@click.option("--filter", "typed", metavar="FILTER", help="Only these clients: tier:A city:казань.")
@click.option("--least", is_flag=True, help="What leaves least first.")
@click.option("--limit", type=Count(min=1), metavar="N", help="The first N rows only.")
@currency_option
@format_option
@pass_invocation
def report(
    invocation: Invocation,
    by: By,
    since: str | None,
    till: str | None,
    typed: str | None,
    least: bool,
    limit: int | None,
    currency: str | None,
    output_format: TableFormat,
) -> None:
    """Report what is left: revenue less work, gifts, discounts and direct cost.

    Work is the minutes noted on requests and talks at the cost of an hour of who did it. ROI is what each
    unit spent on work, gifts and direct cost brought beyond itself. The mean is that of a client, with its
    95 % interval.
    """
    session = invocation.session()
    found = _read(session, since, till, currency, with_segments=by == "segment")
    only = _only(session, found, typed)
    rows = profit_report.report(found, by, only, least=least)[:limit]
    if output_format != "table":
        print_table([_machine(found, row) for row in rows], _MACHINE_COLUMNS, output_format)
        return
    today = session.today()
    everything = profit_report.total(found, only)
    print_text(
        f"Profit {short_day(found.since.isoformat(), today)} – {short_day(found.till.isoformat(), today)}"
        f" by the days of {found.zone}, in {found.rates.into}:"
        f" {_money(found, everything.contribution.total)} left of"
        f" {_money(found, everything.contribution.revenue)} by {everything.clients} clients."
    )
    if rows:
        lacking = ("left out",) if any(row.profit.left_out for row in rows) else ()
        print_table([_readable(found, by, row) for row in rows], (*_columns(by), *lacking), "table")
    else:
        print_text("Nothing came in and nothing was spent in this period.")
    if by != "client" and any(row.profit.is_few for row in rows):
        print_text(f"* fewer than {FEWEST} clients: too few to compare.")
    for line in profit_report.notes(found, everything):
        print_text(line)


def _read(
    session: Session, since: str | None, till: str | None, currency: str | None, *, with_segments: bool
) -> ProfitFacts:
    first, last = period_of(session, since, till)
    with session.store.read():
        return profit_report.read_facts(
            session,
            session.store,
            first,
            last,
            currency=chosen_currency(currency),
            with_segments=with_segments,
        )


def _only(session: Session, found: ProfitFacts, typed: str | None) -> Collection[int] | None:
    if typed is None:
        return None
    return found.clients.keys() & set(membership.member_ids(session, typed))


def _columns(by: By) -> tuple[str, ...]:
    first = HEADINGS.get(by, by)
    rest = ("margin", "ROI") if by == "client" else ("margin", "ROI", "mean of a client (95 %)")
    return (first, *(() if by == "client" else ("clients",)), "time", *_MONEY, *rest)


def _readable(found: ProfitFacts, by: By, row: ProfitRow) -> dict[str, object]:
    profit, parts = row.profit, row.profit.contribution
    amounts = (parts.revenue, parts.work, parts.goodwill, parts.discounts, parts.direct_cost, parts.total)
    return {
        HEADINGS.get(by, by): row.label + (" *" if by != "client" and profit.is_few else ""),
        "clients": profit.clients,
        "time": hours_text(profit.minutes),
        **{name: _money(found, amount) for name, amount in zip(_MONEY, amounts, strict=True)},
        "margin": margin_text(profit),
        "ROI": roi_text(profit),
        "mean of a client (95 %)": mean_text(found, profit),
        "left out": ", ".join(
            format_money(amount, currency) for currency, amount in sorted(profit.left_out.items())
        ),
    }


def _machine(found: ProfitFacts, row: ProfitRow) -> dict[str, object]:
    profit, parts, mean = row.profit, row.profit.contribution, row.profit.per_client
    has_spread = mean is not None and profit.clients > 1
    return {
        "group": row.label,
        "client_id": row.client.id if row.client else None,
        "client": f"C-{row.client.number}" if row.client else None,
        "clients": profit.clients,
        "currency": found.rates.into,
        "revenue": parts.revenue,
        "minutes": profit.minutes,
        "work": parts.work,
        "goodwill": parts.goodwill,
        "discounts": parts.discounts,
        "direct_cost": parts.direct_cost,
        "contribution": parts.total,
        "margin": profit.margin,
        "roi": profit.roi,
        "mean": mean.value if mean else None,
        "mean_low": mean.low if mean and has_spread else None,
        "mean_high": mean.high if mean and has_spread else None,
        "unpriced_minutes": profit.unpriced_minutes,
        "left_out": profit.left_out,
    }


def _money(found: ProfitFacts, amount: int) -> str:
    return format_money(amount, found.rates.into)


for _verb in (reports.trends, reports.losses, reports.referrals, effects.campaigns, effects.actions):
    group.add_command(_verb)
