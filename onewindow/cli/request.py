"""`onewindow request …`: the common verbs, and take, reply, wait, resolve, reopen, why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.completing import complete_record
from onewindow.cli.invocation import Invocation, pass_invocation
from onewindow.cli.printing import print_raw, print_text
from onewindow.cli.record_group import Builder, RecordGroup
from onewindow.records.kinds import KINDS, Kind

if TYPE_CHECKING:
    from onewindow.desk.session import Session
    from onewindow.records.work import Request


def _named(session: Session, word: str) -> Request:
    from onewindow.desk.naming import resolve
    from onewindow.records.work import Request
    from onewindow.store import rows

    number = word.strip()
    # R-1042, 1042 and the id all name a request; short numbers are far below any id.
    asked = f"R-{number}" if number.isdigit() and len(number) < 10 else number
    return rows.get(session.store, Request, resolve(session, "request", asked))


@click.command(epilog="\b\nExample:\n  onewindow request why R-1042")
@click.argument("request", metavar="REQUEST", shell_complete=complete_record("request"))
@pass_invocation
def why(invocation: Invocation, request: str) -> None:
    """Show the arithmetic of a request's clock.

    Line by line: opened, nights, holidays, pauses, due.
    """
    from onewindow.desk.answering import why_due

    session = invocation.session()
    print_text("\n".join(why_due(session, _named(session, request))))


@click.command(epilog="\b\nExample:\n  onewindow request take R-1042")
@click.argument("request", metavar="REQUEST", shell_complete=complete_record("request"))
@pass_invocation
def take(invocation: Invocation, request: str) -> None:
    """Become the one who works on a request."""
    from onewindow.desk.answering import take_over

    session = invocation.session()
    print_raw(str(take_over(session, _named(session, request)).id))


@click.command(epilog='\b\nExample:\n  onewindow request reply R-1042 "Проверяем, ответим до 15:00"')
@click.argument("request", metavar="REQUEST", shell_complete=complete_record("request"))
@click.argument("text", nargs=-1, required=True)
@pass_invocation
def reply(invocation: Invocation, request: str, text: tuple[str, ...]) -> None:
    """Record an answer to the client.

    It stops the clock of the first or next response.
    """
    from onewindow.desk.answering import reply_to

    session = invocation.session()
    print_raw(str(reply_to(session, _named(session, request), " ".join(text)).id))


@click.command(epilog='\b\nExample:\n  onewindow request wait R-1042 "Ждём скан доверенности"')
@click.argument("request", metavar="REQUEST", shell_complete=complete_record("request"))
@click.argument("text", nargs=-1)
@pass_invocation
def wait(invocation: Invocation, request: str, text: tuple[str, ...]) -> None:
    """Wait for the client.

    The clock of the solution pauses until he answers or somebody resumes.
    """
    from onewindow.desk.answering import wait_for_client

    session = invocation.session()
    print_raw(str(wait_for_client(session, _named(session, request), " ".join(text)).id))


@click.command(epilog='\b\nExample:\n  onewindow request resolve R-1042 "Обновили драйвер" --minutes 20')
@click.argument("request", metavar="REQUEST", shell_complete=complete_record("request"))
@click.argument("text", nargs=-1)
@click.option(
    "--minutes", type=click.IntRange(min=0), metavar="N", help="Minutes spent, added to those on file."
)
@pass_invocation
def resolve(invocation: Invocation, request: str, text: tuple[str, ...], minutes: int | None) -> None:
    """Close a request with what the client got."""
    from onewindow.desk.answering import resolve_with

    session = invocation.session()
    found = resolve_with(session, _named(session, request), " ".join(text), minutes or 0)
    print_raw(str(found.id))


@click.command(epilog='\b\nExample:\n  onewindow request reopen R-1042 "Ошибка вернулась"')
@click.argument("request", metavar="REQUEST", shell_complete=complete_record("request"))
@click.argument("text", nargs=-1)
@pass_invocation
def reopen(invocation: Invocation, request: str, text: tuple[str, ...]) -> None:
    """Open a closed or waiting request again.

    Its clock goes on where it stood.
    """
    from onewindow.desk.answering import open_again

    session = invocation.session()
    print_raw(str(open_again(session, _named(session, request), " ".join(text)).id))


def _ready(command: click.Command) -> Builder:
    return lambda _: command


def _adding(kind: Kind) -> click.Command:
    from onewindow.cli.request_adding import add_command

    return add_command(kind)


group = RecordGroup(
    KINDS["request"],
    {"add": _adding}
    | {command.name or "": _ready(command) for command in (take, reply, wait, resolve, reopen, why)},
)
