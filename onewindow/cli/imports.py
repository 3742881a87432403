"""`onewindow import …`: clients and contacts from files, the runs, and taking a run back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.invocation import Invocation, pass_invocation
from onewindow.cli.printing import FORMATS, format_option, print_object, print_pairs, print_table, tell
from onewindow.exchange.writer import TableFormat

if TYPE_CHECKING:
    from onewindow.desk.import_report import ImportReport
    from onewindow.desk.importing import ImportKind

_ROW_COLUMNS = ("row", "verdict", "id", "name", "reason", "differences")
_RUN_COLUMNS = (
    *("id", "created_at", "file_name", "record_kind", "created", "updated", "skipped", "rejected"),
    "reverted_at",
)
_TOLD_EVERY_SECONDS = 2.0
_REJECTED_SHOWN = 20


@click.group(name="import", no_args_is_help=True)
def group() -> None:
    """Bring in clients and contacts from CSV, TSV, XLSX, JSON or vCard, and take an import back."""


def _file_command(kind: ImportKind, name: str, example: str) -> click.Command:
    def run(
        invocation: Invocation,
        file: str,
        pairs: tuple[str, ...],
        output_format: TableFormat | None,
        *,
        dry_run: bool,
        client: str | None = None,
    ) -> None:
        _import(invocation, kind, file, pairs, output_format, dry_run=dry_run, client=client)

    text = f"""Bring in {name} from a file, or from stdin with -.

    Rows that are known (by external id, then tax id, then name) are updated or skipped, so the same file can
    come again. Values that look wrong are kept as typed and flagged. Nothing is asked."""
    command = click.command(name, help=text, epilog=f"\b\nExamples:\n{example}")(pass_invocation(run))
    options = [
        click.Argument(["file"], metavar="FILE"),
        click.Option(
            ["--map", "pairs"],
            multiple=True,
            metavar="HEADER=FIELD",
            help="Which field a column fills; an empty field leaves the column out. May be repeated.",
        ),
        click.Option(
            ["--dry-run"], is_flag=True, help="Say what would happen to every row and change nothing."
        ),
        click.Option(
            ["--format", "output_format"],
            type=click.Choice(FORMATS),
            help="Print the verdict of every row; without it a summary and the rejected rows.",
        ),
    ]
    if kind == "contact":
        options.append(
            click.Option(["--client"], metavar="CLIENT", help="Whose they are where a row does not say.")
        )
    command.params[:0] = options
    return command


group.add_command(
    _file_command(
        "client",
        "clients",
        '  onewindow import clients a.csv --dry-run\n  onewindow import clients b.xlsx --map "Куратор=owner"',
    )
)
group.add_command(
    _file_command(
        "contact",
        "contacts",
        "  onewindow import contacts people.vcf --client ROMASHKA\n  cat p.csv | onewindow import contacts -",
    )
)


@group.command(epilog="\b\nExample:\n  onewindow import runs --format json")
@format_option
@pass_invocation
def runs(invocation: Invocation, output_format: TableFormat) -> None:
    """List the imports into this file, the newest first."""
    from onewindow.desk import import_undo

    rows = (
        {column: getattr(run, column) for column in _RUN_COLUMNS}
        for run in import_undo.runs(invocation.session())
    )
    print_table(rows, _RUN_COLUMNS, output_format)


@group.command(
    epilog="\b\nExamples:\n  onewindow import undo last\n  onewindow import undo 62635890475374155"
)
@click.argument("run", metavar="RUN")
@click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@pass_invocation
def undo(invocation: Invocation, run: str, output_format: str) -> None:
    """Take a whole import back, updates too; fields that people changed since stay and are listed."""
    from dataclasses import asdict

    from onewindow.desk import import_undo

    session = invocation.session()
    report = import_undo.undo_import(session, import_undo.named_run(session, run))
    if output_format == "json":
        print_object(asdict(report))
        return
    print_pairs(
        [
            ("file", report.file_name),
            ("archived", str(report.archived)),
            ("set back", str(report.reverted)),
            ("kept, changed since", str(len(report.kept))),
        ]
    )
    if report.kept:
        rows = [{**asdict(each), "fields": ", ".join(each.fields)} for each in report.kept]
        print_table(rows, ("kind", "id", "title", "fields"), "table")


def _import(
    invocation: Invocation,
    kind: ImportKind,
    file: str,
    pairs: tuple[str, ...],
    output_format: TableFormat | None,
    *,
    dry_run: bool,
    client: str | None,
) -> None:
    from onewindow.desk.importing import import_file
    from onewindow.desk.naming import resolve_client
    from onewindow.exchange.headers import MapProblem, parse_map

    session = invocation.session(create=True)
    whose = resolve_client(session, client) if client else None
    source = sys.stdin.buffer if file == "-" else file
    try:
        report = import_file(
            session,
            kind,
            source,
            "stdin" if file == "-" else "",
            mapped=parse_map(pairs),
            client=whose,
            dry_run=dry_run,
            progress=_Progress(),
        )
    except MapProblem as error:
        raise click.UsageError(str(error), click.get_current_context()) from error
    if output_format is None:
        _print_summary(report, dry_run=dry_run)
    else:
        _tell_left_out(report)
        print_table(_rows(report, as_text=output_format == "table"), _ROW_COLUMNS, output_format)


class _Progress:
    """Says on stderr how far a long import is and how fast; a short one needs no words."""

    def __init__(self) -> None:
        self._told_at = 0.0

    def __call__(self, done: int, seconds: float) -> None:
        if seconds - self._told_at >= _TOLD_EVERY_SECONDS:
            self._told_at = seconds
            tell(f"{done} rows, {done / seconds:.0f} rows/s")


def _print_summary(report: ImportReport, *, dry_run: bool) -> None:
    counts = {word: report.count(word) for word in ("create", "update", "skip", "error")}
    rate = len(report.rows) / report.seconds if report.seconds else 0
    words = ("would be created", "would be updated") if dry_run else ("created", "updated")
    print_pairs(
        [
            ("file", report.file_name),
            *([("run", str(report.run_id))] if report.run_id else []),
            (words[0], str(counts["create"])),
            (words[1], str(counts["update"])),
            ("unchanged", str(counts["skip"])),
            ("rejected", str(counts["error"])),
            ("flagged", str(sum(bool(row.reason) for row in report.rows) - counts["error"])),
            ("time", f"{report.seconds:.1f} s, {rate:.0f} rows/s"),
        ]
    )
    _tell_left_out(report)
    rejected = [row for row in report.rows if row.verdict == "error"]
    for row in rejected[:_REJECTED_SHOWN]:
        tell(f"{report.file_name}, row {row.row}: {row.name or 'it'} was rejected: {row.reason}.")
    if len(rejected) > _REJECTED_SHOWN:
        tell(f"{len(rejected) - _REJECTED_SHOWN} more were rejected; --format csv lists every row.")


def _tell_left_out(report: ImportReport) -> None:
    if report.left_out:
        tell(f"Columns left out: {', '.join(report.left_out)}; --map HEADER=FIELD takes one in.")


def _rows(report: ImportReport, *, as_text: bool):
    for row in report.rows:
        changed = {name: list(pair) for name, pair in row.differences.items()}
        shown = "; ".join(f"{name}: {pair[0] or ''} → {pair[1]}" for name, pair in row.differences.items())
        yield {
            "row": row.row,
            "verdict": row.verdict,
            "id": row.record_id,
            "name": row.name,
            "reason": row.reason,
            "differences": shown if as_text else cast("object", changed),
        }
