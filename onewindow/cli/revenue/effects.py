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
from onewindow.cli.revenue.shares import bounds, share_text, uncounted_text
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_table, print_text
from onewindow.desk.revenue import revenue_reports
from onewindow.metrics.intervals import FEWEST
from onewindow.text.money import format_money

if TYPE_CHECKING:
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.metrics.intervals import Difference, Estimate


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
    rows = list(revenue_reports.campaigns(session, first, last, within, code))
    if output_format != "table":
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
        return
    if not rows:
        print_text("No announcement was sent in this period.")
        return
    print_table(
        [
            {
                "announcement": row.announcement.title,
                "told": row.told,
                "answered (95 %)": share_text(row.answered),
                "bought (95 %)": share_text(row.bought),
                f"came in within {within} days": (
                    ", ".join(
                        f"{kind}{f' ({work})' if work else ''} {format_money(amount, code)}".replace("_", "-")
                        for (kind, work), amount in sorted(row.money.items())
                    )
                    or "nothing"
                )
                + uncounted_text(row.left_out),
            }
            for row in rows
        ],
        ("announcement", "told", "answered (95 %)", "bought (95 %)", f"came in within {within} days"),
        "table",
        wrapped=(f"came in within {within} days",),
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
    rows = revenue_reports.actions(session, first, last, outcome, within)
    if output_format != "table":
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
        return
    if not rows:
        print_text(f"No action of this period lies {within} days back yet.")
        return
    print_table(
        [
            {
                "action": row.action,
                "with it": _of(row.hits, row.clients, row.share),
                "without": _of(row.other_hits, row.other_clients, row.other_share),
                "difference (95 %)": _points(row.gap),
                "": row.verdict,
            }
            for row in rows
        ],
        ("action", "with it", "without", "difference (95 %)", ""),
        "table",
    )
    print_text(f"{outcome} within {within} days. A share of fewer than {FEWEST} clients is not compared.")
    print_text(
        "This is no experiment: we call and teach those who are lively already. A difference shows where to"
        " look."
    )


def _of(hits: int, clients: int, share: Estimate | None) -> str:
    return f"{hits} of {clients}" + (
        f", {share_text(share)}" if share is not None and clients >= FEWEST else ""
    )


def _points(gap: Difference | None) -> str:
    if gap is None:
        return ""
    return f"{100 * gap.value:+.0f} points ({100 * gap.low:+.0f} … {100 * gap.high:+.0f})"
