"""`onewindow client …`: the common verbs, the whole window, lists by health and silence, and checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.editing.record_group import RecordGroup
from onewindow.cli.editing.record_rows import STAT_COLUMNS, stat_values
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.zone_head import print_zone
from onewindow.records.by_name import value_if_any, value_of
from onewindow.records.kinds import KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from onewindow.desk.clients.findings import Finding
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.records.clients import Client
    from onewindow.records.fields import Record
    from onewindow.store.clients.client_stats import ClientStat

_TABLE_COLUMNS = (
    *("id", "name", "tier", "stage", "owner_id", "city"),
    *("health", "band", "open_requests", "next_due_at", "last_touch_at", "alarms"),
)
_FINDING_COLUMNS = (
    *("client_id", "number", "name", "check", "record", "record_id"),
    *("field", "message", "proposal", "mend"),
)


def _show(_: Kind) -> click.Command:
    from onewindow.cli.window import show

    return show


def _list(kind: Kind) -> click.Command:
    from onewindow.cli.editing.record_reading import filter_options, list_options

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
    from onewindow.cli.editing.record_fields import given_options
    from onewindow.cli.editing.record_reading import asked_for, chosen_columns, current_invocation
    from onewindow.cli.editing.record_rows import all_columns, machine_columns, machine_row, readable_name
    from onewindow.cli.shell.printing import print_table
    from onewindow.desk.clients.rows import ClientFilter, clients_with_stats
    from onewindow.records.clients import Client

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
    found = clients_with_stats(session, wanted, limit)
    if output_format == "table":
        chosen = chosen_columns(columns, known) if columns else all_columns(_TABLE_COLUMNS, is_all=is_all)
        if any(name.endswith("_at") for name in chosen):
            print_zone(session)
        print_table(
            _readable(session, found),
            list(map(readable_name, chosen)),
            output_format,
            is_chosen=bool(columns),
        )
        if mine and not (is_all or limit or narrowed.any_state or where):
            _tell_lost(session)
    else:
        chosen = chosen_columns(columns, known) if columns else known
        rows = ({**machine_row(client), **stat_values(stat)} for client, stat in found)
        print_table(rows, chosen, output_format)


def _tell_lost(session: Session) -> None:
    """Say how many of my clients are not listed because they are lost: the window counts them."""
    from onewindow.cli.shell.printing import tell
    from onewindow.store.clients.cards import lost_count

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
    session: Session, found: Iterable[tuple[Client, ClientStat | None]]
) -> Iterator[dict[str, object]]:
    from onewindow.cli.editing.record_rows import readable_rows
    from onewindow.cli.shell.zone_head import shown_time

    for client, stat in found:
        values = dict(stat_values(stat))
        for name in ("next_due_at", "last_touch_at"):
            values[name] = shown_time(session, stat and value_of(stat, name))
        yield {**next(readable_rows(session, [client])), **values}


def _check(_: Kind) -> click.Command:
    from onewindow.cli.shell.printing import FORMATS
    from onewindow.desk.clients.findings import CHECKS

    return click.Command(
        "check",
        callback=_check_clients,
        short_help="Find what is missing, wrong, doubled or stale in the cards.",
        help="Find what is missing, wrong, doubled or stale in the cards of all clients, or of one: "
        + "; ".join(f"{name}: {text}" for name, text in CHECKS.items())
        + ". Formats for machines also name the command that mends each finding.",
        epilog="""\b
Examples:
  onewindow client check --mine
  onewindow client check ROMASHKA
  onewindow client check --kind duplicate --kind uncovered --format csv""",
        params=[
            click.Argument(["client"], required=False, shell_complete=complete_record("client")),
            click.Option(
                ["--kind", "kinds"],
                type=click.Choice(list(CHECKS)),
                multiple=True,
                help="Only findings of this kind; may be repeated.",
            ),
            click.Option(["--mine"], is_flag=True, help="Only clients whose owner you are."),
            click.Option(["--limit"], type=Count(min=0), metavar="N", help="The first N findings only."),
            click.Option(
                ["--format", "output_format"], type=click.Choice(FORMATS), default="table", show_default=True
            ),
        ],
    )


def _check_clients(
    *, client: str | None, kinds: tuple[str, ...], mine: bool, limit: int | None, output_format: TableFormat
) -> None:
    from itertools import islice

    from onewindow.cli.editing.record_reading import current_invocation
    from onewindow.cli.shell.printing import print_table
    from onewindow.desk.clients.checks import findings
    from onewindow.desk.clients.findings import CHECKS
    from onewindow.desk.session.naming import resolve_client

    session = current_invocation().session()
    one = resolve_client(session, client).id if client else None
    found = findings(session, frozenset(kinds or CHECKS), one)
    if mine:
        found = (each for each in found if each.owner_id == session.me.id)
    names = ("id", "name", "check", "message") if output_format == "table" else _FINDING_COLUMNS
    print_table(map(_finding_row, islice(found, limit)), names, output_format, wrapped=("message",))


def _finding_row(finding: Finding) -> dict[str, object]:
    from onewindow.desk.clients.findings import fix_command

    told = {name: value_if_any(finding, name) for name in _FINDING_COLUMNS}
    return {**told, "id": f"C-{finding.number}", "mend": fix_command(finding)}


def _status(_: Kind) -> click.Command:
    from onewindow.cli.clients.client_status import status

    return status


group = RecordGroup(KINDS["client"], {"show": _show, "list": _list, "check": _check, "status": _status})
