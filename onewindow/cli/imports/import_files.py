"""`onewindow import KIND FILE`: brings the records of one kind in and says what became of every row.

Readers of files and the import are loaded when a file is read: help and Tab name the verbs of every kind.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import FORMATS, for_eyes, print_pairs, print_table, tell
from onewindow.cli.shell.problems import CommandProblem
from onewindow.cli.shell.progress import Phases
from onewindow.desk.session.naming import resolve_client
from onewindow.records.kinds import KINDS, Kind
from onewindow.records.named_tuples import NamedTuple
from onewindow.store.file.paths import write_private
from onewindow.text.clean import clean

if TYPE_CHECKING:
    from onewindow.desk.imports.options import ImportOptions
    from onewindow.desk.imports.reporting.run_report import ImportReport
    from onewindow.desk.session.context import Session
    from onewindow.exchange.columns.dates import DateOrder
    from onewindow.exchange.export.writer import TableFormat

_ROW_COLUMNS = ("row", "verdict", "id", "name", "reason", "differences")
_SHOWN_EVERY_SECONDS = 2.0
_REJECTED_GROUPED = 3


def file_command(name: str) -> click.Command:
    """The command that imports files of a kind of record."""
    kind = KINDS[name]
    plural = kind.plural.casefold().replace(" ", "-")

    def run(
        invocation: Invocation, files: tuple[str, ...], output_format: TableFormat | None, **given: object
    ) -> None:
        _import(invocation, kind, _source_of(files), output_format, given)

    text = f"""Bring in {kind.plural} from a file, from stdin with -, or from mails or a folder of them.

    Rows that are known (by the id of the other program, else by what tells {kind.plural} apart) are updated
    or skipped, so the same file can come again. Rejected rows go to a file of their own. Nothing is asked."""
    examples = (
        f"  onewindow import {plural} a.csv --dry-run\n"
        f'  onewindow import {plural} b.xlsx --map "Код=external_id" --save-profile crm\n'
        f"  onewindow import {plural} c.csv --profile crm"
    )
    command = click.command(plural, help=text, epilog=f"\b\nExamples:\n{examples}")(pass_invocation(run))
    command.params[:0] = _options(kind)
    return command


def _options(kind: Kind) -> list[click.Parameter]:
    params: list[click.Parameter] = [
        click.Argument(["files"], metavar="FILE", nargs=-1, required=True),
        click.Option(
            ["--map", "pairs"],
            multiple=True,
            metavar="HEADER=FIELD",
            help="Which field a column fills; an empty field leaves the column out. May be repeated: a "
            "column may fill several fields, and several columns one text.",
        ),
        click.Option(
            ["--dates"],
            type=click.Choice(["dmy", "mdy", "ymd"]),
            help="Whether day, month or year comes first, where a column does not tell.",
        ),
        click.Option(["--profile"], metavar="NAME", help="Read the file as a saved profile says."),
        click.Option(
            ["--save-profile"],
            metavar="NAME",
            help="Keep how this file was read (--map, --set, --value, --dates, --source …) under a name.",
        ),
        click.Option(
            ["--set", "constants"],
            multiple=True,
            metavar="FIELD=VALUE",
            help="What a field has in every row. May be repeated.",
        ),
        click.Option(
            ["--value", "words"],
            multiple=True,
            metavar="COLUMN:WORD=value",
            help="What a word of a column means; * is any other word, none an empty cell. May be repeated.",
        ),
        click.Option(
            ["--source"],
            metavar="NAME",
            help="The program that the file is from: its ids are those of this program. Else the profile.",
        ),
        click.Option(["--encoding"], metavar="NAME", help="The encoding, where the file is read as another."),
        click.Option(["--sheet"], metavar="NAME", help="The sheet of a workbook, by its name or place."),
        click.Option(
            ["--header-row"], type=click.IntRange(min=1), metavar="N", help="The row with the column names."
        ),
        click.Option(["--delimiter"], metavar="SIGN", help="What stands between cells; tab for a tab."),
        click.Option(
            ["--report", "report_file"],
            metavar="FILE",
            help="Write all that was overwritten, flagged and rejected, row by row, to a file; - prints it.",
        ),
        click.Option(
            ["--rejected"],
            metavar="FILE",
            help="Where rejected rows go; else NAME.rejected.csv beside the file, if that folder is yours.",
        ),
        click.Option(["--force"], is_flag=True, help="Replace the files of --report and --rejected."),
        click.Option(
            ["--dry-run"], is_flag=True, help="Say what would happen to every row and change nothing."
        ),
        click.Option(
            ["--format", "output_format"],
            type=click.Choice(FORMATS),
            help="Print the verdict of every row; without it a summary and the rejected rows.",
        ),
    ]
    if kind.of_client:
        params += [
            click.Option(["--client"], metavar="CLIENT", help="Whose they are where a row does not say."),
            click.Option(
                ["--create-clients"],
                is_flag=True,
                help="Make clients whom only this file names, with a flag.",
            ),
        ]
    return params


class _Source(NamedTuple):
    """What is imported: a file, or many mails at once."""

    file: str
    name: str = ""
    """What it is called where that is not the name of the file."""
    mails: bytes = b""


def _source_of(files: tuple[str, ...]) -> _Source:
    """What the words of a command line name: a file, or mails and folders of mails; raises UsageError."""
    if len(files) == 1 and (files[0] == "-" or not Path(files[0]).expanduser().is_dir()):
        return _Source(files[0], "stdin" if files[0] == "-" else "")
    from onewindow.exchange.tables.mail_file import is_named_as_mail, joined
    from onewindow.exchange.tables.opening import read_source

    paths: list[Path] = []
    for path in (Path(file).expanduser() for file in files):
        if not path.is_dir():
            paths.append(path)
            continue
        inside = sorted(entry for entry in path.iterdir() if not entry.name.startswith("."))
        mails = list(filter(is_named_as_mail, inside))
        paths += mails
        if mails and (others := [entry.name for entry in inside if entry not in mails]):
            more = f" and {len(others) - 1} more" if len(others) > 1 else ""
            tell(
                f"Of {path.name} only mails come in, without {others[0]}{more}: import tables by themselves."
            )
    other = next((path for path in paths if not is_named_as_mail(path)), None)
    if other is not None:
        what = f"only mails (.eml, .mbox) come in several at a time; import {other.name} by itself"
        raise click.UsageError(what, click.get_current_context())
    if not paths:
        what = f"there are no mails (.eml, .mbox) in {files[0]}; give the path of a file"
        raise click.UsageError(what, click.get_current_context())
    box = joined(read_source(path, path.name) for path in paths)
    return _Source(files[0], paths[0].name if len(paths) == 1 else f"{len(paths)} files of mails", box)


def _import(
    invocation: Invocation,
    kind: Kind,
    given_source: _Source,
    output_format: TableFormat | None,
    given: dict[str, object],
) -> None:
    from onewindow.desk.imports.explanation import proposal_lines
    from onewindow.desk.imports.profiles import save_profile
    from onewindow.desk.imports.running import import_file
    from onewindow.exchange.headers.matching import MapProblem

    file = given_source.file
    _validate_output_paths(file, given)
    session = invocation.session(create=True)
    session.store.on_progress = Phases()  # what follows the last row of a large file takes its time too
    dry_run = bool(given["dry_run"])
    source = given_source.mails or (sys.stdin.buffer if file == "-" else file)
    try:
        options = _chosen(session, kind, given)
        report = import_file(
            session,
            kind.name,
            source,
            given_source.name,
            options,
            dry_run=dry_run,
            progress=_Progress(),
        )
    except MapProblem as error:
        message = _of_profile(str(error), given)
        raise click.UsageError(message, click.get_current_context()) from error
    if given["save_profile"] and not dry_run:
        save_profile(session, str(given["save_profile"]), kind.name, options)
    _tell_reading(report)
    if output_format or dry_run:
        shown = output_format or "table"
        print_table(
            _rows(report, as_text=shown == "table"), _ROW_COLUMNS, shown, wrapped=("differences", "reason")
        )
    if output_format in (None, "table"):
        _print_summary(report, dry_run=dry_run)
    for line in proposal_lines(report):
        tell(line)
    if given["report_file"]:
        _write_report(report, str(given["report_file"]), force=bool(given["force"]))
    if report.rejected and (given["rejected"] or not dry_run):
        _keep_rejected(report, file, cast("str | None", given["rejected"]), force=bool(given["force"]))
    if report.is_refused:
        done = "rejected or left out" if report.passed_over else "rejected"
        raise CommandProblem(f"Nothing came in: every row of {report.file_name} was {done}.")


def _of_profile(message: str, given: dict[str, object]) -> str:
    """The same, but what nobody typed is said of the profile that says it."""
    option, _, rest = message.partition(" ")
    typed = (*cast("tuple[str, ...]", given["pairs"]), *cast("tuple[str, ...]", given["words"]))
    is_typed = any(rest.startswith(f"{pair}:") for pair in typed)
    if not given["profile"] or option not in ("--map", "--value") or is_typed:
        return message
    return f"profile {given['profile']}: {rest}"


def _validate_output_paths(file: str, given: dict[str, object]) -> None:
    """Refuse to write over anything before a row is read; raises FileProblem."""
    from onewindow.exchange.export.files import validate_free_path

    for option in ("report_file", "rejected"):
        if given[option] and (option, given[option]) != ("report_file", "-"):
            source = None if file == "-" else Path(file)
            validate_free_path(Path(str(given[option])), force=bool(given["force"]), reading=source)


def _chosen(session: Session, kind: Kind, given: dict[str, object]) -> ImportOptions:
    """The options of the profile, with what was typed over them."""
    from onewindow.desk.imports.options import ImportOptions
    from onewindow.desk.imports.profiles import profile
    from onewindow.desk.imports.reading.shaping import Shape, parse_pairs
    from onewindow.exchange.headers.matching import parse_map
    from onewindow.exchange.rows import ReadAs

    name = given["profile"]
    options = profile(session, str(name), kind.name) if name else ImportOptions()
    typed = parse_map(cast("tuple[str, ...]", given["pairs"]))
    client = given.get("client")
    constants = parse_pairs("--set", cast("tuple[str, ...]", given["constants"]))
    words = parse_pairs("--value", cast("tuple[str, ...]", given["words"]))
    read_as, delimiter = options.read_as, _delimiter(given)
    return replace(
        options,
        shape=Shape({**options.shape.constants, **constants}, {**options.shape.words, **words}),
        source=str(given["source"] or options.source or name or given["save_profile"] or ""),
        read_as=ReadAs(
            encoding=str(given["encoding"] or read_as.encoding),
            sheet=str(given["sheet"] or read_as.sheet),
            header_row=int(cast("int | None", given["header_row"]) or read_as.header_row),
            delimiter=delimiter or read_as.delimiter,
        ),
        mapped={**options.mapped, **typed},
        dates=cast("DateOrder | None", given["dates"]) or options.dates,
        create_clients=bool(given.get("create_clients")) or options.create_clients,
        client=resolve_client(session, str(client)) if client else None,
    )


def _delimiter(given: dict[str, object]) -> str:
    """The sign that was given, '' for none; raises UsageError for what parts no cells."""
    text = given["delimiter"]
    if text is None:
        return ""
    sign = "\t" if str(text).casefold() in ("tab", "\\t") else str(text)
    if len(sign) != 1 or sign in '"\r\n':
        what = f"--delimiter takes one sign that stands between cells, or tab, and not “{text}”"
        raise click.UsageError(what, click.get_current_context())
    return sign


class _Progress:
    """Says on the terminal how far a long import is and how fast; a short one needs no words."""

    def __init__(self) -> None:
        self._shown_at = 0.0

    def __call__(self, done: int, seconds: float) -> None:
        if sys.stderr.isatty() and seconds - self._shown_at >= _SHOWN_EVERY_SECONDS:
            self._shown_at = seconds
            tell(f"{done} rows, {done / seconds:.0f} rows/s")


def _keep_rejected(report: ImportReport, file: str, chosen: str | None, *, force: bool) -> None:
    from onewindow.desk.imports.reporting.rejected import keep_rejected, write_rejected

    try:
        if chosen:
            path = Path(chosen)
            write_rejected(report, path, force=force)
        else:
            path = keep_rejected(report, file)
    except OSError as error:
        where = f" to {chosen}" if chosen else ""
        raise CommandProblem(
            f"The rejected rows could not be written{where} ({error.strerror}); choose with --rejected."
        ) from error
    tell(f"Rejected rows are in {path}: mend them there and import that file.")


def _print_summary(report: ImportReport, *, dry_run: bool) -> None:
    counts = {word: report.count(word) for word in ("create", "update", "error")}
    rate = report.total / report.seconds if report.seconds else 0
    words = ("would be created", "would be updated") if dry_run else ("created", "updated")
    print_pairs(
        [
            ("file", clean(report.file_name)),
            *([("run", str(report.run_id))] if report.run_id else []),
            (words[0], str(counts["create"])),
            (words[1], str(counts["update"])),
            ("unchanged", str(report.unchanged)),
            ("rejected", str(counts["error"])),
            ("flagged", str(len(report.flagged))),
            *([("left out", str(len(report.passed_over)))] if report.passed_over else []),
            ("time", f"{report.seconds:.1f} s, {rate:.0f} rows/s"),
        ]
    )
    from onewindow.desk.imports.explanation import short_lines

    is_grouped = report.count("error") > _REJECTED_GROUPED
    for line in short_lines(report, with_rejected=is_grouped):
        tell(line)
    for row in report.rows if not is_grouped else ():
        if row.verdict == "error":
            tell(f"{report.file_name}, row {row.row}: {row.name or 'it'} was rejected: {row.reason}.")
    if is_grouped:
        tell("--report FILE lists every row.")


def _tell_reading(report: ImportReport) -> None:
    from onewindow.desk.imports.explanation import column_lines

    for line in (*column_lines(report), *report.notes):
        tell(line)


def _write_report(report: ImportReport, chosen: str, *, force: bool) -> None:
    from onewindow.desk.imports.explanation import full_lines

    if chosen == "-":
        stream = for_eyes() if sys.stdout.isatty() else sys.stdout
        stream.writelines(f"{line}\n" for line in full_lines(report))
        return
    path = Path(chosen)
    try:
        with tempfile.TemporaryFile() as content:
            content.writelines(f"{line}\n".encode("utf-8", "replace") for line in full_lines(report))
            write_private(path, content, is_new=not force and not path.is_char_device())
    except OSError as error:
        raise CommandProblem(f"The report could not be written to {chosen} ({error.strerror}).") from error
    tell(f"Every row that was overwritten, flagged or rejected is in {chosen}.")


def _rows(report: ImportReport, *, as_text: bool) -> Iterator[dict[str, object]]:
    from onewindow.desk.imports.reporting.differences import shown_change, shown_field

    for row in report.rows:
        changed = {name: list(pair) for name, pair in row.differences.items()}
        shown = "; ".join(
            f"{shown_field(name)}: {shown_change(name, pair, report.names)}"
            for name, pair in row.differences.items()
        )
        yield {
            "row": row.row,
            "verdict": row.verdict,
            # After a dry run nothing has the id that a new record got in it.
            "id": row.record_id if report.run_id or row.verdict != "create" else None,
            "name": row.name,
            "reason": row.reason,
            "differences": shown if as_text else changed,
        }
