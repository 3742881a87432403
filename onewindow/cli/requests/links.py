"""What binds a request to others on the command line: parts, links, duplicates, departments, complaints.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.editing.record_rows import machine_columns, machine_row
from onewindow.cli.requests.naming import (
    joined,
    named_hand_off,
    named_request,
    named_staff,
    request_argument,
    typed_value,
)
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import (
    format_option,
    print_object,
    print_raw,
    print_table,
    print_text,
    show_format_option,
    terminal_width,
)
from onewindow.cli.shell.word_choice import WordChoice
from onewindow.cli.shell.zone_head import shown_time
from onewindow.desk.requests import complaints, handing_off, merging
from onewindow.desk.sla.repeats import WITHIN_DAYS
from onewindow.records.requests import HandOff, HandOffState, HandOffTarget, Request, RequestRelation, Task
from onewindow.text.dates import utc_text

if TYPE_CHECKING:
    from onewindow.desk.requests.complaints import Complaint
    from onewindow.exchange.export.writer import TableFormat

_REGISTER = (
    *("number", "opened_at", "client", "title", "status", "cause", "corrective_action"),
    *("action_due_on", "action_status", "repeats", "resolved_at"),
)


@click.command(
    epilog="""\b
Examples:
  onewindow request show R-1042
  onewindow request show R-1042 --format json"""
)
@request_argument()
@show_format_option("json is the whole request too; table, jsonl, csv, tsv and md are its own fields.")
@pass_invocation
def show(invocation: Invocation, request: str, output_format: str) -> None:
    """Show one request whole.

    Head, clocks, thread, dates given to the client, hand-offs, links and tasks.
    """
    from onewindow.cli.editing.record_reading import print_fields
    from onewindow.desk.requests.as_text import request_json, request_text
    from onewindow.desk.requests.assignment import read_request

    session = invocation.session()
    record = named_request(session, request)
    if output_format == "table":
        print_fields(session, record)
    elif output_format == "text":
        snapshot = read_request(session, record.id)
        print_text(request_text(session, snapshot, terminal_width()).rstrip("\n"))
    elif output_format == "json":
        print_object(request_json(session, read_request(session, record.id)))
    else:
        columns = machine_columns(type(record))
        print_table([machine_row(record)], columns, cast("TableFormat", output_format))


@click.command(epilog='\b\nExample:\n  onewindow request split R-1042 "Отчёт по складу" --text "за октябрь"')
@request_argument()
@click.argument("title", nargs=-1, required=True)
@click.option("--text", default="", metavar="TEXT", help="Details of the part.")
@pass_invocation
def split(invocation: Invocation, request: str, title: tuple[str, ...], text: str) -> None:
    """Make a part of a request a request of its own.

    The two are linked; the part has its own clock.
    """
    session = invocation.session()
    print_raw(str(merging.split(session, named_request(session, request), joined(title), text).id))


@click.command(
    epilog='\b\nExample:\n  onewindow request link R-1042 R-1030 --as repeat --note "тот же кабель"'
)
@request_argument()
@request_argument("other", "OTHER")
@click.option(
    "--as",
    "relation",
    type=WordChoice(["related", "duplicate", "repeat", "caused_by"], "request_link", "relation"),
    default="related",
    show_default=True,
    help="How the first belongs to the other.",
)
@click.option("--note", default="", metavar="TEXT", help="What both have in common.")
@pass_invocation
def link(invocation: Invocation, request: str, other: str, relation: str, note: str) -> None:
    """Say how two requests of one client belong together."""
    session = invocation.session()
    one, two = named_request(session, request), named_request(session, other)
    print_raw(str(merging.link(session, one, two, cast("RequestRelation", relation), note).id))


@click.command(epilog="\b\nExample:\n  onewindow request merge R-1050 R-1042")
@request_argument("duplicate", "DUPLICATE")
@request_argument("target", "INTO")
@pass_invocation
def merge(invocation: Invocation, duplicate: str, target: str) -> None:
    """Merge a duplicate into another request.

    The other one shows both and takes over what was owed; `onewindow undo` parts them.
    """
    session = invocation.session()
    one, two = named_request(session, duplicate), named_request(session, target)
    print_raw(str(merging.merge(session, one, two).id))


@click.command(
    "hand-off",
    epilog="""\b
