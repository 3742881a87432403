"""`onewindow feedback …`: the common verbs, and what clients said as those need it who decide what is built.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onewindow.cli.editing.record_group import RecordGroup
from onewindow.cli.shell.counts import Count
from onewindow.records.kinds import KINDS, Kind

if TYPE_CHECKING:
    from onewindow.exchange.export.files import ExportFormat

_FORMATS = ("csv", "tsv", "xlsx", "json", "jsonl", "md")


def _export(_: Kind) -> click.Command:
    from onewindow.cli.feedback.asking import asking_options

    return click.Command(
        "export",
        callback=_export_feedback,
        short_help="Write what clients said, weighed by what they pay, with the rank of each feature.",
        help="Write what clients said, word for word, with the whole chain: quote, who said it, client, "
        "money, feature, release, what the client was told, and their reaction. A quote weighs its "
        "importance, times the root of what the client paid in the year before as a multiple of the"
        " median (0.5 to 3), halved for each year since. Features are ranked by the sum, and beside"
        " it as if every client weighed the same. Of a client's words on one feature the latest "
        "count.\n\nAn export of a past day is the same whenever it is asked for: what was entered "
        "or changed later is not in it. Health is that of the last weekly snapshot by then. Names "
        "of people are left out unless --with-contacts is given; their ids stay.",
        epilog="""\b
Examples:
  onewindow feedback export --since 2026-01-01 -o feedback.xlsx
  onewindow feedback export --kind wish --product Склад+ --segment tier:A
  onewindow feedback export --by feature --as-of 2026-06-30 --format md""",
        params=[
            *asking_options(),
            click.Option(
                ["--by"],
                type=click.Choice(["quote", "feature"]),
                default="quote",
                show_default=True,
                help="A row for each quote, or for each feature.",
            ),
            click.Option(["--with-contacts"], is_flag=True, help="Names of those who said it too."),
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
    product: str | None,
    kinds: tuple[str, ...],
    segment: str | None,
    by: str,
    limit: int | None,
    columns: str | None,
    output_format: ExportFormat | None,
    output: str | None,
    *,
    with_later: bool,
    with_contacts: bool,
    excel: bool,
    force: bool,
) -> None:
    from onewindow.cli.editing.export_commands import asked_format, write_rows
    from onewindow.cli.editing.record_reading import chosen_columns, current_invocation
    from onewindow.cli.feedback.asking import asked, tell_gaps
    from onewindow.desk.feedback import export_feedback
    from onewindow.exchange.export.files import AS_STORED

    path = Path(output) if output and output != "-" else None
    fmt = asked_format(KINDS["feedback"], path, output_format, excel=excel, columns=columns)
    is_by_feature = by == "feature"
    if with_contacts and is_by_feature:
        raise click.UsageError(
            "a feature has no contact; leave --with-contacts out", click.get_current_context()
        )
    names = (
        export_feedback.FEATURE_COLUMNS
        if is_by_feature
        else export_feedback.columns_of_quotes(with_contacts=with_contacts)
    )
    chosen = chosen_columns(columns, list(names)) if columns else list(names)
    session = current_invocation().session()
    as_stored = fmt in AS_STORED
    with session.store.read():
        feedback = asked(session, since, as_of, product, kinds, segment, with_later=with_later)
        rows: Iterable[Mapping[str, object]]
        if is_by_feature:
            rows = export_feedback.feature_rows(feedback, as_stored=as_stored)[:limit]
        else:
            rows = export_feedback.quote_rows(feedback, as_stored=as_stored, with_contacts=with_contacts)
            rows = rows[:limit]
    title = "features" if is_by_feature else "feedback"
    write_rows(rows, chosen, fmt, path, (title, title), excel=excel, force=force)
    tell_gaps(feedback)


def _topics(_: Kind) -> click.Command:
    from onewindow.cli.feedback import summaries

    return summaries.topics()


def _competitors(_: Kind) -> click.Command:
    from onewindow.cli.feedback import summaries

    return summaries.competitors()


def _reactions(_: Kind) -> click.Command:
    from onewindow.cli.feedback import summaries

    return summaries.reactions()


def _capture(_: Kind) -> click.Command:
    from onewindow.cli.feedback import capture

    return capture.capture_command()


def _link(_: Kind) -> click.Command:
    from onewindow.cli.feedback import linking

    return linking.link_command()


def _tell(_: Kind) -> click.Command:
    from onewindow.cli.feedback import notifying

    return notifying.tell_command()


def _draft(_: Kind) -> click.Command:
    from onewindow.cli.feedback import notifying

    return notifying.draft_command()


def _react(_: Kind) -> click.Command:
    from onewindow.cli.feedback import notifying

    return notifying.react_command()


def _decline(_: Kind) -> click.Command:
    from onewindow.cli.feedback import notifying

    return notifying.decline_command()


group = RecordGroup(
    KINDS["feedback"],
    {
        "export": _export,
        "topics": _topics,
        "competitors": _competitors,
        "reactions": _reactions,
        "capture": _capture,
        "link": _link,
        "draft": _draft,
        "tell": _tell,
        "react": _react,
        "decline": _decline,
    },
)
