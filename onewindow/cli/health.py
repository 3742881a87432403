"""`onewindow health`: why a client stands as they do, week by week, and this week kept for all.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import FORMATS, format_option, print_object, print_table, print_text, tell
from onewindow.cli.shell.progress import Progress
from onewindow.desk.health.alarm import KINDS
from onewindow.desk.session.naming import resolve, resolve_client
from onewindow.store.clients import client_stats
from onewindow.store.health import snapshots
from onewindow.text.dates import week_number
from onewindow.text.plural import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onewindow.desk.session.context import Session
    from onewindow.desk.window.snapshot import ClientSnapshot
    from onewindow.exchange.export.writer import TableFormat

_WEEKS = 26
_limit_option = click.option("--limit", type=Count(min=1), metavar="N", help="The first N alarms only.")
_COLUMNS = ("week", "taken_at", "score", "band", "coverage", "points")


@click.group(name="health")
def group() -> None:
    """Why clients stand as they do: signals, caps, what moved, week by week."""


@group.command(epilog="\b\nExample:\n  onewindow health show romashka")
@click.argument("client", metavar="CLIENT", shell_complete=complete_record("client"))
@click.option("--format", "output_format", type=click.Choice(["table", "json"]), default="table")
@pass_invocation
def show(invocation: Invocation, client: str, output_format: str) -> None:
    """Show the arithmetic of a client's health: each signal, its weight and age, caps, what moved."""
    from onewindow.desk.why import why
    from onewindow.desk.window.snapshot import load_snapshot

    session = invocation.session()
    snapshot = load_snapshot(session, resolve_client(session, client).id)
    if output_format == "json":
        print_object(_as_object(snapshot))
        return
    print_text(f"{snapshot.client.name} (C-{snapshot.client.number})")
    print_text("\n".join(why(session, snapshot, "health")))


def _as_object(snapshot: ClientSnapshot) -> Mapping[str, object]:
    health = snapshot.health
    return {
        "client_id": snapshot.client.id,
        "score": None if health.score is None else round(health.score, 1),
        "band": health.band,
        "coverage": round(health.coverage, 3),
        "caps": [{"limit": cap.limit, "reason": cap.reason} for cap in health.caps],
        "signals": [
            {
                "name": part.signal.name,
                "value": part.signal.value,
                "weight": part.signal.weight,
                "freshness": round(part.signal.freshness, 3),
                "points": round(part.points, 1),
                "note": part.signal.note,
            }
            for part in health.contributions
        ],
    }


@group.command(epilog="\b\nExample:\n  onewindow health history romashka --format csv")
@click.argument("client", metavar="CLIENT", shell_complete=complete_record("client"))
@click.option("--weeks", type=click.IntRange(1, 520), default=_WEEKS, show_default=True, help="How far back.")
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="table", show_default=True)
@pass_invocation
def history(invocation: Invocation, client: str, weeks: int, output_format: str) -> None:
    """Show how a client's health went, week by week, with the points of each signal."""
    session = invocation.session()
    subject = resolve_client(session, client)
    since = week_number(session.today()) - weeks
    monday = date(1970, 1, 5)
    rows = [
        {
            "week": (monday + timedelta(weeks=kept.week)).isoformat(),
            "taken_at": kept.taken_at,
            "score": kept.score,
            "band": kept.band,
            "coverage": kept.coverage,
            "points": ", ".join(f"{name} {points:g}" for name, points in kept.points.items()),
        }
        for kept in snapshots.of_client(session.store, subject.id, since)
    ]
    if not rows and output_format == "table":
        tell(f"No week of {subject.name} is kept yet; the window keeps them, or `onewindow health snapshot`.")
        return
    print_table(rows, _COLUMNS, cast("TableFormat", output_format))


