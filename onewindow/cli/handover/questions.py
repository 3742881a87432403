"""`onewindow handover ask|answer|…`: questions to sales with their clocks, special terms acknowledged.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

import click

from onewindow.cli.handover.naming import handover_argument, named_handover, named_question, named_term
from onewindow.cli.requests.naming import joined
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import print_raw
from onewindow.desk.handover.acknowledging import acknowledge as acknowledge_promise
from onewindow.metrics.handover.completeness import TOPICS


@click.command(epilog='\b\nExample:\n  onewindow handover ask romashka "Обещали ли скидку устно?"')
@handover_argument
@click.argument("question", nargs=-1, required=True)
@click.option("--about", type=click.Choice(list(TOPICS)), help="Which item of the checklist it is about.")
@pass_invocation
def ask(invocation: Invocation, handover: str, question: tuple[str, ...], about: str | None) -> None:
    """Ask the salesperson something about the client; their clock starts."""
    from onewindow.desk.handover import decisions

    session = invocation.session()
    record = named_handover(session, handover)
    print_raw(str(decisions.ask(session, record, joined(question), about or "").id))


@click.command(epilog='\b\nExample:\n  onewindow handover answer romashka 1 "Да, 5 % на обучение"')
@handover_argument
@click.argument("question", metavar="QUESTION")
@click.argument("text", nargs=-1, required=True)
@pass_invocation
def answer(invocation: Invocation, handover: str, question: str, text: tuple[str, ...]) -> None:
    """Answer a question of the service. QUESTION is its number in `handover show`, or its id."""
    from onewindow.desk.handover import decisions

    session = invocation.session()
    item = named_question(session, named_handover(session, handover), question)
    print_raw(str(decisions.answer(session, item, joined(text)).id))


@click.command(epilog="\b\nExample:\n  onewindow handover settle romashka 1")
@handover_argument
@click.argument("question", metavar="QUESTION")
@pass_invocation
def settle(invocation: Invocation, handover: str, question: str) -> None:
    """Say that an answer is enough."""
    from onewindow.desk.handover import decisions

    session = invocation.session()
    item = named_question(session, named_handover(session, handover), question)
    print_raw(str(decisions.settle(session, item).id))


@click.command(name="ask-again", epilog='\b\nExample:\n  onewindow handover ask-again romashka 1 "а срок?"')
@handover_argument
@click.argument("question", metavar="QUESTION")
@click.argument("more", nargs=-1)
@pass_invocation
def ask_again(invocation: Invocation, handover: str, question: str, more: tuple[str, ...]) -> None:
    """Ask once more, because an answer is not enough; it has a clock of its own."""
    from onewindow.desk.handover import decisions

    session = invocation.session()
    item = named_question(session, named_handover(session, handover), question)
    print_raw(str(decisions.ask_again(session, item, joined(more)).id))


@click.command(epilog="\b\nExample:\n  onewindow handover acknowledge romashka 1")
@handover_argument
@click.argument("term", metavar="TERM")
@pass_invocation
def acknowledge(invocation: Invocation, handover: str, term: str) -> None:
    """Say that you know a special term and keep it. TERM is its number in `handover show`, or its id."""
    session = invocation.session()
    promise = named_term(session, named_handover(session, handover), term)
    print_raw(str(acknowledge_promise(session, promise).id))
