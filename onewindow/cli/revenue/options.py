"""Options that the verbs of `onewindow profit` share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from onewindow.cli.shell.typed_day import typed_day
from onewindow.desk.revenue.profit_report import YEAR
from onewindow.desk.revenue.revenue_reports import WITHIN_DAYS
from onewindow.text.choices import read_currency

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session

from_option = click.option(
    "--from", "since", metavar="DATE", help="The first day; else a year before the last one."
)
to_option = click.option("--to", "till", metavar="DATE", help="The last day; else today.")
currency_option = click.option(
    "--currency", metavar="CODE", help="What sums are in; else the currency of the settings."
)
within_option = click.option(
    "--within",
    type=click.IntRange(1, 730),
    default=WITHIN_DAYS,
    show_default=True,
    metavar="DAYS",
    help="So many days later at most.",
)


def period_of(session: Session, since: str | None, till: str | None) -> tuple[date, date]:
    """The typed days; without a last day today, without a first one a year before. Raises UsageError."""
    last = typed_day(session, till, "--to", "behind") if till else session.today()
    first = typed_day(session, since, "--from", "behind") if since else last - YEAR
    if first > last:
        raise click.UsageError("--from is a later day than --to", click.get_current_context())
    return first, last


def chosen_currency(typed: str | None) -> str:
    """The code of a currency that was typed, '' for none. Raises UsageError for what is no currency."""
    if not typed:
        return ""
    code = read_currency(typed)
    if not code:
        raise click.UsageError(
            f"“{typed}” is no currency; write its three letters, RUB or EUR", click.get_current_context()
        )
    return code
