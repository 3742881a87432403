"""Verbs of `onewindow profit` about what our work led to: campaigns, and each kind of action."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.revenue.options import (
    chosen_currency,
    currency_option,
    from_option,
    period_of,
    to_option,
    within_option,
)
from onewindow.cli.revenue.shares import bounds, print_report
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_table
from onewindow.desk.revenue import report_tables, revenue_reports

if TYPE_CHECKING:
    from onewindow.exchange.export.writer import TableFormat


_CAMPAIGN_COLUMNS = (
    *("announcement_id", "title", "sent_on", "told", "answered", "answered_low", "answered_high"),
    *("bought", "bought_low", "bought_high", "revenue_kind", "work_kind", "currency", "amount", "left_out"),
)
_ACTION_COLUMNS = (
    *("action", "clients", "hits", "share", "share_low", "share_high", "other_clients", "other_hits"),
    *("other_share", "other_low", "other_high", "difference", "difference_low", "difference_high", "verdict"),
)


@click.command(epilog="\b\nExample:\n  onewindow profit campaigns --within 30")
@from_option
@to_option
@within_option
@currency_option
@format_option
@pass_invocation
def campaigns(
    invocation: Invocation,
    since: str | None,
    till: str | None,
    within: int,
    currency: str | None,
    output_format: TableFormat,
) -> None:
    """Follow each announcement that was sent: told, answered, bought, and what came in by kind.

    Money counts from those who were told, behind the day of telling and within so many days, less discounts.
    """
    session = invocation.session()
    first, last = period_of(session, since, till)
    code = chosen_currency(currency) or session.settings.currency
    if output_format == "table":
        print_report(report_tables.campaigns(session, first, last, code, within=within))
        return
    rows = revenue_reports.campaigns(session, first, last, within, code)
    print_table(
        [
            {
                "announcement_id": row.announcement.id,
                "title": row.announcement.title,
                "sent_on": row.announcement.sent_on,
                "told": row.told,
                **bounds("answered", row.answered),
                **bounds("bought", row.bought),
                "revenue_kind": kind,
                "work_kind": work,
                "currency": code,
                "amount": amount,
                "left_out": row.left_out,
            }
            for row in rows
            for (kind, work), amount in sorted(row.money.items()) or [(("", ""), 0)]
        ],
        _CAMPAIGN_COLUMNS,
        output_format,
    )


@click.command(epilog="\b\nExamples:\n  onewindow profit actions\n  onewindow profit actions --outcome won")
@from_option
@to_option
@within_option
@click.option(
    "--outcome",
    type=click.Choice(("bought", "won")),
    default="bought",
    show_default=True,
    help="What follows: a new sale (no subscription), or an opportunity that was won.",
)
@format_option
@pass_invocation
def actions(
    invocation: Invocation,
    since: str | None,
    till: str | None,
    within: int,
    outcome: str,
    output_format: TableFormat,
) -> None:
    """Say which action is followed by a sale more often: calls, visits, trainings, offers, announcements.

    Of each client the first action of a kind in the period counts, once its days are over. Beside it stand
    the clients without that action, whose days begin with the median day of the others. Shares have Wilson's
    95 % interval, differences Newcombe's.
    """
    session = invocation.session()
    first, last = period_of(session, since, till)
    if output_format == "table":
        print_report(report_tables.actions(session, first, last, outcome=outcome, within=within))
        return
    rows = revenue_reports.actions(session, first, last, outcome, within)
    print_table(
        [
            {
                "action": row.action,
                "clients": row.clients,
                "hits": row.hits,
                **bounds("share", row.share),
                "other_clients": row.other_clients,
                "other_hits": row.other_hits,
                "other_share": row.other_share.value if row.other_share else None,
                "other_low": row.other_share.low if row.other_share else None,
                "other_high": row.other_share.high if row.other_share else None,
                **bounds("difference", row.gap),
                "verdict": row.verdict,
            }
            for row in rows
        ],
        _ACTION_COLUMNS,
        output_format,
    )
