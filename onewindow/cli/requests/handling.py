"""What is done with one request on the command line: whose it is, what is said, when, and how it ends."""

from __future__ import annotations

import click

from onewindow.cli.requests.naming import joined, named_request, named_staff, request_argument, typed_value
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import print_raw, print_text
from onewindow.cli.shell.word_choice import WordChoice
from onewindow.records.requests import Request


def _replies():
    # Loaded when a verb runs: help and Tab name all verbs, and do nothing with a request.
    from onewindow.desk.requests import replies

    return replies


_minutes = click.option(
    "--minutes", type=Count(min=0), metavar="N", help="Minutes spent, added to those on file."
)


def _done(request: Request) -> None:
    print_raw(str(request.id))


@click.command(epilog="\b\nExample:\n  onewindow request why R-1042")
@request_argument()
@pass_invocation
def why(invocation: Invocation, request: str) -> None:
    """Show the arithmetic of a request's clock.

    Line by line: opened, nights, holidays, pauses, due.
    """
    session = invocation.session()
    print_text("\n".join(_replies().why_due(session, named_request(session, request))))


@click.command(epilog="\b\nExample:\n  onewindow request take R-1042")
@request_argument()
@pass_invocation
def take(invocation: Invocation, request: str) -> None:
    """Become the one who works on a request."""
    session = invocation.session()
    _done(_replies().take_over(session, named_request(session, request)))


@click.command(epilog='\b\nExample:\n  onewindow request assign R-1042 petrov --reason "он знает принтеры"')
@request_argument()
@click.argument("staff", metavar="LOGIN", shell_complete=complete_record("staff"))
@click.option("--reason", default="", metavar="TEXT", help="Why; it stands in the request's log.")
@pass_invocation
def assign(invocation: Invocation, request: str, staff: str, reason: str) -> None:
    """Give a request to somebody of us."""
    session = invocation.session()
    _done(_replies().assign_to(session, named_request(session, request), named_staff(session, staff), reason))


@click.command(
    epilog='\b\nExample:\n  onewindow request reply R-1042 "Проверяем, ответим до 15:00" --next us'
)
@request_argument()
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--next",
    "then",
    type=WordChoice(["client", "us"], "request", "next_actor"),
    default="client",
    show_default=True,
    help="Who acts next.",
)
@pass_invocation
def reply(invocation: Invocation, request: str, text: tuple[str, ...], then: str) -> None:
    """Record an answer to the client.

    It stops the clock of the first or next response.
    """
    session = invocation.session()
    _done(
        _replies().reply_to(
            session, named_request(session, request), joined(text), "us" if then == "us" else "client"
        )
    )


@click.command(epilog='\b\nExample:\n  onewindow request note R-1042 "Звонил трижды, не берут"')
@request_argument()
@click.argument("text", nargs=-1, required=True)
@pass_invocation
def note(invocation: Invocation, request: str, text: tuple[str, ...]) -> None:
    """Write an internal note, which the client never sees."""
    session = invocation.session()
    _done(_replies().note_down(session, named_request(session, request), joined(text)))


@click.command(
    "client-wrote", epilog='\b\nExample:\n  onewindow request client-wrote R-1042 "Спасибо, всё работает"'
)
@request_argument()
@click.argument("text", nargs=-1, required=True)
@click.option("--thanks/--no-thanks", default=None, help="Say yourself whether it is only a thank you.")
@pass_invocation
def client_wrote(
    invocation: Invocation,
    request: str,
    text: tuple[str, ...],
    thanks: bool | None,
) -> None:
    """Record what the client said.

    It ends the waiting and opens a closed request again. A bare thank you to a closed request is
    recorded and opens nothing.
    """
    session = invocation.session()
    record = named_request(session, request)
    _done(_replies().client_wrote(session, record, joined(text), thanks=thanks))


@click.command("no-answer", epilog='\b\nExample:\n  onewindow request no-answer R-1042 "для сведения"')
@request_argument()
@click.argument("reason", nargs=-1)
@pass_invocation
def no_answer(invocation: Invocation, request: str, reason: tuple[str, ...]) -> None:
    """Say that the client's last message needs no answer.

    The clock of the next response ends.
    """
    session = invocation.session()
    _done(_replies().no_answer_needed(session, named_request(session, request), joined(reason)))


@click.command(epilog='\b\nExample:\n  onewindow request wait R-1042 "Ждём скан доверенности"')
@request_argument()
@click.argument("text", nargs=-1)
@pass_invocation
def wait(invocation: Invocation, request: str, text: tuple[str, ...]) -> None:
    """Wait for the client.

    The clock of the solution pauses until they answer or somebody resumes.
    """
    session = invocation.session()
    _done(_replies().wait_for_client(session, named_request(session, request), joined(text)))


@click.command(
    epilog='\b\nExample:\n  onewindow request promise R-1042 "пт 15:00" --reason "ждём выгрузку от склада"'
)
@request_argument()
@click.argument("when", metavar="TIME")
@click.option("--reason", default="", metavar="TEXT", help="Why it moves; needed from the second date on.")
@pass_invocation
def promise(invocation: Invocation, request: str, when: str, reason: str) -> None:
    """Give the client a date, or move it.

    The log keeps every date with its reason.
    """
    session = invocation.session()
    at = str(typed_value(session, Request, "promised_at", when) or "")
    _done(_replies().promise_for(session, named_request(session, request), at, reason))


@click.command(epilog='\b\nExample:\n  onewindow request resolve R-1042 "Обновили драйвер" --minutes 20')
@request_argument()
@click.argument("text", nargs=-1)
@_minutes
@click.option("--cause", default="", metavar="TEXT", help="What it came from; a complaint needs it.")
@pass_invocation
def resolve(
    invocation: Invocation, request: str, text: tuple[str, ...], minutes: int | None, cause: str
) -> None:
    """Close a request with what the client got."""
    session = invocation.session()
    _done(
        _replies().resolve_with(session, named_request(session, request), joined(text), minutes or 0, cause)
    )


@click.command(epilog='\b\nExample:\n  onewindow request decline R-1042 "По договору доработка платная"')
@request_argument()
@click.argument("reason", nargs=-1, required=True)
@pass_invocation
def decline(invocation: Invocation, request: str, reason: tuple[str, ...]) -> None:
    """Say no, with the reason that the client sees."""
    session = invocation.session()
    _done(_replies().decline_with(session, named_request(session, request), joined(reason)))


@click.command(epilog='\b\nExample:\n  onewindow request reopen R-1042 "Ошибка вернулась"')
@request_argument()
@click.argument("text", nargs=-1)
@pass_invocation
def reopen(invocation: Invocation, request: str, text: tuple[str, ...]) -> None:
    """Open a closed or waiting request again.

    Its clock goes on where it stood.
    """
    session = invocation.session()
    _done(_replies().open_again(session, named_request(session, request), joined(text)))


@click.command(
    epilog="""\b
Examples:
  onewindow request lead R-1042 "Можно ли дать скидку?"
  onewindow request lead R-1042 "Да, 10 %" --done"""
)
@request_argument()
@click.argument("text", nargs=-1)
@click.option("--done", is_flag=True, help="A lead has looked; the text is the answer.")
@pass_invocation
def lead(invocation: Invocation, request: str, text: tuple[str, ...], *, done: bool) -> None:
    """Ask a lead to look at a request, or say that one has."""
    session = invocation.session()
    record = named_request(session, request)
    _done((_replies().lead_looked if done else _replies().ask_lead)(session, record, joined(text)))
