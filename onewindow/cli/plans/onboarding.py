"""`onewindow onboarding …`: who is being brought in, how far, and how well it goes.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_object, print_pairs, print_table, tell
from onewindow.cli.shell.typed_day import typed_day

if TYPE_CHECKING:
    from onewindow.exchange.export.writer import TableFormat
    from onewindow.metrics.intervals import Estimate
    from onewindow.metrics.plan_times import OnboardingReport

_COLUMNS = ("client", "plan", "done", "steps", "late", "late_points", "started_on", "due_on", "mentor")


@click.group(name="onboarding")
def group() -> None:
    """New clients and new colleagues on their way."""


@group.command("list", epilog="\b\nExample:\n  onewindow onboarding list --mine")
@click.option("--mine", is_flag=True, help="Those you answer for, guide, or that are your own start.")
@click.option("--late", "late_only", is_flag=True, help="Those with a late step.")
@format_option
@pass_invocation
def list_command(invocation: Invocation, output_format: str, *, mine: bool, late_only: bool) -> None:
    """List onboardings that run, of clients and of new colleagues, those due first first."""
    from onewindow.desk.plans.as_text import plan_rows
    from onewindow.desk.plans.reports import running_snapshots

    session = invocation.session()
    me = session.me.id
    snapshots = [
        snapshot
        for snapshot in running_snapshots(session, ("onboarding", "employee"))
        if (not mine or me in (snapshot.plan.owner_id, snapshot.plan.mentor_id, snapshot.plan.employee_id))
        and (not late_only or any(snapshot.is_late(step) for step in snapshot.steps))
    ]
    if not snapshots and output_format == "table":
        tell("Nobody is being brought in.")
        return
    print_table(plan_rows(session, snapshots), _COLUMNS, cast("TableFormat", output_format))


@group.command(epilog="\b\nExample:\n  onewindow onboarding report --from 01.01.2026")
@click.option("--from", "since", default="", metavar="DATE", help="Begun from; a year ago if left out.")
@click.option("--to", "till", default="", metavar="DATE", help="Begun till; today if left out.")
@click.option("--employees", is_flag=True, help="Of new colleagues instead of clients.")
@click.option("--format", "output_format", type=click.Choice(["table", "json"]), default="table")
@pass_invocation
def report(invocation: Invocation, since: str, till: str, output_format: str, *, employees: bool) -> None:
    """Report on time to value, and on control points passed in time, with n and 95 % intervals."""
    from onewindow.desk.plans.reports import onboarding_report

    session = invocation.session()
    last = typed_day(session, till, "--to", "behind") if till else session.today()
    first = typed_day(session, since, "--from", "behind") if since else last - timedelta(days=365)
    figures = onboarding_report(session, first, last, "employee" if employees else "onboarding")
    if output_format == "json":
        print_object(_as_object(figures, first.isoformat(), last.isoformat()))
        return
    print_pairs(
        [
            ("begun", f"{first} to {last}: {figures.plans}, {figures.done} done, {figures.running} running"),
            ("stopped", str(figures.stopped)),
            ("days to value", _days(figures)),
            ("control points in time", _share(figures.in_time)),
        ]
    )


def _as_object(figures: OnboardingReport, first: str, last: str) -> dict[str, object]:
    share = figures.in_time
    return {
        "from": first,
        "to": last,
        "plans": figures.plans,
        "done": figures.done,
        "running": figures.running,
        "stopped": figures.stopped,
        "days_to_value": list(figures.days_to_value),
        "median_days_to_value": figures.median_days,
        "control_points": figures.points,
        "control_points_in_time": figures.points_in_time,
        "in_time_share": None if share is None else round(share.value, 4),
        "in_time_low": None if share is None else round(share.low, 4),
        "in_time_high": None if share is None else round(share.high, 4),
    }


def _days(figures: OnboardingReport) -> str:
    n = len(figures.days_to_value)
    if figures.median_days is None:
        return f"n = {n}, too few to tell" if n else "no plan is done yet"
    interval = figures.median_interval
    spread = f", 95 % {interval[0]}–{interval[1]}" if interval else ", too few for an interval"
    return f"median {figures.median_days:g}{spread}, n = {n}"


def _share(share: Estimate | None) -> str:
    if share is None:
        return "none was due yet"
    return f"{share.value:.0%}, 95 % {share.low:.0%}–{share.high:.0%}, n = {share.n}"
