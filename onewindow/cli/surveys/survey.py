"""`onewindow survey …`: the common verbs, how a survey is asked, and what it came to.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.editing.record_group import Builder, RecordGroup
from onewindow.cli.editing.record_naming import named_record
from onewindow.cli.editing.record_reading import current_invocation
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.typed_day import typed_day
from onewindow.records.feedback import Survey
from onewindow.records.kinds import KINDS, Kind

if TYPE_CHECKING:
    from datetime import date

    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat

_KIND = KINDS["survey"]
_FORMATS = ("table", "json", "jsonl", "csv", "md")
_GROUPS = ("all", "tier", "class", "owner", "segment", "channel", "language", "month")


def _survey_argument(*, required: bool = True) -> click.Parameter:
    return click.Argument(
        ["survey"], metavar="SURVEY", required=required, shell_complete=complete_record("survey")
    )


def _format_option() -> click.Parameter:
    return click.Option(
        ["--format", "output_format"], type=click.Choice(_FORMATS), default="table", show_default=True
    )


def survey_named(session: Session, word: str) -> Survey:
    """The survey that a word names by its id or title; raises NotFound or CommandProblem."""
    survey = named_record(session, _KIND, word)
    assert isinstance(survey, Survey)  # noqa: S101  the kind says so
    return survey


# preview


def _preview(_: Kind) -> click.Command:
    return click.Command(
        "preview",
        callback=_show_preview,
        short_help="Show a survey as the client sees it, in each language.",
        help="Show a survey as the client sees it, in each language, and with a machine format what was "
        "understood of each question: its scale, direction, aspect and coded reasons.",
        epilog='\b\nExample:\n  onewindow survey preview "Оценка ответа" --lang bg',
        params=[
            _survey_argument(),
            click.Option(
                ["--lang", "language"], type=click.Choice(("en", "ru", "bg")), help="Only this one."
            ),
            _format_option(),
        ],
    )


def _show_preview(survey: str, language: str | None, output_format: TableFormat) -> None:
    from onewindow.cli.shell.printing import print_table, print_text
    from onewindow.desk.surveys import preview

    shown = survey_named(current_invocation().session(), survey)
    if output_format == "table":
        print_text("\n".join(preview.preview_lines(shown, language or "")))
    else:
        print_table(preview.question_rows(shown), preview.QUESTION_COLUMNS, output_format)


# results


def _results(_: Kind) -> click.Command:
    return click.Command(
        "results",
        callback=_show_results,
        short_help="Say what a survey came to: each question with n, its number and 95 % interval.",
        help="Say what a survey came to: NPS, CSAT and CES of each question with n and 95 % interval (counts "
        "alone below ten answers), the groups of NPS by name, coded reasons, and how many low marks were "
        "followed up. A warning stands beside scores for which something was given.\n\n"
        "Without SURVEY each survey stands in short, and the aspects that several surveys ask about, such as "
        "ordering and self-service.",
        epilog="\b\nExamples:\n  onewindow survey results\n"
        "  onewindow survey results NPS --from 2026-01-01 --by tier\n"
        "  onewindow survey results NPS --names --format csv",
        params=[
            _survey_argument(required=False),
            click.Option(["--from", "since"], metavar="DATE", help="The first day of answers."),
            click.Option(["--to", "till"], metavar="DATE", help="The last day of answers."),
            click.Option(
                ["--by"], type=click.Choice(_GROUPS), default="all", show_default=True, help="Parts too."
            ),
            click.Option(
                ["--names"], is_flag=True, help="A row for each person of NPS, each answer in words."
            ),
            _format_option(),
        ],
    )


def _show_results(
    survey: str | None,
    since: str | None,
    till: str | None,
    by: str,
    output_format: TableFormat,
    *,
    names: bool,
) -> None:
    from onewindow.cli.shell.printing import print_table, print_text
    from onewindow.desk.surveys import as_text, overview, results

    session = current_invocation().session()
    first, last = _days(session, since, till)
    if survey is None:
        if names or by != "all":
            raise click.UsageError("name a survey for --by and --names", click.get_current_context())
        shown = overview.overview(session, first, last)
        if output_format == "table":
            print_text("\n".join(overview.overview_lines(shown)))
        else:
            print_table(overview.overview_rows(shown), overview.OVERVIEW_COLUMNS, output_format)
        return
    result = results.results(session, survey_named(session, survey), first, last, by)
    if names:
        hidden = "client_id" if output_format == "table" else ""
        columns = [name for name in as_text.PEOPLE_COLUMNS if name != hidden]
        print_table(as_text.people_rows(result), columns, output_format, wrapped=("said",))
    elif output_format == "table":
        print_text("\n".join(as_text.result_lines(session, result, by)))
    else:
        print_table(as_text.machine_rows(result, by), as_text.COLUMNS, output_format)


def _days(session: Session, since: str | None, till: str | None) -> tuple[date | None, date | None]:
    first = typed_day(session, since, "--from", "behind") if since else None
    last = typed_day(session, till, "--to", "behind") if till else None
    if first and last and first > last:
        raise click.UsageError("--from is a later day than --to", click.get_current_context())
    return first, last


# asking, inviting, taking


def _loaded(name: str) -> Builder:
    """A verb of `asking`, which is loaded when it is named."""

    def build(_: Kind) -> click.Command:
        from onewindow.cli.surveys.asking import COMMANDS

        return COMMANDS[name]

    return build


group = RecordGroup(
    _KIND,
    {
        "preview": _preview,
        "results": _results,
        **{name: _loaded(name) for name in ("ask", "invite", "invitations", "form", "take")},
    },
)
