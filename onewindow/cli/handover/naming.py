"""How commands name a handover, a question of it and a special term.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.problems import CommandProblem
from onewindow.desk.session.naming import resolve_client
from onewindow.records.handover import Handover, HandoverItem
from onewindow.store import rows
from onewindow.store.handover import packages as handovers

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.records.clients import Promise

Command = Callable[..., Any]


def handover_argument(function: Command) -> Command:
    """The argument of a command that names a handover."""
    return click.argument("handover", metavar="HANDOVER", shell_complete=complete_record("client"))(function)


def named_handover(session: Session, word: str) -> Handover:
    """The handover with an id or the id of a deal; else the newest of the client that a word names."""
    asked = word.strip()
    by_id = rows.find_by_word(session.store, Handover, asked)
    if by_id is not None:
        return by_id
    known = handovers.by_external_id(session.store, asked)
    if len(known) == 1:
        return known[0]
    client = resolve_client(session, asked)
    of_client = handovers.of_client(session.store, client.id)
    if not of_client:
        raise CommandProblem(f"{client.name} was never handed over; `handover import` brings a package.")
    waiting = [sent for sent in of_client if sent.state == "sent"]
    return (waiting or of_client)[0]


def named_question(session: Session, handover: Handover, word: str) -> HandoverItem:
    """The question of a handover with a number as `handover show` counts them, or with an id."""
    questions = [i for i in handovers.items(session.store, handover.id) if i.item_kind == "question"]
    fitting = [item for number, item in enumerate(questions, 1) if word in (str(number), str(item.id))]
    if not fitting:
        count = f"it has {len(questions)}" if questions else "it has none"
        raise CommandProblem(f"This handover has no question “{word}”; {count}.")
    return fitting[0]


def named_term(session: Session, handover: Handover, word: str) -> Promise:
    """The special term of a handover with a number in the order of `handover show`, or with an id."""
    from onewindow.desk.handover.summary import read_handover

    terms = read_handover(session, handover.id).terms
    fitting = [term for number, term in enumerate(terms, 1) if word in (str(number), str(term.id))]
    if not fitting:
        raise CommandProblem(f"This handover has no special term “{word}”; it has {len(terms) or 'none'}.")
    return fitting[0]
