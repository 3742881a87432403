"""How commands name a request, a hand-off, a colleague, and read the dates that people type."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.problems import CommandProblem
from onewindow.desk.editing.parsing import read_value
from onewindow.desk.session.naming import colleague, resolve, resolve_client
from onewindow.records.clients import Client
from onewindow.records.fields import Record, attribute_of
from onewindow.records.requests import HandOff, Request
from onewindow.store import rows
from onewindow.store.requests import hand_offs

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.store.engine import Value

Command = Callable[..., Any]


def request_argument(name: str = "request", metavar: str = "REQUEST") -> Callable[[Command], Command]:
    """The argument of a command that names a request: R-1042, 1042 or an id."""
    return click.argument(name, metavar=metavar, shell_complete=complete_record("request"))


def addressee_options(client: str, request: str, contact: str) -> Callable[[Command], Command]:
    """Add `--client`, `--request` and `--contact` to a command that writes to somebody, with these helps."""

    def add(command: Command) -> Command:
        # The outermost decorator is the first option of the help.
        for noun, text in (("contact", contact), ("request", request), ("client", client)):
            command = click.option(
                f"--{noun}", metavar=noun.upper(), help=text, shell_complete=complete_record(noun)
            )(command)
        return command

    return add


def named_subject(session: Session, client: str | None, request: str | None) -> tuple[Client, Request | None]:
    """The client that is written to and the request it is about, which may name the client alone."""
    about = named_request(session, request) if request else None
    if client is not None or about is None:
        return resolve_client(session, client or ""), about
    return rows.get(session.store, Client, about.client_id), about


def named_request(session: Session, word: str) -> Request:
    """The request that a word names; raises NotFound."""
    number = word.strip()
    # R-1042, 1042 and the id all name a request; short numbers are far below any id.
    asked = f"R-{number}" if number.isdigit() and len(number) < 10 else number
    return rows.get(session.store, Request, resolve(session, "request", asked))


def named_hand_off(session: Session, word: str) -> HandOff:
    """The hand-off with an id, or the only open one of the request that a word names."""
    by_id = rows.find_by_word(session.store, HandOff, word)
    if by_id is not None:
        return by_id
    request = named_request(session, word)
    open_parts = hand_offs.open_of_request(session.store, request.id)
    if not open_parts:
        raise CommandProblem(f"R-{request.number} has no open hand-off.")
    if len(open_parts) > 1:
        known = "; ".join(f"{part.id} {part.department}: {part.what}" for part in open_parts)
        raise CommandProblem(f"R-{request.number} has several open hand-offs, name one by its id: {known}")
    return open_parts[0]


def named_staff(session: Session, word: str) -> int:
    """The id of a colleague who is to do something, by login or name; `me` is oneself. Raises NotFound."""
    return colleague(session, word)


def typed_value(session: Session, record: type[Record], name: str, text: str) -> Value:
    """One typed text as the field of a record keeps it; raises UsageError with its sentence."""
    try:
        return read_value(session, attribute_of(record, name), text)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def joined(words: tuple[str, ...]) -> str:
    """The text that the words of a command line make."""
    return " ".join(words).strip()
