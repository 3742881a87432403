"""The verbs that read records of any kind: list and show.

Readers of dates and the text of fields are loaded when a filter or a record needs them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.editing.record_fields import EXTERNAL_ID, field_options, given_options, read_given
from onewindow.cli.editing.record_naming import named_record, of_client_option, spelling
from onewindow.cli.editing.record_rows import (
    all_columns,
    machine_columns,
    machine_row,
    readable_columns,
    readable_name,
    readable_rows,
)
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation
from onewindow.cli.shell.printing import FORMATS, print_object, print_pairs, print_table
from onewindow.cli.shell.problems import nearest
from onewindow.cli.shell.zone_head import print_zone, shown_time
from onewindow.desk.editing.filters import RecordFilter, record_filter, when_field
from onewindow.desk.session.naming import title_of
from onewindow.desk.session.private_facts import visible, without_hidden
from onewindow.records.fields import Attribute, Record, attributes, typed_attributes
from onewindow.records.kinds import Kind
from onewindow.store.engine import Value
from onewindow.store.listing import listed

if TYPE_CHECKING:
    from datetime import date

    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat

_SPAN = ("since", "till")


def list_command(kind: Kind) -> click.Command:
    """`list`: what is open or current, with filters by choice and by reference."""

    def list_records(
        is_all: bool, limit: int | None, output_format: TableFormat, columns: str | None, **typed: object
    ) -> None:
        session = current_invocation().session()
        given = given_options(typed)
        records = records_of(session, kind, given, is_all, limit)
        print_records(session, kind, records, output_format, columns, is_all=is_all)

    noun = kind.name.replace("_", "-")
    return click.Command(
        "list",
        callback=list_records,
        short_help=f"List the open or current {kind.plural}.",
        help=f"List the open or current {kind.plural}; --all adds closed and archived ones. Filters add "
        "up; one given several times lets each of its values through. WORDS are looked for inside a text.",
        epilog=f"\b\nExamples:\n  onewindow {noun} list\n  onewindow {noun} list --all --format csv",
        params=[*filter_options(kind), *list_options(kind)],
    )


def show_command(kind: Kind) -> click.Command:
    """`show`: one record, label by label, or as data."""

    def show(record: str, output_format: str, of_client: str | None = None) -> None:
        session = current_invocation().session()
        print_record(session, named_record(session, kind, record, of_client), output_format)

    return click.Command(
        "show",
        callback=show,
        short_help=f"Show one {kind.display_name} with all its fields.",
        help=f"Show one {kind.display_name} with all its fields.",
        epilog=f"\b\nExample:\n  onewindow {kind.name.replace('_', '-')} show {spelling(kind)}",
        params=[
            click.Argument(["record"], metavar=spelling(kind), shell_complete=complete_record(kind.name)),
            *of_client_option(kind),
            _format_option(),
        ],
    )


def print_record(session: Session, record: Record, output_format: str) -> None:
    """Write one record, label by label, or as data, without what is private to others."""
    record = visible(session, record)
    if output_format == "json":
        print_object(machine_row(record))
    elif output_format == "table":
        print_fields(session, record)
    else:
        columns = machine_columns(type(record))
        print_table([machine_row(record)], columns, cast("TableFormat", output_format))


def records_of(
    session: Session, kind: Kind, given: Mapping[str, object], is_all: bool, limit: int | None
) -> Iterable[Record]:
    """The records that a list asks for; raises FieldProblems for a filter that cannot be read."""
    wanted = asked_for(session, kind, given)
    at_most = limit if wanted.fits is None else None
    records = listed(
        session.store,
        kind.record,
        current=not is_all,
        equal=wanted.equal,
        any_state=wanted.any_state,
        limit=at_most,
    )
    return records if wanted.fits is None else islice(filter(wanted.fits, records), limit)


def asked_for(session: Session, kind: Kind, given: Mapping[str, object]) -> RecordFilter:
    """What the options of `filter_options` ask for; raises FieldProblems or UsageError for what they say."""
    values: dict[str, list[Value]] = {}
    words: dict[str, Sequence[str]] = {}
    texts = {a.name for a in typed_attributes(kind.record) if _is_text(kind, a)}
    for name, typed in given.items():
        if name in _SPAN:
            continue
        several = cast("tuple[object, ...]", typed) if isinstance(typed, tuple) else (typed,)
        if name in texts:
            words[name] = [str(item) for item in several]
            continue
        for item in several:
            for field, value in read_given(session, kind.record, {name: item}).items():
                values.setdefault(field, []).append(value)
    first, last = (_day(session, given.get(name), name) for name in _SPAN)
    return record_filter(session, kind.name, values, words, (first, last))


def _day(session: Session, typed: object, option: str) -> date | None:
    from onewindow.text.typed_dates import parse_date

    try:
        return parse_date(str(typed), session.today(), "behind") if typed else None
    except ValueError as error:
        raise click.UsageError(f"--{option}: {error}", click.get_current_context()) from error


def _is_text(kind: Kind, described: Attribute) -> bool:
    return described.kind in ("text", "email") or (
        described.kind == "long_text" and described.name == kind.title
    )


def print_records(
    session: Session,
    kind: Kind,
    records: Iterable[Record],
    output_format: TableFormat,
    columns: str | None,
    *,
    is_all: bool = False,
) -> None:
    """Write records as a table for people or as data for machines; `is_all`: archived ones are among them."""
    records = without_hidden(session, records)
    is_table = output_format == "table"
    known = machine_columns(kind.record, private=is_table)
    default = all_columns(readable_columns(kind.record), is_all=is_all) if is_table else known
    chosen = chosen_columns(columns, known) if columns else default
    if is_table:
        times = {a.name for a in attributes(kind.record) if a.kind == "time"} | {"archived_at"}
        if not times.isdisjoint(chosen):
            print_zone(session)
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
    from onewindow.desk.editing.parsing import shown_fields

    ends = [("id", str(record.id)), ("changed", shown_time(session, record.updated_at))]
    if record.archived_at:
        ends.append(("archived", shown_time(session, record.archived_at)))
    print_pairs([(record.kind.replace("_", " "), title_of(record)), *shown_fields(session, record), *ends])


def filter_options(kind: Kind) -> list[click.Parameter]:
    """One option for each choice, reference and text of a kind, and a span of days, to narrow a list."""
    chosen = {
        a.name for a in typed_attributes(kind.record) if a.kind in ("choice", "reference", "flag", "country")
    }
    texts = {a.name for a in typed_attributes(kind.record) if _is_text(kind, a)}
    options = [
        option for option in field_options(kind.record) if option.name in chosen | texts | {EXTERNAL_ID}
    ]
    for option in options:
        option.multiple = True
        option.default = ()
        if option.name in texts:
            option.metavar = "WORDS"
    labels = {a.name: a.label for a in attributes(kind.record)}
    when = labels.get(when_field(kind.name), "made")
    return [
        *sorted(options, key=lambda option: option.name in texts),
        click.Option(
            ["--since"], metavar="DATE", help=f"{when[:1].upper()}{when[1:]}: on that day or later."
        ),
        click.Option(
            ["--till"], metavar="DATE", help=f"{when[:1].upper()}{when[1:]}: on that day or before."
        ),
    ]


def list_options(kind: Kind) -> list[click.Parameter]:
    """`--all`, `--limit`, `--columns` and `--format`."""
    names = [a.name for a in attributes(kind.record)][:3]
    return [
        click.Option(["--all", "is_all"], is_flag=True, help="Closed and archived ones too."),
        click.Option(["--limit"], type=Count(min=0), metavar="N", help="The first N only."),
        click.Option(
            ["--columns"],
            metavar="NAMES",
            help=f"Field names with commas between, for example {','.join(names)}.",
        ),
        _format_option(),
    ]


def current_invocation() -> Invocation:
    """The invocation of the running command."""
    invocation = click.get_current_context().find_object(Invocation)
    assert invocation is not None  # noqa: S101  the root command put it there
    return invocation


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
