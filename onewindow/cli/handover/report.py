"""`onewindow handover report` and `onewindow observation report`: how well clients are handed over.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_table, print_text
from onewindow.cli.shell.typed_day import typed_day

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat

_YEAR_DAYS = 365
_GROUPS = ("all", "salesperson", "receiver", "office", "month")
_OBSERVED = ("criterion", "n", "mark", "low", "high")


@click.command(
    epilog="""\b
Examples:
  onewindow handover report --by salesperson
  onewindow handover report --from 2026-09-01 --by month --format csv"""
)
@click.option("--from", "since", metavar="DATE", help="The first day; else a year before the last one.")
@click.option("--to", "till", metavar="DATE", help="The last day; else today.")
@click.option("--by", type=click.Choice(_GROUPS), default="all", show_default=True, help="What a row is of.")
@format_option
@pass_invocation
def report(
    invocation: Invocation, since: str | None, till: str | None, by: str, output_format: TableFormat
) -> None:
    """Report on the handovers decided in a period.

    Completeness, first-pass yield, answer times of sales and the share in target, clarifications a handover,
    the client's mark and what observers saw, each with n and its 95 % interval.
    """
    from onewindow.desk.handover.report import COLUMNS, DEFINITION, MACHINE_COLUMNS, machine_row, people_row
    from onewindow.desk.handover.report import report as read_report
    from onewindow.desk.reports.report_text import span_text

    session = invocation.session()
    first, last = _period(session, since, till)
    lines = read_report(session, first, last, by)
    if output_format != "table":
        print_table([machine_row(line, by) for line in lines], MACHINE_COLUMNS, output_format)
        return
    print_text(
        f"Handovers decided {span_text(first, last, session.today())}:"
        f" {sum(line.summary.n for line in lines)}."
    )
    if lines:
        print_table([people_row(line) for line in lines], COLUMNS, "table")
    if any(line.summary.n < 10 for line in lines):
        print_text("* fewer than ten handovers: too few to compare.")
    print_text(DEFINITION)


@click.command(epilog="\b\nExample:\n  onewindow observation report --from 2026-09-01")
@click.option("--from", "since", metavar="DATE", help="The first day; else a year before the last one.")
@click.option("--to", "till", metavar="DATE", help="The last day; else today.")
@format_option
@pass_invocation
def observed(invocation: Invocation, since: str | None, till: str | None, output_format: TableFormat) -> None:
    """Report the marks of observers criterion by criterion, 0 to 5, with n and the 95 % interval."""
    from onewindow.desk.handover.report import observation_lines

    session = invocation.session()
    first, last = _period(session, since, till)
    rows: list[dict[str, object]] = [
        {
            "criterion": name,
            "n": e.n,
            "mark": round(e.value, 2),
            "low": round(e.low, 2),
            "high": round(e.high, 2),
        }
        for name, e in observation_lines(session, first, last)
    ]
    print_table(rows, _OBSERVED, output_format)


def _period(session: Session, since: str | None, till: str | None) -> tuple[date, date]:
    last = typed_day(session, till, "--to", "behind") if till else session.today()
    first = typed_day(session, since, "--from", "behind") if since else last - timedelta(days=_YEAR_DAYS)
    if first > last:
        raise click.UsageError("--from is a later day than --to", click.get_current_context())
    return first, last
