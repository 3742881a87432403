"""`onewindow request list`: the requests, each with how late it is or how long is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, cast

from onewindow.cli.editing.record_fields import given_options
from onewindow.cli.editing.record_reading import chosen_columns, current_invocation, records_of
from onewindow.cli.editing.record_reading import list_command as common
from onewindow.cli.editing.record_rows import (
    LATENESS_COLUMNS,
    all_columns,
    machine_columns,
    machine_row,
    readable_columns,
    readable_name,
    readable_rows,
)
from onewindow.cli.shell.printing import print_table
from onewindow.cli.shell.zone_head import print_zone, shown_time
from onewindow.desk.sla.lateness import lateness_values, read_lateness
from onewindow.desk.window.panels.when import when_at
from onewindow.records.kinds import KINDS, Kind
from onewindow.records.requests import Request

if TYPE_CHECKING:
    import click

    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.metrics.sla.lateness import Lateness

_AT_ONCE = 200
_TIME = "time"
"""The column for people: `2 h late, Fr 13:00`."""


def list_command(kind: Kind) -> click.Command:
    """`list` of requests: that of any kind, and how each request stands against its time."""
    command = common(kind)
    command.callback = _list_requests
    return command


def _list_requests(
    is_all: bool, limit: int | None, output_format: TableFormat, columns: str | None, **typed: object
) -> None:
    session = current_invocation().session()
    records = records_of(session, KINDS["request"], given_options(typed), is_all, limit)
    listed = _with_lateness(session, cast("Iterable[Request]", records))
    if output_format == "table":
        known = [*machine_columns(Request), _TIME, *LATENESS_COLUMNS]
        default = all_columns(_readable_columns(readable_columns(Request)), is_all=is_all)
        chosen = chosen_columns(columns, known) if columns else default
        rows: Iterable[Mapping[str, object]] = _readable(session, listed)
        print_zone(session)
        print_table(rows, list(map(readable_name, chosen)), output_format, is_chosen=bool(columns))
        return
    known = [*machine_columns(Request), *LATENESS_COLUMNS]
    values = (
        {**machine_row(request), **_of_open(lateness_values(stands), stands)} for request, stands in listed
    )
    print_table(values, chosen_columns(columns, known) if columns else known, output_format)


def _readable_columns(columns: list[str]) -> list[str]:
    """The columns for people, with the time behind what the request is about."""
    place = columns.index("title") + 1
    return [*columns[:place], _TIME, *columns[place:]]


def _with_lateness(session: Session, records: Iterable[Request]) -> Iterator[tuple[Request, Lateness | None]]:
    waiting = iter(records)
    while page := list(islice(waiting, _AT_ONCE)):
        known = read_lateness(session, (request for request in page if request.archived_at is None))
        yield from ((request, known.get(request.id)) for request in page)


def _of_open(values: Mapping[str, object], stands: Lateness | None) -> Mapping[str, object]:
    """What is worked out; a request without a running time keeps the due time that is on file."""
    return values if stands is not None else {name: values[name] for name in LATENESS_COLUMNS}


def _readable(
    session: Session, listed: Iterable[tuple[Request, Lateness | None]]
) -> Iterator[Mapping[str, object]]:
    moment = when_at(session, session.now())
    for request, stands in listed:
        values: dict[str, object] = dict(_of_open(lateness_values(stands), stands))
        for name in ("due_at", "answer_queued_at"):
            if name in values:
                values[name] = shown_time(session, cast("str | None", values[name]))
        said = moment.lateness(stands) if stands is not None else ""
        if stands is not None and stands.answer_queued_at is not None:
            said += f", {moment.queued(stands.answer_queued_at)}"
        yield {**next(readable_rows(session, [request])), **values, _TIME: said}
