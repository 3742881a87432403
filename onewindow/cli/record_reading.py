"""The verbs that read records of any kind: list and show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.completing import complete_record
from onewindow.cli.invocation import Invocation
from onewindow.cli.printing import FORMATS, print_object, print_pairs, print_table
from onewindow.cli.problems import nearest
from onewindow.cli.record_fields import field_options, given_options, read_given
from onewindow.cli.record_naming import named_record, of_client_option, spelling
from onewindow.cli.record_rows import (
    machine_columns,
    machine_row,
    readable_columns,
    readable_name,
    readable_rows,
    shown_time,
)
from onewindow.records.fields import Record, attributes, typed_attributes
from onewindow.records.kinds import Kind

if TYPE_CHECKING:
    from onewindow.desk.session import Session
    from onewindow.exchange.writer import TableFormat

Source = Callable[["Session", Mapping[str, object]], Iterable[Record]]


def list_command(kind: Kind) -> click.Command:
    """`list`: what is open or current, with filters by choice and by reference."""

    def list_records(
        is_all: bool, limit: int | None, output_format: TableFormat, columns: str | None, **typed: str | None
    ) -> None:
        session = current_invocation().session()
        given = given_options(typed)
        print_records(session, kind, records_of(session, kind, given, is_all, limit), output_format, columns)

    noun = kind.name.replace("_", "-")
    return click.Command(
        "list",
        callback=list_records,
        short_help=f"List {kind.plural} that are open or current.",
        help=f"List {kind.plural} that are open or current; --all adds closed and archived ones.",
        epilog=f"\b\nExamples:\n  onewindow {noun} list\n  onewindow {noun} list --all --format csv",
        params=[*filter_options(kind), *list_options(kind)],
    )


def show_command(kind: Kind) -> click.Command:
    """`show`: one record, label by label, or as data."""

    def show(record: str, output_format: str, of_client: str | None = None) -> None:
        session = current_invocation().session()
        found = named_record(session, kind, record, of_client)
        if output_format == "json":
            print_object(machine_row(found))
        elif output_format == "table":
            print_fields(session, found)
        else:
            columns = machine_columns(type(found))
            print_table([machine_row(found)], columns, cast("TableFormat", output_format))

    return click.Command(
        "show",
        callback=show,
        short_help=f"Show one {kind.spoken} with all its fields.",
        help=f"Show one {kind.spoken} with all its fields.",
        epilog=f"\b\nExample:\n  onewindow {kind.name.replace('_', '-')} show {spelling(kind)}",
        params=[
            click.Argument(["record"], metavar=spelling(kind), shell_complete=complete_record(kind.name)),
            *of_client_option(kind),
            _format_option(),
        ],
    )


def records_of(
    session: Session, kind: Kind, given: Mapping[str, object], is_all: bool, limit: int | None
) -> Iterable[Record]:
    """The records that a list asks for; raises FieldProblems for a filter that cannot be read."""
    from onewindow.store.listing import listed

    equal = read_given(session, kind.record, given, None)
    return listed(session.store, kind.record, current=not is_all, equal=equal, limit=limit)


def print_records(
    session: Session, kind: Kind, records: Iterable[Record], output_format: TableFormat, columns: str | None
) -> None:
    """Write records as a table for people or as data for machines."""
    is_table = output_format == "table"
    known = machine_columns(kind.record, private=is_table)
    default = readable_columns(kind.record) if is_table else known
    chosen = chosen_columns(columns, known) if columns else default
    if is_table:
        print_table(
            readable_rows(session, records),
            list(map(readable_name, chosen)),
            output_format,
            is_chosen=bool(columns),
        )
    else:
        print_table(map(machine_row, records), chosen, output_format)


def print_fields(session: Session, record: Record) -> None:
    """Write every filled field of a record by its label."""
    from onewindow.desk.naming import title_of
    from onewindow.desk.typing_in import shown_fields

    ends = [("id", str(record.id)), ("changed", shown_time(session, record.updated_at))]
    if record.archived_at:
        ends.append(("archived", shown_time(session, record.archived_at)))
    print_pairs([(record.kind.replace("_", " "), title_of(record)), *shown_fields(session, record), *ends])


def filter_options(kind: Kind) -> list[click.Parameter]:
    """One option for each choice and reference of a kind, so that a list can be narrowed."""
    wanted = {a.name for a in typed_attributes(kind.record) if a.kind in ("choice", "reference", "flag")}
    return [option for option in field_options(kind.record) if option.name in wanted]


def list_options(kind: Kind) -> list[click.Parameter]:
    """`--all`, `--limit`, `--columns` and `--format`."""
    names = [a.name for a in attributes(kind.record)][:3]
    return [
        click.Option(["--all", "is_all"], is_flag=True, help="Closed and archived ones too."),
        click.Option(["--limit"], type=click.IntRange(min=0), metavar="N", help="The first N only."),
        click.Option(
            ["--columns"],
            metavar="NAMES",
            help=f"Field names with commas between, for example {','.join(names)}.",
        ),
        _format_option(),
    ]


def current_invocation() -> Invocation:
    """The invocation of the running command."""
    found = click.get_current_context().find_object(Invocation)
    assert found is not None  # noqa: S101  the root command put it there
    return found


def chosen_columns(columns: str, known: list[str]) -> list[str]:
    """The names of `--columns`; raises UsageError for one that is not known."""
    full = {readable_name(name): name for name in known}
    named = [name.strip() for name in columns.split(",") if name.strip()]
    chosen = [name if name in known else full.get(name, name) for name in named]
    for name in chosen:
        if name not in known:
            hint = nearest(name, [*known, *full]) or f"; there are {', '.join(known)}"
            raise click.UsageError(f"there is no column {name}{hint}", click.get_current_context())
    return chosen


def _format_option() -> click.Option:
    return click.Option(
        ["--format", "output_format"],
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="table is for people; the others carry raw values under English field names.",
    )
