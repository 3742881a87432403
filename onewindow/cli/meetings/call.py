"""`onewindow call` and `onewindow interruptions`: a talk with everything said in it, and work put aside.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import (
    FORMATS,
    format_option,
    print_object,
    print_raw,
    print_table,
    print_text,
)
from onewindow.cli.shell.word_choice import WordChoice
from onewindow.cli.shell.zone_head import print_zone
from onewindow.desk.queue.interruptions import waiting
from onewindow.desk.session.naming import resolve_client
from onewindow.text.dates import to_local

if TYPE_CHECKING:
    from onewindow.desk.meetings.calls import Called


@click.command(
    epilog="\b\nExamples:\n"
    '  onewindow call C-17 --need "закрывать месяц быстрее" --mood worried --request "отчёт до пт !высокий"\n'
    '  onewindow call C-17 --feedback "у Альфы дешевле" --feedback-kind competitor --competitor Альфа\n'
    '  onewindow call C-17 --opportunity "5 licences" --amount "120 000"'
)
@click.argument("client", metavar="CLIENT", shell_complete=complete_record("client"))
@click.option("--contact", "contact_id", metavar="PERSON", help="Who called.")
@click.option("--need", metavar="TEXT", help="The need that you heard.")
@click.option("--fact", metavar="TEXT", help="What you learnt.")
@click.option(
    "--mood",
    type=WordChoice(["angry", "worried", "calm", "glad"], "touch", "mood"),
    help="How the caller was.",
)
@click.option("--request", metavar="LINE", help="What they ask for, in one line as `request add` takes it.")
@click.option("--needs-lead", is_flag=True, help="Let a lead look at the request.")
@click.option(
    "--hand-off",
    type=WordChoice(["sales", "finance"], "hand_off", "target"),
    help="Pass a lead to sales or a debt to finance.",
)
@click.option("--feedback", metavar="QUOTE", help="What they said of the product, in their own words.")
@click.option(
    "--feedback-kind",
    type=WordChoice(["usage", "remark", "wish", "competitor", "reaction"], "feedback", "feedback_kind"),
    help="What kind of feedback; a wish if nothing is said.",
)
@click.option("--competitor", metavar="NAME", help="Whom they compare with.")
@click.option("--opportunity", metavar="TEXT", help="What they may buy next.")
@click.option("--amount", metavar="MONEY", help="For how much.")
@click.option("--minutes", metavar="N", help="How long it took.")
@click.option(
    "--direction", type=WordChoice(["in", "out"], "touch", "direction"), help="Who rang; else the client."
)
@click.option("--format", "output_format", type=click.Choice(FORMATS), help="Print what was stored.")
@pass_invocation
def call(invocation: Invocation, client: str, output_format: str | None, **given: str | bool | None) -> None:
    """Log a call with all that was said in it: touch, request, feedback, opportunity, in one change.

    Prints the id of the touch. One `onewindow undo` takes everything back.
    """
    from onewindow.desk.meetings.calls import heard_department, record_call

    session = invocation.session()
    typed = {name: "yes" if value is True else str(value) for name, value in given.items() if value}
    called = record_call(session, resolve_client(session, client), typed)
    if output_format == "json":
        print_object(_machine(called))
    elif output_format is None:
        print_raw(str(called.touch.id))
    else:
        row = _machine(called)
        print_table([row], list(row), output_format)  # pyright: ignore[reportArgumentType]
    heard = heard_department(typed)
    if heard and called.hand_off is None:
        what = "A lead" if heard == "sales" else "A debt"
        click.echo(f"{what} is heard in it: --hand-off {heard} passes it on.", err=True)


@click.command(epilog="\b\nExample:\n  onewindow interruptions")
@format_option
@pass_invocation
def interruptions(invocation: Invocation, output_format: str) -> None:
    """List the work that you put aside for calls, the newest first; the window's `b` goes on with it."""
    session = invocation.session()
    waiting_calls = list(reversed(waiting(session)))
    if output_format == "table":
        if waiting_calls:
            print_zone(session)
        for work in waiting_calls:
            print_text(f"{to_local(work.at, session.zone):%d.%m %H:%M}  {work.title}")
        if not waiting_calls:
            print_text("Nothing was put aside.")
        return
    columns = ["position", "client_id", "title", "form", "at"]
    rows = [
        {
            "position": work.position,
            "client_id": str(work.client_id) if work.client_id else None,
            "title": work.title,
            "form": work.form,
            "at": work.at,
        }
        for work in waiting_calls
    ]
    print_table(rows, columns, output_format)  # pyright: ignore[reportArgumentType]


def _machine(called: Called) -> dict[str, object]:
    """What was stored, by id."""
    return {
        "touch_id": str(called.touch.id),
        "request": f"R-{called.request.number}" if called.request else None,
        "request_id": str(called.request.id) if called.request else None,
        "feedback_id": str(called.feedback.id) if called.feedback else None,
        "opportunity_id": str(called.opportunity.id) if called.opportunity else None,
        "hand_off_id": str(called.hand_off.id) if called.hand_off else None,
    }
