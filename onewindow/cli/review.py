"""`onewindow review`: walk a portfolio in order of risk, decide, and print the agenda for the lead.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from onewindow.cli.requests.naming import joined, named_staff
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import file_options, format_option, print_raw, print_table, print_text
from onewindow.cli.shell.problems import CommandProblem
from onewindow.cli.shell.word_choice import WordChoice
from onewindow.desk.review import reviewing
from onewindow.desk.review.reviewing import (
    DECISIONS,
    Reviewed,
    Scope,
    Walk,
    last_decisions,
    last_round,
    read_walk,
)
from onewindow.desk.session.naming import resolve
from onewindow.store.people import organization

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.records.reviews import Decision

_COLUMNS = (
    *("client_id", "number", "client", "tier", "band", "health", "risk", "why", "is_late"),
    *("value", "reviewed_at", "is_overdue", "decision", "reason"),
)
_FOR_EYES = ("risk", "client", "tier", "health", "why", "reviewed", "decision")


def _scope_options(function: Callable[..., object]) -> Callable[..., object]:
    owner = click.option(
        "--owner", metavar="LOGIN", shell_complete=complete_record("staff"), help="Whose clients; else mine."
    )
    segment = click.option(
        "--segment",
        metavar="SEGMENT",
        shell_complete=complete_record("segment"),
        help="The clients of a segment.",
    )
    return owner(segment(function))


@click.group(
    name="review",
    no_args_is_help=True,
    epilog="""\b
Examples:
  onewindow review list                                    my clients in order of risk
  onewindow review decide romashka fine "всё в порядке"
  onewindow review decide vektor snooze "ждём релиз" --till +3w
  onewindow review agenda --file agenda.md""",
)
def group() -> None:
    """Walk a portfolio in order of risk: one decision a client, then an agenda for the lead."""


@group.command("list", epilog="\b\nExample:\n  onewindow review list --owner petrov --all --format csv")
@_scope_options
@click.option("--all", "is_all", is_flag=True, help="Those who are reviewed in this round too.")
@click.option("--limit", type=Count(min=1), metavar="N", help="The first N rows only.")
@format_option
@pass_invocation
def list_clients(
    invocation: Invocation,
    *,
    owner: str | None,
    segment: str | None,
    is_all: bool,
    limit: int | None,
    output_format: TableFormat,
) -> None:
    """List the clients who are not reviewed yet in this round, those who need a look first."""
    session = invocation.session()
    walk = _walk(session, owner, segment)
    shown = (walk.clients if is_all else walk.open)[:limit]
    if output_format != "table":
        print_table((_machine(reviewed) for reviewed in shown), _COLUMNS, output_format)
        return
    done = len(walk.clients) - len(walk.open)
    print_text(
        f"{walk.title}: {done} of {len(walk.clients)} reviewed, {walk.overdue} longer ago than their standard"
    )
    print_table((_readable_row(reviewed) for reviewed in shown), _FOR_EYES, "table", wrapped=("why",))


@group.command(epilog="\b\nExample:\n  onewindow review why romashka")
@click.argument("client", metavar="CLIENT", shell_complete=complete_record("client"))
@_scope_options
@pass_invocation
def why(invocation: Invocation, client: str, owner: str | None, segment: str | None) -> None:
    """Show the points of a client and what each part gives, and the last decisions about them."""
    from onewindow.metrics.review_order import explain

    session = invocation.session()
    reviewed = _row(session, _walk(session, owner, segment), client)
    lines = explain(reviewed.risk)
    decisions = last_decisions(session, reviewed.client_id)
    print_text("\n".join([*lines, *(["", "Decided before:", *decisions] if decisions else [])]))


@group.command(epilog='\b\nExample:\n  onewindow review decide romashka escalate "просит скидку" --till пт')
@click.argument("client", metavar="CLIENT", shell_complete=complete_record("client"))
@click.argument(
    "decision", type=WordChoice(["touch", "snooze", "escalate", "fine"], "review_decision", "decision")
)
@click.argument("reason", nargs=-1, required=True)
@click.option("--till", default="", metavar="DATE", help="By when, or till when; else the usual time.")
@_scope_options
@pass_invocation
def decide(
    invocation: Invocation,
    *,
    client: str,
    decision: Decision,
    reason: tuple[str, ...],
    till: str,
    owner: str | None,
    segment: str | None,
) -> None:
    """Decide about a client and do it: a task to get in touch, out of my day, a lead's task, or fine."""
    session = invocation.session()
    walk = _walk(session, owner, segment)
    reviewed = _row(session, walk, client)
    print_raw(str(reviewing.decide(session, walk, reviewed.client_id, decision, joined(reason), till).id))


