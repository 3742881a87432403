"""`onewindow request status` and `request script`: what a client may be told, and what we say by the book.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.requests.naming import named_request
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import print_object, print_text
from onewindow.cli.shell.word_choice import WordChoice
from onewindow.records.by_name import value_of
from onewindow.records.clients import Client
from onewindow.store import rows
from onewindow.store.problems import NotFound

if TYPE_CHECKING:
    from onewindow.desk.session.context import Session
    from onewindow.desk.templates.scripts import Followed
    from onewindow.records.requests import Request
    from onewindow.store.changes import Transaction


@click.command(
    epilog="""\b
Examples:
  onewindow request status R-1042
  onewindow request status R-1042 --lang bg"""
)
@click.argument("request", metavar="REQUEST", shell_complete=complete_record("request"))
@click.option(
    "--lang",
    "language",
    type=WordChoice(["ru", "bg", "en"], "template", "language"),
    help="Language of the text; else that of who asked.",
)
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text")
@pass_invocation
def status(invocation: Invocation, request: str, language: str | None, output_format: str) -> None:
    """Print what the client may be told of a request now: stages, dates, whose turn it is.

    Nothing internal is in it: no notes, no departments, no texts of ours but the result.
    """
    from onewindow.desk.requests.client_status import status_lines, status_of

    session = invocation.session()
    current = status_of(session, named_request(session, request), language or "")
    if output_format == "text":
        print_text("\n".join(status_lines(current)))
        return
    names = ("number", "title", "now", "next_step", "promised", "result")
    stages = [{"at": stage.at, "text": stage.text} for stage in current.stages]
    print_object({**{name: value_of(current, name) for name in names}, "stages": stages})


@click.command(
    epilog="""\b
Examples:
  onewindow request script R-1042
  onewindow request script R-1042 --done 1 --done 2
  onewindow request script R-1042 --skip 3 --why "клиент торопился\""""
)
@click.argument("request", metavar="REQUEST", shell_complete=complete_record("request"))
@click.option(
    "--use", "script", metavar="NAME", help="Which script; else the one begun, else the one that fits best."
)
@click.option("--done", type=Count(min=1), multiple=True, metavar="N", help="Step N was done.")
@click.option("--skip", type=Count(min=1), multiple=True, metavar="N", help="Step N was skipped.")
@click.option(
    "--why",
    multiple=True,
    metavar="TEXT",
    help="Why it was skipped, or what was said: once for each --skip, without a skip for each --done.",
)
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text")
@pass_invocation
def script(
    invocation: Invocation,
    request: str,
    script: str | None,
    done: tuple[int, ...],
    skip: tuple[int, ...],
    why: tuple[str, ...],
    output_format: str,
) -> None:
    """Show the script of a request with its words filled in, and mark steps done or skipped."""
    session = invocation.session()
    about = named_request(session, request)
    followed = _followed(session, about, script)
    if done or skip:
        _mark(session, about, followed, done, skip, why)
        followed = _followed(session, about, script)
    if output_format == "text":
        print_text("\n".join(_lines(followed)))
        return
    steps = [
        {
            "step": number,
            "step_id": str(step.step.id),
            "title": step.step.title,
            "words": step.words,
            "required": bool(step.step.is_required),
            "state": step.state,
            "note": step.mark.note if step.mark else "",
            "at": step.mark.at if step.mark else None,
        }
        for number, step in enumerate(followed.steps, 1)
    ]
    print_object({"script": followed.script.name, "script_id": str(followed.script.id), "steps": steps})


def _followed(session: Session, request: Request, word: str | None) -> Followed:
    from onewindow.desk.templates import scripts

    fitting = scripts.for_request(session, request)
    if word is None and not fitting:
        raise NotFound("There is no script for such a request; `script add` makes one.")
    chosen = scripts.named(session, word) if word else fitting[0]
    client = rows.get(session.store, Client, request.client_id)
    return scripts.followed(session, chosen, client, request)


def _mark(
    session: Session,
    request: Request,
    followed: Followed,
    done: tuple[int, ...],
    skip: tuple[int, ...],
    why: tuple[str, ...],
) -> None:
    """Mark steps by their numbers, all in one transaction, each with the reason that was given for it."""
    from onewindow.desk.templates.scripts import mark_step_in

    highest = max((*done, *skip))
    if highest > len(followed.steps):
        raise click.UsageError(
            f"“{followed.script.name}” has {len(followed.steps)} steps, there is no step {highest}",
            click.get_current_context(),
        )
    if both := set(done) & set(skip):
        raise click.UsageError(
            f"step {min(both)} cannot be both done and skipped", click.get_current_context()
        )

    explained = skip or done
    if why and len(why) != len(explained):
        verb = "skipped" if skip else "done"
        raise click.UsageError(
            f"{len(explained)} steps were {verb} and {len(why)} reasons given: give --why once for each step",
            click.get_current_context(),
        )
    reasons = dict(zip(explained, why, strict=True)) if why else {}

    def work(transaction: Transaction) -> None:
        for number in (*done, *skip):
            mark_step_in(
                session,
                transaction,
                followed.steps[number - 1].step,
                "done" if number in done else "skipped",
                reasons.get(number, ""),
                client_id=request.client_id,
                request=request,
            )

    session.change(f"script of R-{request.number}", work)


def _lines(followed: Followed) -> list[str]:
    signs = {"done": "x", "skipped": "-", "": " "}
    lines = [f"{followed.script.name} (x done, - skipped, ! must not be skipped)"]
    for number, step in enumerate(followed.steps, 1):
        sign, must = signs[step.state], "!" if step.step.is_required else " "
        lines.append(f"{number:>3} [{sign}] {must} {step.step.title}")
        lines += [f"          {line}" for line in step.words.splitlines()]
        if step.mark is not None and step.mark.note:
            lines.append(f"          ({step.mark.note})")
    return lines
