"""Profit as people read it: amounts in whole units, the arithmetic of one row."""

from __future__ import annotations

from onewindow.desk.revenue.profit_report import ProfitFacts, ProfitRow, hours_text, notes
from onewindow.metrics.intervals import FEWEST
from onewindow.metrics.revenue.profit import Profit
from onewindow.text.layout.bars import level
from onewindow.text.money import format_money, minor_digits


def amount_text(found: ProfitFacts, amount: float) -> str:
    """Minor units in whole units of the currency of the report: in a table smaller ones only look exact."""
    unit = 10 ** minor_digits(found.rates.into)
    return format_money(round(amount / unit) * unit, found.rates.into)


def margin_text(profit: Profit) -> str:
    """The share of the revenue that is left, '' without revenue."""
    return "" if profit.margin is None else f"{100 * profit.margin:.0f} %"


def roi_text(profit: Profit) -> str:
    """What each unit spent brought beyond itself, '' where nothing was spent."""
    return "" if profit.roi is None else f"{profit.roi:.1f} ×"


def mean_text(found: ProfitFacts, profit: Profit) -> str:
    """The mean contribution of a client with its 95 % interval, '' where one client says nothing of it."""
    mean = profit.per_client
    if mean is None or profit.clients < 2:
        return ""
    low, high = amount_text(found, mean.low), amount_text(found, mean.high)
    return f"{amount_text(found, mean.value)} ({low} … {high})"


def share_bar(amount: int, top: int, width: int, *, is_ascii: bool) -> str:
    """How large an amount is beside the largest one, as a bar."""
    return level(abs(amount) / top if top else 0.0, width, ascii=is_ascii)


def parts_lines(found: ProfitFacts, row: ProfitRow) -> list[str]:
    """Where the profit of a row comes from, line by line, to the minor unit."""
    profit, parts, into = row.profit, row.profit.contribution, found.rates.into
    spent = (
        (f"work, {hours_text(profit.minutes)} at the cost of an hour of who did it", parts.work),
        ("gifts and goodwill noted on talks", parts.goodwill),
        ("discounts and refunds", parts.discounts),
        ("direct cost: revenue rows of the kind cost", parts.direct_cost),
    )
    lines = [f"  {format_money(parts.revenue, into):>18}  revenue: licences, subscriptions, services, goods"]
    lines += [f"- {format_money(amount, into):>18}  {what}" for what, amount in spent]
    lines += [f"= {format_money(parts.total, into):>18}  left"]
    if profit.margin is not None:
        lines.append(f"margin {100 * profit.margin:.1f} % of the revenue")
    if profit.roi is not None:
        lines.append(
            f"ROI {profit.roi:.2f} ×: left / (work + gifts + direct cost), what each unit spent brought"
        )
    if mean := mean_text(found, profit):
        lines.append(f"a client of {profit.clients} leaves on average (95 %): {mean}")
        if profit.is_few:
            lines.append(f"* fewer than {FEWEST} clients: too few to compare")
    return [*lines, *(["", *notes(found, profit)] if notes(found, profit) else [])]
