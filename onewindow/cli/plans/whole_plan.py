"""What is done with a whole plan on the command line: start, show, move, deliver, end, report.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from onewindow.cli.editing.record_reading import print_record
from onewindow.cli.plans.naming import named_plan, step_rows
from onewindow.cli.requests.naming import named_staff
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_object, print_raw, print_table, print_text, tell
from onewindow.cli.shell.typed_day import typed_day
from onewindow.cli.shell.word_choice import WordChoice
from onewindow.desk.plans.work import close, move_plan, set_mentor
from onewindow.desk.plans.work import deliver as record
from onewindow.desk.plans.work import stop as end
from onewindow.desk.session.naming import resolve, resolve_client
from onewindow.records.adoption import Playbook
from onewindow.store import rows
from onewindow.text.fold import fold

if TYPE_CHECKING:
    from onewindow.exchange.export.writer import TableFormat

_KINDS = ("onboarding", "project", "delivery", "employee")


@click.command(epilog="\b\nExample:\n  onewindow plan show romashka --why")
@click.argument("plan", metavar="PLAN")
@click.option("--why", is_flag=True, help="Say of each step why it is due on its date.")
@format_option
@pass_invocation
def show(invocation: Invocation, plan: str, output_format: str, *, why: bool) -> None:
    """Show a plan whole: steps, phases with volumes, who inside is ready.

    PLAN is an id, a title, or a client at whom only one plan runs.
    """
    from onewindow.desk.plans.as_text import plan_lines
    from onewindow.desk.plans.plan_view import read_plan

    session = invocation.session()
    snapshot = read_plan(session, named_plan(session, plan).id)
    if output_format == "table":
        print_text("\n".join(plan_lines(session, snapshot, why=why)))
        return
    record = snapshot.plan
    if output_format != "json":
        print_record(session, record, output_format)
        return
    print_object(
        {
            "id": record.id,
            "client_id": record.client_id,
            "title": record.title,
            "kind": record.plan_kind,
            "status": record.status,
            "started_on": record.started_on,
            "due_on": record.due_on,
            "closed_on": record.closed_on,
            "owner": session.directory.name(record.owner_id),
            "mentor": session.directory.name(record.mentor_id),
            "edition": record.edition,
            "unit": record.unit,
            "agreed_volume": record.agreed_volume,
            "delivered_volume": record.delivered_volume,
            "phases": [
                {
                    "id": phase.id,
                    "position": phase.position,
                    "title": phase.title,
                    "due_on": phase.due_on,
                    "agreed_volume": phase.agreed_volume,
                    "delivered_volume": phase.delivered_volume,
                    "document_id": phase.document_id,
                    "late": snapshot.is_late(phase),
                }
                for phase in snapshot.phases
            ],
            "steps": step_rows(session, snapshot),
        }
    )


@click.command(epilog="\b\nExample:\n  onewindow plan start romashka --playbook Поставка --volume 120")
@click.argument("client", metavar="CLIENT", required=False, shell_complete=complete_record("client"))
@click.option("--playbook", required=True, metavar="NAME", help="Which playbook; its name or id.")
@click.option("--on", "started", default="", metavar="DATE", help="When it starts; today if left out.")
@click.option("--mentor", default="", metavar="LOGIN", help="Who guides it; the owner if left out.")
@click.option("--employee", default="", metavar="LOGIN", help="Whose own start it is, instead of a client.")
@click.option("--volume", type=Count(min=1), metavar="N", help="What was agreed in all.")
@pass_invocation
def start(
    invocation: Invocation,
    client: str | None,
    playbook: str,
    started: str,
    mentor: str,
    employee: str,
    volume: int | None,
) -> None:
    """Start a playbook for a client, or for a new colleague; prints the plan's id."""
    from onewindow.desk.plans import starting

    session = invocation.session()
    if bool(client) == bool(employee):
        raise click.UsageError("name the client, or with --employee the colleague whose own start it is")
    plan = starting.start(
        session,
        resolve_client(session, client) if client else None,
        rows.get(session.store, Playbook, resolve(session, "playbook", playbook)),
        typed_day(session, started, "--on") if started else None,
        mentor_id=named_staff(session, mentor) if mentor else None,
        employee_id=named_staff(session, employee) if employee else None,
        volume=volume,
    )
    print_raw(str(plan.id))
    if message := starting.running_too_message(session, plan):
        tell(message)


