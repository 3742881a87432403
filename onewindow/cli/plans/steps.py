"""`onewindow plan step …`: tick, skip, move and give away steps, and what is asked inside for them."""

from __future__ import annotations

import click

from onewindow.cli.plans.naming import named_step
from onewindow.cli.requests.naming import named_staff
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import print_raw
from onewindow.cli.shell.typed_day import typed_day
from onewindow.desk.plans.work import ask as ask_inside
from onewindow.desk.plans.work import assign as give
from onewindow.desk.plans.work import mark_ready, move_step, tick
from onewindow.desk.plans.work import skip as leave_out
from onewindow.desk.session.naming import resolve
from onewindow.store.plans import progress as plans
from onewindow.text.fold import fold

_plan = click.argument("plan", metavar="PLAN")
_step = click.argument("step", metavar="STEP")


@click.group(name="step")
def group() -> None:
    """Work on the steps of a plan; a step is named by its place in the order or by its title."""


@group.command(epilog="\b\nExample:\n  onewindow plan step done romashka 3 --document 17/21")
@_plan
@_step
@click.option("--result", default="", metavar="TEXT", help="What it ended in; a date for one that ends so.")
@click.option("--document", default="", metavar="ID_OR_NAME", help="The client's signed document.")
@click.option("--training", default="", metavar="ID_OR_NAME", help="The client's lesson that was held.")
@click.option("--over", default="", metavar="REASON", help="Pass over an open control point, for leads.")
@pass_invocation
def done(
    invocation: Invocation, plan: str, step: str, result: str, document: str, training: str, over: str
) -> None:
    """Mark a step done with what it has to end in."""
    session = invocation.session()
    record = named_step(session, plan, step)
    if record.result_kind == "date" and result:
        result = typed_day(session, result, "--result").isoformat()
    ticked = tick(
        session,
        record,
        result=result,
        document_id=resolve(session, "document", document, record.client_id) if document else None,
        training_id=resolve(session, "training", training, record.client_id) if training else None,
        passed_over=over,
    )
    print_raw(str(ticked.id))


@group.command(epilog='\b\nExample:\n  onewindow plan step skip romashka 2 --reason "знакомы давно"')
@_plan
@_step
@click.option("--reason", required=True, metavar="TEXT", help="Why it is left out.")
@pass_invocation
def skip(invocation: Invocation, plan: str, step: str, reason: str) -> None:
    """Leave a step out; a control point only by a lead."""
    session = invocation.session()
    print_raw(str(leave_out(session, named_step(session, plan, step), reason).id))


@group.command(epilog='\b\nExample:\n  onewindow plan step move romashka 7 пт --reason "ждём смену"')
@_plan
@_step
@click.argument("day", metavar="DATE")
@click.option("--reason", required=True, metavar="TEXT", help="Why the date moves.")
@click.option("--alone", is_flag=True, help="Leave the steps that wait for it where they are.")
@pass_invocation
def move(invocation: Invocation, plan: str, step: str, day: str, reason: str, *, alone: bool) -> None:
    """Give a step another date; steps that wait for it move along."""
    session = invocation.session()
    record = named_step(session, plan, step)
    for moved in move_step(session, record, typed_day(session, day, "DATE", "ahead"), reason, alone=alone):
        print_raw(f"{moved.due_on}  {moved.position}. {moved.title}")


@group.command(epilog="\b\nExample:\n  onewindow plan step assign romashka 7 petrov")
@_plan
@_step
@click.argument("staff", metavar="LOGIN", shell_complete=complete_record("staff"))
@pass_invocation
def assign(invocation: Invocation, plan: str, step: str, staff: str) -> None:
    """Give a step to somebody of us."""
    session = invocation.session()
    print_raw(str(give(session, named_step(session, plan, step), named_staff(session, staff)).id))


@group.command(epilog='\b\nExample:\n  onewindow plan step ask romashka 3 Склад "40 терминалов"')
@_plan
@_step
@click.argument("department", metavar="DEPARTMENT")
@click.argument("what", metavar="WHAT")
@click.option("--by", "due", default="", metavar="DATE", help="When; by the step's date if left out.")
@click.option("--staff", default="", metavar="LOGIN", help="Who does it there.")
@pass_invocation
def ask(
    invocation: Invocation, plan: str, step: str, department: str, what: str, due: str, staff: str
) -> None:
    """Ask a department inside to have something ready; the step cannot end before it is."""
    session = invocation.session()
    asked = ask_inside(
        session,
        named_step(session, plan, step),
        department,
        what,
        typed_day(session, due, "--by", "ahead").isoformat() if due else None,
        named_staff(session, staff) if staff else None,
    )
    print_raw(str(asked.id))


@group.command(epilog='\b\nExample:\n  onewindow plan step ready romashka 3 Склад --answer "собрано"')
@_plan
@_step
@click.argument("department", metavar="DEPARTMENT", required=False, default="")
@click.option("--answer", default="", metavar="TEXT", help="What they said.")
@click.option("--drop", is_flag=True, help="It is needed no more; say why with --answer.")
@pass_invocation
def ready(invocation: Invocation, plan: str, step: str, department: str, answer: str, *, drop: bool) -> None:
    """Note that a department, or everybody inside, is ready for a step."""
    session = invocation.session()
    record = named_step(session, plan, step)
    waits = [item for item in plans.readiness_items(session.store, record.id) if item.state == "asked"]
    chosen = [item for item in waits if not department or fold(department) in fold(item.department)]
    if not chosen:
        known = ", ".join(item.department or item.what for item in waits)
        raise click.UsageError(
            f"{known} is still asked for this step" if known else "nobody inside is asked for this step"
        )
    for item in chosen:
        print_raw(str(mark_ready(session, item, answer, dropped=drop).id))
