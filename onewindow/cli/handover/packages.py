"""`onewindow handover import|show|waiting`: packages that come in, one handover whole, what waits.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.editing.record_rows import machine_columns, machine_row
from onewindow.cli.handover.naming import handover_argument, named_handover
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import (
    FORMATS,
    format_option,
    print_object,
    print_pairs,
    print_raw,
    print_table,
    print_text,
    show_format_option,
    tell,
    terminal_width,
)
from onewindow.cli.shell.problems import CommandProblem
from onewindow.cli.shell.zone_head import print_zone
from onewindow.desk.session.naming import resolve_client
from onewindow.text.plural import counted

if TYPE_CHECKING:
    from onewindow.desk.handover.packages_in import HandoverReport, PackageVerdict
    from onewindow.exchange.export.writer import TableFormat

_COLUMNS = ("row", "verdict", "client", "deal", "kind", "record", "field", "before", "after", "standing")
_WAITING = ("id", "client", "deal", "sent_at", "due_at", "state", "complete", "blockers", "receiver")


@click.command(
    name="import",
    epilog="""\b
Examples:
  onewindow handover import package.xlsx --dry-run
  onewindow handover import deals.json
  onewindow handover import romashka.csv --client romashka""",
)
@click.argument("file", metavar="FILE")
@click.option("--client", metavar="CLIENT", help="Whose package it is where it names no client.")
@click.option("--dry-run", is_flag=True, help="Print what it would change and change nothing.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(FORMATS),
    help="Print every field that the package changes; without it a summary.",
)
@pass_invocation
def import_command(
    invocation: Invocation, file: str, client: str | None, dry_run: bool, output_format: TableFormat | None
) -> None:
    """Take in packages from sales, from CSV, XLSX, JSON or JSON lines, or from stdin with -.

    Clients that are not on file are made in the stage handover; what a package says of a known client waits
    as proposals until the handover is accepted. The same file may come again.
    """
    from onewindow.desk.handover.packages_in import import_handovers
    from onewindow.desk.handover.reading import PackageProblems

    session = invocation.session(create=True)
    whose = resolve_client(session, client) if client else None
    source = sys.stdin.buffer if file == "-" else file
    name = "stdin" if file == "-" else ""
    try:
        report = import_handovers(session, source, name, whose, dry_run=dry_run)
    except PackageProblems as refused:
        for sentence in refused.sentences[:-1]:
            tell(sentence)
        raise CommandProblem(refused.sentences[-1]) from refused
    for left_out in dict.fromkeys(word for package in report.packages for word in package.left_out):
        tell(f"Left out, because no field is called so: {left_out}.")
    if output_format or dry_run:
        rows = [row for package in report.packages for row in _rows(package)]
        print_table(rows, _COLUMNS, output_format or "table", wrapped=("before", "after"))
    if output_format is None:
        _print_summary(report, dry_run=dry_run)


def _rows(package: PackageVerdict) -> list[dict[str, object]]:
    first: dict[str, object] = {"row": package.row, "verdict": package.verdict}
    first |= {"client": package.client, "deal": package.deal}
    rows: list[dict[str, object]] = [
        {
            **first,
            "kind": change.kind,
            "record": change.title,
            "field": change.field,
            "before": change.now,
            "after": change.after,
            "standing": change.standing,
        }
        for change in package.changes
    ]
    rows += [
        {
            **first,
            "kind": "promise",
            "record": "special term",
            "field": "text",
            "after": text,
            "standing": "new",
        }
        for text in package.terms
    ]
    return rows or [first]


def _print_summary(report: HandoverReport, *, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    for package in report.packages:
        new = ", new client" if package.is_new_client else ""
        verdict = {"create": "new", "update": "changed", "skip": "on file already"}[package.verdict]
        line = f"{package.client}: {package.deal} ({verdict}{new}"
        fields, terms = counted(len(package.changes), "field"), counted(len(package.terms), "special term")
        print_text(f"{line}, {fields}, {terms})")
    print_pairs(
        [
            ("file", report.file_name),
            *(
                [("run", str(report.run_id))]
                if report.run_id and report.count("skip") < len(report.packages)
                else []
            ),
            (f"{would}created", str(report.count("create"))),
            (f"{would}changed", str(report.count("update"))),
            ("unchanged", str(report.count("skip"))),
        ]
    )


@click.command(
    epilog="""\b
Examples:
  onewindow handover show romashka
  onewindow handover show romashka --format md > romashka.md"""
)
@handover_argument
@show_format_option(
    "md is to be sent on, json is all of it too; table, jsonl, csv and tsv are its own fields."
)
@pass_invocation
def show(invocation: Invocation, handover: str, output_format: str) -> None:
    """Show one handover whole: checklist, questions, special terms, what changes on the card.

    HANDOVER is an id, the id of a deal, or a client, whose newest handover is meant.
    """
    from onewindow.cli.editing.record_reading import print_fields
    from onewindow.desk.handover.as_text import handover_json, handover_markdown, handover_text
    from onewindow.desk.handover.summary import read_handover

    session = invocation.session()
    record = named_handover(session, handover)
    if output_format == "table":
        print_fields(session, record)
    elif output_format in ("jsonl", "csv", "tsv"):
        print_table([machine_row(record)], machine_columns(type(record)), cast("TableFormat", output_format))
    else:
        snapshot = read_handover(session, record.id)
        if output_format == "json":
            print_object(handover_json(session, snapshot))
        elif output_format == "md":
            print_raw(handover_markdown(session, snapshot).rstrip("\n"))
        else:
            print_text(handover_text(session, snapshot, terminal_width()).rstrip("\n"))


@click.command(
    epilog="""\b
Examples:
  onewindow handover export romashka > romashka.json
  onewindow handover export romashka --format md"""
)
@click.argument("client", metavar="CLIENT", shell_complete=complete_record("client"))
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["json", "md"]),
    default="json",
    show_default=True,
    help="json is what `handover import` reads, md is for people, with what is new since the last package.",
)
@pass_invocation
def export(invocation: Invocation, client: str, output_format: str) -> None:
    """Print the package of a client's card as it is now."""
    from onewindow.desk.handover.as_text import content_markdown
    from onewindow.desk.handover.content import content_of
    from onewindow.desk.handover.sending import news_of

    session = invocation.session()
    client_record = resolve_client(session, client)
    content = content_of(session, client_record, {"deal": client_record.name})
    if output_format == "json":
        print_object(content)
    else:
        print_raw(content_markdown(client_record.name, content, news_of(session, client_record)).rstrip("\n"))


@click.command(epilog="\b\nExample:\n  onewindow handover waiting --mine")
@click.option("--mine", is_flag=True, help="Only those that you receive.")
@format_option
@pass_invocation
def waiting(invocation: Invocation, mine: bool, output_format: TableFormat) -> None:
    """List the handovers that wait for a decision, those that press first."""
    from onewindow.desk.handover.listing import waiting_rows

    session = invocation.session()
    rows = waiting_rows(session, mine=mine, for_people=output_format == "table")
    if rows and output_format == "table":
        print_zone(session)
    print_table(rows, _WAITING, output_format)