@click.command(epilog='\b\nExample:\n  onewindow plan move romashka 5 --reason "клиент переезжает"')
@click.argument("plan", metavar="PLAN")
@click.argument("days", type=int, metavar="DAYS")
@click.option("--reason", required=True, metavar="TEXT", help="Why; it stands in the history.")
@pass_invocation
def move(invocation: Invocation, plan: str, days: int, reason: str) -> None:
    """Move all open steps by so many working days; a negative number (after --) moves them back."""
    session = invocation.session()
    for step in move_plan(session, named_plan(session, plan), days, reason):
        print_raw(f"{step.due_on}  {step.position}. {step.title}")


@click.command(epilog="\b\nExample:\n  onewindow plan mentor romashka petrov")
@click.argument("plan", metavar="PLAN")
@click.argument("staff", metavar="LOGIN", shell_complete=complete_record("staff"))
@pass_invocation
def mentor(invocation: Invocation, plan: str, staff: str) -> None:
    """Let somebody of us guide a plan."""
    session = invocation.session()
    print_raw(str(set_mentor(session, named_plan(session, plan), named_staff(session, staff)).id))


@click.command(epilog='\b\nExample:\n  onewindow plan deliver romashka "Партия 1" 40')
@click.argument("plan", metavar="PLAN")
@click.argument("phase", metavar="PHASE")
@click.argument("volume", type=int, metavar="N")
@click.option("--document", metavar="ID", type=int, help="The signed document of the phase.")
@pass_invocation
def deliver(invocation: Invocation, plan: str, phase: str, volume: int, document: int | None) -> None:
    """Record what was delivered of a phase, by its place in the order or its name."""
    from onewindow.store.plans import progress as plans

    session = invocation.session()
    phases = plans.phases(session.store, named_plan(session, plan).id)
    chosen = [item for item in phases if phase == str(item.position) or fold(phase) in fold(item.title)]
    if len(chosen) != 1:
        known = ", ".join(f"{item.position} {item.title}" for item in phases) or "none"
        raise click.UsageError(f"name one phase of this plan: {known}")
    after, whole = record(session, chosen[0], volume, document)
    agreed = f" of {after.agreed_volume}" if after.agreed_volume is not None else ""
    print_text(f"{after.title}: {after.delivered_volume}{agreed} {whole.unit}".rstrip())


@click.command(epilog="\b\nExample:\n  onewindow plan done romashka")
@click.argument("plan", metavar="PLAN")
@pass_invocation
def done(invocation: Invocation, plan: str) -> None:
    """End a plan whose steps are all done or skipped.

    After an onboarding the client becomes active.
    """
    session = invocation.session()
    print_raw(str(close(session, named_plan(session, plan)).id))


@click.command(epilog='\b\nExample:\n  onewindow plan stop romashka --reason "договор расторгнут"')
@click.argument("plan", metavar="PLAN")
@click.option("--reason", required=True, metavar="TEXT", help="Why; it stays with the plan.")
@pass_invocation
def stop(invocation: Invocation, plan: str, reason: str) -> None:
    """End a plan before its time; its open steps are nobody's work any more."""
    session = invocation.session()
    print_raw(str(end(session, named_plan(session, plan), reason).id))


@click.command(epilog="\b\nExample:\n  onewindow plan report readiness --kind delivery")
@click.argument("what", type=click.Choice(["plans", "phases", "readiness"]), default="plans")
@click.option(
    "--kind", type=WordChoice(_KINDS, "plan", "plan_kind"), multiple=True, help="Of plans of this kind only."
)
@format_option
@pass_invocation
def report(invocation: Invocation, what: str, kind: tuple[str, ...], output_format: str) -> None:
    """Report on running plans: how far they are, phases with volumes, who inside is ready."""
    from onewindow.desk.plans.as_text import phase_rows, plan_rows
    from onewindow.desk.plans.reports import readiness, running_snapshots

    session = invocation.session()
    snapshots = running_snapshots(session, cast("tuple[object, ...]", kind or _KINDS))  # pyright: ignore[reportArgumentType]
    if what == "readiness":
        columns = ("department", "asked", "late", "ready", "latest_on")
        rows = [vars(row) for row in readiness(snapshots)]
    elif what == "phases":
        columns = ("client", "plan", "phase", "due_on", "agreed", "delivered", "remaining", "share", "late")
        rows = phase_rows(snapshots)
    else:
        columns = ("client", "plan", "done", "steps", "late", "late_points", "due_on", "mentor")
        rows = plan_rows(session, snapshots)
    if not rows and output_format == "table":
        tell("No such plan runs.")
        return
    print_table(rows, columns, cast("TableFormat", output_format))
