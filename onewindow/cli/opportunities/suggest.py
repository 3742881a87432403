"""`onewindow opportunity suggest`: what to offer to whom, ranked, and what is not offered and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onewindow.cli.shell.completing import complete_record
from onewindow.cli.shell.counts import Count
from onewindow.cli.shell.invocation import Invocation, pass_invocation
from onewindow.cli.shell.printing import format_option, print_table, print_text, tell
from onewindow.cli.shell.progress import Progress
from onewindow.desk.opportunities import as_text, suggesting
from onewindow.desk.session.naming import resolve, resolve_client
from onewindow.metrics.opportunities.triggers import TRIGGERS
from onewindow.text.plural import counted

if TYPE_CHECKING:
    from onewindow.desk.opportunities.suggesting import Suggested
    from onewindow.desk.session.context import Session
    from onewindow.exchange.export.writer import TableFormat


@click.command(
    name="suggest",
    epilog="""\b
Examples:
  onewindow opportunity suggest --mine
  onewindow opportunity suggest --client romashka --why
  onewindow opportunity suggest --not-offered --format csv
  onewindow opportunity suggest --trigger renewal --format json""",
)
@click.option(
    "--client", metavar="CLIENT", shell_complete=complete_record("client"), help="To this client only."
)
@click.option("--owner", metavar="LOGIN", help="Only to the clients of this owner.")
@click.option("--mine", is_flag=True, help="Only to clients whose owner you are.")
@click.option(
    "--trigger",
    "triggers",
    type=click.Choice(list(TRIGGERS)),
    multiple=True,
    help="By this rule; may be repeated.",
)
@click.option(
    "--not-offered", is_flag=True, help="What the rules suggest and something forbids, and what that is."
)
@click.option(
    "--why", is_flag=True, help="The arithmetic of each: rule, evidence, chance, urgency, what forbids it."
)
@click.option("--limit", type=Count(min=1), metavar="N", help="The first N only.")
@format_option
@pass_invocation
def suggest(
    invocation: Invocation,
    *,
    client: str | None,
    owner: str | None,
    mine: bool,
    triggers: tuple[str, ...],
    not_offered: bool,
    why: bool,
    limit: int | None,
    output_format: TableFormat,
) -> None:
    """List what to offer to whom, the most promising first: rule, evidence, amount, until when.

    Nothing is stored: what you take in panel 5 or on the screen of suggestions is. What an open breach, a
    broken promise, bad health, a refusal and the like forbid is left out; --not-offered lists it.
    """
    if sum((bool(client), bool(owner), mine)) > 1:
        raise click.UsageError("--client, --owner and --mine say three ways whose; take one of them.")
    if why and output_format != "table":
        raise click.UsageError("--why is for people; the machine formats have all its numbers as columns.")
    session = invocation.session()
    everything = [
        suggested
        for suggested in _all(session, client, owner, mine=mine)
        if not triggers or suggested.suggestion.trigger in triggers
    ]
    # Asked for the reasons of one client, people want those of what is held back too.
    chosen = [one for one in everything if (why and client) or one.is_suppressed == not_offered][:limit]
    if why:
        _print_why(session, chosen)
    elif output_format == "table":
        rows = (as_text.table_values(session, one) for one in chosen)
        print_table(rows, as_text.TABLE_COLUMNS, output_format, wrapped=("title", "why"))
    else:
        fields = (as_text.values(session, one, rank) for rank, one in enumerate(chosen, 1))
        print_table(fields, as_text.COLUMNS, output_format)
    if output_format == "table":
        _tell(everything, chosen, not_offered=not_offered or bool(why and client))


def _all(session: Session, client: str | None, owner: str | None, *, mine: bool) -> list[Suggested]:
    if client:
        return suggesting.for_client(session, resolve_client(session, client).id)
    owner_id = resolve(session, "staff", owner) if owner else session.me.id if mine else None
    return suggesting.for_everybody(session, owner_id, Progress("clients").show)


def _tell(everything: list[Suggested], chosen: list[Suggested], *, not_offered: bool) -> None:
    held = sum(suggested.is_suppressed for suggested in everything)
    if not chosen:
        tell("Nothing is held back." if not_offered else "There is nothing to suggest.")
    if held and not not_offered:
        tell(f"{held} more {'is' if held == 1 else 'are'} held back; --not-offered says why.")


def _print_why(session: Session, found: list[Suggested]) -> None:
    for suggested in found:
        print_text(f"{suggested.client.name} (C-{suggested.client.number})")
        print_text("\n".join([*as_text.why_lines(session, suggested), ""]))
    if found:
        tell(f"{counted(len(found), 'suggestion')}.")
