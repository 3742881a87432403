"""`onewindow handover accept|return|…`: the decision, what the package changes, and the client's mark.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.handover.naming import handover_argument, named_handover
from onewindow.cli.requests.naming import joined
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import print_raw, tell
from onewindow.cli.shell.problems import CommandProblem
from onewindow.desk.session.naming import colleague, resolve_client
from onewindow.metrics.handover.completeness import TOPICS
from onewindow.text.plural import counted

if TYPE_CHECKING:
    from onewindow.desk.handover.changes import Choice
    from onewindow.metrics.handover.completeness import ItemState


@click.command(
    name="accept",
    epilog="""\b
Examples:
  onewindow handover accept romashka
  onewindow handover accept romashka --debts""",
)
@handover_argument
@click.option("--debts", is_flag=True, help="Ask sales for every missing item, with a clock for the answers.")
@click.option(
    "--conflicts",
    type=click.Choice(["package", "card"]),
    help="Whose value counts where the card changed since the package came.",
)
@pass_invocation
def accept_command(invocation: Invocation, handover: str, debts: bool, conflicts: str | None) -> None:
    """Accept a client from sales.

    The package goes to the card, the stage becomes onboarding and the onboarding plan starts. It is refused
    while blockers are missing, unless the debts are taken along.
    """
    from onewindow.desk.handover import decisions
    from onewindow.desk.handover.summary import read_handover

    session = invocation.session()
    record = named_handover(session, handover)
    if conflicts:
        snapshot = read_handover(session, record.id)
        for difference in snapshot.differences:
            if difference.standing == "conflict":
                now = read_handover(session, record.id)
                decisions.choose(session, now, difference.place, difference.field, cast("Choice", conflicts))
    stored = decisions.accept(session, record, with_debts=debts)
    snapshot = read_handover(session, stored.id)
    if snapshot.debts:
        tell(f"Sales owes {counted(len(snapshot.debts), 'answer')}.")
    if snapshot.unread_terms:
        terms = counted(len(snapshot.unread_terms), "special term is", "special terms are")
        tell(f"{terms} to be acknowledged one by one.")
    print_raw(str(stored.id))


@click.command(
    name="send", epilog='\b\nExample:\n  onewindow handover send romashka --to petrov "ухожу в отпуск"'
)
@click.argument("client", metavar="CLIENT", shell_complete=complete_record("client"))
@click.argument("note", nargs=-1)
@click.option("--to", "receiver", required=True, metavar="STAFF", help="Who is to look after the client.")
@pass_invocation
def send_command(invocation: Invocation, client: str, note: tuple[str, ...], receiver: str) -> None:
    """Hand a client of yours over to a colleague, with a package of all that is known.

    The receiver accepts or returns the client as one from sales, and acknowledges each special term.
    """
    from onewindow.desk.handover.sending import news_of, send

    session = invocation.session()
    client_record = resolve_client(session, client)
    for line in news_of(session, client_record):
        tell(line)
    receiver_id = colleague(session, receiver)
    print_raw(str(send(session, client_record, receiver_id, joined(note)).id))


@click.command(
    name="return", epilog='\b\nExample:\n  onewindow handover return romashka "нет подписанного договора"'
)
@handover_argument
@click.argument("reason", nargs=-1, required=True)
@pass_invocation
def return_command(invocation: Invocation, handover: str, reason: tuple[str, ...]) -> None:
    """Return a handover to sales with the reason."""
    from onewindow.desk.handover import decisions

    session = invocation.session()
    print_raw(str(decisions.send_back(session, named_handover(session, handover), joined(reason)).id))


@click.command(name="send-again", epilog="\b\nExample:\n  onewindow handover send-again romashka")
@handover_argument
@pass_invocation
def send_again_command(invocation: Invocation, handover: str) -> None:
    """Send a returned handover again, when what was missing is there; its clock starts anew."""
    from onewindow.desk.handover import decisions

    session = invocation.session()
    print_raw(str(decisions.send_again(session, named_handover(session, handover)).id))


@click.command(name="take-over", epilog="\b\nExample:\n  onewindow handover take-over romashka")
@handover_argument
@pass_invocation
def take_over_command(invocation: Invocation, handover: str) -> None:
    """Bring a package that came after the acceptance to the card."""
    from onewindow.desk.handover import decisions

    session = invocation.session()
    print_raw(counted(decisions.take_over(session, named_handover(session, handover)), "field"))


@click.command(name="choose", epilog="\b\nExample:\n  onewindow handover choose romashka contact.phone card")
@handover_argument
@click.argument("field", metavar="KIND.FIELD")
@click.argument("whose", type=click.Choice(["package", "card"]))
@pass_invocation
def choose_command(invocation: Invocation, handover: str, field: str, whose: str) -> None:
    """Say whose value of a field counts, the package's or the card's.

    KIND.FIELD is as `handover import --dry-run` names them; all records of the kind are meant.
    """
    from onewindow.desk.handover import decisions
    from onewindow.desk.handover.summary import read_handover

    session = invocation.session()
    snapshot = read_handover(session, named_handover(session, handover).id)
    fitting = [
        difference
        for difference in snapshot.open_differences
        if f"{difference.kind}.{difference.field}" == field
    ]
    if not fitting:
        known = ", ".join(
            dict.fromkeys(f"{difference.kind}.{difference.field}" for difference in snapshot.open_differences)
        )
        raise CommandProblem(f"The package changes no {field}; it changes {known or 'nothing'}.")
    for difference in fitting:
        now = read_handover(session, snapshot.handover.id)
        decisions.choose(session, now, difference.place, difference.field, cast("Choice", whose))
    print_raw(counted(len(fitting), "field"))


@click.command(name="rate", epilog='\b\nExample:\n  onewindow handover rate romashka 4 "быстро познакомили"')
@handover_argument
@click.argument("mark", type=click.IntRange(0, 5))
@click.argument("said", nargs=-1)
@pass_invocation
def rate_command(invocation: Invocation, handover: str, mark: int, said: tuple[str, ...]) -> None:
    """Keep the client's mark of the handover, 0 to 5; it counts for sales and for the receiver."""
    from onewindow.desk.handover import decisions

    session = invocation.session()
    print_raw(str(decisions.rate(session, named_handover(session, handover), mark, joined(said)).id))


@click.command(
    name="word",
    epilog="""\b
Examples:
  onewindow handover word romashka acts not-needed работы ещё не начались
  onewindow handover word romashka acts computed""",
)
@handover_argument
@click.argument("item", type=click.Choice(list(TOPICS)))
@click.argument("state", type=click.Choice(["not-needed", "present", "missing", "computed"]))
@click.argument("reason", nargs=-1)
@pass_invocation
def word_command(
    invocation: Invocation, handover: str, item: str, state: str, reason: tuple[str, ...]
) -> None:
    """Say a word on an item of the checklist, with the reason; it counts before what is computed."""
    from onewindow.desk.handover import decisions

    session = invocation.session()
    record = named_handover(session, handover)
    word = None if state == "computed" else cast("ItemState", state.replace("-", "_"))
    decisions.say(session, record, item, word, joined(reason))
    print_raw(str(record.id))
