"""`onewindow search`: the finder of the window as a list."""

from __future__ import annotations

import click

from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import FORMATS, print_table
from onewindow.exchange.export.writer import TableFormat
from onewindow.store.search.archived_hits import find_all
from onewindow.text.clean import clean

_COLUMNS = ("id", "client_id", "number", "name", "tier", "stage", "owner_id", "why", "archived_at")


@click.command(
    epilog="""\b
Examples:
  onewindow search ромаш
  onewindow search "912 345"
  onewindow search R-1042 --format json"""
)
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--limit", type=Count(min=1), metavar="N", help="The first N; else as many as the settings say."
)
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="table", show_default=True)
@pass_invocation
def search(
    invocation: Invocation, text: tuple[str, ...], limit: int | None, output_format: TableFormat
) -> None:
    """Find clients by name, person, phone, e-mail, tax id or request number, in any script or layout.

    Archived clients stand behind those in daily view; `why` says that they are archived.
    """
    session = invocation.session()
    hits = find_all(
        session.store, " ".join(text), session.me.id, limit=limit or session.settings.search_limit
    )
    is_table = output_format == "table"
    rows = (
        {
            "id": f"C-{hit.number}" if is_table else hit.client_id,
            "client_id": hit.client_id,
            "number": hit.number,
            "name": hit.name,
            "tier": hit.tier,
            "stage": hit.stage,
            "owner_id": hit.owner_id,
            "why": hit.why,
            "archived_at": hit.archived_at or None,
        }
        for hit in hits
    )
    columns = ("id", "name", "tier", "stage", "why") if is_table else _COLUMNS
    print_table(rows, columns, output_format)
    for hit in hits:
        if is_table and hit.archived_at:
            number = f"C-{hit.number}"
            click.echo(
                f"{clean(hit.name)} is archived; `onewindow client restore {number}` brings it back.",
                err=True,
            )
