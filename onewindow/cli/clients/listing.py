"""`onewindow client list`: clients by health, alarm, silence, stage and any filter, one row each.

Segments are loaded when a filter in words is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.editing.record_fields import given_options
from onewindow.cli.editing.record_reading import (
    asked_for,
    chosen_columns,
    current_invocation,
    filter_options,
    list_options,
)
from onewindow.cli.editing.record_rows import (
    STAT_COLUMNS,
    all_columns,
    machine_columns,
    machine_row,
    readable_name,
    readable_rows,
    stat_values,
)
from onewindow.cli.shell.printing import print_table, tell
from onewindow.cli.shell.zone_head import print_zone, shown_time
from onewindow.desk.clients.rows import ClientFilter, clients_with_stats
from onewindow.records.by_name import value_of
from onewindow.records.clients import Client
from onewindow.records.kinds import KINDS, Kind
from onewindow.store.clients.cards import lost_count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.records.fields import Record
    from onewindow.store.clients.client_stats import ClientStat

_TABLE_COLUMNS = (
    *("id", "name", "tier", "stage", "owner_id", "city"),
    *("health", "band", "open_requests", "next_due_at", "last_touch_at", "alarms"),
)


def list_command(kind: Kind) -> click.Command:
    """`list`: clients who are not lost, by filters, or all."""
    flags = {
        "mine": "Those whose owner you are.",
        "risk": "Those with red health, the worst first.",
        "alarm": "Those with an alarm, the gravest first: silent, nobody is there for them.",
        "silent": "Those with fewer signs of life than their own past predicts, the longest silent first.",
        "onboarding": "Those in onboarding.",
    }
    return click.Command(
        "list",
        callback=_list_clients,
        short_help="List clients: all, mine, at risk, with alarms, silent, in onboarding.",
        help="List clients who are not lost; --all adds lost and archived ones. Filters add up; one that "
        "is given several times lets each of its values through. WORDS are looked for inside a text.",
        epilog="""\b
Examples:
  onewindow client list --mine
  onewindow client list --risk --limit 20
  onewindow client list --tier A --format csv --columns id,name,health""",
        params=[
            *(click.Option([f"--{name}"], is_flag=True, help=text) for name, text in flags.items()),
            click.Option(
                ["--where"], metavar="FILTER", help="Those of a filter: segment:Посредники, tier:A used:<30d."
            ),
            *filter_options(kind),
            *list_options(kind),
        ],
    )


def _list_clients(
    *,
    mine: bool,
    risk: bool,
    alarm: bool,
    silent: bool,
    onboarding: bool,
    where: str | None,
    is_all: bool,
    limit: int | None,
    output_format: TableFormat,
    columns: str | None,
    **typed: object,
) -> None:

    session = current_invocation().session()
    narrowed = asked_for(session, KINDS["client"], given_options(typed))
    wanted = ClientFilter(
        mine=mine,
        risk=risk,
        alarm=alarm,
        silent=silent,
        onboarding=onboarding,
        everybody=is_all,
        equal=narrowed.equal,
        fits=_fitting(session, where, narrowed.fits),
        any_stage=narrowed.any_state,
    )
    known = [*machine_columns(Client), *STAT_COLUMNS]
    listed = clients_with_stats(session, wanted, limit)
    if output_format == "table":
        chosen = chosen_columns(columns, known) if columns else all_columns(_TABLE_COLUMNS, is_all=is_all)
        if any(name.endswith("_at") for name in chosen):
            print_zone(session)
        print_table(
            _readable(session, listed),
            list(map(readable_name, chosen)),
            output_format,
            is_chosen=bool(columns),
        )
        if mine and not (is_all or limit or narrowed.any_state or where):
            _tell_lost(session)
    else:
        chosen = chosen_columns(columns, known) if columns else known
        rows = ({**machine_row(client), **stat_values(stat)} for client, stat in listed)
        print_table(rows, chosen, output_format)


def _tell_lost(session: Session) -> None:
    """Say how many of my clients are not listed because they are lost: the window counts them."""
    if lost := lost_count(session.store, session.me.id):
        tell(f"{lost} lost {'client is' if lost == 1 else 'clients are'} left out; --all lists them too.")


def _fitting(
    session: Session, where: str | None, fits: Callable[[Record], bool] | None
) -> Callable[[Record], bool] | None:
    """What a client must fit besides the options: a filter in words as segments have it."""
    if where is None:
        return fits
    from onewindow.desk.segments import membership

    ready = membership.ready(session, where)

    def both(client: Record) -> bool:
        return (fits is None or fits(client)) and membership.matches(session, ready, client.id)

    return both


def _readable(
    session: Session, listed: Iterable[tuple[Client, ClientStat | None]]
) -> Iterator[dict[str, object]]:
    for client, stat in listed:
        values = dict(stat_values(stat))
        for name in ("next_due_at", "last_touch_at"):
            values[name] = shown_time(session, stat and value_of(stat, name))
        yield {**next(readable_rows(session, [client])), **values}
