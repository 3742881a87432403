"""`onewindow outbox …`: what waits, what failed, what was tried, and sending it by hand or by cron.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.messages.message import cancel, named_message
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_raw, print_table, tell
from onewindow.cli.shell.problems import CommandProblem
from onewindow.cli.shell.word_choice import WordChoice
from onewindow.cli.shell.zone_head import print_zone, shown_time
from onewindow.desk.outbox.drafting import queue
from onewindow.desk.session.naming import label
from onewindow.records.by_name import value_if_any, value_of
from onewindow.store import outbox

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.records.messages import Message

_STATES = ("queued", "failed", "draft", "sent", "cancelled")
_COLUMNS = (
    *("id", "state", "queued_at", "sent_at", "client_id", "client", "request"),
    *("channel", "recipient", "subject", "tries", "error"),
)
_FOR_EYES = ("id", "state", "queued for", "client", "channel", "recipient", "subject", "error")
_TRY_COLUMNS = ("number", "started_at", "ended_at", "outcome", "carrier", "login", "message_key", "answer")


@click.group(name="outbox", no_args_is_help=True)
def group() -> None:
    """Messages to clients: what waits and what failed; send, retry, cancel, and the log of each."""


@group.command("list", epilog="\b\nExample:\n  onewindow outbox list --state failed")
@click.option(
    "--state",
    "states",
    type=WordChoice(_STATES, "message", "state"),
    multiple=True,
    help="Only those; else drafts, queued and failed ones.",
)
@click.option("--limit", type=Count(min=1), default=200, show_default=True, metavar="N")
@format_option
@pass_invocation
def list_messages(
    invocation: Invocation, states: tuple[str, ...], limit: int, output_format: TableFormat
) -> None:
    """List messages by state: queued ones by when they may go, others the newest first."""
    session = invocation.session()
    messages = [
        message
        for state in states or ("queued", "failed", "draft")
        for message in outbox.in_state(session.store, state, limit)
    ]
    rows = [_row(session, message) for message in messages[:limit]]
    if output_format == "table":
        if messages:
            print_zone(session)
        for row, message in zip(rows, messages, strict=False):
            row["queued for"] = shown_time(session, message.queued_at)
    print_table(rows, _FOR_EYES if output_format == "table" else _COLUMNS, output_format, wrapped=("error",))


@group.command(epilog="\b\nExample, every five minutes by cron:\n  onewindow --as robot outbox send")
@click.option("--limit", type=Count(min=1), default=100, show_default=True, metavar="N")
@pass_invocation
def send(invocation: Invocation, limit: int) -> None:
    """Send what may go now, oldest first, and print id and outcome of each message.

    Ends with 1 if a message failed or could not go; what is only put off is tried again by a later run.
    """
    from onewindow.desk.messages.sending import send_due

    session = invocation.session()
    count, failed = 0, 0
    for outcome in send_due(session, limit):
        count += 1
        failed += outcome.result != "sent"
        print_raw(f"{outcome.message.id} {outcome.result}")
        if outcome.result != "sent":
            tell(f"{outcome.message.id}: {outcome.sentence}")
    if not count:
        tell("Nothing waits to be sent now.")
    if failed:
        click.get_current_context().exit(1)


@group.command(epilog="\b\nExample:\n  onewindow outbox retry 62848121561433255")
@click.argument("message", metavar="ID", shell_complete=complete_record("message"))
@click.option("--at-night", is_flag=True, help="Do not wait for the end of quiet hours.")
@pass_invocation
def retry(invocation: Invocation, message: str, at_night: bool) -> None:
    """Queue a failed or cancelled message again; it keeps its Message-ID."""
    session = invocation.session()
    record = named_message(session, message)
    if record.state not in ("failed", "cancelled"):
        raise CommandProblem(
            f"Message {record.id} is {record.state}; only failed and cancelled ones are retried."
        )
    print_raw(str(queue(session, record, at_night=at_night).id))


@group.command(epilog="\b\nExample:\n  onewindow outbox confirm 62848121561433255")
@click.argument("message", metavar="ID", shell_complete=complete_record("message"))
@pass_invocation
def confirm(invocation: Invocation, message: str) -> None:
    """Say that a message did arrive, of which it was not known whether it was sent."""
    from onewindow.desk.messages.sending import confirm_sent

    session = invocation.session()
    print_raw(str(confirm_sent(session, named_message(session, message)).id))


@group.command(epilog="\b\nExample:\n  onewindow outbox log 62848121561433255")
@click.argument("message", metavar="ID", shell_complete=complete_record("message"))
@format_option
@pass_invocation
def log(invocation: Invocation, message: str, output_format: TableFormat) -> None:
    """Show every try to hand a message over: when, by whom, what was answered."""
    session = invocation.session()
    tries = outbox.tries(session.store, named_message(session, message).id)
    rows = [{name: value_of(attempt, name) for name in _TRY_COLUMNS} for attempt in tries]
    print_table(rows, _TRY_COLUMNS, output_format, wrapped=("answer",))


group.add_command(cancel)


def _row(session: Session, message: Message) -> dict[str, object]:
    row: dict[str, object] = {name: value_if_any(message, name) for name in _COLUMNS}
    request = label(session, "request", message.request_id)
    return {
        **row,
        "client": label(session, "client", message.client_id),
        "request": request.partition(" ")[0],
        "subject": message.subject or " ".join(message.text.split())[:60],
    }