@group.command(
    epilog="""\b
Examples:
  onewindow health alarms --mine
  onewindow health alarms --kind silence --owner petrov --format csv"""
)
@click.option(
    "--kind", "kinds", type=click.Choice(list(KINDS)), multiple=True, help="Only this kind; may be repeated."
)
@click.option("--owner", metavar="LOGIN", help="Only the clients of this owner.")
@click.option("--mine", is_flag=True, help="Only clients whose owner you are.")
@_limit_option
@format_option
@pass_invocation
def alarms(
    invocation: Invocation,
    *,
    kinds: tuple[str, ...],
    owner: str | None,
    mine: bool,
    limit: int | None,
    output_format: TableFormat,
) -> None:
    """List the clients who want a look, the gravest first, each alarm with its numbers.

    Alarms are kept with the health in the lists: they follow each change at once, and time within a day.
    """
    _print_alarms(invocation, frozenset(kinds), owner, limit, output_format, mine=mine)


@group.command(epilog="\b\nExample:\n  onewindow health silence --mine")
@click.option("--owner", metavar="LOGIN", help="Only the clients of this owner.")
@click.option("--mine", is_flag=True, help="Only clients whose owner you are.")
@_limit_option
@format_option
@pass_invocation
def silence(
    invocation: Invocation, *, owner: str | None, mine: bool, limit: int | None, output_format: TableFormat
) -> None:
    """List the clients who show fewer signs of life than their own past predicts.

    Signs of life are requests, what a client called or wrote, meetings and visits; clients who leave or are
    lost, and those with less than 32 weeks of history, are left out.
    """
    _print_alarms(invocation, frozenset({"silence"}), owner, limit, output_format, mine=mine)


@group.command(epilog="\b\nExample:\n  onewindow health uncovered")
@click.option("--owner", metavar="LOGIN", help="Only the clients of this owner.")
@_limit_option
@format_option
@pass_invocation
def uncovered(
    invocation: Invocation, *, owner: str | None, limit: int | None, output_format: TableFormat
) -> None:
    """List the clients for whom nobody is there today or in the next three days.

    They have no owner, or one who works here no more, or who is away while no deputy stands in.
    """
    _print_alarms(invocation, frozenset({"uncovered"}), owner, limit, output_format, mine=False)


def _print_alarms(
    invocation: Invocation,
    kinds: frozenset[str],
    owner: str | None,
    limit: int | None,
    output_format: TableFormat,
    *,
    mine: bool,
) -> None:
    from onewindow.desk.alarms import ranked

    session = invocation.session()
    if owner and mine:
        raise click.UsageError("--owner and --mine name two owners; take one of them.")
    owner_id = resolve(session, "staff", owner) if owner else session.me.id if mine else None
    alarmed = islice(ranked.alarms(session, kinds, owner_id), limit)
    names = ranked.COLUMNS if output_format != "table" else ranked.COLUMNS[1:]
    rows = (ranked.values(session, alarm) for alarm in alarmed)
    print_table(rows, names, output_format, wrapped=("text",))


@group.command(epilog="\b\nExample:\n  onewindow health snapshot        once a week, from cron")
@pass_invocation
def snapshot(invocation: Invocation) -> None:
    """Renew the health in the lists and keep this week's of every client who has none yet.

    The window does the same while it is open; a week once kept is never changed.
    """
    session = invocation.session()
    kept = _keep_all(session)
    print_text(f"Kept this week's health of {counted(kept, 'client')}.")


def _keep_all(session: Session) -> int:
    from onewindow.desk.caches import client_caches
    from onewindow.desk.health import history as health_history

    store, now = session.store, session.now()
    total, progress = client_stats.count(store), Progress("clients")
    following: int | None = 0
    while following is not None:
        following = client_caches.catch_up(store, now, following)
    before, following, seen = health_history.kept_this_week(store, now), 0, 0
    while following is not None:
        following = health_history.keep_week(store, now, following)
        seen += health_history.AT_ONCE
        progress.show(min(seen, total), total)
    return health_history.kept_this_week(store, now) - before
