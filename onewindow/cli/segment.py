"""`onewindow segment …`: the common verbs, how a filter is read, and who is in it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import click

from onewindow.cli.editing.record_group import RecordGroup, ready
from onewindow.cli.editing.record_naming import named_record
from onewindow.cli.editing.record_reading import chosen_columns
from onewindow.cli.editing.record_rows import machine_columns, machine_row, readable_name, readable_rows
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import (
    FORMATS,
    format_option,
    print_object,
    print_pairs,
    print_table,
    print_text,
)
from onewindow.desk.filters.words import parse
from onewindow.desk.segments import membership
from onewindow.records.clients import Client
from onewindow.records.kinds import KINDS
from onewindow.records.organization import Segment
from onewindow.store.listing import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onewindow.desk.filters.conditions import ReadyFilter
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat

_COLUMNS = ("id", "name", "clients", "filter")
_TABLE_COLUMNS = ("id", "name", "tier", "stage", "owner_id", "city")


@click.command(name="list", epilog="\b\nExample:\n  onewindow segment list")
@click.option("--all", "is_all", is_flag=True, help="Archived ones too.")
@click.option("--limit", type=Count(min=0), metavar="N", help="The first N only.")
@click.option("--columns", metavar="NAMES", help="Field names with commas between, for example name,clients.")
@format_option
@pass_invocation
def list_(
    invocation: Invocation, is_all: bool, limit: int | None, columns: str | None, output_format: TableFormat
) -> None:
    """List the saved segments with the number of their clients today."""
    session = invocation.session()
    segments = list(islice(listed(session.store, Segment, current=not is_all), limit))
    known = [*machine_columns(Segment), "clients"]
    default = _COLUMNS if output_format == "table" else known
    rows = (
        {**machine_row(status.segment), "clients": status.problem or status.count}
        if output_format == "table"
        else {**machine_row(status.segment), "clients": status.count}
        for status in membership.statuses(session, segments)
    )
    chosen = chosen_columns(columns, known) if columns else default
    print_table(rows, chosen, output_format, wrapped=("filter",), is_chosen=bool(columns))


@click.command(epilog="\b\nExample:\n  onewindow segment show Посредники")
@click.argument("segment", metavar="SEGMENT", shell_complete=complete_record("segment"))
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="table", show_default=True)
@pass_invocation
def show(invocation: Invocation, segment: str, output_format: TableFormat) -> None:
    """Show a segment: its filter as it is read, and how many clients it has today."""
    session = invocation.session()
    record = _named(session, segment)
    (status,) = membership.statuses(session, [record])
    if output_format == "json":
        print_object({**machine_row(record), "clients": status.count, "problem": status.problem})
    elif output_format != "table":
        row = {**machine_row(record), "clients": status.count}
        print_table([row], list(row), output_format)
    else:
        read = status.problem or parse(record.filter).text
        clients = "?" if status.count is None else str(status.count)
        print_pairs(
            [("segment", record.name), ("filter", record.filter), ("read as", read), ("clients", clients)]
        )


@click.command(
    epilog="\b\nExamples:\n  onewindow segment members Посредники\n"
    '  onewindow segment members --filter "tier:A city:казань" --format csv'
)
@click.argument("segment", metavar="[SEGMENT]", required=False, shell_complete=complete_record("segment"))
@click.option("--filter", "typed", metavar="FILTER", help="A filter that is not saved.")
@click.option("--limit", type=Count(min=0), metavar="N", help="The first N only.")
@click.option("--count", "is_count", is_flag=True, help="Print how many there are and no more.")
@format_option
@pass_invocation
def members(
    invocation: Invocation,
    segment: str | None,
    typed: str | None,
    limit: int | None,
    is_count: bool,
    output_format: TableFormat,
) -> None:
    """List the clients of a segment, or of a filter that is typed."""
    session = invocation.session()
    if (segment is None) == (typed is None):
        raise click.UsageError("name a segment or give a --filter", click.get_current_context())
    ready = membership.ready(session, typed if typed is not None else _named(session, segment or "").filter)
    if is_count:
        print_text(str(membership.count(session, ready)))
    elif output_format == "table":
        rows = (next(iter(readable_rows(session, [member]))) for member in _members(session, ready, limit))
        print_table(rows, list(map(readable_name, _TABLE_COLUMNS)), output_format)
    else:
        listed_members = map(machine_row, _members(session, ready, limit))
        print_table(listed_members, machine_columns(Client), output_format)


@click.command(
    epilog='\b\nExamples:\n  onewindow segment check\n  onewindow segment check "tier:A -used:<30d"'
)
@click.argument("typed", metavar="[FILTER]", required=False)
@format_option
@pass_invocation
def check(invocation: Invocation, typed: str | None, output_format: TableFormat) -> None:
    """Say how a filter is read and how many clients it has; without one, try all saved segments."""
    session = invocation.session()
    wanted = membership.saved(session) if typed is None else [Segment(name="", filter=typed)]
    if typed is not None:
        membership.ready(session, typed)
    rows = [
        {
            "name": status.segment.name,
            "filter": status.segment.filter if status.problem else parse(status.segment.filter).text,
            "clients": status.count,
            "problem": status.problem,
        }
        for status in membership.statuses(session, wanted)
    ]
    if typed is not None and output_format == "table":
        print_pairs([("read as", str(rows[0]["filter"])), ("clients", str(rows[0]["clients"]))])
    else:
        print_table(rows, ("name", "clients", "filter", "problem"), output_format, wrapped=("problem",))


def _members(session: Session, ready: ReadyFilter, limit: int | None) -> Iterator[Client]:
    after, left = 0, limit
    while left is None or left > 0:
        size = membership.SMALL_PAGE if left is None else min(left, membership.SMALL_PAGE)
        page = membership.members(session, ready, after, size)
        yield from page
        if len(page) < size:
            return
        after = page[-1].id
        left = None if left is None else left - len(page)


def _named(session: Session, word: str) -> Segment:
    segment = named_record(session, KINDS["segment"], word)
    assert isinstance(segment, Segment)  # noqa: S101  the kind says so
    return segment


group = RecordGroup(
    KINDS["segment"],
    ready(list_, show, members, check),
)