@group.command(epilog="\b\nExample:\n  onewindow review agenda --file agenda.md")
@_scope_options
@file_options
@pass_invocation
def agenda(
    invocation: Invocation, owner: str | None, segment: str | None, target: Path | None, *, force: bool
) -> None:
    """Print the agenda for the lead as Markdown: escalations first, then touches, what is put off, counts.

    Of the round that runs, else of the last one.
    """
    from onewindow.desk.review import agenda as review_agenda

    session = invocation.session()
    walk = _walk(session, owner, segment)
    last = walk.round or last_round(session, walk.scope)
    if last is None:
        raise CommandProblem("Nothing was reviewed here yet; `review decide` begins a round.")
    text = review_agenda.agenda(session, last, len(walk.open) if walk.round else 0)
    if target is None:
        print_text(text.rstrip("\n"))
        return
    from onewindow.exchange.export.files import whole_file

    with whole_file(target, force=force) as stream:
        stream.write(text.encode())
    print_text(str(target))


@group.command(epilog="\b\nExample:\n  onewindow review end")
@_scope_options
@pass_invocation
def end(invocation: Invocation, owner: str | None, segment: str | None) -> None:
    """End the round; the next one begins with all clients again."""
    session = invocation.session()
    walk = _walk(session, owner, segment)
    if walk.round is None:
        raise CommandProblem("No round runs here.")
    print_text(f"Ended: {reviewing.finish(session, walk.round).name}")


@group.command(epilog="\b\nExample:\n  onewindow review report --format csv")
@format_option
@pass_invocation
def report(invocation: Invocation, output_format: TableFormat) -> None:
    """Count the rounds of each person: when, how many clients, which decisions."""
    from onewindow.store import reviews

    session = invocation.session()
    columns = ("person", "round", "started_at", "ended_at", "reviewed", *DECISIONS)
    rows: list[dict[str, object]] = []
    for person in organization.staff(session.store):
        for past_round in reviews.rounds(session.store, person.id):
            counts = Counter(decided.decision for decided in reviews.decisions(session.store, past_round.id))
            rows.append(
                {
                    "person": person.name,
                    "round": past_round.name,
                    "started_at": past_round.started_at,
                    "ended_at": past_round.ended_at,
                    "reviewed": counts.total(),
                    **{decision: counts[decision] for decision in DECISIONS},
                }
            )
    print_table(rows, columns, output_format, wrapped=("round",))


def _walk(session: Session, owner: str | None, segment: str | None) -> Walk:
    return read_walk(session, _scope(session, owner, segment))


def _scope(session: Session, owner: str | None, segment: str | None) -> Scope:
    if owner and segment:
        raise click.UsageError("name --owner or --segment, not both", click.get_current_context())
    if segment:
        return Scope(segment_id=resolve(session, "segment", segment))
    return Scope(owner_id=named_staff(session, owner) if owner else session.me.id)


def _row(session: Session, walk: Walk, word: str) -> Reviewed:
    client_id = resolve(session, "client", word)
    reviewed = next((candidate for candidate in walk.clients if candidate.client_id == client_id), None)
    if reviewed is None:
        raise CommandProblem(f"“{word}” is none of these clients; --owner or --segment says whose are meant.")
    return reviewed


def _machine(reviewed: Reviewed) -> dict[str, object]:
    from onewindow.metrics.review_order import is_overdue

    inputs, decision = reviewed.facts, reviewed.decision
    return {
        "client_id": inputs.client_id,
        "number": f"C-{inputs.number}",
        "client": inputs.name,
        "tier": inputs.tier,
        "band": inputs.band,
        "health": inputs.health,
        "risk": reviewed.risk.points,
        "why": "; ".join(reason for reason, _ in reviewed.risk.parts),
        "is_late": reviewed.standing.is_late,
        "value": inputs.value,
        "reviewed_at": inputs.reviewed_at,
        "is_overdue": is_overdue(reviewed.standing),
        "decision": decision.decision if decision else "",
        "reason": decision.reason if decision else "",
    }


def _readable_row(reviewed: Reviewed) -> dict[str, object]:
    inputs, decision = reviewed.facts, reviewed.decision
    return {
        "risk": f"{reviewed.risk.points:.0f}",
        "client": inputs.name,
        "tier": inputs.tier,
        "health": "unknown" if inputs.health is None else f"{inputs.health} {inputs.band}",
        "why": "; ".join(reason for reason, _ in reviewed.risk.parts),
        "reviewed": inputs.reviewed_at[:10] if inputs.reviewed_at else "never",
        "decision": f"{decision.decision}: {decision.reason}" if decision else "",
    }
