"""`onewindow client check`: what is missing, wrong, doubled or stale in the cards."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import click

from onewindow.cli.editing.record_reading import (
    current_invocation,
)
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.printing import FORMATS, print_table
from onewindow.desk.clients.checks import findings
from onewindow.desk.clients.findings import CHECKS, Finding, fix_command
from onewindow.desk.session.naming import resolve_client
from onewindow.records.by_name import value_if_any

if TYPE_CHECKING:
    from onewindow.exchange.export.writer import TableFormat

_FINDING_COLUMNS = (
    *("client_id", "number", "name", "check", "record", "record_id"),
    *("field", "message", "proposal", "mend"),
)


def check_command() -> click.Command:
    """`check`: what is missing, wrong, doubled or stale in the cards."""
    return click.Command(
        "check",
        callback=_check_clients,
        short_help="Find what is missing, wrong, doubled or stale in the cards.",
        help="Find what is missing, wrong, doubled or stale in the cards of all clients, or of one: "
        + "; ".join(f"{name}: {text}" for name, text in CHECKS.items())
        + ". Formats for machines also name the command that mends each finding.",
        epilog="""\b
Examples:
  onewindow client check --mine
  onewindow client check ROMASHKA
  onewindow client check --kind duplicate --kind uncovered --format csv""",
        params=[
            click.Argument(["client"], required=False, shell_complete=complete_record("client")),
            click.Option(
                ["--kind", "kinds"],
                type=click.Choice(list(CHECKS)),
                multiple=True,
                help="Only findings of this kind; may be repeated.",
            ),
            click.Option(["--mine"], is_flag=True, help="Only clients whose owner you are."),
            click.Option(["--limit"], type=Count(min=0), metavar="N", help="The first N findings only."),
            click.Option(
                ["--format", "output_format"], type=click.Choice(FORMATS), default="table", show_default=True
            ),
        ],
    )


def _check_clients(
    *, client: str | None, kinds: tuple[str, ...], mine: bool, limit: int | None, output_format: TableFormat
) -> None:

    session = current_invocation().session()
    one = resolve_client(session, client).id if client else None
    shown = findings(session, frozenset(kinds or CHECKS), one)
    if mine:
        shown = (finding for finding in shown if finding.owner_id == session.me.id)
    names = ("id", "name", "check", "message") if output_format == "table" else _FINDING_COLUMNS
    print_table(map(_finding_row, islice(shown, limit)), names, output_format, wrapped=("message",))


def _finding_row(finding: Finding) -> dict[str, object]:
    row = {name: value_if_any(finding, name) for name in _FINDING_COLUMNS}
    return {**row, "id": f"C-{finding.number}", "mend": fix_command(finding)}
