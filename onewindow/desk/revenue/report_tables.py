"""The reports beside profit as tables for eyes: headings and cells, the same in the window and by command."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from onewindow.desk.revenue import profit_report, revenue_reports
from onewindow.desk.revenue.profit_report import ProfitFacts
from onewindow.desk.revenue.profit_text import amount_text
from onewindow.desk.session.context import Session
from onewindow.metrics.intervals import FEWEST, Difference, Estimate
from onewindow.records.structs import frozen_struct
from onewindow.text.money import format_money

NO_EXPERIMENT = (
    "This is no experiment: we call and teach those who are lively already. A difference shows where to look."
)


LESS = frozenset({"falling", "stopped"})
"""Directions of who buys less, or nothing any more."""


@frozen_struct
class ReportLine:
    """One row: the client that it is of, if it is of one, and a text for each column."""

    client_id: int | None
    cells: tuple[str, ...]


@frozen_struct
class ReportTable:
    """A report: its columns, its rows, what it says when it is empty, and what must be known of it."""

    columns: tuple[str, ...]
    lines: tuple[ReportLine, ...]
    empty: str
    notes: tuple[str, ...] = ()
    days: str = ""
    """Which days it is of, where that are not those that were asked for."""


def trends(
    session: Session, _since: date, till: date, currency: str = "", *, falling: bool = False
) -> ReportTable:
    """Who buys less or more than a year before, who lost most first."""
    found = revenue_reports.read_two_years(session, till, currency)
    rows = [row for row in revenue_reports.trends(found) if not falling or row.direction in LESS]
    left_out = Counter[str]()
    for row in rows:
        left_out.update(row.left_out_before)
        left_out.update(row.left_out_now)
    return ReportTable(
        ("client", "year before", "last year", "a month (95 %)", "trend"),
        tuple(
            ReportLine(
                row.client.id,
                (
                    row.client.name,
                    amount_text(found, row.trend.before) + uncounted_text(row.left_out_before),
                    amount_text(found, row.trend.now) + uncounted_text(row.left_out_now),
                    _change(found, row.trend.change),
                    row.direction,
                ),
            )
            for row in rows
        ),
        "Nobody bought anything in two years.",
        (
            "A trend needs an interval that leaves out 0 and a tenth of difference.",
            *profit_report.rate_notes(left_out, found.rates.into),
        ),
        days=f"whole months {revenue_reports.trend_months(till)}",
    )


def losses(session: Session, _since: date, _till: date, currency: str = "") -> ReportTable:
    """Why clients left."""
    code = currency or session.settings.currency
    rows = revenue_reports.loss_reasons(session, code)
    few = sum(len(row.clients) for row in rows) < FEWEST
    return ReportTable(
        ("reason", "n", "share (95 %)", "a year's value", "clients"),
        tuple(
            ReportLine(
                None,
                (
                    row.reason,
                    str(len(row.clients)),
                    share_text(row.share),
                    format_money(row.lost_value, code) + uncounted_text(row.left_out),
                    ", ".join(row.clients),
                ),
            )
            for row in rows
        ),
        "No client is lost.",
        (f"Fewer than {FEWEST} clients are lost: the shares say little.",) if rows and few else (),
        days="of all time",
    )


def referrals(session: Session, since: date, till: date, currency: str = "") -> ReportTable:
    """Who brought clients, and what those left in the period."""
    with session.store.read():
        found = profit_report.read_facts(session, session.store, since, till, currency=currency)
        rows = revenue_reports.referrers(session, found)
    return ReportTable(
        ("client", "brought", "still here", "revenue", "left", "whom"),
        tuple(
            ReportLine(
                row.client_id,
                (
                    row.name,
                    str(len(row.brought)),
                    str(row.still_here),
                    amount_text(found, row.revenue),
                    amount_text(found, row.contribution) + uncounted_text(row.left_out),
                    ", ".join(referral.name for referral in row.brought),
                ),
            )
            for row in rows
        ),
        "Nobody is noted as referred by another client (client edit … --referrer CLIENT).",
    )


def campaigns(
    session: Session,
    since: date,
    till: date,
    currency: str = "",
    *,
    within: int = revenue_reports.WITHIN_DAYS,
) -> ReportTable:
    """What came in after each announcement that was sent in the period."""
    code = currency or session.settings.currency
    rows = revenue_reports.campaigns(session, since, till, within, code)
    return ReportTable(
        ("announcement", "told", "answered (95 %)", "bought (95 %)", f"came in within {within} days"),
        tuple(
            ReportLine(
                None,
                (
                    row.announcement.title,
                    str(row.told),
                    share_text(row.answered),
                    share_text(row.bought),
                    _kinds(row.money, code) + uncounted_text(row.left_out),
                ),
            )
            for row in rows
        ),
        "No announcement was sent in this period.",
    )


def actions(
    session: Session,
    since: date,
    till: date,
    _currency: str = "",
    *,
    outcome: str = "bought",
    within: int = revenue_reports.WITHIN_DAYS,
) -> ReportTable:
    """Which action a sale follows more often than without it."""
    rows = revenue_reports.actions(session, since, till, outcome, within)
    return ReportTable(
        ("action", "with it", "without", "difference (95 %)", ""),
        tuple(
            ReportLine(
                None,
                (
                    row.action,
                    _of(row.hits, row.clients, row.share),
                    _of(row.other_hits, row.other_clients, row.other_share),
                    _points(row.gap),
                    row.verdict,
                ),
            )
            for row in rows
        ),
        f"No action of this period lies {within} days back yet.",
        (
            f"{outcome} within {within} days. A share of fewer than {FEWEST} clients is not compared.",
            NO_EXPERIMENT,
        ),
    )


Report = Callable[[Session, date, date], ReportTable]

REPORTS: Mapping[str, Report] = {
    "who buys less": trends,
    "why clients left": losses,
    "who brought whom": referrals,
    "campaigns": campaigns,
    "which action works": actions,
}
"""What the window steps through, by its title."""


def share_text(share: Estimate | None) -> str:
    """A share in percent with its 95 % interval, '' for none."""
    if share is None:
        return ""
    return f"{100 * share.value:.0f} % ({100 * share.low:.0f}–{100 * share.high:.0f})"


def uncounted_text(left_out: Mapping[str, int]) -> str:
    """What stands behind a sum for amounts that have no exchange rate, '' for none."""
    if not left_out:
        return ""
    amounts = ", ".join(format_money(amount, currency) for currency, amount in sorted(left_out.items()))
    return f" + {amounts} without a rate"


def _change(found: ProfitFacts, change: Estimate) -> str:
    low, high = amount_text(found, change.low), amount_text(found, change.high)
    return f"{amount_text(found, change.value)} ({low} … {high})"


def _of(hits: int, clients: int, share: Estimate | None) -> str:
    few = share is None or clients < FEWEST
    return f"{hits} of {clients}" if few else f"{hits} of {clients}, {share_text(share)}"


def _points(gap: Difference | None) -> str:
    if gap is None:
        return ""
    return f"{100 * gap.value:+.0f} points ({100 * gap.low:+.0f} … {100 * gap.high:+.0f})"


def _kinds(money: Mapping[tuple[str, str], int], currency: str) -> str:
    parts: Sequence[str] = [
        f"{kind}{f' ({work})' if work else ''} {format_money(amount, currency)}".replace("_", "-")
        for (kind, work), amount in sorted(money.items())
    ]
    return ", ".join(parts) or "nothing"
