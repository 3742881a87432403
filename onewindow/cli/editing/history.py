"""`onewindow undo` and `onewindow history`."""

from __future__ import annotations

import click

from onewindow.cli.editing.record_naming import named_record
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import FORMATS, print_table, print_text
from onewindow.desk.editing.history_text import history_lines, without_private
from onewindow.desk.session.naming import resolve_client
from onewindow.exchange.export.writer import TableFormat
from onewindow.records.kinds import KINDS
from onewindow.store import history as log

_COLUMNS = ("at", "actor", "op", "kind", "id", "label", "old", "new")


@click.command(epilog="\b\nExamples:\n  onewindow undo\n  onewindow undo --redo")
@click.option("--redo", is_flag=True, help="Make the change again that you undid last.")
@pass_invocation
def undo(invocation: Invocation, *, redo: bool) -> None:
    """Take back your last change and say what it was; again takes back the one before."""
    session = invocation.session()
    label = session.said_of(session.redo() if redo else session.undo())
    print_text(f"{'done again' if redo else 'undone'}: {label}")


@click.command(
    epilog="""\b
Examples:
  onewindow history ROMASHKA
  onewindow history request R-1042
  onewindow history ROMASHKA --format jsonl"""
)
@click.argument("names", nargs=-1, required=True, metavar="CLIENT | KIND RECORD")
@click.option("--limit", type=Count(min=1), metavar="N", default=200, show_default=True, help="The newest N.")
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="table", show_default=True)
@pass_invocation
def history(invocation: Invocation, names: tuple[str, ...], limit: int, output_format: TableFormat) -> None:
    """Show who changed what and when, newest first: of a client with all that is theirs, or of one record."""
    session = invocation.session()
    kind = KINDS.get(names[0].replace("-", "_")) if len(names) > 1 else None
    if kind is not None:
        record = named_record(session, kind, " ".join(names[1:]))
        lines = log.history(session.store, kind.name, record.id, limit)
    else:
        lines = log.client_history(session.store, resolve_client(session, " ".join(names)).id, limit)
    if output_format == "table":
        print_text("\n".join(history_lines(session, lines)))
        return
    rows = (
        {
            "at": line.at,
            "actor": line.actor,
            "op": line.op,
            "kind": line.entity,
            "id": line.entity_id,
            "label": line.label,
            "old": line.old,
            "new": line.new,
            "by": line.by,
        }
        for line in (without_private(session, entry) for entry in lines)
    )
    print_table(rows, _COLUMNS, output_format)
