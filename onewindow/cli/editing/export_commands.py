"""The commands of `onewindow export`: one kind with the filters of its list, and everything.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.editing.record_fields import given_options
from onewindow.cli.editing.record_reading import (
    asked_for,
    chosen_columns,
    current_invocation,
    filter_options,
    records_of,
)
from onewindow.cli.editing.record_rows import STAT_COLUMNS, stat_values
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.printing import for_eyes, print_table, tell
from onewindow.cli.shell.problems import CommandProblem
from onewindow.desk.editing.export import export_columns, export_rows, kinds_in_order
from onewindow.exchange.export.files import (
    AS_STORED,
    EXPORT_FORMATS,
    ExportFormat,
    Written,
    ending_of,
    format_of,
    whole_file,
    write_export,
)
from onewindow.records.fields import attributes
from onewindow.records.kinds import COPIED_KINDS, IMPORTED_KINDS, KINDS, Kind
from onewindow.store.listing import CURRENT, count_left_out

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.records.clients import Client
    from onewindow.store.clients.client_stats import ClientStat

_OF_CONTACTS: frozenset[ExportFormat] = frozenset({"vcard", "vcard3"})
_FOR_A_COPY: tuple[ExportFormat, ...] = ("csv", "tsv", "xlsx", "json", "jsonl")
_IN_NO_COPY = [
    "the history of changes, and with it undo",
    "drafts, saved ways to read files, and settings of a person",
]
_PAST = {
    "client": "lost or archived",
    "contact": "gone or archived",
    "product": "sold no more or archived",
}
"""What keeps records of a kind out of its list."""
_CLIENT_FLAGS = {
    "mine": "Those whose owner you are.",
    "risk": "Those with red health.",
    "alarm": "Those with an alarm.",
    "silent": "Those with fewer signs of life than their own past predicts.",
    "onboarding": "Those in onboarding.",
}


def export_command(kind_name: str) -> click.Command:
    """`export KIND`, with the filters of the kind's list."""
    kind = KINDS[kind_name]
    noun = kind.name.replace("_", "-")

    def export(
        output: str | None,
        output_format: ExportFormat | None,
        columns: str | None,
        limit: int | None,
        *,
        is_all: bool,
        private: bool,
        excel: bool,
        force: bool,
        **typed: object,
    ) -> None:
        path = Path(output) if output and output != "-" else None
        fmt = asked_format(kind, path, output_format, excel=excel, columns=columns)
        session = current_invocation().session()
        names = _columns(kind, columns, private=private)
        with session.store.read():
            rows = _rows(session, kind, given_options(typed), fmt, limit, is_all=is_all)
            kept_back = {} if columns else dict.fromkeys(_private_labels(kind, names), 0)
            # Counted as rows pass: a second read of all of them would take as long again.
            rows = _counting(rows, kept_back)
            write_rows(rows, names, fmt, path, (kind.display_name, kind.plural), excel=excel, force=force)
            if path is not None and not is_all and limit is None:
                _tell_passed_over(session, kind, given_options(typed))
        _tell_kept_back(kind, kept_back)

    return click.Command(
        noun,
        callback=export,
        short_help=f"Write {kind.plural} into a file.",
        help=f"Write the open or current {kind.plural} into a file, or to the output; --all adds "
        "closed and archived ones.\n\nMoney is in minor units in JSON and a decimal elsewhere; times are "
        "UTC. Behind an id stands what it means: a client's slug, a colleague's login, a name.",
        epilog=f"\b\nExamples:\n  onewindow export {noun} -o {noun}.xlsx\n"
        f"  onewindow export {noun} --all --format jsonl",
        params=[*_flags(kind), *filter_options(kind), *_options(kind)],
    )


def _private_labels(kind: Kind, names: list[str]) -> list[str]:
    """The private fields of a kind that are not among the columns."""
    return [
        attribute.name
        for attribute in attributes(kind.record)
        if attribute.private and attribute.name not in names
    ]


def _counting(rows: Iterable[Mapping[str, object]], filled: dict[str, int]) -> Iterator[Mapping[str, object]]:
    """The rows; how many fill each of these fields is counted as they pass."""
    for row in rows:
        for name in filled:
            filled[name] += row.get(name) not in (None, "", 0)
        yield row


def _tell_kept_back(kind: Kind, filled: Mapping[str, int]) -> None:
    """Say what private fields were left out of a file, and of how many records."""
    labels = {attribute.name: attribute.label for attribute in attributes(kind.record)}
    counts = [f"{labels[name]} of {count}" for name, count in filled.items() if count]
    if counts:
        tell(f"Left out as private: {', '.join(counts)}; --private takes it in.")


