"""`erase-private`: what a person may ask for, a birthday or a note gone for good, from the history too."""

from __future__ import annotations

import click

from onewindow.cli.editing.record_naming import a_kind, named_record, of_client_option, spelling
from onewindow.cli.editing.record_reading import current_invocation
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.printing import print_raw
from onewindow.desk.editing.changing import erase_private
from onewindow.records.kinds import Kind


def erase_command(kind: Kind) -> click.Command:
    """`erase-private`: blank the private fields of one record for good."""

    def erase(record: str, of_client: str | None = None) -> None:
        session = current_invocation().session()
        print_raw(str(erase_private(session, named_record(session, kind, record, of_client)).id))

    text = f"Erase the private facts of {a_kind(kind)} for good, from the history too; nothing undoes it."
    return click.Command(
        "erase-private",
        callback=erase,
        short_help=text,
        help=text,
        epilog=f"\b\nExample:\n  onewindow {kind.name.replace('_', '-')} erase-private {spelling(kind)}",
        params=[
            click.Argument(["record"], metavar=spelling(kind), shell_complete=complete_record(kind.name)),
            *of_client_option(kind),
        ],
    )
