"""`onewindow team`: the load of each person, their requests, absences with deputies, and giving work away.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from onewindow.cli.requests.naming import named_request
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_raw, print_table, print_text
from onewindow.cli.shell.zone_head import print_zone
from onewindow.desk.queue.team import absence_example, read_team, reassign, set_absence
from onewindow.desk.session.naming import resolve
from onewindow.desk.sla.lateness import lateness_values, read_lateness
from onewindow.records.organization import Staff
from onewindow.store import rows
from onewindow.store.problems import NotFound
from onewindow.store.queue import team as queues
from onewindow.store.queue.team import open_of
from onewindow.store.queue.today import clients_seen

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.records.requests import Request
    from onewindow.text.layout.cells import Row

_REQUEST_COLUMNS = ("time", "client", "request", "note", "who")
_QUEUES = ("late", "unanswered", "nobody", "lead")


@click.group(
    invoke_without_command=True,
    epilog="""\b
Examples:
  onewindow team
  onewindow team --format json
  onewindow team queue late
  onewindow team requests petrov
  onewindow team assign ivanova R-1042 R-1050 --because "Петров в отпуске"
  onewindow team away petrov "25.11 – 30.11 Иванова\"""",
)
@format_option
@click.pass_context
def team(context: click.Context, output_format: TableFormat) -> None:
    """Show how much everybody has to do: open, late, due today, unanswered, against their limit.

    The first row is what nobody has taken. The last column tells who is away till when, who stands in, and
    for how many clients nobody does.
    """
    if context.invoked_subcommand is None:
        _show(context.ensure_object(Invocation), output_format)


def _show(invocation: Invocation, output_format: TableFormat) -> None:
    from onewindow.desk.queue.team_rows import HEADINGS, MACHINE_COLUMNS, machine_row, member_row, moment_of

    session = invocation.session()
    with session.store.read():
        members = read_team(session).members
    if output_format != "table":
        print_table((machine_row(session, member) for member in members), MACHINE_COLUMNS, output_format)
        return
    moment = moment_of(session)
    rows = (_shown(HEADINGS, member_row(session, moment, member)) for member in members)
    print_table(rows, HEADINGS, "table", wrapped=("absence",))


@team.command("requests", epilog="\b\nExample:\n  onewindow team requests petrov")
@click.argument("person", metavar="PERSON", shell_complete=complete_record("staff"))
@format_option
@pass_invocation
def of_person(invocation: Invocation, person: str, output_format: TableFormat) -> None:
    """List somebody's open requests by due time."""
    session = invocation.session()
    _print_requests(session, open_of(session.store, _named(session, person).id), output_format)


@team.command("queue", epilog="\b\nExample:\n  onewindow team queue unanswered --format csv")
@click.argument("queue", metavar=f"{{{'|'.join(_QUEUES)}|PERSON}}")
@format_option
@pass_invocation
def of_queue(invocation: Invocation, queue: str, output_format: TableFormat) -> None:
    """List everybody's late or unanswered requests, those nobody has taken, or those that wait for a lead.

    With a person's name it lists that person's open requests, as `team requests` does.
    """
    session = invocation.session()
    store = session.store
    match queue:
        case "late":
            requests = queues.late(store, session.now_text())
        case "unanswered":
            requests = queues.unanswered(store)
        case "nobody":
            requests = queues.open_of(store, None)
        case "lead":
            requests = queues.for_a_lead(store)
        case _:
            requests = queues.open_of(store, _person_of_queue(session, queue).id)
    _print_requests(session, requests, output_format)


@team.command(
    "assign", epilog='\b\nExample:\n  onewindow team assign ivanova R-1042 --because "знает клиента"'
)
@click.argument("person", metavar="PERSON", shell_complete=complete_record("staff"))
@click.argument("requests", metavar="REQUEST …", nargs=-1, shell_complete=complete_record("request"))
@click.option("--all-of", "giver", metavar="PERSON", help="All open requests of that person.")
@click.option("--because", metavar="REASON", required=True, help="Why; it stands in the log of each.")
@pass_invocation
def assign(
    invocation: Invocation, person: str, requests: tuple[str, ...], giver: str | None, because: str
) -> None:
    """Give requests to somebody in one change that one undo takes back; others' work only as a lead."""
    session = invocation.session()
    chosen = [_request(session, word) for word in requests]
    if giver is not None:
        chosen += open_of(session.store, _named(session, giver).id)
    if not chosen:
        raise click.UsageError("name the requests, or --all-of whom", click.get_current_context())
    print_text(reassign(session, chosen, _named(session, person).id, because))


@team.command("away", epilog='\b\nExample:\n  onewindow team away petrov "25.11 – 30.11 Иванова"')
@click.argument("person", metavar="PERSON", shell_complete=complete_record("staff"))
@click.argument("span", metavar="SPAN")
@pass_invocation
def away(invocation: Invocation, person: str, span: str) -> None:
    """Note that somebody is away: first day, last day and, if it is not the usual one, the deputy."""
    session = invocation.session()
    if not span.strip():
        raise click.UsageError(f"write the days: {absence_example(session)}", click.get_current_context())
    print_raw(str(set_absence(session, _named(session, person), span).id))


@team.command("back", epilog="\b\nExample:\n  onewindow team back petrov")
@click.argument("person", metavar="PERSON", shell_complete=complete_record("staff"))
@pass_invocation
def back(invocation: Invocation, person: str) -> None:
    """Note that somebody is here again."""
    session = invocation.session()
    print_raw(str(set_absence(session, _named(session, person), "").id))


def _person_of_queue(session: Session, word: str) -> Staff:
    try:
        return _named(session, word)
    except NotFound as problem:
        said = f"{str(problem).rstrip('.')}; a queue is one of {', '.join(_QUEUES)}, or a person's"
        raise click.UsageError(said, click.get_current_context()) from problem


def _named(session: Session, word: str) -> Staff:
    return rows.get(session.store, Staff, resolve(session, "staff", word))


def _request(session: Session, word: str) -> Request:
    return named_request(session, word)


def _print_requests(session: Session, requests: list[Request], output_format: TableFormat) -> None:
    from onewindow.desk.queue.team_rows import moment_of, request_row

    clients = clients_seen(session.store, [request.client_id for request in requests])
    lateness = read_lateness(session, requests)
    if output_format != "table":
        columns = (
            "id",
            "number",
            "client_id",
            "client",
            "title",
            "status",
            "assignee",
            "due_at",
            "is_late",
            "is_paused",
            "slack_seconds",
            "answer_queued_at",
            "breached_before",
            "opened_at",
        )
        rows = (
            {
                "id": request.id,
                "number": f"R-{request.number}",
                "client_id": request.client_id,
                "client": clients[request.client_id].name,
                "title": request.title,
                "status": request.status,
                "assignee": session.directory.name(request.assignee_id),
                **lateness_values(lateness.get(request.id)),
                "opened_at": request.opened_at,
            }
            for request in requests
        )
        print_table(rows, columns, output_format)
        return
    moment = moment_of(session)
    shown = [
        _shown(
            _REQUEST_COLUMNS,
            request_row(session, moment, request, clients.get(request.client_id), lateness.get(request.id)),
        )
        for request in requests
    ]
    shown_columns = [name for name in _REQUEST_COLUMNS if name != "note" or any(row[name] for row in shown)]
    if shown:
        print_zone(session)
    print_table(shown, shown_columns, "table", wrapped=("request",))


def _shown(columns: Sequence[str], row: Row) -> dict[str, object]:
    return dict(zip(columns, (cell.text for cell in row.cells), strict=True))