def _tell_passed_over(session: Session, kind: Kind, given: Mapping[str, object]) -> None:
    """Say how many closed and archived records a file lacks, so that nobody takes it for a whole copy."""
    fields = {name: value for name, value in given.items() if name not in _CLIENT_FLAGS}
    wanted = asked_for(session, kind, fields)
    if wanted.fits is not None or any(given.get(name) for name in _CLIENT_FLAGS):
        return
    count = count_left_out(session.store, kind.record, wanted.equal, any_state=wanted.any_state)
    if count:
        state = _PAST.get(kind.name, "closed or archived" if kind.name in CURRENT else "archived")
        one, several = kind.display_name, kind.plural
        named, them = (one, "it") if count == 1 else (several, "them")
        tell(f"Left out: {count} {named} {state}; --all adds {them}.")


def _flags(kind: Kind) -> list[click.Parameter]:
    if kind.name != "client":
        return []
    return [click.Option([f"--{name}"], is_flag=True, help=text) for name, text in _CLIENT_FLAGS.items()]


def _options(kind: Kind) -> list[click.Parameter]:
    formats = [fmt for fmt in EXPORT_FORMATS if kind.name == "contact" or fmt not in _OF_CONTACTS]
    return [
        click.Option(["--all", "is_all"], is_flag=True, help="Closed and archived ones too."),
        click.Option(["--limit"], type=Count(min=0), metavar="N", help="The first N only."),
        click.Option(["--columns"], metavar="NAMES", help="Column names with commas between."),
        click.Option(
            ["--format", "output_format"],
            type=click.Choice(formats),
            help="Else what the ending of the file tells, else csv.",
        ),
        click.Option(["--excel"], is_flag=True, help="CSV as Excel opens it in Europe: mark, `;`, 1,50."),
        click.Option(["--private"], is_flag=True, help="Birthdays and notes on persons too."),
        click.Option(["-o", "--output"], metavar="FILE", help="The file to write; else the output."),
        click.Option(["--force"], is_flag=True, help="Replace the file if there is one."),
    ]


def asked_format(
    kind: Kind, path: Path | None, asked: ExportFormat | None, *, excel: bool, columns: str | None
) -> ExportFormat:
    """The format that a command line asks for; raises UsageError for what does not go together."""
    fmt: ExportFormat = asked or (format_of(path) if path else None) or "csv"
    context = click.get_current_context()
    if fmt in _OF_CONTACTS and kind.name != "contact":
        raise click.UsageError("only contacts can be written as vCards", context)
    if fmt in _OF_CONTACTS and columns:
        raise click.UsageError("a vCard has no columns; leave --columns out", context)
    if excel and fmt != "csv":
        raise click.UsageError(f"--excel is about CSV, and this is {fmt}", context)
    if fmt == "xlsx" and path is None and sys.stdout.isatty():
        raise click.UsageError("a workbook cannot be shown; name a file with -o", context)
    return fmt


def _columns(kind: Kind, columns: str | None, *, private: bool) -> list[str]:
    known = export_columns(kind.record, private=private)
    if not columns:
        return known
    return chosen_columns(columns, [*known, *STAT_COLUMNS] if kind.name == "client" else known)


def _rows(
    session: Session,
    kind: Kind,
    given: Mapping[str, object],
    fmt: ExportFormat,
    limit: int | None,
    *,
    is_all: bool,
) -> Iterator[Mapping[str, object]]:
    as_stored = fmt in AS_STORED
    if kind.name != "client":
        records = records_of(session, kind, given, is_all, limit)
        return export_rows(session, kind, records, as_stored=as_stored)
    return _client_rows(session, kind, given, limit, as_stored=as_stored, is_all=is_all)


def _client_rows(
    session: Session,
    kind: Kind,
    given: Mapping[str, object],
    limit: int | None,
    *,
    as_stored: bool,
    is_all: bool,
) -> Iterator[Mapping[str, object]]:
    from onewindow.desk.clients.rows import ClientFilter, clients_with_stats

    flags = {name: bool(given.get(name)) for name in _CLIENT_FLAGS}
    fields = {name: value for name, value in given.items() if name not in _CLIENT_FLAGS}
    narrowed = asked_for(session, kind, fields)
    wanted = ClientFilter(
        everybody=is_all,
        equal=narrowed.equal,
        fits=narrowed.fits,
        any_stage=narrowed.any_state,
        **flags,
    )
    stats: list[ClientStat | None] = []

    def clients() -> Iterator[Client]:
        for client, stat in clients_with_stats(session, wanted, limit):
            stats.append(stat)
            yield client

    for row in export_rows(session, kind, clients(), as_stored=as_stored):
        yield {**row, **stat_values(stats.pop(0))}


