"""`onewindow document missing`: which months of a client's service lack an invoice or a signed act."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_table, tell
from onewindow.desk.clients.acceptance_documents import checklist_of, register_missing
from onewindow.desk.session.naming import resolve_client
from onewindow.records.clients import Client
from onewindow.store.listing import listed

if TYPE_CHECKING:
    from onewindow.exchange.export.writer import TableFormat

_COLUMNS = ("client", "month", "lacks", "not_signed")


@click.command(
    epilog="""\b
Examples:
  onewindow document missing romashka
  onewindow document missing romashka --register
  onewindow document missing --months 3 --format csv"""
)
@click.argument("client", required=False, metavar="[CLIENT]", shell_complete=complete_record("client"))
@click.option(
    "--months", type=click.IntRange(1, 60), default=12, show_default=True, help="How far back to look."
)
@click.option("--register", is_flag=True, help="Make a place for each that lacks, with its date.")
@click.option("--all", "is_all", is_flag=True, help="Closed months too.")
@format_option
@pass_invocation
def missing(
    invocation: Invocation,
    client: str | None,
    months: int,
    register: bool,
    is_all: bool,
    output_format: TableFormat,
) -> None:
    """Say which full months of service lack an invoice or a signed act.

    Without a client, of all clients that you look after.
    """
    session = invocation.session()
    if client is None:
        mine = {"owner_id": session.me.id}
        chosen = list(listed(session.store, Client, equal=mine))
    else:
        chosen = [resolve_client(session, client)]
    if register:
        if client is None:
            raise click.UsageError("--register needs a client", click.get_current_context())
        tell(f"{len(register_missing(session, chosen[0]))} places made.")
    rows: list[dict[str, object]] = [
        {
            "client_id": place.id,
            "client": place.name,
            "month": month.month,
            "lacks": ", ".join(month.missing),
            "not_signed": ", ".join(month.unsigned),
        }
        for place in chosen
        for month in checklist_of(session, session.store, place, months)
        if is_all or not month.is_closed
    ]
    print_table(rows, _COLUMNS, output_format)