Examples:
  onewindow request hand-off R-1042 "найти накладную" --to склад --within 120
  onewindow request hand-off R-1042 "новая точка, 5 касс" --target sales --told "Вам ответит Сидоров" """,
)
@request_argument()
@click.argument("what", nargs=-1, required=True)
@click.option("--to", "department", default="", metavar="DEPARTMENT", help="Which department.")
@click.option("--new", "is_new", is_flag=True, help="It is a department that nobody has used before.")
@click.option(
    "--target",
    type=WordChoice(["internal", "sales", "finance"], "hand_off", "target"),
    default="internal",
    show_default=True,
    help="sales takes leads, finance takes debts.",
)
@click.option("--assignee", metavar="LOGIN", help="Who does it.")
@click.option(
    "--within",
    type=Count(min=1),
    default=480,
    show_default=True,
    metavar="MINUTES",
    help="Open minutes that the department has.",
)
@click.option("--told", default="", metavar="TEXT", help="What the client was told, who answers now.")
@pass_invocation
def hand_off(
    invocation: Invocation,
    request: str,
    what: tuple[str, ...],
    department: str,
    is_new: bool,
    target: str,
    assignee: str | None,
    within: int,
    told: str,
) -> None:
    """Give a part of a request to another department.

    The request cannot be closed before it is settled.
    """
    from onewindow.desk.people import departments

    session = invocation.session()
    asked = HandOff(
        request_id=named_request(session, request).id,
        what=joined(what),
        department=departments.named(session, department, is_new=is_new),
        target=cast("HandOffTarget", target),
        target_min=within,
        assignee_id=named_staff(session, assignee) if assignee else None,
    )
    print_raw(str(handing_off.hand_off(session, asked, told).id))


def move(name: str, state: HandOffState, help_text: str, example: str) -> click.Command:
    """The command that brings a hand-off to a state."""

    def run(hand_off: str, answer: tuple[str, ...]) -> None:
        from onewindow.cli.editing.record_reading import current_invocation

        session = current_invocation().session()
        moved = handing_off.move_on(session, named_hand_off(session, hand_off), state, joined(answer))
        print_raw(str(moved.id))

    return click.Command(
        name,
        callback=run,
        help=help_text,
        epilog=f"\b\nExample:\n  onewindow hand-off {name} {example}",
        params=[
            click.Argument(["hand_off"], metavar="HAND-OFF|REQUEST"),
            click.Argument(["answer"], nargs=-1),
        ],
    )


@click.command(
    "told", epilog='\b\nExample:\n  onewindow hand-off told R-1042 "Вам ответит Сидоров из продаж"'
)
@click.argument("hand_off", metavar="HAND-OFF|REQUEST")
@click.argument("text", nargs=-1, required=True)
@pass_invocation
def told(invocation: Invocation, hand_off: str, text: tuple[str, ...]) -> None:
    """Record what the client was told of a hand-off.

    That is who answers the client now; it counts as an answer.
    """
    session = invocation.session()
    part = handing_off.tell_client(session, named_hand_off(session, hand_off), joined(text))
    print_raw(str(part.id))


@click.command(
    epilog='\b\nExample:\n  onewindow request correct R-1042 "Обучить смену" --due 01.12 --assignee petrov'
)
@request_argument()
@click.argument("what", nargs=-1, required=True)
@click.option("--due", required=True, metavar="DATE", help="By when.")
@click.option("--assignee", metavar="LOGIN", help="Who does it; the request's assignee if nobody is named.")
@pass_invocation
def correct(
    invocation: Invocation, request: str, what: tuple[str, ...], due: str, assignee: str | None
) -> None:
    """Promise a corrective action by a date.

    It is a task, and stands in the register of complaints.
    """
    session = invocation.session()
    due_on = str(typed_value(session, Task, "due_on", due) or "")
    who = named_staff(session, assignee) if assignee else None
    task = complaints.correct(session, named_request(session, request), joined(what), due_on, who)
    print_raw(str(task.id))


@click.command("complaints", epilog="\b\nExample:\n  onewindow request complaints --since 01.09 --format csv")
@click.option("--since", metavar="DATE", help="Opened on this day or later; half a year ago if not given.")
@format_option
@pass_invocation
def register(invocation: Invocation, since: str | None, output_format: TableFormat) -> None:
    """List the register of complaints.

    With cause, corrective action, and which ones come again.
    """
    session = invocation.session()
    begin = utc_text(session.now() - timedelta(days=WITHIN_DAYS))
    if since:
        begin = str(typed_value(session, Request, "promised_at", f"{since} 00:00") or begin)
    is_table = output_format == "table"
    rows = _register_rows(
        complaints.register(session, begin), lambda at: shown_time(session, at) if is_table else at
    )
    print_table(rows, _REGISTER, output_format)


def _register_rows(
    complaints: Iterator[Complaint], moment: Callable[[str | None], str | None]
) -> Iterator[dict[str, object]]:
    for line in complaints:
        request, action = line.request, line.actions[-1] if line.actions else None
        yield {
            "number": f"R-{request.number}",
            "opened_at": moment(request.opened_at),
            "client": line.client.name,
            "title": request.title,
            "status": request.status,
            "cause": request.cause,
            "corrective_action": action.title if action else request.corrective_action,
            "action_due_on": action.due_on if action else None,
            "action_status": action.status if action else None,
            "repeats": " ".join(f"R-{repeated.number}" for repeated in line.repeats),
            "resolved_at": moment(request.resolved_at),
        }