def write_rows(
    rows: Iterable[Mapping[str, object]],
    names: list[str],
    fmt: ExportFormat,
    path: Path | None,
    nouns: tuple[str, str],
    *,
    excel: bool,
    force: bool,
) -> None:
    """Write rows into a file, and say how many, or to the output.

    `spoken` is what one is called and what several are. Raises FileProblem if there is such a file and
    `force` is not given.
    """
    one, several = nouns
    if path is not None:
        with whole_file(path, force=force) as stream:
            written = write_export(rows, names, fmt, stream, title=several, excel=excel)
        tell(f"{written.count} {one if written.count == 1 else several} written to {path}.")
        _tell_notes(written)
    elif not sys.stdout.isatty():
        sys.stdout.flush()
        _tell_notes(write_export(rows, names, fmt, sys.stdout.buffer, title=several, excel=excel))
    elif fmt in _OF_CONTACTS:
        from onewindow.exchange.vcard.export import write_vcards

        write_vcards(rows, names, for_eyes(), version="3.0" if fmt == "vcard3" else "4.0")
    else:
        print_table(rows, names, cast("TableFormat", fmt))


def _tell_notes(written: Written) -> None:
    for sentence in written.notes:
        tell(sentence)


@click.command(
    epilog="\b\nExamples:\n  onewindow export all ./copy\n"
    "  onewindow export all ./copy --format xlsx --private"
)
@click.argument("folder", metavar="DIR")
@click.option("--format", "output_format", type=click.Choice(_FOR_A_COPY), default="jsonl", show_default=True)
@click.option("--private", is_flag=True, help="Birthdays and notes on persons too.")
@click.option("--force", is_flag=True, help="Replace files that are there.")
def export_all(folder: str, output_format: ExportFormat, *, private: bool, force: bool) -> None:
    """Write every kind into a folder, one file each: a whole copy that another program can read.

    Closed and archived records are in it. manifest.json lists the files in the order in which they can be
    imported, with the number of records in each, and what is only to be read; `onewindow import all DIR`
    brings all of it into another file.
    """
    session = current_invocation().session()
    target = Path(folder).expanduser()
    if target.exists() and not target.is_dir():
        raise CommandProblem(f"{target} is not a folder; name another.")
    target.mkdir(parents=True, exist_ok=True, mode=0o750)
    kept_back: dict[str, dict[str, int]] = {}
    with session.store.read():
        listed, to_read = _write_all(session, target, output_format, kept_back, private=private, force=force)
    manifest = {
        "made_at": session.now_text(),
        "format": output_format,
        "files": listed,
        "only_to_read": to_read,
        "not_in_it": _IN_NO_COPY,
    }
    with whole_file(target / "manifest.json", force=force) as stream:
        stream.write((json.dumps(manifest, indent=2) + "\n").encode())
    total = sum(int(str(kind["records"])) for kind in (*listed, *to_read))
    tell(f"{total} records of {len(listed) + len(to_read)} kinds written to {target}.")
    for name, filled in kept_back.items():
        _tell_kept_back(KINDS[name], filled)


def _write_all(
    session: Session,
    target: Path,
    fmt: ExportFormat,
    kept_back: dict[str, dict[str, int]],
    *,
    private: bool,
    force: bool,
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Write all files of a copy and give back those that can be imported, in order, and those to be read.

    `kept_back` gets for each kind how many records have something in private fields that were left out.
    """
    from onewindow.desk.editing.copied_tables import COPIED_TABLES

    listed: list[dict[str, object]] = []
    to_read: list[dict[str, object]] = []
    for kind in kinds_in_order():
        columns = export_columns(kind.record, private=private)
        records = records_of(session, kind, {}, True, None)
        rows: Iterable[Mapping[str, object]]
        rows = export_rows(session, kind, records, as_stored=fmt in AS_STORED)
        kept_back[kind.name] = dict.fromkeys(_private_labels(kind, columns), 0)
        rows = _counting(rows, kept_back[kind.name])
        entry = _write_one(rows, columns, fmt, target, (kind.name, kind.plural), force=force)
        if kind.name in (*IMPORTED_KINDS, *COPIED_KINDS):
            listed.append(entry)
        else:
            to_read.append(entry | {"why": "an import can only be taken back in the file into which it came"})
    for table in COPIED_TABLES.values():
        rows = table.read(session.store)
        listed.append(
            _write_one(rows, list(table.columns), fmt, target, (table.name, table.plural), force=force)
        )
    return listed, to_read


def _write_one(
    rows: Iterable[Mapping[str, object]],
    columns: list[str],
    fmt: ExportFormat,
    target: Path,
    named: tuple[str, str],
    *,
    force: bool,
) -> dict[str, object]:
    """Write one file of a copy; gives back its line of the manifest."""
    name, plural = named
    file = name + ending_of(fmt)
    with whole_file(target / file, force=force) as stream:
        written = write_export(rows, columns, fmt, stream, title=plural)
    _tell_notes(written)
    return {"kind": name, "file": file, "records": written.count}
