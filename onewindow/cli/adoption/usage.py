"""`onewindow usage …`: the common verbs, weekly figures from a file or a pipe, and a client's weeks.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.editing.record_group import RecordGroup
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.printing import FORMATS, print_table, tell
from onewindow.desk.adoption.usage import weeks_of_use
from onewindow.desk.session.naming import resolve_client
from onewindow.records.kinds import KINDS, Kind
from onewindow.store import rows
from onewindow.text.plural import counted

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat

_WEEKS = 26
_COLUMNS = ("client_id", "product_id", "product", "week", "active_users", "bought", "volume")
_EXAMPLES = """\b
Examples:
  cat use.csv | onewindow usage import -
  onewindow usage import use.jsonl --dry-run
  onewindow usage import days.csv --dates dmy --map "Портал=client_id" """


def _importing(kind: Kind) -> click.Command:
    from onewindow.cli.imports.import_files import file_command

    command = file_command(kind.name)
    command.name = "import"
    command.short_help = "Bring in weekly use from a file or a pipe; the same rows again change nothing."
    command.help = """Bring in use by client, product and week from a file, or from stdin with -.

    A row names the client (id, number, slug, tax id, id of the other program, name), the product, the week
    or any day of it, and active users, volume or both; it may name a function with its uses, a person, the
    day of last use. Rows of one week are gathered: different people are counted, else the most users of one
    row hold; volumes are added up. A week that is on file is replaced where figures differ. Licences, health
    and the list of clients follow in the same transaction. Rows of unknown clients or products go to a file
    of their own."""
    command.epilog = _EXAMPLES.rstrip()
    return command


def _showing(kind: Kind) -> click.Command:
    def show(client: str, weeks: int, output_format: str) -> None:
        from onewindow.cli.editing.record_reading import current_invocation, print_record

        session = current_invocation().session()
        week = rows.find_by_word(session.store, kind.record, client)
        if week is not None:
            print_record(session, week, output_format)
        else:
            _show_weeks(session, client, weeks, cast("TableFormat", output_format))

    return click.Command(
        "show",
        callback=show,
        short_help="A client's use of each product, week by week.",
        help="Show a client's use of each product, week by week, the newest first. The id of one week shows "
        "that week.",
        epilog="\b\nExample:\n  onewindow usage show romashka --weeks 26 --format csv",
        params=[
            click.Argument(["client"], metavar="CLIENT", shell_complete=complete_record("client")),
            click.Option(
                ["--weeks"],
                type=click.IntRange(1, 520),
                default=_WEEKS,
                show_default=True,
                help="How far back.",
            ),
            click.Option(
                ["--format", "output_format"],
                type=click.Choice(FORMATS),
                default="table",
                show_default=True,
                help="table is for people; the others have stable English field names.",
            ),
        ],
    )


def _show_weeks(session: Session, word: str, weeks: int, output_format: TableFormat) -> None:
    client = resolve_client(session, word)
    rows = [
        {
            "client_id": client.id,
            "product_id": usage.product_id,
            "product": usage.product,
            "week": usage.monday,
            "active_users": usage.active_users,
            "bought": usage.bought,
            "volume": usage.volume,
        }
        for usage in weeks_of_use(session, client.id, weeks)
    ]
    if not rows and output_format == "table":
        tell(
            f"No use of {client.name} is on file in {counted(weeks, 'week')};"
            " `onewindow usage import` brings it in."
        )
        return
    columns = _COLUMNS[2:] if output_format == "table" else _COLUMNS
    print_table(rows, columns, output_format)


group = RecordGroup(KINDS["usage"], {"import": _importing, "show": _showing})
