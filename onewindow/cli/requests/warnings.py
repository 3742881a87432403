"""`onewindow warnings`: which requests come near their term, and who is to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_table, print_text
from onewindow.cli.shell.zone_head import print_zone
from onewindow.desk.requests.warnings import RequestWarning, my_warnings, team_warnings
from onewindow.desk.window.panels.when import when_at
from onewindow.metrics.sla.lateness import breached_before
from onewindow.text.dates import parse_utc, utc_text

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat

_COLUMNS = ("level", "request", "title", "client", "clock", "left", "person", "because", "held_till")
_MACHINE_COLUMNS = (*_COLUMNS, "breached_before", "answer_queued_at")


@click.command(
    epilog="\b\nExamples:\n  onewindow warnings\n  onewindow warnings --team --format csv",
)
@click.option("--team", "is_team", is_flag=True, help="Everybody's; else yours, as a deputy and a lead too.")
@click.option("--mine", "is_mine", is_flag=True, help="Yours only, which is the default.")
@format_option
@pass_invocation
def warnings(invocation: Invocation, is_team: bool, is_mine: bool, output_format: TableFormat) -> None:
    """List requests that have used up 75 % or 90 % of a term, or all of it, and who is warned.

    The one who works on it is warned, else the deputy, else a lead. Outside working hours a warning is held
    until they begin.
    """
    if is_team and is_mine:
        raise click.UsageError("give --team or --mine", click.get_current_context())
    session = invocation.session()
    shown = team_warnings(session) if is_team else my_warnings(session)
    if not shown and output_format == "table":
        print_text("Nothing comes near its term.")
        return
    if output_format == "table":
        print_zone(session)
        print_table([_row(session, warning) for warning in shown], _COLUMNS, output_format)
    else:
        print_table([_values(session, warning) for warning in shown], _MACHINE_COLUMNS, output_format)


def _row(session: Session, warning: RequestWarning) -> dict[str, object]:
    """A warning for people: how it stands in words, times in their zone."""
    moment, values = when_at(session, session.now()), _values(session, warning)
    left = moment.clock(warning.clock)
    if warning.answer_queued_at:
        left += f", {moment.queued(parse_utc(warning.answer_queued_at))}"
    return {**values, "left": left, "held_till": moment.moment(str(values["held_till"]))}


def _values(session: Session, warning: RequestWarning) -> dict[str, object]:
    return {
        "level": warning.alert.level,
        "request": f"R-{warning.request.number}",
        "title": warning.request.title,
        "client": warning.client,
        "clock": warning.clock.name.replace("_", " "),
        "left": warning.clock.remaining_s,
        "person": session.directory.name(warning.person_id) or "nobody",
        "because": warning.because,
        "held_till": utc_text(warning.alert.held_till) if warning.alert.held_till else "",
        "breached_before": breached_before(warning.clock),
        "answer_queued_at": warning.answer_queued_at,
    }
