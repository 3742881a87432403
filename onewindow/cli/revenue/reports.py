"""Verbs of `onewindow profit` beside the report: who buys less, who left and why, what works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.revenue.options import (
    chosen_currency,
    currency_option,
    from_option,
    period_of,
    to_option,
)
from onewindow.cli.revenue.shares import bounds, print_report
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_table
from onewindow.desk.revenue import profit_report, report_tables, revenue_reports

if TYPE_CHECKING:
    from onewindow.exchange.export.writer import TableFormat

_TREND_COLUMNS = (
    *(
        "client_id",
        "client",
        "name",
        "currency",
        "before",
        "now",
        "change_a_month",
        "change_low",
        "change_high",
    ),
    *("direction", "left_out_before", "left_out_now"),
)
_LOSS_COLUMNS = (
    "reason",
    "clients",
    "share",
    "share_low",
    "share_high",
    "currency",
    "lost_value",
    "left_out",
)
_REFERRAL_COLUMNS = (
    *(
        "client_id",
        "client",
        "name",
        "brought",
        "still_here",
        "currency",
        "revenue",
        "contribution",
        "left_out",
        "clients",
    ),
)


@click.command(
    epilog="\b\nExamples:\n  onewindow profit trends --falling\n  onewindow profit trends --format csv"
)
@to_option
@click.option("--falling", is_flag=True, help="Only who buys less, or nothing any more.")
@click.option("--limit", type=Count(min=1), metavar="N", help="The first N rows only.")
@currency_option
@format_option
@pass_invocation
def trends(
    invocation: Invocation,
    till: str | None,
    falling: bool,
    limit: int | None,
    currency: str | None,
    output_format: TableFormat,
) -> None:
    """Compare what each client paid in twelve whole months with the twelve before, who lost most first.

    A trend is told where the 95 % interval of the mean change of a month (Student's t over the twelve pairs)
    leaves out nothing, and the year differs by a tenth; else there is no evidence of change.
    """
    session = invocation.session()
    first, last = period_of(session, None, till)
    code = chosen_currency(currency)
    if output_format == "table":
        print_report(report_tables.trends(session, first, last, code, falling=falling), limit)
        return
    found = revenue_reports.read_two_years(session, last, code)
    rows = [
        row for row in revenue_reports.trends(found) if not falling or row.direction in report_tables.LESS
    ][:limit]
    print_table(
        [
            {
                "client_id": row.client.id,
                "client": f"C-{row.client.number}",
                "name": row.client.name,
                "currency": found.rates.into,
                "before": row.trend.before,
                "now": row.trend.now,
                "change_a_month": row.trend.change.value,
                "change_low": row.trend.change.low,
                "change_high": row.trend.change.high,
                "direction": row.direction,
                "left_out_before": row.left_out_before,
                "left_out_now": row.left_out_now,
            }
            for row in rows
        ],
        _TREND_COLUMNS,
        output_format,
    )


@click.command(epilog="\b\nExample:\n  onewindow profit losses")
@currency_option
@format_option
@pass_invocation
def losses(invocation: Invocation, currency: str | None, output_format: TableFormat) -> None:
    """Say why clients left, how many, and what they paid in the year up to their last payment.

    The share is of all lost clients, with Wilson's 95 % interval.
    """
    session = invocation.session()
    code = chosen_currency(currency) or session.settings.currency
    if output_format == "table":
        today = session.today()
        print_report(report_tables.losses(session, today, today, code))
        return
    rows = revenue_reports.loss_reasons(session, code)
    print_table(
        [
            {
                "reason": row.reason,
                "clients": list(row.clients),
                **bounds("share", row.share),
                "currency": code,
                "lost_value": row.lost_value,
                "left_out": row.left_out,
            }
            for row in rows
        ],
        _LOSS_COLUMNS,
        output_format,
    )


@click.command(epilog="\b\nExample:\n  onewindow profit referrals --from 2026-01-01")
@from_option
@to_option
@currency_option
@format_option
@pass_invocation
def referrals(
    invocation: Invocation,
    since: str | None,
    till: str | None,
    currency: str | None,
    output_format: TableFormat,
) -> None:
    """List who brought clients, whom, how many of them are still here, and what those left in the period."""
    session = invocation.session()
    first, last = period_of(session, since, till)
    code = chosen_currency(currency)
    if output_format == "table":
        print_report(report_tables.referrals(session, first, last, code))
        return
    with session.store.read():
        found = profit_report.read_facts(session, session.store, first, last, currency=code)
        rows = revenue_reports.referrers(session, found)
    print_table(
        [
            {
                "client_id": row.client_id,
                "client": f"C-{row.number}",
                "name": row.name,
                "brought": len(row.brought),
                "still_here": row.still_here,
                "currency": found.rates.into,
                "revenue": row.revenue,
                "contribution": row.contribution,
                "left_out": row.left_out,
                "clients": [f"C-{referral.number}" for referral in row.brought],
            }
            for row in rows
        ],
        _REFERRAL_COLUMNS,
        output_format,
    )
