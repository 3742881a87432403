"""`onewindow touch-plan`: with whom to get in touch when and why; done, sent, skipped, put off.

What only some verbs need is loaded when they run: help and Tab name all of them.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import click

from onewindow.cli.requests.naming import joined, named_staff
from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_raw, print_table, print_text
from onewindow.desk.cadence import outreach
from onewindow.desk.session.naming import resolve
from onewindow.desk.templates import writing
from onewindow.records.clients import Client
from onewindow.store import rows
from onewindow.text.dates import shorten_days

if TYPE_CHECKING:
    from onewindow.desk.cadence.outreach import Planned
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat

_COLUMNS = ("due_on", "client_id", "client", "tier", "owner", "touch_kind", "reasons", "days_late")
_FOR_EYES = ("due", "client", "tier", "owner", "how", "why")


def _client_argument(function: click.decorators.FC) -> click.decorators.FC:
    return click.argument("client", metavar="CLIENT", shell_complete=complete_record("client"))(function)


@click.group(
    name="touch-plan",
    no_args_is_help=True,
    epilog="""\b
Examples:
  onewindow touch-plan list                       what is due with my clients today, and what is late
  onewindow touch-plan list --days 31 --all       a month ahead, of everybody
  onewindow touch-plan why romashka
  onewindow touch-plan done romashka "поздравила, рада подарку\"""",
)
def group() -> None:
    """With whom to get in touch when: by cadence, and for thanks, congratulations, "how is it going"."""


@group.command(
    "list", epilog="\b\nExample:\n  onewindow touch-plan list --owner petrov --days 31 --format csv"
)
@click.option("--client", metavar="CLIENT", shell_complete=complete_record("client"), help="Of one client.")
@click.option("--owner", metavar="LOGIN", shell_complete=complete_record("staff"), help="Of whose clients.")
@click.option("--all", "is_all", is_flag=True, help="Of all clients.")
@click.option(
    "--days", type=click.IntRange(0, 366), default=0, show_default=True, metavar="N", help="So far ahead."
)
@click.option("--limit", type=Count(min=1), metavar="N", help="The first N rows only.")
@format_option
@pass_invocation
def list_due(
    invocation: Invocation,
    *,
    client: str | None,
    owner: str | None,
    is_all: bool,
    days: int,
    limit: int | None,
    output_format: TableFormat,
) -> None:
    """List the touches that are due, late ones first; reasons of one week are one touch."""
    session = invocation.session()
    if client is not None:
        due = iter(outreach.of_client(session, _named(session, client), days))
    elif is_all:
        due = outreach.of_everybody(session, days)
    else:
        whose = named_staff(session, owner) if owner else session.me.id
        due = iter(outreach.of_owner(session, whose, days))
    shown = islice(due, limit) if limit else due
    if output_format != "table":
        print_table((_machine(session, touchpoint) for touchpoint in shown), _COLUMNS, output_format)
        return
    rows = [_shown(session, touchpoint) for touchpoint in shown]
    if not rows:
        print_text("Nothing is due.")
        return
    print_table(rows, _FOR_EYES, "table", wrapped=("why",))


@group.command(epilog="\b\nExample:\n  onewindow touch-plan why romashka")
@_client_argument
@pass_invocation
def why(invocation: Invocation, client: str) -> None:
    """Show the last touch, the cadence and every reason of a client with its date."""
    session = invocation.session()
    print_text("\n".join(outreach.why(session, _named(session, client))))


@group.command(epilog='\b\nExample:\n  onewindow touch-plan done romashka "созвонились, всё в порядке"')
@_client_argument
@click.argument("text", nargs=-1, required=True)
@pass_invocation
def done(invocation: Invocation, client: str, text: tuple[str, ...]) -> None:
    """Log the touch that was due with what was said; prints its id."""
    session = invocation.session()
    print_raw(str(outreach.done(session, _named(session, client), joined(text)).id))


@group.command(epilog="\b\nExample:\n  onewindow touch-plan send romashka --template спасибо")
@_client_argument
@click.option(
    "--template", metavar="NAME", shell_complete=complete_record("template"), help="Else the one that fits."
)
@pass_invocation
def send(invocation: Invocation, client: str, template: str | None) -> None:
    """Queue the message that fits the touch due; prints its id. Consents and quiet hours hold."""
    session = invocation.session()
    named = _named(session, client)
    chosen = writing.named(session, template, named.language) if template else None
    print_raw(str(outreach.send(session, named, chosen).id))


@group.command(epilog='\b\nExample:\n  onewindow touch-plan skip romashka "в отпуске до января"')
@_client_argument
@click.argument("reason", nargs=-1, required=True)
@pass_invocation
def skip(invocation: Invocation, client: str, reason: tuple[str, ...]) -> None:
    """Leave out the touch that is due, with the reason; the cadence counts anew from today."""
    session = invocation.session()
    print_text(f"Skipped: {outreach.skip(session, _named(session, client), joined(reason)).text}")


@group.command("put-off", epilog='\b\nExample:\n  onewindow touch-plan put-off romashka +1w "ждём релиз"')
@_client_argument
@click.argument("till", metavar="DATE")
@click.argument("reason", nargs=-1, required=True)
@pass_invocation
def put_off(invocation: Invocation, client: str, till: str, reason: tuple[str, ...]) -> None:
    """Move the touch that is due to a later day, with the reason."""
    session = invocation.session()
    moved = outreach.put_off(session, _named(session, client), till, joined(reason))
    print_text(f"Put off: {moved.text}")


def _named(session: Session, word: str) -> Client:
    return rows.get(session.store, Client, resolve(session, "client", word))


def _machine(session: Session, planned: Planned) -> dict[str, object]:
    client, touch = planned.client, planned.touch
    return {
        "due_on": touch.due_on.isoformat(),
        "client_id": client.id,
        "client": client.name,
        "tier": client.tier,
        "owner": session.directory.name(client.owner_id),
        "touch_kind": touch.touch_kind,
        "reasons": touch.text,
        "days_late": max(0, (session.today() - touch.due_on).days),
    }


def _shown(session: Session, planned: Planned) -> dict[str, object]:
    client, touch = planned.client, planned.touch
    late = (session.today() - touch.due_on).days
    return {
        "due": f"{touch.due_on:%d.%m}" + (f", {late} d late" if late > 0 else ""),
        "client": client.name,
        "tier": client.tier,
        "owner": session.directory.surname(client.owner_id),
        "how": touch.touch_kind,
        "why": shorten_days(touch.text, session.today()),
    }
