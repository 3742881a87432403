"""`onewindow feedback …`: the common verbs, and what clients said for those who decide what is built.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onewindow.cli.editing.record_group import RecordGroup
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.printing import tell
from onewindow.cli.shell.typed_day import typed_day
from onewindow.records.kinds import KINDS, Kind

if TYPE_CHECKING:
    from onewindow.exchange.export.files import ExportFormat

_FORMATS = ("csv", "tsv", "xlsx", "json", "jsonl", "md")


def _export(_: Kind) -> click.Command:
    return click.Command(
        "export",
        callback=_export_feedback,
        short_help="Write what clients said, weighed by what they pay, with the rank of each feature.",
        help="Write what clients said, word for word, with who said it and what it weighs: importance, times "
        "the root of what the client paid in the year before as a multiple of the median (0.5 to 3), halved "
        "for each year since. Features are ranked by the sum, and beside it as if every client weighed the "
        "same. Of a client's words on one feature the latest count.",
        epilog="""\b
Examples:
  onewindow feedback export --since 2026-01-01 -o voices.xlsx
  onewindow feedback export --by feature --as-of 2026-06-30 --format md""",
        params=[
            click.Option(["--since"], metavar="DATE", help="Said on that day or later."),
            click.Option(
                ["--as-of"], metavar="DATE", help="Said until that day, and weighed on it; else today."
            ),
            click.Option(
                ["--by"],
                type=click.Choice(["quote", "feature"]),
                default="quote",
                show_default=True,
                help="A row for each quote, or for each feature.",
            ),
            click.Option(["--limit"], type=Count(min=0), metavar="N", help="The first N rows only."),
            click.Option(["--columns"], metavar="NAMES", help="Column names with commas between."),
            click.Option(
                ["--format", "output_format"],
                type=click.Choice(_FORMATS),
                help="Else what the ending of the file tells, else csv.",
            ),
            click.Option(["--excel"], is_flag=True, help="CSV as Excel opens it in Europe: mark, `;`, 1,50."),
            click.Option(["-o", "--output"], metavar="FILE", help="The file to write; else the output."),
            click.Option(["--force"], is_flag=True, help="Replace the file if there is one."),
        ],
    )


def _export_feedback(
    since: str | None,
    as_of: str | None,
    by: str,
    limit: int | None,
    columns: str | None,
    output_format: ExportFormat | None,
    output: str | None,
    *,
    excel: bool,
    force: bool,
) -> None:
    from onewindow.cli.editing.export_commands import asked_format, write_rows
    from onewindow.cli.editing.record_reading import chosen_columns, current_invocation
    from onewindow.desk.feedback import export_feedback
    from onewindow.exchange.export.files import AS_STORED

    path = Path(output) if output and output != "-" else None
    fmt = asked_format(KINDS["feedback"], path, output_format, excel=excel, columns=columns)
    session = current_invocation().session()
    first = typed_day(session, since, "--since", "behind") if since else None
    on = typed_day(session, as_of, "--as-of", "behind") if as_of else session.today()
    if first and first > on:
        raise click.UsageError("--since is a later day than --as-of", click.get_current_context())
    with session.store.read():
        feedback = export_feedback.weighted_feedback(session, first, on)
    of, names = (
        (export_feedback.feature_rows, export_feedback.FEATURE_COLUMNS)
        if by == "feature"
        else (export_feedback.quote_rows, export_feedback.QUOTE_COLUMNS)
    )
    rows: Iterable[Mapping[str, object]] = of(feedback, as_stored=fmt in AS_STORED)[:limit]
    chosen = chosen_columns(columns, list(names)) if columns else list(names)
    title = "features" if by == "feature" else "feedback"
    write_rows(rows, chosen, fmt, path, (title, title), excel=excel, force=force)
    if feedback.status_then.has_gaps:
        tell(f"Tier, stage, state and risk that are on file only since after {on:%d.%m.%Y} are left out.")


group = RecordGroup(KINDS["feedback"], {"export": _export})
